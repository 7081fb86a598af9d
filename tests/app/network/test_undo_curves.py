"""Undo of an edit that makes another network brings the curves back to the bit, and redo those of after it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.network.document import Document
from app.network.kept import KeptState
from app.network.trainer import Trainer
from engine.formats.progress import Curve
from engine.graph.edit import set_params
from engine.training.history import History, named_curves
from tests.app.network.document_rig import new_document, running

EPOCHS = 120
"""Of four steps: more than fill a curve's head, and its points in a file."""


class Curves:
    """A document with its trainer, and what it knows once all has been heard."""

    def __init__(self, document: Document, trainer: Trainer, qtbot: QtBot) -> None:
        self.document, self.trainer, self._qtbot = document, trainer, qtbot

    def settle(self) -> tuple[History, KeptState]:
        answered: list[bool] = []
        self.trainer.when_heard(lambda: answered.append(True))
        self._qtbot.waitUntil(lambda: bool(answered))
        assert self.trainer.snapshot is not None
        return self.trainer.snapshot.history, self.document.kept()

    def train(self, epochs: int) -> tuple[History, KeptState]:
        for _ in range(epochs):
            self.trainer.epoch()
        return self.settle()

    def widen(self, units: int) -> tuple[History, KeptState]:
        self.document.edit("Units", graph=set_params(self.document.graph, "dense-1", units=units))
        return self.settle()

    def undo(self) -> tuple[History, KeptState]:
        self.document.undo_stack.undo()
        return self.settle()

    def redo(self) -> tuple[History, KeptState]:
        self.document.undo_stack.redo()
        return self.settle()


@pytest.fixture
def curves(qtbot: QtBot) -> Iterator[Curves]:
    document = new_document()
    with running(document) as trainer:
        yield Curves(document, trainer, qtbot)


def same_curve(one: Curve, other: Curve) -> bool:
    fields = ("steps", "epochs", "count", "mean", "low", "high")
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in fields)


def assert_same(found: tuple[History, KeptState], known: tuple[History, KeptState]) -> None:
    """Curves, and what a file keeps of the run, are the same to the bit."""
    (history, kept), (before, kept_before) = found, known
    now, then = named_curves(history), named_curves(before)
    assert now.keys() == then.keys() and history.events == before.events
    assert [name for name in now if not same_curve(now[name], then[name])] == []
    assert kept.progress is not None and kept_before.progress is not None
    saved, saved_before = kept.progress, kept_before.progress
    assert [name for name in saved.curves if not same_curve(saved.curves[name], saved_before.curves[name])] == []
    assert saved.norms == saved_before.norms and saved.signal == saved_before.signal


def test_undo_of_an_edit_brings_the_curves_back(curves: Curves) -> None:
    trained = curves.train(EPOCHS)
    assert len(trained[0].layers["delta"]["dense-1"].steps) > 300
    curves.widen(5)
    assert_same(curves.undo(), trained)


def test_undo_of_several_edits_brings_back_the_curves_of_each(curves: Curves) -> None:
    moments = [curves.train(EPOCHS)]
    for units in (5, 6, 7):
        moments.append(curves.widen(units))
        if units == 6:
            moments[-1] = curves.train(EPOCHS)
    for known in reversed(moments[:-1]):
        assert_same(curves.undo(), known)
    for known in moments[1:]:
        assert_same(curves.redo(), known)
    for known in reversed(moments[:-1]):
        assert_same(curves.undo(), known)


def test_a_run_goes_on_after_undo_with_the_curves_of_one_that_was_never_edited(curves: Curves, qtbot: QtBot) -> None:
    curves.train(EPOCHS)
    curves.widen(5)
    curves.undo()
    found = curves.train(EPOCHS)
    with running(new_document()) as trainer:
        assert_same(found, Curves(trainer._document, trainer, qtbot).train(2 * EPOCHS))


def test_what_the_curves_of_undo_take_counts_as_its_memory(curves: Curves) -> None:
    curves.train(EPOCHS)
    curves.widen(5)
    command = curves.document.undo_stack.command(0)
    held = {id(array): array.nbytes for array in command.arrays()}  # type: ignore[union-attr]
    weights = sum(array.nbytes for array in curves.document.present_weights().values())
    assert sum(held.values()) > 10 * weights
