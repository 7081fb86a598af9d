"""How the rows of a table are numbered: those of a file as the file has them, any others from 0."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_RUNS = 10_000
"""Runs of rows that follow one another, of which a checkpoint keeps no more."""
HIGHEST = 1 << 53


@dataclass(frozen=True, slots=True, eq=False)
class RowNumbers:
    """Of ``count`` rows. ``of_file`` (count,): where each stands in its file, counting any header, ascending; None
    where there is no file, or where that isn't known."""

    count: int
    of_file: NDArray[np.int64] | None = None

    def number(self, index: int) -> int:
        """What a row is called."""
        return index if self.of_file is None else int(self.of_file[index])

    def index(self, number: int) -> int | None:
        """The row of a number; None where none has it."""
        if self.of_file is None:
            return number if 0 <= number < self.count else None
        index = int(np.searchsorted(self.of_file, number))
        return index if index < self.count and self.of_file[index] == number else None

    def near(self, number: int, *, upwards: bool) -> int:
        """The number, or where no row has it the next one that one has: ``upwards`` or downwards."""
        if self.of_file is None or self.index(number) is not None:
            return number
        index = int(np.searchsorted(self.of_file, number)) - (not upwards)
        return self.number(min(max(index, 0), self.count - 1))

    def to_json(self) -> list[list[int]] | None:
        """Where each run of rows begins in the file, and how many they are; None without a file, or with too many."""
        if self.of_file is None or not self.count:
            return None
        begins = np.flatnonzero(np.diff(self.of_file, prepend=self.of_file[0] - 2) != 1)
        if len(begins) > MOST_RUNS:
            return None
        return [[int(self.of_file[begin]), int(end - begin)] for begin, end in pairwise([*begins, self.count])]

    @classmethod
    def from_json(cls, count: int, kept: Any) -> RowNumbers:
        """What :meth:`to_json` gave; without a file where it is none of so many rows, as in older checkpoints."""
        try:
            runs = [(int(first), int(length)) for first, length in kept]
        except (TypeError, ValueError, OverflowError):
            return cls(count)
        ends = [(first, first + length) for first, length in runs]
        in_order = all(end < begin for (_, end), (begin, _) in pairwise(ends))
        if not in_order or sum(length for _, length in runs) != count or any(length < 1 for _, length in runs):
            return cls(count)
        if ends[0][0] < 1 or ends[-1][1] > HIGHEST:
            return cls(count)
        return cls(count, np.concatenate([np.arange(begin, end, dtype=np.int64) for begin, end in ends]))
