"""However a run ends: what is shown, saved and put by is where it has come to, and not an earlier picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.network import picture_rate
from app.network.document import Document
from app.network.open_network import OpenNetwork
from app.network.trainer import Trainer
from engine.data import DataChoice
from engine.formats import read_network
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.edit import disconnect
from engine.graph.weights import Weights
from engine.network.state import weights_of
from engine.training.session import TrainingSession
from tests.app.kit.background_rig import Gate, put_hook
from tests.app.network.document_rig import new_document, running


class Unseen:
    """A run that trains on without showing anything, as one whose pictures cost much does between two of them."""

    def __init__(self, qtbot: QtBot, trainer: Trainer, document: Document, patch: pytest.MonkeyPatch) -> None:
        self.qtbot, self.trainer, self.document, self.patch = qtbot, trainer, document, patch
        self.open = OpenNetwork(document, trainer, lambda: NetworkFile(feed_forward((2,))))
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        trainer.epoch()
        qtbot.waitUntil(lambda: trainer.snapshot.epoch == 1.0)
        patch.setattr(picture_rate, "SHOWN_SHARE", 1e-9)

    @property
    def session(self) -> TrainingSession:
        """The thread's."""
        session = self.trainer._worker.session
        assert session is not None
        return session

    def train(self) -> TrainingSession:
        """Play, until there are steps that have not been shown."""
        self.trainer.play()
        session = self.session
        self.qtbot.waitUntil(lambda: session.updates > self.shown_steps + 100)
        return session

    @property
    def shown_steps(self) -> int:
        return self.document.live_weights.moment[1]

    def tear(self, session: TrainingSession) -> None:
        """Have the next steps break off when they are in the weights, and in no count."""
        real = session.backend.train

        def broken(*arguments: object) -> object:
            real(*arguments)
            raise MemoryError("after the steps")

        self.patch.setattr(session.backend, "train", broken)

    def stopped(self) -> TrainingSession:
        """Wait for the stop alone."""
        self.qtbot.waitUntil(lambda: not self.trainer.running)
        return self.session

    def wait_until_heard(self) -> None:
        """Until the document knows all that the thread has done by now."""
        with self.qtbot.waitCallback() as heard:
            self.trainer.when_heard(heard)

    def break_the_network(self) -> None:
        graph = self.document.graph
        self.document.edit("break", graph=disconnect(graph, graph.wires_into(graph.outputs[0].id)[0]))
        assert any(problem.blocking for problem in self.document.problems)


@pytest.fixture
def unseen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Unseen]:
    document = new_document()
    with running(document) as trainer:
        yield Unseen(qtbot, trainer, document, monkeypatch)
    document.undo_stack.clear()


@contextmanager
def held_up(run: Unseen) -> Iterator[None]:
    """The thread comes to train whenever the window has left a run and has not yet said what comes next."""
    session = run.session

    def wait_for_steps(_moment: object) -> None:
        steps = session.updates
        while session.updates < steps + 20:
            sleep(0.001)

    connection = run.document.run_left.connect(wait_for_steps)
    yield
    run.document.disconnect(connection)


def same(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[key], other[key]) for key in one)


def assert_of_one_moment(run: Unseen, session: TrainingSession) -> None:
    """What would be saved is what the thread has, weights and progress."""
    reached = weights_of(session.plan, session.state)
    kept = run.document.kept()
    assert kept.progress is not None and kept.progress.updates == session.updates
    assert same(kept.weights, reached)
    assert run.open.moment == (session.run, session.updates)


def test_an_edit_that_breaks_the_network_loses_no_step(unseen: Unseen, tmp_path: Path) -> None:
    unseen.train()
    unseen.break_the_network()
    session = unseen.stopped()
    assert_of_one_moment(unseen, session)
    unseen.open.save(tmp_path / "broken.loom")
    content = read_network(tmp_path / "broken.loom")
    assert content.progress is not None and content.progress.updates == session.updates
    reached = weights_of(session.plan, session.state)
    assert content.weights and all(np.array_equal(array, reached[key]) for key, array in content.weights.items())


def test_a_snapshot_has_the_last_steps_of_a_network_that_was_broken(unseen: Unseen, tmp_path: Path) -> None:
    unseen.train()
    before = unseen.open.moment
    unseen.break_the_network()
    session = unseen.stopped()
    assert unseen.trainer.snapshot is None and unseen.open.moment not in (None, before)
    for name, data in unseen.open.snapshot()().items():
        (tmp_path / name).write_bytes(data)
    progress = read_network(tmp_path / "document.loom").progress
    assert progress is not None and progress.updates == session.updates


def test_a_broken_network_that_is_mended_shows_where_it_was(unseen: Unseen) -> None:
    unseen.train()
    with held_up(unseen):
        unseen.break_the_network()
    steps = unseen.stopped().updates
    unseen.document.undo_stack.undo()
    unseen.qtbot.waitUntil(lambda: unseen.trainer.snapshot is not None)
    assert unseen.trainer.snapshot.step == steps


def _run_out(run: Unseen) -> None:
    run.patch.setattr(picture_rate, "SHOWN_SHARE", 0.08)
    run.patch.setattr(TrainingSession, "finished", property(lambda session: session.updates > 500))


def _failing(run: Unseen) -> None:
    run.trainer.request_pass(lambda session: session.trace((10**6,)), None)


ENDS: dict[str, Callable[[Unseen], None]] = {
    "pause": lambda run: run.trainer.pause(),
    "step": lambda run: run.trainer.step(),
    "epoch": lambda run: run.trainer.epoch(),
    "end of the run": _run_out,
    "error": _failing,
}


@pytest.mark.parametrize("end", ENDS)
def test_who_is_told_of_a_stop_has_what_was_reached(unseen: Unseen, end: str) -> None:
    found: list[tuple[int, float, bool]] = []

    def note(running: bool) -> None:
        if not running:
            snapshot = unseen.trainer.snapshot
            same_weights = same(snapshot.weights, unseen.document.present_weights())
            found.append((snapshot.step, snapshot.speed, same_weights))

    unseen.train()
    unseen.trainer.running_changed.connect(note)
    ENDS[end](unseen)
    session = unseen.stopped()
    assert found == [(session.updates, 0.0, True)]
    shown, anew = unseen.trainer.snapshot, session.snapshot(fresh=True)
    assert shown.measured_step == session.updates == int(shown.history.train_loss.steps[-1])
    assert np.array_equal(shown.decision.outputs, anew.decision.outputs)
    assert all(np.array_equal(shown.maps[key], anew.maps[key]) for key in anew.maps)
    assert (shown.train_loss, shown.accuracy) == (anew.train_loss, anew.accuracy)
    assert_of_one_moment(unseen, session)


def _opened(run: Unseen) -> None:
    run.document.load_file(NetworkFile(feed_forward((2,)), data=DataChoice(name="exclusive-or", samples=60)), None)


REPLACES: dict[str, Callable[[Unseen], None]] = {
    "reset": lambda run: run.trainer.reset(),
    "seed": lambda run: run.trainer.reset(run.document.hyper.seed + 1),
    "open": _opened,
}


@pytest.mark.parametrize("replace", REPLACES)
def test_undo_of_what_took_a_runs_place_goes_on_where_it_had_come_to(unseen: Unseen, replace: str) -> None:
    left = unseen.train()
    shown = unseen.shown_steps
    told: list[int] = []
    with held_up(unseen):
        REPLACES[replace](unseen)
    unseen.document.undo_stack.indexChanged.connect(told.append)
    unseen.wait_until_heard()
    assert not told, "who counts edits hears of none"
    unseen.qtbot.waitUntil(lambda: unseen.trainer._worker.session not in (None, left))
    assert left.updates > shown
    unseen.trainer.pause()
    unseen.stopped()
    unseen.document.undo_stack.undo()
    unseen.qtbot.waitUntil(lambda: unseen.trainer.snapshot is not None and unseen.trainer.snapshot.step == left.updates)
    assert same(unseen.trainer.snapshot.weights, weights_of(left.plan, left.state))
    assert unseen.trainer.snapshot.epoch == left.epoch


def test_undo_while_it_trains_keeps_for_redo_where_it_had_come_to(unseen: Unseen) -> None:
    unseen.train()
    unseen.trainer.pause()
    unseen.stopped()
    unseen.trainer.reset()
    unseen.qtbot.waitUntil(lambda: unseen.trainer.snapshot is not None and unseen.trainer.snapshot.step == 0)
    left = unseen.train()
    with held_up(unseen):
        unseen.document.undo_stack.undo()
    unseen.wait_until_heard()
    unseen.trainer.pause()
    unseen.stopped()
    unseen.document.undo_stack.redo()
    unseen.qtbot.waitUntil(lambda: unseen.trainer.snapshot.step == left.updates)
    assert same(unseen.trainer.snapshot.weights, weights_of(left.plan, left.state))


def test_what_broke_off_in_the_midst_of_steps_is_not_shown(unseen: Unseen) -> None:
    """Some of the steps may be in the weights and in no count: the last picture is of one moment."""
    hook, session = put_hook(unseen.patch), unseen.train()
    unseen.tear(session)
    with unseen.qtbot.waitSignal(unseen.trainer.failed):
        unseen.stopped()
    snapshot, kept = unseen.trainer.snapshot, unseen.document.kept()
    assert not session.whole and len(hook.errors) == 1
    assert kept.progress is None or kept.progress.updates == snapshot.step
    assert same(kept.weights, snapshot.weights) and not same(kept.weights, weights_of(session.plan, session.state))


LOOKS: dict[str, Callable[[Trainer], None]] = {
    "pause": lambda trainer: trainer.pause(),
    "plane": lambda trainer: trainer.set_view((1, 0)),
    "preview": lambda trainer: trainer.preview("dense-1", "relu"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_shows_or_keeps_what_an_error_has_torn(unseen: Unseen, look: str) -> None:
    """Weights of steps that are in no count would be saved as those of the step before."""
    hook, session = put_hook(unseen.patch), unseen.session
    unseen.tear(session)
    with unseen.qtbot.waitSignal(unseen.trainer.failed):
        unseen.trainer.epoch()
    before = unseen.document.kept()
    LOOKS[look](unseen.trainer)
    with unseen.qtbot.waitCallback() as through:
        unseen.trainer.when_heard(through)
    kept = unseen.document.kept()
    assert not session.whole and len(hook.errors) == 1
    assert same(kept.weights, before.weights) and not same(kept.weights, weights_of(session.plan, session.state))


def test_an_edit_that_breaks_the_network_during_a_preview_loses_no_step(unseen: Unseen) -> None:
    failed: list[object] = []
    unseen.trainer.failed.connect(failed.append)
    unseen.trainer.preview("dense-1", "relu")
    unseen.train()
    unseen.break_the_network()
    assert_of_one_moment(unseen, unseen.stopped())
    assert not failed


def test_a_preview_that_fails_keeps_no_step_back(unseen: Unseen) -> None:
    hook = put_hook(unseen.patch)
    unseen.train()

    def failing(*_arguments: object) -> object:
        raise MemoryError("no room for a second network")

    unseen.patch.setattr("app.network.preview.previewed", failing)
    with unseen.qtbot.waitSignal(unseen.trainer.failed):
        unseen.trainer.preview("dense-1", "relu")
    assert_of_one_moment(unseen, unseen.stopped())
    assert len(hook.errors) == 1


def _busy(run: Unseen) -> Gate:
    """The thread stands still until the gate is opened: what it is told meanwhile is under way."""
    gate = Gate()
    run.trainer._worker.post(lambda _worker: gate.pass_through())
    return gate


def _first_weight(weights: Weights) -> float:
    return float(weights["dense-1", "W"][0, 0])


def test_what_is_saved_while_an_edit_is_under_way_stays_unsaved(unseen: Unseen, tmp_path: Path) -> None:
    gate = _busy(unseen)
    unseen.document.edit_weight("dense-1", "W", (0, 0), 7.5)
    unseen.open.save(tmp_path / "early.loom")
    assert _first_weight(read_network(tmp_path / "early.loom").weights) != 7.5 and unseen.open.unsaved
    gate.open()
    unseen.qtbot.waitUntil(lambda: _first_weight(unseen.trainer.snapshot.weights) == 7.5)
    assert unseen.open.unsaved
    unseen.open.save(tmp_path / "early.loom")
    assert _first_weight(read_network(tmp_path / "early.loom").weights) == 7.5 and not unseen.open.unsaved


def test_who_waits_for_an_edit_under_way_has_it(unseen: Unseen) -> None:
    gate, found = _busy(unseen), []
    unseen.document.edit_weight("dense-1", "W", (0, 0), 7.5)
    unseen.open.when_settled(lambda: found.append(_first_weight(unseen.document.to_file().weights)))
    assert not found
    gate.open()
    unseen.qtbot.waitUntil(lambda: bool(found))
    assert found == [7.5]
    unseen.open.when_settled(lambda: found.append(0.0))
    assert found == [7.5, 0.0], "at once where nothing is under way"


def test_who_waits_while_another_network_is_opened_is_not_called(unseen: Unseen) -> None:
    gate, found = _busy(unseen), []
    unseen.document.edit_weight("dense-1", "W", (0, 0), 7.5)
    unseen.open.when_settled(lambda: found.append("that one's file would hold this one"))
    _opened(unseen)
    gate.open()
    with unseen.qtbot.waitCallback() as through:
        unseen.trainer.when_heard(through)
    assert not found


def test_a_paused_network_that_is_broken_keeps_nobody_waiting(unseen: Unseen, tmp_path: Path) -> None:
    unseen.break_the_network()
    unseen.qtbot.waitUntil(lambda: unseen.trainer.settled)
    unseen.open.save(tmp_path / "broken.loom")
    assert not unseen.open.unsaved


def test_undo_of_a_reset_has_the_weight_that_was_being_set(unseen: Unseen) -> None:
    gate = _busy(unseen)
    unseen.document.edit_weight("dense-1", "W", (0, 0), 7.5)
    unseen.trainer.reset()
    gate.open()
    unseen.wait_until_heard()
    unseen.document.undo_stack.undo()
    assert unseen.document.undo_stack.undoText() == "Set W of Dense 1"
    unseen.qtbot.waitUntil(lambda: unseen.trainer.snapshot.run == unseen.trainer.run)
    assert unseen.trainer.snapshot.step > 0
    assert _first_weight(unseen.trainer.snapshot.weights) == 7.5


def test_after_a_close_nothing_is_told_any_more(unseen: Unseen) -> None:
    unseen.train()
    told: list[object] = []
    unseen.trainer.pause()
    unseen.trainer.reset()
    unseen.trainer.close()
    unseen.trainer.snapshot_published.connect(told.append)
    unseen.trainer.running_changed.connect(told.append)
    QCoreApplication.processEvents()  # the thread has ended, and all it had to say has been posted
    assert not told


def test_a_close_ends_the_thread(unseen: Unseen) -> None:
    """``Thread`` has private methods of its own, such as ``_stop``, that the worker must not override."""
    unseen.train()
    unseen.trainer.close()
    assert not unseen.trainer._worker.is_alive()
