"""Lines of arithmetic in columns: each symbol with its number, and a word, under it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from app.kit.formula.boxes import Keyed, Maths, Words
from app.kit.formula.laid_out import Box, Em, Placed
from app.kit.inks import number_ink

NUMBER, CAPTION, SIGN = 0.88, 0.62, 0.88
"""Sizes beside the symbols', in em: of the numbers, of the words under them, of the signs between the numbers."""


@dataclass(frozen=True, slots=True)
class Grid(Box):
    """Rows of boxes in common columns, each box centred in its own, or with ``left`` at its left; the baseline is the
    first row's.

    ``gap`` and ``row_gap``: the air between columns and between rows, in em. A missing box is an empty :class:`Words`.
    """

    rows: tuple[tuple[Box, ...], ...]
    gap: float = 0.5
    row_gap: float = 0.32
    left: bool = False

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        return tuple((box, em) for row in self.rows for box in row)

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        found = iter(inside)
        rows = [[next(found) for _box in row] for row in self.rows]
        columns = max((len(row) for row in rows), default=0)
        widths = [max(row[c].width for row in rows if c < len(row)) for c in range(columns)]
        lefts = [sum(widths[:c]) + c * self.gap * em.px for c in range(columns)]
        children, y, bottom = [], 0.0, 0.0
        for number, row in enumerate(rows):
            ascent = max((one.ascent for one in row), default=0.0)
            if number:
                y = bottom + self.row_gap * em.px + ascent
            bottom = y + max((one.descent for one in row), default=0.0)
            share = 0.0 if self.left else 0.5
            children += [(lefts[c] + share * (widths[c] - one.width), y, one) for c, one in enumerate(row)]
        width = lefts[-1] + widths[-1] if widths else 0.0
        ascent = max((one.ascent for one in rows[0]), default=0.0) if rows else 0.0
        plain = "; ".join(" ".join(one.plain.strip() for one in row if one.plain.strip()) for row in rows)
        return Placed(width, ascent, max(0.0, bottom), plain, children=tuple(children))


@dataclass(frozen=True, slots=True)
class Factor:
    """A symbol, as markup or as a box, with its number, already written, and a word under it. ``value`` gives the
    number the colour of its sign, unless ``ink`` names another; ``key`` is what lights up. Without a value it is not
    yet known, and ``number`` says so in muted words."""

    markup: str | Box
    number: str
    caption: str = ""
    key: Hashable = None
    value: float | None = None
    ink: str = ""


def worked_row(pieces: Sequence[Factor | str]) -> Grid:
    """``E × e^v = ∂y/∂v`` with the numbers and a word under each: factors, and between them signs as markup, which
    stand in the row of numbers too."""
    symbols: list[Box] = []
    numbers: list[Box] = []
    captions: list[Box] = []
    for piece in pieces:
        if isinstance(piece, str):
            symbols.append(Maths(piece))
            numbers.append(Maths(piece, scale=SIGN))
            captions.append(Words(""))
            continue
        known = piece.value is not None
        colour = piece.ink or number_ink(piece.value) if known else "text_muted"
        symbol = Maths(piece.markup) if isinstance(piece.markup, str) else piece.markup
        symbols.append(_keyed(piece.key, symbol))
        numbers.append(_keyed(piece.key, Words(piece.number, colour, known, NUMBER if known else CAPTION)))
        captions.append(Words(piece.caption, "text_muted", scale=CAPTION))
    rows = [symbols, numbers]
    if any(piece.caption for piece in pieces if isinstance(piece, Factor)):
        rows.append(captions)
    return Grid(tuple(tuple(row) for row in rows))


def worked_column(row: Grid) -> Grid:
    """Return a worked row turned upright: for each factor its symbol with the word beneath, and its number beside."""
    columns = tuple(zip(*row.rows, strict=True))
    signs = (Words(""), *(sign[0] for sign in columns[1::2]))
    lines = [
        (sign, Grid(tuple((box,) for box in (symbol, *words)), row_gap=0.25, left=True), number)
        for sign, (symbol, number, *words) in zip(signs, columns[::2], strict=True)
    ]
    return Grid(tuple(lines), row_gap=0.4, left=True)


def _keyed(key: Hashable, box: Box) -> Box:
    return box if key is None else Keyed(key, box)
