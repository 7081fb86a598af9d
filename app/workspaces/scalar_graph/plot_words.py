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
    hidden = [sum(_within(box, line) for line in lines) for box in boxes]
    return min(range(len(boxes)), key=lambda number: (hidden[number], number != former, number))


def _within(box: QRectF, line: NDArray[np.float64]) -> int:
    """How many pieces of a line meet a box, clipped piece by piece (Liang and Barsky 1984)."""
    (x, y), frame = line, box.adjusted(-CLEAR, -CLEAR, CLEAR, CLEAR)
    enter, leave = np.zeros(len(x) - 1), np.ones(len(x) - 1)
    ways = ((x, frame.left(), frame.right()), (y, frame.top(), frame.bottom()))
    for start, along, low, high in ((one[:-1], np.diff(one), low, high) for one, low, high in ways):
        level = along == 0.0
        step = np.where(level, 1.0, along)
        first, last = (low - start) / step, (high - start) / step
        outside = level & ((start < low) | (start > high))
        enter = np.maximum(enter, np.where(level, np.where(outside, 2.0, 0.0), np.minimum(first, last)))
        leave = np.minimum(leave, np.where(level, 1.0, np.maximum(first, last)))
    return int((enter <= leave).sum())
