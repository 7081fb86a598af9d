"""Numbers below the smallest normal one: no run is slowed down by them, and no other arithmetic notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.hyperparameters import Hyperparameters, OptimizerKey, Precision
from engine.network.choice import BackendName, choose_backend
from engine.network.contract import Table, TrainJob
from engine.network.kernels import subnormals
from engine.network.kernels.subnormals import flushed_to_zero
from engine.network.numba_backend import NumbaBackend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan, compile_graph
from engine.network.state import NetworkState, initial_state
from engine.optimizers import FORGETTING

SUBNORMAL = 1e-310
SUBNORMALS: dict[Precision, float] = {"float64": SUBNORMAL, "float32": 1e-41}

flushes = pytest.mark.skipif(
    subnormals.ARCHITECTURE not in ("x86_64", "aarch64", "arm64"), reason="this processor always counts with subnormals"
)


def halved() -> float:
    """A subnormal number times a half, where nobody can know it before."""
    return float((np.array([SUBNORMAL]) * 0.5)[0])


@flushes
def test_they_count_as_zero_only_while_it_lasts() -> None:
    with flushed_to_zero():
        assert halved() == 0.0
        with flushed_to_zero():
            assert halved() == 0.0
        assert halved() == 0.0
    assert halved() == SUBNORMAL / 2.0


@flushes
def test_an_error_ends_it_too() -> None:
    with pytest.raises(ValueError, match="inside"), flushed_to_zero():
        raise ValueError("inside")
    assert halved() == SUBNORMAL / 2.0


def dead(optimizer: OptimizerKey, batch: int, precision: Precision) -> tuple[Plan, NetworkState, TrainJob]:
    """A network that is sure of what is right, so that there is no gradient; its optimiser remembers next to nothing.
    And steps enough to forget that."""
    plan = compile_graph(feed_forward([3, 3], activation="relu"), TargetSpec(2))
    state = initial_state(plan, 0, optimizer)
    state.theta[:] = 1.0
    state.slots[...] = SUBNORMALS[precision]
    hyper = Hyperparameters(optimizer=optimizer, batch_size=batch, precision=precision)
    table = Table({plan.nodes[0].id: np.ones((batch, 2))}, np.ones((batch, 1)))
    order, offsets = np.tile(np.arange(batch), FORGETTING), np.arange(0, FORGETTING * batch + 1, batch)
    return plan, state, TrainJob(table, order, offsets, np.full(FORGETTING, 0.01), hyper, seed=0)


@pytest.mark.parametrize(
    ("backend", "precision"),
    [
        ("numpy", "float64"),
        ("torch", "float64"),
        ("torch", "float32"),
        pytest.param("numba", "float64", marks=flushes),
        pytest.param("numba", "float32", marks=flushes),
    ],
)
@pytest.mark.parametrize("batch", [1, 10])
@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "rmsprop", "adam", "adamw"])
def test_what_an_optimiser_remembers_of_a_dead_network_ends_at_zero(
    backend: BackendName, precision: Precision, optimizer: OptimizerKey, batch: int
) -> None:
    plan, state, job = dead(optimizer, batch, precision)
    assert choose_backend(plan, backend, "cpu").train(plan, state, job).failure is None
    assert_array_equal(state.slots, 0.0)
    assert halved() == SUBNORMAL / 2.0


@pytest.mark.parametrize("backend", ["numpy", "numba", "torch"])
def test_where_a_step_would_be_divided_by_nothing_but_them_they_stay(backend: BackendName) -> None:
    """The step is m ÷ (√v + ε): 1 with v, 1e45 without."""
    plan, state, job = dead("adam", 1, "float64")
    state.slots[0], state.slots[1] = 1e-155, SUBNORMAL
    state.step = FORGETTING - 2
    hyper = job.hyper.model_copy(update={"epsilon": 1e-200})
    job = replace(job, order=job.order[:4], offsets=job.offsets[:5], rates=job.rates[:4], hyper=hyper)
    assert choose_backend(plan, backend, "cpu").train(plan, state, job).failure is None
    assert 1e-3 < np.abs(state.theta - 1.0).max() < 0.1


def test_norms_are_known_of_numbers_whose_squares_float32_does_not_hold() -> None:
    plan = compile_graph(feed_forward([6] * 30, activation="logistic"), TargetSpec(2))
    random = np.random.default_rng(0)
    inputs, targets = {plan.nodes[0].id: random.normal(size=(20, 2))}, random.choice([-1.0, 1.0], (20, 1))
    norms = []
    for backend, precision in ((NumbaBackend(), "float32"), (NumpyBackend(), "float64")):
        hyper = Hyperparameters(optimizer="sgd", batch_size=20, precision=precision)
        job = TrainJob(Table(inputs, targets), np.arange(20), np.array([0, 20]), np.full(1, 0.01), hyper, seed=0)
        report = backend.train(plan, initial_state(plan, 0, "sgd"), job)
        norms.append((report.weight_gradients, report.bias_gradients, report.deltas))
    assert 0.0 < norms[1][2].min() < 1e-19
    for single, double in zip(*norms, strict=True):
        assert_allclose(single, double, rtol=1e-3)


@pytest.mark.parametrize(
    "look", [lambda b, p, s, t: b.gradients(p, s, t).theta, lambda b, p, s, t: b.activations(p, s, t.inputs)[1]]
)
def test_a_look_counts_with_them(look: Callable[..., object]) -> None:
    plan = compile_graph(feed_forward([3], activation="identity"), TargetSpec(2))
    state = initial_state(plan, 0, "sgd")
    state.theta *= SUBNORMAL
    table = Table({plan.nodes[0].id: np.ones((4, 2))}, np.ones((4, 1)))
    ours, plain = (np.asarray(look(backend(), plan, state, table)) for backend in (NumbaBackend, NumpyBackend))
    assert np.count_nonzero(np.abs(plain[plain != 0.0]) < np.finfo(float).tiny) > 0
    assert_array_equal(ours, plain)
