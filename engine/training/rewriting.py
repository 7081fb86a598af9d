"""A network's state set from outside: whole arrays, single rows, and what other hyper-parameters make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.hyperparameters import Hyperparameters
from engine.network.plan import Plan, WeightKey
from engine.network.state import NetworkState
from engine.optimizers import OPTIMIZERS
from engine.training.carry import Rows


def rewrite(plan: Plan, state: NetworkState, weights: Mapping[WeightKey, Array]) -> bool:
    """Replace every array that is given and fits, and return whether that changed any number. Where it did, the
    optimiser starts afresh, and nothing is held at 0."""
    theta, buffers = state.theta.copy(), state.buffers.copy()
    for slots, flat in ((plan.slots(), state.theta), (plan.buffers(), state.buffers)):
        for slot in slots:
            array = weights.get(slot.key)
            if array is not None and array.shape == slot.spec.shape:
                slot.view(flat)[...] = array
    if np.array_equal(theta, state.theta) and np.array_equal(buffers, state.buffers):
        return False
    state.slots[...] = 0.0
    state.stuck[...] = False
    state.step = 0
    return True


def rewrite_rows(plan: Plan, state: NetworkState, rows: Rows) -> bool:
    """Replace single rows of arrays, forget what the optimiser remembers of them, and return whether that changed any
    number; rows that do not fit are left out."""
    theta = state.theta.copy()
    weights = {slot.key: slot.view(state.theta) for slot in plan.slots()}
    memory = {slot.key: [slot.view(vector) for vector in state.slots] for slot in plan.slots()}
    write_rows(rows, weights, memory, {slot.key: slot.view(state.stuck) for slot in plan.slots()})
    return not np.array_equal(theta, state.theta)


def write_rows(
    rows: Rows,
    weights: Mapping[WeightKey, Array],
    memory: Mapping[WeightKey, Iterable[Array]],
    stuck: Mapping[WeightKey, NDArray[np.bool_]],
) -> None:
    """Write single rows into arrays, where they fit; of these the optimiser remembers nothing, and none is held at 0.
    ``memory``: by array, the optimiser's vectors."""
    for key in rows.keys() & weights.keys():
        array = weights[key]
        for index, row in rows[key].items():
            if index < len(array) and array[index].shape == row.shape:
                array[index] = row
                for part in (*memory.get(key, ()), *([stuck[key]] if key in stuck else [])):
                    part[index] = 0


def retune(plan: Plan, state: NetworkState, before: Hyperparameters, after: Hyperparameters) -> None:
    """Go on with other hyper-parameters: another optimiser begins afresh, another way with L1's zeros lets go of those
    that are held."""
    if after.optimizer != before.optimizer:
        state.slots = np.zeros((OPTIMIZERS[after.optimizer].slots, plan.size))
        state.step = 0
    if after.l1_at_zero != before.l1_at_zero:
        state.stuck[...] = False
    state.hold_to(after.precision)
