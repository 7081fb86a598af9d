"""How what is set quickly is put together: indices, fractions, roots, hats and brackets, all at :data:`EM` pixels."""

from __future__ import annotations

from dataclasses import dataclass

from app.kit.formula.shapes import around, fence, line, radical
from app.kit.glyphs import EM, QuickLine, glyph

_SMALL, _AXIS = 0.7, 0.25 * EM
_X_HEIGHT, _RULE = 0.45 * EM, 0.0625 * EM
_DELTA, _SLANTED, _SCRIPT_SPACE = 0.05 * _X_HEIGHT, 0.3, 0.1 * _X_HEIGHT
_SUP, _SUB_ALONE, _SUB = 0.413 * EM, 0.15 * EM, 0.309 * EM
_SUP_DROP, _SUB_DROP = 0.386 * _SMALL * EM, 0.05 * _SMALL * EM
_NUMERATOR, _DENOMINATOR = 0.424 * _SMALL * EM, 0.375 * _SMALL * EM


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a line: what is set, the space on either side, and of the letter that it ends in the height, and
    whether it is slanted."""

    line: QuickLine
    before: float = 0.0
    after: float = 0.0
    slanted: bool = False
    height: float = 0.0


def fraction(above: QuickLine, below: QuickLine) -> Item:
    """One over another in small print, with a line between (The TeXbook, appendix G, rule 15)."""
    width = _SMALL * max(above.width, below.width)
    over = max(_NUMERATOR - _SMALL * above.descent - _AXIS - _RULE / 2, _RULE)
    under = max(_AXIS - _RULE / 2 - _SMALL * below.ascent + _DENOMINATOR, _RULE)
    row = QuickLine(tall=True)
    up = _AXIS + _RULE / 2 + over + _SMALL * above.descent
    down = _SMALL * below.ascent + under - _AXIS + _RULE / 2
    row.put(above, _RULE + (width - _SMALL * above.width) / 2, -up, _SMALL)
    row.put(below, _RULE + (width - _SMALL * below.width) / 2, down, _SMALL)
    row.put_path(line(_RULE, -_AXIS - _RULE / 2, width, _RULE))
    row.width = width + 2 * _RULE
    return Item(row)


def root(inside: QuickLine) -> Item:
    """A root sign over a line."""
    ascent, descent = max(inside.ascent, 0.6 * EM) + 0.16 * EM, max(inside.descent, 0.02 * EM)
    sign, left = radical(inside.width, ascent, descent, EM)
    row = QuickLine(tall=True)
    row.put_path(sign)
    row.put(inside, left)
    row.width, row.ascent, row.descent = left + inside.width + 0.08 * EM, ascent + 0.05 * EM, descent
    return Item(row)


def with_scripts(item: Item, above: QuickLine | None, below: QuickLine | None) -> Item:
    """Something with what stands raised and lowered behind it (The TeXbook, appendix G, rule 18)."""
    over = _DELTA + (_DELTA + _SLANTED * (item.height - _X_HEIGHT * 2 / 3) if item.slanted else 0.0)
    under = 0.0 if item.slanted else _DELTA
    up, down = _shifts(item.line, above, below)
    row, wide = QuickLine(), 0.0
    row.append(item.line)
    for script, y, kern in ((above, -up, over), (below, down, under)):
        if script is not None:
            row.put(script, item.line.width + _SMALL * kern, y, _SMALL)
            wide = max(wide, _SMALL * (kern + script.width))
    row.width += wide + _SCRIPT_SPACE
    row.tall = item.line.tall or (above is not None and below is not None)
    return Item(row)


def _shifts(base: QuickLine, above: QuickLine | None, below: QuickLine | None) -> tuple[float, float]:
    """How far scripts are raised and lowered."""
    up, down = (base.ascent - _SUP_DROP, base.descent + _SUB_DROP) if base.tall else (0.0, 0.0)
    if above is None:
        assert below is not None
        return 0.0, max(down, _SUB_ALONE, _SMALL * below.ascent - _X_HEIGHT * 4 / 5)
    up = max(up, _SUP, _SMALL * above.descent + _X_HEIGHT / 4)
    if below is None:
        return up, 0.0
    down = max(down, _SUB)
    short = 4 * _RULE - ((up - _SMALL * above.descent) - (_SMALL * below.ascent - down))
    if short > 0:
        down += short
        more = _X_HEIGHT * 4 / 5 - up + _SMALL * above.descent
        if more > 0:
            up, down = up + more, down - more
    return up, down


def with_limits(sign: QuickLine, above: QuickLine | None, below: QuickLine | None) -> Item:
    """A sign with what stands over and under it in small print, in the middle."""
    if above is None and below is None:
        return Item(sign)
    box = sign.path.boundingRect()
    width = max(box.width(), *(_SMALL * one.width for one in (above, below) if one is not None))
    row = QuickLine()
    row.put(sign, (width - box.width()) / 2)
    if above is not None:
        up = sign.ascent + 3 * _RULE + _SMALL * above.descent
        row.put(above, (width - _SMALL * above.width) / 2, -up, _SMALL)
    if below is not None:
        down = sign.descent + 3 * _RULE + _SMALL * below.ascent
        row.put(below, (width - _SMALL * below.width) / 2, down, _SMALL)
    row.width, row.tall = width, True
    return Item(row)


def under_line(inside: QuickLine) -> Item:
    """Something under a line."""
    row = QuickLine()
    row.append(inside)
    row.ascent, row.tall = inside.ascent + 3 * _RULE + 0.06 * EM, True
    row.put_path(line(0.0, -row.ascent, inside.width, _RULE))
    return Item(row)


def under_accent(inside: QuickLine, accent: str) -> Item:
    """One letter under a hat or the like."""
    box, hat = inside.path.boundingRect(), glyph(accent, False).path
    over = hat.boundingRect()
    row = QuickLine()
    row.append(inside)
    top = inside.ascent + 2 * _RULE + over.height()
    row.put_path(hat.translated(box.width() * 5 / 8 - over.center().x(), -top - over.top()))
    row.width, row.ascent, row.tall = max(row.width, box.width()), top, True
    return Item(row)


def fenced(inside: QuickLine, left: str, right: str) -> Item:
    """A line between brackets as tall as it is; an empty text leaves one out."""
    reach = around(inside.ascent, inside.descent, _AXIS, EM)
    before, before_width = fence(left, reach, _AXIS, EM)
    after, after_width = fence(right, reach, _AXIS, EM)
    row = QuickLine(before, before_width)
    row.append(inside)
    row.put_path(after.translated(row.width, 0.0))
    row.width, row.tall = row.width + after_width, True
    row.ascent, row.descent = max(row.ascent, reach + _AXIS), max(row.descent, reach - _AXIS)
    return Item(row)
