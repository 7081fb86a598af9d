"""TeX's boxes, of which formulas are built. Each knows its width, and how far it stands above and below its baseline.

Knuth, The TeXbook, chapters 12 and 17 and appendix G, with the lengths that STIX has in its TeX table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QTransform

from app.kit.formula.glyphs import EM, around, fence, glyph, line, radical
from app.kit.formula.laid_out import Box, Em, Placed, PlacedPiece
from app.kit.plain_maths import bracketed, divided, lowered, plain_text, raised, rooted

AXIS = 0.25
"""How high above the baseline a fraction's line and the middle of a bracket are, in em."""
X_HEIGHT, RULE = 0.45, 0.0625
"""The height of an x, and the thickness of a line, in em."""
_SUP, _SUB_ALONE, _SUB = 0.413, 0.15, 0.309
"""How far scripts are raised and lowered at least."""
_SUP_DROP, _SUB_DROP = 0.386, 0.05
"""How far scripts beside something tall stand below its top and above its bottom, in em of theirs."""
_KERN, _SLANT = 0.05 * X_HEIGHT, 0.3
"""How far scripts stand aside, and how much further the upper one does for each em of a slanted letter's height."""
_SCRIPT_SPACE = 0.1 * X_HEIGHT


@dataclass(frozen=True, slots=True)
class Letter(Box):
    """A letter or a sign of the maths' own faces."""

    sign: str
    slanted: bool = False

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        return _set_letter(self.sign, self.slanted, em.px)


@lru_cache(maxsize=2048)
def _set_letter(sign: str, slanted: bool, px: float) -> Placed:
    found, scale = glyph(sign, slanted), px / EM
    piece = PlacedPiece(path=QTransform.fromScale(scale, scale).map(found.path))
    ascent = scale * found.ascent
    return Placed(scale * found.width, ascent, scale * found.descent, sign, (piece,), slant=ascent if slanted else 0.0)


@dataclass(frozen=True, slots=True)
class Space(Box):
    """Nothing, so many em wide."""

    width: float

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        return Placed(self.width * em.px, 0.0, 0.0, " ")


@dataclass(frozen=True, slots=True)
class Row(Box):
    """Boxes beside one another on one baseline, ``gap`` em apart."""

    boxes: tuple[Box, ...]
    gap: float = 0.0

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return tuple((box, em) for box in self.boxes)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        x, children = 0.0, []
        for box in inside:
            children.append((x, 0.0, box))
            x += box.width + self.gap * em.px
        width = x - self.gap * em.px if inside else 0.0
        ascent, descent = extent(children)
        between = " " if self.gap else ""
        plain = between.join(box.plain for box in inside)
        slant, tall = inside[-1].slant if inside else 0.0, any(box.tall for box in inside)
        return Placed(width, ascent, descent, plain, children=tuple(children), slant=slant, tall=tall)


@dataclass(frozen=True, slots=True)
class Fraction(Box):
    """One box over another, with a line between them (appendix G, rule 15)."""

    above: Box
    below: Box

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return (self.above, em.in_fraction), (self.below, em.in_fraction)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        above, below = inside
        px, axis = em.in_fraction.px, AXIS * em.px
        if em.inline:
            rule = clear = side = margin = RULE * em.px
            least_up, least_down = 0.424 * px, 0.375 * px
        else:
            rule, clear, side, margin = max(1.0, 0.05 * em.px), 0.16 * px, 0.14 * px, 0.06 * px
            least_up = least_down = 0.62 * px
        up = max(least_up, axis + rule / 2 + clear + above.descent)
        down = max(least_down, rule / 2 + clear + below.ascent - axis)
        width = max(above.width, below.width) + 2 * side
        bar = PlacedPiece(path=line(margin, -axis - rule / 2, width - 2 * margin, rule))
        children = ((width - above.width) / 2, -up, above), ((width - below.width) / 2, down, below)
        ascent, descent = extent(children)
        return Placed(width, ascent, descent, divided(above.plain, below.plain), (bar,), children, tall=True)


@dataclass(frozen=True, slots=True)
class Script(Box):
    """A box with another raised and another lowered behind it, either of which may be missing (rule 18)."""

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
        up, down = _shifts(em, base, above, below)
        small = em.script.px
        beside, further = base.width, _KERN * small
        if base.slant:
            further += _KERN * small + _SLANT * (base.slant - X_HEIGHT * 2 / 3 * em.px) * small / em.px
        else:
            beside += _KERN * small
        children, plain = [(0.0, 0.0, base)], bracketed(base.plain)
        if below is not None:
            children.append((beside, down, below))
            plain += lowered(below.plain)
        if above is not None:
            children.append((base.width + further, -up, above))
            plain += raised(above.plain)
        width = max(x + box.width for x, _y, box in children) + _SCRIPT_SPACE * em.px
        ascent, descent = extent(children)
        tall = base.tall or len(scripts) == 2
        return Placed(width, ascent, descent, plain, children=tuple(children), tall=tall)


def _shifts(em: Em, base: Placed, above: Placed | None, below: Placed | None) -> tuple[float, float]:
    """Return how far the scripts stand above and below the baseline."""
    px, small = em.px, em.script.px
    up, down = (base.ascent - _SUP_DROP * small, base.descent + _SUB_DROP * small) if base.tall else (0.0, 0.0)
    if above is None:
        return 0.0, max(down, _SUB_ALONE * px, below.ascent - X_HEIGHT * 4 / 5 * px if below is not None else 0.0)
    up = max(up, _SUP * px, above.descent + X_HEIGHT / 4 * px)
    if below is None:
        return up, 0.0
    down = max(down, _SUB * px)
    short = 4 * RULE * px - ((up - above.descent) - (below.ascent - down))
    if short > 0:
        down += short
        more = X_HEIGHT * 4 / 5 * px - up + above.descent
        if more > 0:
            up, down = up + more, down - more
    return up, down


@dataclass(frozen=True, slots=True)
class Root(Box):
    """A box under a root sign."""

    inside: Box

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return ((self.inside, em),)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        (held,) = inside
        ascent, descent = max(held.ascent, 0.6 * em.px) + 0.16 * em.px, max(held.descent, 0.02 * em.px)
        sign, left = radical(held.width, ascent, descent, em.px)
        width, top = left + held.width + 0.08 * em.px, ascent + 0.05 * em.px
        return Placed(
            width, top, descent, rooted(held.plain), (PlacedPiece(path=sign),), ((left, 0.0, held),), tall=True
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
        (held,) = inside
        axis = AXIS * em.px
        reach = around(held.ascent, held.descent, axis, em.px)
        before, before_width = fence(self.left, reach, axis, em.px)
        after, after_width = fence(self.right, reach, axis, em.px)
        return Placed(
            before_width + held.width + after_width,
            max(held.ascent, reach + axis),
            max(held.descent, reach - axis),
            f"{plain_text(self.left)}{held.plain}{plain_text(self.right)}",
            (PlacedPiece(path=before), PlacedPiece(before_width + held.width, path=after)),
            ((before_width, 0.0, held),),
            tall=True,
        )


@dataclass(frozen=True, slots=True)
class OperatorLimits(Box):
    """A sign, or a word such as max, with what stands over and under it in small print (rule 13a)."""

    sign: Box
    above: Box | None = None
    below: Box | None = None

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        limits = tuple((box, em.script) for box in (self.above, self.below) if box is not None)
        return ((self.sign, em), *limits)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        sign, *limits = inside
        inked = _ink_width(sign)
        width = max(inked, *(box.width for box in limits))
        children, plain = [((width - inked) / 2, 0.0, sign)], sign.plain
        if self.below is not None:
            box = limits[-1]
            children.append(((width - box.width) / 2, sign.descent + 3 * RULE * em.px + box.ascent, box))
            plain += lowered(box.plain)
        if self.above is not None:
            box = limits[0]
            children.append(((width - box.width) / 2, -sign.ascent - 3 * RULE * em.px - box.descent, box))
            plain += raised(box.plain)
        ascent, descent = extent(children)
        return Placed(width, ascent, descent, plain, children=tuple(children), tall=True)


def _ink_width(placed: Placed) -> float:
    path = placed.pieces[0].path if placed.pieces else None
    return placed.width if path is None else path.boundingRect().width()


@dataclass(frozen=True, slots=True)
class Accent(Box):
    """A box under a line, or under an accent such as a hat."""

    inside: Box
    accent: str = ""

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return ((self.inside, em),)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        (held,) = inside
        if not self.accent:
            top = held.ascent + (3 * RULE + 0.06) * em.px
            path, width = line(0.0, -top, held.width, RULE * em.px), held.width
        else:
            hat = QTransform.fromScale(em.px / EM, em.px / EM).map(glyph(self.accent, False).path)
            over, inked = hat.boundingRect(), _ink_width(held)
            top, width = held.ascent + 2 * RULE * em.px + over.height(), max(held.width, inked)
            middle = inked * (5 / 8 if held.pieces else 1 / 2)  # over one slanted letter it stands further right
            path = hat.translated(middle - over.center().x(), -top - over.top())
        return Placed(width, top, held.descent, held.plain, (PlacedPiece(path=path),), ((0.0, 0.0, held),), tall=True)


def extent(children: Sequence[tuple[float, float, Placed]]) -> tuple[float, float]:
    """Return how far boxes in their places reach above and below the baseline."""
    if not children:
        return 0.0, 0.0
    return max([box.ascent - y for _x, y, box in children]), max([box.descent + y for _x, y, box in children])
