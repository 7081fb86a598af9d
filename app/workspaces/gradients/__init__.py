"""Gradients: deep networks side by side, to see why their signal vanishes or explodes and what cures it."""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds


def _build(host: Host) -> Page:
    from app.workspaces.gradients.page import GradientsPage

    return GradientsPage(host)


WORKSPACE = Workspace(
    key="gradients",
    label=QT_TRANSLATE_NOOP("Workspaces", "Gradients"),
    visit=ActionSpec(
        "gradients",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "Gradients"),
        QT_TRANSLATE_NOOP("Actions", "See why the signal of a deep network vanishes or explodes, and what cures it"),
        ("Ctrl+5",),
        "gradients",
    ),
    build=_build,
    ahead=("app.workspaces.gradients.page",),
    reads=holds("neuroloom-experiment"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Gradient experiment"), (".loom",)),),
)
