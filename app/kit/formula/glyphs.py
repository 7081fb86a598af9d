"""The outlines of formulas: the letters of two STIX faces, and the signs that grow with what they hold."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QPainterPathStroker, QRawFont, QTransform

import assets

EM = 100.0
"""The size that glyphs are read in, in pixels."""
STROKE = 0.055
"""The thickness of a drawn sign, in em."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """The outline of a letter from x = 0 on the baseline, in pixels at :data:`EM`. Do not change the path."""

    path: QPainterPath
    width: float

    @property
    def ascent(self) -> float:
        """How far it stands above the baseline."""
        return -self.path.boundingRect().top()

    @property
    def descent(self) -> float:
        """How far it hangs below the baseline."""
        return self.path.boundingRect().bottom()


class _ThreadFaces(threading.local):
    """The faces as one thread reads them: a font of Qt's that another thread looks into is lost to both."""

    def __init__(self) -> None:
        self.by_slant: dict[bool, QRawFont] = {}


_faces = _ThreadFaces()


def _face(slanted: bool) -> QRawFont:
    if slanted not in _faces.by_slant:
        name = "STIXGeneralItalic.ttf" if slanted else "STIXGeneral.ttf"
        path = str(assets.path(f"fonts/{name}"))
        _faces.by_slant[slanted] = QRawFont(path, EM, QFont.HintingPreference.PreferNoHinting)
    return _faces.by_slant[slanted]


@cache
def glyph(letter: str, slanted: bool) -> Glyph:
    """Return one letter. Where STIX has no such letter, as of Chinese, it comes from another font."""
    face = _face(slanted)
    indices = face.glyphIndexesForString(letter)
    if len(indices) != 1 or indices[0] == 0:
        return words_glyph(letter, QFont())
    path = face.pathForGlyph(indices[0])
    path.setFillRule(Qt.FillRule.WindingFill)
    return Glyph(path, face.advancesForGlyphIndexes(indices)[0].x())


def words_glyph(text: str, font: QFont) -> Glyph:
    """Return the outline of a text in a font of the system."""
    font.setPixelSize(int(EM))
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0.0, 0.0, font, text)
    return Glyph(path, QFontMetricsF(font).horizontalAdvance(text))


def line(x: float, y: float, width: float, height: float) -> QPainterPath:
    """A horizontal line as a filled box."""
    path = QPainterPath()
    path.addRect(x, y, max(0.0, width), height)
    return path


def fence(sign: str, reach: float, axis: float, px: float) -> tuple[QPainterPath, float]:
    """A bracket that reaches so far above and below the axis, and its width; nothing for an empty sign."""
    if not sign:
        return QPainterPath(), 0.0
    letter = glyph(_LETTERS.get(sign, sign), False)
    box, size = letter.path.boundingRect(), px / EM
    tall = 2 * reach / (size * box.height())
    wide = 1.0 if sign in "||‖" else min(1.5, math.sqrt(max(1.0, tall)))  # as thick as it may be beside its height
    placed = QTransform().translate(0.0, -axis).scale(size * wide, size * tall)
    side = 0.08 * px
    path = placed.translate(-box.left(), -box.center().y()).map(letter.path).translated(side, 0.0)
    return path, size * box.width() * wide + 2 * side


_LETTERS = {"<": "⟨", ">": "⟩"}


def around(ascent: float, descent: float, axis: float, px: float) -> float:
    """How far brackets reach above and below the axis round what reaches so far from the baseline."""
    return max(ascent - axis, descent + axis, 0.39 * px) + 0.04 * px


def radical(width: float, ascent: float, descent: float, px: float) -> tuple[QPainterPath, float]:
    """A root sign over so much width, and where what it holds begins."""
    hook, left = 0.18 * px, 0.56 * px
    middle = (descent - ascent) / 2 + 0.12 * px
    path = QPainterPath()
    path.moveTo(0.03 * px, middle + 0.06 * px)
    path.lineTo(hook, middle - 0.02 * px)
    path.lineTo(0.32 * px, descent - 0.1 * px)  # its mitre reaches further
    path.lineTo(left - 0.06 * px, -ascent)
    path.lineTo(left + width + 0.04 * px, -ascent)
    return _stroked(path, STROKE * px), left


def brace(width: float, height: float, px: float) -> QPainterPath:
    """A brace that opens upwards, its tip in the middle, from (0, 0) to (width, height)."""
    half, bend = width / 2, min(0.3 * px, width / 4)
    middle = height / 2
    path = QPainterPath()
    path.moveTo(0.0, 0.0)
    path.cubicTo(0.0, middle, 0.0, middle, bend, middle)
    path.lineTo(half - bend, middle)
    path.cubicTo(half, middle, half, middle, half, height)
    path.cubicTo(half, middle, half, middle, half + bend, middle)
    path.lineTo(width - bend, middle)
    path.cubicTo(width, middle, width, middle, width, 0.0)
    return _stroked(path, STROKE * px)


def _stroked(path: QPainterPath, thickness: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(max(1.0, thickness))
    stroker.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
    outline = stroker.createStroke(path)
    outline.setFillRule(Qt.FillRule.WindingFill)
    return outline
