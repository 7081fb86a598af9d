"""Calls every kernel of the numba backend once, on a network of two units, so that it is compiled or loaded."""

from __future__ import annotations

import numpy as np

from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.hyperparameters import Hyperparameters, OptimizerKey, Precision
from engine.network.contract import Table, TrainJob
from engine.network.kernels.condensing import condensed
from engine.network.kernels.shuffles import shuffled_rows
from engine.network.numba_backend import NumbaBackend
from engine.network.plan import Plan, compile_graph
from engine.network.state import NetworkState, initial_state

_OPTIMIZER: OptimizerKey = "sgd"


def _network() -> tuple[Plan, NetworkState]:
    plan = compile_graph(feed_forward([1]), TargetSpec(classes=2))
    return plan, initial_state(plan, seed=0, optimizer=_OPTIMIZER)


def _table(plan: Plan) -> Table:
    return Table({plan.nodes[0].id: np.zeros((2, plan.nodes[0].width))}, np.zeros((2, plan.output.width)))


def train(precision: Precision = "float64", batch: int = 2) -> None:
    """The kernel of training steps, or that of single rows."""
    plan, state = _network()
    hyper = Hyperparameters(optimizer=_OPTIMIZER, precision=precision, batch_size=batch)
    job = TrainJob(_table(plan), np.arange(2), np.array([0, batch]), np.ones(1), hyper, seed=0)
    NumbaBackend().train(plan, state, job)


def train_on_single_rows() -> None:
    """The kernel of steps of a row each."""
    train(batch=1)


def train_in_single_precision() -> None:
    """Both kernels of training steps in single precision."""
    train("float32")
    train("float32", batch=1)


def shuffle() -> None:
    """The kernel that shuffles epochs."""
    shuffled_rows(2, 1, (0, 0), 0)


def condense() -> None:
    """The kernel that condenses curves."""
    condensed((np.zeros((2, 1)),), np.zeros(1, np.int64))


def look() -> None:
    """The kernel of a single pass."""
    plan, state = _network()
    NumbaBackend().gradients(plan, state, _table(plan))


def draw() -> None:
    """The kernel of heat maps."""
    plan, state = _network()
    NumbaBackend().maps(plan, state, _table(plan).inputs)
