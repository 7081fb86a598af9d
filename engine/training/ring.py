"""Curves in bounded memory: buckets of count, sum, least and greatest, merged two by two whenever there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.formats.progress import Curve
from engine.graph.kinds.base import Array
from engine.training.condensing import Condensed, Indices, condensed, condensed_tables

BUCKETS = 1024
HEAD = 64
"""So many buckets at the start are never merged: the steep beginning of a run stays, however long it becomes."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Buckets to add: the ``key`` of the first; where each begins, at which epochs, and at which its last value is."""

    key: int
    steps: Indices
    epochs: Array
    until: Array


class DecimatingRing:
    """``rows`` curves over the same steps, in at most ``buckets`` buckets; every value leaves its mark on some bucket.

    A bucket spans ``width`` steps at most and opens with the first value that falls into it, so that what is measured
    seldom is kept one by one. Values of different sides of :meth:`part` share none while there is room.
    """

    def __init__(self, rows: int, buckets: int = BUCKETS, head: int = HEAD) -> None:
        self._head = head
        self._count = np.zeros((rows, buckets), dtype=np.int64)
        self._sum = np.zeros((rows, buckets))
        self._low = np.full((rows, buckets), np.inf)
        self._high = np.full((rows, buckets), -np.inf)
        self._steps = np.zeros(buckets, dtype=np.int64)
        self._epochs = np.zeros((2, buckets))  # of the first and the last value
        self._segments = np.zeros(buckets, dtype=np.int64)
        self._used, self._width, self._segment = 0, 1, 0
        self._latest = np.full(rows, np.nan)
        self._latest_step = np.full(rows, -1, dtype=np.int64)

    @property
    def rows(self) -> int:
        """Number of curves."""
        return len(self._latest)

    def copy(self, buckets: int | None = None) -> DecimatingRing:
        """The same curves in a ring of their own, with room for so many buckets; for those alone that there are, where
        none is said."""
        other = DecimatingRing(self.rows, self._used if buckets is None else buckets, self._head)
        used = slice(self._used)
        for own, copied in zip(self.arrays, other.arrays, strict=True):
            copied[..., used] = own[..., used]
        other._used, other._width, other._segment = self._used, self._width, self._segment
        other._latest, other._latest_step = self._latest.copy(), self._latest_step.copy()
        return other

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """What its buckets hold, each with them along the last axis."""
        return self._count, self._sum, self._low, self._high, self._steps, self._epochs, self._segments

    # Filling ------------------------------------------------------------------------------------------------------

    def append(self, steps: Indices, epochs: Array, values: Array, rows: Indices | None = None) -> None:
        """Add values (k, m) of some ``rows`` (k,), else of all, seen at ``steps`` (m,), which never decrease.

        NaN is nothing measured.
        """
        if steps.size == 0:
            return
        where = np.arange(self.rows) if rows is None else rows
        kept = max(0, self._head - self._used)
        if 0 < kept < steps.size:
            self._append(steps[:kept], epochs[:kept], values[:, :kept], where)
            steps, epochs, values = steps[kept:], epochs[kept:], values[:, kept:]
        self._append(steps, epochs, values, where)

    def append_run(
        self, first: int, epoch: float, per_epoch: int, tables: Sequence[Array], rows: Indices | None = None
    ) -> None:
        """Add what was measured at every step from ``first`` on, which began at ``epoch``: the columns of ``tables``
        (steps, …), one table after the other, are the curves of ``rows``."""
        size = len(tables[0])
        if self._used < self._head:
            at = np.arange(size)
            self.append(first + at, epoch + at / per_epoch, np.concatenate([table.T for table in tables]), rows)
            return
        if not size:
            return
        while self._used + (first + size - 1) // self._width - first // self._width + 1 > len(self._steps):
            self._widen()
        self._drop_what_was_never_trained(first)
        starts = np.arange(-(first % self._width), size, self._width)
        starts[0] = 0
        last = _ends(starts, size) - 1
        span = _Span(first // self._width, first + starts, epoch + starts / per_epoch, epoch + last / per_epoch)
        where = np.arange(self.rows) if rows is None else rows
        self._take(span, condensed_tables(tables, starts), where, first + size - 1)

    def _append(self, steps: Indices, epochs: Array, values: Array, rows: Indices) -> None:
        beginning = self._used < self._head
        while not beginning and self._used + _distinct(steps // self._width) > len(self._steps):
            self._widen()
        self._drop_what_was_never_trained(int(steps[0]))
        keys = steps if beginning else steps // self._width
        starts = _starts(keys)
        span = _Span(int(keys[0]), steps[starts], epochs[starts], epochs[_ends(starts, len(steps)) - 1])
        self._take(span, condensed(values, starts), rows, int(steps[-1]))

    def _take(self, span: _Span, found: Condensed, rows: Indices, step: int) -> None:
        """Add buckets, the last of whose values was seen at this ``step``; the first may join what there is."""
        joins = self._joins(span.key, self._used < self._head)
        first = self._used - joins
        touched = slice(first, first + len(span.steps))
        self._open(span.steps[joins:], span.epochs[joins:])
        self._epochs[1, touched] = span.until
        self._count[rows, touched] += found.number
        self._sum[rows, touched] += found.total
        self._low[rows, touched] = np.minimum(self._low[rows, touched], found.low)
        self._high[rows, touched] = np.maximum(self._high[rows, touched], found.high)
        self._latest[rows] = found.latest
        self._latest_step[rows] = np.where(np.isnan(found.latest), self._latest_step[rows], step)

    def _drop_what_was_never_trained(self, step: int) -> None:
        """Of several parts that have seen one step alone, the same one, the first and the latest are enough: what was
        changed again before it was trained would fill the room."""
        last = self._used - 1
        alone = last >= 1 and self._steps[last] == self._steps[last - 1] == step
        if alone and self._segments[last] != self._segment:
            self._used = last

    def _joins(self, key: int, beginning: bool) -> bool:
        """Whether a value belongs into the last bucket."""
        last = self._used - 1
        if last < 0 or self._segments[last] != self._segment or (last < self._head and not beginning):
            return False
        return bool(self._steps[last] // (1 if beginning else self._width) == key)

    def _open(self, steps: Indices, epochs: Array) -> None:
        """Empty buckets at the end, which begin at these steps."""
        new = slice(self._used, self._used + len(steps))
        self._count[:, new], self._sum[:, new] = 0, 0.0
        self._low[:, new], self._high[:, new] = np.inf, -np.inf
        self._steps[new], self._epochs[0, new], self._segments[new] = steps, epochs, self._segment
        self._used += len(steps)

    def part(self) -> None:
        """What comes next shares no bucket with what came before, while there is room for that."""
        self._segment += 1

    def _widen(self) -> None:
        """Merge neighbours into buckets of twice the width; across the parts too, where those alone fill the room."""
        self._width *= 2
        if self._used <= self._head:
            return
        span = slice(self._head, self._used)
        keys = self._steps[span] // self._width
        parts = self._segments[span]
        starts = np.union1d(_starts(keys), _starts(parts))
        if len(starts) > (len(self._steps) - self._head) // 2:
            parts[:] = self._segment
            starts = _starts(keys)
        end = self._head + len(starts)
        self._epochs[1, self._head : end] = self._epochs[1, span][_ends(starts, len(keys)) - 1]
        for line in (self._steps, self._epochs[0], self._segments):
            line[self._head : end] = line[span][starts]
        merges = ((self._count, np.add), (self._sum, np.add), (self._low, np.minimum), (self._high, np.maximum))
        for array, merge in merges:
            array[:, self._head : end] = merge.reduceat(array[:, span], starts, axis=1)
        self._used = end

    # Rows that come and go ----------------------------------------------------------------------------------------

    def add_rows(self, number: int) -> None:
        """So many further curves, of which nothing has been measured."""

        def more(array: Array, empty: float) -> Array:
            return np.concatenate([array, np.full((number, *array.shape[1:]), empty)])

        self._count = np.concatenate([self._count, np.zeros((number, self._count.shape[1]), dtype=np.int64)])
        self._sum, self._latest = more(self._sum, 0.0), more(self._latest, np.nan)
        self._low, self._high = more(self._low, np.inf), more(self._high, -np.inf)
        self._latest_step = np.concatenate([self._latest_step, np.full(number, -1, dtype=np.int64)])

    def clear_rows(self, rows: Indices) -> None:
        """Forget what was measured of these curves."""
        self._count[rows], self._sum[rows] = 0, 0.0
        self._low[rows], self._high[rows] = np.inf, -np.inf
        self._latest[rows], self._latest_step[rows] = np.nan, -1

    # Reading ------------------------------------------------------------------------------------------------------

    def curves(self, rows: Sequence[int], *, latest: bool = False) -> tuple[Curve, ...]:
        """These curves so far. With ``latest``, the latest value stands alone at the end of each, once more; without, a
        bucket at the end that is not half full yet is shown as one with that before it: a few steps are no mean."""
        if not self._used:
            return tuple(nothing() for _ in rows)
        where, used = np.asarray(rows, dtype=np.int64), self._used
        count = self._count[where, :used]
        total, low, high = (one[where, :used] for one in (self._sum, self._low, self._high))
        steps, epochs = self._steps[:used].copy(), self._epochs[:, :used].mean(axis=0)
        if not latest and self._has_just_begun(count):
            count[:, -2] += count[:, -1]
            total[:, -2] += total[:, -1]
            low[:, -2], high[:, -2] = np.minimum(low[:, -2], low[:, -1]), np.maximum(high[:, -2], high[:, -1])
            count, (total, low, high) = count[:, :-1], (one[:, :-1] for one in (total, low, high))
            steps, epochs = steps[:-1], np.append(epochs[:-2], epochs[-1])
        mean = _of_what_there_is(total, low, high, count)
        last = int(self._latest_step.max())
        if latest and count.size and count[:, -1].max() > 1:
            now = np.where(self._latest_step[where] == last, self._latest[where], np.nan)[:, None]
            steps, epochs = np.append(steps, last), np.append(epochs, self._epochs[1, used - 1])
            count = np.concatenate([count, ~np.isnan(now)], axis=1)
            mean, low, high = (np.concatenate([array, now], axis=1) for array in (mean, low, high))
        return tuple(Curve(steps, epochs, *each) for each in zip(count, mean, low, high, strict=True))

    def _has_just_begun(self, count: NDArray[np.int64]) -> bool:
        """Whether the last bucket is not half full, and of the same part as the one before."""
        last = self._used - 1
        together = last > self._head and self._segments[last] == self._segments[last - 1]
        return together and bool(2 * count[:, last].max(initial=0) < count[:, last - 1].max(initial=0))

    def restore(self, curves: Sequence[Curve]) -> None:
        """Go on from curves of all the rows over the same steps, as :meth:`curves` gave them, in an empty ring.

        It is filled on as coarsely as they are.
        """
        first = curves[0]
        size = min(len(first.steps), len(self._steps))
        if not size:
            return
        self._used = size
        self._steps[:size], self._epochs[:, :size] = first.steps[:size], first.epochs[:size]
        for row, curve in enumerate(curves):
            seen = curve.count[:size] > 0
            self._count[row, :size] = curve.count[:size]
            self._sum[row, :size] = np.where(seen, curve.mean[:size] * curve.count[:size], 0.0)
            self._low[row, :size] = np.where(seen, curve.low[:size], np.inf)
            self._high[row, :size] = np.where(seen, curve.high[:size], -np.inf)
            if seen.any():
                at = int(np.flatnonzero(seen)[-1])
                self._latest[row], self._latest_step[row] = curve.mean[at], curve.steps[at]
        usual = np.median(np.diff(self._steps[:size])) if size > self._head else 1
        while 2 * self._width <= usual:
            self._width *= 2


def nothing() -> Curve:
    """A curve without points."""
    none, empty = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Curve(none, empty, none, empty, empty, empty)


def _of_what_there_is(total: Array, low: Array, high: Array, count: NDArray[np.int64]) -> Array:
    """The means; where nothing is, they and the bounds, in place, are NaN."""
    if count.all():
        return total / count
    empty = count == 0
    low[empty] = high[empty] = np.nan
    with np.errstate(invalid="ignore"):
        return total / np.where(empty, np.nan, count)


def _starts(keys: Indices) -> Indices:
    """Where runs of equal keys begin."""
    new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return np.flatnonzero(new)


def _ends(starts: Indices, size: int) -> Indices:
    """Where the stretches that begin there end, of ``size`` in all."""
    ends = np.empty_like(starts)
    ends[:-1], ends[-1] = starts[1:], size
    return ends


def _distinct(keys: Indices) -> int:
    return int(np.count_nonzero(keys[1:] != keys[:-1])) + 1
