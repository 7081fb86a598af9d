"""The computation graph: an expression drawn as its graph, worked out forward and then backward, node by node.

    field ──text──► model ──► computation (graph, layout, numbers, what is known at a step) ──► views

The rooms:

- :mod:`model`: the document worked out, the playback, and what is chosen; views read it and ask it for edits.
- :mod:`computation`: an expression with its numbers, and those known at one step; :mod:`layout`: where everything
  stands; :mod:`names`: how numbers, nodes, slopes and kinks are written.
- :mod:`canvas`: ``state`` (what is shown and hit), ``writing`` and ``painter`` (near and far), ``viewport``, ``view``
  (gestures), ``groups`` (hulls and pills).
- :mod:`stage`: the canvas under its heading with the formula; :mod:`player`: playback, sentence and read-outs.
- :mod:`explanations`: the right column with one card at a time, ``rule`` (and collapsed), ``slope`` (chain and nudge),
  ``origin``, and the question about the next gradient.
- :mod:`dock`: the line below with a verdict; its pages: :mod:`table`, rules, code, :mod:`plot`; :mod:`checks`: PyTorch.
- :mod:`field`, :mod:`sources`: where expressions come from; :mod:`outline`: the tree of one.
- :mod:`page`, :mod:`actions`: the page that joins them, and what can be done on it.

The canvas is painted by hand: drawn as marks, a leaf dragged in a graph of 60 nodes took 13.2 ms a frame, not 11.0.
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
        QT_TRANSLATE_NOOP("Actions", "Type an expression and watch the chain rule work through it, node by node"),
        ("Ctrl+4",),
        "scalar_graph",
    ),
    build=_build,
    reads=holds("neuroloom-expression"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Expression"), (".loom",)),),
)
