"""From the answers of a trained Wide & Deep, as JSON has them, to what the views are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import NOTHING, plain, written
from app.workspaces.recommender.explain.content import (
    CrossName,
    EditColumn,
    Explained,
    Kept,
    KeptRow,
    PairMap,
    Place,
    Term,
    Value,
    ValueName,
)
from app.workspaces.recommender.words import BINNED
from engine.recommenders.tasks.wide_deep.tied_columns import BrokenPair

Answer = Mapping[str, Any]

UNKNOWN: Final = "(unknown)"
BETWEEN: Final = " … "
SEPARATOR = "|"
FOREMOST = 3


class Reading:
    """Reads answers by what the model says of itself (``about``), of its ``columns`` and of its ``crosses``."""

    def __init__(self, about: Answer, columns: Answer, crosses: Answer) -> None:
        self._about, self._columns = about, columns
        self._whole = {one["name"] for one in columns["numbers"] if one["whole"]}
        self._bins = {one["name"] + BINNED: [found["name"] for found in one["bins"]] for one in columns["numbers"]}
        self.crosses = tuple(
            CrossName(tuple(one["columns"]), tuple(map(member, one["columns"])), one["features"], one["hashed"])
            for one in crosses["crosses"]
        )

    # The model ----------------------------------------------------------------------------------------------------

    @property
    def parts(self) -> str:
        """Which of the three models it is."""
        return str(self._about["spec"]["parts"])

    @property
    def goal(self) -> str:
        """What a yes is: the text that is predicted, or the least number."""
        goal = self._about["goal"]
        if goal["equals"] is not None:
            return str(goal["equals"])
        return f"{goal['column']} ≥ {plain(goal['at_least'])}" if goal["at_least"] != 1.0 else str(goal["column"])

    @property
    def layers(self) -> tuple[int, ...]:
        """Units of the hidden layers."""
        return tuple(self._about["spec"]["hidden"]) if self.parts != "wide" else ()

    @property
    def wide_weights(self) -> tuple[int, int]:
        """Wide weights that are not 0, and all of them."""
        return int(self._about["wide_kept"]), int(self._about["wide_weights"])

    @property
    def first_cross(self) -> CrossName | None:
        """The pair cross to begin with: of names rather than of bins, and of as many as there are."""
        crosses = self.pair_crosses
        return max(crosses, key=lambda one: (one.columns == one.members, one.features)) if crosses else None

    def kept_cross(self, before: CrossName | None) -> CrossName | None:
        """The pair cross that was shown before, where it is still there."""
        return before if before in self.pair_crosses else self.first_cross

    @property
    def pair_crosses(self) -> tuple[CrossName, ...]:
        """The crosses of two columns: those that a map can show."""
        return tuple(cross for cross in self.crosses if len(cross.columns) == 2)

    def edit_columns(self) -> tuple[EditColumn, ...]:
        """All columns, those that most crosses are made of first."""
        found = [
            EditColumn(one["name"], "bag" if one["bag"] else "category", tuple(v["value"] for v in one["values"]))
            for one in self._columns["names"]
        ]
        for one in self._columns["numbers"]:
            low, high = one["quantiles"][0], one["quantiles"][-1]
            found.append(EditColumn(one["name"], "number", (), low or 0.0, high or 0.0))
        crossed = [name for cross in self.crosses for name in cross.members]
        return tuple(sorted(found, key=lambda column: -crossed.count(column.name)))

    # Rows ---------------------------------------------------------------------------------------------------------

    def kept(self, before: Kept | None, page: Answer, most: int) -> Kept:
        """The rows so far, and those of a further page of the list, which has so many at ``most``."""
        columns = tuple(column.name for column in self.edit_columns())
        rows = [
            KeptRow(
                one["row"], tuple(text_of(one["values"][name]) for name in columns), one["probability"], one["label"]
            )
            for one in page["rows"]
        ]
        known = () if before is None else before.rows
        loading = bool(rows) and len(known) + len(rows) < min(page["found"], most)
        if before is not None:
            return replace(before, rows=(*known, *rows), loading=loading)
        total = sum(part["rows"] for part in self._about["parts"])
        return Kept(columns, tuple(rows), page["part"], total, self.goal, self._foremost(columns), loading)

    def _foremost(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Few columns for a narrow table: a number, and what the first cross is of."""
        numbers = [one["name"] for one in self._columns["numbers"]]
        crossed = self.first_cross.members if self.first_cross is not None else ()
        wanted = dict.fromkeys([*[name for name in columns if name in numbers][:1], *crossed, *columns])
        return tuple(wanted)[:FOREMOST]

    def explained(self, answer: Answer, edits: Mapping[str, Value]) -> Explained:
        """The row after its changes."""
        shown = self._summed(answer["row"], None if edits else answer["label"], answer["after"], edits)
        return replace(shown, broken=tuple(BrokenPair(**pair) for pair in answer["broken"]))

    def values(self, summed: Answer) -> dict[str, Value]:
        """A row's values by column; a bag's names as one text."""
        return {
            name: SEPARATOR.join(value) if isinstance(value, list) else value
            for name, value in summed["values"].items()
        }

    def _summed(self, row: int, yes: bool | None, summed: Answer, edits: Mapping[str, Value]) -> Explained:
        values = self.values(summed)
        return Explained(
            row=row,
            values=values,
            changed=frozenset(edits),
            unknown={name: text_of(values[name]) for name in summed["unknown"]},
            bias=summed["bias"],
            wide=summed["wide"],
            deep=summed["deep"],
            logit=summed["logit"],
            probability=summed["probability"],
            yes=yes,
            goal=self.goal,
            terms=tuple(self._term(one) for one in summed["terms"]),
            has_wide=self.parts != "deep",
            has_deep=self.parts != "wide",
            layers=self.layers,
        )

    def _term(self, one: Answer) -> Term:
        conditions = [(found["column"], found["value"]) for found in one["conditions"]]
        return Term(
            tuple(member(column) for column, _ in conditions),
            tuple(self.value(column, value) for column, value in conditions),
            tuple(self.word(column, value) for column, value in conditions),
            one["weight"],
            one["rows"],
            any(cross.hashed and cross.columns == tuple(column for column, _ in conditions) for cross in self.crosses),
        )

    # Values -------------------------------------------------------------------------------------------------------

    def value(self, column: str, value: str) -> str:
        """A value as people write it: a bin of whole numbers with both of its ends."""
        if value == UNKNOWN:
            return QCoreApplication.translate("Reading", "unknown")
        low, between, high = value.partition(BETWEEN)
        if not column.endswith(BINNED) or not between:
            return value
        if member(column) in self._whole:
            first, last = ceil(float(low)), ceil(float(high)) - 1
            return plain(first) if first >= last else f"{plain(first)}–{plain(last)}"
        return f"{low}–{high}"

    def word(self, column: str, value: str) -> str:
        """A value that can be read without its column: a name as it is, a number with what it is of."""
        named = column.endswith(BINNED) or value == UNKNOWN
        return f"{member(column)} {self.value(column, value)}" if named else value

    # Pairs --------------------------------------------------------------------------------------------------------

    def pair_map(self, answer: Answer) -> tuple[PairMap, tuple[Place, ...]]:
        """The map, its first column across and its second one down, each ordered by how often it came out as a yes;
        and the places of the memorised and the never-seen pair, as far as there are such."""
        first, second = answer["columns"]
        rows = answer["rows"]
        yes = [
            [round((rate or 0.0) * count) for rate, count in zip(rates, counts, strict=True)]
            for rates, counts in zip(answer["rates"], rows, strict=True)
        ]
        across = self._order(first, answer["first"], [sum(line) for line in yes], [sum(line) for line in rows])
        down = self._order(
            second,
            answer["second"],
            [sum(line[at] for line in yes) for at in range(len(answer["second"]))],
            [sum(line[at] for line in rows) for at in range(len(answer["second"]))],
        )
        cross = next(one for one in self.crosses if one.columns == (first, second))

        def grid(of: Sequence[Sequence[Any]]) -> tuple[tuple[Any, ...], ...]:
            return tuple(tuple(of[a][d] for a in across) for d in down)

        made = PairMap(
            cross,
            tuple(self._named(second, answer["second"][at]) for at in down),
            tuple(self._named(first, answer["first"][at]) for at in across),
            grid(answer["weights"]),
            grid(rows),
            grid(yes),
            self.goal,
        )
        cases = (answer["memorised"], answer["never_seen"])
        return made, tuple(_place(made, case["values"]) for case in cases if case is not None)

    def own_place(self, shown: PairMap, row: Explained) -> Place | None:
        """Where a map has the pair of a row, the heaviest that it shows where a bag gives several; None where it shows
        none."""
        places = {
            (across.text, down.text): (d, a)
            for d, down in enumerate(shown.down)
            for a, across in enumerate(shown.across)
        }
        own = (
            places.get((term.values[0], term.values[1])) for term in row.terms if term.columns == shown.cross.members
        )
        return next((place for place in own if place is not None), None)

    def _named(self, column: str, key: str) -> ValueName:
        return ValueName(key, self.value(column, key), self.word(column, key))

    def _order(self, column: str, names: Sequence[str], yes: Sequence[int], rows: Sequence[int]) -> list[int]:
        """Bins in their own order; names by the share of a yes, highest first."""
        if column in self._bins:
            known = {name: at for at, name in enumerate(self._bins[column])}
            return sorted(range(len(names)), key=lambda at: known.get(names[at], 0))
        return sorted(range(len(names)), key=lambda at: -yes[at] / rows[at] if rows[at] else 1.0)


def _place(shown: PairMap, values: Sequence[str]) -> Place:
    """Where a pair of values stands, the first of them across."""
    across, down = ([one.key for one in names] for names in (shown.across, shown.down))
    return down.index(values[1]), across.index(values[0])


def member(column: str) -> str:
    """A crossed column as people call it."""
    return column.removesuffix(BINNED)


def text_of(value: object) -> str:
    """A cell as a text."""
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return listed(map(str, value)) or NOTHING
    return written(value) if isinstance(value, float | int) else str(value)
