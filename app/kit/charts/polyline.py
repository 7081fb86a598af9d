"""Many points as a line for Qt, without an object for each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import create_qpolygonf, ndarray_from_qpolygonf
from PySide6.QtGui import QPolygonF


def polyline(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    """The points (n,), (n,) in order, in pixels."""
    line: QPolygonF = create_qpolygonf(len(x))
    if len(x):
        points = ndarray_from_qpolygonf(line)
        points[:, 0], points[:, 1] = x, y
    return line
