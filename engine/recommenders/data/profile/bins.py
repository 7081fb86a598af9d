"""Histograms of numbers that come in batches, whose range is known only when the last has come."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]] | NDArray[np.floating[Any]]
Counts = NDArray[np.int64]

MOST_BINS = 2048
_LARGEST_INDEX = 2.0**50


class GrowingBins:
    """Bins of width 2^level, from multiples of it on; where they become more than ``most`` each two become one.

    So the counts are exact, and the same in whatever order and batches the numbers come. Whole numbers begin with bins
    of width 1, others with the widest that part the first batch into ``most``.
    """

    def __init__(self, most: int = MOST_BINS) -> None:
        self._most = most
        self._level: int | None = None
        self._low = 0
        self._counts = np.zeros(0, np.int64)

    @property
    def width(self) -> float:
        """How wide each bin is."""
        return float(2.0 ** (self._level or 0))

    @property
    def edges(self) -> NDArray[np.float64]:
        """Where the bins begin and the last one ends, (bins + 1,)."""
        places = self._low + np.arange(len(self._counts) + 1)
        return places.astype(np.float64) * self.width

    @property
    def counts(self) -> Counts:
        """Numbers in each bin, (bins,)."""
        return self._counts

    def add(self, numbers: Numbers) -> None:
        """Count finite numbers."""
        if not len(numbers):
            return
        low, high = numbers.min(), numbers.max()
        if self._level is None:
            self._level = 0 if numbers.dtype.kind in "iu" else _first_level(float(low), float(high), self._most)
        self._make_room(low, high)
        self._counts += self.counted(numbers)

    def remove(self, numbers: Numbers) -> None:
        """Count numbers no more that have been counted."""
        if len(numbers):
            self._counts -= self.counted(numbers)

    def counted(self, numbers: Numbers) -> Counts:
        """How many of some numbers, all within the bins, lie in each, (bins,)."""
        places = self._places(numbers, self._level or 0) - self._low
        return np.bincount(places, minlength=len(self._counts))

    def coarsened(self, most: int) -> GrowingBins:
        """The same counts in no more than ``most`` bins."""
        coarse = GrowingBins(most)
        coarse._level, coarse._low, coarse._counts = self._level, self._low, self._counts.copy()
        while len(coarse._counts) > most:
            coarse._merge(1)
        return coarse

    def _make_room(self, low: Any, high: Any) -> None:
        while True:
            level = self._level or 0
            ends = self._places(np.array([low, high]), level)
            first, last = int(ends[0]), int(ends[1])
            if len(self._counts):
                first, last = min(first, self._low), max(last, self._low + len(self._counts) - 1)
            if last - first < self._most:
                break
            self._merge(1)
        if not len(self._counts):
            self._low = first
        grown = np.zeros(last - first + 1, np.int64)
        grown[self._low - first : self._low - first + len(self._counts)] = self._counts
        self._low, self._counts = first, grown

    def _merge(self, steps: int) -> None:
        """Make each two bins one, so many times."""
        low = self._low >> steps
        owners = (np.arange(len(self._counts)) + self._low >> steps) - low
        merged = np.zeros(int(owners[-1]) + 1 if len(owners) else 0, np.int64)
        np.add.at(merged, owners, self._counts)
        self._low, self._counts, self._level = low, merged, (self._level or 0) + steps

    def _places(self, numbers: Numbers, level: int) -> NDArray[np.int64]:
        if numbers.dtype.kind in "iu" and level >= 0:
            return numbers.astype(np.int64) >> level
        return np.floor(np.ldexp(numbers.astype(np.float64), -level)).astype(np.int64)


def _first_level(low: float, high: float, most: int) -> int:
    """The finest level at which a range needs no more bins, and no number lies further out than an index can say."""
    span, furthest = high - low, max(abs(low), abs(high))
    levels = [np.ceil(np.log2(span / most)) if span else -10, np.ceil(np.log2(furthest / _LARGEST_INDEX or 1e-300))]
    return int(max(levels))


def doubling(counts: Counts) -> tuple[list[int], Counts]:
    """Positive whole numbers in bins 1, 2 to 3, 4 to 7 and so on: where each begins, and how many there are."""
    levels = np.bincount(np.floor(np.log2(counts)).astype(np.int64)) if len(counts) else np.zeros(0, np.int64)
    return [1 << level for level in range(len(levels))], levels
