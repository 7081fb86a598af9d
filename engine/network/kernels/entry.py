"""The kernel that Python calls for a run of training steps or a look, all in one: compiled twice it would take twice as
long."""

from __future__ import annotations

import numpy as np

from engine.network.contract import LARGEST_WEIGHT
from engine.network.kernels.layout import (
    BETA1,
    BETA2,
    BUFFERS,
    CLIP,
    COUNT,
    FORWARD,
    GRADIENT,
    KIND,
    L1,
    L2,
    LOSS,
    MEMORY,
    PARAMETERS,
    PULL,
    RECIPROCALS,
    SHARES,
    SLOTS,
    STATISTICS,
    TARGETS,
    THETA,
    UNITS,
    WEIGHT,
    A,
    Z,
)
from engine.network.kernels.losses import mean_loss
from engine.network.kernels.options import Array, Index, Number, exact, reordered
from engine.network.kernels.passes import INPUT, run_backward, run_forward
from engine.network.kernels.probes import record, record_update, take_roots
from engine.network.kernels.update import clip, next_power, optimise, power, pull_to_zero, regularise
from engine.network.kernels.vectors import everywhere, lanes, load

FINE, BAD_Z, BAD_LOSS, BAD_GRADIENT, BAD_WEIGHTS, GROWN_WEIGHTS = range(6)
"""What a run of steps ends with."""

TRAIN, LOOK_FORWARD, LOOK_BACK = range(3)
"""What is to be done."""

_ZERO, _ONE = np.uint64(0), np.uint64(1)


@reordered
def _finite(space: Array, start: Index, count: Index) -> Number:
    """Whether every number is finite: 0·v is NaN for an infinite v, and NaN outlasts every sum."""
    nought = space.dtype.type(0.0)
    total = nought
    for k in range(start, start + count):
        total += nought * space[k]
    return total == 0.0


@reordered
def _within(space: Array, start: Index, count: Index) -> Number:
    """Whether no number is NaN or beyond :data:`LARGEST_WEIGHT`, counted because a sum vectorises."""
    beyond = 0.0
    for k in range(start, start + count):
        beyond += 0.0 if abs(space[k]) <= LARGEST_WEIGHT else 1.0
    return beyond == 0.0


@exact
def _all_finite(space: Array, start: Index, count: Index) -> Number:
    """Whether every number of whole vectors is finite."""
    fine = abs(load(space, start)) < np.inf
    for k in range(start, start + count, lanes(space)):
        fine = fine & (abs(load(space, k)) < np.inf)
    return everywhere(fine)


@exact
def _all_within(space: Array, start: Index, count: Index) -> Number:
    """Whether no number of whole vectors is NaN or beyond :data:`LARGEST_WEIGHT`."""
    fine = abs(load(space, start)) <= LARGEST_WEIGHT
    for k in range(start, start + count, lanes(space)):
        fine = fine & (abs(load(space, k)) <= LARGEST_WEIGHT)
    return everywhere(fine)


@exact
def gather(
    rows: Array, begin: Index, count: Index, width: Index, source: Array, start: Index, space: Array, target: Index
) -> None:
    """Copy ``count`` rows of the flat ``source``, named by ``rows`` from ``begin`` on, to an area of width × rows; its
    first row lies at ``start``."""
    for n in range(count):
        first = start + rows[begin + n] * width
        for i in range(width):
            space[target + i * count + n] = source[first + i]


@exact
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


@exact
def _gather_inputs(
    space: Array, nodes: Array, inputs: Array, table_rows: Index, order: Array, begin: Index, rows: Index
) -> None:
    """The rows' features into the areas of the inputs; each input's columns lie together in the flat ``inputs``."""
    for k in range(_ZERO, np.uint64(nodes.shape[0])):
        if nodes[k, KIND] == INPUT:
            start = nodes[k, WEIGHT] * table_rows
            gather(order, begin, rows, nodes[k, UNITS], inputs, start, space, nodes[k, A])


@exact
def _batch_loss(space: Array, nodes: Array, areas: Array, rows: Index) -> Number:
    end = nodes.shape[0] - 1
    return mean_loss(
        areas[LOSS], space, nodes[end, Z], nodes[end, A], areas[TARGETS], areas[SHARES], nodes[end, UNITS], rows
    )


@exact
def _first_bad_pass(space: Array, nodes: Array, rows: Index) -> Number:
    """The first node in whose z or a the forward pass stopped being finite."""
    for k in range(nodes.shape[0]):
        count = nodes[k, UNITS] * rows
        if not (_finite(space, nodes[k, Z], count) and _finite(space, nodes[k, A], count)):
            return k
    return nodes.shape[0] - 1


@exact
def _last_bad_gradient(space: Array, nodes: Array, gradient: Index) -> Number:
    """The first node on the way back whose part of the gradient is not finite."""
    k = nodes.shape[0] - 1
    while k > 0 and _finite(space, gradient + nodes[k, WEIGHT], nodes[k, COUNT]):
        k -= 1
    return k


@exact
def _first_bad_update(reason: int, space: Array, nodes: Array, theta: Index) -> Number:
    """The first node with one of those new parameters for which an update is refused."""
    for k in range(nodes.shape[0]):
        start, count = theta + nodes[k, WEIGHT], nodes[k, COUNT]
        fine = _within(space, start, count) if reason == GROWN_WEIGHTS else _finite(space, start, count)
        if count > _ZERO and not fine:
            return k
    return nodes.shape[0] - 1


@exact
def run(
    look: int, nodes: Array, layers: Array, edges: Array, constants: Array, keys: Array, areas: Array, settings: Array,
    optimizer: Index, space: Array, inputs: Array, targets: Array, weights: Array, table_rows: Index,
    order: Array, offsets: Array, rates: Array, done: Index, losses: Array, norms: Array, squares: Array,
    outcome: Array,
) -> None:  # fmt: skip
    """Do the steps of a job, or only look. θ, the optimiser vectors and the buffers are read from, and left in, their
    first areas; the last of those vectors marks the weights that L1 holds at 0, where it does.

    ``inputs`` (of ``table_rows`` rows, one input after the other), ``targets`` and ``weights`` (empty: one each) are
    flat, ``order`` and ``offsets`` unsigned. ``done`` updates came before. Writes ``losses`` (steps,), ``norms`` (4,
    steps, layers; no steps: nothing is recorded), whose memory ``squares`` is too, flat and filled up to whole vectors,
    and to ``outcome`` the steps done, what they ended with (``FINE`` …) and the node.

    To ``LOOK_FORWARD`` is one pass outside training, of the first batch; to ``LOOK_BACK`` too is its loss, δ and
    gradient. Nothing is updated then.
    """
    count, memory, probe = areas[PARAMETERS], areas[MEMORY], norms.shape[1] > 0
    theta, slots, buffers, gradient = areas[THETA], areas[SLOTS], areas[BUFFERS], areas[GRADIENT]
    new_theta, new_slots, new_buffers = theta + count, slots + memory, buffers + areas[STATISTICS]
    outputs = nodes[nodes.shape[0] - 1, UNITS]
    unseen1, unseen2 = power(settings[BETA1], done), power(settings[BETA2], done)
    step, reason, node = 0, FINE, nodes.shape[0] - 1
    while step < rates.size:
        begin, number = offsets[step], done + np.uint64(step)
        rows = offsets[step + 1] - begin
        _gather_inputs(space, nodes, inputs, table_rows, order, begin, rows)
        run_forward(space, nodes, edges, constants, keys, theta, buffers, new_buffers, rows, number, look == TRAIN)
        if look == LOOK_FORWARD:
            return
        gather(order, begin, rows, outputs, targets, _ZERO, space, areas[TARGETS])
        _share(order, begin, rows, weights, space, areas)
        if look == TRAIN and not _all_finite(space, _ZERO, areas[FORWARD]):
            reason, node = BAD_Z, _first_bad_pass(space, nodes, rows)
            break
        losses[step] = _batch_loss(space, nodes, areas, rows)
        if look == TRAIN and not np.isfinite(losses[step]):
            reason = BAD_LOSS
            break
        run_backward(space, nodes, edges, constants, areas, theta, rows, look == TRAIN)
        if look == LOOK_BACK:
            return
        if not _all_finite(space, gradient, count):
            reason, node = BAD_GRADIENT, _last_bad_gradient(space, nodes, gradient)
            break
        if probe:
            record(space, layers, areas, weights.size > 0, rows, step, norms)
        unseen1 = next_power(unseen1, settings[BETA1], number + _ONE)
        unseen2 = next_power(unseen2, settings[BETA2], number + _ONE)
        regularise(space, layers, gradient, theta, settings[L1], settings[L2])
        clip(space, gradient, count, settings[CLIP])
        optimise(
            optimizer, space, layers, settings, gradient, count,
            theta, new_theta, slots, new_slots, rates[step], unseen1, unseen2,
        )  # fmt: skip
        if settings[PULL] >= 0.0:
            marks = memory - count
            pull_to_zero(
                space, layers, theta, new_theta, slots + marks, new_slots + marks, count, rates[step] * settings[PULL]
            )
        if not _all_within(space, new_theta, count):
            reason = GROWN_WEIGHTS if _finite(space, new_theta, count) else BAD_WEIGHTS
            node = _first_bad_update(reason, space, nodes, new_theta)
            break
        if probe:
            record_update(space, layers, theta, new_theta, step, norms)
        theta, new_theta = new_theta, theta
        slots, new_slots = new_slots, slots
        buffers, new_buffers = new_buffers, buffers
        step += 1
    _bring_home(space, areas[THETA], theta, count)
    _bring_home(space, areas[SLOTS], slots, memory)
    _bring_home(space, areas[BUFFERS], buffers, areas[STATISTICS])
    take_roots(squares)
    outcome[0], outcome[1], outcome[2] = step, reason, node


@exact
def _bring_home(space: Array, home: Index, current: Index, count: Index) -> None:
    """Copy what lies in the second area to the first."""
    if current != home:
        for k in range(count):
            space[home + k] = space[current + k]
