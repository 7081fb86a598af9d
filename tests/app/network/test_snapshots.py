"""A network's snapshot has every command at once, and the weights as the training thread will have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.network.kept import KeptState
from app.network.open_network import OpenNetwork, _with_rows
from checks.kills.documents import large_network, new_network
from engine.data import DataChoice, load
from engine.formats import read_network
from engine.formats.base import NetworkFile
from engine.formats.progress import PastRun
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, disconnect, remove_blocks, set_params
from engine.graph.weights import Weights
from engine.hyperparameters import Hyperparameters
from engine.training.progress import progress_of
from engine.training.remedies import Edit
from engine.training.session import Setup, TrainingSession
from tests.app.kit.background_rig import Gate

KEY = ("dense-1", "W")


class Trained:
    """A network that was trained for three epochs."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.owner, self._qtbot, self._folder = QObject(), qtbot, folder
        self.opened = new_network(self.owner)
        self.document, self.trainer = self.opened.network, self.opened.trainer
        self.trainer.start()
        for _ in range(3):
            self.trainer.epoch()
        self.settle()

    def settle(self) -> None:
        with self._qtbot.waitCallback() as heard:
            self.trainer.when_heard(heard)

    def written(self, opened: OpenNetwork | None = None) -> Path:
        """The document's file of a snapshot."""
        for name, data in (opened or self.opened).snapshot()().items():
            (self._folder / name).write_bytes(data)
        return self._folder / "document.loom"

    def again(self, own: Path | None = None, *, unsaved: bool = True) -> OpenNetwork:
        """Another window's network, which has taken up a snapshot."""
        again = new_network(self.owner)
        assert again.recover(self.written(), own, unsaved=unsaved) == ()
        return again

    def close(self) -> None:
        self.trainer.close()
        self.opened.undo_stack.clear()


@pytest.fixture
def trained(qtbot: QtBot, tmp_path: Path) -> Iterator[Trained]:
    made = Trained(qtbot, tmp_path)
    yield made
    made.close()


def same(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(array, other[key]) for key, array in one.items())


def _without_a_feature(one: Trained) -> None:
    kind = one.document.graph.block("input-1")
    graph = set_params(one.document.graph, kind.id, features=kind.params.features[1:])  # type: ignore[attr-defined]
    one.document.edit("Without x", graph=graph)


def _fewer_units(one: Trained) -> None:
    one.document.edit("Fewer", graph=set_params(one.document.graph, "dense-1", units=2))


def _more_units(one: Trained) -> None:
    one.document.edit("More", graph=set_params(one.document.graph, "dense-2", units=6))


def _block_removed(one: Trained) -> None:
    one.document.edit("Remove", graph=remove_blocks(one.document.graph, ["dense-2"]))


def _block_added(one: Trained) -> None:
    one.document.edit("Add", graph=add_block(one.document.graph, "dense", 0.0, 0.0)[0])


def _weight(one: Trained) -> None:
    one.document.edit_weight(*KEY, (1, 1), 2.5)


def _weight_of_fewer_units(one: Trained) -> None:
    _fewer_units(one)
    _weight(one)


def _undo(one: Trained) -> None:
    _fewer_units(one)
    one.document.undo_stack.undo()


def _weight_undone(one: Trained) -> None:
    _weight(one)
    one.document.undo_stack.undo()


def _broken_with_a_weight(one: Trained) -> None:
    graph = one.document.graph
    one.document.edit("Break", graph=disconnect(graph, graph.wires_into(graph.outputs[0].id)[0]))
    _weight(one)


def _layer_drawn_anew(one: Trained) -> None:
    """As a cure does: another function and weights drawn for it."""
    rows = {("dense-2", name): dict(enumerate(2.0 * one.document.present_weights()["dense-2", name])) for name in "Wb"}
    graph = set_params(one.document.graph, "dense-2", activation="relu", initializer="he_normal")
    one.document.apply("Cure", Edit(graph, rows=rows))


def _weight_and_unit_drawn_anew(one: Trained) -> None:
    _weight(one)
    one.document.apply("Revive", Edit(rows={KEY: {1: np.full(2, 0.5)}}))
    one.document.edit_weight(*KEY, (1, 0), -1.5)


def _back_and_layer_drawn_anew(one: Trained) -> None:
    run, hyper = one.document.kept(), one.document.hyper.model_copy(update={"learning_rate": 1e-4})
    earlier = PastRun({key: array / 2 for key, array in run.weights.items()}, run.progress)
    one.document.apply("Back", Edit(hyper=hyper, back=earlier, rows={KEY: {0: np.full(2, 0.5)}}))


def _cure_undone(one: Trained) -> None:
    _layer_drawn_anew(one)
    one.document.undo_stack.undo()


EDITS = [_without_a_feature, _fewer_units, _more_units, _block_removed, _block_added, _weight, _weight_of_fewer_units]
EDITS += [_undo, _weight_undone, _broken_with_a_weight]
WEIGHTS_SET = (_weight, _weight_and_unit_drawn_anew)
EDITS += [_layer_drawn_anew, _weight_and_unit_drawn_anew, _back_and_layer_drawn_anew, _cure_undone]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__[1:])
def test_an_edit_is_in_the_snapshot_before_the_training_thread_has_heard_of_it(
    trained: Trained, edit: Callable[[Trained], None]
) -> None:
    before, gate = read_network(trained.written()), Gate()
    trained.trainer._worker.post(lambda _worker: gate.pass_through())
    edit(trained)
    found = read_network(trained.written())
    gate.open()
    trained.settle()
    assert (found.graph, found.hyper) == (trained.document.graph, trained.document.hyper)
    assert same(found.weights, trained.document.present_weights())
    now = trained.document.kept().progress
    assert found.progress is not None and now is not None
    assert found.progress.updates == now.updates and same(found.progress.memory, now.memory)
    again = read_network(trained.written())
    assert same(again.weights, found.weights)
    if not same(found.weights, before.weights):
        assert found.progress.signal is None and not found.progress.norms  # nothing is measured of these weights yet
    if edit in WEIGHTS_SET:
        assert again.progress is not None
        assert [event.kind for event in found.progress.events] == [event.kind for event in again.progress.events]
        assert found.progress.events[-1].kind == "weights"


@pytest.mark.parametrize("edit", [_fewer_units, _block_removed, _weight], ids=lambda edit: edit.__name__[1:])
def test_an_edit_of_a_run_that_broke_down_is_in_the_snapshot_as_the_run_goes_on(
    trained: Trained, edit: Callable[[Trained], None]
) -> None:
    hyper = trained.document.hyper.model_copy(update={"learning_rate": 1e300, "optimizer": "sgd"})
    trained.document.edit("Break down", hyper=hyper)
    trained.trainer.epoch()
    trained.settle()
    assert trained.document.kept().diagnosis is not None
    gate = Gate()
    trained.trainer._worker.post(lambda _worker: gate.pass_through())
    edit(trained)
    found = read_network(trained.written())
    gate.open()
    trained.settle()
    assert same(found.weights, trained.document.present_weights())
    now = trained.document.kept().progress
    assert found.progress is not None and now is not None and found.progress.updates == now.updates
    assert found.progress.diagnosis is now.diagnosis is None


def test_the_run_comes_back_with_its_epoch_and_as_unsaved(trained: Trained, tmp_path: Path) -> None:
    trained.opened.save(tmp_path / "mine.loom")
    hyper = trained.document.hyper.model_copy(update={"learning_rate": 0.5})
    trained.document.edit("Rate", hyper=hyper)
    again = trained.again(tmp_path / "mine.loom")
    assert again.network.hyper == hyper and again.unsaved and again.path == tmp_path / "mine.loom"
    assert same(again.network.present_weights(), trained.document.present_weights())
    progress = again.network.kept().progress
    assert progress is not None and progress.epoch == 3.0 and progress.curves.keys()
    assert again.undo_stack.count() == 0


def test_what_is_handed_over_as_it_was_saved_is_saved(trained: Trained, tmp_path: Path) -> None:
    trained.opened.save(tmp_path / "mine.loom")
    again = trained.again(tmp_path / "mine.loom", unsaved=False)
    assert not again.unsaved and again.path == tmp_path / "mine.loom" and again.title == trained.opened.title


def test_what_is_open_is_one_undo_away_where_something_was_done_with_it(trained: Trained) -> None:
    path, before = trained.written(), trained.document.state
    trained.document.edit("Rate", hyper=trained.document.hyper.model_copy(update={"learning_rate": 0.25}))
    trained.opened.recover(path)
    assert trained.document.state == before
    trained.document.undo_stack.undo()
    assert trained.document.hyper.learning_rate == 0.25


def test_first_weights_that_a_link_brought_come_back(trained: Trained) -> None:
    first = {KEY: np.full((4, 2), 0.125)}
    trained.opened.load(NetworkFile(feed_forward((4,)), data=DataChoice(samples=60), first=first))
    assert same(trained.again().network.first_weights, first)


def test_many_numbers_lie_in_a_file_of_their_own(trained: Trained, tmp_path: Path) -> None:
    large = new_network(trained.owner, large_network)
    large.trainer.start()
    large.trainer.step()
    with trained._qtbot.waitCallback() as heard:
        large.trainer.when_heard(heard)
    path = trained.written(large)
    large.trainer.close()
    assert path.stat().st_size < 100_000 and list(tmp_path.glob("document-*.safetensors"))
    found = read_network(path)
    assert same(found.weights, large.network.present_weights())
    assert found.progress is not None and found.progress.updates == 1


def test_rows_are_set_as_the_session_sets_them() -> None:
    """What L1 held at 0 of them is let go too."""
    setup = Setup(feed_forward((3,)), load(DataChoice(samples=40)), Hyperparameters(l1=0.5, l1_at_zero="sticks"))
    session = TrainingSession(setup)
    session.run_epochs(30)

    def kept() -> KeptState:
        snapshot = session.snapshot(maps=False)
        return KeptState(snapshot.weights, progress_of(snapshot))

    before = kept()
    assert before.progress is not None and before.progress.stuck is not None and before.progress.stuck[KEY].any()
    rows = {KEY: {0: np.full(2, 0.5), 1: np.full(3, 0.5), 7: np.full(2, 0.5)}}
    carried = _with_rows(rows, before)
    session.set_rows(rows)
    after = kept()
    assert not carried.differs(after) and carried.progress is not None and after.progress is not None
    assert carried.progress.stuck is not None and after.progress.stuck is not None
    for key, held in carried.progress.stuck.items():
        assert np.array_equal(held, after.progress.stuck.get(key, np.zeros_like(held)))
