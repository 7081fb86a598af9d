"""The computation graph: an expression drawn as its graph, worked out forward and then backward, node by node."""

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
    ahead=("app.workspaces.scalar_graph.page", "app.workspaces.scalar_graph.ahead"),
    reads=holds("neuroloom-expression"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Expression"), (".loom",)),),
)
