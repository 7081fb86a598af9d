"""Where the numbers of a drawing stand, in scene units.

The value of each operation stands once, above the most level edge that it goes along; each gradient beneath its edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from app.workspaces.scalar_graph.canvas.drawing import Drawing, Knot, Link, Sort
from app.workspaces.scalar_graph.canvas.lanes import LANE

Coordinates = NDArray[np.float64]
WIDTH, HEIGHT = 74.0, 18.0
"""Of a number that is as long as most."""
HALF = np.array([WIDTH / 2, HEIGHT / 2])
SHARES = np.array((0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9))
"""Where along an edge a number may stand, the best first."""
GAPS = np.array((3.0, 6.0, 9.0, 13.0, 18.0, 27.0, 40.0))
"""How far it may keep from its lane."""
THICK = 3.0
"""A gradient's lane may be so much thicker than one of a value, to each side."""
AHEAD = 0.04
"""The direction of an edge is that of so much of it to both sides."""
COSTS = (0.6 * GAPS[:, None] + 3.0 * np.arange(SHARES.size)).ravel()
"""How bad it is to stand further off, and at each next share; as bad as a square unit of COVERED of something else."""
COVERED = 3.0
ALONG = np.linspace(0.0, 1.0, 16)
"""These points of each lane are kept free as far as may be."""
ROUNDS = 2
"""Each number is placed again when all the others have a place."""
MOST = 400
"""Drawings of more edges are only seen from afar or in part: there the middle does."""
EXIT_BELOW = 36.0
"""What is handed to the output stands under its box, so high."""
SUM_HEIGHT = 18.0
"""Under a leaf that fans out stands its whole gradient, so high."""


@dataclass(frozen=True, slots=True)
class Label:
    """The middles of an edge's numbers: of its value, None where another edge says it, and of its gradient, None where
    nothing is handed back."""

    value_at: QPointF | None = None
    gradient_at: QPointF | None = None

    @property
    def boxes(self) -> tuple[QRectF, QRectF]:
        """The room of both; an empty one where nothing stands."""
        value, gradient = (QRectF() if at is None else _around(at) for at in (self.value_at, self.gradient_at))
        return value, gradient


@dataclass(frozen=True)
class Labels:
    """A label for every link; ``sums``: the room of the whole gradient under each leaf that fans out, by node."""

    links: tuple[Label, ...] = ()
    sums: Mapping[int, QRectF] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> tuple[QRectF, ...]:
        """The room of every number."""
        return (*(box for label in self.links for box in label.boxes if not box.isEmpty()), *self.sums.values())

    @cached_property
    def box(self) -> QRectF:
        """What holds all numbers of a small drawing, so that none is out of sight."""
        total = QRectF()
        for box in self.numbers if len(self.links) <= MOST else ():
            total = total.united(box)
        return total


def place_labels(drawing: Drawing) -> Labels:
    """A place for every number where it hides as little as may be, level edges first: they have the least choice."""
    saying, links = _saying(drawing), drawing.links
    if len(links) > MOST:
        return Labels(tuple(_at_middle(link, value=number in saying) for number, link in enumerate(links)))
    sums = {knot.index: _sum_box(knot) for knot in drawing.knots if _fans_out(drawing, knot)}
    taken = [knot.box.adjusted(-3, -20 if knot.named else -3, 3, 3) for knot in drawing.knots]
    taken += [drawing.exit.adjusted(0, 0, 0, EXIT_BELOW), *sums.values()]
    taken += [QRectF(x - 1.5, y - 1.5, 3.0, 3.0) for link in links for x, y in _points(link, ALONG).tolist()]
    wanted = [
        (number, under)
        for number in sorted(range(len(links)), key=lambda n: _cost(links[n]))
        for under in (False, True)
        if (not (links[number].plain or links[number].idle) if under else number in saying)
    ]
    still = _rows(taken)
    ways = [_way(link) for link in links]
    choices = [_beside(*ways[number], under=under) for number, under in wanted]
    costs = [COSTS + COVERED * _covered(middles, still) for middles in choices]
    boxes = np.zeros((len(wanted), 4))
    for _ in range(ROUNDS):
        for place, (middles, cost) in enumerate(zip(choices, costs, strict=True)):
            boxes[place] = 0.0
            best = middles[np.argmin(cost + COVERED * _covered(middles, boxes))].round()  # so that kept pictures hold
            boxes[place] = *(best - HALF), *(best + HALF)
    places = [QPointF(*middle) for middle in ((boxes[:, :2] + boxes[:, 2:]) / 2).tolist()]
    found = dict(zip(wanted, places, strict=True))
    return Labels(tuple(Label(found.get((n, False)), found.get((n, True))) for n in range(len(links))), sums)


def _saying(drawing: Drawing) -> set[int]:
    """The link of each operation that its value stands at: the most level, then the shortest. Leaves say theirs."""
    found: dict[int, int] = {}
    links = drawing.links
    for number, link in enumerate(links):
        best = found.get(link.source)
        if drawing.knots[link.source].named and (best is None or _cost(link) < _cost(links[best])):
            found[link.source] = number
    return set(found.values())


def _cost(link: Link) -> tuple[float, float]:
    return round(_rise(link)), link.path.length()


def _rise(link: Link) -> float:
    """How far an edge rises or falls."""
    return abs(link.path.elementAt(link.path.elementCount() - 1).y - link.path.elementAt(0).y)


def _at_middle(link: Link, *, value: bool) -> Label:
    at, off = link.at(0.5), QPointF(0.0, LANE + GAPS[0] + HEIGHT / 2)
    return Label(at - off if value else None, None if link.idle else at + off)


def _fans_out(drawing: Drawing, knot: Knot) -> bool:
    """Whether several gradients arrive at a leaf: their sum stands under it."""
    return knot.sort is Sort.LEAF and len(drawing.out_of.get(knot.index, ())) > 1


def _sum_box(knot: Knot) -> QRectF:
    return QRectF(knot.centre.x() - WIDTH / 2, knot.box.bottom() + 2.0, WIDTH, SUM_HEIGHT)


def _way(link: Link) -> tuple[Coordinates, Coordinates]:
    """Both (n, 2): the points after shares of the way, and the directions to the left of it there, of length 1."""
    points = _points(link, np.concatenate((SHARES - AHEAD, SHARES, SHARES + AHEAD)))
    before, at, after = np.split(points, 3)
    x, y = (after - before).T
    return at, np.stack([y, -x], axis=1) / np.maximum(np.hypot(x, y), 1e-9)[:, None]


def _beside(points: Coordinates, left: Coordinates, *, under: bool) -> Coordinates:
    """(n, 2): the middles that a number may have: above an edge that runs to the right, or ``under`` it; on the right
    of one that runs down. In the order of :data:`COSTS`."""
    off = LANE + (THICK if under else 0.0) + GAPS[:, None] + np.abs(left) @ HALF
    places: Coordinates = points + (-1.0 if under else 1.0) * left * off[..., None]
    return places.reshape(-1, 2)


def _points(link: Link, shares: Coordinates) -> Coordinates:
    """(n, 2): the points after shares of the way."""
    return np.array([link.at(share).toTuple() for share in shares.tolist()])


def _around(at: QPointF) -> QRectF:
    """The room of a number whose middle is there."""
    return QRectF(at.x() - WIDTH / 2, at.y() - HEIGHT / 2, WIDTH, HEIGHT)


def _rows(boxes: Sequence[QRectF]) -> Coordinates:
    """(n, 4): left, top, right, bottom."""
    return np.array([(box.left(), box.top(), box.right(), box.bottom()) for box in boxes])


def _covered(middles: Coordinates, taken: Coordinates) -> Coordinates:
    """How much of what is taken (m, 4) a number with each of the middles (n, 2) covers, in square units."""
    low, high = middles.min(axis=0) - HALF, middles.max(axis=0) + HALF
    taken = taken[np.all((taken[:, 2:] > low) & (taken[:, :2] < high), axis=1)]
    over = np.minimum(taken[:, 2:], middles[:, None] + HALF) - np.maximum(taken[:, :2], middles[:, None] - HALF)
    covered: Coordinates = np.prod(np.maximum(over, 0.0), axis=2).sum(axis=1)
    return covered
