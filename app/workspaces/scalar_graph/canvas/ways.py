"""What numbers of a drawing keep clear of: boxes that are taken, and the lanes of edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF

from app.workspaces.scalar_graph.canvas.drawing import Link

SPACING = 9.0
"""A point of a lane every so many units."""
PLAINLY = 1.5
"""Any other edge is at least so many times as far from a number as its own."""
OVER_LIKE, UNDER_LIKE, MISREAD = 24.0, 44.0, 30.0
"""So far over an edge its value is looked for, and so far under it its product; how bad another's is there."""
STRAYED, WRONG_SIDE = 60.0, 50.0
"""How bad it is that another edge is nearer than a number's own, and that a product stands over it or a value under
it."""
REACH = 90.0
"""Edges that are further from a number than this are never taken for its own."""
MANY = 100
"""Of so many boxes it pays to look first which of those that are taken are near."""

Coordinates = NDArray[np.float64]


class Way:
    """The middle of an edge as points (n, 2), one every :data:`SPACING` units."""

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

    def line_from(self, box: NDArray[np.float64]) -> QLineF:
        """From the middle of a box (4,) to the nearest point of the edge."""
        middle = (box[:2] + box[2:]) / 2
        nearest = self.points[np.square(self.points - middle).sum(axis=1).argmin()]
        return QLineF(*middle.tolist(), *nearest.tolist())

    def wrong(self, middles: NDArray[np.float64], *, under: bool) -> NDArray[np.bool_]:
        """Which of the middles (n, 2) lie on the wrong side of the edge: over it, of products (``under``), or under it,
        of values."""
        level = np.interp(middles[:, 0], self._found[:, 0], self._found[:, 1])
        side: NDArray[np.bool_] = middles[:, 1] < level if under else middles[:, 1] > level
        return side


class LanePoints:
    """Points of all lanes, which numbers should not cover."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self._all = np.concatenate([way.points for way in ways]) if ways else np.empty((0, 2))
        ends = np.cumsum([len(way.points) for way in ways])
        self._own = {id(way): slice(end - len(way.points), end) for way, end in zip(ways, ends.tolist(), strict=True)}

    def astray(self, boxes: NDArray[np.float64], way: Way, *, under: bool) -> NDArray[np.float64]:
        """How bad it is that numbers stand in the boxes (n, 4): how much too near the nearest other way is to their
        middle, :data:`STRAYED` where it is nearer than their own, :data:`MISREAD` for a value under another way or a
        product (``under``) over one, as that one's own would, and :data:`WRONG_SIDE` for the same of their own; 0 where
        a number plainly belongs to its own."""
        middles, own = (boxes[:, :2] + boxes[:, 2:]) / 2, self._own[id(way)] if self._own else slice(0)
        near = np.all((self._all > middles.min(axis=0) - REACH) & (self._all < middles.max(axis=0) + REACH), axis=1)
        near[own] = False
        others = self._all[near]
        wrong = np.where(way.wrong(middles, under=under), WRONG_SIDE, 0.0)
        if not len(others):
            return wrong
        beside = np.sqrt(_squares(middles, self._all[own]).min(axis=1))
        other = np.sqrt(_squares(middles, others).min(axis=1))
        down = middles[:, 1, None] - others[:, 1]
        like = (down < 0.0) & (down > -OVER_LIKE) if under else (down > 0.0) & (down < UNDER_LIKE)
        like &= np.abs(middles[:, 0, None] - others[:, 0]) < SPACING
        nearer = np.maximum(PLAINLY * beside - other, 0.0) + STRAYED * (beside >= other)
        astray: NDArray[np.float64] = nearer + MISREAD * like.any(axis=1) + wrong
        return astray

    def lost(self, box: NDArray[np.float64], way: Way, *, under: bool) -> bool:
        """Whether a number there is taken for another edge's: that is nearer to its middle or runs through it, or it
        stands on the wrong side of its own."""
        middle, own = (box[:2] + box[2:])[None] / 2, self._own[id(way)]
        least = _squares(middle, self._all[own]).min()
        others = np.delete(self._all, own, axis=0)
        crossed = np.all((others > box[:2]) & (others < box[2:]), axis=1).sum() > 1
        nearer = len(others) > 0 and _squares(middle, others).min() <= least
        return bool(way.wrong(middle, under=under)[0] or nearer or crossed)

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


def _squares(middles: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The squared distance of each of the middles (n, 2) from each of the points (m, 2)."""
    across, down = middles[:, 0, None] - points[:, 0], middles[:, 1, None] - points[:, 1]
    squares: NDArray[np.float64] = across * across + down * down
    return squares


class Taken:
    """Boxes that are not to be covered, as one array that grows."""

    def __init__(self, boxes: Sequence[QRectF], links: int) -> None:
        self._rows = np.zeros((2 * len(boxes) + 2 * links, 4))
        self._count = 0
        self.add(*boxes)

    @property
    def rows(self) -> Coordinates:
        """(n, 4): left, top, right, bottom, in the order in which they were taken."""
        return self._rows[: self._count]

    def add(self, *boxes: QRectF) -> int:
        """Take more; the row of the last one."""
        for box in boxes:
            self._rows[self._count] = edges_of(box)
            self._count += 1
        return self._count - 1

    def covered(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """How much of them each of the boxes (n, 4) covers, in square units."""
        taken = self.rows
        if len(boxes) > MANY:
            (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
            near = (taken[:, 0] < right) & (taken[:, 2] > left) & (taken[:, 1] < bottom) & (taken[:, 3] > top)
            taken = taken[near]
        across = np.minimum(taken[:, 2], boxes[:, 2, None]) - np.maximum(taken[:, 0], boxes[:, 0, None])
        down = np.minimum(taken[:, 3], boxes[:, 3, None]) - np.maximum(taken[:, 1], boxes[:, 1, None])
        covered: NDArray[np.float64] = (np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum(axis=1)
        return covered


def edges_of(box: QRectF) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    return box.left(), box.top(), box.right(), box.bottom()
