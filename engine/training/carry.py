"""What a change of the network keeps: weights and the optimiser's memory, by block id and name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.formats.progress import Progress
from engine.graph.kinds import TargetSpec
from engine.graph.kinds.base import Array
from engine.graph.model import NetworkGraph, reaching_output
from engine.hyperparameters import Hyperparameters
from engine.network.plan import Plan, WeightKey, compile_graph
from engine.network.state import NetworkState, initial_state, overlapping, weights_of

_Kind = TypeVar("_Kind", np.float64, np.bool_)

Rows = Mapping[WeightKey, Mapping[int, Array]]
"""Single rows of arrays, by (block id, name) and index: (in,) of a ``W``, () of a ``b``."""


def rows_of(weights: Mapping[WeightKey, Array], rows: Rows) -> Rows:
    """The rows that these weights have in the places of others, as far as there are such."""
    return {
        key: {index: weights[key][index].copy() for index in some if index < len(weights[key])}
        for key, some in rows.items()
        if key in weights
    }


SILENT = frozenset({"stop_after_epochs", "initializer", "scale"})
"""Settings that change no number of a run which has begun: when it stops, and how blocks draw their first weights."""


def same_network(first: NetworkGraph, second: NetworkGraph) -> bool:
    """Whether two graphs differ, if at all, in where their blocks stand and what they are called."""

    def essence(graph: NetworkGraph) -> tuple[object, ...]:
        return [(block.id, block.kind, block.params) for block in graph.blocks], graph.wires

    return essence(first) == essence(second)


def same_once_begun(first: NetworkGraph, second: NetworkGraph) -> bool:
    """Whether a run that has begun is the same one in both graphs: of what reaches the output, all is the same but how
    first weights are drawn."""

    def essence(graph: NetworkGraph) -> tuple[object, ...]:
        running = reaching_output(graph)
        blocks = [block for block in graph.blocks if block.id in running]
        wires = [wire for wire in graph.wires if wire.target in running]
        return [(block.id, block.kind, block.params.model_dump(exclude=set(SILENT))) for block in blocks], wires

    return essence(first) == essence(second)


def same_training(first: Hyperparameters, second: Hyperparameters) -> bool:
    """Whether the steps of a run are the same under both settings, which differ, if at all, in when it stops."""
    return first.model_dump(exclude=set(SILENT)) == second.model_dump(exclude=set(SILENT))


def overlaid(base: Mapping[WeightKey, Array], top: Mapping[WeightKey, Array]) -> dict[WeightKey, Array]:
    """Arrays of both; where both have one, the top's numbers over the part of the base's shape that they cover."""
    joined = {**base, **top}
    for key in base.keys() & top.keys():
        under, over = base[key], top[key]
        if under.ndim == over.ndim and any(a > b for a, b in zip(under.shape, over.shape, strict=True)):
            shape = tuple(max(a, b) for a, b in zip(under.shape, over.shape, strict=True))
            joined[key] = _covered(shape, under, over)
    return joined


def _covered(shape: tuple[int, ...], under: Array, over: Array) -> Array:
    whole = np.zeros(shape)
    for array in (under, over):
        whole[tuple(slice(0, n) for n in array.shape)] = array
    return whole


def laid_over(
    weights: Mapping[WeightKey, Array], graph: NetworkGraph, target: TargetSpec, hyper: Hyperparameters
) -> tuple[dict[WeightKey, Array], Plan]:
    """All weights that a session has once its network is this one: the given ones over its seeded start, as far as they
    cover it. Raises EngineError when the graph cannot be compiled."""
    plan = compile_graph(graph, target)
    return weights_of(plan, initial_state(plan, hyper.seed, hyper.optimizer, weights)), plan


def remembered(progress: Progress, plan: Plan) -> Progress:
    """How far a run has come, with the optimiser's memory of this plan's arrays: what there was of them, 0 for the
    rest."""
    shapes = {slot.key: slot.spec.shape for slot in plan.slots()}
    memory = {
        key: _cut(array, (len(array), *shapes[key]))
        for key, array in progress.memory.items()
        if key in shapes and array.ndim == 1 + len(shapes[key])
    }
    stuck = progress.stuck and {
        key: _cut(array, shapes[key])
        for key, array in progress.stuck.items()
        if key in shapes and array.ndim == len(shapes[key])
    }
    return replace(progress, memory=memory, stuck=stuck)


def _cut(array: NDArray[_Kind], shape: tuple[int, ...]) -> NDArray[_Kind]:
    """The array in another shape: the overlapping part, and 0 around it."""
    if array.shape == shape:
        return array
    other = np.zeros(shape, array.dtype)
    overlap = overlapping(array.shape, shape)
    other[overlap] = array[overlap]
    return other


def carry_memory(old_plan: Plan, old: NetworkState, plan: Plan, new: NetworkState) -> None:
    """Take the optimiser's vectors over into ``new``, where arrays overlap, and go on with its count of steps and with
    what is stuck at 0.

    Both states must belong to the same optimiser. Parameters that are new start with an empty memory.
    """
    former = {slot.key: slot for slot in old_plan.slots()}
    for slot in plan.slots():
        before = former.get(slot.key)
        if before is None or len(before.spec.shape) != len(slot.spec.shape):
            continue
        overlap = overlapping(slot.spec.shape, before.spec.shape)
        for vector, previous in zip(new.slots, old.slots, strict=True):
            slot.view(vector)[overlap] = before.view(previous)[overlap]
        slot.view(new.stuck)[overlap] = before.view(old.stuck)[overlap]
    new.step = old.step
