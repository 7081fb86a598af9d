"""Where the numbers of a drawing stand, in scene units.

The value of each operation stands once, above the most level edge that it goes along; each gradient beneath its edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9)
"""Where along an edge a number may stand, the best first."""
GAPS = (3.0, 6.0, 9.0, 13.0, 18.0, 27.0, 40.0)
THICK = 3.0
"""So far it may keep from its lane; one of a gradient may be so much thicker than one of a value, to each side."""
FEW, TRIES, ROUNDS = 120, 3, 3
"""In drawings of more edges lanes are not kept free, and so few shares are tried, once; else each number is placed
again when all the others have a place."""
MOST = 400
"""Drawings of more edges are only seen from afar or in part: there the middle does."""
SPACING, REACH = 9.0, 60.0
"""A point of a lane every so many units; those that are further off are nobody's concern."""
SHIFTED, DISTANT, CROSSED, COVERED, NEARER = 3.0, 0.6, 30.0, 3.0, 4.0
"""How bad it is to stand at each next share, a unit further off, on a point of a lane, on a square unit of a node or
another number, and for each unit that another edge is nearer than the number's own."""
EXIT_BELOW = 36.0
"""What is handed to the output stands under its box, so high."""
SUM_HEIGHT = 18.0
"""Under a leaf that fans out stands its whole gradient, so high."""
TALKATIVE, NEEDLESS_WIDTH = 12, 100.0
"""In a drawing of so few nodes a constant says to its right that it needs no gradient, so wide."""


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
    around: tuple[QRectF, ...] = ()
    """Nodes and names."""

    @cached_property
    def numbers(self) -> tuple[QRectF, ...]:
        """The room of every number."""
        return (*(box for label in self.links for box in label.boxes if not box.isEmpty()), *self.sums.values())

    @cached_property
    def _rows(self) -> Coordinates:
        return _rows([*self.numbers, *self.around])

    def covered(self, boxes: Sequence[QRectF]) -> Sequence[float]:
        """How much of numbers, names and nodes each of these would cover, in square units."""
        return [float(one) for one in _covered(_rows(boxes), self._rows)]

    @cached_property
    def box(self) -> QRectF:
        """What holds all numbers of a small drawing, so that none is out of sight."""
        total = QRectF()
        for box in self.numbers if len(self.links) <= MOST else ():
            total = total.united(box)
        return total


def place_labels(drawing: Drawing) -> Labels:
    """A place for every number, those of level edges first: they have the least choice."""
    saying = _saying(drawing)
    idle = {number for number, link in enumerate(drawing.links) if link.plain or link.idle}
    if len(drawing.links) > MOST:
        middles = (_at_middle(link, value=n in saying) for n, link in enumerate(drawing.links))
        return Labels(tuple(middles))
    around = [knot.box.adjusted(-3, -20 if knot.named else -3, 3, 3) for knot in drawing.knots]
    around += [drawing.exit.adjusted(0, 0, 0, EXIT_BELOW), *_said_of_constants(drawing)]
    sums = {knot.index: _sum_box(knot) for knot in drawing.knots if _fans_out(drawing, knot)}
    edges = [_Edge(link) for link in drawing.links]
    lanes = _Lanes([edge.points for edge in edges] if len(edges) <= FEW else ())
    wanted = [
        (number, under)
        for number in sorted(range(len(edges)), key=lambda n: _cost(drawing.links[n]))
        for under in (False, True)
        if (number not in idle if under else number in saying)
    ]
    still = _rows([*around, *sums.values()])
    choices = [_Choice(edges[number], number, still, lanes, under=under) for number, under in wanted]
    boxes = np.zeros((len(wanted), 4))
    for _ in range(ROUNDS if len(edges) <= FEW else 1):
        for place, choice in enumerate(choices):
            boxes[place] = 0.0
            boxes[place] = choice.best(boxes)
    middles = ((boxes[:, :2] + boxes[:, 2:]) / 2).round().tolist()  # whole units, so that kept pictures hold
    places = [QPointF(x, y) for x, y in middles]
    found = dict(zip(wanted, places, strict=True))
    labels = tuple(Label(found.get((n, False)), found.get((n, True))) for n in range(len(edges)))
    return Labels(labels, sums, tuple(around))


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


def _said_of_constants(drawing: Drawing) -> list[QRectF]:
    """The room of what constants say of themselves."""
    if len(drawing.knots) > TALKATIVE:
        return []
    boxes = (knot.box for knot in drawing.knots if knot.sort is Sort.CONSTANT)
    return [QRectF(box.right() + 6.0, box.center().y() - 14.0, NEEDLESS_WIDTH, 30.0) for box in boxes]


class _Edge:
    """The middle of an edge as points (n, 2), and its directions there, of length 1."""

    def __init__(self, link: Link) -> None:
        polygon = link.path.toSubpathPolygons()[0]
        corners = np.array([(polygon.at(n).x(), polygon.at(n).y()) for n in range(polygon.count())])
        steps = np.hypot(*np.diff(corners, axis=0).T)
        self._along, self._corners = np.concatenate(([0.0], np.cumsum(steps))), corners
        self.length = float(self._along[-1])
        self.points = self.at(np.linspace(0.0, 1.0, max(3, int(self.length / SPACING) + 1)))

    def at(self, shares: Coordinates) -> Coordinates:
        """The points after shares of the way."""
        along = shares * self.length
        return np.stack([np.interp(along, self._along, self._corners[:, axis]) for axis in (0, 1)], axis=1)

    def beside(self, shares: Coordinates, gap: float, *, under: bool) -> Coordinates:
        """Where the middle of a number is whose box keeps so far from the lane: above an edge that runs to the right,
        or ``under`` it; on the right of one that runs down."""
        ahead = self.at(np.minimum(shares + 0.04, 1.0)) - self.at(np.maximum(shares - 0.04, 0.0))
        across = np.stack([ahead[:, 1], -ahead[:, 0]], axis=1) / np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
        off = LANE + gap + (THICK if under else 0.0) + np.abs(across) @ np.array([WIDTH / 2, HEIGHT / 2])
        places: Coordinates = self.at(shares) + (-1.0 if under else 1.0) * across * off[:, None]
        return places


class _Lanes:
    """Points of all edges, which numbers should not cover."""

    def __init__(self, edges: Sequence[Coordinates]) -> None:
        self.points = np.concatenate(edges) if edges else np.empty((0, 2))
        self._of = np.concatenate([np.full(len(points), n) for n, points in enumerate(edges)]) if edges else np.empty(0)

    def cost(self, boxes: Coordinates, own: int) -> Coordinates:
        """How bad it is that a number of this edge stands in the boxes (n, 4)."""
        low, high = boxes[:, :2].min(axis=0) - REACH, boxes[:, 2:].max(axis=0) + REACH
        near = np.all((self.points > low) & (self.points < high), axis=1)
        (x, y), mine = self.points[near].T, self._of[near] == own
        inside = (x > boxes[:, :1]) & (x < boxes[:, 2:3]) & (y > boxes[:, 1:2] - 3.0) & (y < boxes[:, 3:4] + 3.0)
        cost: Coordinates = CROSSED * inside.sum(axis=1)
        if mine.any() and not mine.all():
            middles = (boxes[:, :2] + boxes[:, 2:]) / 2
            away = np.hypot(middles[:, :1] - x, middles[:, 1:] - y)
            beside, others = away[:, mine].min(axis=1), away[:, ~mine].min(axis=1)
            cost = cost + NEARER * np.maximum(beside - others + 1.0, 0.0)
        return cost


class _Choice:
    """The places beside an edge where a number may stand, with what is bad about each as long as no other number is
    there."""

    def __init__(self, edge: _Edge, number: int, still: Coordinates, lanes: _Lanes, *, under: bool) -> None:
        shares = np.array(SHARES[: len(SHARES) if len(lanes.points) else TRIES])
        middles = np.concatenate([edge.beside(shares, gap, under=under) for gap in GAPS])
        half = np.array([WIDTH / 2, HEIGHT / 2])
        self._boxes = np.hstack([middles - half, middles + half])
        self._costs = np.concatenate([SHIFTED * np.arange(len(shares)) + DISTANT * gap for gap in GAPS])
        self._costs = self._costs + COVERED * _covered(self._boxes, still) + lanes.cost(self._boxes, number)

    def best(self, numbers: Coordinates) -> Coordinates:
        """The box (4,) where a number hides least, and plainly belongs to its edge."""
        box: Coordinates = self._boxes[int(np.argmin(self._costs + COVERED * _covered(self._boxes, numbers)))]
        return box


def _around(at: QPointF) -> QRectF:
    """The room of a number whose middle is there."""
    return QRectF(at.x() - WIDTH / 2, at.y() - HEIGHT / 2, WIDTH, HEIGHT)


def _rows(boxes: Iterable[QRectF]) -> Coordinates:
    """(n, 4): left, top, right, bottom."""
    return np.array([(box.left(), box.top(), box.right(), box.bottom()) for box in boxes]).reshape(-1, 4)


def _covered(boxes: Coordinates, taken: Coordinates) -> Coordinates:
    """How much of what is taken (m, 4) each of the boxes (n, 4) covers, in square units."""
    across = np.minimum(taken[:, 2], boxes[:, 2:3]) - np.maximum(taken[:, 0], boxes[:, :1])
    down = np.minimum(taken[:, 3], boxes[:, 3:4]) - np.maximum(taken[:, 1], boxes[:, 1:2])
    covered: Coordinates = (np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum(axis=1)
    return covered
