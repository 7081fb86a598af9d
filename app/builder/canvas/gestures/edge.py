"""Clicking an edge or a wire."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.hit import Hit
from app.builder.canvas.workbench import Workbench


class PickEdge(Gesture):
    """A click selects the edge (its weight can then be changed) or the plain wire (it can then be deleted)."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, bench: Workbench, start: QPointF, hit: Hit) -> None:
        super().__init__(bench, start)
        self._hit = hit

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Select it."""
        if self._hit.edge is not None:
            self.bench.selection.choose_edge(self._hit.edge, self._hit.wire)
        else:
            self.bench.selection.choose_wire(self._hit.wire)
