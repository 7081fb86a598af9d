"""Curves in fewer points: what a chart of so many pixels shows, and what a file keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.formats.progress import Curve, Event


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


def kept_curves(curves: Mapping[str, Curve], events: Sequence[Event], points: int) -> dict[str, Curve]:
    """Curves as a run is put away with them: about ``points`` buckets before the latest of the ``events``, and as many
    since. What :func:`since_change` finds in them is the same as in the whole curves."""
    return {name: _kept(curve, change_start(curve, events), points) for name, curve in curves.items()}


def since_change(curve: Curve, events: Sequence[Event], points: int) -> Curve:
    """The part of a curve since the latest event, by :func:`by_steps`."""
    return by_steps(_part(curve, change_start(curve, events), None), points)


def up_to_step(curve: Curve, step: int, done: int) -> Curve:
    """The curve as it was after so many steps, of ``done``: a bucket that reaches beyond is left out."""
    ends = np.append(curve.steps[1:], done)
    return _part(curve, 0, int(np.searchsorted(ends, step, side="right")))


def change_start(curve: Curve, events: Sequence[Event]) -> int:
    """Return where the part since the latest event begins. Of what was measured at its step, only the latest came after
    it."""
    change = events[-1].step if events else 0
    first, beyond = np.searchsorted(curve.steps, change), np.searchsorted(curve.steps, change, side="right")
    return int(max(first, beyond - 1))


def _kept(curve: Curve, start: int, points: int) -> Curve:
    before, since = thinned(_part(curve, 0, start), points), by_steps(_part(curve, start, None), points)
    return Curve(*(np.concatenate([getattr(part, name) for part in (before, since)]) for name in _FIELDS))


_FIELDS = ("steps", "epochs", "count", "mean", "low", "high")


def _part(curve: Curve, start: int, end: int | None) -> Curve:
    return Curve(*(getattr(curve, name)[start:end] for name in _FIELDS))


def by_steps(curve: Curve, points: int) -> Curve:
    """The curve in about ``points`` buckets of equally many steps; first and last stay.

    Buckets begin at multiples of a power of two, so a curve that was condensed before gives the same as the whole one,
    as long as it was condensed into no fewer points.
    """
    size = len(curve.steps)
    if size <= points:
        return curve
    width = 1
    while np.count_nonzero(np.diff(curve.steps // width)) >= points:
        width *= 2
    starts = 1 + np.flatnonzero(np.diff(curve.steps // width))
    return _merged(curve, np.union1d([0, 1, size - 1], starts))


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
