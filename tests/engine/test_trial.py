"""Remedies tried on copies: fair to each other, no trace of it in the run, and applied they give what was shown."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.remedies import Case, remedies_for, troubles
from engine.training.session import Setup, TrainingSession
from engine.training.trial import try_remedies

CIRCLE = load(DataChoice(name="circle", samples=100))


def a_run(optimizer: str = "sgd") -> TrainingSession:
    """A session in the middle of an epoch."""
    graph = feed_forward((6,) * 6, activation="logistic")
    hyper = Hyperparameters(optimizer=optimizer, learning_rate=0.1, stop_after_epochs=3, batch_size=25)
    session = TrainingSession(Setup(graph, CIRCLE, hyper))
    session.run_steps(5)
    return session


def case_of(session: TrainingSession) -> Case:
    return Case(session.setup, session.snapshot(maps=False))


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(a_run())


def test_cures_of_vanishing_are_ranked_and_those_that_fail_come_last(case: Case) -> None:
    before = {key: array.copy() for key, array in case.snapshot.weights.items()}
    remedies = remedies_for(case, troubles(case.snapshot)[0])
    shares: list[float] = []
    base, *tried = try_remedies(case, remedies, epochs=60, progress=shares.append)
    assert base.remedy is None and base.score < 0.8 and base.signal < 1e-2
    assert {one.remedy for one in tried} == set(remedies)
    helped = [one.helps for one in tried]
    assert helped == sorted(helped, reverse=True) and helped[0]
    best = tried[0]
    assert best.score > 0.95 and best.signal > 0.05
    scores = [round(one.score, 3) for one in tried if one.helps]
    assert scores == sorted(scores, reverse=True)
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert all(np.array_equal(case.snapshot.weights[key], before[key]) for key in before)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_what_was_shown_is_what_the_run_itself_gives(optimizer: str) -> None:
    session = a_run(optimizer)
    case = case_of(session)
    remedy = remedies_for(case, troubles(case.snapshot)[0])[0]
    base, shown = try_remedies(case, [remedy], epochs=10)
    endless = case.setup.hyper.model_copy(update={"stop_after_epochs": None})
    for outcome in (base, shown):
        session = a_run(optimizer)
        session.change(Setup(outcome.edit.graph or case.graph, CIRCLE, endless))
        session.set_rows(outcome.edit.rows)
        session.run_steps(10 * session.steps_per_epoch - session.cursor % session.steps_per_epoch)
        snapshot = session.snapshot(maps=False)
        assert (snapshot.train_loss, snapshot.accuracy) == (outcome.loss, outcome.score)


def test_it_can_be_given_up(case: Case) -> None:
    remedies = remedies_for(case, troubles(case.snapshot)[0])
    looks = iter([False, False, True])
    found = try_remedies(case, remedies, epochs=5, cancelled=lambda: next(looks))
    assert len(found) == 2
