"""The computation graph: an expression drawn as its graph, worked out forward and then backward, node by node.

    field ──text──► model ──► worked (shape, numbers) ──► sight (what is known at a step) ──► views

- :mod:`model`: the document, what it comes to, the playback; :mod:`selection`: what is chosen, pointed at, nudged.
- :mod:`shape`, :mod:`worked`, :mod:`sight`: an expression read and laid out, its numbers, and those known so far.
- :mod:`canvas`: drawing (``drawing``, ``lanes``, ``labels``), painting, viewport and gestures; :mod:`stage`: the canvas
  with its heading.
- :mod:`explanations`: the right column: rule, collapsed form, chain, nudge, the origin of a number, prediction.
- :mod:`dock`: the line below with its four pages; :mod:`checks`: what PyTorch says.
- :mod:`names`, :mod:`formula`, :mod:`words`, :mod:`groups`: how nodes, formulas, kinks and groups are written.
- :mod:`examples`, :mod:`from_network`, :mod:`outline`, :mod:`field`, :mod:`player`, :mod:`bar`, :mod:`frame`,
  :mod:`page`: where expressions come from, and the page round them.
"""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds


def _build(host: Host) -> Page:
    from app.workspaces.scalar_graph.page import ScalarGraphPage

    return ScalarGraphPage(host)


WORKSPACE = Workspace(
    key="scalar_graph",
    label=QT_TRANSLATE_NOOP("Workspaces", "Graph"),
    visit=ActionSpec(
        "scalar_graph",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "Computation graph"),
        QT_TRANSLATE_NOOP("Actions", "Type an expression and watch the chain rule go through it, node by node"),
        ("Ctrl+4",),
        "scalar_graph",
    ),
    build=_build,
    ahead=("app.workspaces.scalar_graph.page",),
    reads=holds("neuroloom-expression"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Expression"), (".loom",)),),
)
