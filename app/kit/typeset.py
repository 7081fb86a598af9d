"""The one typesetter: maths (TeX's rules, Knuth's box model, STIX glyphs) to QPainterPath, cached.

:mod:`app.kit.quick_maths` sets nearly all there is. What it leaves alone is set by matplotlib's mathtext, which costs
half a second to start and is imported when the first such formula comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.glyphs import EM
from app.kit.kept_within import kept_within, path_bytes
from app.kit.plain_maths import plain_text as plain_text  # both are wanted together
from app.kit.quick_maths import set_quickly
from app.kit.widgets.painted import Painted

if TYPE_CHECKING:
    from matplotlib.textpath import TextToPath

MOST_BYTES = 2 << 20
"""So much is kept of the lines that were set last, and again as much of the formulas among them at their design size.
A name of two letters takes four kilobytes, a rule written out sixty: two thousand of either are no bound."""

_MOVE, _LINE, _QUADRATIC, _CUBIC, _CLOSE = 1, 2, 3, 4, 79


@dataclass(frozen=True, slots=True)
class Typeset:
    """A line set in type. ``path`` starts at x = 0 with its baseline on y = 0; all lengths in pixels."""

    path: QPainterPath
    width: float
    ascent: float
    descent: float

    @property
    def height(self) -> float:
        """From the top of the highest glyph to the bottom of the lowest."""
        return self.ascent + self.descent


def typeset(text: str, size_px: float) -> Typeset:
    """Set a line: maths as a whole, or words with ``$…$`` between them. Bad markup is set as plain text."""
    line = _typeset(text, float(size_px))
    return Typeset(QPainterPath(line.path), line.width, line.ascent, line.descent)


def _bytes(line: Typeset) -> int:
    return path_bytes(line.path)


@kept_within(MOST_BYTES, _bytes)
def _typeset(text: str, size_px: float) -> Typeset:
    if not text.strip():
        return Typeset(QPainterPath(), 0.0, 0.0, 0.0)
    path, x, ascent, descent = QPainterPath(), 0.0, 0.0, 0.0
    for run, is_maths in _runs(text):
        piece = _set_maths(run, size_px) if is_maths else _set_words(run, size_px, italic=False)
        path.addPath(piece.path.translated(x, 0.0))
        x += piece.width
        ascent, descent = max(ascent, piece.ascent), max(descent, piece.descent)
    return Typeset(path, x, ascent, descent)


def _runs(text: str) -> list[tuple[str, bool]]:
    """(run, is it maths) in order. Without a dollar sign all is maths; an unmatched one makes all words."""
    parts = re.split(r"(?<!\\)\$", text)
    if len(parts) == 1:
        return [(text, True)]
    if len(parts) % 2 == 0:
        return [(text, False)]
    return [(part, number % 2 == 1) for number, part in enumerate(parts) if part]


def _set_maths(markup: str, size_px: float) -> Typeset:
    try:
        return _scaled(_maths_at_design_size(markup), size_px / EM)
    except ValueError:  # what mathtext raises for markup that it cannot read
        return _set_words(plain_text(markup), size_px, italic=True)


@kept_within(MOST_BYTES, _bytes)
def _maths_at_design_size(markup: str) -> Typeset:
    quick = set_quickly(markup)
    if quick is None:
        return set_by_mathtext(markup)
    return Typeset(quick.path, quick.width, quick.ascent, quick.descent)


_ONE_AT_A_TIME = Lock()
"""matplotlib's fonts are everybody's, and two threads in them at once end the process; formulas of large graphs are set
away from the window."""


def set_by_mathtext(markup: str) -> Typeset:
    """A formula in the size that all of them are scaled from. Raises ValueError for markup that cannot be read."""
    with _ONE_AT_A_TIME:
        from matplotlib.font_manager import FontProperties

        properties = FontProperties(size=EM, math_fontfamily="stix")
        setter, line = _typesetter(), f"${markup}$"
        vertices, codes = setter.get_text_path(properties, line, ismath=True)
        width, height, descent = setter.get_text_width_height_descent(line, properties, ismath=True)
    return Typeset(_to_qt(list(vertices), list(codes)), width, height - descent, descent)


@lru_cache(maxsize=1)
def _typesetter() -> TextToPath:
    from matplotlib.textpath import TextToPath

    return TextToPath()


def _to_qt(vertices: Iterable[Any], codes: Sequence[Any]) -> QPainterPath:
    """matplotlib's (vertices, codes), y up, as a path with y down."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    points = [QPointF(float(x), -float(y)) for x, y in vertices]
    at = 0
    while at < len(codes):
        code = int(codes[at])
        if code == _MOVE:
            path.moveTo(points[at])
        elif code == _LINE:
            path.lineTo(points[at])
        elif code == _QUADRATIC:
            path.quadTo(points[at], points[at + 1])
        elif code == _CUBIC:
            path.cubicTo(points[at], points[at + 1], points[at + 2])
        elif code == _CLOSE:
            path.closeSubpath()
        at += {_QUADRATIC: 2, _CUBIC: 3}.get(code, 1)
    return path


def _scaled(line: Typeset, scale: float) -> Typeset:
    return Typeset(
        QTransform.fromScale(scale, scale).map(line.path), line.width * scale, line.ascent * scale, line.descent * scale
    )


def _set_words(text: str, size_px: float, *, italic: bool) -> Typeset:
    font = QFont()
    if italic:
        font.setFamilies(["STIX Two Text", "Times New Roman", "Liberation Serif", "DejaVu Serif", "serif"])
        font.setItalic(True)
    font.setPixelSize(max(1, round(size_px if italic else size_px * 0.82)))  # Inter looks larger than STIX
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    path.addText(0.0, 0.0, font, text)
    return Typeset(path, metrics.horizontalAdvance(text), metrics.capHeight(), metrics.descent() / 2)


def paint_line(painter: QPainter, line: Typeset, x: float, baseline: float, colour: str = "text") -> None:
    """Fill a set line at (x, baseline) in a colour of the theme, by its name there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(line.path.translated(x, baseline), theme.colour(colour))


class MathLabel(Painted):
    """A line of maths (or words with ``$…$``) in a theme colour; too large a line shrinks, nothing is cut."""

    def __init__(
        self,
        text: str = "",
        size_px: float = 18.0,
        parent: QWidget | None = None,
        *,
        colour: str = "text",
    ) -> None:
        super().__init__(parent)
        self._text, self._size, self._colour = "", size_px, colour
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    @property
    def text(self) -> str:
        """The markup shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another line."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(plain_text(text))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        line = typeset(self._text, self._size)
        return QSize(round(line.width + 2.5), round(max(line.height, self._size) + 4.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        line = typeset(self._text, self._size)
        if line.width <= 0.0:
            return
        scale = min(1.0, (self.width() - 2) / line.width, self.height() / line.height)
        box = QRectF(self.rect())
        baseline = box.center().y() + scale * (line.ascent - line.descent) / 2
        painter.translate(1.0, baseline)
        painter.scale(scale, scale)
        paint_line(painter, line, 0.0, 0.0, self._colour)
