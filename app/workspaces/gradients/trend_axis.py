"""What the axes of the curves are made for: the values worth a place, and round numbers of steps."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor, log10

import numpy as np

from app.kit.charts.scale import Scale
from engine.graph.kinds.base import Array

FARTHEST = 1e6


def values_of_interest(values: Array, *, broken: bool, alone: bool) -> Array:
    """The finite ``values`` (steps + 1,) that an axis is made for: of a run that is ``broken``, beside those that are
    not, none that are beyond :data:`FARTHEST`, where it leaves the picture. ``alone``: there is no other run."""
    finite = values[np.isfinite(values)]
    return finite[finite <= FARTHEST] if broken and not alone else finite


def whole(scale: Scale, values: Array) -> Scale:
    """A log axis down to the least of the positive ``values`` (n,), however many decades that are: of runs that all
    break down it is seen from where to where they go."""
    positive = values[values > 0.0]
    if not scale.log or not positive.size:
        return scale
    return replace(scale, bottom=min(scale.bottom, float(floor(log10(float(positive.min()))))), below=False)


def round_stride(steps: int, most: int) -> int:
    """The least of 1, 2, 5, 10, 20 … so that ``steps`` have at most about so many numbers."""
    rough = max(1, ceil(steps / most))
    size = int(10 ** (len(str(rough)) - 1))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
