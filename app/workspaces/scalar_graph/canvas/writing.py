"""Numbers, words and signs written on the canvas, in scene units."""

from __future__ import annotations

from functools import lru_cache, partial
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen

from app.kit import look, theme
from app.kit.formula.boxes import Box
from app.workspaces.scalar_graph.canvas.ink import Tone, inks
from app.workspaces.scalar_graph.canvas.shown import laid_out, not_yet
from app.workspaces.scalar_graph.canvas.stamps import Stamp

PILL, PILL_HEIGHT = 10.5, 17.0
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

    def width(self, words: str, size: float) -> float:
        """How wide muted words are, in scene units."""
        return self._face(size, strong=False).width(words)

    def fitting(self, number: str, size: float, room: float, least: float) -> float:
        """The size of a number, smaller than usual where it would be wider than its room, but no smaller than this."""
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
        for (font, tone), lines in self._lines.items():
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
    width = face(PILL, strong=False).width(text) + 16
    return QRectF(-width / 2, -PILL_HEIGHT / 2 - 1, width, PILL_HEIGHT + 2)


def _paint_pill(at: QPointF, text: str, painter: QPainter) -> None:
    box = _pill_area(text).adjusted(1, 1, -1, -1).translated(at)
    painter.setFont(look.font(PILL))
    painter.setPen(QPen(look.faded("text_muted", 0.6), 1.0, Qt.PenStyle.DashLine))
    painter.setBrush(theme.colour("window"))
    painter.drawRoundedRect(box, 8, 8)
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def write_line(painter: QPainter, at: QPointF, text: str, font: Face, colour: QColor) -> None:
    """A text that begins at a point of its baseline."""
    painter.setFont(font.font)
    painter.setPen(colour)
    painter.drawText(at, text)
