"""A network's undo history as plain data for its journal, and taken up again by another document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.kit.history import History, Step
from app.network.commands import (
    Carry,
    DocumentState,
    Editable,
    EditCommand,
    LoadedState,
    NetworkCommand,
    Opened,
    RestoreCommand,
    RunCommand,
    WeightChange,
    WeightCommand,
)
from app.network.kept import Kept
from engine.data import load
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.formats.journal import Unfit
from engine.formats.journal_network import (
    arrays_read,
    arrays_said,
    first_read,
    first_said,
    rows_read,
    rows_said,
    run_read,
    run_said,
    state_read,
    state_said,
)
from engine.graph.weights import Weights
from engine.guesses import GuessRecord
from engine.problems import EngineError
from engine.training.carry import Rows, laid_over, remembered
from engine.training.tables import target_of

KINDS = frozenset({"edit", "run", "weight", "restore"})


def encoded(thing: object) -> Any:
    """One of the things of a network's history as plain data; called in another thread."""
    if isinstance(thing, LoadedState):
        return {"loaded": _state(thing)}
    if isinstance(thing, Opened):
        first = first_said(thing.first)
        return {"opened": _state(thing.loaded), "title": thing.title, "number": thing.number, "first": first}
    if isinstance(thing, Kept):
        return {"run": run_said(thing.weights, thing.progress)}
    assert isinstance(thing, Mapping)
    if any(isinstance(one, Mapping) for one in thing.values()):
        return {"rows": rows_said(thing)}
    return {"weights": arrays_said(thing)}


def _state(loaded: LoadedState) -> dict[str, Any]:
    return state_said(loaded.state.graph, loaded.state.hyper, loaded.state.data)


class NetworkReader:
    """Takes back what :func:`encoded` has made; loads each data set once. For one thread."""

    def __init__(self) -> None:
        self._datasets: dict[str, Dataset | EngineError] = {}

    def __call__(self, content: object) -> object:
        """Raises EngineError where data cannot be had any more, ValueError for what is none of a network's things."""
        if not isinstance(content, dict):
            raise Unfit("no thing of a network")
        if "loaded" in content:
            return self._loaded(content["loaded"])
        if "opened" in content:
            title, number = content.get("title"), content.get("number")
            if not isinstance(title, str) or type(number) is not int:
                raise Unfit("nothing that was opened")
            return Opened(self._loaded(content["opened"]), title, number, first_read(content.get("first")))
        if "run" in content:
            return Kept(*run_read(content["run"]))
        return rows_read(content["rows"]) if "rows" in content else arrays_read(content.get("weights"))

    def _loaded(self, content: object) -> LoadedState:
        graph, hyper, data = state_read(content)
        return LoadedState(DocumentState(graph, hyper, data), self._dataset(data))

    def _dataset(self, choice: DataChoice) -> Dataset:
        key = choice.model_dump_json()
        if key not in self._datasets:
            try:
                self._datasets[key] = load(choice)
            except EngineError as error:
                self._datasets[key] = error
        found = self._datasets[key]
        if isinstance(found, EngineError):
            raise found
        return found


@dataclass(frozen=True, slots=True)
class Book:
    """What a document knows of the networks that were opened in it, by their numbers: where they lie, and how often the
    place at which each is clean has become another."""

    paths: Mapping[int, Path | None]
    moves: Mapping[int, int]

    def said(self, now: Opened) -> dict[str, Any]:
        """As plain data, with the name of what is open ``now``."""
        paths = {str(number): str(path) for number, path in self.paths.items() if path is not None}
        moves = {str(number): moves for number, moves in self.moves.items()}
        return {"paths": paths, "moves": moves, "number": now.number, "title": now.title}


def guesses_said(record: GuessRecord | None) -> dict[str, Any]:
    """What was answered of the pass, as plain data in the book of a history."""
    return {} if record is None else {"guesses": record.model_dump(mode="json")}


def guesses_read(book: Mapping[str, Any]) -> GuessRecord | None:
    """… taken back. Raises ValueError."""
    return GuessRecord.model_validate(book["guesses"]) if "guesses" in book else None


class Taken:
    """A history as a document takes it up: under numbers that come after its own. Raises Unfit where it is none."""

    def __init__(self, history: History, so_far: int) -> None:
        """``so_far``: how many networks have been opened there."""
        self._history = history
        numbers = sorted({one.number for one in self._all_opened()} | {self._number})
        self._new = {number: so_far + place for place, number in enumerate(numbers, 1)}
        self.count = len(numbers)

    @property
    def _number(self) -> int:
        number = self._history.book.get("number")
        return number if type(number) is int else 0

    def _all_opened(self) -> Iterator[Opened]:
        for thing in (
            *self._history.things.values(),
            *(t for s in _flat(self._history.steps) for t in s.things.values()),
        ):
            if isinstance(thing, Opened):
                yield thing

    def opened(self, one: object) -> Opened:
        """The same under its new number."""
        if not isinstance(one, Opened) or one.number not in self._new:
            raise Unfit("nothing that was opened")
        return replace(one, number=self._new[one.number])

    def book(self) -> Book:
        """Under the new numbers, the paths and moves."""
        paths, moves = (self._history.book.get(name) for name in ("paths", "moves"))
        if not isinstance(paths, Mapping) or not isinstance(moves, Mapping):
            raise Unfit("no book")
        found = {new: paths.get(str(old)) for old, new in self._new.items()}
        return Book(
            {new: Path(path) if isinstance(path, str) else None for new, path in found.items()},
            {new: count for old, new in self._new.items() if type(count := moves.get(str(old))) is int},
        )

    @property
    def known(self) -> bool:
        """Whether all steps can be done and taken back; journals of earlier versions have others, and edits whose
        ``stash`` is all that is left of the weights that they removed."""
        steps = _flat(self._history.steps)
        return all(step.kind in KINDS and step.things.get("stash") is None for step in steps)

    @property
    def base(self) -> Opened:
        """What was open before the first step."""
        return self._standing(0)

    @property
    def now(self) -> Opened:
        """What is open, its graph knowing every id that was ever taken; what the steps lead to where it is lost."""
        opened = self._history.things.get("opened")
        now = self.opened(opened) if opened is not None else self._standing(self._history.index)
        graph = now.loaded.state.graph
        for state in self._states():
            graph = graph.after(state.state.graph)
        return replace(now, loaded=replace(now.loaded, state=replace(now.loaded.state, graph=graph)))

    def _states(self) -> Iterator[LoadedState]:
        for step in _flat(self._history.steps):
            for thing in step.things.values():
                if isinstance(thing, Opened):
                    yield thing.loaded
                elif isinstance(thing, LoadedState):
                    yield thing

    def _standing(self, index: int) -> Opened:
        """What is open at an index of the history."""
        history = self._history
        done, ahead = list(_flat(history.steps[:index])), list(_flat(history.steps[index:]))
        last = [step.things["after"] for step in done if step.kind in ("edit", "run")][-1:]
        first = [step.things["before"] for step in ahead if step.kind in ("edit", "run")][:1]
        found = (last or first or [history.things.get("opened")])[0]
        if isinstance(found, Opened):
            return self.opened(found)
        if not isinstance(found, LoadedState):
            raise Unfit("nothing is open")
        around = [step.things["after"] for step in done if step.kind == "run"][-1:]
        around = around or [step.things["before"] for step in ahead if step.kind == "run"][:1]
        title = history.book.get("title")
        if around:
            return replace(self.opened(around[0]), loaded=found)
        return Opened(found, title if isinstance(title, str) else "", self._new[self._number])

    def run(self) -> Kept:
        """The run that goes on, with what was done to its weights since they were last written down."""
        run = self._history.run
        now = run if isinstance(run, Kept) else Kept()
        for done, step in self._history.moves:
            parts = step.parts or (step,)
            for one in parts if done else reversed(parts):
                now = _moved(now, one, done=done)
        return now

    def command(self, document: Editable, step: Step) -> NetworkCommand:
        """The command that a step was."""
        things, label = step.things, step.label
        if step.kind == "weight":
            return WeightCommand(document, label, _change(step))
        before, after = things.get("before"), things.get("after")
        if step.kind == "run":
            last, following, moves = things.get("last"), things.get("next"), step.plain.get("moves")
            if not isinstance(last, Kept) or not isinstance(following, Kept | None):
                raise Unfit("no run")
            carry = Carry(_arrays(things.get("weights")), _rows(things.get("rows"))) if "rows" in things else None
            run = following if carry is None else carry
            if run is None:
                raise Unfit("no run")
            command = RunCommand(document, label, self.opened(before), self.opened(after), run)
            command.done_before(last, following, moves if type(moves) is int else None)
            if step.plain.get("dropped"):
                command.drop_runs()
            return command
        if step.kind == "edit" and isinstance(before, LoadedState) and isinstance(after, LoadedState):
            return EditCommand(document, label, before, after, None)
        if step.kind == "restore":
            return RestoreCommand(document, label, _arrays(before), _arrays(after))
        raise Unfit("a step of another kind")


def _flat(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield from step.parts or (step,)


def _arrays(thing: object) -> Weights:
    if thing is None:
        return {}
    if not isinstance(thing, Mapping) or not all(isinstance(one, np.ndarray) for one in thing.values()):
        raise Unfit("no weights")
    return thing


def _rows(thing: object) -> Rows:
    if thing is None:
        return {}
    if not isinstance(thing, Mapping) or not all(isinstance(rows, Mapping) for rows in thing.values()):
        raise Unfit("no rows")
    return thing


def _change(step: Step) -> WeightChange:
    key, index, before, after = (step.plain.get(name) for name in ("key", "index", "before", "after"))
    if not isinstance(key, list) or len(key) != 2 or not all(isinstance(name, str) for name in key):
        raise Unfit("no weight")
    if not isinstance(index, list) or not all(type(place) is int and place >= 0 for place in index):
        raise Unfit("no weight's place")
    if not isinstance(before, int | float) or not isinstance(after, int | float):
        raise Unfit("no weight's value")
    return WeightChange((key[0], key[1]), tuple(index), float(before), float(after))


def _moved(run: Kept, step: Step, *, done: bool) -> Kept:
    """A run after a step has been done, or taken back."""
    if step.kind == "run":
        taken = step.things.get("next" if done else "last")
        return taken if isinstance(taken, Kept) else _edited(run, step)
    if step.kind == "weight":
        change = _change(step)
        return replace(run, weights=_with_scalar(run.weights, change, change.after if done else change.before))
    if step.kind == "restore":
        return replace(run, weights=_arrays(step.things.get("after" if done else "before")))
    return run


def _edited(run: Kept, step: Step) -> Kept:
    """A run whose network has become another one: what the session that trains it makes of its weights."""
    old, new = (step.things.get(name) for name in ("before", "after"))
    if not isinstance(old, Opened) or not isinstance(new, Opened):
        return run
    run = _carried(run, old.loaded)  # a run that says nothing, or not all, begins with the seeded weights
    run = _carried(run, new.loaded)
    weights = {**run.weights, **_arrays(step.things.get("weights"))}
    return replace(run, weights=_with_rows(weights, _rows(step.things.get("rows"))))


def _carried(run: Kept, loaded: LoadedState) -> Kept:
    """A run as it goes on with this network; as it was where that cannot run."""
    graph, hyper = loaded.state.graph, loaded.state.hyper
    try:
        weights, plan = laid_over(run.weights, graph, target_of(loaded.dataset), hyper)
    except EngineError:
        return run
    return Kept(weights, None if run.progress is None else remembered(run.progress, plan))


def _with_scalar(weights: Weights, change: WeightChange, value: float) -> Weights:
    array = weights.get(change.key)
    if (
        array is None
        or len(change.index) != array.ndim
        or any(a >= n for a, n in zip(change.index, array.shape, strict=True))
    ):
        return weights
    array = array.copy()
    array[change.index] = value
    return {**weights, change.key: array}


def _with_rows(weights: Weights, rows: Rows) -> Weights:
    changed = dict(weights)
    for key, some in rows.items():
        array = changed.get(key)
        if array is None:
            continue
        array = array.copy()
        for index, row in some.items():
            if 0 <= index < len(array) and np.shape(row) == array.shape[1:]:
                array[index] = row
        changed[key] = array
    return changed
