"""A row, its sum and the pairs of a cross, as “Explain a row” shows what Wide & Deep answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, isnan
from typing import Any, Final, Literal

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import NOTHING, plain, written
from app.workspaces.recommender.words import BINNED
from engine.recommenders.tasks.wide_deep.answers import (
    AboutWideDeep,
    AllColumns,
    BrokenPair,
    CellValue,
    CrossPairs,
    FoundRows,
    OutsideNumber,
    RowChange,
    RowSum,
    TrainedCrosses,
    WideTermShown,
)

WIDE: Final = "wide"
DEEP: Final = "deep"
JOINT: Final = "joint"
SEVERAL: Final = "bag"

Value = str | float | None
"""A cell of the table: a text, a number, or nothing."""


Place = tuple[int, int]
"""Down and across in a map of pairs."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that training has not seen. ``cells``: as the table has them, in the order of its columns. ``yes``: what
    came of it."""

    row: int
    cells: tuple[str, ...]
    probability: float
    yes: bool

    @property
    def right(self) -> bool:
        """Whether the likelier outcome came."""
        return (self.probability >= 0.5) == self.yes


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows kept from training. ``kept``: how many there are, ``total``: rows of the whole table; ``goal``: what a
    yes is, in words; ``foremost``: the columns that say most in least room. ``loading``: more are to come."""

    columns: tuple[str, ...]
    rows: tuple[KeptRow, ...]
    kept: int
    total: int
    goal: str
    foremost: tuple[str, ...]
    loading: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One weight of the wide part that is on for the row: of a value of one column, or of a cross of several.

    ``values``: one for each of the ``columns``; ``words``: the same so that each can be read without its column.
    ``count``: training rows in which the weight is on. ``shared``: other combinations may have the same weight.
    """

    columns: tuple[str, ...]
    values: tuple[str, ...]
    words: tuple[str, ...]
    weight: float
    count: int
    shared: bool = False

    @property
    def single(self) -> bool:
        """Whether it is of one column."""
        return len(self.columns) == 1

    @property
    def title(self) -> str:
        """``Masters × Exec-managerial``; a value of one column alone is named with its column."""
        if self.single:
            return f"{self.columns[0]} {self.values[0]}"
        return " × ".join(self.words)


@dataclass(frozen=True, slots=True)
class Explained:
    """A row as the model sums it up: ``wide`` (the sum of its ``terms``) + ``deep`` + ``bias`` = ``logit``.

    ``values``: the row's cells by column, changes made. ``unknown``: columns whose value training had not, so that they
    are in the bucket for unknown ones. ``yes``: what came of it, None for a changed row; ``goal``: what a yes is, in
    words. ``layers``: units of the hidden layers; none without a deep part. ``broken``: pairs of columns that always go
    together in training, and do not in this row; ``outside``: changed numbers beyond all of training.
    """

    row: int
    values: Mapping[str, Value]
    changed: frozenset[str]
    unknown: Mapping[str, str]
    bias: float
    wide: float
    deep: float
    logit: float
    probability: float
    yes: bool | None
    goal: str
    terms: tuple[Term, ...]
    has_wide: bool = True
    has_deep: bool = True
    layers: tuple[int, ...] = ()
    broken: tuple[BrokenPair, ...] = ()
    outside: tuple[OutsideNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class EditColumn:
    """A column that can be changed: one of its ``choices``, or a number between ``low`` and ``high`` in training."""

    name: str
    kind: Literal["category", "number", "bag"]
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    whole: bool = False

    @property
    def holds_several(self) -> bool:
        """Whether a row has several names there, or none."""
        return self.kind == SEVERAL


@dataclass(frozen=True, slots=True)
class CrossName:
    """A cross of two columns or more: as the model calls them, and as people do (``members``). ``features``: how many
    products it gives. ``hashed``: there are fewer weights than products, so that several may share one."""

    columns: tuple[str, ...]
    members: tuple[str, ...]
    features: int = 0
    hashed: bool = False

    @property
    def key(self) -> str:
        """Tells it from the others."""
        return " × ".join(self.columns)

    @property
    def title(self) -> str:
        """``education × occupation``."""
        return " × ".join(self.members)


@dataclass(frozen=True, slots=True)
class ValueName:
    """A value of a crossed column: ``key`` as the model has it, ``text`` beside its column's name, ``word`` alone."""

    key: str
    text: str
    word: str


@dataclass(frozen=True, slots=True)
class PairMap:
    """All pairs of one cross: ``weights[d][a]`` is that of ``down[d]`` and ``across[a]``, ``counts`` how many training
    rows have the pair and ``yes`` how many of them came out as a yes, which is ``goal`` in words."""

    cross: CrossName
    down: tuple[ValueName, ...]
    across: tuple[ValueName, ...]
    weights: tuple[tuple[float, ...], ...]
    counts: tuple[tuple[int, ...], ...]
    yes: tuple[tuple[int, ...], ...]
    goal: str

    def title(self, place: Place) -> str:
        """A pair by name, in the order of the cross."""
        return f"{self.across[place[1]].word} × {self.down[place[0]].word}"

    @property
    def unseen(self) -> int:
        """Pairs that no training row has."""
        return sum(count == 0 for row in self.counts for count in row)

    @property
    def pairs(self) -> int:
        """All pairs shown."""
        return len(self.down) * len(self.across)

    @property
    def reach(self) -> float:
        """The greatest absolute weight."""
        return max((abs(weight) for row in self.weights for weight in row), default=0.0)


@dataclass(frozen=True, slots=True)
class PairCase:
    """A pair put into the chosen row, and what each model says of that row then; a missing model has no entry."""

    place: Place
    probabilities: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feature:
    """One x of a cross-product: which condition it stands for, at length and in a ``word``, and its value on the
    row."""

    name: str
    word: str
    value: float


@dataclass(frozen=True, slots=True)
class Phi:
    """φ of one product on a row: Π x over the ``features``. ``on``: in how many training rows it is 1, None where it
    may share its weight, so that those rows are not all that the weight comes from."""

    features: tuple[Feature, ...]
    weight: float
    on: int | None

    @property
    def value(self) -> float:
        """The product."""
        product = 1.0
        for feature in self.features:
            product *= feature.value
        return product


def part_name(key: str) -> str:
    """A model by its key, in the window's language."""
    return {
        WIDE: QCoreApplication.translate("Parts", "wide only"),
        DEEP: QCoreApplication.translate("Parts", "deep only"),
        JOINT: QCoreApplication.translate("Parts", "joint"),
    }[key]


def part_title(key: str) -> str:
    """The same as a heading."""
    return {
        WIDE: QCoreApplication.translate("Parts", "Wide only"),
        DEEP: QCoreApplication.translate("Parts", "Deep only"),
        JOINT: QCoreApplication.translate("Parts", "Joint"),
    }[key]


UNKNOWN: Final = "(unknown)"
BETWEEN: Final = " … "
SEPARATOR = "|"
FOREMOST = 3


class Reading:
    """Reads answers by what the model says of itself (``about``), of its ``columns`` and of its ``crosses``."""

    def __init__(self, about: AboutWideDeep, columns: AllColumns, crosses: TrainedCrosses) -> None:
        self._about, self._columns = about, columns
        self._whole = {column.name for column in columns.numbers if column.whole}
        self._bins = {column.name + BINNED: [bin.name for bin in column.bins] for column in columns.numbers}
        self.crosses = tuple(
            CrossName(cross.columns, tuple(map(member, cross.columns)), cross.features, cross.hashed)
            for cross in crosses.crosses
        )

    # The model ----------------------------------------------------------------------------------------------------

    @property
    def parts(self) -> str:
        """Which of the three models it is."""
        return self._about.spec.parts

    @property
    def goal(self) -> str:
        """What a yes is: the text that is predicted, or the least number."""
        goal = self._about.goal
        if goal.equals is not None:
            return goal.equals
        return f"{goal.column} ≥ {plain(goal.at_least)}" if goal.at_least != 1.0 else goal.column

    @property
    def layers(self) -> tuple[int, ...]:
        """Units of the hidden layers."""
        return self._about.spec.hidden if self.parts != "wide" else ()

    @property
    def wide_weights(self) -> tuple[int, int]:
        """Wide weights that are not 0, and all of them."""
        return self._about.wide_kept, self._about.wide_weights

    @property
    def first_cross(self) -> CrossName | None:
        """The pair cross to begin with: of names rather than of bins, and of as many as there are."""
        crosses = self.pair_crosses
        return max(crosses, key=lambda cross: (cross.columns == cross.members, cross.features), default=None)

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
            EditColumn(column.name, "bag" if column.bag else "category", tuple(known.value for known in column.values))
            for column in self._columns.names
        ]
        for number in self._columns.numbers:
            low, high = (0.0 if isnan(end) else end for end in (number.quantiles[0], number.quantiles[-1]))
            found.append(EditColumn(number.name, "number", (), low, high))
        crossed = [name for cross in self.crosses for name in cross.members]
        return tuple(sorted(found, key=lambda column: -crossed.count(column.name)))

    # Rows ---------------------------------------------------------------------------------------------------------

    def kept(self, before: Kept | None, page: FoundRows, most: int) -> Kept:
        """The rows so far, and those of a further page of the list, which has so many at ``most``."""
        columns = tuple(column.name for column in self.edit_columns())
        rows = [
            KeptRow(row.row, tuple(text_of(row.values[name]) for name in columns), row.probability, row.label)
            for row in page.rows
        ]
        known = () if before is None else before.rows
        loading = bool(rows) and len(known) + len(rows) < min(page.found, most)
        if before is not None:
            return replace(before, rows=(*known, *rows), loading=loading)
        total = sum(part.rows for part in self._about.parts)
        return Kept(columns, tuple(rows), page.part, total, self.goal, self._foremost(columns), loading)

    def _foremost(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Few columns for a narrow table: a number, and what the first cross is of."""
        numbers = [column.name for column in self._columns.numbers]
        crossed = self.first_cross.members if self.first_cross is not None else ()
        wanted = dict.fromkeys([*[name for name in columns if name in numbers][:1], *crossed, *columns])
        return tuple(wanted)[:FOREMOST]

    def explained(self, answer: RowChange, edits: Mapping[str, Value]) -> Explained:
        """The row after its changes."""
        shown = self._summed(answer.row, None if edits else answer.label, answer.after, edits)
        return replace(shown, broken=answer.broken, outside=answer.outside)

    def values(self, summed: RowSum) -> dict[str, Value]:
        """A row's values by column; a bag's names as one text."""
        return {
            name: SEPARATOR.join(value) if isinstance(value, tuple) else value for name, value in summed.values.items()
        }

    def _summed(self, row: int, yes: bool | None, summed: RowSum, edits: Mapping[str, Value]) -> Explained:
        values = self.values(summed)
        return Explained(
            row=row,
            values=values,
            changed=frozenset(edits),
            unknown={name: text_of(values[name]) for name in summed.unknown},
            bias=summed.bias,
            wide=summed.wide,
            deep=summed.deep,
            logit=summed.logit,
            probability=summed.probability,
            yes=yes,
            goal=self.goal,
            terms=tuple(map(self._term, summed.terms)),
            has_wide=self.parts != "deep",
            has_deep=self.parts != "wide",
            layers=self.layers,
        )

    def _term(self, term: WideTermShown) -> Term:
        conditions = [(condition.column, condition.value) for condition in term.conditions]
        return Term(
            tuple(member(column) for column, _ in conditions),
            tuple(self.value(column, value) for column, value in conditions),
            tuple(self.word(column, value) for column, value in conditions),
            term.weight,
            term.rows,
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

    def pair_map(self, answer: CrossPairs) -> tuple[PairMap, tuple[Place, ...]]:
        """The map, its first column across and its second one down, each ordered by how often it came out as a yes;
        and the places of the memorised and the never-seen pair, as far as there are such."""
        first, second = answer.columns
        rows = answer.rows
        yes = [
            [round(rate * count) if count else 0 for rate, count in zip(rates, counts, strict=True)]
            for rates, counts in zip(answer.rates, rows, strict=True)
        ]
        across = self._order(first, answer.first, [sum(line) for line in yes], [sum(line) for line in rows])
        down = self._order(
            second,
            answer.second,
            [sum(line[at] for line in yes) for at in range(len(answer.second))],
            [sum(line[at] for line in rows) for at in range(len(answer.second))],
        )
        cross = next(cross for cross in self.crosses if cross.columns == (first, second))

        def grid(of: Sequence[Sequence[Any]]) -> tuple[tuple[Any, ...], ...]:
            return tuple(tuple(of[a][d] for a in across) for d in down)

        made = PairMap(
            cross,
            tuple(self._named(second, answer.second[at]) for at in down),
            tuple(self._named(first, answer.first[at]) for at in across),
            grid(answer.weights),
            grid(rows),
            grid(yes),
            self.goal,
        )
        cases = (answer.memorised, answer.never_seen)
        return made, tuple(_place(made, case.values) for case in cases if case is not None)

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
    across, down = ([name.key for name in names] for names in (shown.across, shown.down))
    return down.index(values[1]), across.index(values[0])


def member(column: str) -> str:
    """A crossed column as people call it."""
    return column.removesuffix(BINNED)


def text_of(value: CellValue) -> str:
    """A cell as a text."""
    if value is None:
        return NOTHING
    if isinstance(value, tuple):
        return listed(value) or NOTHING
    return written(value) if isinstance(value, float | int) else value
