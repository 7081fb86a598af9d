"""Runs that were put by: which is a branch of which, what each has come to, and where it can be taken up again."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training import checkpoints
from engine.training.checkpoints import Checkpoints
from engine.training.runs import StoredRun, portrait
from engine.training.session import Setup, TrainingSession

CIRCLE = load(DataChoice(name="circle", samples=60))
SETUP = Setup(feed_forward((3, 2)), CIRCLE, Hyperparameters(learning_rate=0.02), backend="numpy")
FASTER = Setup(SETUP.graph, CIRCLE, Hyperparameters(learning_rate=0.05), backend="numpy")


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "MOST_SHARE", 1e9)


def trained(steps: int = 20) -> TrainingSession:
    session = TrainingSession(SETUP, checkpoints=Checkpoints())
    train(session, steps)
    return session


def train(session: TrainingSession, steps: int) -> None:
    for _ in range(steps):
        session.run_steps(1)


def put_by(session: TrainingSession) -> StoredRun:
    session.keep_end()
    assert session.checkpoints is not None
    return StoredRun(session.checkpoints.copy(), session.checkpoints.curves(session.curves_put_by()))


def taken_up(run: StoredRun, step: int) -> TrainingSession:
    setup, past, kept = run.taken_to(step)
    return TrainingSession(setup, past.weights, 1, past.progress, checkpoints=kept)


def test_a_change_of_a_run_that_was_taken_back_begins_a_branch_and_one_at_its_end_does_not() -> None:
    first = put_by(trained())
    again = taken_up(first, 10)
    assert again.checkpoints is not None and again.checkpoints.number == first.number
    again.change(FASTER)
    branch = again.checkpoints.branch
    assert again.checkpoints.number != first.number
    assert branch is not None and (branch.number, branch.step) == (first.number, 10)
    assert branch.epoch == pytest.approx(10 / again.steps_per_epoch)
    assert not again.checkpoints.has_gone_on
    train(again, 3)
    number = again.checkpoints.number
    again.change(SETUP)
    assert again.checkpoints.has_gone_on and again.checkpoints.number == number


def test_a_run_is_taken_up_again_where_it_was_left_and_goes_on_as_it_would_have() -> None:
    session = trained()
    run = put_by(session)
    train(session, 7)
    for step in (20, 4):
        again = taken_up(run, step)
        assert again.updates == step
        train(again, 27 - step)
        assert np.array_equal(again.state.theta, session.state.theta)
        assert again.snapshot().test_loss == session.snapshot().test_loss


def test_a_shortened_run_keeps_its_end_alone() -> None:
    session = trained()
    run = put_by(session).shortened()
    assert [one.updates for one in run.checkpoints] == [20] and run.number == put_by(session).number
    assert np.array_equal(taken_up(run, 3).state.theta, session.state.theta)
    assert run.history.batch_loss.steps[-1] == 19


def test_a_portrait_is_what_the_window_shows_of_that_step() -> None:
    session = trained()
    shown, seen = session.snapshot(), portrait(put_by(session).end)
    assert (seen.train.loss, seen.test.loss, seen.test.score) == (shown.train_loss, shown.test_loss, shown.accuracy)
    assert shown.decision is not None and np.array_equal(seen.decision.outputs, shown.decision.outputs)
