"""Marks: what a drawing is made of. Plain frozen data in pixels; a test compares them, the view paints them.

A mark with a ``key`` can be pointed at, chosen, dragged and spoken. What a mark computes to paint itself (paths,
bounds, a pixmap) is cached on the object, and :func:`app.kit.drawing.drawing.reconcile` keeps the object while the
mark stays equal.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, dataclass_transform

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPixmap,
    QPolygonF,
    QRegion,
    QTransform,
)  # fmt: skip

from app.kit import inks, look, theme

if TYPE_CHECKING:
    from app.kit.formula.boxes import Box, LaidOut
    from app.kit.widgets.drag_number import NumberDrag

Key = Hashable
Point = tuple[float, float]
Rect = tuple[float, float, float, float]
"""Left, top, width, height."""
M = TypeVar("M")
T = TypeVar("T")
DASHES = (4.0, 2.0)
"""Of a dashed line, in its widths."""
_FLAGS = {"left": 0x1, "right": 0x2, "centre": 0x84, "top": 0x20, "bottom": 0x40, "middle": 0x80, "across": 0x4}
_WRAP = int(Qt.TextFlag.TextWordWrap.value)
_CAPS = {"round": Qt.PenCapStyle.RoundCap, "flat": Qt.PenCapStyle.FlatCap, "square": Qt.PenCapStyle.SquareCap}
_NO_PEN, _NO_BRUSH = QPen(Qt.PenStyle.NoPen), Qt.BrushStyle.NoBrush


class computed(Generic[T]):
    """A property that is computed once. ``functools.cached_property`` takes a lock until Python 3.12, which costs a
    microsecond for every mark of every frame."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, _owner: type | None = None) -> T:
        value: T = self._make(instance)
        instance.__dict__[self._name] = value
        return value


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function with its first arguments: a closure that can be compared. Of arrays it must be the same object."""

    function: Callable[..., Any]
    arguments: tuple[object, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Call) or self.function != other.function:
            return False
        return len(self.arguments) == len(other.arguments) and all(map(equal_data, self.arguments, other.arguments))

    def __hash__(self) -> int:
        return hash(self.function)

    def __call__(self, *more: object) -> Any:
        return self.function(*self.arguments, *more)


def equal_data(one: object, other: object) -> bool:
    """Compare what a drawing is made from; arrays are equal only to themselves."""
    return one is other or (not isinstance(one, np.ndarray) and bool(one == other))


def call(function: Callable[..., Any], *arguments: object) -> Call:
    """Return a call that is equal to another one of the same function with equal arguments."""
    return Call(function, arguments)


Tip = str | Call
"""What is shown and spoken, or what makes it when it is wanted."""


def text_of(tip: Tip) -> str:
    """Return what a tip says."""
    return tip if isinstance(tip, str) else str(tip())


@dataclass(frozen=True, slots=True)
class NumberInput:
    """How a number is changed where it stands.

    ``step``: what a key press, or a pixel of dragging, adds. ``limits``: the least and the greatest value. ``ratios``:
    a pixel is a ratio instead. ``whole``: only whole numbers. ``typed``: a click opens a field to type in; else it
    chooses the number, for a card that explains it.
    """

    step: float = 0.01
    limits: tuple[float, float] = (-math.inf, math.inf)
    ratios: bool = False
    whole: bool = False
    typed: bool = True

    def new_drag(self) -> NumberDrag:
        """Return what turns the pointer's way, or key presses, into values."""
        from app.kit.widgets.drag_number import NumberDrag  # not for the first frame, which has no numbers to change

        return NumberDrag(*self.limits, self.step, ratios=self.ratios, whole=self.whole)

    @property
    def how(self) -> str:
        """Return how the number can be changed, in words."""
        how = QCoreApplication.translate("NumberInput", "+ and − change it. Shift is finer, Ctrl coarser.")
        if self.typed:
            return QCoreApplication.translate("NumberInput", "Drag left or right, or click and type.") + " " + how
        return QCoreApplication.translate("NumberInput", "Drag left or right.") + " " + how


class MarkPart(NamedTuple):
    """Something that can be pointed at, reached by the keyboard and spoken: a mark with a key, or a piece of one.

    ``value``: of a number, and how it is printed, ``text``. ``input``: how it can be changed, if it can.
    ``words``: spoken and not shown.
    """

    key: Key
    tip: Tip
    rect: Rect
    mark: Mark
    value: float | None = None
    text: str = ""
    input: NumberInput | None = None
    words: Tip = ""

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ": ".join(part for part in (text_of(self.tip), text_of(self.words), self.text) if part)

    @property
    def full_tip(self) -> str:
        """Return what the tooltip says: what it is, and how it is changed."""
        return "\n".join(line for line in (text_of(self.tip), self.input.how if self.input else "") if line)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def mark(cls: type[M]) -> type[M]:
    """Make a class of marks. Type checkers take it as frozen. At run time it is an ordinary dataclass: a frozen one of
    13 fields takes 2.2 µs to make, an ordinary one 0.5."""
    return dataclass(unsafe_hash=True)(cls)


@mark
class Mark:
    """Something on screen.

    ``tip`` is shown and spoken. ``reach``: pixels round the shape in which it is meant; ``target``: a larger area in
    which it is meant. ``drag``: whether it reports where it is dragged to. ``cursor``: its shape over the mark.
    """

    _: KW_ONLY
    key: Key | None = None
    tip: Tip = ""
    reach: float = 0.0
    target: Rect | None = None
    drag: bool = False
    cursor: Qt.CursorShape | None = None

    @computed
    def bounds(self) -> QRectF:
        """Return the area that the mark covers, with its pen."""
        raise NotImplementedError

    @computed
    def area(self) -> QRect:
        """Return its bounds in whole pixels, with a pixel for antialiasing."""
        return self.bounds.adjusted(-1, -1, 1, 1).toAlignedRect()

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        """Paint the mark; ``exposed``: the only area that is needed."""
        raise NotImplementedError

    def distance(self, x: float, y: float) -> float:
        """Return the pixels from a place to the shape; 0 inside."""
        box = self.bounds
        return math.hypot(max(box.left() - x, x - box.right(), 0.0), max(box.top() - y, y - box.bottom(), 0.0))

    def hit(self, x: float, y: float) -> MarkPart | None:
        """Return what is meant by a place, if it is this mark."""
        if self.key is None:
            return None
        left, top, right, bottom = self._near
        if not (left <= x <= right and top <= y <= bottom):
            return None
        meant = self.target is not None and contains(self.target, x, y)
        return self.keyed()[0] if meant or self.distance(x, y) <= self.reach else None

    @computed
    def _near(self) -> Rect:
        """Return left, top, right and bottom of where it may be meant."""
        reach = self.reach
        box = self.bounds.adjusted(-reach, -reach, reach, reach)
        box = box if self.target is None else box.united(QRectF(*self.target))
        return box.left(), box.top(), box.right(), box.bottom()

    def keyed(self) -> list[MarkPart]:
        """Return what of it the keyboard and a screen reader can reach."""
        return [] if self.key is None else [MarkPart(self.key, self.tip, rect_of(self.bounds), self)]

    def find(self, key: Key) -> MarkPart | None:
        """Return a part of it by its key that :meth:`keyed` does not list, such as a cell among thousands."""
        return None


# Shapes ---------------------------------------------------------------------------------------------------------------


@mark
class Path(Mark):
    """Outlines, filled and stroked."""

    path: QPainterPath
    stroke: str = ""
    width: float = 1.0
    fill: str = ""
    dashed: bool = False
    cap: str = "round"

    @computed
    def bounds(self) -> QRectF:
        half = self.width / 2 + 1 if self.stroke else 0.0
        return self.path.boundingRect().adjusted(-half, -half, half, half)

    @computed
    def dashes(self) -> QPainterPath:
        """Return the dashes as an outline: those of a dashed pen move where only a part of it is painted."""
        stroker = QPainterPathStroker()
        stroker.setWidth(self.width)
        stroker.setDashPattern(list(DASHES))
        stroker.setCapStyle(_CAPS[self.cap])
        return stroker.createStroke(self.path)

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        if self.fill:
            painter.fillPath(self.path, inks.colour(self.fill))
        if self.stroke and self.dashed:
            painter.fillPath(self.dashes, inks.colour(self.stroke))
        elif self.stroke:
            painter.strokePath(self.path, pen_of(self.stroke, self.width, self.cap))

    def distance(self, x: float, y: float) -> float:
        if self.fill and self.path.contains(QPointF(x, y)):
            return 0.0
        return min((_distance(points, x, y) for points in self._outlines), default=math.inf)

    @computed
    def _outlines(self) -> list[list[QPointF]]:
        return [polygon.toList() for polygon in self.path.toSubpathPolygons()]


@mark
class Polyline(Path):
    """Straight lines from point to point; ``closed``: and back. A point that is not finite leaves a gap."""

    path: QPainterPath = field(init=False, repr=False, compare=False)
    points: tuple[Point, ...] = ()
    closed: bool = False

    def __post_init__(self) -> None:
        path = QPainterPath()
        for is_finite, run in groupby(self.points, _is_finite):
            if is_finite:
                path.addPolygon(QPolygonF([QPointF(*point) for point in run]))
        if self.closed:
            path.closeSubpath()
        self.__dict__["path"] = path


def _is_finite(point: Point) -> bool:
    return math.isfinite(point[0]) and math.isfinite(point[1])


@mark
class Line(Mark):
    """A straight line."""

    start: Point
    end: Point
    stroke: str = "text"
    width: float = 1.0
    dashed: bool = False
    cap: str = "square"

    @computed
    def bounds(self) -> QRectF:
        half = self.width / 2 + 1
        return QRectF(QPointF(*self.start), QPointF(*self.end)).normalized().adjusted(-half, -half, half, half)

    @computed
    def _dashes(self) -> QPainterPath:
        path = QPainterPath(QPointF(*self.start))
        path.lineTo(*self.end)
        return Path(path, self.stroke, self.width, dashed=True, cap=self.cap).dashes

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        if self.dashed:
            painter.fillPath(self._dashes, inks.colour(self.stroke))
        else:
            painter.setPen(pen_of(self.stroke, self.width, self.cap))
            painter.drawLine(QLineF(*self.start, *self.end))

    def distance(self, x: float, y: float) -> float:
        return _distance([QPointF(*self.start), QPointF(*self.end)], x, y)


@mark
class Disc(Mark):
    """A circle."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    dashed: bool = False

    @computed
    def bounds(self) -> QRectF:
        reach = self.radius + (self.width / 2 if self.stroke else 0.0)
        return QRectF(self.x - reach, self.y - reach, 2 * reach, 2 * reach)

    @computed
    def _dashes(self) -> QPainterPath:
        """Return arcs of equal length whose gaps close the circle."""
        dash, gap = (self.width * share for share in DASHES)
        number = max(1, round(2 * math.pi * self.radius / (dash + gap)))
        span, side, path = 360.0 / number, 2 * self.radius, QPainterPath()
        box = QRectF(self.x - self.radius, self.y - self.radius, side, side)
        for place in range(number):
            path.arcMoveTo(box, place * span)
            path.arcTo(box, place * span, dash / (dash + gap) * span)
        return path

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        stroked = self.stroke and not self.dashed
        painter.setPen(pen_of(self.stroke, self.width, "round") if stroked else _NO_PEN)
        painter.setBrush(inks.colour(self.fill) if self.fill else _NO_BRUSH)
        painter.drawEllipse(QPointF(self.x, self.y), self.radius, self.radius)
        if self.stroke and self.dashed:
            painter.strokePath(self._dashes, pen_of(self.stroke, self.width, "round"))

    def distance(self, x: float, y: float) -> float:
        return max(0.0, math.hypot(x - self.x, y - self.y) - self.radius)


@mark
class Rectangle(Mark):
    """An upright box. ``crisp``: its edges snap to pixels. One without fill and stroke is there to be pointed at."""

    rect: Rect
    fill: str = ""
    stroke: str = ""
    width: float = 1.0
    corner: float = 0.0
    crisp: bool = False
    dashed: bool = False

    @computed
    def bounds(self) -> QRectF:
        half = self.width / 2 if self.stroke else 0.0
        return QRectF(*self.rect).adjusted(-half, -half, half, half)

    @computed
    def _dashes(self) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(QRectF(*self.rect), self.corner, self.corner)
        return Path(path, self.stroke, self.width, dashed=True, cap="flat").dashes

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        box = QRectF(*self.rect)
        if not (self.stroke or self.corner):
            if self.fill:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, not self.crisp)
                painter.fillRect(box, inks.colour(self.fill))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            return
        stroked = self.stroke and not self.dashed
        painter.setPen(QPen(inks.colour(self.stroke), self.width) if stroked else _NO_PEN)
        painter.setBrush(inks.colour(self.fill) if self.fill else _NO_BRUSH)
        painter.drawRoundedRect(box, self.corner, self.corner)
        if self.stroke and self.dashed:
            painter.fillPath(self._dashes, inks.colour(self.stroke))


# Writing --------------------------------------------------------------------------------------------------------------


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a line in pixels."""
    return _text_width(text, size, bold, QGuiApplication.font().family())


def fitting_text(texts: Sequence[str], width: float, size: float, bold: bool = False) -> str:
    """Return the first of several texts that fits into a width, the fullest first; the last where none does."""
    return next((text for text in texts if text_width(text, size, bold) <= width), texts[-1])


def text_height(size: float, bold: bool = False) -> float:
    """Return the height of a line in pixels."""
    return metrics_of(size, bold).height()


def wrapped_height(text: str, width: float, size: float, bold: bool = False) -> float:
    """Return the height of a text that is wrapped to a width, in pixels; lines with Chinese in them are higher."""
    return math.ceil(metrics_of(size, bold).boundingRect(QRectF(0.0, 0.0, width, 1e6), _WRAP, text).height())


@lru_cache(maxsize=4096)
def _text_width(text: str, size: float, bold: bool, _family: str) -> float:
    return metrics_of(size, bold).horizontalAdvance(text)


def metrics_of(size: float, bold: bool = False) -> QFontMetricsF:
    """Return the measures of a drawing's font."""
    return _metrics(size, bold, QGuiApplication.font().family())


@lru_cache(maxsize=64)
def _metrics(size: float, bold: bool, _family: str) -> QFontMetricsF:
    return QFontMetricsF(_font(size, bold))


def _font(size: float, bold: bool) -> QFont:
    return look.figures(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal)


@mark
class Text(Mark):
    """A line of text in a box. Too long a line is cut off, ends in "…" (``elide``), gets smaller (``shrink``) or wraps.

    ``size``: of the font, in pixels. ``align``: "left", "across" or "right", and "top", "middle" or "bottom"; or
    "centre".
    """

    text: str
    rect: Rect
    size: float = 12.0
    ink: str = "text"
    align: str = "centre"
    bold: bool = False
    elide: bool = False
    shrink: bool = False
    wrap: bool = False

    @computed
    def _flags(self) -> int:
        flags = sum(_FLAGS[word] for word in self.align.split())
        return flags | (_WRAP if self.wrap else 0)

    @computed
    def bounds(self) -> QRectF:
        return QRectF(*self.rect)

    @property
    def printed(self) -> str:
        """Return the text as it stands there."""
        return self.text

    @computed
    def _width(self) -> float:
        return text_width(self.printed, self.size, self.bold)

    @computed
    def ink_rect(self) -> Rect:
        """Return the box round the letters of a line."""
        left, top, width, height = self.rect
        wide, high = min(self._width, width), text_height(self.size, self.bold)
        across = 0.0 if "left" in self.align else 1.0 if "right" in self.align else 0.5
        down = 0.0 if "top" in self.align else 1.0 if "bottom" in self.align else 0.5
        return left + across * (width - wide), top + down * (height - high), wide, high

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        size, text = self.size, self.printed
        if (self.elide or self.shrink) and self._width > self.rect[2]:
            if self.shrink:
                size = max(6.0, math.floor(size * self.rect[2] / self._width))
            else:
                text = metrics_of(size, self.bold).elidedText(text, Qt.TextElideMode.ElideRight, self.rect[2])
        painter.setFont(_font(size, self.bold))
        painter.setPen(inks.colour(self.ink))
        painter.drawText(QRectF(*self.rect), self._flags, text)


@mark
class Formula(Mark):
    """A line of maths from ``x`` on its ``baseline``: markup, words with ``$…$``, or boxes of
    :mod:`app.kit.formula.boxes`, laid out already or not, whose keyed parts can be pointed at.

    ``align``: where x is in the line. ``widest``, ``highest``: a larger line gets smaller. ``lit``: the keys of parts
    with a soft ground. ``inputs``: key, value and input of the parts that are numbers to be changed. Where several
    parts have one key they are one, named by the first and with the text of the last: a number under its symbol.
    """

    maths: str | Box | LaidOut
    x: float
    baseline: float
    size: float
    ink: str = "text"
    align: str = "left"
    widest: float = math.inf
    highest: float = math.inf
    lit: frozenset[Key] = frozenset()
    inputs: tuple[tuple[Key, float, NumberInput], ...] = ()

    @computed
    def _line(self) -> LaidOut:
        from app.kit.formula.boxes import LaidOut, lay_out, typeset  # not for the first frame, which has no formulas

        if isinstance(self.maths, LaidOut):
            return self.maths
        return typeset(self.maths, self.size) if isinstance(self.maths, str) else lay_out(self.maths, self.size)

    @computed
    def _placed(self) -> tuple[float, float]:
        """Return the line's left end, and its scale."""
        line, share = self._line, {"left": 0.0, "across": 0.5, "right": 1.0}[self.align]
        room = self.widest / line.width if line.width > 0 else 1.0
        scale = min(1.0, room, self.highest / line.height if line.height > 0 else 1.0)
        return self.x - share * line.width * scale, scale

    @computed
    def bounds(self) -> QRectF:
        line, (x, scale) = self._line, self._placed
        around = 2.0 + 0.1 * self.size
        return QRectF(x, self.baseline - line.ascent * scale, line.width * scale, line.height * scale).adjusted(
            -around, -around, around, around
        )

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        line, (x, scale) = self._line, self._placed
        painter.save()
        painter.translate(x, self.baseline)
        painter.scale(scale, scale)
        line.paint(painter, 0.0, 0.0, self.lit, self.ink)
        painter.restore()
        for part in self._parts.values():
            if part.input is not None:
                left, top, width, height = part.rect
                underline(painter, (left, top, width, height + 1.5))

    def hit(self, x: float, y: float) -> MarkPart | None:
        line, (left, scale) = self._line, self._placed
        if self.bounds.contains(QPointF(x, y)):
            part = self._parts.get(line.key_at(QPointF((x - left) / scale, (y - self.baseline) / scale)))
            if part is not None:
                return part
        return super().hit(x, y)

    def keyed(self) -> list[MarkPart]:
        return super().keyed() + list(self._parts.values())

    def rects_of(self, key: Key) -> list[Rect]:
        """Return where the parts with a key are."""
        line, (left, scale) = self._line, self._placed
        return [
            (left + box.left() * scale, self.baseline + box.top() * scale, box.width() * scale, box.height() * scale)
            for box in line.boxes_of(key)
        ]

    @computed
    def _parts(self) -> dict[Key, MarkPart]:
        inputs = {key: (value, input) for key, value, input in self.inputs}
        plain: dict[Key, list[str]] = {}
        for part in self._line.keyed:
            plain.setdefault(part.key, []).append(part.plain.strip())
        parts = {}
        for key, texts in plain.items():
            value, input = inputs.get(key, (None, None))
            rects = self.rects_of(key)
            rect = max(rects, key=lambda rect: rect[1] + rect[3]) if input is not None else rects[0]
            parts[key] = MarkPart(key, texts[0] if len(texts) > 1 else "", rect, self, value, texts[-1], input)
        return parts


# Pictures and groups --------------------------------------------------------------------------------------------------


@mark
class Picture(Mark):
    """Pixels stretched over a box. ``image()`` makes them, again for another theme."""

    rect: Rect
    image: Call
    smooth: bool = False

    @computed
    def bounds(self) -> QRectF:
        return QRectF(*self.rect)

    def _image(self) -> QImage:
        known = self.__dict__.get("_pixels")
        if known is None or known[0] != theme.current().name:
            known = self.__dict__["_pixels"] = (theme.current().name, self.image())
        return known[1]  # type: ignore[no-any-return]

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.drawImage(self.bounds, self._image())


@mark
class Group(Mark):
    """The marks that ``draw()`` returns. It is called again only when its arguments change.

    ``cached``: once they are painted a second time they are kept as a pixmap, so that what changes with every frame
    makes none. ``clip``: nothing outside of this box of theirs is painted.
    ``shift``: where their (0, 0) stands; ``scale``: how many pixels one of theirs is.
    """

    draw: Call
    cached: bool = False
    clip: Rect | None = None
    shift: Point = (0.0, 0.0)
    scale: float = 1.0

    @computed
    def marks(self) -> tuple[Mark, ...]:
        """Return the marks from the back to the front, in the group's own pixels."""
        return tuple(self.draw())

    @computed
    def _extent(self) -> QRectF:
        """Return the area of the marks in the group's own pixels."""
        box = QRectF()
        for mark in self.marks:
            box = box.united(mark.bounds)
        return box if self.clip is None else box.intersected(QRectF(*self.clip))

    @computed
    def transform(self) -> QTransform:
        """Return what takes the group's pixels to those around it."""
        return QTransform(self.scale, 0, 0, self.scale, *self.shift)

    @computed
    def _stays(self) -> bool:
        return self.scale == 1.0 and self.shift == (0.0, 0.0)

    @computed
    def bounds(self) -> QRectF:
        return self._extent if self._stays else self.transform.mapRect(self._extent)

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        moved = not self._stays
        if moved:
            painter.save()
            painter.setTransform(self.transform, combine=True)
            exposed = None if exposed is None else self._inside(exposed)
        is_kept = self.cached and is_raster(painter)
        kept = self._pixmap(painter.device().devicePixelRatio()) if is_kept else None
        if kept is not None:
            painter.drawPixmap(*kept)
        else:
            self._paint_marks(painter, exposed)
        if moved:
            painter.restore()

    def _inside(self, exposed: QRegion) -> QRegion:
        """Return an area around it in the group's own pixels, rounded outwards."""
        inverse, _ = self.transform.inverted()
        return QRegion(inverse.mapRect(QRectF(exposed.boundingRect())).toAlignedRect())

    def _paint_marks(self, painter: QPainter, exposed: QRegion | None) -> None:
        if self.clip is not None:
            painter.save()
            painter.setClipRect(QRectF(*self.clip), Qt.ClipOperation.IntersectClip)
        paint_marks(painter, self.marks, exposed)
        if self.clip is not None:
            painter.restore()

    def _pixmap(self, ratio: float) -> tuple[QPointF, QPixmap] | None:
        """Return the marks as a pixmap, and where it stands: on whole pixels of the screen if the group does. None at
        the first time."""
        ratio *= self.scale
        look_key = ratio, theme.current().name
        known = self.__dict__.get("_picture")
        if known is None or known[0] != look_key:
            known = self.__dict__["_picture"] = (look_key, None)
        elif known[1] is None:
            box = self._extent.adjusted(-1, -1, 1, 1)
            area = QRectF(box.topLeft() * ratio, box.size() * ratio).toAlignedRect()
            place = QPointF(area.topLeft()) / ratio
            pixmap = QPixmap(area.size())
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.translate(-place)
                self._paint_marks(painter, None)
            finally:
                painter.end()
            known = self.__dict__["_picture"] = (look_key, (place, pixmap))
        return known[1]  # type: ignore[no-any-return]

    def keep_from(self, before: Group) -> None:
        """Take over what an earlier group has computed of the same call: this one only stands elsewhere."""
        for name in ("marks", "_extent", "_picture"):
            if name in before.__dict__:
                self.__dict__[name] = before.__dict__[name]

    def hit(self, x: float, y: float) -> MarkPart | None:
        inner_x, inner_y = (x - self.shift[0]) / self.scale, (y - self.shift[1]) / self.scale
        if self.clip is not None and not contains(self.clip, inner_x, inner_y):
            return None
        found = hit(self.marks, inner_x, inner_y)
        return super().hit(x, y) if found is None else self._moved(found)

    def keyed(self) -> list[MarkPart]:
        parts = [part for mark in self.marks for part in mark.keyed()]
        if self.clip is not None:
            clip = QRectF(*self.clip)
            parts = [part for part in parts if clip.intersects(QRectF(*part.rect))]
        return super().keyed() + [self._moved(part) for part in parts]

    def _moved(self, part: MarkPart) -> MarkPart:
        if self._stays:
            return part
        left, top, width, height = part.rect
        rect = (
            left * self.scale + self.shift[0],
            top * self.scale + self.shift[1],
            width * self.scale,
            height * self.scale,
        )
        return part._replace(rect=rect)


# What marks share -----------------------------------------------------------------------------------------------------


def is_raster(painter: QPainter) -> bool:
    """Return whether pixels are painted; a drawing in lines keeps its lines."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.Raster


def paint_marks(painter: QPainter, marks: Sequence[Mark], exposed: QRegion | None = None) -> None:
    """Paint marks from the back to the front: all of them, or those that reach into the exposed area."""
    for mark in marks:
        if exposed is None or exposed.intersects(mark.area):
            mark.paint(painter, exposed)


def hit(marks: Sequence[Mark], x: float, y: float) -> MarkPart | None:
    """Return what is meant by a place: the topmost mark that it is in reach of."""
    return next((found for mark in reversed(marks) if (found := mark.hit(x, y)) is not None), None)


def contains(rect: Rect, x: float, y: float) -> bool:
    """Return whether a place lies in a box."""
    left, top, width, height = rect
    return left <= x < left + width and top <= y < top + height


def rect_of(box: QRectF) -> Rect:
    """Return a box of Qt's as plain numbers."""
    return box.left(), box.top(), box.width(), box.height()


def underline(painter: QPainter, rect: Rect) -> None:
    """Draw the dotted line under a number that can be changed."""
    pen = QPen(inks.colour("text_muted"), 1.0, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([1.5, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    left, top, width, height = rect
    y = round(top + height - 0.5) + 0.5
    painter.drawLine(QLineF(left, y, left + width, y))


def pen_of(ink: str, width: float, cap: str) -> QPen:
    """Return the pen of a stroke."""
    if cap == "round":
        return look.pen(inks.colour(ink), width)
    pen = QPen(inks.colour(ink), width)
    pen.setCapStyle(_CAPS[cap])
    return pen


def _distance(points: Sequence[QPointF], x: float, y: float) -> float:
    """Return the pixels from a place to lines from point to point."""
    nearest = math.inf
    for start, end in pairwise(points):
        dx, dy = end.x() - start.x(), end.y() - start.y()
        square = dx * dx + dy * dy
        share = ((x - start.x()) * dx + (y - start.y()) * dy) / square if square else 0.0
        share = min(1.0, max(0.0, share))
        nearest = min(nearest, math.hypot(x - start.x() - share * dx, y - start.y() - share * dy))
    return nearest
