"""What training changes: parameters, running statistics, optimiser state. Owned by one session at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.hyperparameters import Precision
from engine.initializers import seeded_rows
from engine.network.plan import Plan, Slot, WeightKey
from engine.optimizers import OPTIMIZERS
from engine.problems import EngineError, declare

NO_SUCH_PLACE = declare(
    "network.no-such-place",
    "“{name}” of block “{block}” is {shape} and has no element ({index}); give one index from 0 for each dimension.",
)
NOT_FINITE = declare("network.not-finite", "“{name}” of block “{block}” cannot be {value}; give it a finite number.")


@dataclass(slots=True)
class NetworkState:
    """``theta`` (P,), ``buffers`` (B,), ``slots`` (s, P) optimiser vectors; ``step`` counts updates done.

    What is trained in float32 is kept here too, every number exactly.

    ``stuck`` (P,): weights that L1 has set to 0 for good (:class:`engine.hyperparameters.Hyperparameters`).
    """

    theta: Array
    buffers: Array
    slots: Array
    step: int = 0
    stuck: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))

    def __post_init__(self) -> None:
        if self.stuck.shape != self.theta.shape:
            self.stuck = np.zeros(self.theta.shape, np.bool_)

    def hold_to(self, precision: Precision) -> None:
        """Round every number to what this precision can hold; the arrays stay float64."""
        if precision == "float32":
            with np.errstate(over="ignore"):
                for array in (self.theta, self.buffers, self.slots):
                    array[...] = array.astype(np.float32)

    def in_single(self) -> NetworkState:
        """A copy whose arrays are float32."""
        with np.errstate(over="ignore"):
            theta, buffers, slots = (array.astype(np.float32) for array in (self.theta, self.buffers, self.slots))
        return NetworkState(theta, buffers, slots, self.step, self.stuck.copy())  # type: ignore[arg-type]

    def take(self, other: NetworkState) -> None:
        """Take another state's numbers, whatever their precision."""
        self.theta[...], self.buffers[...], self.slots[...] = other.theta, other.buffers, other.slots
        self.step, self.stuck[...] = other.step, other.stuck

    def copy(self) -> NetworkState:
        """An independent copy."""
        return NetworkState(self.theta.copy(), self.buffers.copy(), self.slots.copy(), self.step, self.stuck.copy())


def initial_array(slot: Slot, seed: int) -> Array:
    """The array's start value, (shape); rows seeded by (seed, block id, row) so that resizing keeps the others."""
    spec = slot.spec
    if len(spec.shape) == 2:
        return seeded_rows(spec.initializer, (spec.shape[0], spec.shape[1]), seed, slot.block_id, spec.scale)
    return np.full(spec.shape, spec.scale if spec.initializer == "constant" and spec.scale is not None else 0.0)


def overlapping(shape: Sequence[int], other: Sequence[int]) -> tuple[slice, ...]:
    """Where arrays of two shapes, of as many axes each, have both something, from the first index of each axis on."""
    return tuple(slice(0, min(a, b)) for a, b in zip(shape, other, strict=True))


def initial_state(
    plan: Plan, seed: int, optimizer: str, weights: Mapping[WeightKey, Array] | None = None
) -> NetworkState:
    """A fresh state; ``weights`` given by (block, name) are laid over it, the overlapping part where sizes differ."""
    theta, buffers = np.zeros(plan.size), np.zeros(plan.buffer_size)
    for slots, flat in ((plan.slots(), theta), (plan.buffers(), buffers)):
        for slot in slots:
            view = slot.view(flat)
            view[...] = initial_array(slot, seed)
            kept = None if weights is None else weights.get(slot.key)
            if kept is not None and kept.ndim == view.ndim:
                overlap = overlapping(view.shape, kept.shape)
                view[overlap] = kept[overlap]
    return NetworkState(theta, buffers, np.zeros((OPTIMIZERS[optimizer].slots, plan.size)))


def weights_of(plan: Plan, state: NetworkState) -> dict[WeightKey, Array]:
    """Copies of every array by (block id, name): what a network file stores and an edit of the graph keeps."""
    stored = {slot.key: slot.view(state.theta).copy() for slot in plan.slots()}
    stored.update({slot.key: slot.view(state.buffers).copy() for slot in plan.buffers()})
    return stored


def set_scalar(plan: Plan, state: NetworkState, key: WeightKey, index: tuple[int, ...], value: float) -> None:
    """Set one number of an array, which is stuck no more. Raises KeyError without such an array, EngineError for a bad
    index or value."""
    for slots, flat in ((plan.slots(), state.theta), (plan.buffers(), state.buffers)):
        for slot in slots:
            if slot.key == key:
                _check_scalar(slot, index, value)
                slot.view(flat)[index] = value
                if flat is state.theta:
                    slot.view(state.stuck)[index] = False
                return
    raise KeyError(key)


def _check_scalar(slot: Slot, index: tuple[int, ...], value: float) -> None:
    shape, (block, name) = slot.spec.shape, slot.key
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        place, size = ", ".join(map(str, index)), " × ".join(map(str, shape))
        raise EngineError(NO_SUCH_PLACE(name=name, block=block, index=place, shape=size))
    if not np.isfinite(value):
        raise EngineError(NOT_FINITE(name=name, block=block, value=value))


def state_of(plan: Plan, weights: Mapping[WeightKey, Array]) -> NetworkState:
    """A state for looking only (no optimiser vectors) from complete weights. Raises KeyError where one is missing."""
    theta, buffers = np.empty(plan.size), np.empty(plan.buffer_size)
    for slots, flat in ((plan.slots(), theta), (plan.buffers(), buffers)):
        for slot in slots:
            slot.view(flat)[...] = weights[slot.key]
    return NetworkState(theta, buffers, np.zeros((0, plan.size)))
