"""The kernel that Python calls for steps of a single row each, of a small chain."""

from __future__ import annotations

import numpy as np

from engine.network.kernels.activations import KNOWN
from engine.network.kernels.affine import BLAS_FROM
from engine.network.kernels.chain import row_backward, row_forward
from engine.network.kernels.checks import BAD_LOSS, BAD_Z, FINE
from engine.network.kernels.layout import (
    ACTIVATION,
    BETA1,
    BETA2,
    BUFFERS,
    INPUTS,
    LOSS,
    MEMORY,
    PARAMETERS,
    SHARES,
    SLOTS,
    TARGETS,
    THETA,
    UNITS,
    A,
    StepInputs,
    StepResults,
    WorkspaceLayout,
    Z,
    is_chain,
)
from engine.network.kernels.learning import end_run, learn
from engine.network.kernels.losses import SQUARED, mean_loss
from engine.network.kernels.options import Array, Index, Number, exact, inner
from engine.network.kernels.update import next_power, power
from engine.network.kernels.vectors import onward
from engine.network.plan import Plan

_ZERO, _ONE = np.uint64(0), np.uint64(1)


def suits(plan: Plan, layout: WorkspaceLayout) -> bool:
    """Whether :func:`run` can do a plan's steps of a single row: a chain whose layers are too small for BLAS, of
    activations that are worked out a vector at a time."""
    layers = layout.nodes[1:]
    small = bool((layers[:, INPUTS] * layers[:, UNITS] < BLAS_FROM).all())
    return is_chain(plan) and small and KNOWN.issuperset(layers[:, ACTIVATION].tolist())


@inner
def _take(source: Array, start: Index, count: Index, space: Array, target: Index) -> None:
    """Copy a few numbers of a table into the workspace."""
    i = _ZERO
    while i < count:
        space[target + i] = source[start + i]
        i = onward(i, _ONE)


@inner
def _loss(space: Array, nodes: Array, areas: Array) -> Number:
    """Of the row; half the squared error, which ends most chains, without a call of the others'."""
    last = nodes.shape[0] - 1
    z, a, target, outputs = nodes[last, Z], nodes[last, A], areas[TARGETS], nodes[last, UNITS]
    if areas[LOSS] != SQUARED:
        return mean_loss(areas[LOSS], space, z, a, target, areas[SHARES], outputs, _ONE)
    total, j = 0.0, _ZERO
    while j < outputs:
        error = space[a + j] - space[target + j]
        total += 0.5 * error * error
        j = onward(j, _ONE)
    return total


@exact
def run(layout: WorkspaceLayout, space: Array, steps: StepInputs, results: StepResults) -> None:
    """Do the steps of a job whose batches are single rows. The rest is as in :func:`engine.network.kernels.entry.run`;
    what a row weighs does not matter where it is alone."""
    nodes, constants, areas, settings, losses = (
        layout.nodes, layout.constants, layout.areas, steps.settings, results.losses,
    )  # fmt: skip
    theta, slots, first = areas[THETA], areas[SLOTS], steps.offsets[0]
    new_theta, new_slots = theta + areas[PARAMETERS], slots + areas[MEMORY]
    features, outputs = nodes[0, UNITS], nodes[nodes.shape[0] - 1, UNITS]
    beta1_power, beta2_power = power(settings[BETA1], steps.updates), power(settings[BETA2], steps.updates)
    space[areas[SHARES]] = 1.0
    step, reason = 0, FINE
    while step < steps.rates.size:
        row, number = steps.order[first + np.uint64(step)], steps.updates + np.uint64(step)
        _take(steps.inputs, row * features, features, space, nodes[0, A])
        _take(steps.targets, row * outputs, outputs, space, areas[TARGETS])
        if not row_forward(space, nodes, constants, theta):
            reason = BAD_Z
            break
        losses[step] = _loss(space, nodes, areas)
        if not np.isfinite(losses[step]):
            reason = BAD_LOSS
            break
        row_backward(space, nodes, constants, areas, theta)
        beta1_power = next_power(beta1_power, settings[BETA1], number + _ONE)
        beta2_power = next_power(beta2_power, settings[BETA2], number + _ONE)
        reason = learn(
            space, layout, steps, results, theta, new_theta, slots, new_slots, beta1_power, beta2_power, False, _ONE,
            step,
        )  # fmt: skip
        if reason != FINE:
            break
        theta, new_theta = new_theta, theta
        slots, new_slots = new_slots, slots
        step += 1
    end_run(space, layout, results, theta, new_theta, slots, areas[BUFFERS], _ONE, step, reason)
