"""The network's answer to inputs that are not in the data set."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.graph.kinds.base import Array
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan, WeightKey
from engine.network.state import state_of
from engine.training.tables import network_inputs


def predict(plan: Plan, weights: Mapping[WeightKey, Array], columns: tuple[str, ...], x: Array) -> Array:
    """The output block's a, (n, outputs), for raw rows x (n, columns)."""
    inputs = network_inputs(plan, columns, np.atleast_2d(np.asarray(x, dtype=np.float64)))
    return NumpyBackend().activations(plan, state_of(plan, weights), inputs)[-1]


def activations_at(
    plan: Plan, weights: Mapping[WeightKey, Array], columns: tuple[str, ...], x: Array
) -> dict[str, Array]:
    """Every block's a, (n, units), by block id for raw rows x (n, columns)."""
    inputs = network_inputs(plan, columns, np.atleast_2d(np.asarray(x, dtype=np.float64)))
    found = NumpyBackend().activations(plan, state_of(plan, weights), inputs)
    return {node.id: a for node, a in zip(plan.nodes, found, strict=True)}
