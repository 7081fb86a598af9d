"""What every gesture is: it lives from the press to the release, and may be cancelled by Escape."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from app.builder.canvas.workbench import Workbench

CLICK_SLACK = 4.0
"""Pixels the pointer may stray between press and release for it to count as a click."""


class Gesture:
    """Points are widget pixels. A gesture changes the document on release at the earliest, unless it says so."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, bench: Workbench, start: QPointF) -> None:
        self.bench = bench
        self.start = start
        self.point = start
        self.dragging = False

    def begin(self) -> None:
        """The press itself."""

    def moved(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer has moved; becomes a drag once it has left the place of the press."""
        self.point = point
        away = point - self.start
        self.dragging = self.dragging or abs(away.x()) + abs(away.y()) > CLICK_SLACK
        if self.dragging:
            self.drag(point, modifiers)

    def released(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The button is up."""
        self.point = point
        if self.dragging:
            self.drop(point, modifiers)
        else:
            self.click(modifiers)

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer moves with the button down."""

    def drop(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The end of a drag."""

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """A press and release in one place."""

    def cancel(self) -> None:
        """Escape: leave everything as it was."""

    def paint(self, painter: QPainter) -> None:
        """What the gesture draws on top, in scene units."""
