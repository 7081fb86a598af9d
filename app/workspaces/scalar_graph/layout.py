"""Where everything of a scalar graph is drawn, in scene units (pixels at zoom 1): nodes, edges, lanes and numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from app.kit.formula.boxes import Box, Maths

COLUMN, ROW = 144.0, 106.0
"""From one node to the next, across and down, in a drawing of few nodes."""
FEW = 14
CLOSE, ROWS = 124.0, (118.0, 104.0, 92.0)
"""The same in a drawing of more, which is to be read whole; rows are closer where there are many."""
WIDER, WIDEST, SHAPE = 24.0, 216.0, 1.8
"""Where a drawing of few nodes is high for its width, columns are so much further apart, up to the widest, until it is
so many times as wide as high, as the canvas is."""
RADIUS, SMALL, TALL, LEAF_WIDTH = 22.0, 14.0, 46.0, 86.0
"""Of an operation's circle, of a constant's, and a leaf's box."""
EXIT_WIDTH, EXIT_HEIGHT, EXIT_AWAY = 98.0, 46.0, 38.0
ABOVE, BELOW, ASIDE = 22.0, 10.0, 14.0
"""Around the nodes, for names; numbers know their own room."""
CLIMB = 40.0
"""An edge takes so far at least for its way up or down."""
APART = 92.0
"""So far are edges between the same two nodes from one another, half way."""
TIP = 5.0
"""An arrow ends so far before the node."""
SLOT, SLOTS = 15.0, 36.0
"""Edges end so far from one another at a node, the first at most so far from the last: their lanes do not meet."""

Place = tuple[float, float]
"""Column and row."""


class Sort(Enum):
    """The kinds of nodes that differ in shape."""

    LEAF = "leaf"
    CONSTANT = "constant"
    OPERATION = "operation"
    COLLAPSED = "collapsed"


@dataclass(frozen=True, slots=True)
class Faces:
    """The text of nodes: ``signs`` in them, ``names`` over them, and these as plain ``labels``; ``result``: the
    output's name."""

    signs: Sequence[Box] = ()
    names: Sequence[Box] = ()
    labels: Sequence[str] = ()
    result: Box = field(default_factory=lambda: Maths("y"))


@dataclass(frozen=True, slots=True)
class Knot:
    """A node: ``width`` is that of a leaf's box, whose name may be long."""

    index: int
    key: Hashable
    sort: Sort
    centre: QPointF
    width: float = LEAF_WIDTH

    @property
    def box(self) -> QRectF:
        """The area that it covers."""
        if self.sort is Sort.LEAF:
            return QRectF(self.centre.x() - self.width / 2, self.centre.y() - TALL / 2, self.width, TALL)
        r = SMALL if self.sort is Sort.CONSTANT else RADIUS
        return QRectF(self.centre.x() - r, self.centre.y() - r, 2 * r, 2 * r)

    @property
    def named(self) -> bool:
        """Its name stands over it; a leaf's and a constant's are on them."""
        return self.sort in (Sort.OPERATION, Sort.COLLAPSED)


@dataclass(frozen=True)
class DrawnEdge:
    """An edge from a node to input ``slot`` of another; its lanes are this path, shifted to both sides."""

    source: int
    target: int
    slot: int
    path: QPainterPath
    line: tuple[QLineF, ...]
    """The same as straight pieces, for a look from afar."""
    plain: bool
    """From a constant, whose number stands on its node."""
    idle: bool = False
    """From a constant, or from what constants alone come to: nothing is handed back along it."""

    @cached_property
    def lanes(self) -> tuple[Lane, Lane | None]:
        """Forward and, unless it is idle, backward."""
        return lanes_of(self.path, single=self.idle)

    def at(self, share: float) -> QPointF:
        """The point after a share of its way."""
        return self.path.pointAtPercent(share)


@dataclass(frozen=True)
class GraphDrawing:
    """Everything in its place. ``exit``: the box behind the output, which the seed comes from."""

    knots: tuple[Knot, ...]
    links: tuple[DrawnEdge, ...]
    output: int
    exit: QRectF
    into: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Indices of the links that end at a node, by slot."""
    out_of: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def bounds(self) -> QRectF:
        """The area of the whole drawing."""
        total = QRectF(self.exit)
        for knot in self.knots:
            above, below = (4.0, 4.0) if knot.sort is Sort.CONSTANT else (ABOVE, BELOW)
            total = total.united(knot.box.adjusted(0.0, -above, 0.0, below))
        return total.adjusted(-ASIDE, 0.0, ASIDE, 0.0) if self.knots else QRectF()

    def prepare(self) -> None:
        """Work out what a look through all of it takes, so that the first picture need not."""
        _ = self.bounds, self.by_key, self._link_boxes, self._knot_boxes, self._middles

    def links_in(self, *areas: QRectF) -> list[int]:
        """The links that may meet any of these areas, in their order."""
        boxes, of = self._link_boxes
        found: list[int] = np.unique(of[_meeting(boxes, areas)]).tolist()
        return found

    def knots_in(self, *areas: QRectF) -> list[int]:
        """The nodes that may meet any of these areas, in their order."""
        found: list[int] = np.flatnonzero(_meeting(self._knot_boxes, areas)).tolist()
        return found

    def beyond(self, area: QRectF) -> tuple[int, int, int, int]:
        """How many nodes have their middle to the left of an area, to the right, over it and under it; each counts
        once, and a constant, which is none of the nodes that are counted beside the field, doesn't."""
        x, y = self._middles
        left, right = x < area.left(), x > area.right()
        beside = left | right
        over, under = ~beside & (y < area.top()), ~beside & (y > area.bottom())
        return int(left.sum()), int(right.sum()), int(over.sum()), int(under.sum())

    @cached_property
    def _middles(self) -> NDArray[np.float64]:
        """(2, n): x and y of the middles of all nodes but constants."""
        points = [knot.centre for knot in self.knots if knot.sort is not Sort.CONSTANT]
        return np.array([(point.x(), point.y()) for point in points], dtype=np.float64).reshape(-1, 2).T

    @cached_property
    def _link_boxes(self) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
        """Of each straight piece of a link, and which link it is of: a long one is not there where it does not pass."""
        pieces = [(index, line) for index, link in enumerate(self.links) for line in link.line]
        rects = (QRectF(line.p1(), line.p2()).normalized().adjusted(-60, -40, 60, 60) for _, line in pieces)
        return _boxes(rects), np.array([index for index, _ in pieces], dtype=np.intp)

    @cached_property
    def _knot_boxes(self) -> NDArray[np.float64]:
        return _boxes(knot.box.adjusted(-60, -30, 60, 40) for knot in self.knots)

    @cached_property
    def by_key(self) -> dict[Hashable, Knot]:
        """Nodes by the key that stays theirs across edits."""
        return {knot.key: knot for knot in self.knots}

    @cached_property
    def exit_lanes(self) -> tuple[Lane, Lane]:
        """From the output to its box, and back."""
        knot = self.knots[self.output]
        path = QPainterPath(QPointF(knot.box.right() + TIP, knot.centre.y()))
        path.lineTo(self.exit.left() - TIP, knot.centre.y())
        forward, backward = lanes_of(path, single=False)
        assert backward is not None
        return forward, backward


def _boxes(rects: Iterable[QRectF]) -> NDArray[np.float64]:
    """(4, n): left, top, right, bottom of each, one after the other, as they are gone through."""
    rows = [(rect.left(), rect.top(), rect.right(), rect.bottom()) for rect in rects]
    return np.ascontiguousarray(np.array(rows, dtype=np.float64).reshape(-1, 4).T)


def _meeting(boxes: NDArray[np.float64], areas: Sequence[QRectF]) -> NDArray[np.bool_]:
    """(n,): whether each of the boxes meets any of the areas."""
    left, top, right, bottom = boxes
    found = np.zeros(left.size, dtype=np.bool_)
    for area in areas:
        inside = left <= area.right()
        inside &= right >= area.left()
        inside &= top <= area.bottom()
        inside &= bottom >= area.top()
        found |= inside
    return found


EMPTY = GraphDrawing((), (), 0, QRectF())


def _steps(places: Sequence[Place]) -> tuple[float, float]:
    """How far columns and rows are apart, unless numbers ask for more."""
    columns, rows = zip(*places, strict=True) if places else ((0.0,), (0.0,))
    across, down = max(columns) - min(columns), max(rows) - min(rows)
    around = LEAF_WIDTH + EXIT_WIDTH, TALL + 2 * ABOVE + BELOW
    if len(places) > FEW:
        wide = across * CLOSE + around[0]
        return CLOSE, next((row for row in ROWS if SHAPE * (down * row + around[1]) <= wide), ROWS[-1])
    column = COLUMN
    while column + WIDER <= WIDEST and across * (column + WIDER) + around[0] < SHAPE * (down * ROW + around[1]):
        column += WIDER
    return column, ROW


def _point(place: Place, step: tuple[float, float]) -> QPointF:
    """Where a column and a row are, these so far apart."""
    return QPointF(place[0] * step[0], place[1] * step[1])


def _centre(sort: Sort, place: Place, width: float, step: tuple[float, float], first: float) -> QPointF:
    """The box of a leaf in the ``first`` column reaches to the left, so that its edges are as long as others."""
    centre = _point(place, step)
    return centre - QPointF(width / 2 - RADIUS, 0.0) if sort is Sort.LEAF and place[0] == first else centre


def drawing_of(
    keys: Sequence[Hashable],
    sorts: Sequence[Sort],
    widths: Sequence[float],
    parents: Sequence[Sequence[int]],
    output: int,
    places: Sequence[Place],
    bends: Mapping[tuple[int, int], Sequence[Place]],
    live: Sequence[bool],
    stretch: tuple[float, float] = (1.0, 1.0),
) -> GraphDrawing:
    """The drawing of a laid-out graph; ``bends``: by (target, slot), the places an edge passes through; ``live``: the
    nodes that need a gradient; ``stretch``: how many times as far as usual columns and rows are apart."""
    across, down = _steps(places)
    step, first = (across * stretch[0], down * stretch[1]), min((column for column, _ in places), default=0.0)
    knots = tuple(
        Knot(index, key, sort, _centre(sort, place, width, step, first), width)
        for index, (key, sort, place, width) in enumerate(zip(keys, sorts, places, widths, strict=True))
    )
    reach = _reach(knots)
    links: list[DrawnEdge] = []
    into: dict[int, tuple[int, ...]] = {}
    out_of: dict[int, tuple[int, ...]] = {}
    for target, sources in enumerate(parents):
        for slot, source in enumerate(sources):
            start = knots[source].box.right() + TIP
            through = [_point(place, step) for place in bends.get((target, slot), ())]
            passed = _passed(start, through or _aside(knots[source], knots[target], slot, sources), reach)
            into[target] = (*into.get(target, ()), len(links))
            out_of[source] = (*out_of.get(source, ()), len(links))
            links.append(_link(knots[source], knots[target], slot, len(sources), passed, live=live[source]))
    right = max((knot.box.right() for knot in knots), default=0.0)
    middle = knots[output].centre.y() if knots else 0.0
    left = max(knots[output].box.right() + EXIT_AWAY, right + 30.0) if knots else 0.0
    exit_box = QRectF(left, middle - EXIT_HEIGHT / 2, EXIT_WIDTH, EXIT_HEIGHT)
    return GraphDrawing(knots, tuple(links), output, exit_box, into, out_of)


def _aside(source: Knot, target: Knot, slot: int, sources: Sequence[int]) -> list[QPointF]:
    """The points that set apart edges between the same two nodes, as of x^x; none for an edge that is alone."""
    slots = [number for number, one in enumerate(sources) if one == source.index]
    if len(slots) == 1 or source.sort is Sort.CONSTANT:
        return []
    off = APART * (slots.index(slot) - (len(slots) - 1) / 2)
    between = QPointF(source.box.right() + target.box.left(), source.centre.y() + target.centre.y()) / 2
    return [between + QPointF(0.0, off)]


def _reach(knots: Iterable[Knot]) -> dict[int, float]:
    """How far leaves' boxes reach to both sides of their middles, by these, in whole units."""
    reach: dict[int, float] = {}
    for knot in knots:
        if knot.sort is Sort.LEAF:
            middle = round(knot.centre.x())
            reach[middle] = max(reach.get(middle, 0.0), knot.width / 2)
    return reach


def _passed(start: float, bends: Iterable[QPointF], reach: Mapping[int, float]) -> list[QPointF]:
    """The points that an edge from x = ``start`` passes through: level where a leaf's box is over or under it."""
    points: list[QPointF] = []
    for bend in bends:
        beside = reach.get(round(bend.x()), 0.0)
        before = points[-1].x() if points else start
        level = max(bend.x() - beside, before + CLIMB)
        if level < bend.x():
            points.append(QPointF(level, bend.y()))
        points.append(QPointF(max(bend.x() + beside, level), bend.y()))
    return points


def _link(source: Knot, target: Knot, slot: int, slots: int, bends: Sequence[QPointF], *, live: bool) -> DrawnEdge:
    """From one node's right side to the other's left; straight down where they stand in one column."""
    if abs(source.centre.x() - target.centre.x()) < COLUMN / 4:
        down = 1.0 if target.centre.y() > source.centre.y() else -1.0
        start = QPointF(source.centre.x(), source.centre.y() + down * (source.box.height() / 2 + TIP))
        end = QPointF(target.centre.x(), target.centre.y() - down * (target.box.height() / 2 + TIP))
        points = [start, end]
    else:
        start = QPointF(source.box.right() + TIP, source.centre.y())
        spread = min(SLOT, SLOTS / max(slots - 1, 1)) * (slot - (slots - 1) / 2)
        height = target.centre.y() + (spread if target.sort is not Sort.LEAF else 0.0)
        points = [start, *bends, QPointF(_left_of(target, height), height)]
        if slots == 1 or all(abs(point.y() - target.centre.y()) < 1.0 for point in points[:-1]):
            points[-1] = QPointF(target.box.left() - TIP, target.centre.y())
    path = QPainterPath(points[0])
    for before, after in pairwise(points):
        if abs(after.y() - before.y()) < 1.0 or abs(after.x() - before.x()) < 1.0:
            path.lineTo(after)
        else:
            half = (after.x() - before.x()) / 2
            path.cubicTo(QPointF(before.x() + half, before.y()), QPointF(after.x() - half, after.y()), after)
    lines = tuple(QLineF(a, b) for a, b in pairwise(points))
    return DrawnEdge(source.index, target.index, slot, path, lines, source.sort is Sort.CONSTANT, not live)


def _left_of(target: Knot, height: float) -> float:
    """Where a horizontal line meets the left side of the node's circle."""
    if target.sort is Sort.LEAF:
        return target.box.left() - TIP
    r = target.box.width() / 2
    inward = math.sqrt(max(r * r - (height - target.centre.y()) ** 2, 0.0))
    return target.centre.x() - inward - TIP


LANE = 6.0
"""Each lane lies so far from the edge's middle."""
LONG = 900.0
NEAR = 0.06
"""The direction of an arrow is that of the last share of the way."""

DASHES, DOTS = (3.0, 3.0), (1.0, 2.5)
"""Dash and gap, in widths of the lane: of what is not known, and of a gradient that is 0."""
FINE = 0.25
"""Scene units: so well dashes follow a curve; finer ones take longer to be painted."""


@dataclass(frozen=True)
class Lane:
    """A way, the point that its arrow ends in, and the direction there, of length 1."""

    path: QPainterPath
    tip: QPointF
    along: QPointF

    @cached_property
    def long(self) -> bool:
        """Whether it is so long that drawing it whole would take longer than all the rest."""
        return self.path.elementAt(self.path.elementCount() - 1).x - self.path.elementAt(0).x > LONG

    def drawn(self, visible: QRectF) -> list[QPainterPath]:
        """What to draw of it: of a long way only the pieces that are in sight, for a stroke takes long all the way."""
        return [piece for _, piece in self._in_sight(visible)]

    def dashed(self, visible: QRectF, width: float, pattern: tuple[float, float] = DASHES) -> list[QPainterPath]:
        """The same as the areas of its dashes. Painted by a pen they would be others in every part of the canvas that
        is painted by itself; and to work them out takes longer than all the rest."""
        return [self._dashes(number, piece, width, pattern) for number, piece in self._in_sight(visible)]

    def _in_sight(self, visible: QRectF) -> list[tuple[int, QPainterPath]]:
        if not self.long:
            return [(0, self.path)]
        return [(number, piece) for number, (piece, box) in enumerate(self._pieces) if box.intersects(visible)]

    def _dashes(self, number: int, piece: QPainterPath, width: float, pattern: tuple[float, float]) -> QPainterPath:
        found = self._dashed.get((number, width, pattern))
        if found is None:
            stroker = QPainterPathStroker()
            stroker.setWidth(width)
            stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
            stroker.setDashPattern(pattern)
            stroker.setCurveThreshold(FINE)
            found = self._dashed[number, width, pattern] = stroker.createStroke(piece)
        return found

    @cached_property
    def _dashed(self) -> dict[tuple[int, float, tuple[float, float]], QPainterPath]:
        return {}

    @cached_property
    def _pieces(self) -> list[tuple[QPainterPath, QRectF]]:
        pieces, here, at = [], QPointF(), 0
        while at < self.path.elementCount():
            element = self.path.elementAt(at)
            piece = QPainterPath(here)
            if element.isCurveTo():
                one, other, here = (self._point(at + step) for step in range(3))
                piece.cubicTo(one, other, here)
                at += 3
            else:
                here = self._point(at)
                piece.lineTo(here)
                at += 1
            if not element.isMoveTo():
                pieces.append((piece, piece.controlPointRect().adjusted(-5, -5, 5, 5)))
        return pieces

    def _point(self, at: int) -> QPointF:
        element = self.path.elementAt(at)
        return QPointF(element.x, element.y)

    @cached_property
    def _heads(self) -> dict[int, QPainterPath]:
        return {}

    def head(self, width: float) -> QPainterPath:
        """The arrow's head for a lane of this width, to a quarter of a unit."""
        key = round(4.0 * width)
        if key not in self._heads:
            self._heads[key] = self._head(key / 4.0)
        return self._heads[key]

    def _head(self, width: float) -> QPainterPath:
        size = 5.0 + 0.6 * width
        across = QPointF(-self.along.y(), self.along.x()) * (0.62 * size)
        back = self.tip - self.along * size
        head = QPainterPath(self.tip + self.along * 1.5)
        head.lineTo(back + across)
        head.lineTo(back - across)
        head.closeSubpath()
        return head


def lanes_of(path: QPainterPath, *, single: bool) -> tuple[Lane, Lane | None]:
    """Forward and backward lane of an edge; a ``single`` one has no way back."""
    start, end = path.elementAt(0), path.elementAt(path.elementCount() - 1)
    level = abs(end.x - start.x) > 1.0
    shift = QPointF(0.0, LANE) if level else QPointF(LANE if end.y < start.y else -LANE, 0.0)
    if single:
        return _lane(path, at_end=True), None
    return _lane(path.translated(-shift), at_end=True), _lane(path.translated(shift), at_end=False)


def _lane(path: QPainterPath, *, at_end: bool) -> Lane:
    tip = path.pointAtPercent(1.0 if at_end else 0.0)
    way = QLineF(path.pointAtPercent(1.0 - NEAR if at_end else NEAR), tip)
    length = way.length()
    along = QPointF(way.dx() / length, way.dy() / length) if length else QPointF(1.0, 0.0)
    return Lane(path, tip, along)


Coordinates = NDArray[np.float64]
WIDTH, HEIGHT = 76.0, 18.0
"""The room of a number: no wider than what is free between two nodes that are close to one another."""
HALF, LETTERS = np.array([WIDTH / 2, HEIGHT / 2]), np.array([WIDTH / 2, HEIGHT / 2 - 2.0])
"""Half of a number's room, and of as much of it as a long number takes, which nothing else may lie on."""
SHARES = np.array((0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86, 0.08, 0.92))
"""Where along an edge a number may stand, the best first."""
GAPS, OTHER_GAPS = np.array((3.0, 6.0, 9.0, 13.0, 18.0, 27.0)), np.array((3.0, 9.0, 18.0))
"""How far a number may keep from its lane, and how far from its edge on the other side of it."""
ON_LANE, TOUCHING, BAD = 15.0, 15.0, 90.0
"""How bad it is to stand in the middle of its own lane, to touch its own lanes, and to stand on the other side: from
there on a number stands badly."""
THICK = 3.0
"""A gradient's lane may be so much thicker than one of a value, to each side."""
AHEAD = 0.04
"""The direction of an edge is that of so much of it to both sides."""
COSTS = (
    np.concatenate([1.5 * GAPS, [ON_LANE], BAD + 1.5 * OTHER_GAPS])[:, None] + 2.0 * np.arange(SHARES.size)
).ravel()
"""How bad it is to stand further off, and at each next share."""
COVERED, STRAYED, WRONG = 6.0, 4.0, 400.0
"""How bad is a square unit of COVERED of something else, each unit by which another edge is too near, and any of it."""
CLEAR, NEARER, FAR_REACH = 2.0, 1.0, 50.0
"""Another edge is further from a number than its own by CLEAR, and never by less than that minus NEARER; distances are
measured up to the last."""
LOOSE = 16.0
"""From so far on, each unit further from its edge is bad too."""
LONG_DIGITS, SHORT, SIDES = np.array([WIDTH / 2, 5.0]), np.array([12.0, 5.0]), np.array((0.0, -0.5, 0.5, -1.0, 1.0))
"""Half of the digits of a long number and of one of two digits, and where this may stand in its room, from its left
end, −1, to its right one."""
SIDED = 20
"""So many of the best places are tried for short numbers too."""
DENSE = 7.0
"""Distances to an edge are measured to points of its lanes that are so far apart."""
ATTEMPTS, ROUNDS = 3, 4
"""Each number is placed again when all the others have a place, and all again where some stand badly."""
STRETCHES = ((1.0, 1.0), (1.0, 1.1), (1.15, 1.0), (1.15, 1.1), (1.3, 1.2))
"""Columns and rows go so many times further apart until every number stands well,"""
LEGIBLE = QSizeF(1450.0, 720.0)
"""as long as the drawing isn't larger: it can be read in a window of 1280 × 800."""
MOST_STRETCHED = 48
"""So many edges a drawing may have for that; larger ones take too long."""
MOST = 400
"""Drawings of more edges are only seen from afar or in part: there the middle does."""
EXIT_BELOW = 36.0
"""The height of the seed's room under the box of the output."""
SUM_HEIGHT = 18.0
"""Under a leaf that fans out stands its whole gradient, so high."""


@dataclass(frozen=True, slots=True)
class EdgeLabel:
    """The middles of the rooms of an edge's numbers: of its value, None where another edge says it, and of its
    gradient, None where nothing is handed back. At the side of a room, from −1 to 1, a short number is nearer to its
    edge than to others."""

    value_at: QPointF | None = None
    gradient_at: QPointF | None = None
    value_side: float = 0.0
    gradient_side: float = 0.0

    @property
    def boxes(self) -> tuple[QRectF, QRectF]:
        """The room of both; an empty one where nothing stands."""
        value, gradient = (QRectF() if at is None else _around(at) for at in (self.value_at, self.gradient_at))
        return value, gradient


@dataclass(frozen=True)
class EdgeLabels:
    """A label for every link; ``sums``: the room of the whole gradient under each leaf that fans out, by node.
    ``badness``: of the numbers that hide something, or are not nearest to their edges on its own side; 0 for none."""

    links: tuple[EdgeLabel, ...] = ()
    sums: Mapping[int, QRectF] = field(default_factory=dict)
    badness: float = 0.0

    @cached_property
    def numbers(self) -> tuple[QRectF, ...]:
        """The room of every number."""
        return (*(box for label in self.links for box in label.boxes if not box.isEmpty()), *self.sums.values())

    @cached_property
    def box(self) -> QRectF:
        """The area of all numbers of a small drawing, so that none is out of sight."""
        total = QRectF()
        for box in self.numbers if len(self.links) <= MOST else ():
            total = total.united(box)
        return total


@dataclass(frozen=True, slots=True)
class _NumberWish:
    """The places that a number of a link may have: their ``middles`` (n, 2), how bad each is while no other number is
    placed, ``costs`` (n,), and the best ``sides`` (n,) for a short number."""

    link: int
    under: bool
    middles: Coordinates
    costs: Coordinates
    sides: Coordinates

    def room(self, choice: int) -> tuple[QPointF, float]:
        """Return the middle of a place, and the side at which a short number stands."""
        return QPointF(*self.middles[choice]), float(self.sides[choice])


def place_apart(drawing_at: Callable[[tuple[float, float]], GraphDrawing]) -> tuple[GraphDrawing, EdgeLabels]:
    """Return the least stretched drawing in which every number stands well, with its numbers; else the best one."""
    tried: list[tuple[GraphDrawing, EdgeLabels]] = []
    for stretch in STRETCHES:
        drawing = drawing_at(stretch)
        wide, high = drawing.bounds.width() > LEGIBLE.width(), drawing.bounds.height() > LEGIBLE.height()
        if (stretch[0] > 1.0 and wide) or (stretch[1] > 1.0 and high):
            continue
        tried.append((drawing, place_labels(drawing)))
        if not tried[-1][1].badness or len(drawing.links) > MOST_STRETCHED:
            break
    return min(tried, key=lambda placed: placed[1].badness)


def place_labels(drawing: GraphDrawing) -> EdgeLabels:
    """Place every number where it hides as little as may be, and nearer to its own edge than to any other."""
    saying, links = _saying(drawing), drawing.links
    if not links or len(links) > MOST:
        return EdgeLabels(tuple(_at_middle(link, value=number in saying) for number, link in enumerate(links)))
    sums = {knot.index: _sum_box(knot) for knot in drawing.knots if _fans_out(drawing, knot)}
    wishes = _wishes(drawing, saying, sums.values())
    chosen, badness = _places(wishes)
    rooms = {(wish.link, wish.under): wish.room(choice) for wish, choice in zip(wishes, chosen, strict=True)}
    labels = []
    for number in range(len(links)):
        (value_at, value_side), (gradient_at, gradient_side) = (
            rooms.get((number, under), (None, 0.0)) for under in (False, True)
        )
        labels.append(EdgeLabel(value_at, gradient_at, value_side, gradient_side))
    return EdgeLabels(tuple(labels), sums, badness)


def _places(wishes: Sequence[_NumberWish]) -> tuple[list[int], float]:
    """Return a choice for every wish, and how bad those are that stand badly: they choose first in the next attempt."""
    order = list(range(len(wishes)))
    best, least = [0] * len(wishes), math.inf
    for _ in range(ATTEMPTS):
        chosen, costs = _attempt(wishes, order)
        badness = float(costs[costs >= BAD].sum())
        if badness < least:
            best, least = chosen, badness
        if not badness:
            break
        order.sort(key=lambda place: costs[place] < BAD)
    return best, least


def _attempt(wishes: Sequence[_NumberWish], order: Sequence[int]) -> tuple[list[int], Coordinates]:
    """Let the wishes choose in this order, each the best for it, until none changes: the choices, and their costs."""
    boxes, chosen, found = np.zeros((len(wishes), 4)), [-1] * len(wishes), np.zeros(len(wishes))
    for _ in range(ROUNDS):
        before = list(chosen)
        for place in order:
            wish = wishes[place]
            boxes[place] = 0.0
            covered = _covered(wish.middles, boxes)
            costs = wish.costs + 2.0 * (COVERED * covered + WRONG * (covered > 0.0))
            chosen[place] = choice = int(np.argmin(costs))
            found[place] = costs[choice]
            boxes[place] = *(wish.middles[choice] - LETTERS), *(wish.middles[choice] + LETTERS)
        if chosen == before:
            break
    return chosen, found


def _wishes(drawing: GraphDrawing, saying: Collection[int], sums: Iterable[QRectF]) -> list[_NumberWish]:
    """Return a wish for every number of an edge, level edges first: they have the least choice."""
    links = drawing.links
    taken = [knot.box.adjusted(-1, -20 if knot.named else -1, 1, 1) for knot in drawing.knots]
    still = _rows([*taken, drawing.exit.adjusted(0, 0, 0, EXIT_BELOW), *sums])
    lanes = [_lane_points(link) for link in links]
    points, of = np.concatenate(lanes), np.repeat(np.arange(len(links)), [len(lane) for lane in lanes])
    sources = np.array([link.source for link in links])[of]
    wishes = []
    order = sorted(range(len(links)), key=lambda number: _cost(links[number]))
    for under, number in product((False, True), order):  # values first: they are there from the beginning
        link = links[number]
        if (link.plain or link.idle) if under else number not in saying:
            continue
        others = points[of != number if under else sources != link.source]  # a value is true of all of these
        wishes.append(_wish(number, link, under, lanes[number], others, still))
    return wishes


def _wish(
    number: int, link: DrawnEdge, under: bool, own: Coordinates, others: Coordinates, still: Coordinates
) -> _NumberWish:
    """Judge each place of a number by what is ``still`` there, its ``own`` lanes and those of ``others``."""
    middles = _beside(*_way(link), under=under).round()  # so that kept pictures hold
    away, near = _away(middles, own, others, LONG_DIGITS)
    apart = 2.0 * np.maximum(away - LOOSE, 0.0) + TOUCHING * (away < 1.0)
    costs = COSTS + apart + COVERED * _covered(middles, still) + STRAYED * near + WRONG * (near > NEARER)
    best = np.argsort(costs)[:SIDED]
    places = middles[best] + SIDES[:, None, None] * ((HALF - SHORT) * (1.0, 0.0))
    away, short = (found.reshape(SIDES.size, -1) for found in _away(places.reshape(-1, 2), own, others, SHORT))
    side, each = np.argmin(10.0 * short + away, axis=0), np.arange(best.size)
    short = short[side, each]
    costs = costs[best] + STRAYED * short + WRONG * (short > NEARER)
    return _NumberWish(number, under, middles[best], costs, SIDES[side])


def _away(
    middles: Coordinates, own: Coordinates, others: Coordinates, half: Coordinates
) -> tuple[Coordinates, Coordinates]:
    """Both (n,): how far boxes of this half size are from their own lanes, and how much too near to those of others."""
    away = _distances(middles, own, half)
    return away, np.maximum(away + CLEAR - _distances(middles, others, half), 0.0)


def _lane_points(link: DrawnEdge) -> Coordinates:
    """(m, 2): points all along both lanes of an edge."""
    way = _points(link, np.linspace(0.0, 1.0, 2 + int(link.path.length() / DENSE)))
    start = link.path.elementAt(0)
    firsts = (lane.path.elementAt(0) for lane in link.lanes if lane is not None)
    return np.concatenate([way + np.array((first.x - start.x, first.y - start.y)) for first in firsts])


def _saying(drawing: GraphDrawing) -> set[int]:
    """The link of each operation that its value stands at: the most level, then the shortest. Leaves say theirs."""
    found: dict[int, int] = {}
    links = drawing.links
    for number, link in enumerate(links):
        best = found.get(link.source)
        if drawing.knots[link.source].named and (best is None or _cost(link) < _cost(links[best])):
            found[link.source] = number
    return set(found.values())


def _cost(link: DrawnEdge) -> tuple[float, float]:
    return round(_rise(link)), link.path.length()


def _rise(link: DrawnEdge) -> float:
    """How far an edge rises or falls."""
    return abs(link.path.elementAt(link.path.elementCount() - 1).y - link.path.elementAt(0).y)


def _at_middle(link: DrawnEdge, *, value: bool) -> EdgeLabel:
    at, off = link.at(0.5), QPointF(0.0, LANE + GAPS[0] + HEIGHT / 2)
    return EdgeLabel(at - off if value else None, None if link.idle else at + off)


def _fans_out(drawing: GraphDrawing, knot: Knot) -> bool:
    """Return whether several gradients arrive at a leaf: their sum stands under it."""
    return knot.sort is Sort.LEAF and len(drawing.out_of.get(knot.index, ())) > 1


def _sum_box(knot: Knot) -> QRectF:
    return QRectF(knot.centre.x() - WIDTH / 2, knot.box.bottom() + 2.0, WIDTH, SUM_HEIGHT)


def _way(link: DrawnEdge) -> tuple[Coordinates, Coordinates]:
    """Both (n, 2): the points after shares of the way, and the directions to the left of it there, of length 1."""
    points = _points(link, np.concatenate((SHARES - AHEAD, SHARES, SHARES + AHEAD)))
    before, at, after = np.split(points, 3)
    x, y = (after - before).T
    return at, np.stack([y, -x], axis=1) / np.maximum(np.hypot(x, y), 1e-9)[:, None]


def _beside(points: Coordinates, left: Coordinates, *, under: bool) -> Coordinates:
    """(n, 2): the middles that a number may have, in the order of :data:`COSTS`: above an edge that runs to the right,
    or ``under`` it; on the right of one that runs down; then on its lane, and on the other side."""
    beside = LANE + (THICK if under else 0.0) + np.abs(left) @ HALF
    off = np.concatenate([GAPS[:, None] + beside, np.full((1, len(points)), LANE), -OTHER_GAPS[:, None] - beside])
    places: Coordinates = points + (-1.0 if under else 1.0) * left * off[..., None]
    return places.reshape(-1, 2)


def _points(link: DrawnEdge, shares: Coordinates) -> Coordinates:
    """(n, 2): the points after shares of the way."""
    return np.array([link.at(share).toTuple() for share in shares.tolist()])


def _around(at: QPointF) -> QRectF:
    """The room of a number whose middle is there."""
    return QRectF(at.x() - WIDTH / 2, at.y() - HEIGHT / 2, WIDTH, HEIGHT)


def _rows(boxes: Sequence[QRectF]) -> Coordinates:
    """(n, 4): left, top, right, bottom."""
    return np.array([(box.left(), box.top(), box.right(), box.bottom()) for box in boxes])


def _covered(middles: Coordinates, taken: Coordinates) -> Coordinates:
    """(n,): how much of what is taken (m, 4) long numbers with their middles there (n, 2) cover, in square units."""
    low, high = middles.min(axis=0) - LETTERS, middles.max(axis=0) + LETTERS
    taken = taken[np.all((taken[:, 2:] > low) & (taken[:, :2] < high), axis=1)]
    over = np.minimum(taken[:, 2:], middles[:, None] + LETTERS) - np.maximum(taken[:, :2], middles[:, None] - LETTERS)
    covered: Coordinates = np.prod(np.maximum(over, 0.0), axis=2).sum(axis=1)
    return covered


def _distances(middles: Coordinates, points: Coordinates, half: Coordinates) -> Coordinates:
    """(n,): how far the nearest of the points (m, 2) is from a box of this half size round each of the middles (n, 2),
    up to :data:`FAR_REACH`."""
    reach = half + FAR_REACH
    near = points[np.all((points > middles.min(axis=0) - reach) & (points < middles.max(axis=0) + reach), axis=1)]
    across, down = (np.abs(near[:, axis] - middles[:, axis, None]) - half[axis] for axis in (0, 1))
    np.maximum(across, 0.0, out=across)
    np.maximum(down, 0.0, out=down)
    nearest: Coordinates = np.sqrt((across * across + down * down).min(axis=1, initial=FAR_REACH**2))
    return nearest
