"""The computation graph: an expression drawn as its graph, worked out forward and then backward, node by node.

    field ──text──► model ──► computation (graph, layout, numbers) ──► pass_state (what is known at a step) ──► views

The rooms:

- :mod:`model`: the document worked out, the playback, and what is chosen; views read it and ask it for edits.
- :mod:`computation`, :mod:`pass_state`: an expression with its numbers and places, and those known at one step.
- :mod:`canvas`: ``drawing`` (where everything stands), ``state`` (what is shown and hit), ``writing`` and ``painter``
  (near and far), ``viewport``, ``view`` (gestures), ``groups`` (hulls and pills).
- :mod:`stage`: the canvas under its heading with the formula; :mod:`player`: playback, sentence and read-outs.
- :mod:`explanations`: one card at a time: ``rule`` (and collapsed), ``chain``, ``nudge``, ``origin``; ``prediction``.
- :mod:`dock`: the line below with a verdict; its pages: :mod:`table`, rules, code, :mod:`plot`; :mod:`checks`: PyTorch.
- :mod:`names`: how nodes, slopes and kinks are written.
- :mod:`examples`, :mod:`from_network`, :mod:`field`, :mod:`outline`: where expressions come from, and the tree of one.
- :mod:`page`, :mod:`actions`: the page that joins them, and what can be done on it.

The canvas is painted by hand: pictures of its nodes and the areas that a step changes keep it within its frame.
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
    ahead=("app.workspaces.scalar_graph",),
    reads=holds("neuroloom-expression"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Expression"), (".loom",)),),
)
