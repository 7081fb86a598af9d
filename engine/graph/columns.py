"""Columns of a recommender's data: numbers, ids, and bags of ids that are as long as they need be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Ids = NDArray[np.int64]

UNKNOWN = 0
"""The id of every vocabulary's own bucket for what it has not seen; what it has seen begins at 1."""


@dataclass(frozen=True, slots=True)
class Bags:
    """One bag of ids per row, row r holding ``ids[offsets[r]:offsets[r + 1]]``; a bag may be empty.

    ``ids`` (n,), ``offsets`` (rows + 1,) from 0 to n.
    """

    ids: Ids
    offsets: Ids

    @property
    def rows(self) -> int:
        """Number of bags."""
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Ids:
        """Ids in each bag, (rows,)."""
        return np.diff(self.offsets)

    def bag(self, row: int) -> Ids:
        """One bag."""
        return self.ids[self.offsets[row] : self.offsets[row + 1]]

    def take(self, rows: NDArray[np.int64]) -> Bags:
        """Some rows' bags, in the given order."""
        lengths = self.lengths[rows]
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        # For every id wanted: where its bag begins here, less where it begins there, plus its place there.
        places = np.arange(offsets[-1]) + np.repeat(self.offsets[:-1][rows] - offsets[:-1], lengths)
        return Bags(self.ids[places], offsets)


def bags_of(lists: list[list[int]]) -> Bags:
    """Bags from Python lists."""
    offsets = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(ids) for ids in lists], out=offsets[1:])
    return Bags(np.array([i for ids in lists for i in ids], np.int64), offsets)


Column = Numbers | Ids | Bags


@dataclass(frozen=True, slots=True)
class Columns:
    """Named columns of equally many rows: numbers (rows,) float32, ids (rows,) int64, or bags."""

    of: Mapping[str, Column]
    rows: int

    def __post_init__(self) -> None:
        for name, column in self.of.items():
            found = column.rows if isinstance(column, Bags) else len(column)
            if found != self.rows:
                raise ValueError(f"column {name!r} has {found} rows, the others have {self.rows}")

    def __getitem__(self, name: str) -> Column:
        return self.of[name]

    def take(self, rows: NDArray[np.int64]) -> Columns:
        """Some rows, in the given order."""
        taken = {
            name: column.take(rows) if isinstance(column, Bags) else column[rows] for name, column in self.of.items()
        }
        return Columns(taken, len(rows))
