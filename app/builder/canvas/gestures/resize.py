"""Changing a dense block's units by dragging the bar beneath it."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from app.builder.canvas.facts import units_of
from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.hit import Part
from app.builder.canvas.tilegrid import PITCH
from app.builder.canvas.workbench import Workbench

_SERIAL = count()
DRAG_PER_UNIT = PITCH / 2
"""Scene units of drag for one unit more: a column grows at both ends, so half a tile's pitch follows the pointer."""


class ResizeUnits(Gesture):
    """Down for more, up for fewer. The network follows while it is dragged; the whole drag is one undoable step."""

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, bench: Workbench, start: QPointF, block_id: str, part: Part) -> None:
        super().__init__(bench, start)
        self._block_id, self._part = block_id, part
        self._start = bench.edits.graph
        self._units = units_of(self._start.block(block_id)) or 1
        self._merge = f"units-{block_id}-{next(_SERIAL)}"

    def _set(self, units: int) -> None:
        self.bench.edits.set_units(self._block_id, units, self._merge, self._start)

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        if self._part is Part.RESIZE:
            down = (point.y() - self.start.y()) / self.bench.viewport.camera.scale
            self._set(self._units + round(down / DRAG_PER_UNIT))

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """The − and + buttons: one unit, ten with Shift."""
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        if self._part is not Part.RESIZE:
            self._set(self._units + (step if self._part is Part.MORE else -step))
        self.bench.selection.choose([self._block_id])

    def cancel(self) -> None:
        """Back to the units it had."""
        self._set(self._units)

    def paint(self, painter: QPainter) -> None:
        """Nothing: the block itself shows its units."""
