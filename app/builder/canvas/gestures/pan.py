"""Dragging the whole picture: middle button, or Space held down."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from app.builder.canvas.gestures.base import Gesture


class Pan(Gesture):
    """Moves the camera along with the pointer."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def moved(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Without the slack of a click: panning starts at once."""
        self.bench.viewport.pan(point - self.point)
        self.point = point
