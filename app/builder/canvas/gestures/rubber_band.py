"""Selecting blocks by drawing a box round them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.builder.canvas.gestures.base import Gesture
from app.kit import look, theme

ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class RubberBand(Gesture):
    """Starts on empty ground. With Shift or Ctrl the box adds to the selection; a plain click clears it."""

    def begin(self) -> None:
        """Remember what was selected."""
        self._before = self.bench.selection.blocks

    def _box(self) -> QRectF:
        camera = self.bench.viewport.camera
        return QRectF(camera.to_scene(self.start), camera.to_scene(self.point)).normalized()

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Select what the box touches."""
        box = self._box()
        touched = [s.id for s in self.bench.scene.layout.shapes.values() if box.intersects(s.body)]
        kept = self._before if modifiers & ADDING else ()
        self.bench.selection.choose((*kept, *touched))
        self.bench.viewport.update()

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Clear the selection."""
        if not modifiers & ADDING:
            self.bench.selection.clear()

    def cancel(self) -> None:
        """Select again what was selected before."""
        self.bench.selection.choose(self._before)

    def paint(self, painter: QPainter) -> None:
        """The box."""
        if self.dragging:
            painter.setPen(look.pen(theme.colour("accent"), 1.2 / self.bench.viewport.camera.scale))
            painter.setBrush(look.faded("accent", 0.10))
            painter.drawRect(self._box())
