"""Runs that are begun anew, on other data or of another network: undo takes the one before up where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.network.commands import RunCommand
from app.network.document import UNDO_LIMIT, Document
from app.network.open_network import LONG_SECONDS, OpenNetwork
from app.network.trainer import Trainer
from engine.data import DataChoice
from engine.formats import write_network
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_params
from engine.training.snapshot import Snapshot
from tests.app.network.document_rig import new_document, running


class Run:
    """A document that is trained epoch by epoch."""

    def __init__(self, document: Document, trainer: Trainer, qtbot: QtBot) -> None:
        self.document, self.trainer, self._qtbot = document, trainer, qtbot

    def epochs(self, count: int) -> Snapshot:
        start = self.now.epoch
        for _ in range(count):
            self.trainer.epoch()
        return self.when(lambda snapshot: snapshot.epoch == start + count)

    @property
    def now(self) -> Snapshot:
        return self.when(lambda snapshot: True)

    def when(self, true) -> Snapshot:
        def there() -> bool:
            snapshot = self.trainer.snapshot
            return snapshot is not None and snapshot.run == self.trainer.run and true(snapshot)

        self._qtbot.waitUntil(there)
        return self.trainer.snapshot


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[Run]:
    document = new_document()
    with running(document) as trainer:
        yield Run(document, trainer, qtbot)
    document.undo_stack.clear()


def assert_same_run(now: Snapshot, before: Snapshot) -> None:
    assert (now.step, now.epoch, now.train_loss) == (before.step, before.epoch, before.train_loss)
    assert now.weights.keys() == before.weights.keys()
    assert all(np.array_equal(now.weights[key], before.weights[key]) for key in now.weights)
    assert np.array_equal(now.memory, before.memory) and now.optimizer_step == before.optimizer_step
    assert now.history.train_loss.steps.tolist() == before.history.train_loss.steps.tolist()


def test_reset_is_undone_with_weights_epoch_and_curves(run: Run) -> None:
    before = run.epochs(3)
    run.trainer.reset()
    fresh = run.when(lambda snapshot: snapshot.step == 0)
    assert fresh.epoch == 0 and fresh.history.train_loss.steps.tolist() == [0]
    assert fresh.history.layers["delta"]["dense-1"].count.sum() == 0
    second = run.epochs(1)
    run.document.undo_stack.undo()
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), before)
    run.document.undo_stack.redo()
    assert_same_run(run.now, second)


def test_a_new_seed_is_one_step_and_the_run_before_goes_on_with_the_old_one(run: Run) -> None:
    before, seed = run.epochs(2), run.document.hyper.seed
    run.trainer.reset(seed + 1)
    run.when(lambda snapshot: snapshot.step == 0)
    assert run.document.hyper.seed == seed + 1
    run.document.undo_stack.undo()
    assert run.document.hyper.seed == seed
    now = run.when(lambda snapshot: snapshot.step > 0)
    assert_same_run(now, before)
    assert now.history.events == ()


def test_to_begin_anew_is_no_edit(run: Run) -> None:
    run.epochs(1)
    run.trainer.reset()
    assert not run.document.dirty
    run.trainer.reset(7)
    assert run.document.dirty


def test_the_title_of_a_dataset_is_said_in_the_language_and_kept_in_english(in_chinese: None, run: Run) -> None:
    run.document.choose_data(DataChoice(name="circle", samples=60))
    assert (run.document.title, run.document.to_file().title) == ("圆", "Circle")


def test_other_data_begin_a_run_and_name_an_unnamed_network(run: Run) -> None:
    before, title = run.epochs(2), run.document.title
    run.document.choose_data(DataChoice(name="circle", samples=60))
    fresh = run.when(lambda snapshot: snapshot.step == 0)
    assert fresh.epoch == 0 and len(fresh.history.train_loss.steps) == 1
    assert run.document.title == "Circle"
    assert run.document.to_file().weights == {} or run.document.to_file().progress is None
    run.document.undo_stack.undo()
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), before)
    assert run.document.title == title


def test_a_network_in_a_file_isnt_named_after_data_that_it_has_no_more(run: Run, tmp_path: Path) -> None:
    run.document.choose_data(DataChoice(name="circle", samples=60))
    run.document.save(tmp_path / "p1.loom")
    assert run.document.title == "Circle"
    run.document.choose_data(DataChoice(samples=60))
    assert (run.document.title, run.document.to_file().title) == ("p1", "")
    run.document.undo_stack.undo()
    assert run.document.title == "Circle"


def test_the_same_set_drawn_anew_is_learnt_on(run: Run) -> None:
    before = run.epochs(2)
    run.document.choose_data(DataChoice(samples=60, noise=20))
    now = run.when(lambda snapshot: snapshot.history.events != ())
    assert (now.run, now.step, [e.kind for e in now.history.events]) == (before.run, before.step, ["data"])


@pytest.mark.parametrize("change", [{"noise": 10.0}, {"samples": 80}, {"name": "circle"}])
def test_data_of_the_same_kind_leave_the_output_as_it_was_chosen(run: Run, change: dict[str, object]) -> None:
    document, told = run.document, []
    document.output_replaced.connect(told.append)
    document.edit("x", graph=set_params(document.graph, "output-1", loss="squared_error", activation="identity"))
    chosen = document.graph.block("output-1").params
    document.choose_data(document.data.model_copy(update=change))
    assert document.graph.block("output-1").params == chosen and told == []
    document.choose_data(DataChoice(name="plane", samples=60))
    document.choose_data(DataChoice(name="circle", samples=60))
    assert [problem.code for problem in told] == ["graph.output-replaced"]


def test_to_choose_the_data_that_are_there_does_nothing(run: Run) -> None:
    before, loaded = run.epochs(1), run.document.dataset
    run.document.choose_data(run.document.data.model_copy())
    assert run.document.dataset is loaded and run.document.undo_stack.count() == 0
    assert run.epochs(1).history.events == before.history.events == ()


def test_another_network_is_opened_in_its_place_and_undo_brings_it_back(run: Run, qtbot: QtBot) -> None:
    before, graph = run.epochs(2), run.document.graph
    file = NetworkFile(feed_forward((2,)), data=DataChoice(name="circle", samples=60), title="Small")
    with qtbot.waitSignal(run.document.replaced) as told:
        run.document.load_file(file, None)
    assert told.args[1] == 2.0
    assert not run.document.dirty and run.document.title == "Small"
    run.when(lambda snapshot: snapshot.step == 0 and snapshot.plan.nodes[1].width == 2)
    run.document.undo_stack.undo()
    assert run.document.graph == graph and not run.document.dirty
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), before)
    run.document.undo_stack.redo()
    assert run.document.title == "Small" and not run.document.dirty
    run.document.edit("x", hyper=run.document.hyper.model_copy(update={"l2": 0.5}))
    assert run.document.dirty
    run.document.undo_stack.undo()
    run.document.undo_stack.undo()
    assert not run.document.dirty


def test_what_nothing_was_done_with_leaves_no_step(run: Run) -> None:
    run.when(lambda snapshot: snapshot.step == 0)
    run.document.load_file(NetworkFile(feed_forward((2,)), data=DataChoice(samples=60)), None)
    assert run.document.undo_stack.count() == 0


def test_a_saved_run_is_opened_where_it_was_and_goes_on_as_if_it_had_never_stopped(run: Run, tmp_path: Path) -> None:
    opened = OpenNetwork(run.document, run.trainer, run.document.to_file)
    run.epochs(2)
    before = run.trainer.snapshot
    opened.save(tmp_path / "a.loom")
    assert not opened.unsaved
    further = run.epochs(2)
    assert opened.unsaved
    opened.open(tmp_path / "a.loom")
    now = run.now
    assert_same_run(now, before)
    assert not opened.unsaved and not run.document.dirty
    again = run.epochs(2)
    assert opened.unsaved
    assert all(np.array_equal(again.weights[key], further.weights[key]) for key in again.weights)


def test_a_long_training_is_asked_about_and_a_short_one_is_not(run: Run) -> None:
    seconds = [0.0]
    opened = OpenNetwork(run.document, run.trainer, run.document.to_file, clock=lambda: seconds[0])
    run.when(lambda snapshot: snapshot.step == 0)
    run.trainer.play()
    run.when(lambda snapshot: snapshot.step > 0)
    assert not opened.unsaved
    for _ in range(int(LONG_SECONDS) + 1):
        seconds[0] += 1.0
        opened._note_training(run.now)
    assert opened.unsaved
    run.trainer.pause()
    opened.new()
    assert not opened.unsaved


def test_a_recovery_copy_has_the_run(run: Run, tmp_path: Path) -> None:
    opened = OpenNetwork(run.document, run.trainer, run.document.to_file)
    before = run.epochs(2)
    write_network(tmp_path / "copy.loom", opened.network.to_file())
    run.trainer.reset()
    opened.recover(tmp_path / "copy.loom")
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), before)
    assert opened.unsaved and opened.path is None


def test_undo_and_redo_of_a_reset_leave_the_file_that_it_was_saved_in(run: Run, tmp_path: Path) -> None:
    document, stack = run.document, run.document.undo_stack
    document.save(tmp_path / "a.loom")
    run.trainer.reset()
    document.edit("x", hyper=document.hyper.model_copy(update={"l2": 0.5}))
    document.save(tmp_path / "b.loom")
    for _ in range(2):
        stack.undo()
    assert document.path == tmp_path / "b.loom" and document.title == "b" and document.dirty
    for _ in range(2):
        stack.redo()
    assert document.path == tmp_path / "b.loom" and not document.dirty


def test_undo_of_an_opening_brings_the_file_back_that_it_was_saved_in(run: Run, tmp_path: Path) -> None:
    document, stack = run.document, run.document.undo_stack
    run.trainer.reset()
    document.save(tmp_path / "a.loom")
    document.load_file(NetworkFile(feed_forward((2,)), data=DataChoice(samples=60)), tmp_path / "b.loom")
    stack.undo()
    stack.undo()
    assert document.path == tmp_path / "a.loom"
    stack.redo()
    stack.redo()
    assert document.path == tmp_path / "b.loom"


def blank() -> NetworkFile:
    return NetworkFile(feed_forward((2,)), data=DataChoice(samples=60))


def test_undo_brings_back_that_a_long_training_is_unsaved(run: Run) -> None:
    seconds = [0.0]
    opened = OpenNetwork(run.document, run.trainer, blank, clock=lambda: seconds[0])
    run.trainer.play()
    run.when(lambda snapshot: snapshot.step > 0)
    for _ in range(int(LONG_SECONDS) + 1):
        seconds[0] += 1.0
        opened._note_training(run.now)
    run.trainer.pause()
    opened.new()
    assert not opened.unsaved
    run.document.undo_stack.undo()
    assert opened.unsaved
    run.when(lambda snapshot: snapshot.step > 0)
    assert opened.unsaved
    run.document.undo_stack.redo()
    assert not opened.unsaved
    assert run.now.step == 0
    assert not opened.unsaved


@pytest.mark.parametrize("further", [0, 1])
def test_undo_of_an_opening_knows_whether_the_file_has_the_run(run: Run, further: int, tmp_path: Path) -> None:
    opened = OpenNetwork(run.document, run.trainer, blank)
    run.epochs(2)
    opened.save(tmp_path / "a.loom")
    run.epochs(further)
    opened.new()
    assert run.now.step == 0
    run.document.undo_stack.undo()
    assert run.now.epoch == 2 + further and opened.path is not None
    assert opened.unsaved == bool(further)
    run.epochs(1)
    assert opened.unsaved


def test_a_recovered_copy_that_was_never_trained_is_one_undo_away(run: Run, tmp_path: Path) -> None:
    opened = OpenNetwork(run.document, run.trainer, blank)
    recovered = run.document.graph
    write_network(tmp_path / "copy.loom", opened.network.to_file())
    opened.recover(tmp_path / "copy.loom")
    assert opened.unsaved
    opened.new()
    assert run.document.graph == blank().graph and not opened.unsaved
    run.document.undo_stack.undo()
    assert run.document.graph == recovered and opened.unsaved
    run.document.undo_stack.redo()
    assert not opened.unsaved


@pytest.mark.parametrize("epochs", [0, 2])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("soon", [False, True])
def test_undo_of_the_only_edit_since_it_was_opened_leaves_nothing_to_save(
    run: Run, tmp_path: Path, epochs: int, optimizer: str, soon: bool
) -> None:
    document = run.document
    opened = OpenNetwork(document, run.trainer, blank)
    document.edit("x", hyper=document.hyper.model_copy(update={"optimizer": optimizer}))
    run.epochs(epochs)
    opened.save(tmp_path / "a.loom")
    opened.open(tmp_path / "a.loom")
    if not soon:
        assert run.now.epoch == epochs
    wider = set_params(document.graph, "dense-1", units=7)
    for structural in (wider, add_block(document.graph, "dropout", 0, 0)[0]):
        document.edit("more", graph=structural)
        if not soon:
            run.when(lambda _snapshot: run.trainer.settled)
        document.undo_stack.undo()
        assert run.now.epoch == epochs
        assert not document.dirty and not opened.unsaved


def louder(document: Document) -> None:
    document.edit("x", hyper=document.hyper.model_copy(update={"l2": document.hyper.l2 + 0.5}))


def test_a_network_is_clean_where_it_was_opened_until_it_is_saved_elsewhere(run: Run, tmp_path: Path) -> None:
    document, stack = run.document, run.document.undo_stack
    run.trainer.reset()
    document.load_file(blank(), tmp_path / "b.loom")
    document.save(tmp_path / "b.loom")
    stack.undo()
    stack.redo()
    assert not document.dirty
    louder(document)
    document.save(tmp_path / "b.loom")
    stack.undo()
    assert document.dirty
    stack.undo()
    assert not document.dirty
    stack.redo()
    assert document.dirty


def test_a_network_that_is_saved_elsewhere_is_not_clean_where_it_was_left(run: Run, tmp_path: Path) -> None:
    document, stack = run.document, run.document.undo_stack
    document.save(tmp_path / "a.loom")
    louder(document)
    document.save(tmp_path / "a.loom")
    document.load_file(blank(), None)
    stack.undo()
    assert not document.dirty
    stack.undo()
    document.save(tmp_path / "a.loom")
    stack.redo()
    stack.redo()
    assert not document.dirty
    stack.undo()
    assert document.dirty


def test_a_recovery_copy_stays_unsaved_through_undo_and_redo(run: Run, tmp_path: Path) -> None:
    opened = OpenNetwork(run.document, run.trainer, blank)
    write_network(tmp_path / "copy.loom", opened.network.to_file())
    run.trainer.reset()
    opened.recover(tmp_path / "copy.loom")
    run.document.undo_stack.undo()
    assert not run.document.dirty
    run.document.undo_stack.redo()
    assert run.document.dirty


def test_resets_of_what_has_not_been_trained_are_one_step(run: Run) -> None:
    stack = run.document.undo_stack
    before = run.epochs(2)
    for _ in range(3):
        run.trainer.reset()
    assert stack.count() == 1
    second = run.epochs(1)
    run.trainer.reset()
    run.trainer.reset()
    assert stack.count() == 2
    stack.undo()
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), second)
    stack.undo()
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), before)
    stack.redo()
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), second)
    stack.redo()
    assert run.now.step == 0


def test_the_undo_steps_do_not_grow_without_end(qapp: object, tmp_path: Path) -> None:
    document = new_document()
    stack = document.undo_stack
    document.save(tmp_path / "a.loom")
    for _ in range(UNDO_LIMIT + 1):
        louder(document)
    assert stack.count() == UNDO_LIMIT and document.dirty
    while stack.canUndo():
        stack.undo()
    assert document.dirty and document.hyper.l2 == 0.5
    stack.clear()


def test_the_runs_of_old_steps_are_dropped_beyond_so_many_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = OpenNetwork(run.document, run.trainer, blank)
    opened.save(tmp_path / "a.loom")
    run.document.edit("adam", hyper=run.document.hyper.model_copy(update={"optimizer": "adam"}))
    stack, states = run.document.undo_stack, []
    most = 40_000
    monkeypatch.setattr("app.network.document.UNDO_BYTES", most)
    for units in range(5, 15):
        states.append((run.epochs(1), run.document.state))
        run.document.edit("units", graph=set_params(run.document.graph, "dense-1", units=units))
    latest, state = run.epochs(1), run.document.state

    def held() -> int:
        commands = [stack.command(place) for place in range(stack.count())]
        return sum({id(a): a.nbytes for c in commands if isinstance(c, RunCommand) for a in c.arrays()}.values())

    assert 0 < held() <= most
    for before, then in reversed(states[1:]):
        kept = "no longer kept" not in stack.undoText()
        stack.undo()
        assert run.document.state == then and opened.unsaved
        if kept:
            assert_same_run(run.when(lambda snapshot: snapshot.step > 0), before)
        else:
            assert run.now.step == 0 and stack.command(stack.index()).found_dropped
    assert not kept
    while stack.canRedo():
        stack.redo()
    assert run.document.state == state
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), latest)


@pytest.mark.parametrize("trained", [0, 1])
def test_a_saved_network_is_saved_again_after_undo_of_an_edit(run: Run, tmp_path: Path, trained: int) -> None:
    opened = OpenNetwork(run.document, run.trainer, blank)
    run.epochs(2)
    opened.save(tmp_path / "a.loom")
    for _ in range(2):
        run.document.edit("units", graph=set_params(run.document.graph, "dense-1", units=2))
        run.epochs(trained)
        assert opened.unsaved
        run.document.undo_stack.undo()
        assert run.now.epoch == 2.0 and not opened.unsaved
    run.epochs(1)
    assert opened.unsaved


def test_an_import_is_a_document_of_its_own(run: Run, tmp_path: Path) -> None:
    """Save would write it over the network that was open."""
    opened, csv = OpenNetwork(run.document, run.trainer, blank), tmp_path / "flowers.csv"
    csv.write_text("a,b,y\n" + "".join(f"{n},{n * n},{n % 2}\n" for n in range(40)))
    before = run.epochs(2)
    opened.save(tmp_path / "mine.loom")
    run.document.choose_data(DataChoice(source="file", path=str(csv)), "Import")
    run.when(lambda snapshot: snapshot.step == 0 and run.document.data.source == "file")
    assert (opened.title, opened.path, opened.unsaved) == ("flowers", None, True)
    opened.save(tmp_path / "flowers.loom")
    run.document.choose_data(DataChoice(source="file", path=str(csv), missing="drop"), "Again")
    run.when(lambda _: run.document.data.missing == "drop")
    assert opened.path == tmp_path / "flowers.loom", "the same file, read in another way"
    for _ in range(2):
        run.document.undo_stack.undo()
    assert (opened.title, opened.path) == ("mine", tmp_path / "mine.loom")
    assert_same_run(run.when(lambda snapshot: snapshot.step > 0), before)
    assert not opened.unsaved
    for _ in range(2):
        run.document.undo_stack.redo()
    assert (opened.title, opened.path) == ("flowers", tmp_path / "flowers.loom")
