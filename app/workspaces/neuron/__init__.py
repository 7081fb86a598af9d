"""One neuron: what it computes, why one line cannot do everything, how it learns, beside the nerve cell it copies."""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds


def _build(host: Host) -> Page:
    from app.workspaces.neuron.page import NeuronPage

    return NeuronPage(host)


WORKSPACE = Workspace(
    key="neuron",
    label=QT_TRANSLATE_NOOP("Workspaces", "Neuron"),
    visit=ActionSpec(
        "neuron",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "One neuron"),
        QT_TRANSLATE_NOOP("Actions", "See what one unit can do, and why one line cannot do XOR"),
        ("Ctrl+2",),
        "neuron",
    ),
    build=_build,
    ahead=("app.workspaces.neuron.page",),
    reads=holds("neuroloom-neuron"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Neuron"), (".loom",)),),
)
