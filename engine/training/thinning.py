"""Curves in fewer points: what a chart of so many pixels shows, and what a file keeps."""

from __future__ import annotations

import numpy as np

from engine.formats.progress import Curve


def thinned(curve: Curve, points: int, *, exact_end: bool = True) -> Curve:
    """The curve in at most ``points`` (three or more) buckets: neighbours are merged, first and last stay.

    Without ``exact_end`` a last bucket with fewer values than half of the one before is merged into that: among means
    of many steps a single step would look like a sudden fall.
    """
    size = len(curve.steps)
    starts = np.arange(size)
    if size > points:
        inner = points - 2
        starts = np.r_[0, 1 + (np.arange(inner) * (size - 2)) // inner, size - 1].astype(np.int64)
    if not exact_end and len(starts) > 1:
        last, before = curve.count[starts[-1] :].sum(), curve.count[starts[-2] : starts[-1]].sum()
        starts = starts[:-1] if last < before / 2 else starts
    return curve if len(starts) == size else _merged(curve, starts)


def _merged(curve: Curve, starts: np.ndarray) -> Curve:
    size = len(curve.steps)
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
