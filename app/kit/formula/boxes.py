"""The boxes that a formula is built of, after TeX's: each knows its width and how far it stands above and below its
baseline (Knuth, The TeXbook, chapters 12 and 17 and appendix G, whose lengths in em are used).

``lay_out(box, size_px)`` gives what can be painted. Boxes are plain immutable values.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from app.kit import look
from app.kit.formula.laid_out import Box, Em, LaidOut, Piece, Placed, formula_bytes, lay_out
from app.kit.formula.shapes import around, brace, fence, line, radical
from app.kit.kept_within import kept_within
from app.kit.plain_maths import bracketed, divided, lowered, plain_text, raised, rooted
from app.kit.typeset import MOST_BYTES, typeset

__all__ = [
    "Box", "Braced", "Fenced", "Fraction", "Keyed", "LaidOut", "Maths", "Over", "Root", "Row", "Script", "Words",
    "lay_out", "operator", "relation",
]  # fmt: skip

AXIS = 0.25
"""How high above the baseline a fraction's line and the middle of a bracket are, in em."""
SHIFT, CLEAR, RULE = 0.62, 0.16, 0.05
"""How far a fraction's parts stand from its baseline at least, how much air is kept at the line, and its thickness."""
RAISE, LOWER, SCRIPT_KERN = 0.40, 0.18, 0.04
INDEX_DEPTH = 0.26
"""How deep an index hangs: numbers under symbols with and without one stand on one line."""
WORDS = 0.82
"""Words beside maths are this much smaller: the interface's letters look larger than those of the maths."""


@kept_within(MOST_BYTES, formula_bytes)  # while a number is dragged, a formula is laid out anew with every frame
def _set_maths(markup: str, px: float, aside: float, colour: str | None) -> Placed:
    found, spoken = typeset(f"${markup}$", px), plain_text(markup)
    piece = Piece(aside, 0.0, path=found.path, colour=colour)
    plain = spoken.join(" " if aside or end == r"\ " else "" for end in (markup[:2], markup[-2:]))
    return Placed(found.width + 2 * aside, found.ascent, found.descent, plain, (piece,))


@lru_cache(maxsize=64)
def _letters(px: float, bold: bool) -> tuple[QFont, QFontMetricsF]:
    font = look.tabular(look.font(px, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
    return font, QFontMetricsF(font)


@lru_cache(maxsize=2048)
def _set_words(text: str, px: float, bold: bool, colour: str | None) -> Placed:
    font, metrics = _letters(px, bold)
    piece = Piece(text=text, font=font, colour=colour)
    descent = 0.3 * metrics.descent() + 0.025 * px
    return Placed(metrics.horizontalAdvance(text), metrics.capHeight(), descent, text, (piece,))


@dataclass(frozen=True, slots=True)
class Maths(Box):
    """A piece of mathtext, set as a whole. ``space``: what it keeps free on both sides, ``scale``: its size, in em."""

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
class Row(Box):
    """Boxes beside one another on one baseline, ``gap`` em apart."""

    boxes: tuple[Box, ...]
    gap: float = 0.0

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return tuple((box, em) for box in self.boxes)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        x, children = 0.0, []
        for one in inside:
            children.append((x, 0.0, one))
            x += one.width + self.gap * em.px
        width = max(0.0, x - self.gap * em.px)
        ascent, descent = _extent(children)
        between = " " if self.gap else ""
        plain = between.join(one.plain for one in inside)
        return Placed(width, ascent, descent, plain, children=tuple(children))


@dataclass(frozen=True, slots=True)
class Fraction(Box):
    """One box over another, with a line between them."""

    above: Box
    below: Box

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return (self.above, em.in_fraction), (self.below, em.in_fraction)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        above, below = inside
        px, axis, rule = em.in_fraction.px, AXIS * em.px, max(1.0, RULE * em.px)
        up = max(SHIFT * px, axis + rule / 2 + CLEAR * px + above.descent)
        down = max(SHIFT * px, rule / 2 + CLEAR * px + below.ascent - axis)
        side = 0.14 * px
        width = max(above.width, below.width) + 2 * side
        margin = 0.06 * px
        bar = Piece(path=line(margin, -axis - rule / 2, width - 2 * margin, rule))
        children = ((width - above.width) / 2, -up, above), ((width - below.width) / 2, down, below)
        ascent, descent = _extent(children)
        return Placed(width, ascent, descent, divided(above.plain, below.plain), (bar,), children)


@dataclass(frozen=True, slots=True)
class Script(Box):
    """A box with another raised and another lowered behind it, either of which may be missing."""

    base: Box
    above: Box | None = None
    below: Box | None = None

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        scripts = tuple((box, em.script) for box in (self.above, self.below) if box is not None)
        return ((self.base, em), *scripts)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        base, *scripts = inside
        above = scripts[0] if self.above is not None else None
        below = scripts[-1] if self.below is not None else None
        up, down = self._shifts(em, base, above, below)
        left = base.width + SCRIPT_KERN * em.px
        children, plain = [(0.0, 0.0, base)], bracketed(base.plain)
        if below is not None:
            children.append((left, down, below))
            plain += lowered(below.plain)
        if above is not None:
            children.append((left, -up, above))
            plain += raised(above.plain)
        width = max([base.width, *(left + one.width for one in scripts)])
        ascent, descent = _extent(children)
        return Placed(width, ascent, descent, plain, children=tuple(children))

    @staticmethod
    def _shifts(em: Em, base: Placed, above: Placed | None, below: Placed | None) -> tuple[float, float]:
        """How far the scripts stand above and below the baseline."""
        small = em.script.px
        up = max(RAISE * em.px, base.ascent - 0.32 * small)
        down = max(LOWER * em.px, base.descent + 0.06 * small)
        if above is not None:
            up = max(up, above.descent + 0.12 * em.px)
        if above is not None and below is not None:
            room = (up - above.descent) - (below.ascent - down)
            down += max(0.0, 0.14 * em.px - room)
        return up, down


@dataclass(frozen=True, slots=True)
class Root(Box):
    """A box under a root sign."""

    inside: Box

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return ((self.inside, em),)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        (one,) = inside
        ascent, descent = max(one.ascent, 0.6 * em.px) + 0.16 * em.px, max(one.descent, 0.02 * em.px)
        sign, left = radical(one.width, ascent, descent, em.px)
        width = left + one.width + 0.08 * em.px
        return Placed(
            width, ascent + RULE * em.px, descent, rooted(one.plain), (Piece(path=sign),), ((left, 0.0, one),)
        )


@dataclass(frozen=True, slots=True)
class Fenced(Box):
    """A box between brackets as tall as it is; an empty text leaves one out."""

    inside: Box
    left: str = "("
    right: str = ")"

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return ((self.inside, em),)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        (one,) = inside
        axis = AXIS * em.px
        reach = around(one.ascent, one.descent, axis, em.px)
        before, before_width = fence(self.left, reach, axis, em.px)
        after, after_width = fence(self.right, reach, axis, em.px)
        pieces = Piece(path=before), Piece(before_width + one.width, path=after)
        plain = f"{plain_text(self.left)}{one.plain}{plain_text(self.right)}"
        return Placed(
            before_width + one.width + after_width,
            max(one.ascent, reach + axis),
            max(one.descent, reach - axis),
            plain,
            pieces,
            ((before_width, 0.0, one),),
        )


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
        ascent, descent = _extent(children)
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
        sign = Piece(left, top, path=brace(one.width, height, em.px), colour="text_muted")
        down = top + height + 0.14 * em.px + under.ascent
        children = (left, 0.0, one), ((width - under.width) / 2, down, under)
        ascent, descent = _extent(children)
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
            one.width,
            one.ascent,
            one.descent,
            one.plain,
            children=((0.0, 0.0, one),),
            key=self.key,
            colour=self.colour,
        )


def _extent(children: Sequence[tuple[float, float, Placed]]) -> tuple[float, float]:
    """How far boxes in their places reach above and below the baseline."""
    ascent = max((one.ascent - y for _x, y, one in children), default=0.0)
    return ascent, max((one.descent + y for _x, y, one in children), default=0.0)
