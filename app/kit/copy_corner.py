"""Copy and save on a drawing: the button in its corner and the right click on it, in one call."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.kit.copying import CopyButton
from app.kit.export import Tabular

INSET = 4
"""How far the button stands from the corner, in pixels."""


class CornerCopy(CopyButton):
    """A :class:`CopyButton` that keeps to the upper right corner of what it copies."""

    def __init__(self, drawn: QWidget) -> None:
        super().__init__(drawn)
        self._held = drawn
        drawn.installEventFilter(self)
        self._take_place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._take_place()
        return super().eventFilter(watched, event)

    def _take_place(self) -> None:
        self.move(max(0, self._held.width() - self.width() - INSET), INSET)
        self.raise_()


def copy_in_corner(drawn: QWidget, view: Tabular | None = None, *, title: str, name: str) -> CornerCopy:
    """Let a drawing be copied and saved as PNG and SVG, and where a ``view`` says its numbers, as CSV too.

    ``title`` is what people call it, ``name`` the file's name without its ending. Connect the button's ``failed`` to
    the page's message. The button is no part of the picture.
    """
    button = CornerCopy(drawn)
    button.offer_drawing(drawn)
    button.offer(view, button.drawn_picture, title=title, name=name)
    button.serve(drawn)
    return button
