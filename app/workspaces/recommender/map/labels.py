"""Where names go on the map: beside their points, over nothing else, and never over the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

GAP = 4.0
"""Pixels between a mark and its name."""
_SIDES = np.array([(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])
_NOWHERE = -1e9


@dataclass(frozen=True, slots=True)
class Wish:
    """A name to be placed. ``reach``: how far its mark extends from ``point``, in pixels; ``width``: of the text."""

    row: int
    point: QPointF
    reach: float
    width: float
    strong: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name in its place; ``side``: which of the four sides of its mark."""

    row: int
    box: QRectF
    strong: bool
    side: int


def place(
    wishes: Sequence[Wish], room: QRectF, taken: Sequence[QRectF], height: float, before: dict[int, Label]
) -> list[Label]:
    """As many of the names as find a free place, the first ones first; ``taken``: what they must not cover.

    Each stays on the side on which it was ``before``, where that is still free.
    """
    boxes = np.full((len(taken) + len(wishes), 4), _NOWHERE)
    boxes[: len(taken)] = np.array([_corners(box) for box in taken]).reshape(-1, 4)
    count = len(taken)
    made: list[Label] = []
    for wish in wishes:
        offered = _boxes(wish, height)
        free = _inside(offered, room) & _apart(offered, boxes[:count])
        kept = before.get(wish.row)
        side = kept.side if kept is not None and free[kept.side] else int(free.argmax())
        if free[side]:
            left, top, right, bottom = offered[side].tolist()
            made.append(Label(wish.row, QRectF(left, top, right - left, bottom - top), wish.strong, side))
            boxes[count] = offered[side]
            count += 1
    return made


def _boxes(wish: Wish, height: float) -> NDArray[np.float64]:
    """The places on the four sides, (4, 4): left, top, right and bottom of each."""
    size = np.array([wish.width, height])
    corner = np.array([wish.point.x(), wish.point.y()]) + _SIDES * (wish.reach + GAP) + (_SIDES - 1.0) / 2.0 * size
    return np.hstack([corner, corner + size])


def _inside(boxes: NDArray[np.float64], room: QRectF) -> NDArray[np.bool_]:
    """Which of the boxes lie within."""
    left, top, right, bottom = _corners(room)
    return (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)


def _apart(boxes: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the boxes cover none of those that are taken."""
    mine = boxes[:, None]
    apart = (taken[:, :2] >= mine[..., 2:]) | (taken[:, 2:] <= mine[..., :2])
    return np.asarray(np.all(np.any(apart, axis=2), axis=1))


def _corners(box: QRectF) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.right(), box.bottom()
