"""The curve of a wire as a Qt path: the same Bézier as the rasteriser's (:mod:`engine.raster.curve`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from engine.raster.curve import ease


def curve(start: QPointF, end: QPointF, path: QPainterPath | None = None) -> QPainterPath:
    """A path from ``start`` to ``end`` that leaves and arrives horizontally; added to ``path`` if one is given."""
    path = path if path is not None else QPainterPath()
    half = (end.x() - start.x()) / 2
    path.moveTo(start)
    path.cubicTo(QPointF(start.x() + half, start.y()), QPointF(end.x() - half, end.y()), end)
    return path


def loose_curve(start: QPointF, end: QPointF) -> QPainterPath:
    """A path for a wire that may also run backwards: its handles always point outwards."""
    reach = max(abs(end.x() - start.x()) / 2, min(80.0, abs(end.y() - start.y()) / 2 + 30.0))
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x() + reach, start.y()), QPointF(end.x() - reach, end.y()), end)
    return path


def height_at(x: float, x0: float, y0: ArrayLike, x1: float, y1: ArrayLike) -> NDArray[np.float64]:
    """The heights at ``x`` of curves from (x0, y0) to (x1, y1); ``y0`` and ``y1`` broadcast."""
    share, _ = ease((x - x0) / (x1 - x0) if x1 != x0 else 0.5)
    start = np.asarray(y0, dtype=np.float64)
    return start + (np.asarray(y1, dtype=np.float64) - start) * share
