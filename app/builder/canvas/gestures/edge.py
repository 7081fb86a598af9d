"""Clicking an edge or a wire."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.hit import Hit


class PickEdge(Gesture):
    """A click selects the edge (its weight can then be changed) or the plain wire (it can then be deleted)."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, canvas, start: QPointF, hit: Hit) -> None:
        super().__init__(canvas, start)
        self._hit = hit

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Select it."""
        if self._hit.edge is not None:
            self.canvas.selection.choose_edge(self._hit.edge)
        else:
            self.canvas.selection.clear()
        self.canvas.choose_wire(self._hit.wire)
