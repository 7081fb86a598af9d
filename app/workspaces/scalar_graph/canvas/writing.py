"""How the canvas is painted: colours by the sign of a number, numbers and signs, and pictures of parts that stay."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache, partial
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPaintEngine,
    QPainter,
    QPen,
    QPixmap,
    QTransform,
)

from app.kit import look, theme
from app.kit.formula.boxes import Box
from app.workspaces.scalar_graph.names import laid_out, not_yet


class Tone(IntEnum):
    """What a number is, as far as its colour goes; a fault is a value that is not finite, or that rests on one.
    ``ZERO``: a gradient that is 0, which is known, but moves nothing."""

    UNKNOWN = 0
    POSITIVE = 1
    NEGATIVE = 2
    FAULT = 3
    ZERO = 4


def tone_of(value: float | None, *, broken: bool = False) -> Tone:
    """The tone of a number; ``broken``: it rests on one that means nothing."""
    if value is None:
        return Tone.UNKNOWN
    if broken or not math.isfinite(value):
        return Tone.FAULT
    return Tone.POSITIVE if value >= 0 else Tone.NEGATIVE


def gradient_tone(gradient: float | None, *, broken: bool = False) -> Tone:
    """The same of a gradient."""
    return Tone.ZERO if gradient == 0.0 and not broken else tone_of(gradient, broken=broken)


class Inks:
    """The colours of one theme. They and the pens are kept: whoever takes one leaves it as it is."""

    def __init__(self) -> None:
        self.words = theme.colour("text_muted")
        self.ground = look.faded("window", 0.9)
        self.lanes = {
            Tone.UNKNOWN: look.faded("text_muted", 0.55),
            Tone.POSITIVE: look.signed(1.0),
            Tone.NEGATIVE: look.signed(-1.0),
            Tone.FAULT: theme.colour("danger"),
            Tone.ZERO: look.faded("text_muted", 0.8),
        }
        self.numbers = {
            Tone.UNKNOWN: theme.colour("text_muted"),
            Tone.POSITIVE: look.signed_text(1.0),
            Tone.NEGATIVE: look.signed_text(-1.0),
            Tone.FAULT: theme.colour("danger"),
            Tone.ZERO: theme.colour("text_muted"),
        }
        self._pens: dict[Hashable, QPen] = {}

    def pen(self, tone: Tone, width: float) -> QPen:
        """The pen of a lane that something is known to go along."""
        key = tone, round(4.0 * width)
        if key not in self._pens:
            pen = QPen(self.lanes[tone], round(4.0 * width) / 4.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._pens[key] = pen
        return self._pens[key]

    def colour(self, tone: Tone) -> QColor:
        """The colour of a lane's arrow."""
        return self.lanes[tone]


@lru_cache(maxsize=4)
def _inks(_theme: str) -> Inks:
    return Inks()


def inks() -> Inks:
    """Those of the theme in force."""
    return _inks(theme.current().name)


MOST = 1024
"""So many pictures are kept, those that were wanted last."""
LARGEST = 1500
"""Pixels: a part that is larger on the screen than this is painted each time."""
PHASES = 4
"""A part that lies between two pixels is painted so, to this share of one."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """``paint`` paints the part in scene units, within ``area``; ``key`` says all that its look depends on."""

    key: Hashable
    area: QRectF
    paint: Callable[[QPainter], None]


class Stamps:
    """Keeps pictures, of whichever drawing they are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, stamps: Iterable[Stamp]) -> None:
        """Paint each in its place; as lines and text where the device takes no pictures, as an SVG does."""
        place = painter.deviceTransform()
        upright = not (place.isRotating() or place.m13() or place.m23()) and place.m11() == place.m22() > 0
        if not upright or painter.paintEngine().type() != QPaintEngine.Type.Raster:
            for stamp in stamps:
                _paint_as_lines(painter, stamp)
            return
        painter.save()
        painter.resetTransform()
        base = painter.deviceTransform()
        look = place.m11(), theme.current().name
        for stamp in stamps:
            self._copy(painter, stamp, place, base, look)
        painter.restore()

    def _copy(
        self, painter: QPainter, stamp: Stamp, place: QTransform, base: QTransform, look: tuple[float, str]
    ) -> None:
        area, scale = stamp.area, look[0]
        left = math.floor(PHASES * (scale * area.x() + place.dx()) + 0.5)
        top = math.floor(PHASES * (scale * area.y() + place.dy()) + 0.5)
        key = stamp.key, left % PHASES, top % PHASES, look
        picture = self._kept.get(key)
        if picture is None:
            if scale * max(area.width(), area.height()) > LARGEST:
                painter.setTransform(place * base.inverted()[0])
                _paint_as_lines(painter, stamp)
                painter.resetTransform()
                return
            phase = left % PHASES / PHASES, top % PHASES / PHASES
            picture = self._kept[key] = _picture(stamp, phase, scale, base.m11())
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        at = QPointF((left // PHASES - base.dx()) / base.m11(), (top // PHASES - base.dy()) / base.m11())
        painter.drawPixmap(at, picture)


def _picture(stamp: Stamp, phase: tuple[float, float], scale: float, ratio: float) -> QPixmap:
    width, height = (math.ceil(scale * side) + 1 for side in (stamp.area.width(), stamp.area.height()))
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(*phase)
        painter.scale(scale, scale)
        painter.translate(-stamp.area.topLeft())
        stamp.paint(painter)
    finally:
        painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _paint_as_lines(painter: QPainter, stamp: Stamp) -> None:
    painter.save()
    stamp.paint(painter)
    painter.restore()


PILL, PILL_HEIGHT = 12.0, 19.0
_SAME_WIDTH = str.maketrans("123456789", "000000000")
"""Digits are of one width in a tabular font: what was measured of one number holds for all of the same form."""


class Face:
    """A tabular font in a size, with what it measures."""

    def __init__(self, pixels: int, weight: QFont.Weight) -> None:
        self.font = look.tabular(look.font(pixels, weight))
        self._metrics = QFontMetricsF(self.font)
        self.height, self.ascent = self._metrics.height(), self._metrics.ascent()
        self._widths: dict[str, float] = {}

    def width(self, text: str) -> float:
        """How wide a text is, in scene units."""
        form = text.translate(_SAME_WIDTH)
        found = self._widths.get(form)
        if found is None:
            found = self._widths[form] = self._metrics.horizontalAdvance(form)
        return found


@lru_cache(maxsize=64)
def _face(pixels: int, weight: QFont.Weight, _family: str) -> Face:
    return Face(pixels, weight)


def face(size: float, *, strong: bool) -> Face:
    """The font of numbers, or ``strong`` of those that are results, in scene units."""
    weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
    return _face(max(1, round(size)), weight, QGuiApplication.font().family())


class Writing:
    """Gathers what is written in a frame, and writes it over all lines: first a little of the ground for each, so that
    no line runs through it, then line by line in one font and colour."""

    def __init__(self) -> None:
        self._grounds: list[QRectF] = []
        self._lines: dict[tuple[Face, Tone], list[tuple[QPointF, str]]] = {}
        self._faces: dict[tuple[float, bool], Face] = {}

    def number(self, at: QPointF, text: str, tone: Tone, size: float) -> None:
        """A number centred on a point, in the colour of its tone."""
        self._add(self._face(size, strong=True), at, text, tone)

    def words(self, at: QPointF, text: str, size: float) -> None:
        """Muted words centred on a point."""
        self._add(self._face(size, strong=False), at, text, Tone.UNKNOWN)

    def width(self, text: str, size: float, *, strong: bool) -> float:
        """Return the width of a number, or of muted words, in scene units."""
        return self._face(size, strong=strong).width(text)

    def fitting(self, number: str, size: float, room: float, least: float) -> float:
        """The size of a number, smaller than usual where it would be wider than its room, but no smaller than this."""
        size = round(size)
        wide = self._face(size, strong=True).width(number)
        return size if wide <= room else max(min(size, least), floor(size * room / wide))

    def _face(self, size: float, *, strong: bool) -> Face:
        found = self._faces.get((size, strong))
        if found is None:
            found = self._faces[size, strong] = face(size, strong=strong)
        return found

    def _add(self, font: Face, at: QPointF, text: str, tone: Tone) -> None:
        width, x, y = font.width(text), at.x(), at.y()
        self._grounds.append(QRectF(x - width / 2 - 2.0, y - font.height / 2 + 2.0, width + 4.0, font.height - 4.0))
        place = QPointF(x - width / 2, y - font.height / 2 + font.ascent)
        self._lines.setdefault((font, tone), []).append((place, text))

    def paint(self, painter: QPainter) -> None:
        """Write all of it."""
        colours = inks()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ground)
        painter.drawRects(self._grounds)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for font, tone in sorted(self._lines, key=lambda look: (look[0].height, look[1])):  # the same in every part
            lines = self._lines[font, tone]
            painter.setFont(font.font)
            painter.setPen(colours.numbers[tone])
            for place, text in lines:
                painter.drawText(place, text)


def write_sign(painter: QPainter, box: QRectF, sign: Box, size: float) -> None:
    """A sign in the middle of a node, smaller where it would not fit."""
    line = laid_out(sign, size)
    scale = min(1.0, (box.width() - 8) / max(line.width, 1.0), (box.height() - 8) / max(line.height, 1.0))
    painter.save()
    painter.translate(box.center().x() - scale * line.width / 2, box.center().y())
    painter.translate(0, scale * (line.ascent - line.descent) / 2)
    painter.scale(scale, scale)
    line.paint(painter, 0.0, 0.0)
    painter.restore()


def pill(at: QPointF) -> Stamp:
    """What stands where nothing is known: words in a dashed pill, its middle at a point."""
    text = not_yet()
    return Stamp(("pill", text), _pill_area(text).translated(at), partial(_paint_pill, at, text))


@lru_cache(maxsize=4)
def _pill_area(text: str) -> QRectF:
    """What a pill covers, its middle at (0, 0)."""
    width = 2.0 * round(face(PILL, strong=False).width(text) / 2) + 16
    return QRectF(-width / 2, -PILL_HEIGHT / 2 - 1, width, PILL_HEIGHT + 2)


def _paint_pill(at: QPointF, text: str, painter: QPainter) -> None:
    box = _pill_area(text).adjusted(1, 1, -1, -1).translated(at)
    painter.setFont(look.font(PILL))
    painter.setPen(QPen(look.faded("text_muted", 0.6), 1.0, Qt.PenStyle.DashLine))
    painter.setBrush(theme.colour("window"))
    painter.drawRoundedRect(box, 9, 9)
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def write_line(painter: QPainter, at: QPointF, text: str, font: Face, colour: QColor) -> None:
    """A text that begins at a point of its baseline."""
    painter.setFont(font.font)
    painter.setPen(colour)
    painter.drawText(at, text)
