"""Where the numbers of an edge stand, so that they hide neither a node nor one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from app.workspaces.scalar_graph.canvas.drawing import RADIUS, Drawing, Knot, Link, Sort

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
CROSSED, OVERPRINTED, WANDERED, SPACING = 30.0, 3.0, 26.0, 9.0
"""What is bad about a place: a point of a lane under a number, each square unit of another number or a node, and, a
little, to be far from the best place; a point of a lane every so many units."""
FEW, TRIES = 40, 3
"""In drawings of more edges the lanes are not kept free, and so few places are tried."""
SUM_WIDTH, LEAF_SUM_WIDTH, SUM_HEIGHT = 116.0, 136.0, 34.0
SUMMANDS, IN_LINE, SUM_LINE = 3, 2, 13.0
"""So many gradients that are added are written out, so many in a line, which is so high; of more, their number."""
BESIDE = 8.0
"""So far from a leaf stands what is beside it."""
SMALL_DRAWING = 14
"""In drawings of more nodes a value stands on the first edge that it goes along, and products stand alone."""
MOST = 400
"""Drawings of more edges are only ever seen from afar or in part: there the middle does."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The room of a value and of a product, and in how many ``lines`` that is written: with what it is worked out from,
    or alone."""

    value: float
    product: float
    lines: int


WHOLE, SLIM = Sizes(62.0, 112.0, 2), Sizes(72.0, 104.0, 1)
"""In small drawings, and in those that are read part by part, in larger print."""


@dataclass(frozen=True, slots=True)
class Label:
    """``value_at``: the middle of the value; None where another edge says it. ``product_at``: the middle of the
    product's upper edge."""

    value_at: QPointF | None
    product_at: QPointF
    sizes: Sizes = WHOLE

    @property
    def boxes(self) -> tuple[QRectF, QRectF]:
        """The value's and the product's room."""
        width, at = self.sizes.product, self.product_at
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

    @cached_property
    def box(self) -> QRectF:
        """What holds all numbers of a small drawing, so that none is out of sight."""
        total = QRectF()
        if len(self.links) <= MOST:
            for box in (*(box for label in self.links for box in label.boxes), *self.sums.values()):
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
    taken = _Taken([*(knot.box.adjusted(-3, -20, 3, 3) for knot in drawing.knots), drawing.exit], len(drawing.links))
    ways = [_Way(link) for link in drawing.links]
    points = _Points(ways if len(ways) <= FEW else ())
    sums = {}
    for knot in fans:
        boxes = _sum_boxes(knot, len(drawing.out_of[knot.index]))
        rows = np.array([_edges(box) for box in boxes])
        costs = taken.covered(rows) + CROSSED * points.inside(rows) + WANDERED * np.arange(len(boxes))
        sums[knot.index] = boxes[int(np.argmin(costs))]
        taken.add(sums[knot.index])
    placed: list[Label] = []
    tries = SHARES if len(ways) <= FEW else SHARES[:TRIES]
    said: set[int] = set()
    for number, link in enumerate(drawing.links):
        if link.plain:
            placed.append(_at_middle(link, deep=False, sizes=sizes))
            continue
        alone = sizes is WHOLE or link.source not in said
        said.add(link.source)
        placed.append(_best(ways[number], _level(drawing, link), taken, points, tries, sizes, with_value=alone))
    return Labels(tuple(placed), sums)


Coordinates = NDArray[np.float64]


class _Way:
    """The middle of an edge as points (n, 2) at even distances."""

    def __init__(self, link: Link) -> None:
        polygon = link.path.toSubpathPolygons()[0]
        corners = (polygon.at(number) for number in range(polygon.count()))
        found = np.array([(point.x(), point.y()) for point in corners])
        steps = np.hypot(*np.diff(found, axis=0).T)
        self._along = np.concatenate(([0.0], np.cumsum(steps)))
        self._found = found
        self.points = self.at(np.linspace(0.0, 1.0, max(3, int(self._along[-1] / SPACING) + 1)))

    def at(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """The points after shares of the way."""
        along = shares * self._along[-1]
        return np.stack([np.interp(along, self._along, self._found[:, axis]) for axis in (0, 1)], axis=1)


class _Points:
    """Points of all lanes, which numbers should not cover."""

    def __init__(self, ways: Sequence[_Way]) -> None:
        self._all = np.concatenate([way.points for way in ways]) if ways else np.empty((0, 2))

    def inside(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """How many lie in each of the boxes (n, 4)."""
        if not len(self._all):
            return np.zeros(len(boxes))
        left, top, right, bottom = boxes.T
        x, y = self._all.T
        near = (x > left.min()) & (x < right.max()) & (y > top.min() - 3.0) & (y < bottom.max() + 3.0)
        x, y = x[near], y[near]
        across = (x > left[:, None]) & (x < right[:, None])
        down = (y > top[:, None] - 3.0) & (y < bottom[:, None] + 3.0)
        counts: NDArray[np.float64] = (across & down).sum(axis=1).astype(np.float64)
        return counts


class _Taken:
    """Boxes that are not to be covered, as one array that grows."""

    def __init__(self, boxes: Sequence[QRectF], links: int) -> None:
        self._rows = np.zeros((2 * len(boxes) + 2 * links, 4))
        self._count = 0
        self.add(*boxes)

    def add(self, *boxes: QRectF) -> None:
        """Take more."""
        for box in boxes:
            self._rows[self._count] = _edges(box)
            self._count += 1

    def covered(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much of them each of the boxes (n, 4) covers, in square units."""
        taken = self._rows[: self._count]
        across = np.minimum(taken[:, 2], boxes[:, 2, None]) - np.maximum(taken[:, 0], boxes[:, 0, None])
        down = np.minimum(taken[:, 3], boxes[:, 3, None]) - np.maximum(taken[:, 1], boxes[:, 1, None])
        covered: NDArray[np.float64] = (np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum(axis=1)
        return covered


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
    """The x of the middle of summands so wide: beside their node, those that are longer than their room grow away from
    it."""
    middle = box.center().x()
    return min(middle, box.right() - width / 2) if box.right() <= knot.box.left() else middle


def _level(drawing: Drawing, link: Link) -> bool:
    """Whether it runs level, and alone under its nodes."""
    source, target = drawing.knots[link.source], drawing.knots[link.target]
    flat = abs(source.centre.y() - target.centre.y()) < 1.0 and len(link.line) == 1
    return flat and Sort.CONSTANT not in (source.sort, target.sort)


def _at_middle(link: Link, deep: bool, sizes: Sizes) -> Label:
    at = link.at(0.5)
    return Label(QPointF(at.x(), at.y() - OVER + VALUE_HEIGHT / 2), QPointF(at.x(), at.y() + _under(deep)), sizes)


def _best(
    way: _Way, deep: bool, taken: _Taken, points: _Points, tries: Sequence[float], sizes: Sizes, *, with_value: bool
) -> Label:
    """The places where least is hidden, at these shares of the way: the value first, then the product."""
    spots = _Spots(way, tries)
    value_at = None
    if with_value:
        x, y = spots.x + NEARER * spots.aside, spots.y - OVER - spots.lift
        value, box = _least(x, y, sizes.value, VALUE_HEIGHT, spots.costs, taken, points)
        value_at = QPointF(value.x(), value.y() + VALUE_HEIGHT / 2)
        taken.add(box)
    height = sizes.lines * LINE - 4.0
    product_at, box = _least(
        spots.x - spots.aside, spots.y + _under(deep) + spots.lift, sizes.product, height, spots.costs, taken, points
    )
    taken.add(box)
    return Label(value_at, product_at, sizes)


class _Spots:
    """Points beside an edge, the best first: ``x``, ``y`` on it, how far ``aside`` and how far ``lift``ed
    from there, and what is bad about them (n,)."""

    def __init__(self, way: _Way, tries: Sequence[float]) -> None:
        shares = np.array(tries)
        found = way.at(shares)
        ahead, behind = way.at(np.minimum(shares + 0.05, 1.0)), way.at(np.maximum(shares - 0.05, 0.0))
        falls = (ahead - behind)[:, 1] / np.maximum(np.abs((ahead - behind)[:, 0]), 1.0)  # down is positive
        lifts = np.array(LIFTS if len(tries) == len(SHARES) else LIFTS[:1])
        found_by = np.meshgrid(np.arange(len(tries)), np.array(ASIDES), lifts, indexing="ij")
        rank, aside, self.lift = (part.ravel() for part in found_by)
        self.aside = np.where(np.abs(falls)[rank] > STEEP, aside, 0.0) * np.sign(falls)[rank]
        self.x, self.y = found[rank].T
        self.costs = 3.0 * rank + 0.3 * np.abs(self.aside) + LIFTED * self.lift


def _least(
    x: Coordinates, top: Coordinates, width: float, height: float, costs: Coordinates, taken: _Taken, points: _Points
) -> tuple[QPointF, QRectF]:
    """The middle of the upper edge and the box of a number where it hides least."""
    boxes = np.stack([x - width / 2, top, x + width / 2, top + height], axis=1)
    best = int(np.argmin(costs + OVERPRINTED * taken.covered(boxes) + CROSSED * points.inside(boxes)))
    at = QPointF(float(x[best]), float(top[best]))
    return at, QRectF(at.x() - width / 2, at.y(), width, height)


def _under(deep: bool) -> float:
    """How far under the edge the product begins."""
    return RADIUS + 6.0 if deep else UNDER


def _edges(box: QRectF) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.right(), box.bottom()
