"""The row that is explained, its changes and the pairs of a cross, as the trained models answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, isnan
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.kit.listing import listed
from app.kit.numbers import NOTHING, plain, typed, whole_number
from app.kit.undo_stack import UndoStack
from app.workspaces.recommender.answers import Then
from app.workspaces.recommender.files import written_at
from app.workspaces.recommender.words import BINNED
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.wide_deep.answers import (
    AboutWideDeep,
    AllColumns,
    BrokenPair,
    CellValue,
    CrossPairs,
    FoundRows,
    Heaviest,
    ModelComparison,
    Opinions,
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
class KeptRows:
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
class RowTerm:
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
    ``otherwise``: the text that a no is, where there is one alone.
    ``of_file``: whether ``row`` is its number in the file, counting any header.
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
    terms: tuple[RowTerm, ...]
    has_wide: bool = True
    has_deep: bool = True
    layers: tuple[int, ...] = ()
    broken: tuple[BrokenPair, ...] = ()
    outside: tuple[OutsideNumber, ...] = ()
    of_file: bool = False
    otherwise: str | None = None


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
class PhiFactor:
    """One x of a cross-product: which condition it stands for, at length and in a ``word``, and its value on the
    row."""

    name: str
    word: str
    value: float


@dataclass(frozen=True, slots=True)
class Phi:
    """φ of one product on a row: Π x over the ``features``. ``on``: in how many training rows it is 1, None where it
    may share its weight, so that those rows are not all that the weight comes from."""

    features: tuple[PhiFactor, ...]
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


def any_of(keys: Iterable[str]) -> str:
    """Models by their keys, of each of which something is said."""
    return QCoreApplication.translate("Parts", " or ").join(part_name(key) for key in keys)


UNKNOWN: Final = "(unknown)"
BETWEEN: Final = " … "
SEPARATOR = "|"
MOST_WHOLE: Final = 1e15
"""Larger whole numbers are written with a power of ten."""
FOREMOST = 3


class RowReading:
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

    def kept(self, before: KeptRows | None, page: FoundRows, most: int) -> KeptRows:
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
        return KeptRows(columns, tuple(rows), page.part, total, self.goal, self._foremost(columns), loading)

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
            of_file=self._about.rows_of_file,
            otherwise=self._about.goal.otherwise,
        )

    def _term(self, term: WideTermShown) -> RowTerm:
        conditions = [(condition.column, condition.value) for condition in term.conditions]
        return RowTerm(
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
            return QCoreApplication.translate("Explainer", "unknown")
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
    """A cell as a text; a whole number, such as a time in milliseconds, to its last digit."""
    if value is None:
        return NOTHING
    if isinstance(value, tuple):
        return listed(value) or NOTHING
    if isinstance(value, float | int):
        return whole_number(value) if float(value).is_integer() and abs(value) < MOST_WHOLE else typed(value)
    return value


def companions_of(checkpoint: Path) -> Mapping[str, Path]:
    """Checkpoints of the halves in the run's own folder, by part; what is not there yet is absent."""
    folder = RunFolder(checkpoint.parent).companions
    places = {part: folder / f"{part}.safetensors" for part in (WIDE, DEEP)}
    return {part: path for part, path in places.items() if path.exists()}


@dataclass(frozen=True, slots=True)
class Halves:
    """Checkpoints beside a joint model, by part, as they were written when it was opened: what has been trained on
    since is not of the same age, and stands beside it no more."""

    paths: Mapping[str, Path] = field(default_factory=dict)
    written: Mapping[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Mapping[str, Path]) -> Halves:
        """These, as they are now."""
        return cls(paths, {part: written_at(path) for part, path in paths.items()})

    @property
    def same(self) -> Mapping[str, str]:
        """The paths of those that are as they were."""
        return {part: str(path) for part, path in self.paths.items() if written_at(path) == self.written[part]}

    @property
    def trained_on(self) -> bool:
        """Whether any has been written anew; one that is gone has not."""
        return any(written_at(path) not in (None, self.written[part]) for part, path in self.paths.items())


PAGE, MOST_ROWS = 500, 5000
"""Rows of one answer, and rows that are listed at most: one cannot look through more, but search the data itself."""
NEAR = 0.1
CHOICES = 1000


class Asking(Protocol):
    """Whom to ask; the latest question of each key is answered."""

    def ask(self, name: str, parameters: Mapping[str, Any], then: Then, *, kind: Any = None, key: str = "") -> None:
        """Ask, and go on with the answer."""


class Explainer(QObject):
    """``edits``: undoable changes of the row. Each signal says that the property of its name is another."""

    columns_changed = Signal()
    kept_changed = Signal()
    row_changed = Signal()
    crosses_changed = Signal()
    map_changed = Signal()
    cases_changed = Signal()
    said_changed = Signal()
    comparison_changed = Signal()

    def __init__(self, answers: Asking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers = answers
        self.others = Halves()
        self.edits = UndoStack(self)
        self.reading: RowReading | None = None
        self.columns: tuple[EditColumn, ...] = ()
        self.kept: KeptRows | None = None
        self.row: Explained | None = None
        self.data: Mapping[str, Value] = {}
        self.said: Mapping[str, float] = {}
        self.cross: CrossName | None = None
        self.map: PairMap | None = None
        self.cases: tuple[PairCase, ...] = ()
        self.comparison: ModelComparison | None = None
        self._changes: dict[str, Value] = {}
        self._answered: dict[str, Value] = {}
        self._wanted: int | None = None
        self._waiting: FoundRows | None = None
        self._first: dict[type, Any] = {}

    # The model ----------------------------------------------------------------------------------------------------

    def start(self, companions: Mapping[str, Path]) -> None:
        """Ask for everything, anew where it was asked before; a row that is chosen stays so, with its changes.

        ``companions``: checkpoints of the halves, by ``wide`` and ``deep``, as far as there are such.
        """
        self.others = Halves.of(companions)
        self._first, self.reading, self.kept, self._waiting = {}, None, None, None
        self._answers.ask("about", {}, self._gather, kind=AboutWideDeep)
        self._answers.ask("columns", {"values": CHOICES}, self._gather, kind=AllColumns)
        self._answers.ask("crosses", {}, self._gather, kind=TrainedCrosses)
        self._ask_page(0)

    def _gather(self, answer: AboutWideDeep | AllColumns | TrainedCrosses) -> None:
        """Take one of the three answers that all others are read by."""
        self._first[type(answer)] = answer
        if len(self._first) < 3:
            return
        self.reading = RowReading(self._first[AboutWideDeep], self._first[AllColumns], self._first[TrainedCrosses])
        self.columns = self.reading.edit_columns()
        self.columns_changed.emit()
        self.cross = self.reading.kept_cross(self.cross)
        self.crosses_changed.emit()
        if self._waiting is not None:
            self._take_page(self._waiting)

    def _ask_page(self, offset: int) -> None:
        self._answers.ask("rows", {"limit": PAGE, "offset": offset}, self._take_page, kind=FoundRows)

    def _take_page(self, page: FoundRows) -> None:
        if self.reading is None:  # it was quicker than what it is read by
            self._waiting = page
            return
        first = self.kept is None
        self.kept = self.reading.kept(self.kept, page, MOST_ROWS)
        self.kept_changed.emit()
        if first and self.kept.rows:
            self._begin(self.kept)
        if self.kept.loading:
            self._ask_page(len(self.kept.rows))

    def _begin(self, kept: KeptRows) -> None:
        """Explain a row, the first one of which the model is least sure, and ask for what takes longer."""
        if self._wanted is None:
            near = (row for row in kept.rows if abs(row.probability - 0.5) <= NEAR)
            self.choose_row(next(near, kept.rows[0]).row)
        else:
            self._ask_row()
        if self.cross is not None:
            self.choose_cross(self.cross.key)
        parameters = {"others": self.others.same}
        alone = parameters | {"opponents": False}
        self._answers.ask("compare", alone, self._take_comparison, kind=ModelComparison)
        key = "compare with simpler models"
        self._answers.ask("compare", parameters, self._take_comparison, kind=ModelComparison, key=key)

    def _take_comparison(self, comparison: ModelComparison) -> None:
        self.comparison = comparison
        self.comparison_changed.emit()

    @property
    def is_loading(self) -> bool:
        """Whether a row is chosen of which nothing is known yet."""
        return self._wanted is not None and self.row is None

    # The row ------------------------------------------------------------------------------------------------------

    def ask_heaviest(self, parameters: Mapping[str, object], then: Then) -> None:
        """Ask for the strongest weights of the wide part."""
        self._answers.ask("heaviest", parameters, then, kind=Heaviest)

    def choose_row(self, row: int) -> None:
        """Explain another row, as it is in the data."""
        if row != self._wanted:
            self._wanted = row
            self._changes, self._answered = {}, {}
            self.edits.clear()
            self.show_loading()
            self._ask_row()

    def show_loading(self) -> None:
        """Show nothing of what has been answered of a row: the next answer may take seconds."""
        self.row, self.data, self.said = None, {}, {}
        self.cases = tuple(PairCase(case.place) for case in self.cases)
        for changed in (self.row_changed, self.said_changed, self.cases_changed):
            changed.emit()

    def change(self, column: str, value: Value) -> None:
        """Give the row another value: an undoable edit. What the data has is no change, and what has been changed
        already counts before it is answered."""
        if self._wanted is None or self._changes.get(column, self.data.get(column)) == value:
            return
        after = {name: kept for name, kept in self._changes.items() if name != column}
        if column not in self.data or self.data[column] != value:
            after[column] = value
        self.edits.push(_Change(self, self.tr("Change {column}").format(column=column), self._changes, after))

    def put_back(self) -> None:
        """The row as it is in the data: an undoable edit, too."""
        if self._changes:
            self.edits.push(_Change(self, self.tr("As in the data"), self._changes, {}))

    def forget_change(self) -> None:
        """Take back the latest change, which has no answer: the row stays as it was, and the change can't be redone."""
        index = self.edits.index()
        if index:
            self.edits.command(index - 1).setObsolete(True)
            self.edits.undo()  # of an obsolete one, that drops it and does nothing else
            self.set_changes(self._answered)

    def set_changes(self, changes: Mapping[str, Value]) -> None:
        """For the edits: the row with exactly these changes."""
        self._changes = dict(changes)
        self._ask_row()

    def _ask_row(self) -> None:
        row, changes = self._wanted, dict(self._changes)
        asked = {"row": row, "values": self._values()}
        self._answers.ask("change", asked, lambda answer: self._take(answer, changes), kind=RowChange)
        self._ask_said()

    def _values(self) -> dict[str, object]:
        """The changes as the question has them: a bag is a list of names."""
        bags = {column.name for column in self.columns if column.holds_several}
        return {
            name: [part for part in str(value or "").split(SEPARATOR) if part] if name in bags else value
            for name, value in self._changes.items()
        }

    def _take(self, answer: RowChange, changes: Mapping[str, Value]) -> None:
        assert self.reading is not None
        self._answered = dict(changes)
        self.data = data = self.reading.values(answer.before)
        real = {name: value for name, value in changes.items() if data.get(name) != value}
        self.row = self.reading.explained(answer, real)
        self.row_changed.emit()
        self.cases_changed.emit()

    # Pairs and the three models -----------------------------------------------------------------------------------

    def choose_cross(self, key: str) -> None:
        """Show the pairs of another cross."""
        assert self.reading is not None
        self.cross = next(cross for cross in self.reading.crosses if cross.key == key)
        columns = list(self.cross.columns)
        self._answers.ask("pair", {"columns": columns}, self._take_map, kind=CrossPairs)

    def _take_map(self, answer: CrossPairs) -> None:
        assert self.reading is not None
        self.map, places = self.reading.pair_map(answer)
        self.cases = tuple(PairCase(place) for place in places)
        self.map_changed.emit()
        self._ask_said()

    def pick_pair(self, place: Place) -> None:
        """Put a pair in the place of the memorised one, or of the never-seen one where no training row has it."""
        if self.map is None:
            return
        seen = self._seen(place)
        kept = [case for case in self.cases if self._seen(case.place) != seen]
        self.cases = tuple(sorted([*kept, PairCase(place)], key=lambda case: not self._seen(case.place)))
        self.cases_changed.emit()
        self._ask_said()

    def _seen(self, place: Place) -> bool:
        assert self.map is not None
        return self.map.counts[place[0]][place[1]] > 0

    @property
    def own_place(self) -> Place | None:
        """Where the map has the row's own pair."""
        if self.reading is None or self.map is None or self.row is None:
            return None
        return self.reading.own_place(self.map, self.row)

    def _ask_said(self) -> None:
        """What each model says of the row, and of it with each of the pairs."""
        if self._wanted is None:
            return
        parameters: dict[str, object] = {"row": self._wanted, "values": self._values(), "others": self.others.same}
        places = [case.place for case in self.cases]
        if self.map is not None and places:
            parameters["columns"] = list(self.map.cross.columns)
            parameters["pairs"] = [[self.map.across[a].key, self.map.down[d].key] for d, a in places]
        self._answers.ask("opinions", parameters, lambda answer: self._take_said(answer, places), kind=Opinions)

    def _take_said(self, answer: Opinions, places: list[Place]) -> None:
        assert self.reading is not None
        own = self.reading.parts
        said = {own if opinion.who == NETWORK else opinion.who: opinion for opinion in answer.opinions}
        self.said = {key: opinion.probability for key, opinion in said.items()}
        self.said_changed.emit()
        if places == [case.place for case in self.cases]:
            self.cases = tuple(
                PairCase(place, {key: opinion.pairs[at] for key, opinion in said.items()})
                for at, place in enumerate(places)
            )
            self.cases_changed.emit()

    def phi(self, cross: CrossName) -> tuple[Phi, ...]:
        """The products of a cross that are 1 on the row, and those of the chosen pairs that are 0."""
        if self.row is None:
            return ()
        on = [term for term in self.row.terms if term.columns == cross.members]
        found = [
            Phi(_features(term.columns, term.values, term.words), term.weight, None if term.shared else term.count)
            for term in on
        ]
        if self.map is not None and self.map.cross == cross:
            own = {word for term in on for word in zip(term.columns, term.words, strict=True)}
            found += [self._off(case.place, own) for case in self.cases if case.place != self.own_place]
        return tuple(found)

    def _off(self, place: Place, own: set[tuple[str, str]]) -> Phi:
        """The product of a pair that the row does not have: one of its factors is 0."""
        assert self.map is not None
        down, across = place
        names, members = (self.map.across[across], self.map.down[down]), self.map.cross.members
        true = [(column, name.word) in own for column, name in zip(members, names, strict=True)]
        features = _features(members, [name.text for name in names], [name.word for name in names], true)
        count = None if self.map.cross.hashed else self.map.counts[down][across]
        return Phi(features, self.map.weights[down][across], count)


def _features(
    columns: Sequence[str], values: Sequence[str], words: Sequence[str], true: Sequence[bool] | None = None
) -> tuple[PhiFactor, ...]:
    """A factor for each column; all of them 1 unless it is said which are."""
    holds = true if true is not None else [True] * len(columns)
    return tuple(
        PhiFactor(f"{column} = {value}", word, float(held))
        for column, value, word, held in zip(columns, values, words, holds, strict=True)
    )


class _Change(QUndoCommand):
    """From one set of changes of the row to another."""

    def __init__(self, of: Explainer, text: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> None:
        super().__init__(text)
        self._of, self._before, self._after = of, dict(before), dict(after)

    def redo(self) -> None:
        self._of.set_changes(self._after)

    def undo(self) -> None:
        self._of.set_changes(self._before)
