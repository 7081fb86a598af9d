"""A run that grows beyond all measure: the step, block and state are the same however and by whom it is trained."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName
from engine.network.contract import LARGEST_WEIGHT, NonFinite
from engine.training.divergence import problem_of
from engine.training.session import Setup, TrainingSession

CIRCLE = load(DataChoice(name="circle", samples=60))
BACKENDS: list[BackendName] = ["numpy", "numba", "torch"]


def runaway_session(backend: BackendName) -> TrainingSession:
    """A linear unit whose weights grow by a factor at every step, and stay finite for hundreds of them."""
    graph = feed_forward((), output=OutputParams(activation="identity"))
    hyper = Hyperparameters(optimizer="sgd", learning_rate=1.0, batch_size=5)
    return TrainingSession(Setup(graph, CIRCLE, hyper, backend, device="cpu"))


def outcome(backend: BackendName, chunk: int) -> tuple[NonFinite, int, int, bytes, bytes]:
    session = runaway_session(backend)
    while session.failure is None:
        session.run_steps(chunk)
    state = session.state
    assert session.failure.step == session.updates == session.cursor == state.step
    return session.failure, session.cursor, state.step, state.theta.tobytes(), state.slots.tobytes()


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_step_named_is_the_first_one_however_the_run_is_cut(backend: BackendName) -> None:
    one_by_one = outcome(backend, 1)
    assert one_by_one[0].what == "growth"
    assert one_by_one[0].step > 3
    for chunk in (2, 7, 100):
        assert outcome(backend, chunk) == one_by_one


@pytest.mark.torch
def test_all_backends_name_the_same_step_and_block() -> None:
    assert len({outcome(backend, 100)[0] for backend in BACKENDS}) == 1


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_weights_left_are_those_before_the_step(backend: BackendName) -> None:
    session = runaway_session(backend)
    report = session.run_steps(100)
    assert report.steps == session.updates < 100
    assert np.abs(session.state.theta).max() <= LARGEST_WEIGHT
    assert session.failure is not None
    problem = problem_of(session.failure, session.plan)
    assert problem.code == "training.runaway"
    assert f"step {session.updates}" in problem.sentence


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_bias_grows_too(backend: BackendName) -> None:
    graph = feed_forward((2,), output=OutputParams(activation="identity"))
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(optimizer="sgd"), backend, device="cpu"))
    session.set_weight("dense-1", "b", (1,), -1.1 * LARGEST_WEIGHT)
    assert session.run_steps(3).steps == 0
    assert session.failure == NonFinite(0, "dense-1", "growth")
