"""Where names go on the map: beside their points, over nothing else, and never over the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

GAP = 4.0
"""Pixels between a mark and its name."""
CELL = 1.0
"""Pixels of a cell of the ground: no name comes nearer to a mark than its cells."""
_SIDES = np.array([(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])


@dataclass(frozen=True, slots=True)
class Wish:
    """A name to be placed. ``reach``: how far its mark extends from ``point``, in pixels; ``width``: of the text.
    ``urgent``: it is placed over marks where no side is free, since somebody has asked for this one."""

    row: int
    point: QPointF
    reach: float
    width: float
    strong: bool
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A name in its place; ``side``: which of the four sides of its mark."""

    row: int
    box: QRectF
    strong: bool
    side: int


def place(
    wishes: Sequence[Wish], room: QRectF, taken: NDArray[np.floating], height: float, before: dict[int, Label]
) -> list[Label]:
    """As many of the names as find a free place, the first ones first; ``taken`` (n, 4): left, top, right and bottom of
    what they must not cover.

    Each stays on the side on which it was ``before``, where that is still free.
    """
    if not wishes:
        return []
    offered = _boxes(wishes, height)
    inside = _inside(offered, room)
    possible = inside & _Ground(room, taken).is_free(offered)
    pressed = np.array([wish.urgent for wish in wishes]) & ~possible.any(axis=1)
    possible[pressed] = inside[pressed]
    boxes = np.empty((len(wishes), 4))
    made: list[Label] = []
    for at in np.flatnonzero(possible.any(axis=1)).tolist():
        wish, free = wishes[at], possible[at] & _apart(offered[at], boxes[: len(made)])
        kept = before.get(wish.row)
        side = kept.side if kept is not None and free[kept.side] else int(free.argmax())
        if free[side]:
            left, top, right, bottom = offered[at, side].tolist()
            boxes[len(made)] = offered[at, side]
            made.append(Label(wish.row, QRectF(left, top, right - left, bottom - top), wish.strong, side))
    return made


class _Ground:
    """Which cells of the room the marks cover, summed up from its corner: however many marks there are, whether a box
    is free takes four look-ups."""

    def __init__(self, room: QRectF, taken: NDArray[np.floating]) -> None:
        self._corner = np.array([room.left(), room.top()])
        self._size = np.maximum(np.ceil(np.array([room.width(), room.height()]) / CELL), 0).astype(np.int64)
        edges = np.zeros(self._size[::-1] + 1, np.int32)
        if len(taken):
            left, top, right, bottom = self._cells(taken)
            for rows, columns, step in ((top, left, 1), (top, right, -1), (bottom, left, -1), (bottom, right, 1)):
                np.add.at(edges, (rows, columns), step)
        covered = edges.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
        self._sums = np.zeros(edges.shape, np.int32)
        covered.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, out=self._sums[1:, 1:])

    def is_free(self, boxes: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Which of the boxes, (…, 4), cover no mark."""
        left, top, right, bottom = self._cells(boxes)
        sums = self._sums
        covered = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return np.asarray(covered == 0)

    def _cells(self, boxes: NDArray[np.floating]) -> tuple[NDArray[np.int64], ...]:
        """Left, top, right and bottom of boxes, (…, 4), in whole cells, within the room."""
        low = np.floor((boxes[..., :2] - self._corner) / CELL)
        high = np.ceil((boxes[..., 2:] - self._corner) / CELL)
        low, high = (np.clip(corner, 0, self._size).astype(np.int64) for corner in (low, high))
        return low[..., 0], low[..., 1], high[..., 0], high[..., 1]


def _boxes(wishes: Sequence[Wish], height: float) -> NDArray[np.float64]:
    """The places on the four sides of each, (wishes, 4, 4): left, top, right and bottom."""
    told = np.array([(wish.point.x(), wish.point.y(), wish.reach, wish.width) for wish in wishes])[:, None]
    size = np.concatenate([told[..., 3:], np.full_like(told[..., 3:], height)], axis=2)
    corners = told[..., :2] + _SIDES * (told[..., 2:3] + GAP) + (_SIDES - 1.0) / 2.0 * size
    return np.concatenate([corners, corners + size], axis=2)


def _inside(boxes: NDArray[np.float64], room: QRectF) -> NDArray[np.bool_]:
    """Which of the boxes, (…, 4), lie within."""
    left, top, right, bottom = _corners(room)
    return (boxes[..., 0] >= left) & (boxes[..., 1] >= top) & (boxes[..., 2] <= right) & (boxes[..., 3] <= bottom)


def _apart(boxes: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the boxes cover none of those that are taken."""
    mine = boxes[:, None]
    apart = (taken[:, :2] >= mine[..., 2:]) | (taken[:, 2:] <= mine[..., :2])
    return np.asarray(np.all(np.any(apart, axis=2), axis=1))


def _corners(box: QRectF) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.right(), box.bottom()
