"""What a journal says, as a history that a document can take up: as far as it can be had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.kit.history import History, Step
from app.shell.journal_lines import Turns
from engine.formats.journal import BAD_LINE, Unfit
from engine.formats.journal_state import StepNote, Told, read_told, thing_of
from engine.problems import EngineError, Problem

Reader = Callable[[object], object]
"""Makes a document's thing of plain data. Raises EngineError, ValueError."""


def read_history(path: Path, reader: Reader) -> tuple[History, Problem | None]:
    """The history in a journal, and what is wrong with what of it could not be had. Raises EngineError where nothing
    could. Takes its time: data sets are loaded."""
    turns = Turns()
    told = read_told(path, turns.between)
    found = _Things(told, reader, path, turns)
    index, problem = told.index, None
    things: dict[str, object] = {}
    try:
        things = {name: found.get(key) for name, key in told.things.items()}
    except EngineError as error:
        problem = error.problem
        index = _nearest(told, found)
    low, high, lost = _whole(told, found, index)
    steps = tuple(_step(note, found, place + 1) for place, note in enumerate(told.steps[low:high]))
    clean = told.clean - low if low <= told.clean <= high else -1
    moves: tuple[tuple[bool, Step], ...] = ()
    run = None
    if index == told.index:
        try:
            run = found.get(told.run)
            moves = tuple((move.done, _step(move.step, found, 0)) for move in told.moves)
        except EngineError as error:
            lost = lost or error.problem
    lost = problem or lost
    return History(steps, index - low, clean, told.book, things, run, moves, not told.needed and lost is None), lost


class _Things:
    """Things by their keys, each read once."""

    def __init__(self, told: Told, reader: Reader, path: Path, turns: Turns) -> None:
        self._told, self._reader, self._path, self._turns = told, reader, path, turns
        self._read: dict[int, object | EngineError] = {}

    def get(self, key: int | None) -> object:
        """Raises EngineError where it cannot be had."""
        if key is None:
            return None
        if key not in self._read:
            self._read[key] = self._one(key)
            self._turns.pause()
        found = self._read[key]
        if isinstance(found, EngineError):
            raise found
        return found

    def _one(self, key: int) -> object | EngineError:
        try:
            line = self._told.data.get(key)
            if line is None:
                raise Unfit("no such thing")
            return self._reader(thing_of(line))
        except EngineError as error:
            return error
        except (ValueError, RecursionError):  # pydantic's errors, and Unfit, are among the former
            return EngineError(BAD_LINE(path=self._path.name))


def _nearest(told: Told, found: _Things) -> int:
    """The latest place before the last whose state can be had. Raises EngineError where there is none."""
    for index in range(told.index - 1, -1, -1):
        beside = told.steps[index - 1] if index else told.steps[0]
        if any("after" in part.things for part in beside.parts or [beside]) and _problem_of(beside, found) is None:
            return index
    for key in told.things.values():
        found.get(key)  # raises what is wrong
    return told.index


def _whole(told: Told, found: _Things, index: int) -> tuple[int, int, Problem | None]:
    """The steps round a place that can be had without a gap, and what is wrong with the first that cannot."""
    low = high = index
    lost = None
    while low > 0 and lost is None:
        lost = _problem_of(told.steps[low - 1], found)
        low -= lost is None
    back = lost
    lost = None
    while high < len(told.steps) and lost is None:
        lost = _problem_of(told.steps[high], found)
        high += lost is None
    return low, high, back or lost


def _problem_of(note: StepNote, found: _Things) -> Problem | None:
    try:
        _step(note, found, 0)
    except EngineError as error:
        return error.problem
    return None


def _step(note: StepNote, found: _Things, serial: int) -> Step:
    """Raises EngineError where one of its things cannot be had."""
    things = {name: found.get(key) for name, key in note.things.items()}
    parts = tuple(_step(part, found, serial) for part in note.parts)
    return Step(serial, note.kind, note.label, note.plain, things, parts)
