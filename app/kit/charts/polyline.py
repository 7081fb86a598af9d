"""Many points as a line for Qt, without an object for each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import create_qpolygonf, ndarray_from_qpolygonf
from PySide6.QtGui import QPolygonF

FURTHEST = 1e150
"""Beyond this a height counts as no more: products of larger ones are no numbers."""


def polyline(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    """The points (n,), (n,) in order, in pixels."""
    line: QPolygonF = create_qpolygonf(len(x))
    if len(x):
        points = ndarray_from_qpolygonf(line)
        points[:, 0], points[:, 1] = x, y
    return line


def within(
    x: NDArray[np.float64], y: NDArray[np.float64], low: float, high: float
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """The parts of a line (n,), (n,) with y between ``low`` and ``high``, cut where it crosses these: an SVG knows no
    clipping."""
    if len(y) and y.min() >= low and y.max() <= high:
        return [(x, y)]
    x, y = _with_crossings(*_with_crossings(x, np.clip(y, -FURTHEST, FURTHEST), low), high)
    inside = (y >= low) & (y <= high)
    edges = np.flatnonzero(np.diff(inside.astype(np.int8))) + 1
    parts = zip(np.split(x, edges), np.split(y, edges), np.split(inside, edges), strict=True)
    return [(xs, ys) for xs, ys, kept in parts if len(xs) and kept[0]]


def _with_crossings(
    x: NDArray[np.float64], y: NDArray[np.float64], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The line with a point of its own wherever it crosses a level."""
    at = np.flatnonzero((y[:-1] - level) * (y[1:] - level) < 0.0)
    share = (level - y[at]) / (y[at + 1] - y[at])
    return np.insert(x, at + 1, x[at] + share * (x[at + 1] - x[at])), np.insert(y, at + 1, level)
