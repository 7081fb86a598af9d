"""What screen readers see of drawings: every part that has a key, with its name, its role and its value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from app.kit.drawing.drawing import Drawing
from app.kit.drawing.marks import MarkPart, text_of


class SpokenDrawing(QWidget):
    """A widget with a drawing whose parts a screen reader can walk through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = Drawing()
        self._interface: DrawingInterface | None = None
        make_drawings_accessible()

    def accessible_interface(self) -> DrawingInterface:
        """Return what a screen reader sees; it lives as long as the widget."""
        if self._interface is None:
            self._interface = DrawingInterface(self)
        return self._interface


class PartInterface(QAccessibleInterface):
    """One part of a drawing. It goes by its place in the reading order, as drawings come and go."""

    def __init__(self, view: SpokenDrawing, index: int) -> None:
        super().__init__()
        self._view, self._index = view, index

    @property
    def _part(self) -> MarkPart:
        return self._view.drawing.keyed[self._index]

    def isValid(self) -> bool:
        return self._index < len(self._view.drawing.keyed)

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        return self._view.window().windowHandle()

    def role(self) -> QAccessible.Role:
        if self.isValid() and self._part.input is not None:
            return QAccessible.Role.SpinBox
        return QAccessible.Role.StaticText if self.isValid() and self._part.text else QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        return QAccessible.State()

    def text(self, kind: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        if kind == QAccessible.Text.Name:
            return text_of(self._part.tip) or self._part.spoken or self._view.drawing.description
        if kind == QAccessible.Text.Value:
            return self._part.text
        if kind == QAccessible.Text.Help and self._part.input is not None:
            return self._part.input.how
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """A part is not renamed."""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        left, top, width, height = self._part.rect
        return QRect(self._view.mapToGlobal(QPointF(left, top).toPoint()), QSize(round(width), round(height)))

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._view)

    def child(self, index: int) -> Any:
        return None

    def childAt(self, x: int, y: int) -> Any:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1


class DrawingInterface(QAccessibleWidget):
    """A drawing, with its parts as children."""

    def __init__(self, view: SpokenDrawing) -> None:
        super().__init__(view, QAccessible.Role.List)
        self._view = view
        self._parts: dict[int, PartInterface] = {}

    def childCount(self) -> int:
        return len(self._view.drawing.keyed)

    def child(self, index: int) -> Any:
        if not 0 <= index < self.childCount():
            return None
        return self._parts.setdefault(index, PartInterface(self._view, index))


_installed: list[object] = []
"""The factory, once it is installed: Qt takes no hold of it."""


def make_drawings_accessible() -> None:
    """Let screen readers see the parts of every drawing, from now on."""

    def interface(_name: str, of: object) -> QAccessibleInterface | None:
        return of.accessible_interface() if isinstance(of, SpokenDrawing) else None

    if not _installed:
        _installed.append(interface)
        QAccessible.installFactory(interface)
