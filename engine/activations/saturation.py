"""From where on an activation counts as saturated: the outermost crossings of a share of its steepest slope.

Outermost, because GELU and SiLU have a flat spot near z = −1 which units pass on their way; only the tail
beyond the last crossing is a place to be stuck in.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

SATURATED_BELOW = 0.05
"""A unit is saturated at a z where |f'| is below this share of its largest value."""

SATURATED_ROWS = 0.5
"""A unit counts as saturated where it is so on more than this share of the rows."""

_REACH = 40.0  # every smooth activation is flat to the last bit beyond
_POINTS = 8001  # odd, so that zero, where most slopes peak, is among them
_HALVINGS = 60

Derivative = Callable[[npt.NDArray[Any]], npt.NDArray[Any]]


class Saturation(StrEnum):
    """The sides on which ``f`` flattens out, so that ``f'`` tends to zero."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def on_left(self) -> bool:
        return self in (Saturation.LEFT, Saturation.BOTH)

    @property
    def on_right(self) -> bool:
        return self in (Saturation.RIGHT, Saturation.BOTH)


def saturation_limit(slopes: tuple[float, float]) -> float | None:
    """Below this size a slope counts as saturated where all slopes lie between these ends. None where saturation can't
    be counted: beside a pole there is no largest slope, and a constant has none at all."""
    limit = SATURATED_BELOW * max(map(abs, slopes))
    return limit if 0.0 < limit < np.inf else None


def crossings(derivative: Derivative, steepest: float, sides: Saturation) -> tuple[float, float]:
    """``(low, high)``: the outermost ``z`` at which ``|f'|`` reaches its limit; infinite on a side without.

    ``steepest`` is the largest slope that is known beforehand; the grid may show a larger one.
    """
    grid = np.linspace(-_REACH, _REACH, _POINTS)
    slopes = np.abs(derivative(grid))
    limit = SATURATED_BELOW * max(float(slopes.max()), steepest)
    steep = np.flatnonzero(slopes >= limit)
    first, last = int(steep[0]), int(steep[-1])
    low, high = -np.inf, np.inf
    if sides.on_left:
        low = _crossing(derivative, limit, grid[first - 1], grid[first])
    if sides.on_right:
        high = _crossing(derivative, limit, grid[last + 1], grid[last])
    return low, high


def _crossing(derivative: Derivative, limit: float, flat: float, steep: float) -> float:
    """Bisect for the point between ``flat`` and ``steep`` at which the slope reaches ``limit``."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (flat + steep)
        if abs(derivative(np.array([middle]))[0]) < limit:
            flat = middle
        else:
            steep = middle
    return float(steep)
