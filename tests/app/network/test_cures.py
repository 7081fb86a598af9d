"""A cure done, taken back and done again, at whatever pace: each time the network is the one that was there then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.network.document import Document
from app.network.trainer import Trainer
from engine.data import DataChoice
from engine.data.standardising import standardised
from engine.graph.edit import disconnect, set_params
from engine.training.remedies import Edit
from tests.app.network.document_rig import new_document, running

W = ("dense-1", "W")


class Patient:
    """A network under its trainer, of which the first unit's weights are looked at."""

    def __init__(self, document: Document, trainer: Trainer, qtbot: QtBot) -> None:
        self.document, self.trainer, self._qtbot = document, trainer, qtbot
        self.failures: list[object] = []
        trainer.failed.connect(self.failures.append)
        qtbot.waitUntil(lambda: trainer.snapshot is not None)

    def cure(self, value: float) -> None:
        self.document.apply(f"Cure {value}", Edit(rows={W: {0: np.full(2, value)}}))

    def undo(self, times: int = 1) -> None:
        for _ in range(times):
            self.document.undo_stack.undo()

    def redo(self) -> None:
        self.document.undo_stack.redo()

    def settle(self) -> None:
        """Wait until all has been heard and answered."""
        answered: list[bool] = []
        self.trainer.when_heard(lambda: answered.append(True))
        self._qtbot.waitUntil(lambda: bool(answered) and self.trainer.settled)

    @property
    def row(self) -> list[float]:
        """The first unit's weights, once all is settled."""
        self.settle()
        return [float(value) for value in self.document.present_weights()[W][0]]


@pytest.fixture
def patient(qtbot: QtBot) -> Iterator[Patient]:
    document = new_document()
    with running(document) as trainer:
        yield Patient(document, trainer, qtbot)
    document.undo_stack.clear()


def test_one_that_is_taken_back_at_once_is_done_again(patient: Patient) -> None:
    before = patient.row
    patient.cure(3.0)
    patient.undo()
    assert patient.row == before
    patient.redo()
    assert patient.row == [3.0, 3.0]


def test_two_that_are_taken_back_at_once_are_done_again_one_by_one(patient: Patient) -> None:
    before = patient.row
    for value in (3.0, 9.0):
        patient.cure(value)
        patient.settle()
    patient.undo(2)
    assert patient.row == before
    patient.redo()
    assert patient.row == [3.0, 3.0]
    patient.redo()
    assert patient.row == [9.0, 9.0]


def test_what_was_set_by_hand_after_it_does_not_come_back_with_it(patient: Patient) -> None:
    patient.cure(3.0)
    patient.settle()
    patient.document.edit_weight(*W, (0, 0), 5.0)
    assert patient.row == [5.0, 3.0]
    patient.undo(2)
    patient.settle()
    patient.redo()
    assert patient.row == [3.0, 3.0]
    patient.redo()
    assert patient.row == [5.0, 3.0]


def test_nor_do_units_that_were_changed_after_it(patient: Patient) -> None:
    patient.cure(3.0)
    patient.document.edit("Units", graph=set_params(patient.document.graph, "dense-1", units=2))
    patient.undo(2)
    patient.settle()
    patient.redo()
    assert patient.row == [3.0, 3.0] and patient.document.present_weights()[W].shape == (4, 2)


def test_undo_and_redo_at_once_leave_the_cure(patient: Patient) -> None:
    patient.cure(3.0)
    patient.undo()
    patient.redo()
    patient.undo()
    patient.redo()
    assert patient.row == [3.0, 3.0]


def test_what_it_has_learnt_comes_back_while_it_trains(patient: Patient, qtbot: QtBot) -> None:
    """Two steps back in one moment, of a network that trains on: neither takes the other's weights."""
    patient.cure(300.0)
    patient.settle()
    patient.cure(900.0)
    patient.trainer.play()
    qtbot.waitUntil(lambda: patient.trainer.running)
    patient.undo(2)
    patient.settle()
    patient.redo()
    patient.settle()
    patient.trainer.pause()
    assert all(abs(value - 300.0) < 100.0 for value in patient.row)


# Weights set by hand, at whatever pace -------------------------------------------------------------------------------


def test_a_weight_is_set_while_the_network_as_it_is_now_cannot_run(patient: Patient) -> None:
    (wire,) = patient.document.graph.wires_into("output-1")
    patient.document.edit("cut", graph=disconnect(patient.document.graph, wire))
    patient.document.edit_weight(*W, (0, 0), 7.0)
    assert patient.document.undo_stack.count() == 2 and patient.row[0] == 7.0


def test_a_weight_is_set_in_a_layer_that_has_just_become_smaller_where_it_still_has_it(patient: Patient) -> None:
    patient.document.edit("Units", graph=set_params(patient.document.graph, "dense-1", units=2))
    patient.document.edit_weight(*W, (3, 0), 7.0)  # of a unit that has just gone
    assert patient.document.undo_stack.count() == 1
    patient.document.edit_weight(*W, (0, 0), 7.0)
    assert patient.document.undo_stack.count() == 2 and patient.row[0] == 7.0 and patient.failures == []


def test_standardised_numbers_keep_the_weights_and_are_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("age,income,y\n" + "\n".join(f"{17 + i},{10_000 * i},{i % 2}" for i in range(1, 40)))
    document = new_document()
    with running(document) as trainer:
        patient = Patient(document, trainer, qtbot)
        with qtbot.waitSignal(document.dataset_loaded):
            document.choose_data(DataChoice(source="file", path=str(path), standardise=False))
        before, raw = patient.row, document.dataset
        document.apply("Standardise", Edit(dataset=standardised(raw), data={"standardise": True}))
        assert document.data.standardise and document.dataset.notices == () and patient.row == before
        patient.undo()
        assert document.dataset is raw and not document.data.standardise and patient.row == before
        patient.redo()
        assert document.data.standardise
    document.undo_stack.clear()
