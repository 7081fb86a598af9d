"""Columns that determine others: each value of the one stands beside a single value of the other, often back too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

import polars as pl

from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.tasks.wide_deep.answers import BrokenPair

Cell = str | float | None
SAMPLE = 4096
"""Rows that are looked at first: nearly every pair of columns shows there that neither determines the other."""


class TiedColumns:
    """Finds them among training rows; rows in which either column is missing do not count.

    Columns in which nearly every value differs are no evidence, and bags have no one value. Whether one column alone
    determines another is looked at when it is asked, so that a wide table costs a look at each partner at most.
    """

    def __init__(self, train: pl.DataFrame, fields: Fields) -> None:
        columns = {name: train[name].cast(pl.String) for name in fields.categories}
        columns |= {name: numbers_of(train, name) for name in fields.numbers}
        counts = {name: column.drop_nulls().n_unique() for name, column in columns.items()}
        self._columns = {name: column for name, column in columns.items() if 2 <= counts[name] <= train.height / 2}
        self._counts, self._given = counts, dict[tuple[str, str], Mapping[Cell, Cell]]()
        self._usual: dict[str, dict[str, Mapping[Cell, Cell]]] = {}
        for first, second in combinations(self._columns, 2):
            if counts[first] != counts[second]:
                continue
            pairs = pl.DataFrame({"a": columns[first], "b": columns[second]}).drop_nulls().unique()
            if len(pairs) == counts[first] == pairs["a"].n_unique() == pairs["b"].n_unique():
                self._usual.setdefault(first, {})[second] = dict(pairs.iter_rows())
                self._usual.setdefault(second, {})[first] = {b: a for a, b in pairs.iter_rows()}

    def together(self, first: str, second: str) -> bool:
        """Whether two columns always go together."""
        return second in self._usual.get(first, {})

    def partners(self, column: str, value: object) -> Mapping[str, Cell]:
        """What training always had beside a value of a column, by the name of the other column, and back."""
        found = self._usual.get(column, {})
        return {name: usual[value] for name, usual in found.items() if value in usual}  # type: ignore[index]

    def broken(self, values: Mapping[str, object], changed: Collection[str]) -> Iterator[BrokenPair]:
        """The pairs that a row with some ``changed`` columns has and no training row had. Each is told once, as of the
        column that was changed; where one column alone determines the other, as of that one."""
        told: set[frozenset[str]] = set()
        for column in changed:
            others = [name for name in self._columns if name != column] if column in self._columns else []
            tied = [name for name in others if self.together(column, name)]
            fixed = [name for name in others if self._counts[name] < self._counts[column]]
            fixing = [name for name in others if self._counts[name] > self._counts[column]]
            for first, second in [*((column, name) for name in (*tied, *fixed)), *((name, column) for name in fixing)]:
                value, found = values[first], values[second]
                usual = self._beside(first, second).get(value)  # type: ignore[call-overload]  # no bag is tied
                if None not in (usual, found) and found != usual and frozenset((first, second)) not in told:
                    told.add(frozenset((first, second)))
                    yield BrokenPair(first, value, second, usual, found)  # type: ignore[arg-type]

    def _beside(self, first: str, second: str) -> Mapping[Cell, Cell]:
        """What each value of a column always has beside it in another one; empty where the first does not determine
        the second. Without values of a single row, unless the two determine one another: they say nothing of always."""
        if self.together(first, second):
            return self._usual[first][second]
        if (first, second) not in self._given:
            pairs = pl.DataFrame({"a": self._columns[first], "b": self._columns[second]})
            given: dict[Cell, Cell] = {}
            if _determines(pairs.head(SAMPLE)) and _determines(pairs):
                seen = pairs.drop_nulls().group_by("a").agg(pl.col("b").first(), pl.len().alias("rows"))
                given = dict(seen.filter(pl.col("rows") > 1).select("a", "b").iter_rows())
            self._given[first, second] = given
        return self._given[first, second]


def _determines(pairs: pl.DataFrame) -> bool:
    known = pairs.drop_nulls().unique()
    return len(known) == known["a"].n_unique()
