"""From a run's decimated curves to what a chart of so many pixels can show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.training.snapshot import Curve

Floats = NDArray[np.float64]


def thinned(curve: Curve, points: int) -> Curve:
    """The curve in at most ``points`` buckets; the least and greatest value of each are kept."""
    size = len(curve.steps)
    if size <= points:
        return curve
    starts = np.linspace(0, size, points, endpoint=False).astype(np.int64)
    low, high = np.minimum.reduceat(curve.low, starts), np.maximum.reduceat(curve.high, starts)
    return Curve(curve.steps[starts], low, high)


def middle(curve: Curve, log: bool) -> Floats:
    """The line inside the band: the mean of both edges, on a log axis the mean of their logarithms."""
    if not log:
        return (curve.low + curve.high) / 2
    return np.sqrt(positive(curve.low) * positive(curve.high))


def positive(values: Floats) -> Floats:
    """The values, NaN where a log axis has no place for them."""
    return np.where(values > 0, values, np.nan)


def index_at(curve: Curve, step: float) -> int:
    """The bucket that a step falls into, −1 for an empty curve."""
    if len(curve.steps) == 0:
        return -1
    return int(np.clip(np.searchsorted(curve.steps, step, side="right") - 1, 0, len(curve.steps) - 1))


def value_range(curves: list[Curve], log: bool) -> tuple[float, float] | None:
    """Least and greatest finite value of the lines (positive ones on a log axis); None if there is none.

    The bands' own edges do not count: one outlier among thousands of steps would press everything flat.
    """
    values = np.concatenate([middle(curve, log) for curve in curves]) if curves else np.zeros(0)
    values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if values.size else None


def axis_range(low: float, high: float, log: bool) -> tuple[float, float]:
    """A calm range round the values, in the axis' own unit (exponents on a log axis): whole decades, or 5 % air."""
    if log:
        bottom, top = np.floor(np.log10(low)), np.ceil(np.log10(high))
        return float(bottom), float(max(top, bottom + 1))
    air = 0.05 * (high - low) or 0.1
    bottom = 0.0 if 0 <= low < 0.3 * high else low - air
    return float(bottom), float(high + air)
