"""The gallery: ready networks, each of which shows one idea.

    examples ──page (PortraitMaker, a thread)──► Portrait ──► cards on a board

- :mod:`page` makes a portrait of every example, and opens the one that is chosen. Its part of the top bar leads back.
- :mod:`board` lays the cards out in groups, narrows them by a search and walks over them with the arrow keys.
- :mod:`cards` are buttons, each with a picture that they paint.
"""

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
        QT_TRANSLATE_NOOP("Actions", "Choose a ready-made network that shows one idea"),
        ("Ctrl+7", "Ctrl+G"),
        "gallery",
    ),
    build=_build,
)
