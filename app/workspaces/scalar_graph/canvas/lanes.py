"""The two lanes of an edge, with where their arrows point: worked out once, painted in every frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

LANE = 6.0
"""Each lane lies so far from the edge's middle."""
LONG = 900.0
NEAR = 0.06
"""The direction of an arrow is that of the last share of the way."""

DASHES, DOTS = (3.0, 3.0), (1.0, 2.5)
"""Dash and gap, in widths of the lane: of what is not known, and of a gradient that is 0."""
FINE = 0.25
"""Scene units: so well dashes follow a curve; finer ones take longer to be painted."""


@dataclass(frozen=True)
class Lane:
    """A way, the point that its arrow ends in, and the direction there, of length 1."""

    path: QPainterPath
    tip: QPointF
    along: QPointF

    @cached_property
    def long(self) -> bool:
        """Whether it is so long that drawing it whole would take longer than all the rest."""
        return self.path.elementAt(self.path.elementCount() - 1).x - self.path.elementAt(0).x > LONG

    def drawn(self, visible: QRectF) -> list[QPainterPath]:
        """What to draw of it: of a long way only the pieces that are in sight, for a stroke takes long all the way."""
        return [piece for _, piece in self._in_sight(visible)]

    def dashed(self, visible: QRectF, width: float, pattern: tuple[float, float] = DASHES) -> list[QPainterPath]:
        """The same as the areas of its dashes. Painted by a pen they would be others in every part of the canvas that
        is painted by itself; and to work them out takes longer than all the rest."""
        return [self._dashes(number, piece, width, pattern) for number, piece in self._in_sight(visible)]

    def _in_sight(self, visible: QRectF) -> list[tuple[int, QPainterPath]]:
        if not self.long:
            return [(0, self.path)]
        return [(number, piece) for number, (piece, box) in enumerate(self._pieces) if box.intersects(visible)]

    def _dashes(self, number: int, piece: QPainterPath, width: float, pattern: tuple[float, float]) -> QPainterPath:
        found = self._dashed.get((number, width, pattern))
        if found is None:
            stroker = QPainterPathStroker()
            stroker.setWidth(width)
            stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
            stroker.setDashPattern(pattern)
            stroker.setCurveThreshold(FINE)
            found = self._dashed[number, width, pattern] = stroker.createStroke(piece)
        return found

    @cached_property
    def _dashed(self) -> dict[tuple[int, float, tuple[float, float]], QPainterPath]:
        return {}

    @cached_property
    def _pieces(self) -> list[tuple[QPainterPath, QRectF]]:
        pieces, here, at = [], QPointF(), 0
        while at < self.path.elementCount():
            element = self.path.elementAt(at)
            piece = QPainterPath(here)
            if element.isCurveTo():
                one, other, here = (self._point(at + step) for step in range(3))
                piece.cubicTo(one, other, here)
                at += 3
            else:
                here = self._point(at)
                piece.lineTo(here)
                at += 1
            if not element.isMoveTo():
                pieces.append((piece, piece.controlPointRect().adjusted(-5, -5, 5, 5)))
        return pieces

    def _point(self, at: int) -> QPointF:
        element = self.path.elementAt(at)
        return QPointF(element.x, element.y)

    @cached_property
    def _heads(self) -> dict[int, QPainterPath]:
        return {}

    def head(self, width: float) -> QPainterPath:
        """The arrow's head for a lane of this width, to a quarter of a unit."""
        key = round(4.0 * width)
        if key not in self._heads:
            self._heads[key] = self._head(key / 4.0)
        return self._heads[key]

    def _head(self, width: float) -> QPainterPath:
        size = 5.0 + 0.6 * width
        across = QPointF(-self.along.y(), self.along.x()) * (0.62 * size)
        back = self.tip - self.along * size
        head = QPainterPath(self.tip + self.along * 1.5)
        head.lineTo(back + across)
        head.lineTo(back - across)
        head.closeSubpath()
        return head


def lanes_of(path: QPainterPath, *, single: bool) -> tuple[Lane, Lane | None]:
    """Forward and backward lane of an edge; a ``single`` one has no way back."""
    start, end = path.elementAt(0), path.elementAt(path.elementCount() - 1)
    level = abs(end.x - start.x) > 1.0
    shift = QPointF(0.0, LANE) if level else QPointF(LANE if end.y < start.y else -LANE, 0.0)
    if single:
        return _lane(path, at_end=True), None
    return _lane(path.translated(-shift), at_end=True), _lane(path.translated(shift), at_end=False)


def _lane(path: QPainterPath, *, at_end: bool) -> Lane:
    tip = path.pointAtPercent(1.0 if at_end else 0.0)
    way = QLineF(path.pointAtPercent(1.0 - NEAR if at_end else NEAR), tip)
    length = way.length()
    along = QPointF(way.dx() / length, way.dy() / length) if length else QPointF(1.0, 0.0)
    return Lane(path, tip, along)
