"""How a formula is laid out: every box is asked for its parts, then arranges them, from the innermost outwards.

Lengths are pixels, y grows downwards, and each box has its own baseline at y = 0. Nesting is walked with lists instead
of calls, so that no formula is too deep.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath

from app.kit import inks, look, theme
from app.kit.kept_within import path_bytes

MOST_BYTES = 2 << 20
"""So much is kept of the lines that were set last, and again as much of the markup in them at its design size.
A name of two letters takes four kilobytes, a rule written out sixty: two thousand of either are no bound."""
LEAST = 0.55
"""Scripts and fractions within one another get no smaller than this, as a share of the formula's size."""
LIT_LIGHT, LIT_DARK = 0.13, 0.30
"""How strong the ground of a lit part is."""
AROUND = (0.09, 0.10)
"""How far that ground reaches beyond the part, to the sides and up and down, in em."""


@dataclass(frozen=True, slots=True)
class Em:
    """The size that a box is set in, in pixels, the least that its parts may have, and how many fractions it is in.

    ``inline``: fractions are set small, as within a line of text.
    """

    px: float
    least: float
    fractions: int = 0
    inline: bool = False

    @property
    def script(self) -> Em:
        """The size of what is raised or lowered."""
        return Em(max(self.least, 0.7 * self.px), self.least, self.fractions, self.inline)

    @property
    def in_fraction(self) -> Em:
        """The size above and below a fraction's line: the same in the outermost one, then smaller."""
        if self.inline:
            return self.script
        px = self.px if self.fractions == 0 else max(self.least, 0.82 * self.px)
        return Em(px, self.least, self.fractions + 1)


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """Something to be painted at (x, y) of its box: an outline to be filled, or a text in a font."""

    x: float = 0.0
    y: float = 0.0
    path: QPainterPath | None = None
    text: str = ""
    font: QFont | None = None
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A box in its place: its size, what it paints itself, and the boxes in it with their offsets.

    ``slant``: the height of the slanted letter that it ends with, if any. ``tall``: it holds things one over another,
    so that scripts beside it go by its height.
    """

    width: float
    ascent: float
    descent: float
    plain: str
    pieces: tuple[PlacedPiece, ...] = ()
    children: tuple[tuple[float, float, Placed], ...] = ()
    key: Hashable = None
    colour: str | None = None
    slant: float = 0.0
    tall: bool = False


class Box:
    """A part of a formula. It asks for its parts in a size, and arranges them once they are laid out."""

    __slots__ = ()

    def parts(self, em: Em) -> tuple[tuple[Box, Em], ...]:
        """The boxes within, each with its size."""
        return ()

    def arrange(self, em: Em, inside: Sequence[Placed]) -> Placed:
        """Put the parts in their places, in the order of :meth:`parts`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Part:
    """What bears a key, and where it is. ``plain`` is what a screen reader says of it."""

    key: Hashable
    box: QRectF
    plain: str


@dataclass(frozen=True, eq=False)
class LaidOut:
    """A formula ready to be painted. Its left end and its baseline are at (0, 0). Equal is only the same object."""

    width: float
    ascent: float
    descent: float
    plain: str
    size: float
    keyed: tuple[Part, ...]
    pieces: tuple[PlacedPiece, ...] = field(repr=False)

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.ascent + self.descent

    @cached_property
    def parts(self) -> tuple[tuple[Hashable, QRectF], ...]:
        """(key, box) of every part that bears a key, outer ones before those within them."""
        return tuple((part.key, part.box) for part in self.keyed)

    def key_at(self, point: QPointF, reach: float = 2.0) -> Hashable | None:
        """The key of the innermost part under a point, or else of one within ``reach`` pixels of it."""
        for grow in (0.0, reach):
            under = [part for part in self.keyed if part.box.adjusted(-grow, -grow, grow, grow).contains(point)]
            if under:
                return min(under, key=_area).key
        return None

    def boxes_of(self, key: Hashable) -> list[QRectF]:
        """Where the parts of a key are."""
        return [part.box for part in self.keyed if part.key == key]

    def paint(
        self,
        painter: QPainter,
        x: float,
        baseline: float,
        lit: Collection[Hashable] = frozenset(),
        colour: str = "text",
    ) -> None:
        """Paint it with its left end at (x, baseline), the parts of the keys ``lit`` on a soft ground of their own;
        ``colour`` is the name of the colour of what has none of its own."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, baseline)
        if lit:
            self._paint_grounds(painter, lit)
        for piece in self.pieces:
            chosen = inks.colour(piece.colour or colour)
            if piece.path is not None:
                painter.fillPath(piece.path, chosen)
            elif piece.font is not None:
                painter.setPen(chosen)
                painter.setFont(piece.font)
                painter.drawText(QPointF(piece.x, piece.y), piece.text)
        painter.restore()

    def _paint_grounds(self, painter: QPainter, lit: Collection[Hashable]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("accent", LIT_DARK if theme.current().dark else LIT_LIGHT))
        aside, above = AROUND[0] * self.size, AROUND[1] * self.size
        for part in self.keyed:
            if part.key in lit:
                box = part.box.adjusted(-aside, -above, aside, above)
                painter.drawRoundedRect(box, 0.2 * self.size, 0.2 * self.size)


_Formula = TypeVar("_Formula", Placed, LaidOut)


def formula_bytes(formula: _Formula) -> int:
    """What its own pieces take."""
    return sum(path_bytes(piece.path) for piece in formula.pieces)


def lay_out(box: Box, size_px: float) -> LaidOut:
    """Lay a formula out in a size, the height of an em in pixels."""
    placed = arranged(box, Em(size_px, LEAST * size_px))
    parts: list[Part] = []
    pieces: list[PlacedPiece] = []
    for x, y, one, colour in walked(placed):
        if one.key is not None:
            ground = QRectF(x, y - one.ascent, one.width, one.ascent + one.descent)
            parts.append(Part(one.key, ground, one.plain))
        for piece in one.pieces:
            own = piece.colour or colour
            place = x + piece.x, y + piece.y  # each outline by itself: all in one are filled four times as slowly
            path = None if piece.path is None else piece.path.translated(*place)
            pieces.append(PlacedPiece(*place, path, piece.text, piece.font, own))
    return LaidOut(placed.width, placed.ascent, placed.descent, placed.plain, size_px, tuple(parts), tuple(pieces))


def _area(part: Part) -> float:
    return part.box.width() * part.box.height()


@dataclass(slots=True)
class _Open:
    """A box whose parts are being laid out."""

    box: Box
    em: Em
    wanted: tuple[tuple[Box, Em], ...]
    done: list[Placed] = field(default_factory=list)


def arranged(box: Box, em: Em) -> Placed:
    """Put a box and all within it in their places."""
    stack = [_Open(box, em, box.parts(em))]
    while True:
        top = stack[-1]
        if len(top.done) < len(top.wanted):
            inner, size = top.wanted[len(top.done)]
            within = inner.parts(size)
            if within:
                stack.append(_Open(inner, size, within))
            else:
                top.done.append(inner.arrange(size, ()))
            continue
        placed = top.box.arrange(top.em, top.done)
        stack.pop()
        if not stack:
            return placed
        stack[-1].done.append(placed)


def walked(placed: Placed) -> Iterator[tuple[float, float, Placed, str | None]]:
    """(x, y, box, colour) of every box, outer ones first, from left to right."""
    stack: list[tuple[float, float, Placed, str | None]] = [(0.0, 0.0, placed, None)]
    while stack:
        x, y, one, inherited = stack.pop()
        colour = one.colour or inherited
        yield x, y, one, colour
        stack.extend((x + dx, y + dy, child, colour) for dx, dy, child in reversed(one.children))
