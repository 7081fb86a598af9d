"""Activations side by side: f, f' and a layer's own z on one axis."""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds


def _build(host: Host) -> Page:
    from app.workspaces.activations.page import ActivationsPage

    return ActivationsPage(host)


WORKSPACE = Workspace(
    key="activations",
    label=QT_TRANSLATE_NOOP("Workspaces", "Activations"),
    visit=ActionSpec(
        "activations",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "Activations"),
        QT_TRANSLATE_NOOP("Actions", "Compare activation functions, their slopes, and what a layer's z make of them"),
        ("Ctrl+3",),
        "activations",
    ),
    build=_build,
    ahead=("app.workspaces.activations.page", "scipy.special"),
    reads=holds("neuroloom-comparison"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Comparison of activations"), (".loom",)),),
)
