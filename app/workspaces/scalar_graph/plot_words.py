"""Where words about a point of a plot stand: where they hide least of its lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

LINE, OVER, UNDER, ASIDE = 16.0, 12.0, 14.0, 10.0
"""Of a line of the words, and how far from their point they end or begin."""
LEVELS = 5
"""So many steps from the top of the room to its foot."""
CLEAR = 2.0
"""Pixels that a line keeps from words it does not run through."""


def places_about(at: QPointF, width: float, room: QRectF, lines: int = 1) -> tuple[QRectF, ...]:
    """Boxes for so many ``lines`` of words so wide, all within the ``room`` as far as it is wide enough: about their
    point, then at both sides of the room, the heights that are nearest to the point's first."""
    right, left = at.x() + ASIDE, at.x() - ASIDE - width
    height = lines * LINE
    over, under = at.y() - OVER - height, at.y() + UNDER
    near = [(right, under), (left, over), (right, over), (left, under)]
    lowest, furthest = room.bottom() - height, room.right() - width
    heights = [room.top() + share / LEVELS * (lowest - room.top()) for share in range(LEVELS + 1)]
    sides = [(x, y) for y in sorted(heights, key=lambda y: abs(y - at.y())) for x in (furthest, room.left())]
    return tuple(
        QRectF(max(min(x, furthest), room.left()), max(min(y, lowest), room.top()), width, height)
        for x, y in (*near, *sides)
    )


def freest(boxes: Sequence[QRectF], lines: Sequence[NDArray[np.float64]], former: int = 0) -> int:
    """The number of the box that least of the lines runs through, (2, n) each: x and y of the points that it joins,
    NaN where it is broken. Of several the ``former`` one, else the first."""
    corners = [one.adjusted(-CLEAR, -CLEAR, CLEAR, CLEAR).getCoords() for one in boxes]
    frames = np.array(corners).T[:, :, np.newaxis]
    hidden = sum((_within(frames, line) for line in lines), np.zeros(len(boxes), np.int64)).tolist()
    return min(range(len(boxes)), key=lambda number: (hidden[number], number != former, number))


def _within(frames: NDArray[np.float64], line: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many pieces of a line meet each box, clipped piece by piece (Liang and Barsky 1984). ``frames`` (4, boxes, 1)
    are left, top, right and bottom; all at once, for a call of numpy takes longer than what it works out."""
    enter, leave = np.zeros((frames.shape[1], line.shape[1] - 1)), np.ones((frames.shape[1], line.shape[1] - 1))
    for start, along, low, high in zip(line[:, :-1], np.diff(line), frames[:2], frames[2:], strict=True):
        level = along == 0.0
        step = np.where(level, 1.0, along)
        first, last = (low - start) / step, (high - start) / step
        outside = level & ((start < low) | (start > high))
        enter = np.maximum(enter, np.where(level, np.where(outside, 2.0, 0.0), np.minimum(first, last)))
        leave = np.minimum(leave, np.where(level, 1.0, np.maximum(first, last)))
    met: NDArray[np.int64] = np.sum(enter <= leave, axis=1)
    return met
