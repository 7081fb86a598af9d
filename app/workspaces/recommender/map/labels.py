"""Where names go on the map: beside their points, over nothing else, and never over the edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

GAP = 4.0
"""Pixels between a mark and its name."""
_SIDES = ((1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0))


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
    wishes: Iterable[Wish], room: QRectF, taken: Sequence[QRectF], height: float, before: dict[int, Label]
) -> list[Label]:
    """As many of the names as find a free place, the first ones first; ``taken``: what they must not cover.

    Each stays on the side on which it was ``before``, where that is still free.
    """
    boxes = np.array([_corners(box) for box in taken], np.float64).reshape(-1, 4)
    made: list[Label] = []
    for wish in wishes:
        kept = before.get(wish.row)
        order = range(4) if kept is None else (kept.side, *(side for side in range(4) if side != kept.side))
        for side in order:
            box = _box(wish, side, height)
            if room.contains(box) and not _covers(boxes, box):
                made.append(Label(wish.row, box, wish.strong, side))
                boxes = np.vstack([boxes, [_corners(box)]])
                break
    return made


def _box(wish: Wish, side: int, height: float) -> QRectF:
    across, down = _SIDES[side]
    away = wish.reach + GAP
    x = wish.point.x() + across * away + (across - 1.0) * wish.width / 2
    y = wish.point.y() + down * away + (down - 1.0) * height / 2
    return QRectF(x, y, wish.width, height)


def _corners(box: QRectF) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.right(), box.bottom()


def _covers(boxes: NDArray[np.float64], box: QRectF) -> bool:
    left, top, right, bottom = _corners(box)
    apart = (boxes[:, 0] >= right) | (boxes[:, 2] <= left) | (boxes[:, 1] >= bottom) | (boxes[:, 3] <= top)
    return not bool(apart.all())
