"""Counts of numbers that come in batches: of each value while they are few, in bins else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.data.profile.bins import GrowingBins
from engine.recommenders.data.profile.shapes import Bars, number_names

MOST_VALUES = 24
MOST_BARS = 48


class NumberTally:
    """Takes arrays of numbers; those that are not finite are ``missing``."""

    def __init__(self) -> None:
        self.missing = 0
        self._bins = GrowingBins()
        self._values: dict[float, int] | None = {}

    def add(self, numbers: NDArray[np.float32]) -> None:
        """Count some."""
        finite = numbers[np.isfinite(numbers)]
        self.missing += len(numbers) - len(finite)
        self._bins.add(finite)
        self._count(finite, 1)

    def remove(self, numbers: NDArray[np.float32]) -> None:
        """Count some no more that were counted."""
        finite = numbers[np.isfinite(numbers)]
        self.missing -= len(numbers) - len(finite)
        self._bins.remove(finite)
        self._count(finite, -1)

    def _count(self, numbers: NDArray[np.float32], sign: int) -> None:
        if self._values is None:
            return
        for value, count in zip(*np.unique(numbers, return_counts=True), strict=True):
            self._values[float(value)] = self._values.get(float(value), 0) + sign * int(count)
            if len(self._values) > MOST_VALUES:
                self._values = None
                return

    def bars(self) -> Bars:
        """The distribution."""
        if self._values is not None:
            found = sorted((value, count) for value, count in self._values.items() if count)
            return Bars(values=number_names([value for value, _ in found]), counts=tuple(count for _, count in found))
        bins = self._bins.coarsened(MOST_BARS)
        return Bars(edges=tuple(bins.edges.tolist()), counts=tuple(bins.counts.tolist()))
