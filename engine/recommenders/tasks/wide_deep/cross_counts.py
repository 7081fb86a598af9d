"""How often each combination of a cross is on in some rows, and how often the outcome is then a yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Columns, Ids
from engine.graph.kinds.cross import cross_ids
from engine.graph.kinds.on_torch import as_bags
from engine.problems import EngineError, declare
from engine.recommenders.data.different import different

TOO_MANY = declare(
    "recommender.cross-too-large",
    "“{cross}” makes too many combinations to count. Cross fewer columns, or fewer bags.",
)
MOST_NUMBERED = 2**62
MOST_MET = 30_000_000
MOST_PLACES = 1 << 22
"""Combinations that have a counter each; of more, those that occur are looked for first."""


@dataclass(frozen=True, slots=True)
class CrossCounts:
    """``widths``: ids of each member. ``numbers`` (n,): the combinations that occur, ascending, in mixed radix; each
    is on in so many ``rows`` (n,), of which so many are ``yes`` (n,)."""

    widths: tuple[int, ...]
    numbers: Ids
    rows: Ids
    yes: Ids

    @property
    def possible(self) -> int:
        """Combinations of ids."""
        return prod(self.widths)

    @property
    def frequent(self) -> Ids:
        """Places in ``numbers``, the most frequent first, equally frequent ones by number."""
        return np.argsort(-self.rows, kind="stable").astype(np.int64)

    def of(self, number: int) -> tuple[int, int]:
        """In how many rows a combination is on, and of how many of these the outcome is a yes."""
        at = int(np.searchsorted(self.numbers, number))
        if at == len(self.numbers) or self.numbers[at] != number:
            return 0, 0
        return int(self.rows[at]), int(self.yes[at])

    def ids(self, number: int) -> tuple[int, ...]:
        """The members' ids of a combination."""
        found = []
        for width in reversed(self.widths):
            number, one = divmod(number, width)
            found.append(one)
        return tuple(reversed(found))


def counted(
    names: Sequence[str], widths: Sequence[int], columns: Columns, outcomes: NDArray[np.float32]
) -> CrossCounts:
    """Count a cross of columns by name; ``outcomes`` (rows,), 0 or 1. No bag has an id twice in a row, see
    :func:`distinct`. Raises EngineError for more combinations than there is room for."""
    met = np.prod([as_bags(columns[name]).lengths.astype(np.float64) for name in names], axis=0).sum()
    if prod(widths) > MOST_NUMBERED or met > MOST_MET:
        raise EngineError(TOO_MANY(cross=" × ".join(names)))
    bags = as_bags(numbered(names, widths, columns))
    if prod(widths) <= MOST_PLACES:
        places, known = bags.ids, np.arange(prod(widths), dtype=np.int64)
    else:
        known, places = np.unique(bags.ids, return_inverse=True)
    rows = np.bincount(places, minlength=len(known)).astype(np.int64)
    yes = np.bincount(places, np.repeat(outcomes, bags.lengths), minlength=len(known))
    on = np.flatnonzero(rows)
    return CrossCounts(tuple(widths), known[on], rows[on], np.rint(yes[on]).astype(np.int64))


def distinct(columns: Columns) -> Columns:
    """Columns in whose bags no id stands twice: what is on is on once."""
    return Columns(
        {name: _distinct(column) if isinstance(column, Bags) else column for name, column in columns.of.items()},
        columns.rows,
    )


def _distinct(bags: Bags) -> Bags:
    width = int(bags.ids.max(initial=0)) + 1
    owners = np.repeat(np.arange(bags.rows), bags.lengths)
    once = different(owners * width + bags.ids)
    if len(once) == len(bags.ids):
        return bags
    counts = np.bincount(once // width, minlength=bags.rows)
    return Bags(once % width, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def numbered(names: Sequence[str], widths: Sequence[int], columns: Columns) -> Ids | Bags:
    """Each row's combinations as numbers in mixed radix, none of them hashed: (rows,), or bags."""
    found = cross_ids([columns[name] for name in names], widths, prod(widths))
    return found if isinstance(found, Bags) else np.asarray(found, np.int64)
