"""Curves of a run in bounded memory: buckets of (min, max), each twice as wide whenever the ring is full."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.network.contract import TrainReport
from engine.training.quality import Quality
from engine.training.snapshot import Curve, History

BUCKETS = 1024
QUANTITIES = ("weight_gradient", "bias_gradient", "delta", "update_ratio")


class DecimatingRing:
    """``count`` curves against the step, in at most ``buckets`` buckets; every value leaves its mark on some bucket."""

    def __init__(self, count: int, buckets: int = BUCKETS) -> None:
        self._low = np.full((count, buckets), np.inf)
        self._high = np.full((count, buckets), -np.inf)
        self._first = np.zeros(buckets, dtype=np.int64)
        self._used = 0
        self._width = 1

    def append(self, steps: NDArray[np.int64], values: Array) -> None:
        """Add values (count, m) seen at ``steps`` (m,), which never decrease."""
        if steps.size == 0:
            return
        while steps[-1] // self._width >= len(self._first):
            self._halve()
        buckets = steps // self._width
        starts = np.flatnonzero(np.r_[True, buckets[1:] != buckets[:-1]])
        low = np.fmin.reduceat(values, starts, axis=1)
        high = np.fmax.reduceat(values, starts, axis=1)
        touched = buckets[starts]
        self._low[:, touched] = np.fmin(self._low[:, touched], low)
        self._high[:, touched] = np.fmax(self._high[:, touched], high)
        self._first[touched] = touched * self._width
        self._used = int(touched[-1]) + 1

    def _halve(self) -> None:
        """Merge buckets two by two."""
        half = len(self._first) // 2
        for array, merge, empty in ((self._low, np.fmin, np.inf), (self._high, np.fmax, -np.inf)):
            array[:, :half] = merge(array[:, 0::2], array[:, 1::2])
            array[:, half:] = empty
        self._width *= 2
        self._first[:half] = np.arange(half) * self._width
        self._first[half:] = 0
        self._used = (self._used + 1) // 2

    def curve(self, column: int) -> Curve:
        """One curve so far; buckets that nothing fell into are left out."""
        low, high = self._low[column, : self._used], self._high[column, : self._used]
        seen = low <= high
        return Curve(self._first[: self._used][seen], low[seen], high[seen])


class RunCurves:
    """Every curve of a run whose probed blocks stay the same."""

    def __init__(self, block_ids: tuple[str, ...]) -> None:
        self.block_ids = block_ids
        self._norms = DecimatingRing(len(QUANTITIES) * len(block_ids))
        self._losses = DecimatingRing(1)
        self._scores = DecimatingRing(2)

    def record(self, first: int, report: TrainReport) -> None:
        """Add the steps of a report, the first of which has this number."""
        steps = first + np.arange(report.steps)
        self._losses.append(steps, report.losses[None])
        if report.weight_gradients.shape[0] == report.steps:
            norms = (report.weight_gradients, report.bias_gradients, report.deltas, report.updates)
            # Curve by curve in memory: minima of neighbours take a tenth of the time.
            curves = np.empty((len(QUANTITIES) * len(self.block_ids), report.steps))
            self._norms.append(steps, np.concatenate([norm.T for norm in norms], out=curves))

    def score(self, step: int, test: Quality) -> None:
        """Add what the network after ``step`` updates is worth on the test set."""
        self._scores.append(np.array([step]), np.array([[test.loss], [test.score]]))

    def history(self) -> History:
        """All of them so far."""
        layers = {
            quantity: {
                block_id: self._norms.curve(q * len(self.block_ids) + column)
                for column, block_id in enumerate(self.block_ids)
            }
            for q, quantity in enumerate(QUANTITIES)
        }
        return History(self._losses.curve(0), self._scores.curve(0), self._scores.curve(1), layers)
