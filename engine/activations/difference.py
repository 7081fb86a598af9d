"""How far two functions are from each other at most, and where."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.activations.jumps import Function
from engine.activations.kinds import ACTIVATIONS
from engine.activations.scalar import scalar_of

_POINTS, _ZOOMS = 2001, 6


def largest_difference(first: Function, second: Function, low: float, high: float) -> tuple[float, float]:
    """(x, first − second) where that is greatest in size from ``low`` to ``high``; the leftmost of several. Found on
    a grid that is drawn together about the best point until it is a billionth wide."""
    for _ in range(_ZOOMS):
        x = np.linspace(low, high, _POINTS)
        gap = first(x) - second(x)
        at = int(np.abs(gap).argmax())
        best = float(x[at]), float(gap[at])
        low, high = float(x[max(at - 1, 0)]), float(x[min(at + 1, _POINTS - 1)])
    return best


@lru_cache(maxsize=1)
def gelu_difference() -> tuple[float, float]:
    """(x, exact − tanh approximation) where the two GELUs are furthest apart: by symmetry at −x too."""
    exact, approximate = (scalar_of(ACTIVATIONS[key]) for key in ("gelu", "gelu_tanh"))
    return largest_difference(exact.value, approximate.value, 0.0, 12.0)
