"""Numbers below the smallest normal one: no run is slowed down by them, and no other arithmetic notices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.hyperparameters import Hyperparameters, OptimizerKey
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

pytestmark = pytest.mark.skipif(
    subnormals.ARCHITECTURE not in ("x86_64", "aarch64", "arm64"), reason="this processor always counts with subnormals"
)


def halved() -> float:
    """A subnormal number times a half, where nobody can know it before."""
    return float((np.array([SUBNORMAL]) * 0.5)[0])


def test_they_count_as_zero_only_while_it_lasts() -> None:
    with flushed_to_zero():
        assert halved() == 0.0
        with flushed_to_zero():
            assert halved() == 0.0
        assert halved() == 0.0
    assert halved() == SUBNORMAL / 2.0


def test_an_error_ends_it_too() -> None:
    with pytest.raises(ValueError, match="inside"), flushed_to_zero():
        raise ValueError("inside")
    assert halved() == SUBNORMAL / 2.0


def dead(optimizer: OptimizerKey, batch: int) -> tuple[Plan, NetworkState, TrainJob]:
    """A network that is sure of what is right, so that there is no gradient; its optimiser remembers next to nothing.
    And steps enough to forget that."""
    plan = compile_graph(feed_forward([3, 3], activation="relu"), TargetSpec(2))
    state = initial_state(plan, 0, optimizer)
    state.theta[:] = 1.0
    state.slots[...] = SUBNORMAL
    hyper = Hyperparameters(optimizer=optimizer, batch_size=batch)
    table = Table({plan.nodes[0].id: np.ones((batch, 2))}, np.ones((batch, 1)))
    order, offsets = np.tile(np.arange(batch), FORGETTING), np.arange(0, FORGETTING * batch + 1, batch)
    return plan, state, TrainJob(table, order, offsets, np.full(FORGETTING, 0.01), hyper, seed=0)


@pytest.mark.parametrize("backend", ["numpy", "numba", "torch"])
@pytest.mark.parametrize("batch", [1, 10])
@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "rmsprop", "adam", "adamw"])
def test_what_an_optimiser_remembers_of_a_dead_network_ends_at_zero(
    backend: BackendName, optimizer: OptimizerKey, batch: int
) -> None:
    plan, state, job = dead(optimizer, batch)
    assert choose_backend(plan, backend, "cpu").train(plan, state, job).failure is None
    assert_array_equal(state.slots, 0.0)
    assert halved() == SUBNORMAL / 2.0


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
