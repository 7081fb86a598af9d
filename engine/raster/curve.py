"""The curve of one edge: a cubic Bézier that leaves and arrives horizontally.

From port (x0, y0) to port (x1, y1) with L = x1 − x0 its control points are (x0 + L/2, y0) and (x1 − L/2, y1).
Along such a curve x never turns back, so the height is a function of x, and that function is the same for
every edge of a wire up to its two end heights: y = y0 + (y1 − y0)·ease(u), u = (x − x0)/L. That is what makes
a curve as cheap as a line.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def ease(u: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The share of the climb made at ``u`` in [0, 1] of the way across, and its derivative by ``u``.

    With the Bézier parameter t = ½ + v, x gives v³ + ¾v = u − ½, which 4·sinh³ + 3·sinh = sinh(3θ) solves in
    closed form. ``u`` outside [0, 1] is held at the nearer end. Returns two arrays of the shape of ``u``.
    """
    across = np.clip(np.asarray(u, dtype=np.float64), 0.0, 1.0)
    v = np.sinh(np.arcsinh(4.0 * (across - 0.5)) / 3.0)
    share = 0.5 + 1.5 * v - 2.0 * v**3
    derivative = 2.0 * (1.0 - 4.0 * v**2) / (1.0 + 4.0 * v**2)
    return share, derivative


def column_span(x0: float, x1: float, width: int) -> tuple[int, int]:
    """The pixel columns [first, last) of a ``width`` wide image that a curve from ``x0`` to ``x1`` (pixels)
    touches."""
    left, right = min(x0, x1), max(x0, x1)
    first = int(np.floor(np.clip(left, 0.0, width)))
    last = int(np.ceil(np.clip(right, 0.0, width)))
    return first, max(first, last)


def column_table(x0: float, x1: float, first: int, last: int) -> NDArray[np.float64]:
    """What the rasteriser needs to know of each pixel column [first, last) of a wire from ``x0`` to ``x1``
    (pixels).

    Returns (last − first, 3): the share of the climb at the column's middle, the derivative of that share by
    x (per pixel), and the part of the column's width that the wire covers (below 1 in its two end columns
    only).
    """
    columns = np.arange(first, last, dtype=np.float64)
    length = x1 - x0
    begins = np.maximum(columns, min(x0, x1))
    ends = np.minimum(columns + 1.0, max(x0, x1))
    share, derivative = ease((0.5 * (begins + ends) - x0) / length)
    return np.stack((share, derivative / length, ends - begins), axis=1)
