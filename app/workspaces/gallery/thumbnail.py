"""A network in miniature."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.kit import theme
from app.kit.widgets.painted import Painted
from engine.graph import NetworkGraph, TargetSpec
from engine.graph.validation import infer_widths

MAX_UNITS = 10
"""A thumbnail draws at most so many units of a block."""


class Thumbnail(Painted):
    """A graph in miniature: a column of squares for each block, coloured bundles for its wires."""

    def __init__(self) -> None:
        super().__init__()
        self.graph: NetworkGraph | None = None
        self._units: dict[str, int] = {}

    def show_graph(self, graph: NetworkGraph) -> None:
        """Draw this graph."""
        self.graph = graph
        widths = infer_widths(graph, TargetSpec())[0]
        self._units = {block.id: min(widths.get(block.id, 1), MAX_UNITS) for block in graph.blocks}
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Wires first, then the units over them."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self.graph is not None and self.graph.blocks:
            self._paint_graph(painter, self.graph)

    def _paint_graph(self, painter: QPainter, graph: NetworkGraph) -> None:
        places = self._places(graph)
        side = min(9.0, 0.66 * self._pitch())
        for wire in graph.wires:
            self._paint_wire(painter, places[wire.source], places[wire.target])
        painter.setPen(QPen(theme.colour("border"), 0.6))
        for block in graph.blocks:
            for number, place in enumerate(places[block.id]):
                painter.setBrush(_tint(number, 235))
                square = QRectF(0, 0, side, side)
                square.moveCenter(place)
                painter.drawRoundedRect(square, 2, 2)

    def _paint_wire(self, painter: QPainter, sources: list[QPointF], targets: list[QPointF]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i, start in enumerate(sources):
            for j, end in enumerate(targets):
                painter.setPen(QPen(_tint(i + 2 * j, 90), 0.9))
                path = QPainterPath(start)
                middle = (start.x() + end.x()) / 2
                path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
                painter.drawPath(path)

    def _pitch(self) -> float:
        """Vertical distance of units."""
        return min(13.0, (self.height() - 14) / max(self._units.values(), default=1))

    def _places(self, graph: NetworkGraph) -> dict[str, list[QPointF]]:
        """Centres of every block's units: the canvas's own columns, squeezed into the thumbnail."""
        left, right = min(b.x for b in graph.blocks), max(b.x for b in graph.blocks)
        low, high = min(b.y for b in graph.blocks), max(b.y for b in graph.blocks)
        across = (self.width() - 36) / max(right - left, 1.0)
        down = min(0.25, (self.height() / 3) / max(high - low, 1.0))
        middle = (low + high) / 2
        pitch = self._pitch()
        places = {}
        for block in graph.blocks:
            x = 18 + (block.x - left) * across
            y = self.height() / 2 + (block.y - middle) * down
            count = self._units[block.id]
            places[block.id] = [QPointF(x, y + (i - (count - 1) / 2) * pitch) for i in range(count)]
        return places


def _tint(number: int, alpha: int) -> QColor:
    """Blue and orange in turn, as on the canvas."""
    colour = theme.colour("positive" if number % 3 else "negative")
    colour.setAlpha(alpha)
    return colour
