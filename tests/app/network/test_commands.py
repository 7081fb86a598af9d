"""The undoable steps by themselves: what each puts in force, and which of them become one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QUndoStack

from app.network import commands
from app.network.commands import (
    TURN_SECONDS,
    Carry,
    DocumentState,
    EditCommand,
    LoadedState,
    Opened,
    RestoreCommand,
    RunCommand,
    WeightChange,
    WeightCommand,
)
from app.network.kept import KeptState, RunMoment
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.graph.weights import Weights
from engine.hyperparameters import Hyperparameters

DATA = DataChoice(samples=30)
KEY, OTHER = ("dense-1", "W"), ("dense-1", "b")


class Edited:
    """What the commands do to a document, written down."""

    def __init__(self) -> None:
        self.weights: Weights = {KEY: np.array([[1.0]])}
        self.log: list[object] = []

    def leave_run(self, *, brief: bool) -> RunMoment:
        return RunMoment(KeptState(self.weights))

    def put_run(self, opened: Opened, run: RunMoment, *, clean: bool = False) -> None:
        self.log.append((opened.loaded.state.hyper.seed, run.run.weights))

    def moves(self, _opening: int) -> int:
        return 0

    def put(self, loaded: LoadedState, stash: Weights) -> None:
        self.log.append((loaded.state.hyper.seed, sorted(stash)))

    def put_weight(self, key: tuple[str, str], index: tuple[int, ...], value: float) -> None:
        self.log.append((key, index, value))


@pytest.fixture
def document() -> Edited:
    return Edited()


@pytest.fixture
def stack(qapp: object) -> Iterator[QUndoStack]:
    made = QUndoStack()
    yield made
    made.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, to be set by hand."""
    now = [0.0]
    monkeypatch.setattr(commands, "monotonic", lambda: now[0])
    return now


DATASET, GRAPH = load(DATA), feed_forward((2,))


def loaded(seed: int) -> LoadedState:
    return LoadedState(DocumentState(GRAPH, Hyperparameters(seed=seed), DATA), DATASET)


def edit(document: Edited, before: int, after: int, merge: str | None = None) -> EditCommand:
    return EditCommand(document, "edit", loaded(before), loaded(after), merge)


def turn(document: Edited, before: float, after: float, key: tuple[str, str] = KEY, row: int = 0) -> WeightCommand:
    opened = Opened(loaded(7), "", 1)
    return WeightCommand(document, "turn", opened, WeightChange(key, (row, 0), before, after))


def run(document: Edited, before: int, after: int, merge: str | None = None, **carry: Any) -> RunCommand:
    opened = [Opened(loaded(seed), "", 1) for seed in (before, after)]
    return RunCommand(document, "edit", *opened, Carry(**carry), merge=merge)


def test_undo_of_another_network_brings_back_the_run_before_and_redo_the_one_after(
    document: Edited, stack: QUndoStack
) -> None:
    before, after = document.weights, {OTHER: np.array([2.0])}
    stack.push(run(document, 1, 2, back=KeptState(after), stash=before))
    document.weights = after
    stack.undo()
    document.weights = before
    stack.redo()
    assert document.log == [(1, after), (2, [KEY]), (1, before), (2, after)]


def test_a_moment_that_is_told_later_is_the_one_that_comes_back(document: Edited, stack: QUndoStack) -> None:
    moments: list[RunMoment] = []
    document.leave_run = lambda *, brief: moments.append(RunMoment(KeptState())) or moments[-1]  # type: ignore[method-assign]
    stack.push(run(document, 1, 2))
    moments[0].run = KeptState(document.weights)
    stack.undo()
    assert document.log[-1] == (1, document.weights)


def test_networks_of_one_gesture_are_one_step_from_the_run_before_it(document: Edited, stack: QUndoStack) -> None:
    before = document.weights
    stack.push(run(document, 1, 2, "drag"))
    document.weights = {}
    stack.push(run(document, 2, 3, "drag"))
    assert stack.count() == 1
    stack.undo()
    assert document.log[-1] == (1, before)


def test_a_gesture_that_comes_back_to_its_network_is_no_step_and_leaves_the_run_before_it(
    document: Edited, stack: QUndoStack
) -> None:
    before = document.weights
    stack.push(run(document, 1, 2, "drag"))
    document.weights = {}
    stack.push(run(document, 2, 1, "drag"))
    assert stack.count() == 0 and document.log[-1] == (1, before)


def test_edits_of_one_gesture_are_one_step(document: Edited, stack: QUndoStack) -> None:
    stack.push(edit(document, 1, 2, "drag"))
    stack.push(edit(document, 2, 3, "drag"))
    assert stack.count() == 1
    stack.undo()
    stack.redo()
    assert document.log[-2:] == [(1, []), (3, [])]


@pytest.mark.parametrize(("first", "second"), [(None, None), ("drag", None), (None, "drag"), ("drag", "another")])
def test_edits_of_different_gestures_are_two(
    document: Edited, stack: QUndoStack, first: str | None, second: str | None
) -> None:
    stack.push(edit(document, 1, 2, first))
    stack.push(edit(document, 2, 3, second))
    assert stack.count() == 2


def test_a_gesture_that_comes_back_to_its_start_is_no_step(document: Edited, stack: QUndoStack) -> None:
    stack.push(edit(document, 1, 2, "drag"))
    stack.push(edit(document, 2, 1, "drag"))
    assert stack.count() == 0


def test_undo_of_a_weight_brings_back_the_run_before_and_redo_the_one_after(
    document: Edited, stack: QUndoStack
) -> None:
    before, after = document.weights, {KEY: np.array([[2.5]])}  # set to 2, then trained
    stack.push(turn(document, 1.0, 2.0))
    document.weights = after
    stack.undo()
    document.weights = before
    stack.redo()
    assert document.log == [(KEY, (0, 0), 2.0), (7, before), (7, after)]


def test_quick_changes_of_one_weight_are_one_turn(document: Edited, stack: QUndoStack, clock: list[float]) -> None:
    before = document.weights
    for at in range(4):
        clock[0] = at * TURN_SECONDS  # each quick after the one before, though not after the first
        stack.push(turn(document, float(at), at + 1.0))
        document.weights = {KEY: np.array([[at + 1.0]])}
    assert stack.count() == 1
    stack.undo()
    after, document.weights = document.weights, before
    stack.redo()
    assert document.log[-2:] == [(7, before), (7, after)]


@pytest.mark.parametrize(("key", "row", "pause"), [(KEY, 0, 1.01), (KEY, 1, 0.0), (OTHER, 0, 0.0)])
def test_slow_changes_and_those_of_other_weights_are_two(
    document: Edited, stack: QUndoStack, clock: list[float], key: tuple[str, str], row: int, pause: float
) -> None:
    stack.push(turn(document, 0.0, 1.0))
    clock[0] = pause * TURN_SECONDS
    stack.push(turn(document, 1.0, 2.0, key, row))
    assert stack.count() == 2


def test_steps_of_different_kinds_never_become_one(document: Edited) -> None:
    assert not turn(document, 0.0, 1.0).mergeWith(edit(document, 1, 2, "drag"))
    assert not edit(document, 1, 2, "drag").mergeWith(turn(document, 0.0, 1.0))
    assert edit(document, 1, 2, "drag").id() != turn(document, 0.0, 1.0).id()
    assert (
        edit(document, 1, 2).id()
        == RestoreCommand(document, "restore", Opened(loaded(7), "", 1), KeptState()).id()
        == -1
    )


def test_a_divergence_gives_way_to_sound_weights_and_redo_takes_its_run_up(document: Edited, stack: QUndoStack) -> None:
    sound = {OTHER: np.zeros(1)}
    stack.push(RestoreCommand(document, "restore", Opened(loaded(7), "", 1), KeptState(sound)))
    assert document.log == []  # it has happened
    stack.undo()
    stack.redo()
    assert document.log == [(7, sound), (7, document.weights)]
