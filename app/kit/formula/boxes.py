"""The boxes that a formula is built of: TeX's (:mod:`app.kit.formula.tex`), markup and words set as a whole, and parts
that can be pointed at, with numbers under them.

``lay_out(box, size_px)`` gives what can be painted. Boxes are plain immutable values.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF, QTransform

from app.kit import look
from app.kit.formula.glyphs import EM, brace
from app.kit.formula.laid_out import MOST_BYTES, Box, Em, LaidOut, Placed, PlacedPiece, formula_bytes, lay_out
from app.kit.formula.markup import set_markup
from app.kit.formula.tex import Fenced, Fraction, Root, Row, Script, extent
from app.kit.kept_within import kept_within
from app.kit.plain_maths import plain_text

__all__ = [
    "Box", "Braced", "Fenced", "Fraction", "Keyed", "LaidOut", "Maths", "Over", "Root", "Row", "Script", "Words",
    "box_of_line", "lay_out", "operator", "relation", "typeset",
]  # fmt: skip

INDEX_DEPTH = 0.26
"""How deep an index hangs: numbers under symbols with and without one stand on one line."""
WORDS = 0.82
"""Words beside maths are this much smaller: the interface's letters look larger than those of the maths."""


@kept_within(MOST_BYTES, formula_bytes)  # while a number is dragged, a formula is laid out anew with every frame
def _set_maths(markup: str, px: float, aside: float, colour: str | None) -> Placed:
    found, spoken, scale = set_markup(markup), plain_text(markup), px / EM
    paths = (piece.path for piece in found.pieces)
    sizes = QTransform.fromScale(scale, scale)
    pieces = tuple(PlacedPiece(aside, 0.0, path=sizes.map(path), colour=colour) for path in paths if path is not None)
    plain = spoken.join(" " if aside or end == r"\ " else "" for end in (markup[:2], markup[-2:]))
    width = found.width * scale + 2 * aside
    slant = 0.0 if aside else found.slant * scale
    ascent, descent = found.ascent * scale, found.descent * scale
    return Placed(width, ascent, descent, plain, pieces, slant=slant, tall=found.tall)


@lru_cache(maxsize=64)
def _letters(px: float, bold: bool) -> tuple[QFont, QFontMetricsF]:
    font = look.tabular(look.font(px, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
    return font, QFontMetricsF(font)


@lru_cache(maxsize=2048)
def _set_words(text: str, px: float, bold: bool, colour: str | None) -> Placed:
    font, metrics = _letters(px, bold)
    piece = PlacedPiece(text=text, font=font, colour=colour)
    descent = 0.3 * metrics.descent() + 0.025 * px
    return Placed(metrics.horizontalAdvance(text), metrics.capHeight(), descent, text, (piece,))


@dataclass(frozen=True, slots=True)
class Maths(Box):
    """A piece of markup, set as a whole. ``space``: what it keeps free on both sides, ``scale``: its size, in em."""

    markup: str
    colour: str | None = None
    space: float = 0.0
    scale: float = 1.0

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        return _set_maths(self.markup, self.scale * em.px, self.space * em.px, self.colour)


def operator(markup: str, colour: str | None = None) -> Maths:
    """A sign between two things that it works on, such as + or a cross."""
    return Maths(markup, colour, 0.17)


def relation(markup: str, colour: str | None = None) -> Maths:
    """A sign between two things that it compares, such as = or an arrow."""
    return Maths(markup, colour, 0.08)  # which brings most of its space itself


@dataclass(frozen=True, slots=True)
class Words(Box):
    """Words or a number in the interface's letters, with figures of one width. ``scale``: their size, in em."""

    text: str
    colour: str | None = None
    bold: bool = False
    scale: float = WORDS

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        return _set_words(self.text, self.scale * em.px, self.bold, self.colour)


@dataclass(frozen=True, slots=True)
class Over(Box):
    """One box centred over another: a symbol with its number under it. The baseline is the upper one's."""

    above: Box
    below: Box
    gap: float = 0.22

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return (self.above, em), (self.below, em)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        above, below = inside
        width = max(above.width, below.width)
        down = max(above.descent, INDEX_DEPTH * em.px) + self.gap * em.px + below.ascent
        children = ((width - above.width) / 2, 0.0, above), ((width - below.width) / 2, down, below)
        ascent, descent = extent(children)
        plain = f"{above.plain.strip()} = {below.plain.strip()}" if below.plain.strip() else above.plain
        return Placed(width, ascent, descent, plain, children=children)


@dataclass(frozen=True, slots=True)
class Braced(Box):
    """A box with a brace beneath it, and something under the brace that names it."""

    inside: Box
    under: Box

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return (self.inside, em), (self.under, em)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        one, under = inside
        width, height = max(one.width, under.width), 0.26 * em.px
        top = max(one.descent, 0.12 * em.px) + 0.12 * em.px
        left = (width - one.width) / 2
        sign = PlacedPiece(left, top, path=brace(one.width, height, em.px), colour="text_muted")
        down = top + height + 0.24 * em.px + under.ascent
        children = (left, 0.0, one), ((width - under.width) / 2, down, under)
        ascent, descent = extent(children)
        return Placed(width, ascent, descent, f"{one.plain} ({under.plain})", (sign,), children)


@dataclass(frozen=True, slots=True)
class Keyed(Box):
    """A part of a formula that can be pointed at and lit, under any key, and that may have a colour of its own."""

    key: Hashable
    inside: Box
    colour: str | None = None

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return ((self.inside, em),)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        (one,) = inside
        return Placed(
            one.width, one.ascent, one.descent, one.plain, (), ((0.0, 0.0, one),), self.key, self.colour,
            one.slant, one.tall,
        )  # fmt: skip


@kept_within(MOST_BYTES, formula_bytes)
def typeset(text: str, size_px: float) -> LaidOut:
    """Set a line: maths as a whole, or words with ``$…$`` between them. Bad markup is set as plain text."""
    return lay_out(box_of_line(text), size_px)


def box_of_line(text: str) -> Box:
    """Return a line as boxes. Without a dollar sign all is maths; an unmatched one makes all words."""
    runs = re.split(r"(?<!\\)\$", text)
    if len(runs) == 1:
        return Maths(text)
    if len(runs) % 2 == 0:
        return Words(text)
    return Row(tuple(Maths(run) if place % 2 else Words(run) for place, run in enumerate(runs) if run))
