"""What of a run's curves a chart draws: reading them at an epoch, and the ranges that their lines take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.formats.progress import Curve

Floats = NDArray[np.float64]


def index_at(curve: Curve, epoch: float) -> int:
    """The point that stands for an epoch, −1 for an empty curve."""
    if len(curve.steps) == 0:
        return -1
    return int(np.clip(np.searchsorted(curve.epochs, epoch, side="right") - 1, 0, len(curve.steps) - 1))


def last_point(curve: Curve) -> int:
    """The last point at which something was measured, −1 where there is none."""
    seen = np.flatnonzero(curve.count)
    return int(seen[-1]) if seen.size else -1


def last_epoch(curves: Sequence[Curve]) -> float:
    """How far the longest of the curves goes."""
    return max((float(curve.epochs[-1]) for curve in curves if len(curve.epochs)), default=0.0)


def finite_means(curves: Sequence[Curve]) -> Floats:
    """Every finite value on the curves' lines. Their ranges do not count: one outlier among thousands of steps would
    press everything flat."""
    values = np.concatenate([curve.mean for curve in curves]) if curves else np.zeros(0)
    finite: Floats = values[np.isfinite(values)]
    return finite


def begun_or_reached(curves: Sequence[Curve]) -> float:
    """The largest of what the curves began with and what they are now; ∞ where that is 0."""
    seen = [np.abs(curve.mean[curve.count > 0]) for curve in curves]
    return max((float(value) for values in seen for value in (*values[:1], *values[-1:])), default=0.0) or np.inf
