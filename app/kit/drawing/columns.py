"""Marks that hold many equal parts: a thousand marks would cost a thousand comparisons and calls a frame.

``keys``: of the parts, in reading order. ``tips(index)`` says one of them when it is asked for;
``words(index)`` is for screen readers alone.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF, QRegion

from app.kit import inks, look
from app.kit.drawing.marks import Call, Key, Mark, MarkPart, Picture, Point, Rect, computed, contains, mark, pen_of

MOST_STEPS = 400
"""Cells of a picture that the keyboard steps through. A screen reader has the table for more of them."""


@mark
class ManyParts(Mark):
    """Equal parts of which each may be pointed at."""

    _: KW_ONLY
    keys: tuple[Key, ...] = ()
    tips: Call | None = None
    words: Call | None = None

    def keyed(self) -> list[MarkPart]:
        return [self.part(index) for index in range(len(self.keys))]

    def part(self, index: int) -> MarkPart:
        """Return one of the parts."""
        tip = Call(self.tips, (index,)) if self.tips else ""
        words = Call(self.words, (index,)) if self.words else ""
        return MarkPart(self.keys[index], tip, self.rect(index), self, words=words)

    def rect(self, index: int) -> Rect:
        """Return where a part is."""
        raise NotImplementedError


@mark
class Lines(Mark):
    """Many straight lines of one look."""

    ends: tuple[tuple[float, float, float, float], ...]
    stroke: str = "text"
    width: float = 1.0

    @computed
    def _lines(self) -> list[QLineF]:
        return [QLineF(*ends) for ends in self.ends]

    @computed
    def bounds(self) -> QRectF:
        if not self.ends:
            return QRectF()
        xs, ys = [x for ends in self.ends for x in ends[::2]], [y for ends in self.ends for y in ends[1::2]]
        half, left, top = self.width / 2 + 1, min(xs), min(ys)
        return QRectF(left, top, max(xs) - left, max(ys) - top).adjusted(-half, -half, half, half)

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        painter.setPen(pen_of(self.stroke, self.width, "square"))
        painter.drawLines(self._lines)


@mark
class Dots(ManyParts):
    """Many equal dots. Those without fill and stroke are there to be pointed at."""

    points: tuple[Point, ...]
    radius: float
    fill: str
    stroke: str = ""
    width: float = 1.0

    @computed
    def _polygon(self) -> QPolygonF:
        return QPolygonF([QPointF(x, y) for x, y in self.points])

    @computed
    def _places(self) -> Any:
        return np.asarray(self.points, dtype=np.float64).reshape(-1, 2)

    @computed
    def bounds(self) -> QRectF:
        reach = self.radius + self.width
        return self._polygon.boundingRect().adjusted(-reach, -reach, reach, reach)

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        if not self.stroke and self.fill:
            painter.setPen(look.pen(inks.colour(self.fill), 2 * self.radius))
            painter.drawPoints(self._polygon)
        if not self.stroke:
            return
        painter.setPen(QPen(inks.colour(self.stroke), self.width))
        painter.setBrush(inks.colour(self.fill))
        for x, y in self.points:
            painter.drawEllipse(QPointF(x, y), self.radius, self.radius)

    def hit(self, x: float, y: float) -> MarkPart | None:
        """Return the nearest dot within reach."""
        if not self.keys:
            return None
        squares = np.nan_to_num(((self._places - (x, y)) ** 2).sum(axis=1), nan=np.inf)
        index = int(squares.argmin())
        return self.part(index) if squares[index] <= max(self.reach, self.radius) ** 2 else None

    def rect(self, index: int) -> Rect:
        x, y = self.points[index]
        return x - self.radius, y - self.radius, 2 * self.radius, 2 * self.radius


@mark
class Rectangles(ManyParts):
    """Many upright boxes with crisp edges. ``columns``: each is meant over the whole height. ``pattern``: the fill is
    hatched or dotted so, with what lies beneath in between."""

    rects: tuple[Rect, ...]
    fills: tuple[str, ...]
    columns: bool = False
    pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern

    @computed
    def bounds(self) -> QRectF:
        if not self.rects:
            return QRectF()
        left, top, width, height = np.asarray(self.rects, dtype=np.float64).reshape(-1, 4).T
        x, y = float(left.min()), float(top.min())
        return QRectF(x, y, float((left + width).max()) - x, float((top + height).max()) - y)

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for rect, fill in zip(self.rects, self.fills, strict=True):
            if fill:
                painter.fillRect(QRectF(*rect), QBrush(inks.colour(fill), self.pattern))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def hit(self, x: float, y: float) -> MarkPart | None:
        for index in range(len(self.keys) - 1, -1, -1):
            left, top, width, height = self.rects[index]
            if left <= x <= left + width and (self.columns or top <= y <= top + height):
                return self.part(index)
        return None

    def rect(self, index: int) -> Rect:
        return self.rects[index]


@mark
class Cells(Picture):
    """A picture of equal cells that can be pointed at, such as a heat map. The parts' keys are (key, row, column).

    ``tips(row, column)`` says a cell. The keyboard steps through the cells where there are at most :data:`MOST_STEPS`.
    """

    _: KW_ONLY
    rows: int
    columns: int
    tips: Call

    def rect_of(self, row: int, column: int) -> Rect:
        """Return where a cell is."""
        left, top, width, height = self.rect
        wide, high = width / self.columns, height / self.rows
        return left + column * wide, top + row * high, wide, high

    def hit(self, x: float, y: float) -> MarkPart | None:
        if not contains(self.rect, x, y):
            return None
        left, top, width, height = self.rect
        return self._cell(int((y - top) / height * self.rows), int((x - left) / width * self.columns))

    def keyed(self) -> list[MarkPart]:
        if self.rows * self.columns > MOST_STEPS:
            return []
        return [self._cell(row, column) for row in range(self.rows) for column in range(self.columns)]

    def find(self, key: Key) -> MarkPart | None:
        if not isinstance(key, tuple) or len(key) != 3 or key[0] != self.key:
            return None
        return self._cell(*key[1:]) if key[1] < self.rows and key[2] < self.columns else None

    def _cell(self, row: int, column: int) -> MarkPart:
        return MarkPart((self.key, row, column), Call(self.tips, (row, column)), self.rect_of(row, column), self)
