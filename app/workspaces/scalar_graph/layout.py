"""Where everything of a scalar graph is drawn, in scene units (pixels at zoom 1): nodes, edges, lanes and numbers."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from app.kit.formula.boxes import Box, Maths

ROW = 118.0
"""From one node to the next beneath it: an operation with its name above it and its numbers beneath."""
FEW, COLUMN, CLOSE = 14, 144.0, 130.0
"""From one node to the next across, in a drawing of so few nodes, and in one of more, which is to be read whole."""
WIDER, WIDEST, SHAPE = 24.0, 216.0, 1.8
"""Where a drawing of few nodes is high for its width, columns are so much further apart, up to the widest, until it is
so many times as wide as high, as the canvas is."""
CHANNEL, MOST_ROOM = 44.0, 104.0
"""Edges turn up or down in the channels between the columns; in these, nodes and numbers take the rest of the width, as
far as they need it."""
RADIUS, SMALL, TALL = 22.0, 14.0, 46.0
"""Of an operation's circle and of a constant's; a leaf's box is as wide as a column."""
ABOVE, LINE = 22.0, 20.0
"""Over a node is its name; beneath it are its numbers in lines, each so high."""
EXIT_WIDTH, EXIT_HEIGHT, EXIT_AWAY, EXIT_BELOW = 98.0, 46.0, 38.0, 36.0
"""Under the box of the result stands the seed."""
ASIDE = 14.0
TIP, LEAD = 5.0, 9.0
"""An arrow ends so far before the node, and runs level so far at least."""
SLOT, SLOTS = 22.0, 30.0
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
    """A node with its numbers: ``room`` is the width of both. ``listed``: how many of the edges that leave it have a
    line of their own; ``says_value`` and ``says_gradient``: whether these stand beneath it."""

    index: int
    key: Hashable
    sort: Sort
    centre: QPointF
    room: float = MOST_ROOM
    listed: int = 0
    says_value: bool = False
    says_gradient: bool = False

    @property
    def box(self) -> QRectF:
        """The area of its shape."""
        if self.sort is Sort.LEAF:
            return QRectF(self.centre.x() - self.room / 2, self.centre.y() - TALL / 2, self.room, TALL)
        r = SMALL if self.sort is Sort.CONSTANT else RADIUS
        return QRectF(self.centre.x() - r, self.centre.y() - r, 2 * r, 2 * r)

    @property
    def named(self) -> bool:
        """Its name stands over it; a leaf's and a constant's are on them."""
        return self.sort in (Sort.OPERATION, Sort.COLLAPSED)

    @property
    def value_box(self) -> QRectF:
        """The room of its value, the first line; empty where that stands elsewhere."""
        return self._line(0) if self.says_value else QRectF()

    def listed_box(self, line: int) -> QRectF:
        """The room of what comes back along an edge that has a line of its own."""
        return self._line(self.says_value + line)

    @property
    def gradient_box(self) -> QRectF:
        """The room of its gradient, the last line; empty where it has none."""
        return self._line(self.says_value + self.listed) if self.says_gradient else QRectF()

    @property
    def cell(self) -> QRectF:
        """The area that it takes with its name and its numbers."""
        lines = self.says_value + self.listed + self.says_gradient
        box = QRectF(self.centre.x() - self.room / 2, self.box.top(), self.room, self.box.height() + LINE * lines)
        return box.adjusted(0.0, -ABOVE, 0.0, 2.0) if self.named else box.adjusted(0.0, -2.0, 0.0, 2.0)

    def _line(self, number: int) -> QRectF:
        return QRectF(self.centre.x() - self.room / 2, self.box.bottom() + 2.0 + LINE * number, self.room, LINE)


@dataclass(frozen=True)
class DrawnEdge:
    """An edge from a node to input ``slot`` of another; its lanes run to both sides of these ``points``."""

    source: int
    target: int
    slot: int
    points: tuple[QPointF, ...]
    plain: bool
    """From a constant, whose number stands on its node."""
    idle: bool = False
    """From a constant, or from what constants alone come to: nothing is handed back along it."""
    line: int | None = None
    """The line beneath its source at which it begins, where that fans out."""

    @cached_property
    def path(self) -> QPainterPath:
        """Its middle."""
        return path_through(self.points)

    @property
    def straight(self) -> Iterable[QLineF]:
        """The same as straight pieces, for a look from afar."""
        return map(QLineF, self.points, self.points[1:])

    @cached_property
    def lanes(self) -> tuple[Lane, Lane | None]:
        """Forward and, unless it is idle, backward."""
        return lanes_of(self.points, single=self.idle)

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
        total = self.exit.adjusted(0.0, 0.0, 0.0, EXIT_BELOW)
        for knot in self.knots:
            total = total.united(knot.cell)
        for link in self.links:
            for point in link.points:
                total = total.united(QRectF(point.x(), point.y() - LANE, 1.0, 2 * LANE))
        return total.adjusted(-ASIDE, 0.0, ASIDE, 0.0) if self.knots else QRectF()

    def prepare(self) -> None:
        """Work out what a look through all of it takes, so that the first picture need not."""
        _ = self.bounds, self.by_key, self._link_boxes, self._knot_boxes, self._middles

    def listed(self, knot: Knot) -> Iterable[DrawnEdge]:
        """The links that leave a node, if they have lines of their own there."""
        return (self.links[index] for index in self.out_of.get(knot.index, ())) if knot.listed else ()

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
        pieces = [(index, line) for index, link in enumerate(self.links) for line in link.straight]
        rects = (QRectF(line.p1(), line.p2()).normalized().adjusted(-60, -40, 60, 60) for _, line in pieces)
        return _boxes(rects), np.array([index for index, _ in pieces], dtype=np.intp)

    @cached_property
    def _knot_boxes(self) -> NDArray[np.float64]:
        return _boxes(knot.cell.adjusted(-10, -10, 10, 10) for knot in self.knots)

    @cached_property
    def by_key(self) -> dict[Hashable, Knot]:
        """Nodes by the key that stays theirs across edits."""
        return {knot.key: knot for knot in self.knots}

    @cached_property
    def exit_lanes(self) -> tuple[Lane, Lane]:
        """From the output to its box, and back."""
        knot = self.knots[self.output]
        ends = QPointF(knot.box.right() + TIP, knot.centre.y()), QPointF(self.exit.left() - TIP, knot.centre.y())
        forward, backward = lanes_of(ends, single=False)
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


def _column(places: Sequence[Place]) -> float:
    """How far columns are apart."""
    if len(places) > FEW:
        return CLOSE
    columns, rows = zip(*places, strict=True) if places else ((0.0,), (0.0,))
    across, high = max(columns) - min(columns), (max(rows) - min(rows) + 1.0) * ROW
    column = COLUMN
    while column + WIDER <= WIDEST and across * (column + WIDER) + MOST_ROOM + EXIT_WIDTH < SHAPE * high:
        column += WIDER
    return column


def drawing_of(
    keys: Sequence[Hashable],
    sorts: Sequence[Sort],
    parents: Sequence[Sequence[int]],
    output: int,
    places: Sequence[Place],
    bends: Mapping[tuple[int, int], Sequence[Place]],
    live: Sequence[bool],
    listed: Sequence[int],
) -> GraphDrawing:
    """The drawing of a laid-out graph: each node and its numbers fill a cell of their column, and edges run level
    through the columns, between the cells. ``bends``: by (target, slot), the places an edge passes through; ``live``:
    the nodes that need a gradient; ``listed``: of each node, how many of its edges have a line of their own."""
    column = _column(places)
    room = min(column - CHANNEL, MOST_ROOM)
    knots = _knots(keys, sorts, output, [_point(place, column) for place in places], room, live, listed)
    passed = {edge: [_point(place, column) for place in passing] for edge, passing in bends.items()}
    ends = {
        (target, slot): end
        for target, sources in enumerate(parents)
        for slot, end in _ends(knots[target], [knots[source] for source in sources]).items()
    }
    heights = {edge: (*passed.get(edge, ()), end)[0].y() for edge, end in ends.items()}
    lines = _lines(knots, parents, heights)
    links: list[DrawnEdge] = []
    into: dict[int, tuple[int, ...]] = {}
    out_of: dict[int, tuple[int, ...]] = {}
    for (target, slot), end in ends.items():
        source, line = knots[parents[target][slot]], lines.get((target, slot))
        into[target] = (*into.get(target, ()), len(links))
        out_of[source.index] = (*out_of.get(source.index, ()), len(links))
        way = _way(source, knots[target], line, passed.get((target, slot), ()), end)
        idle = not live[source.index]
        links.append(DrawnEdge(source.index, target, slot, way, source.sort is Sort.CONSTANT, idle, line))
    return GraphDrawing(knots, tuple(links), output, _exit_box(knots, output), into, out_of)


def _point(place: Place, column: float) -> QPointF:
    return QPointF(place[0] * column, place[1] * ROW)


def _knots(
    keys: Sequence[Hashable],
    sorts: Sequence[Sort],
    output: int,
    points: Sequence[QPointF],
    room: float,
    live: Sequence[bool],
    listed: Sequence[int],
) -> tuple[Knot, ...]:
    """The nodes at these points. What the output is worth, and the seed, stand in and under the box behind it."""
    return tuple(
        Knot(
            index,
            key,
            sort,
            points[index],
            room,
            listed[index],
            says_value=index != output and sort in (Sort.OPERATION, Sort.COLLAPSED),
            says_gradient=index != output and live[index],
        )
        for index, (key, sort) in enumerate(zip(keys, sorts, strict=True))
    )


def _exit_box(knots: Sequence[Knot], output: int) -> QRectF:
    """The box behind the output, to the right of everything."""
    if not knots:
        return QRectF()
    left = max(knots[output].box.right() + EXIT_AWAY, max(knot.cell.right() for knot in knots) + TIP)
    return QRectF(left, knots[output].centre.y() - EXIT_HEIGHT / 2, EXIT_WIDTH, EXIT_HEIGHT)


def _lines(
    knots: Sequence[Knot], parents: Sequence[Sequence[int]], heights: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], int]:
    """The line of each edge that has one, by (target, slot): from top to bottom as they lead, so that none cross."""
    leaving: dict[int, list[tuple[int, int]]] = {}
    for target, slot in sorted(heights, key=heights.__getitem__):
        leaving.setdefault(parents[target][slot], []).append((target, slot))
    return {edge: line for source, edges in leaving.items() if knots[source].listed for line, edge in enumerate(edges)}


def _ends(target: Knot, sources: Sequence[Knot]) -> dict[int, QPointF]:
    """Where edges end at a node, by slot: one beneath another at its left side, at its top those of its column."""
    slots = [slot for slot, source in enumerate(sources) if not _is_above(source, target)]
    ends = {slot: QPointF(target.centre.x(), target.box.top() - TIP) for slot in range(len(sources))}
    radius, apart = target.box.width() / 2, min(SLOT, SLOTS / max(len(slots) - 1, 1))
    for number, slot in enumerate(slots):
        off = apart * (number - (len(slots) - 1) / 2)
        ends[slot] = target.centre + QPointF(-math.sqrt(max(radius * radius - off * off, 0.0)) - TIP, off)
    return ends


def _is_above(source: Knot, target: Knot) -> bool:
    """Return whether a node stands in the column of one that uses it."""
    return abs(source.centre.x() - target.centre.x()) < 1.0


def _way(source: Knot, target: Knot, line: int | None, bends: Iterable[QPointF], end: QPointF) -> tuple[QPointF, ...]:
    """The points of an edge: level through the columns, up and down between them; straight down within one."""
    if _is_above(source, target):
        return QPointF(source.centre.x(), source.cell.bottom() + TIP), end
    begin = QPointF(source.box.right(), source.centre.y())
    if line is not None:
        row = source.listed_box(line)
        begin = QPointF(row.right(), row.center().y())
    half = QPointF(source.room / 2, 0.0)
    turn = max(source.cell.right(), begin.x() + TIP + LEAD)
    points = [begin + QPointF(TIP, 0.0), QPointF(turn, begin.y())]
    for bend in bends:
        points += [bend - half, bend + half]
    return (*points, QPointF(target.centre.x() - half.x(), end.y()), end)


def path_through(points: Sequence[QPointF]) -> QPainterPath:
    """The curve through the points: level at each of them, unless two stand one above another."""
    path = QPainterPath(points[0])
    for before, after in pairwise(points):
        if abs(after.y() - before.y()) < 1.0 or abs(after.x() - before.x()) < 1.0:
            path.lineTo(after)
        else:
            half = (after.x() - before.x()) / 2
            path.cubicTo(QPointF(before.x() + half, before.y()), QPointF(after.x() - half, after.y()), after)
    return path


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


def lanes_of(points: Sequence[QPointF], *, single: bool) -> tuple[Lane, Lane | None]:
    """Forward and backward lane of an edge; a ``single`` one has no way back."""
    if single:
        return _lane(path_through(points), at_end=True), None
    forward, backward = (path_through(_beside(points, side)) for side in (-LANE, LANE))
    return _lane(forward, at_end=True), _lane(backward, at_end=False)


def _beside(points: Sequence[QPointF], off: float) -> list[QPointF]:
    """The points so far on the right-hand side of the way: also where it runs up or down, so that lanes stay apart."""
    if abs(points[-1].x() - points[0].x()) < 1.0:
        return [point - QPointF(math.copysign(off, off * (points[-1].y() - points[0].y())), 0.0) for point in points]
    found = [point + QPointF(0.0, off) for point in points]
    for number, (before, after) in enumerate(pairwise(points)):
        way = QLineF(before, after)
        if abs(way.dy()) >= 1.0:
            aside = QPointF(-off * way.dy() / way.length(), 0.0)
            found[number] += aside
            found[number + 1] += aside
    return found


def _lane(path: QPainterPath, *, at_end: bool) -> Lane:
    tip = path.pointAtPercent(1.0 if at_end else 0.0)
    way = QLineF(path.pointAtPercent(1.0 - NEAR if at_end else NEAR), tip)
    length = way.length()
    along = QPointF(way.dx() / length, way.dy() / length) if length else QPointF(1.0, 0.0)
    return Lane(path, tip, along)
