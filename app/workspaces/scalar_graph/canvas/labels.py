"""Where the numbers of an edge stand, so that they hide neither a node nor one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from app.workspaces.scalar_graph.canvas.drawing import RADIUS, Drawing, Knot, Link, Sort

WIDTH, ABOVE, BELOW = 96.0, 22.0, 42.0
"""What the numbers of an edge take: so wide, and so far over and under its middle."""
NARROW = 58.0
"""The width of the value alone."""
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
"""Where along an edge they may stand, the best first."""
ASIDES = (0.0, 20.0, 38.0)
"""So far to the sides of a slanting edge: the value to where the edge is not, the product to the other side."""
STEEP = 0.12
"""An edge that rises or falls less, for its length, counts as level."""
CROSSED, WANDERED, SPACING = 45.0, 26.0, 9.0
"""A point of a lane under a number is as bad as so much of another number; a place far from the best one costs a
little; a point of a lane every so many units."""
FEW = 90
"""In drawings of more edges the lanes are not kept free."""
SUM_WIDTH, SUM_HEIGHT = 116.0, 34.0
MOST = 400
"""Drawings of more edges are only ever seen from afar or in part: there the middle does."""


@dataclass(frozen=True, slots=True)
class Label:
    """``at``: the point of the edge that the numbers belong to. ``deep``: along a level edge they stand lower, where
    they may be wider than the gap between two nodes. ``aside``: the value stands so far to the right, the product to
    the left."""

    at: QPointF
    deep: bool
    aside: float = 0.0

    @property
    def below(self) -> float:
        """How far under the edge the product begins."""
        return RADIUS + 6.0 if self.deep else 10.0

    @property
    def value_at(self) -> QPointF:
        """The middle of the value."""
        return QPointF(self.at.x() + self.aside, self.at.y() - 13.0)

    @property
    def product_at(self) -> QPointF:
        """The middle of the product's upper edge."""
        return QPointF(self.at.x() - self.aside, self.at.y() + self.below)

    @property
    def boxes(self) -> tuple[QRectF, QRectF]:
        """The value's and the product's room."""
        value, product = self.value_at, self.product_at
        above = QRectF(value.x() - NARROW / 2, self.at.y() - ABOVE, NARROW, ABOVE - 4.0)
        return above, QRectF(product.x() - WIDTH / 2, product.y(), WIDTH, BELOW - 12.0)


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
    if len(drawing.links) > MOST:
        middles = tuple(Label(link.at(0.5), _level(drawing, link)) for link in drawing.links)
        return Labels(middles, {knot.index: _sum_boxes(knot)[0] for knot in fans})
    taken = [knot.box.adjusted(-3, -20, 3, 3) for knot in drawing.knots] + [drawing.exit]
    points, of = _lane_points(drawing)
    sums = {}
    for knot in fans:
        boxes = _sum_boxes(knot)
        costs = [_cost(box, taken, points) + WANDERED * rank for rank, box in enumerate(boxes)]
        sums[knot.index] = boxes[costs.index(min(costs))]
        taken.append(sums[knot.index])
    placed: list[Label] = []
    for number, link in enumerate(drawing.links):
        if link.plain:
            placed.append(Label(link.at(0.5), deep=False))
            continue
        label = _best(link, _level(drawing, link), taken, points, of == number)
        placed.append(label)
        taken.extend(label.boxes)
    return Labels(tuple(placed), sums)


def _sum_boxes(knot: Knot) -> tuple[QRectF, ...]:
    """Where the gradients of a node that fans out may be added: under it, to the left at best, or over it."""
    box, top = knot.box, knot.box.bottom() + 4.0
    middle = knot.centre.x() - SUM_WIDTH / 2
    return (
        QRectF(box.right() - SUM_WIDTH, top, SUM_WIDTH, SUM_HEIGHT),
        QRectF(middle, top, SUM_WIDTH, SUM_HEIGHT),
        QRectF(middle, top + 16.0, SUM_WIDTH, SUM_HEIGHT),
        QRectF(middle, box.top() - 26.0 - SUM_HEIGHT, SUM_WIDTH, SUM_HEIGHT),
        QRectF(middle, top + 34.0, SUM_WIDTH, SUM_HEIGHT),
    )


def _lane_points(drawing: Drawing) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Points along the middles of the edges (n, 2), and which edge each is of."""
    if len(drawing.links) > FEW:
        return np.empty((0, 2)), np.empty(0, dtype=np.intp)
    found = []
    for number, link in enumerate(drawing.links):
        count = max(2, int(link.path.length() / SPACING))
        found += [(point.x(), point.y(), number) for point in (link.at(step / count) for step in range(count + 1))]
    rows = np.array(found, dtype=np.float64).reshape(-1, 3)
    return rows[:, :2], rows[:, 2].astype(np.intp)


def _level(drawing: Drawing, link: Link) -> bool:
    """Whether it runs level, and alone under its nodes."""
    source, target = drawing.knots[link.source], drawing.knots[link.target]
    flat = abs(source.centre.y() - target.centre.y()) < 1.0 and len(link.line) == 1
    return flat and Sort.CONSTANT not in (source.sort, target.sort)


def _best(
    link: Link, deep: bool, taken: list[QRectF], points: NDArray[np.float64], own: NDArray[np.bool_]
) -> Label:
    """The place where least is hidden."""
    best, least = Label(link.at(0.5), deep), float("inf")
    others = points[~own] if len(points) else points
    mine = points[own] if len(points) else points
    for rank, share in enumerate(SHARES):
        at, slope = link.at(share), _slope_at(link, share)
        sides = ASIDES if abs(slope) > STEEP else ASIDES[:1]
        for aside in sides:
            label = Label(at, deep, aside if slope > 0 else -aside)
            value, product = label.boxes
            cost = 3.0 * rank + 0.3 * aside
            cost += sum(_cost(box, taken, others) for box in (value, product))
            cost += 0.7 * sum(CROSSED * _inside(box, mine) for box in (value.adjusted(4, 0, -4, 0), product))
            if cost < least:
                best, least = label, cost
    return best


def _slope_at(link: Link, share: float) -> float:
    """How steeply it falls there: down is positive."""
    before, after = link.at(max(share - 0.05, 0.0)), link.at(min(share + 0.05, 1.0))
    return (after.y() - before.y()) / max(abs(after.x() - before.x()), 1.0)


def _cost(box: QRectF, taken: list[QRectF], points: NDArray[np.float64]) -> float:
    return sum(_overlap(box, other) for other in taken) + CROSSED * _inside(box, points)


def _inside(box: QRectF, points: NDArray[np.float64]) -> int:
    """How many points lie in a box."""
    if not len(points):
        return 0
    x, y = points[:, 0], points[:, 1]
    inside = (x > box.left()) & (x < box.right()) & (y > box.top() - 3.0) & (y < box.bottom() + 3.0)
    return int(np.count_nonzero(inside))


def _overlap(one: QRectF, other: QRectF) -> float:
    both = one.intersected(other)
    return both.width() * both.height()
