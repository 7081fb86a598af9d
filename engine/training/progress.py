"""A run put away and taken up again: what a file keeps of a snapshot, and what a session takes from it."""

from __future__ import annotations

import numpy as np

from engine.formats.progress import Progress
from engine.network.plan import Plan
from engine.network.state import NetworkState
from engine.training.history import named_curves
from engine.training.snapshot import Snapshot
from engine.training.thinning import kept_curves

KEPT_POINTS = 256
"""So many points a curve keeps in a file, before its run was last changed and since."""


def progress_of(snapshot: Snapshot) -> Progress | None:
    """How far the run had come at this moment; None before its first step."""
    if snapshot.step == 0:
        return None
    plan = snapshot.plan
    memory = {
        slot.key: np.array([slot.view(vector) for vector in snapshot.memory]).reshape(-1, *slot.spec.shape)
        for slot in plan.slots()
        if len(snapshot.memory)  # plain gradient descent remembers nothing
    }
    stuck = {slot.key: slot.view(snapshot.stuck) for slot in plan.slots() if slot.view(snapshot.stuck).any()}
    history = snapshot.history
    return Progress(
        snapshot.cursor,
        snapshot.steps_per_epoch,
        snapshot.step,
        snapshot.optimizer_step,
        memory,
        kept_curves(named_curves(history), history.events, KEPT_POINTS),
        history.events,
        snapshot.optimizer,
        stuck,
        {
            one.block_id: (one.weight_gradient, one.bias_gradient, one.delta, one.update_ratio)
            for one in snapshot.layers
        },
        snapshot.signal,
    )


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
