"""The kernel that Python calls for a run of training steps or a look, all in one: compiled twice it would take twice as
long."""

from __future__ import annotations

import numpy as np

from engine.network.kernels.checks import BAD_LOSS, BAD_Z, FINE, all_finite
from engine.network.kernels.layout import (
    BETA1,
    BETA2,
    BUFFERS,
    FORWARD,
    KIND,
    LOSS,
    MEMORY,
    PARAMETERS,
    RECIPROCALS,
    SHARES,
    SLOTS,
    STATISTICS,
    TARGETS,
    THETA,
    UNITS,
    WEIGHT,
    A,
    StepInputs,
    StepResults,
    WorkspaceLayout,
    Z,
)
from engine.network.kernels.learning import end_run, learn
from engine.network.kernels.losses import mean_loss
from engine.network.kernels.options import Array, Index, Number, exact, inner
from engine.network.kernels.passes import INPUT, run_backward, run_forward
from engine.network.kernels.update import next_power, power

TRAIN, LOOK_FORWARD, LOOK_BACK = range(3)
"""What is to be done."""

_ZERO, _ONE = np.uint64(0), np.uint64(1)


@inner
def gather(
    rows: Array, begin: Index, count: Index, width: Index, source: Array, start: Index, space: Array, target: Index
) -> None:
    """Copy ``count`` rows of the flat ``source``, named by ``rows`` from ``begin`` on, to an area of width × rows; its
    first row lies at ``start``."""
    for n in range(count):
        first = start + rows[begin + n] * width
        for i in range(width):
            space[target + i * count + n] = source[first + i]


@inner
def _share(rows: Array, begin: Index, count: Index, weights: Array, space: Array, areas: Array) -> None:
    """What each row counts for in the batch mean; where there are weights, one over that too, 0 for weight 0."""
    shares, reciprocals = areas[SHARES], areas[RECIPROCALS]
    if weights.size == 0:
        for n in range(count):
            space[shares + n] = 1.0 / float(count)
        return
    total = 0.0
    for n in range(count):
        total += weights[rows[begin + n]]
    for n in range(count):
        share = weights[rows[begin + n]] / total
        space[shares + n] = share
        space[reciprocals + n] = 1.0 / share if share > 0.0 else 0.0


@inner
def _gather_inputs(space: Array, nodes: Array, steps: StepInputs, begin: Index, rows: Index) -> None:
    """Copy the rows' features to the areas of the inputs."""
    for k in range(_ZERO, np.uint64(nodes.shape[0])):
        if nodes[k, KIND] == INPUT:
            start = nodes[k, WEIGHT] * steps.table_rows
            gather(steps.order, begin, rows, nodes[k, UNITS], steps.inputs, start, space, nodes[k, A])


@inner
def _batch_loss(space: Array, nodes: Array, areas: Array, rows: Index) -> Number:
    end = nodes.shape[0] - 1
    return mean_loss(
        areas[LOSS], space, nodes[end, Z], nodes[end, A], areas[TARGETS], areas[SHARES], nodes[end, UNITS], rows
    )


@exact
def run(look: int, layout: WorkspaceLayout, space: Array, steps: StepInputs, results: StepResults) -> None:
    """Do the steps of a job, or only look. θ, the optimiser vectors and the buffers are read from, and left in, their
    first areas; the last of those vectors marks the weights that L1 holds at 0, where it does.

    To ``LOOK_FORWARD`` is one pass outside training, of the first batch; to ``LOOK_BACK`` too is its loss, δ and
    gradient. Nothing is updated then.
    """
    nodes, edges, constants, areas = layout.nodes, layout.edges, layout.constants, layout.areas
    settings, losses = steps.settings, results.losses
    theta, slots, buffers = areas[THETA], areas[SLOTS], areas[BUFFERS]
    new_theta, new_slots = theta + areas[PARAMETERS], slots + areas[MEMORY]
    new_buffers = buffers + areas[STATISTICS]
    outputs = nodes[nodes.shape[0] - 1, UNITS]
    beta1_power, beta2_power = power(settings[BETA1], steps.updates), power(settings[BETA2], steps.updates)
    step, reason, rows = 0, FINE, _ZERO
    while step < steps.rates.size:
        begin, number = steps.offsets[step], steps.updates + np.uint64(step)
        rows = steps.offsets[step + 1] - begin
        _gather_inputs(space, nodes, steps, begin, rows)
        run_forward(
            space, nodes, edges, constants, steps.keys, theta, buffers, new_buffers, rows, number, look == TRAIN
        )
        if look == LOOK_FORWARD:
            return
        gather(steps.order, begin, rows, outputs, steps.targets, _ZERO, space, areas[TARGETS])
        _share(steps.order, begin, rows, steps.weights, space, areas)
        if look == TRAIN and not all_finite(space, _ZERO, areas[FORWARD]):
            reason = BAD_Z
            break
        losses[step] = _batch_loss(space, nodes, areas, rows)
        if look == TRAIN and not np.isfinite(losses[step]):
            reason = BAD_LOSS
            break
        run_backward(space, nodes, edges, constants, areas, theta, rows, look == TRAIN)
        if look == LOOK_BACK:
            return
        beta1_power = next_power(beta1_power, settings[BETA1], number + _ONE)
        beta2_power = next_power(beta2_power, settings[BETA2], number + _ONE)
        reason = learn(
            space, layout, steps, results, theta, new_theta, slots, new_slots, beta1_power, beta2_power,
            steps.weights.size > 0, rows, step,
        )  # fmt: skip
        if reason != FINE:
            break
        theta, new_theta = new_theta, theta
        slots, new_slots = new_slots, slots
        buffers, new_buffers = new_buffers, buffers
        step += 1
    end_run(space, layout, results, theta, new_theta, slots, buffers, rows, step, reason)
