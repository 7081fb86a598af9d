"""Curves in fewer points: what a chart of so many pixels shows, and what a file keeps."""

from __future__ import annotations

import numpy as np

from engine.formats.progress import Curve


def thinned(curve: Curve, points: int) -> Curve:
    """The curve in at most ``points`` (three or more) buckets: neighbours are merged, first and last stay."""
    size = len(curve.steps)
    if size <= points:
        return curve
    inner = points - 2
    starts = np.r_[0, 1 + (np.arange(inner) * (size - 2)) // inner, size - 1].astype(np.int64)
    seen = curve.count > 0
    count = np.add.reduceat(curve.count, starts)
    total = np.add.reduceat(np.where(seen, curve.mean * curve.count, 0.0), starts)
    with np.errstate(invalid="ignore"):
        mean = total / np.where(count, count, 0.0)
    ends = np.r_[starts[1:], size] - 1
    return Curve(
        curve.steps[starts],
        (curve.epochs[starts] + curve.epochs[ends]) / 2,
        count,
        mean,
        _extreme(np.fmin, curve.low, starts),
        _extreme(np.fmax, curve.high, starts),
    )


def _extreme(which: np.ufunc, values: np.ndarray, starts: np.ndarray) -> np.ndarray:
    found: np.ndarray = which.reduceat(values, starts)
    return found
