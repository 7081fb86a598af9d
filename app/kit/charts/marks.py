"""What stands on a chart beside its lines: names at their ends, and the moments at which something was changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.kit import theme

LINE = 13
"""Pixels from one line's name to the next."""
NEAR = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of the run, in epochs, and what happened then."""

    epoch: float
    label: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A line's name at its end, at a height in pixels; ``first`` ones are kept where there is no room for all."""

    y: float
    text: str
    colour: QColor
    first: bool = False


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark's place in pixels, and the label that stands there: empty where one beside it speaks for it."""

    x: float
    left: float
    label: str


def apart(endings: Sequence[Ending], top: float, bottom: float) -> list[tuple[float, Ending]]:
    """Heights for the names so that none covers another, as near to their lines as may be: (middle, name) from the top
    down. What has no room is left out, those that are not ``first`` before the others."""
    room = max(1, int((bottom - top) // LINE))
    kept = sorted(endings, key=lambda one: not one.first)[:room]
    kept.sort(key=lambda one: one.y)
    heights: list[float] = []
    for one in kept:
        heights.append(max(one.y, heights[-1] + LINE if heights else top + LINE / 2))
    limit = bottom - LINE / 2
    for index in range(len(heights) - 1, -1, -1):
        heights[index] = min(heights[index], limit)
        limit = heights[index] - LINE
    return list(zip(heights, kept, strict=True))


def placed(
    marks: Sequence[tuple[float, str]], left: float, right: float, width: Callable[[str], float]
) -> list[PlacedMark]:
    """Places for marks at (x, label), from left to right: a label stands right of its mark where the next one leaves
    room, else left of it; else the first of several counts the others: ``rate 0.03 → 0.01 +2``."""
    found: list[PlacedMark] = []
    taken, rest = left, list(marks)
    while rest:
        x, label = rest.pop(0)
        limit, wide = (rest[0][0] - 6 if rest else right), width(label)
        if x + 7 + wide <= limit:
            found.append(PlacedMark(x, x + 7, label))
            taken = x + 7 + wide
        elif x - 7 - wide >= taken:
            found.append(PlacedMark(x, x - 7 - wide, label))
            taken = x + 7
        else:
            also = 0
            while also < len(rest) and rest[also][0] < x + 15 + width(_told(label, also)):
                also += 1
            told = _told(label, also)
            start = max(left, min(x + 7, right - width(told)))
            found.append(PlacedMark(x, start, told))
            found.extend(PlacedMark(one, one, "") for one, _ in rest[:also])
            rest, taken = rest[also:], start + width(told)
    return found


def _told(label: str, more: int) -> str:
    return f"{label} +{more}" if more else label


def paint_marks(painter: QPainter, marks: Sequence[PlacedMark], top: float, bottom: float) -> None:
    """Triangles with dashed lines under them, and their labels, from ``top`` down to ``bottom``."""
    muted, text = theme.colour("text_muted"), theme.colour("text")
    dashed = QPen(muted, 1.0, Qt.PenStyle.DashLine)
    for mark in marks:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dashed)
        painter.drawLine(QPointF(mark.x, top), QPointF(mark.x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(muted)
        painter.drawPolygon(
            QPolygonF([QPointF(mark.x - 4, top - 7), QPointF(mark.x + 4, top - 7), QPointF(mark.x, top)])
        )
    painter.setPen(text)
    for mark in marks:
        if mark.label:
            box = QRectF(mark.left, top - 13, painter.fontMetrics().horizontalAdvance(mark.label) + 2, LINE)
            painter.fillRect(box, theme.colour("surface"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, mark.label)


def paint_endings(painter: QPainter, x: float, endings: Sequence[tuple[float, Ending]]) -> None:
    """A dot at every line's end and its name beside it."""
    for y, ending in endings:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ending.colour)
        painter.drawEllipse(QPointF(x, ending.y), 2.5, 2.5)
        if abs(y - ending.y) > NEAR:
            painter.setPen(QPen(ending.colour, 0.7))
            painter.drawLine(QPointF(x + 3, ending.y), QPointF(x + 8, y))
        painter.setPen(ending.colour)
        box = QRectF(x + 10, y - LINE / 2, painter.fontMetrics().horizontalAdvance(ending.text) + 2, LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, ending.text)


def paint_break(painter: QPainter, x: float, y: float) -> None:
    """Two strokes across the axis: from here down it is no decade any more."""
    painter.setPen(QPen(theme.colour("text_muted"), 1.0))
    for shift in (-2.0, 2.0):
        painter.drawLine(QPointF(x - 4, y + shift + 2), QPointF(x + 4, y + shift - 2))
