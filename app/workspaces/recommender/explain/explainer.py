"""Asks the trained model, keeps which row is explained and what was changed in it, and tells the views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.kit.undo_stack import UndoStack
from app.workspaces.recommender.answers import Then
from app.workspaces.recommender.explain.view_models import (
    DEEP,
    SEPARATOR,
    WIDE,
    CrossName,
    EditColumn,
    Explained,
    Feature,
    Kept,
    PairCase,
    PairMap,
    Phi,
    Place,
    Reading,
    Value,
)
from app.workspaces.recommender.files import written_at
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.wide_deep.answers import (
    AboutWideDeep,
    AllColumns,
    Comparison,
    CrossPairs,
    FoundRows,
    Heaviest,
    Opinions,
    RowChange,
    TrainedCrosses,
)


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
        """Whether any has been written anew."""
        return len(self.same) < len(self.paths)


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
        self.reading: Reading | None = None
        self.columns: tuple[EditColumn, ...] = ()
        self.kept: Kept | None = None
        self.row: Explained | None = None
        self.data: Mapping[str, Value] = {}
        self.said: Mapping[str, float] = {}
        self.cross: CrossName | None = None
        self.map: PairMap | None = None
        self.cases: tuple[PairCase, ...] = ()
        self.comparison: Comparison | None = None
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
        self.reading = Reading(self._first[AboutWideDeep], self._first[AllColumns], self._first[TrainedCrosses])
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

    def _begin(self, kept: Kept) -> None:
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
        self._answers.ask("compare", alone, self._take_comparison, kind=Comparison)
        key = "compare with simpler models"
        self._answers.ask("compare", parameters, self._take_comparison, kind=Comparison, key=key)

    def _take_comparison(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.comparison_changed.emit()

    # The row ------------------------------------------------------------------------------------------------------

    def ask_heaviest(self, parameters: Mapping[str, object], then: Then) -> None:
        """Ask for the strongest weights of the wide part."""
        self._answers.ask("heaviest", parameters, then, kind=Heaviest)

    def choose_row(self, row: int) -> None:
        """Explain another row, as it is in the data."""
        if row != self._wanted:
            self._wanted = row
            self._changes, self._answered, self.row, self.data = {}, {}, None, {}
            self.edits.clear()
            self._ask_row()

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
) -> tuple[Feature, ...]:
    """A factor for each column; all of them 1 unless it is said which are."""
    holds = true if true is not None else [True] * len(columns)
    return tuple(
        Feature(f"{column} = {value}", word, float(held))
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
