"""Moving blocks: they snap to the grid and to one another's middles and edges."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter

from app.builder.canvas.geometry import SNAP, BlockShape
from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.gestures.rubber_band import ADDING
from app.builder.canvas.hit import Hit, Part
from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.workbench import Workbench
from app.kit import look, theme
from engine.graph.edit import move_blocks

GUIDE_REACH = 6.0
"""Scene units within which a block is drawn to line up with another."""


class MoveBlocks(Gesture):
    """Starts on a block; a click selects it or opens the neuron that was clicked. One undoable step on release."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, bench: Workbench, start: QPointF, hit: Hit) -> None:
        super().__init__(bench, start)
        self._hit = hit
        self._guides: list[QLineF] = []
        self._places: dict[str, QPointF] = {}

    def begin(self) -> None:
        """Remember where the blocks are, that Escape puts back."""
        self._shapes = dict(self.bench.scene.layout.shapes)
        self._block = self._shapes[self._hit.block_id or ""]

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Select the block, with Shift or Ctrl beside the others; a plain click on a tile opens its neuron."""
        selection = self.bench.selection
        if modifiers & ADDING:
            selection.toggle(self._block.id)
        elif self._hit.part is Part.NEURON and self._hit.unit is not None:
            selection.choose_neuron(NeuronRef(self._block.id, self._hit.unit))
        else:
            selection.choose([self._block.id])

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Show the blocks where they would be dropped."""
        selection = self.bench.selection
        if self._block.id not in selection.blocks:
            selection.choose([*(selection.blocks if modifiers & ADDING else ()), self._block.id])
        by = (point - self.start) / self.bench.viewport.camera.scale
        free = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        shift = by if free else self._snapped(by, selection.blocks)
        self._places = {
            block_id: QPointF(self._shapes[block_id].block.x, self._shapes[block_id].block.y) + shift
            for block_id in selection.blocks
        }
        places = {block_id: (at.x(), at.y()) for block_id, at in self._places.items()}
        self.bench.scene.preview(move_blocks(self.bench.edits.graph, places))

    def _snapped(self, by: QPointF, moving: tuple[str, ...]) -> QPointF:
        """The shift that lines the gripped block up with another one, or else puts it on the grid."""
        others = [s for s in self._shapes.values() if s.id not in moving]
        at = QPointF(self._block.block.x, self._block.block.y) + by
        body = self._block.body.translated(by)
        self._guides = []
        x = _nearest([(o.block.x, o) for o in others], at.x())
        y = _nearest([(o.block.y, o) for o in others], at.y())
        x_to, y_to = round(at.x() / SNAP) * SNAP, round(at.y() / SNAP) * SNAP
        if x is not None:
            x_to = x[0]
            self._guides.append(QLineF(x_to, min(body.top(), x[1].body.top()) - 20, x_to,
                                       max(body.bottom(), x[1].body.bottom()) + 20))  # fmt: skip
        if y is not None:
            y_to = y[0]
            self._guides.append(QLineF(min(body.left(), y[1].body.left()) - 20, y_to,
                                       max(body.right(), y[1].body.right()) + 20, y_to))  # fmt: skip
        return by + QPointF(x_to - at.x(), y_to - at.y())

    def drop(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Move them."""
        self.bench.scene.preview(None)
        self.bench.edits.move(self._places)

    def cancel(self) -> None:
        """Put them back."""
        self.bench.scene.preview(None)

    def paint(self, painter: QPainter) -> None:
        """The lines along which the block lines up with another."""
        line = look.pen(theme.colour("accent"), 1.0 / self.bench.viewport.camera.scale)
        line.setDashPattern([5.0, 4.0])
        painter.setPen(line)
        painter.drawLines(self._guides)


def _nearest(marks: list[tuple[float, BlockShape]], value: float) -> tuple[float, BlockShape] | None:
    best = min(marks, key=lambda mark: abs(mark[0] - value), default=None)
    return best if best is not None and abs(best[0] - value) <= GUIDE_REACH else None
