"""What stands on a chart beside its lines: names at their ends, and the moments at which something was changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.kit import theme

LINE = 13
"""Pixels from one line's name to the next."""
NEAR = 5
BESIDE = 10
"""Pixels from a line's end to its name."""
NEXT_TO = 8
"""Pixels from the middle of an arrow to its words."""
GAP = 7
"""Pixels from a mark to its label, and from one label to the next mark."""
APART = 14
"""Pixels from a mark whose label stands left of it to the next label: nearer ones would read as one."""
TRIANGLE = 7

LEAST = 56
"""Pixels of a label that is cut off: less of it says nothing."""


@dataclass(frozen=True, slots=True)
class EpochMark:
    """A moment of the run, in epochs, and what happened then."""

    epoch: float
    label: str


@dataclass(frozen=True, slots=True)
class CurveEnding:
    """A line's name at its end, at a height in pixels; ``first`` ones are kept where there is no room for all. ``x``:
    where a line ends that does not go as far as the names."""

    y: float
    text: str
    colour: QColor
    first: bool = False
    x: float | None = None


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark's place in pixels, and the label that stands there: empty where one beside it speaks for it."""

    x: float
    left: float
    label: str


class HasHeight(Protocol):
    """Something that stands at a height in pixels; ``first`` ones are kept where there is no room for all."""

    @property
    def y(self) -> float: ...
    @property
    def first(self) -> bool: ...


H = TypeVar("H", bound=HasHeight)


def apart(endings: Sequence[H], top: float, bottom: float) -> list[tuple[float, H]]:
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
    """Places for marks at (x, label), from left to right. No label covers another: it stands right of its mark where
    the next one leaves room, else left of it, cut off where a good part of it has room; else the first of several
    counts the others: ``rate 0.03 → 0.01 +2``."""
    groups: list[_Group] = []
    begin = 0
    while begin < len(marks):
        taken = groups[-1].end if groups else left
        group = _group_from(marks, begin, 1, taken, right, width)
        if group.start < taken and groups:
            group = _cut_off(marks, begin, taken, width) or group
        while group.start < taken and groups:  # no room: the one before it speaks for it
            before = groups.pop()
            taken = groups[-1].end if groups else left
            group = _group_from(marks, before.begin, group.begin + group.size - before.begin, taken, right, width)
        groups.append(group)
        begin = group.begin + group.size
    found: list[PlacedMark] = []
    for group in groups:
        first, *others = (x for x, _ in marks[group.begin : group.begin + group.size])
        found.append(PlacedMark(first, group.start, group.told))
        found.extend(PlacedMark(x, x, "") for x in others)
    return found


@dataclass(frozen=True, slots=True)
class _Group:
    """``size`` marks from number ``begin`` on, and the label for them: what it says, where it starts, and up to where
    it and its marks reach."""

    begin: int
    size: int
    told: str
    start: float
    end: float


def _group_from(
    marks: Sequence[tuple[float, str]],
    begin: int,
    least: int,
    taken: float,
    right: float,
    width: Callable[[str], float],
) -> _Group:
    """The smallest group of ``least`` marks at the least whose label covers no mark of another; it may start before
    ``taken`` where there is no room at all."""
    x, label = marks[begin]
    if least == 1:
        wide = width(label)
        limit = marks[begin + 1][0] - GAP if begin + 1 < len(marks) else right
        if taken <= x + GAP and x + GAP + wide <= limit:
            return _Group(begin, 1, label, x + GAP, x + GAP + wide)
        if x - GAP - wide >= taken:
            return _Group(begin, 1, label, x - GAP - wide, x + APART)
    size = least
    while True:
        told = _told(label, size - 1)
        start = min(x + GAP, right - width(told))
        end = max(start + width(told), marks[begin + size - 1][0]) + GAP
        if begin + size == len(marks) or marks[begin + size][0] >= end:
            return _Group(begin, size, told, start, end)
        size += 1


def _cut_off(
    marks: Sequence[tuple[float, str]], begin: int, taken: float, width: Callable[[str], float]
) -> _Group | None:
    """As much of a mark's label as has room left of it; None where that is too little to be read."""
    x, label = marks[begin]
    room = x - GAP - taken
    if room < LEAST:
        return None
    lengths = range(len(label), 0, -1)
    cut = next((told for length in lengths if width(told := f"{label[:length].rstrip()}…") <= room), "")
    return _Group(begin, 1, cut, x - GAP - width(cut), x + APART) if cut else None


def _told(label: str, more: int) -> str:
    return f"{label} +{more}" if more else label


def paint_marks(painter: QPainter, marks: Sequence[PlacedMark], top: float, bottom: float) -> None:
    """Triangles with dashed lines under them down to ``bottom``, and above ``top`` their labels, which cover none."""
    muted, text = theme.colour("text_muted"), theme.colour("text")
    dashed = QPen(muted, 1.0, Qt.PenStyle.DashLine)
    for mark in marks:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dashed)
        painter.drawLine(QPointF(mark.x, top), QPointF(mark.x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(muted)
        painter.drawPolygon(
            QPolygonF([QPointF(mark.x - 4, top - TRIANGLE), QPointF(mark.x + 4, top - TRIANGLE), QPointF(mark.x, top)])
        )
    painter.setPen(text)
    for mark in marks:
        if mark.label:
            width = painter.fontMetrics().horizontalAdvance(mark.label) + 2
            box = QRectF(mark.left, top - TRIANGLE - LINE, width, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, mark.label)


def name_box(x: float, y: float, width: float) -> QRectF:
    """The place of the name of a line that ends at ``x``, with its middle at the height ``y``."""
    return QRectF(x + BESIDE, y - LINE / 2, width, LINE)


def beside_arrow(tip: QPointF, way: int, width: float, names: Sequence[QRectF], left: float, right: float) -> QRectF:
    """Place words of a ``width`` beside an arrow where they cover no name: right or left of it, on its own line or the
    next ones into the picture. ``way`` is 1 for an arrow that points down."""
    on_right, on_left = min(tip.x() + NEXT_TO, right - width), tip.x() - NEXT_TO - width
    columns = [on_right, on_left] if on_left >= left else [on_right]
    first = tip.y() - LINE if way > 0 else tip.y()
    lines = [first - way * LINE * number for number in range(len(names) + 1)]
    places = [QRectF(x, y, width, LINE) for y in lines for x in columns]
    return next((place for place in places if not any(map(place.intersects, names))), places[0])


def paint_endings(painter: QPainter, x: float, endings: Sequence[tuple[float, CurveEnding]]) -> None:
    """A dot at every line's end and its name beside it."""
    for y, ending in endings:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ending.colour)
        painter.drawEllipse(QPointF(x if ending.x is None else ending.x, ending.y), 2.5, 2.5)
        if ending.x is not None and ending.x < x - NEAR:
            painter.setPen(QPen(ending.colour, 0.7, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(ending.x + 4, ending.y), QPointF(x + 3, ending.y))
        if abs(y - ending.y) > NEAR:
            painter.setPen(QPen(ending.colour, 0.7))
            painter.drawLine(QPointF(x + 3, ending.y), QPointF(x + 8, y))
        painter.setPen(ending.colour)
        box = name_box(x, y, painter.fontMetrics().horizontalAdvance(ending.text) + 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, ending.text)


def paint_break(painter: QPainter, x: float, y: float) -> None:
    """Two strokes across the axis: from here down it is no decade any more."""
    painter.setPen(QPen(theme.colour("text_muted"), 1.0))
    for shift in (-2.0, 2.0):
        painter.drawLine(QPointF(x - 4, y + shift + 2), QPointF(x + 4, y + shift - 2))
