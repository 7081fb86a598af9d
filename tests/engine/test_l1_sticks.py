"""An L1 that sticks: a weight at 0 stays there, until something other than training moves it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName
from engine.network.state import weights_of
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession

HYPER = Hyperparameters(optimizer="sgd", learning_rate=0.1, l1=0.05, l1_at_zero="sticks", shuffle=False)


def session(backend: BackendName = "numpy") -> TrainingSession:
    data = load(DataChoice(name="two-gaussians", samples=60))
    return TrainingSession(Setup(feed_forward([4]), data, HYPER, backend))


@pytest.mark.parametrize("backend", ["numpy", "numba", "torch"])
def test_weights_come_to_zero_and_stay(backend: BackendName) -> None:
    run = session(backend)
    run.run_epochs(20)
    there = run.state.stuck.copy()
    assert 0 < there.sum() < run.plan.decay_mask.sum()
    assert not there[~run.plan.decay_mask].any()
    run.run_epochs(20)
    assert (run.state.theta[there] == 0.0).all()
    assert run.state.stuck[there].all()


def test_a_weight_set_by_hand_is_free_again() -> None:
    run = session()
    run.run_epochs(30)
    matrix = weights_of(run.plan, run.state)["dense-1", "W"]
    row, column = (int(k) for k in np.argwhere(matrix == 0.0)[0])
    run.set_weight("dense-1", "W", (row, column), 2.0)
    run.run_steps(1)
    assert weights_of(run.plan, run.state)["dense-1", "W"][row, column] == pytest.approx(2.0, abs=0.2)


def test_what_sticks_is_kept_through_an_edit_of_the_graph_and_let_go_with_the_setting() -> None:
    run = session()
    run.run_epochs(30)
    count = int(run.state.stuck.sum())
    graph = feed_forward([4, 3])
    run.change(replace(run.setup, graph=graph))
    assert 0 < run.state.stuck.sum() <= count
    run.change(replace(run.setup, hyper=HYPER.model_copy(update={"l1_at_zero": "crosses"})))
    assert not run.state.stuck.any()


def test_what_sticks_is_held_when_the_run_is_taken_up_again() -> None:
    run = session()
    run.run_epochs(30)
    shown = run.snapshot(maps=False)
    again = TrainingSession(run.setup, shown.weights, progress=progress_of(shown))
    assert (again.state.stuck == run.state.stuck).all()
    run.run_epochs(3)
    again.run_epochs(3)
    assert (again.state.theta == run.state.theta).all()


@pytest.mark.parametrize("backend", ["numpy", "numba", "torch"])
def test_a_refused_step_leaves_the_marks_as_they_were(backend: BackendName) -> None:
    data = load(DataChoice(name="two-gaussians", samples=60))
    hyper = HYPER.model_copy(update={"learning_rate": 1e12})
    run = TrainingSession(Setup(feed_forward([4]), data, hyper, backend))
    run.run_steps(50)
    assert run.failure is not None
    assert (run.state.theta[run.state.stuck] == 0.0).all()
