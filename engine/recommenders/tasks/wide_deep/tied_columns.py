"""Columns that always go together: each value of the one stands beside a single value of the other, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

import polars as pl

from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.tasks.wide_deep.answers import BrokenPair

Cell = str | float | None


class TiedColumns:
    """Finds them among training rows; rows in which either column is missing do not count.

    Columns in which nearly every value differs are no evidence, and bags have no one value.
    """

    def __init__(self, train: pl.DataFrame, fields: Fields) -> None:
        columns = {name: train[name].cast(pl.String) for name in fields.categories}
        columns |= {name: numbers_of(train, name) for name in fields.numbers}
        counts = {name: column.drop_nulls().n_unique() for name, column in columns.items()}
        self._usual: dict[str, dict[str, Mapping[Cell, Cell]]] = {}
        for first, second in combinations(columns, 2):
            if counts[first] != counts[second] or not 2 <= counts[first] <= train.height / 2:
                continue
            pairs = pl.DataFrame({"a": columns[first], "b": columns[second]}).drop_nulls().unique()
            if len(pairs) == counts[first] == pairs["a"].n_unique() == pairs["b"].n_unique():
                self._usual.setdefault(first, {})[second] = dict(pairs.iter_rows())
                self._usual.setdefault(second, {})[first] = {b: a for a, b in pairs.iter_rows()}

    def together(self, first: str, second: str) -> bool:
        """Whether two columns always go together."""
        return second in self._usual.get(first, {})

    def partners(self, column: str, value: object) -> Mapping[str, Cell]:
        """What training always had beside a value of a column, by the other column's name."""
        found = self._usual.get(column, {})
        return {name: usual[value] for name, usual in found.items() if value in usual}  # type: ignore[index]

    def broken(self, values: Mapping[str, object], changed: Collection[str]) -> Iterator[BrokenPair]:
        """The pairs that a row with some ``changed`` columns has and no training row had. Each is told once, as of the
        column that was changed."""
        told: set[frozenset[str]] = set()
        for column in changed:
            value = values[column]
            for partner, usual in self.partners(column, value).items():
                found = values[partner]
                if found != usual and found is not None and frozenset((column, partner)) not in told:
                    told.add(frozenset((column, partner)))
                    yield BrokenPair(column, value, partner, usual, found)  # type: ignore[arg-type]  # no bag is tied
