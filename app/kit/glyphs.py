"""The letters of formulas: the two faces of STIX, read without matplotlib out of the files that it brings."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainterPath, QRawFont, QTransform

EM = 100.0
"""The size that glyphs are read in, in pixels."""


class NoGlyphError(Exception):
    """The font has no such letter."""


@dataclass(slots=True)
class QuickLine:
    """What has been set so far, from x = 0 on the baseline, in pixels at :data:`EM`. ``tall``: it has things one over
    another, so that indices beside it go by its height."""

    path: QPainterPath = field(default_factory=QPainterPath)
    width: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0
    tall: bool = False

    def put(self, other: QuickLine, x: float, y: float = 0.0, scale: float = 1.0) -> None:
        """Place another line at (x, y), so many times as large."""
        placed = QTransform.fromTranslate(x, y).scale(scale, scale)
        self.put_path(placed.map(other.path))
        self.ascent = max(self.ascent, scale * other.ascent - y)
        self.descent = max(self.descent, scale * other.descent + y)

    def put_path(self, path: QPainterPath) -> None:
        """Add an outline where it is."""
        self.path.setFillRule(Qt.FillRule.WindingFill)
        self.path.addPath(path)

    def append(self, other: QuickLine) -> None:
        """Set another line behind."""
        self.put(other, self.width)
        self.width += other.width
        self.tall = self.tall or other.tall


class _ThreadFaces(threading.local):
    """The faces as one thread reads them: a font of Qt's that another thread looks into is lost to both."""

    def __init__(self) -> None:
        self.by_slant: dict[bool, QRawFont] = {}


_faces = _ThreadFaces()


def _face(slanted: bool) -> QRawFont:
    if slanted not in _faces.by_slant:
        _faces.by_slant[slanted] = _read_face(slanted)
    return _faces.by_slant[slanted]


def _read_face(slanted: bool) -> QRawFont:
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise NoGlyphError
    name = "STIXGeneralItalic.ttf" if slanted else "STIXGeneral.ttf"
    path = Path(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf", name)
    return QRawFont(str(path), EM, QFont.HintingPreference.PreferNoHinting)


@cache
def glyph(letter: str, slanted: bool) -> QuickLine:
    """One letter, to be read only. Raises NoGlyphError where the font has none."""
    face = _face(slanted)
    indices = face.glyphIndexesForString(letter) if face.isValid() else []
    if len(indices) != 1 or indices[0] == 0:
        raise NoGlyphError
    path = face.pathForGlyph(indices[0])
    path.setFillRule(Qt.FillRule.WindingFill)
    box = path.boundingRect()
    return QuickLine(path, face.advancesForGlyphIndexes(indices)[0].x(), -box.top(), box.bottom())
