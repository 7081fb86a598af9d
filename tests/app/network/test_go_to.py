"""A run is taken back through its steps and on again, as one undoable step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.network import document as document_module
from app.network.commands import GoCommand
from app.network.document import Document
from app.network.kept import same_weights
from app.network.trainer import Trainer
from engine.graph.weights import Weights
from engine.training import checkpoints
from engine.training.snapshot import Timeline
from tests.app.network.document_rig import new_document, running


class Rewound:
    """A document with its trainer, which has trained some epochs one by one; ``weights``: after each step."""

    def __init__(self, document: Document, trainer: Trainer, qtbot: QtBot) -> None:
        self.document, self.trainer, self._qtbot = document, trainer, qtbot
        self.weights: dict[int, Weights] = {}

    def settle(self) -> int:
        """The step at which it stands once everything has been heard."""
        for _ in range(2):  # what is found takes a second round
            answered: list[bool] = []
            self.trainer.when_heard(lambda answered=answered: answered.append(True))
            self._qtbot.waitUntil(lambda answered=answered: bool(answered))
        assert self.trainer.snapshot is not None
        return self.trainer.snapshot.step

    def train(self, epochs: int) -> int:
        for _ in range(epochs):
            self.trainer.epoch()
            step = self.settle()
            self.weights[step] = self.document.present_weights()
        return self.settle()

    def go_to(self, step: int) -> int:
        self.trainer.go_to(step)
        return self.settle()

    def is_as_at(self, step: int) -> bool:
        return same_weights(self.document.present_weights(), self.weights[step])

    @property
    def timeline(self) -> Timeline:
        assert self.trainer.snapshot is not None
        return self.trainer.snapshot.timeline

    def choose_rate(self, rate: float) -> int:
        hyper = self.document.hyper.model_copy(update={"learning_rate": rate})
        self.document.edit("Rate", hyper=hyper)
        return self.settle()

    def undo(self) -> int:
        self.document.undo_stack.undo()
        return self.settle()

    def redo(self) -> int:
        self.document.undo_stack.redo()
        return self.settle()


@pytest.fixture
def run(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rewound]:
    monkeypatch.setattr(checkpoints, "MOST_SHARE", 1e9)
    document = new_document()
    with running(document) as trainer:
        yield Rewound(document, trainer, qtbot)
        document.undo_stack.clear()


def test_it_goes_back_and_undo_leads_on_again(run: Rewound) -> None:
    end = run.train(20)
    some = run.timeline.steps[7]
    assert run.go_to(some) == some
    assert run.is_as_at(some)
    assert run.undo() == end
    assert run.is_as_at(end)
    assert run.redo() == some
    assert run.is_as_at(some)


def test_taking_it_here_and_there_is_one_step(run: Rewound) -> None:
    end = run.train(12)
    for place in (2, 9, 5):
        run.go_to(run.timeline.steps[place])
    assert run.document.undo_stack.count() == 1
    assert run.document.undo_stack.text(0) == f"Go to epoch {5}"
    assert run.undo() == end


def test_training_in_between_makes_two_steps(run: Rewound) -> None:
    end = run.train(10)
    run.go_to(run.timeline.steps[3])
    beyond = run.train(2)
    run.go_to(run.timeline.steps[1])
    assert run.document.undo_stack.count() == 2
    assert run.undo() == beyond
    run.undo()
    assert run.settle() == end


def test_play_from_there_does_the_same_steps(run: Rewound) -> None:
    end = run.train(10)
    former = run.document.present_weights()
    run.go_to(run.timeline.steps[4])
    assert run.timeline.later is not None
    assert run.train(6) == end
    assert same_weights(run.document.present_weights(), former)
    assert run.timeline.later is None


def test_a_change_there_goes_another_way_and_undo_comes_back_to_the_first(run: Rewound) -> None:
    end = run.train(10)
    some = run.timeline.steps[4]
    run.go_to(some)
    run.choose_rate(0.3)
    assert run.timeline.later is None
    run.train(3)
    assert run.undo() == some
    assert run.timeline.later is not None
    assert run.go_to(end) == end
    assert run.is_as_at(end)


def test_settings_of_then_come_back(run: Rewound) -> None:
    run.train(5)
    first = run.document.hyper
    run.choose_rate(0.3)
    run.train(5)
    run.document.undo_stack.setClean()
    run.go_to(run.timeline.steps[2])
    assert run.document.hyper == first
    assert run.document.dirty, "the rate is another than the saved one"
    run.undo()
    assert run.document.hyper.learning_rate == 0.3
    assert not run.document.dirty


def test_it_is_no_edit_where_the_settings_are_the_same(run: Rewound) -> None:
    run.train(5)
    run.document.undo_stack.setClean()
    run.go_to(run.timeline.steps[2])
    assert not run.document.dirty


def test_the_latest_of_many_wishes_counts(run: Rewound) -> None:
    run.train(20)
    steps = run.timeline.steps
    for step in (*steps[15:3:-1], steps[6]):
        run.trainer.go_to(step)
    run.settle()
    assert run.settle() == steps[6]
    assert run.document.undo_stack.count() == 1


def test_what_is_opened_meanwhile_is_not_taken_back(run: Rewound) -> None:
    run.train(5)
    run.trainer.go_to(run.timeline.steps[1])
    run.document.begin_anew()
    assert run.settle() == 0
    assert not any(isinstance(run.document.undo_stack.command(place), GoCommand) for place in range(2))


def test_it_pauses(run: Rewound, qtbot: QtBot) -> None:
    run.train(4)
    run.trainer.play()
    qtbot.waitUntil(lambda: run.trainer.snapshot is not None and run.trainer.snapshot.step > 100)
    run.go_to(0)
    assert not run.trainer.running
    assert run.settle() == 0


def test_the_farthest_steps_lose_their_checkpoints_first(run: Rewound, monkeypatch: pytest.MonkeyPatch) -> None:
    run.train(3)
    for rate in (0.1, 0.2, 0.3):
        run.choose_rate(rate)
        run.train(2)
    commands = [run.document.undo_stack.command(place) for place in range(3)]
    held = [command.checkpoint_bytes for command in commands]  # type: ignore[union-attr]
    assert np.all(np.diff(held) > 0)
    monkeypatch.setattr(document_module, "CHECKPOINT_BYTES", held[-1])
    run.document.bound_runs()
    assert [command.checkpoint_bytes for command in commands] == [0, 0, held[-1]]  # type: ignore[union-attr]
    assert run.undo() > 0
    assert len(run.timeline.steps) > 1
