"""The gallery: ready networks, each of which shows one idea."""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import Host, Page, Workspace


def _build(host: Host) -> Page:
    from app.workspaces.gallery.page import GalleryPage

    return GalleryPage(host)


WORKSPACE = Workspace(
    key="gallery",
    label=QT_TRANSLATE_NOOP("Workspaces", "Gallery"),
    visit=ActionSpec(
        "gallery",
        "file",
        0,
        QT_TRANSLATE_NOOP("Actions", "Gallery…"),
        QT_TRANSLATE_NOOP("Actions", "Choose a ready network that shows one idea"),
        ("Ctrl+G",),
        "gallery",
    ),
    build=_build,
    ahead=("app.workspaces.gallery.page", "app.examples.*"),
)
