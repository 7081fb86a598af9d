"""Which columns of a table are read, and as what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.problems import declare

NO_COLUMN = declare("recommender.no-column", "The table has no column “{column}”; it has {columns}.")
SEPARATOR = "|"
"""Between the ids of a bag that is written as one text."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Which columns of a table are read, and as what. ``bags`` hold texts such as ``Drama|Comedy``.

    Every number gives two columns: itself, brought to mean 0 and deviation 1, and under :func:`binned_name` the bin
    that it lies in, a category: by this the wide part can remember numbers too, and cross them.
    """

    categories: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    bags: tuple[str, ...] = ()

    @property
    def crossable(self) -> tuple[str, ...]:
        """The columns of one id per row, binned numbers included."""
        return (*self.categories, *(binned_name(name) for name in self.numbers))

    @property
    def names(self) -> tuple[str, ...]:
        """All columns."""
        return (*self.categories, *self.numbers, *self.bags)

    def among(self, read: Collection[str]) -> tuple[str, ...]:
        """The columns that are ``read``, by their own names or those of their bins."""
        return tuple(name for name in self.names if name in read or binned_name(name) in read)


def binned_name(number: str) -> str:
    """The name of the column of a number's bins."""
    return f"{number} (binned)"
