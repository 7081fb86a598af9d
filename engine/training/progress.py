"""A run put away and taken up again: what a file keeps of a snapshot, and what a session takes from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.formats.progress import PastRun, Progress
from engine.graph.kinds.base import Array
from engine.network.plan import Plan, WeightKey
from engine.network.state import NetworkState, weights_of
from engine.training.checkpoints import RunCheckpoint
from engine.training.footing import Footing
from engine.training.history import History, named_curves
from engine.training.snapshot import Snapshot
from engine.training.thinning import kept_curves, up_to_step

KEPT_POINTS = 256
"""So many points a curve keeps in a file, before its run was last changed and since."""


def progress_of(snapshot: Snapshot) -> Progress | None:
    """How far the run had come at this moment; None before its first step, unless that broke it down."""
    if snapshot.step == 0 and snapshot.diagnosis is None:
        return None
    history = snapshot.history
    return Progress(
        snapshot.cursor,
        snapshot.steps_per_epoch,
        snapshot.step,
        snapshot.optimizer_step,
        memory_of(snapshot.plan, snapshot.memory),
        kept_curves(named_curves(history), history.events, KEPT_POINTS),
        history.events,
        snapshot.optimizer,
        stuck_of(snapshot.plan, snapshot.stuck),
        {
            one.block_id: (one.weight_gradient, one.bias_gradient, one.delta, one.update_ratio)
            for one in snapshot.layers
        },
        snapshot.signal,
        history.change,
        snapshot.diagnosis,
    )


def memory_of(plan: Plan, vectors: Array) -> dict[WeightKey, Array]:
    """The optimiser's vectors (vectors, P), array by array; none of plain gradient descent, which remembers nothing."""
    return {
        slot.key: np.array([slot.view(vector) for vector in vectors]).reshape(-1, *slot.spec.shape)
        for slot in plan.slots()
        if len(vectors)
    }


def stuck_of(plan: Plan, stuck: NDArray[np.bool_]) -> dict[WeightKey, NDArray[np.bool_]]:
    """Which weights are stuck at 0 (P,), array by array, of those that have any."""
    return {slot.key: slot.view(stuck) for slot in plan.slots() if slot.view(stuck).any()}


def past_run(
    plan: Plan,
    then: Footing | RunCheckpoint,
    optimizer: str,
    steps_per_epoch: int,
    updates: int,
    now: History,
    points: int = KEPT_POINTS,
) -> PastRun:
    """The run as it was ``then``, of one that has done so many ``updates`` and has these curves ``now``, with about so
    many ``points`` of each."""
    state = then.state
    if not then.updates:
        return PastRun(weights_of(plan, state), None)
    progress = Progress(
        then.cursor,
        steps_per_epoch,
        then.updates,
        state.step,
        memory_of(plan, state.slots),
        {},
        (),
        optimizer,
        stuck_of(plan, state.stuck),
    )
    return PastRun(weights_of(plan, state), with_curves(progress, updates, now, points))


def with_curves(progress: Progress, updates: int, now: History, points: int = KEPT_POINTS) -> Progress:
    """The earlier progress with its part of the curves and events of a run that has done so many ``updates`` by
    ``now``."""
    curves = {name: up_to_step(curve, progress.updates, updates) for name, curve in named_curves(now).items()}
    events = tuple(event for event in now.events if event.step <= progress.updates)
    return replace(progress, curves=kept_curves(curves, events, points), events=events)


def lay_memory(plan: Plan, state: NetworkState, progress: Progress, optimizer: str) -> None:
    """Give the optimiser back what it remembered, as far as the arrays are the same, and its count of steps; nothing
    where another one remembered it."""
    if progress.optimizer not in (None, optimizer):
        return
    vectors = len(state.slots)
    for slot in plan.slots():
        kept = progress.memory.get(slot.key)
        if kept is not None and kept.shape == (vectors, *slot.spec.shape):
            for vector, array in zip(state.slots, kept, strict=True):
                slot.view(vector)[...] = array
    state.step = progress.optimizer_step


def lay_stuck(plan: Plan, state: NetworkState, progress: Progress) -> None:
    """Hold at 0 what L1 has held there. Where that was not kept, it is every weight that is 0: once under way, hardly
    another one is."""
    if progress.stuck is None:
        state.stuck[:] = (state.theta == 0.0) & plan.decay_mask
        return
    for slot in plan.slots():
        held = progress.stuck.get(slot.key)
        if held is not None and held.shape == slot.spec.shape:
            slot.view(state.stuck)[...] = held
    state.stuck &= (state.theta == 0.0) & plan.decay_mask
