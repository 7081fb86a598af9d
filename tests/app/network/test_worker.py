"""The training thread: whatever goes wrong in it is said once, and Play goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.kit import arenas
from app.kit.errors import INTERNAL_ERROR, NO_MEMORY
from app.kit.kernels import notifier
from app.network import worker as worker_module
from app.network.document import Document
from app.network.trainer import Trainer
from app.network.worker import TrainingWorker
from engine.data.choice import DataChoice
from engine.network import warm
from engine.network.spare import Spare
from engine.problems import Problem
from engine.training import session as session_module
from engine.training.session import TrainingSession
from engine.training.snapshot import Snapshot
from tests.app.kit.background_rig import INTERNAL_ERRORS, Faults, Hook, put_hook
from tests.app.network.document_rig import new_document, running


class Run:
    """A trainer with its thread, what it has said, and ways to break it."""

    def __init__(self, qtbot: QtBot, trainer: Trainer, document: Document, patch: pytest.MonkeyPatch) -> None:
        self.qtbot, self.trainer, self.document, self._patch = qtbot, trainer, document, patch
        self.failed: list[Problem] = []
        trainer.failed.connect(self.failed.append)
        self.hook = put_hook(patch)
        qtbot.waitUntil(lambda: trainer.snapshot is not None)

    @property
    def session(self) -> TrainingSession | None:
        """The thread's session."""
        return self.trainer._worker.session

    def break_method(self, name: str, *errors: BaseException) -> None:
        """The next calls of a session's method, whichever session's, raise these."""
        real, faults = getattr(TrainingSession, name), Faults(lambda: None)
        faults.errors = list(errors)

        def broken(session: TrainingSession, *arguments: object, **named: object) -> object:
            faults()
            return real(session, *arguments, **named)

        self._patch.setattr(TrainingSession, name, broken)

    def await_failure(self, count: int = 1) -> None:
        """Wait until so many problems have been said and the run is paused."""
        self.qtbot.waitUntil(lambda: len(self.failed) >= count and not self.trainer.running)

    def assert_plays(self) -> None:
        """Play trains, Pause stops it."""
        before = self.trainer.snapshot.step
        self.trainer.play()
        self.qtbot.waitUntil(lambda: self.trainer.snapshot.step not in (0, before))
        self.trainer.pause()
        self.qtbot.waitUntil(lambda: not self.trainer.running)
        assert self.trainer._worker.is_alive()

    def assert_said_once(self, error: BaseException) -> None:
        """One sentence, and the error itself for the log."""
        expected = NO_MEMORY if isinstance(error, MemoryError) else INTERNAL_ERROR
        assert [problem.code for problem in self.failed] == [expected.code]
        assert self.hook.errors == [error] and error.__traceback__ is not None


@pytest.fixture
def run(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    document = new_document()
    with running(document) as trainer:
        yield Run(qtbot, trainer, document, monkeypatch)
    document.undo_stack.clear()


def ids(error: BaseException) -> str:
    return type(error).__name__


@pytest.mark.parametrize("error", INTERNAL_ERRORS, ids=ids)
@pytest.mark.parametrize("call", ["run_steps", "run_epochs", "run_for", "snapshot"])
def test_an_error_in_training_pauses_the_run_and_is_said_once(run: Run, call: str, error: BaseException) -> None:
    if call == "run_for":  # taken once the steep start has been shown
        run.qtbot.waitUntil(lambda: run.session is not None)
        run.session.cursor = run.session.steps_per_epoch * worker_module.FIRST_EPOCHS
    session = run.session
    run.break_method(call, error)
    run.trainer.play()
    run.await_failure()
    run.assert_said_once(error)
    run.assert_plays()
    run.assert_said_once(error)
    assert run.session is session, "a session that still works is gone on with"


@pytest.mark.parametrize("error", INTERNAL_ERRORS, ids=ids)
@pytest.mark.parametrize(
    ("method", "command"),
    [
        ("trace", lambda trainer: trainer.request_pass(lambda session: session.trace((0,)), None)),
        ("trace_at", lambda trainer: trainer.request_pass(lambda session: session.trace_at((0.0, 0.0)), None)),
        ("set_rows", lambda trainer: trainer._set_rows({})),
        ("snapshot", lambda trainer: trainer.set_view((1, 0))),
        ("run_steps", lambda trainer: trainer.step()),
        ("run_epochs", lambda trainer: trainer.epoch()),
    ],
    ids=["trace", "trace at", "weights", "view", "step", "epoch"],
)
def test_an_error_in_a_command_is_said_once_and_play_goes_on(
    run: Run, method: str, command: Callable[[Trainer], None], error: BaseException
) -> None:
    run.break_method(method, error)
    command(run.trainer)
    run.await_failure()
    run.assert_said_once(error)
    run.assert_plays()
    run.assert_said_once(error)


def test_a_weight_that_is_not_there_does_not_end_the_thread(run: Run) -> None:
    run.trainer.set_weight("nowhere", "W", (0, 0), 1.0)
    run.await_failure()
    assert [type(error) for error in run.hook.errors] == [KeyError]
    run.assert_plays()


def test_an_error_while_it_plays_pauses_it(run: Run) -> None:
    run.trainer.play()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.step > 0)
    error = MemoryError("in the middle")
    run.break_method("run_steps", error)
    run.await_failure()
    run.assert_said_once(error)
    run.assert_plays()


def _changed(run: Run) -> None:
    hyper = run.document.hyper
    run.document.edit("edit", hyper=hyper.model_copy(update={"learning_rate": hyper.learning_rate / 2}))


@pytest.mark.parametrize("error", INTERNAL_ERRORS, ids=ids)
def test_a_change_that_breaks_off_is_made_by_the_next_play_with_the_weights_kept(
    run: Run, error: BaseException
) -> None:
    run.trainer.epoch()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.epoch == 1.0)
    kept, old = run.trainer.snapshot.weights, run.session
    run.break_method("change", error)
    _changed(run)
    run.await_failure()
    run.assert_said_once(error)
    assert run.session is None
    run.trainer.set_speed(0.0)  # Play makes the session and takes no step
    run.trainer.play()
    run.qtbot.waitUntil(lambda: run.session is not None)
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.step == 0)
    assert run.session is not old and run.session.setup.hyper == run.document.hyper
    for key, array in run.trainer.snapshot.weights.items():
        assert np.array_equal(array, kept[key])
    run.trainer.set_speed(None)
    run.assert_plays()


def test_a_second_change_after_one_that_broke_off_needs_no_play(run: Run) -> None:
    run.break_method("change", MemoryError())
    _changed(run)
    run.await_failure()
    serial = run.trainer.snapshot
    _changed(run)
    run.qtbot.waitUntil(lambda: run.trainer.snapshot is not serial)
    assert run.session is not None and run.session.setup.hyper == run.document.hyper


def test_a_reset_that_breaks_off_is_made_by_the_next_play(run: Run) -> None:
    run.trainer.epoch()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.epoch == 1.0)
    run.break_method("_adopt", RuntimeError("at the start"))
    run.trainer.reset()
    run.await_failure()
    assert run.session is None
    run.trainer.step()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.run == 1)
    assert run.trainer.snapshot.step <= 1


def test_what_is_asked_while_there_is_no_session_is_passed_over(run: Run) -> None:
    run.break_method("_adopt", MemoryError())
    run.trainer.reset()
    run.await_failure()
    for ask in (
        lambda: run.trainer.request_pass(lambda session: session.trace((0,)), None),
        lambda: run.trainer.set_view((1, 0)),
        lambda: run.trainer.preview("nowhere", "relu"),
        lambda: run.trainer.preview("nowhere", None),
        lambda: run.trainer.pause(),
    ):
        ask()
    run.assert_plays()
    assert len(run.failed) == 1


def test_a_session_that_works_no_more_gives_way_to_a_fresh_one_with_its_weights(run: Run) -> None:
    run.trainer.epoch()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.epoch == 1.0)
    broken, kept = run.session, run.trainer.snapshot.weights
    real = TrainingSession.run_steps

    def run_steps(session: TrainingSession, *arguments: object, **named: object) -> object:
        if session is broken:
            raise RuntimeError("for good")
        return real(session, *arguments, **named)

    run._patch.setattr(TrainingSession, "run_steps", run_steps)
    run.trainer.step()
    run.await_failure()
    assert len(run.hook.errors) == 1
    run.trainer.set_speed(0.0)
    run.trainer.play()
    run.qtbot.waitUntil(lambda: run.session is not broken and run.trainer.snapshot.step == 0)
    for key, array in run.trainer.snapshot.weights.items():
        assert np.array_equal(array, kept[key])
    run.trainer.set_speed(None)
    run.assert_plays()
    assert len(run.failed) == len(run.hook.errors) == 1


@pytest.mark.parametrize("left", [1, 2], ids=["the epoch's last step", "in the midst of it"])
@pytest.mark.parametrize("whole", [False, True], ids=["step", "epoch"])
def test_the_step_that_shows_whether_a_session_still_works_is_the_one_asked_for(
    run: Run, whole: bool, left: int
) -> None:
    session = run.session
    assert session is not None and session.steps_per_epoch > left
    for at in range(session.steps_per_epoch - left):
        run.trainer.step()
        run.qtbot.waitUntil(lambda at=at: run.trainer.snapshot.step == at + 1)
    run.break_method("trace", MemoryError())
    run.trainer.request_pass(lambda session: session.trace((0,)), None)
    run.await_failure()
    before = run.trainer.snapshot
    (run.trainer.epoch if whole else run.trainer.step)()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot is not before)
    assert run.session is session
    assert run.trainer.snapshot.step == before.step + (left if whole else 1)


@pytest.mark.parametrize("error", [None, ImportError("no numba here")], ids=["loaded", "failed"])
def test_memory_is_laid_out_for_kernels_once_they_train(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: ImportError | None
) -> None:
    asked: list[str] = []
    loading = Faults(lambda: asked.append("kernels"))
    loading.errors = [error] if error is not None else []
    monkeypatch.setattr(worker_module, "load_kernels", loading)
    monkeypatch.setattr(arenas, "kernels_train", lambda: asked.append("memory"))
    monkeypatch.setattr(TrainingWorker, "publish", lambda *_arguments, **_named: None)
    worker = run.trainer._worker
    monkeypatch.setattr(worker, "session", None)  # with one, the thread would go on with the kernels themselves
    run.trainer.kernels_compiled()
    run.trainer.when_heard(lambda: asked.append("heard"))
    run.qtbot.waitUntil(lambda: "heard" in asked)
    assert asked == (["kernels", "memory", "heard"] if error is None else ["heard"])


def test_who_draws_without_kernels_is_told_once_they_are_loaded(run: Run) -> None:
    told: list[bool] = []

    def take() -> None:
        told.append(warm.ready())

    notifier().loaded.connect(take)
    try:
        run.trainer.kernels_compiled()
        run.qtbot.waitUntil(lambda: bool(told), timeout=60_000)
        assert all(told)
    finally:
        notifier().loaded.disconnect(take)


def test_kernels_that_cannot_be_loaded_stop_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    error = ImportError("no numba here")
    faults = Faults(lambda: None)
    faults.errors = [error]
    monkeypatch.setattr(worker_module, "load_kernels", faults)
    run.trainer.kernels_compiled()
    run.await_failure()
    run.assert_said_once(error)
    run.assert_plays()


def test_a_start_that_fails_is_made_good_by_play(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    hook: Hook = put_hook(monkeypatch)
    document = new_document()
    faults = Faults(TrainingSession)
    error = MemoryError("at the very start")
    faults.errors = [error]
    monkeypatch.setattr(session_module, "TrainingSession", faults)
    with running(document) as trainer:
        qtbot.waitUntil(lambda: hook.errors == [error])
        assert trainer.snapshot is None
        trainer.play()
        qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.step > 0)


def test_it_stops_when_solved_and_plays_on_if_asked_again(qtbot: QtBot) -> None:
    document = new_document()
    document.choose_data(DataChoice(name="two-gaussians", noise=0.0))
    with running(document) as trainer:
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        trainer.set_stop_when_solved(True)
        with qtbot.waitSignal(trainer.solved) as told:
            trainer.play()
        qtbot.waitUntil(lambda: not trainer.running)
        qtbot.waitUntil(lambda: trainer.snapshot.epoch == told.args[0])
        assert trainer.snapshot.solved and trainer.snapshot.accuracy == trainer.snapshot.train_accuracy == 1.0
        step = trainer.snapshot.step
        trainer.play()
        qtbot.waitUntil(lambda: trainer.snapshot.step > step + 50)
        assert trainer.running


@pytest.mark.parametrize("previewed", ["logistic", "identity"])
def test_it_is_the_run_that_is_solved_and_not_what_is_previewed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, previewed: str
) -> None:
    def preview(snapshot: Snapshot, _setup: object, change: tuple[str, str], _view: object) -> Snapshot:
        score = 1.0 if change[1] == "identity" else 0.5
        return replace(snapshot, accuracy=score, train_accuracy=score)

    monkeypatch.setattr("app.network.preview.previewed", preview)
    document = new_document()
    document.choose_data(DataChoice(name="two-gaussians", noise=0.0))
    with running(document) as trainer:
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        assert not trainer.snapshot.solved
        trainer.preview("dense-1", previewed)
        trainer.set_stop_when_solved(True)
        with qtbot.waitSignal(trainer.solved):
            trainer.play()
        trainer.preview("dense-1", None)
        qtbot.waitUntil(lambda: trainer.snapshot.solved)


def test_the_last_picture_of_what_is_solved_is_made_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    document, fresh, real = new_document(), [], TrainingSession.snapshot

    def snapshot(session: TrainingSession, **wanted: object) -> object:
        fresh.extend([session.updates] if wanted.get("fresh") else [])
        return real(session, **wanted)

    document.choose_data(DataChoice(name="two-gaussians", noise=0.0))
    with running(document) as trainer:
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        trainer.set_stop_when_solved(True)
        monkeypatch.setattr(TrainingSession, "snapshot", snapshot)
        with qtbot.waitSignal(trainer.solved):
            trainer.play()
        qtbot.waitUntil(lambda: not trainer.running)
        assert trainer.snapshot.step == trainer._worker.session.updates and trainer.snapshot.speed == 0.0
        assert fresh.count(trainer.snapshot.step) == 1


def test_a_run_that_waits_keeps_no_spare_memory(run: Run) -> None:
    spare = Spare()
    spare.empty(1_000, np.float64)
    run.trainer.play()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.step > 0)
    assert spare._pieces
    run.trainer.pause()
    run.qtbot.waitUntil(lambda: not run.trainer.running)
    run.qtbot.waitUntil(lambda: not spare._pieces)


def test_play_right_after_a_stop_is_shown_as_what_it_is(run: Run) -> None:
    for _ in range(5):
        run.trainer.epoch()
        run.trainer.play()
        step = run.session.updates  # the snapshot may still be of before the last stop
        run.qtbot.waitUntil(lambda step=step: run.trainer.snapshot.step > step + 30)
        assert run.trainer.running and run.trainer._worker.running
        run.trainer.pause()
        run.qtbot.waitUntil(lambda: not run.trainer.running)


def test_a_machine_that_cannot_keep_up_owes_nothing(run: Run) -> None:
    run.trainer.set_speed(1e9)
    run.trainer.play()
    run.qtbot.waitUntil(lambda: run.trainer.snapshot.step > 300)
    serial = run.trainer._worker.published.serial
    run.qtbot.waitUntil(lambda: run.trainer._worker.published.serial > serial + 2)
    assert run.trainer._worker.pace.steps_due(run.session) < 1e9
    run.trainer.pause()
    run.qtbot.waitUntil(lambda: not run.trainer.running)


def test_what_was_too_much_to_show_is_shown_before_the_next_step_is_due(run: Run) -> None:
    worker = run.trainer._worker
    run.trainer.set_speed(1e-6)  # the next step is due in a week
    run.trainer.play()
    run.qtbot.waitUntil(lambda: worker.running)
    session = run.session
    worker.post(lambda worker: session.run_steps(3))
    run.qtbot.waitUntil(lambda: worker.published.snapshot.step == session.updates >= 3)
    run.trainer.pause()


def test_a_run_at_full_speed_is_asked_again_sooner_while_somebody_changes_something(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    real = TrainingSession.run_for

    def noted(session: TrainingSession, seconds: float, most: int = 100_000) -> object:
        asked.append(seconds)
        return real(session, seconds, most)

    monkeypatch.setattr(TrainingSession, "run_for", noted)
    monkeypatch.setattr(worker_module, "LATELY_SECONDS", 1e9)
    run.trainer._worker._last_change = float("-inf")
    run.trainer.play()
    run.trainer.request_pass(lambda session: session.trace((0,)), None)
    run.qtbot.waitUntil(lambda: len(asked) > 2)
    assert set(asked) == {worker_module.UNASKED_SECONDS}
    _changed(run)
    run.qtbot.waitUntil(lambda: asked[-1] == worker_module.CHUNK_SECONDS)
    monkeypatch.setattr(worker_module, "LATELY_SECONDS", 0.0)
    run.qtbot.waitUntil(lambda: asked[-1] == worker_module.UNASKED_SECONDS)
    run.trainer.pause()
