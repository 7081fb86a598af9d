"""The gradient doctor: from a run that broke down back to the block and step where it began.

It takes the last sound state and does the same steps again, with the same batches and the same backend, looking at
every one; so what it finds is what happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.formats.progress import Cause, Diagnosis, Growth, Moment, PastRun
from engine.graph.kinds.base import Array, MaskSource
from engine.network.contract import Backend, NonFinite, TrainJob, TrainReport
from engine.network.numpy_backend import apply_update
from engine.network.numpy_passes import backward_pass, flat_gradient, forward_pass
from engine.network.plan import Plan
from engine.network.state import NetworkState, weights_of
from engine.training.quality import has_risen

LOOKED_AT = 500
"""Steps before the end that are looked at one by one …"""
MOST_AGAIN = 20_000
"""… and at most so many are done again at all; a run that was sound longer ago is judged by its end alone."""
BEYOND = 1e8
"""A weighted sum beyond this is what breaks down next, or has already."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The last sound state of a run, and the steps from there up to and with the one that failed. ``updates``: those
    done before it in the run."""

    state: NetworkState
    updates: int
    job: TrainJob


def diagnose(plan: Plan, backend: Backend, trail: Trail, failure: NonFinite, epoch: float, sound: PastRun) -> Diagnosis:
    """Walk back from a failure to the ``sound`` run that its trail begins with. Costs as much as its steps do."""
    found = Diagnosis(failure, epoch, Cause.STEPS, None, None, sound)
    spoilt = _spoilt(plan, trail)
    if spoilt is not None:
        cause = Cause.DATA if spoilt.quantity == "data" else Cause.WEIGHTS
        return replace(found, cause=cause, began=spoilt)
    if trail.job.steps > MOST_AGAIN:
        return found
    report, first, last_state = _again(plan, backend, trail)
    if not report.steps:
        began = None if failure.gap is not None else _at_once(plan, last_state, trail, first)
        return replace(found, cause=Cause.START, began=began)
    began, growth = _first_too_large(plan, report, first), _growth(plan, report, first)
    return replace(found, began=began, growth=growth, gradient=_usual_gradient(report))


def _spoilt(plan: Plan, trail: Trail) -> Moment | None:
    """A number that was never finite: of the data, or of a block's arrays."""
    table = trail.job.table
    for block_id, inputs in table.inputs.items():
        if not np.isfinite(inputs).all():
            return Moment(trail.updates, block_id, "data", float(inputs[~np.isfinite(inputs)][0]))
    if not np.isfinite(table.targets).all():
        value = float(table.targets[~np.isfinite(table.targets)][0])
        return Moment(trail.updates, plan.output.id, "data", value)
    for (block_id, _name), array in weights_of(plan, trail.state).items():
        if not np.isfinite(array).all():
            return Moment(trail.updates, block_id, "weights", float(array[~np.isfinite(array)].flat[0]))
    return None


def _again(plan: Plan, backend: Backend, trail: Trail) -> tuple[TrainReport, int, NetworkState]:
    """The last steps once more, each looked at; the number of the first of them, and the state that they end in."""
    state, skipped = trail.state.copy(), max(0, trail.job.steps - LOOKED_AT)
    if skipped:
        backend.train(plan, state, _part(trail.job, 0, skipped, probe=False))
    report = backend.train(plan, state, _part(trail.job, skipped, trail.job.steps, probe=True))
    return report, trail.updates + skipped, state


def _part(job: TrainJob, start: int, end: int, *, probe: bool) -> TrainJob:
    """Steps ``start`` to ``end`` of a job."""
    offsets = job.offsets[start : end + 1]
    order = job.order[offsets[0] : offsets[-1]]
    return replace(job, order=order, offsets=offsets - offsets[0], rates=job.rates[start:end], probe=probe)


def _first_too_large(plan: Plan, report: TrainReport, first: int) -> Moment | None:
    """The first update that is larger than the weights it changes; of several at one step the largest."""
    too_large = report.updates > 1.0
    steps = np.flatnonzero(too_large.any(axis=1))
    if not len(steps):
        return None
    step = int(steps[0])
    column = int(report.updates[step].argmax())
    block_id = plan.nodes[plan.probed[column]].id
    return Moment(first + step, block_id, "update", float(report.updates[step, column]))


def _onset(losses: Array) -> int:
    """The last step whose loss had not risen above the best up to there."""
    return int(np.flatnonzero(~has_risen(losses, np.minimum.accumulate(losses)))[-1])


def _growth(plan: Plan, report: TrainReport, first: int) -> Growth | None:
    """The block whose ‖δ‖ has grown most since the loss began to rise; None where it broke down in one step."""
    start, end = _onset(report.losses), report.steps - 1
    if end <= start:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = (report.deltas[end] / report.deltas[start]) ** (1.0 / (end - start))
    factors[~np.isfinite(factors)] = 0.0
    column = int(factors.argmax())
    if factors[column] <= 1.0:
        return None
    block_id = plan.nodes[plan.probed[column]].id
    return Growth(block_id, first + start, first + end, float(factors[column]))


def _usual_gradient(report: TrainReport) -> float | None:
    """The median ‖∂L/∂θ‖ of the steps before the rise."""
    until = _onset(report.losses) + 1
    squares = np.square(report.weight_gradients[:until]) + np.square(report.bias_gradients[:until])
    usual = float(np.median(np.sqrt(squares.sum(axis=1))))
    return usual if np.isfinite(usual) and usual > 0.0 else None


def _at_once(plan: Plan, state: NetworkState, trail: Trail, step: int) -> Moment | None:
    """What is out of bounds in the step that broke down: from the input on the first block whose |z| is, else the
    update that is largest beside the weights which it would change."""
    job = _part(trail.job, trail.job.steps - 1, trail.job.steps, probe=False)
    table = job.table.take(job.order)
    with np.errstate(all="ignore"):
        results = forward_pass(plan, state, table.inputs, MaskSource(job.seed, state.step))
        for node, result in zip(plan.nodes, results, strict=True):
            largest = float(np.abs(result.z).max()) if result.z.size else 0.0
            if not largest <= BEYOND:
                return Moment(step, node.id, "z", largest)
        after = state.copy()
        gradient = flat_gradient(plan, backward_pass(plan, after, table, results))
        apply_update(plan, after, gradient, float(job.rates[0]), job)
        ratios = {}
        for slot in plan.slots():
            size = float(np.linalg.norm(slot.view(state.theta)))
            change = float(np.linalg.norm(slot.view(after.theta) - slot.view(state.theta)))
            if slot.spec.name == "W" and size > 0.0 and np.isfinite(change):
                ratios[slot.block_id] = change / size
    worst = max(ratios, key=lambda block_id: ratios[block_id], default=None)
    return None if worst is None or ratios[worst] <= 1.0 else Moment(step, worst, "update", ratios[worst])
