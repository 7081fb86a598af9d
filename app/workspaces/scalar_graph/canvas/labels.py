"""Where the numbers of an edge stand, so that they hide neither a node nor one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

from app.workspaces.scalar_graph.canvas.drawing import RADIUS, Drawing, Knot, Link, Sort
from app.workspaces.scalar_graph.canvas.elsewhere import ASTRAY, CROSSED, OVERPRINTED, Number, lost, move_apart, widen
from app.workspaces.scalar_graph.canvas.ways import Coordinates, LanePoints, Taken, Way, edges_of

VALUE_HEIGHT, LINE = 18.0, 18.0
OVER, UNDER = 22.0, 10.0
"""A value's room begins so far over its edge, a product's so far under it."""
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
"""Where along an edge they may stand, the best first."""
ASIDES = (0.0, 18.0, 34.0)
"""So far to the sides of a slanting edge: the value to where the edge is not, the product to the other side."""
LIFTS, LIFTED = (0.0, 9.0, 18.0), 1.0
"""So far from its usual height over or under the edge a number may stand, and how bad each unit of that is."""
NEARER = 0.5
"""The value, which is narrower, goes this share of that."""
STEEP = 0.12
"""An edge that rises or falls less, for its length, counts as level."""
WANDERED = 26.0
"""How bad it is for a sum to be at each next place."""
FEW, TRIES = 120, 3
"""In drawings of more edges the lanes are not kept free, and so few places are tried."""
SUM_WIDTH, LEAF_SUM_WIDTH, SUM_HEIGHT = 116.0, 136.0, 34.0
OVERHANG = 20.0
"""By so much may long summands reach over the left end of their room."""
SUMMANDS, IN_LINE, SUM_LINE = 3, 2, 13.0
"""So many gradients that are added are written out, so many in a line, which is so high; of more, their number."""
GROWN = (30.0, 18.0)
"""By so much wider than usual is a product's room where that is free: for long numbers."""
SEED = 38.0
"""What is handed to the output stands under its box, so high."""
BESIDE = 8.0
"""So far from a leaf stands what is beside it."""
SMALL_DRAWING = 14
"""In drawings of more nodes a value stands on the first edge that it goes along, and products stand alone."""
TALKATIVE, NEEDLESS_WIDTH = 12, 100.0
"""In a drawing of so few nodes a constant says to its right that it needs no gradient, so wide."""
MOST = 400
"""Drawings of more edges are only ever seen from afar or in part: there the middle does."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The room of a value and of a product, and in how many ``lines`` that is written: with what it is worked out from,
    or alone."""

    value: float
    product: float
    lines: int


WHOLE, SLIM = Sizes(72.0, 112.0, 2), Sizes(72.0, 104.0, 1)
"""In small drawings, and in those that are read part by part, in larger print."""


@dataclass(frozen=True, slots=True)
class Label:
    """``value_at``: the middle of the value; None where another edge says it. ``product_at``: the middle of the
    product's upper edge; ``room``: how wide that may be. ``leaders``: from the value and from the product to the edge,
    where that isn't plain."""

    value_at: QPointF | None
    product_at: QPointF
    sizes: Sizes = WHOLE
    room: float = WHOLE.product
    leaders: tuple[QLineF | None, QLineF | None] = (None, None)

    @property
    def boxes(self) -> tuple[QRectF, QRectF]:
        """The value's and the product's room."""
        width, at = self.room, self.product_at
        below = QRectF(at.x() - width / 2, at.y(), width, self.sizes.lines * LINE - 4.0)
        if self.value_at is None:
            return QRectF(), below
        wide, over = self.sizes.value, self.value_at
        return QRectF(over.x() - wide / 2, over.y() - VALUE_HEIGHT / 2, wide, VALUE_HEIGHT), below


@dataclass(frozen=True)
class Labels:
    """Where numbers stand: a label for every link, and under nodes that fan out the room for the sum, by node."""

    links: tuple[Label, ...] = ()
    sums: Mapping[int, QRectF] = field(default_factory=dict)
    taken: Taken | None = None

    @cached_property
    def _working(self) -> dict[int, bool]:
        return {}

    def has_working(self, link: int) -> bool:
        """Whether what a product is worked out from has room over it: of those that stand alone it is asked for at the
        node at work, and takes another line."""
        if self.links[link].sizes.lines > 1 or self.taken is None:
            return True
        if link not in self._working:
            box = self.links[link].boxes[1]
            rows = np.array([edges_of(box), edges_of(box.adjusted(0.0, 0.0, 0.0, LINE - 4.0))])
            alone, both = self.taken.covered(rows)
            self._working[link] = bool(both <= alone + 1.0)
        return self._working[link]

    @cached_property
    def numbers(self) -> tuple[QRectF, ...]:
        """The room of every number: values, products and sums."""
        return (*(box for label in self.links for box in label.boxes if not box.isEmpty()), *self.sums.values())

    @cached_property
    def _written(self) -> Taken:
        return Taken(self.numbers, 0)

    def covered(self, boxes: Sequence[QRectF]) -> Sequence[float]:
        """How much of numbers, names and nodes each of these would cover, in square units; of numbers alone in drawings
        that are only ever seen from afar or in part."""
        taken = self._written if self.taken is None else self.taken
        return [float(one) for one in taken.covered(np.array([edges_of(box) for box in boxes]))]

    @cached_property
    def box(self) -> QRectF:
        """What holds all numbers of a small drawing, so that none is out of sight."""
        total = QRectF()
        if len(self.links) <= MOST:
            beyond = OVERHANG if self.links and self.links[0].sizes is SLIM else 0.0
            sums = (box.adjusted(-beyond, 0.0, 0.0, 0.0) for box in self.sums.values())
            for box in (*(box for label in self.links for box in label.boxes), *sums):
                total = total.united(box)
        return total


def place_labels(drawing: Drawing) -> Labels:
    """A place for every number, the sums first."""
    fans = [drawing.knots[i] for i, links in drawing.out_of.items() if len(links) > 1]
    fans = [knot for knot in fans if knot.sort is not Sort.CONSTANT]
    sizes = SLIM if len(drawing.knots) > SMALL_DRAWING else WHOLE
    if len(drawing.links) > MOST:
        middles = tuple(_at_middle(link, _level(drawing, link), sizes) for link in drawing.links)
        return Labels(middles, {knot.index: _sum_boxes(knot, SUMMANDS)[0] for knot in fans})
    exit_box = drawing.exit.adjusted(0, 0, 0, SEED)
    around = [knot.box.adjusted(-3, -20 if knot.named else -3, 3, 3) for knot in drawing.knots]
    taken = Taken([*around, exit_box, *_said_of_constants(drawing)], len(drawing.links))
    ways = [Way(link) for link in drawing.links]
    points = LanePoints(ways if len(ways) <= FEW else ())
    sums = {}
    for knot in fans:
        boxes = _sum_boxes(knot, len(drawing.out_of[knot.index]))
        rows = np.array([edges_of(box) for box in boxes])
        costs = taken.covered(rows) + CROSSED * points.inside(rows) + WANDERED * np.arange(len(boxes))
        sums[knot.index] = boxes[int(np.argmin(costs))]
        taken.add(sums[knot.index])
    tries = SHARES if len(ways) <= FEW else SHARES[:TRIES]
    said: set[int] = set()
    pairs: dict[int, tuple[int | None, int | None]] = {}
    for number, link in enumerate(drawing.links):
        if not link.plain:
            alone = sizes is WHOLE or link.source not in said
            said.add(link.source)
            sort = _Numbers(ways[number], sizes, _level(drawing, link), value=alone, product=not link.idle)
            pairs[number] = _best(sort, taken, points, tries)
    placed = [(row, number, under) for number, pair in pairs.items() for under, row in enumerate(pair)]
    movable = [Number(row, ways[n], bool(under)) for row, n, under in placed if row is not None]
    move_apart(movable, taken, points)
    if sizes is WHOLE:
        widen([number for number in movable if number.under], taken, points, GROWN)
    strays = lost(movable, taken, points) if len(ways) <= FEW else ()
    leaders = {one.row: one.way.line_from(taken.rows[one.row]) for one in strays}
    labels = tuple(_label(link, pairs.get(n), taken, sizes, leaders) for n, link in enumerate(drawing.links))
    return Labels(labels, sums, taken)


def _said_of_constants(drawing: Drawing) -> list[QRectF]:
    """The room of what constants say of themselves."""
    constants = [knot.box for knot in drawing.knots if knot.sort is Sort.CONSTANT]
    if len(drawing.knots) > TALKATIVE:
        return []
    return [QRectF(box.right() + 6.0, box.center().y() - 14.0, NEEDLESS_WIDTH, 30.0) for box in constants]


def _label(
    link: Link,
    rows: tuple[int | None, int | None] | None,
    taken: Taken,
    sizes: Sizes,
    leaders: Mapping[int, QLineF],
) -> Label:
    """The label of an edge whose value and product have these places among those that are taken."""
    usual = _at_middle(link, deep=False, sizes=sizes)
    if rows is None:
        return usual
    value, product = (taken.rows[row] if row is not None else None for row in rows)
    to_value, to_product = (leaders.get(row) if row is not None else None for row in rows)
    return Label(
        None if value is None else QPointF((value[0] + value[2]) / 2, (value[1] + value[3]) / 2),
        usual.product_at if product is None else QPointF((product[0] + product[2]) / 2, product[1]),
        sizes,
        usual.room if product is None else product[2] - product[0],
        (to_value, to_product),
    )


def _sum_boxes(knot: Knot, count: int) -> tuple[QRectF, ...]:
    """Where the gradients of a node that is used so often may be added: under it, to the left at best, or over it;
    beside a leaf, where no edge comes in."""
    box, top = knot.box, knot.box.bottom() + 4.0
    high = SUM_HEIGHT + (SUM_LINE if IN_LINE < count <= SUMMANDS else 0.0)
    if knot.sort is Sort.LEAF:
        wide = LEAF_SUM_WIDTH
        under = QRectF(box.left() - wide / 3, top, wide, high)
        return under, QRectF(box.left() - wide - BESIDE, knot.centre.y() - high / 2, wide, high)
    wide, middle = SUM_WIDTH, knot.centre.x() - SUM_WIDTH / 2
    return (
        QRectF(box.right() - wide, top, wide, high),
        QRectF(middle, top, wide, high),
        QRectF(middle, top + 16.0, wide, high),
        QRectF(middle, box.top() - 26.0 - high, wide, high),
        QRectF(middle, top + 34.0, wide, high),
    )


def sum_lines(parts: Sequence[str]) -> tuple[str, ...]:
    """Summands in lines, as many in each as have room."""
    first, rest = " + ".join(parts[:IN_LINE]), " + ".join(parts[IN_LINE:])
    return (first, f"+ {rest}") if rest else (first,)


def sum_middle(knot: Knot, box: QRectF, width: float) -> float:
    """The x of the middle of summands so wide: those of a leaf that are longer than their room grow to the left, away
    from its edges."""
    middle = box.center().x()
    return min(middle, box.right() - width / 2) if knot.sort is Sort.LEAF else middle


def _level(drawing: Drawing, link: Link) -> bool:
    """Whether it runs level, and alone under its nodes."""
    source, target = drawing.knots[link.source], drawing.knots[link.target]
    flat = abs(source.centre.y() - target.centre.y()) < 1.0 and len(link.line) == 1
    return flat and Sort.CONSTANT not in (source.sort, target.sort)


def _at_middle(link: Link, deep: bool, sizes: Sizes) -> Label:
    at = link.at(0.5)
    return Label(
        QPointF(at.x(), at.y() - OVER + VALUE_HEIGHT / 2), QPointF(at.x(), at.y() + _under(deep)), sizes, sizes.product
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What is to be written along a way: its value, unless another edge says it, and its product, unless it is idle."""

    way: Way
    sizes: Sizes
    deep: bool
    value: bool
    product: bool


def _best(
    numbers: _Numbers, taken: Taken, points: LanePoints, tries: tuple[float, ...]
) -> tuple[int | None, int | None]:
    """Take the places where least is hidden, at these shares of the way: the value first, then the product; their
    rows."""
    spots, sizes, value, product = _Spots(numbers.way, tries), numbers.sizes, None, None
    if numbers.value:
        x, y = spots.x + NEARER * spots.aside, spots.y - OVER - spots.lift
        value = taken.add(_least(x, y, QSizeF(sizes.value, VALUE_HEIGHT), spots, taken, points, under=False))
    if numbers.product:
        x, y = spots.x - spots.aside, spots.y + _under(numbers.deep) + spots.lift
        product = taken.add(
            _least(x, y, QSizeF(sizes.product, sizes.lines * LINE - 4.0), spots, taken, points, under=True)
        )
    return value, product


class _Spots:
    """Points beside an edge, the best first: ``x``, ``y`` on it, how far ``aside`` and how far ``lift``ed
    from there, and what is bad about them (n,)."""

    def __init__(self, way: Way, tries: tuple[float, ...]) -> None:
        self.way = way
        shares, rank, aside, self.lift, known = _spread(tries)
        found, ahead, behind = np.split(way.at(shares), 3)
        falls = (ahead - behind)[:, 1] / np.maximum(np.abs((ahead - behind)[:, 0]), 1.0)  # down is positive
        self.aside = np.where(np.abs(falls)[rank] > STEEP, aside, 0.0) * np.sign(falls)[rank]
        self.x, self.y = found[rank].T
        self.costs = known + 0.3 * np.abs(self.aside)


@lru_cache(maxsize=4)
def _spread(tries: tuple[float, ...]) -> tuple[Coordinates, NDArray[np.intp], Coordinates, Coordinates, Coordinates]:
    """What is the same for all edges: the shares at, after and before each spot; and of all spots (n,) at which share
    each is, how far aside, how far lifted, and what is bad about that so far."""
    shares = np.array(tries)
    lifts = np.array(LIFTS if len(tries) == len(SHARES) else LIFTS[:1])
    found_by = np.meshgrid(np.arange(len(tries)), np.array(ASIDES), lifts, indexing="ij")
    rank, aside, lift = (part.ravel() for part in found_by)
    around = np.concatenate([shares, np.minimum(shares + 0.05, 1.0), np.maximum(shares - 0.05, 0.0)])
    return around, rank, aside, lift, 3.0 * rank + LIFTED * lift


def _least(
    x: Coordinates, top: Coordinates, size: QSizeF, spots: _Spots, taken: Taken, points: LanePoints, *, under: bool
) -> QRectF:
    """The box of a number, the middle of its upper edge at one of these points, where it hides least and belongs to its
    edge at first sight."""
    width, height = size.width(), size.height()
    boxes = np.stack([x - width / 2, top, x + width / 2, top + height], axis=1)
    costs = spots.costs + ASTRAY * points.astray(boxes, spots.way, under=under)
    best = int(np.argmin(costs + OVERPRINTED * taken.covered(boxes) + CROSSED * points.inside(boxes)))
    return QRectF(float(x[best]) - width / 2, float(top[best]), width, height)


def _under(deep: bool) -> float:
    """How far under the edge the product begins."""
    return RADIUS + 6.0 if deep else UNDER
