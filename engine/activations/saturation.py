"""From where on an activation counts as saturated: the outermost crossings of 5 % of its steepest slope.

Outermost, because GELU and SiLU have a flat spot near z = −1 which units pass on their way; only the tail
beyond the last crossing is a place to be stuck in.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from engine.activations.spec import SATURATED_BELOW

if TYPE_CHECKING:
    from engine.activations.spec import Activation

_REACH = 40.0  # every smooth activation is flat to the last bit beyond
_POINTS = 8001  # odd, so that zero, where most slopes peak, is among them
_HALVINGS = 60


@lru_cache(maxsize=256)
def bounds(activation: Activation, alpha: float) -> tuple[float, float]:
    """``(low, high)`` as :meth:`Activation.saturation_bounds` describes them."""
    if activation.exactly_flat or not activation.elementwise:
        return -np.inf, np.inf
    grid = np.linspace(-_REACH, _REACH, _POINTS)
    slopes = np.abs(activation.derivative(grid, alpha))
    limit = SATURATED_BELOW * max(float(slopes.max()), *(abs(end) for end in activation.derivative_range))
    steep = np.flatnonzero(slopes >= limit)
    first, last = int(steep[0]), int(steep[-1])
    low, high = -np.inf, np.inf
    if activation.saturates.on_left:
        low = _crossing(activation, alpha, limit, grid[first - 1], grid[first])
    if activation.saturates.on_right:
        high = _crossing(activation, alpha, limit, grid[last + 1], grid[last])
    return low, high


def _crossing(activation: Activation, alpha: float, limit: float, flat: float, steep: float) -> float:
    """Bisect for the point between ``flat`` and ``steep`` at which the slope reaches ``limit``."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (flat + steep)
        if abs(activation.derivative(np.array([middle]), alpha)[0]) < limit:
            flat = middle
        else:
            steep = middle
    return float(steep)
