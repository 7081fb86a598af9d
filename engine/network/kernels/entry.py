"""The kernels that Python calls: a run of training steps, one pass, and the maps."""

from __future__ import annotations

import numpy as np

from engine.network.contract import LARGEST_WEIGHT
from engine.network.kernels.activations import activate, backpropagate
from engine.network.kernels.affine import backward, forward, gradients
from engine.network.kernels.layout import (
    ACTIVATION,
    BIAS,
    BIASED,
    CLIP,
    DELTA,
    FORWARD,
    GRADIENT,
    INPUTS,
    L1,
    L2,
    LOSS,
    MEMORY,
    PARAMETERS,
    PULL,
    RECIPROCALS,
    SHARES,
    SLOTS,
    SOURCE,
    TARGETS,
    THETA,
    UNITS,
    WEIGHT,
    A,
    Z,
)
from engine.network.kernels.losses import mean_loss, output_delta
from engine.network.kernels.options import Array, Index, Number, exact, reordered
from engine.network.kernels.probes import record, record_update
from engine.network.kernels.update import clip, optimise, pull_to_zero, regularise

FINE, BAD_Z, BAD_LOSS, BAD_GRADIENT, BAD_WEIGHTS, GROWN_WEIGHTS = range(6)
"""What a run of steps ends with."""

_ZERO, _ONE = np.uint64(0), np.uint64(1)


@reordered
def _finite(space: Array, start: Index, count: Index) -> Number:
    """Whether every number is finite: 0·v is NaN for an infinite v, and NaN outlasts every sum."""
    total = 0.0
    for k in range(start, start + count):
        total += 0.0 * space[k]
    return total == 0.0


@reordered
def _within(space: Array, start: Index, count: Index) -> Number:
    """Whether no number is NaN or beyond :data:`LARGEST_WEIGHT`, counted because a sum vectorises."""
    beyond = 0.0
    for k in range(start, start + count):
        beyond += 0.0 if abs(space[k]) <= LARGEST_WEIGHT else 1.0
    return beyond == 0.0


@exact
def gather(rows: Array, begin: Index, count: Index, width: Index, source: Array, space: Array, target: Index) -> None:
    """Copy ``count`` rows of the flat ``source``, named by ``rows`` from ``begin`` on, to an area of width × rows."""
    for n in range(count):
        first = rows[begin + n] * width
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
def run_forward(space: Array, layers: Array, alphas: Array, theta: Index, rows: Index) -> None:
    """z and a of every layer."""
    for layer in range(layers.shape[0]):
        inputs, units, z = layers[layer, INPUTS], layers[layer, UNITS], layers[layer, Z]
        weight, bias = theta + layers[layer, WEIGHT], theta + layers[layer, BIAS]
        forward(space, weight, bias, layers[layer, BIASED], layers[layer, SOURCE], z, inputs, units, rows)
        activate(layers[layer, ACTIVATION], alphas[layer], space, z, layers[layer, A], units, rows)


@exact
def _run_backward(space: Array, layers: Array, alphas: Array, areas: Array, theta: Index, rows: Index) -> None:
    """δ of every layer and ∂L/∂θ, from the output back."""
    last = layers.shape[0] - 1
    output_delta(
        areas[LOSS], layers[last, ACTIVATION], alphas[last], space, layers[last, Z], layers[last, A],
        areas[TARGETS], areas[SHARES], layers[last, DELTA], layers[last, UNITS], rows,
    )  # fmt: skip
    gradient = areas[GRADIENT]
    for layer in range(last, -1, -1):
        inputs, units, delta = layers[layer, INPUTS], layers[layer, UNITS], layers[layer, DELTA]
        weight, bias = layers[layer, WEIGHT], layers[layer, BIAS]
        gradients(
            space, delta, layers[layer, SOURCE], gradient + weight, gradient + bias, layers[layer, BIASED],
            inputs, units, rows,
        )  # fmt: skip
        if layer > 0:
            before = layers[layer - 1]
            backward(space, theta + weight, delta, before[DELTA], inputs, units, rows)
            backpropagate(
                before[ACTIVATION], alphas[layer - 1], space, before[Z], before[A], before[DELTA], inputs, rows
            )


@exact
def _batch_loss(space: Array, layers: Array, areas: Array, rows: Index) -> Number:
    last = layers.shape[0] - 1
    return mean_loss(
        areas[LOSS], space, layers[last, Z], layers[last, A], areas[TARGETS], areas[SHARES], layers[last, UNITS], rows
    )


@exact
def _first_bad_layer(space: Array, layers: Array, rows: Index) -> Number:
    """Where the forward pass stopped being finite: 0 for the input, then the layers counted from 1."""
    if not _finite(space, layers[0, SOURCE], layers[0, INPUTS] * rows):
        return 0
    for layer in range(layers.shape[0]):
        count = layers[layer, UNITS] * rows
        if not (_finite(space, layers[layer, Z], count) and _finite(space, layers[layer, A], count)):
            return layer + 1
    return layers.shape[0]


@exact
def _bad_parameters(space: Array, layers: Array, start: Index, layer: int) -> Number:
    """Whether a layer's part of the parameters, or of the gradient, at ``start`` is not finite."""
    count = layers[layer, UNITS] * layers[layer, INPUTS]
    if not _finite(space, start + layers[layer, WEIGHT], count):
        return True
    return layers[layer, BIASED] != _ZERO and not _finite(space, start + layers[layer, BIAS], layers[layer, UNITS])


@exact
def _grown_parameters(space: Array, layers: Array, start: Index, layer: int) -> Number:
    """Whether one of a layer's parameters at ``start`` is beyond :data:`LARGEST_WEIGHT`."""
    count = layers[layer, UNITS] * layers[layer, INPUTS]
    if not _within(space, start + layers[layer, WEIGHT], count):
        return True
    return layers[layer, BIASED] != _ZERO and not _within(space, start + layers[layer, BIAS], layers[layer, UNITS])


@exact
def _refused(reason: int, space: Array, layers: Array, theta: Index, layer: int) -> Number:
    """Whether a layer's new parameters are among those for which an update is refused."""
    if reason == GROWN_WEIGHTS:
        return _grown_parameters(space, layers, theta, layer)
    return _bad_parameters(space, layers, theta, layer)


@exact
def train(
    layers: Array, alphas: Array, areas: Array, settings: Array, optimizer: Index, space: Array,
    inputs: Array, targets: Array, weights: Array, order: Array, offsets: Array, rates: Array, done: int,
    losses: Array, norms: Array, bins: Array, outcome: Array,
) -> None:  # fmt: skip
    """Do the steps of a job; θ and the optimiser vectors are read from, and left in, their first areas. The last of
    those vectors marks the weights that L1 holds at 0, where it does.

    ``inputs``, ``targets`` and ``weights`` (empty: one each) are flat, ``order`` and ``offsets`` unsigned. ``done``
    updates came before. Writes ``losses`` (steps,), ``norms`` (4, steps, layers; no steps: nothing is recorded),
    ``bins`` (layers, 4, 32), to be summed over the fours, and to ``outcome`` the steps done, what they ended with
    (``FINE`` …) and the node.
    """
    count, memory, probe = areas[PARAMETERS], areas[MEMORY], norms.shape[1] > 0
    theta, slots, gradient = areas[THETA], areas[SLOTS], areas[GRADIENT]
    new_theta, new_slots = theta + count, slots + memory
    output = layers.shape[0] - 1
    step, reason, node = 0, FINE, 0
    while step < rates.size:
        begin = offsets[step]
        rows = offsets[step + 1] - begin
        gather(order, begin, rows, layers[0, INPUTS], inputs, space, layers[0, SOURCE])
        gather(order, begin, rows, layers[output, UNITS], targets, space, areas[TARGETS])
        _share(order, begin, rows, weights, space, areas)
        run_forward(space, layers, alphas, theta, rows)
        if not _finite(space, _ZERO, areas[FORWARD]):
            reason, node = BAD_Z, _first_bad_layer(space, layers, rows)
            break
        losses[step] = _batch_loss(space, layers, areas, rows)
        if not np.isfinite(losses[step]):
            reason, node = BAD_LOSS, output + 1
            break
        _run_backward(space, layers, alphas, areas, theta, rows)
        if not _finite(space, gradient, count):
            reason, node = BAD_GRADIENT, output + 1
            while node > 1 and not _bad_parameters(space, layers, gradient, node - 1):
                node -= 1
            break
        if probe:
            record(space, layers, areas, weights.size > 0, rows, step, norms, bins)
        regularise(space, layers, gradient, theta, settings[L1], settings[L2])
        clip(space, gradient, count, settings[CLIP])
        optimise(
            optimizer, space, layers, settings, gradient, count,
            theta, new_theta, slots, new_slots, rates[step], done + step + 1,
        )  # fmt: skip
        if settings[PULL] >= 0.0:
            marks = memory - count
            pull_to_zero(
                space, layers, theta, new_theta, slots + marks, new_slots + marks, count, rates[step] * settings[PULL]
            )
        if not _within(space, new_theta, count):
            reason, node = GROWN_WEIGHTS if _finite(space, new_theta, count) else BAD_WEIGHTS, 1
            while node <= output and not _refused(reason, space, layers, new_theta, node - 1):
                node += 1
            break
        if probe:
            record_update(space, layers, theta, new_theta, step, norms)
        theta, new_theta = new_theta, theta
        slots, new_slots = new_slots, slots
        step += 1
    _bring_home(space, areas[THETA], theta, count)
    _bring_home(space, areas[SLOTS], slots, memory)
    outcome[0], outcome[1], outcome[2] = step, reason, node


@exact
def _bring_home(space: Array, home: Index, current: Index, count: Index) -> None:
    """Copy what lies in the second area to the first."""
    if current != home:
        for k in range(count):
            space[home + k] = space[current + k]


@exact
def run_pass(
    layers: Array, alphas: Array, areas: Array, space: Array, inputs: Array, targets: Array, weights: Array,
    order: Array, backwards: bool,
) -> Number:  # fmt: skip
    """z and a of the rows of ``order``, and with ``backwards`` δ and the gradient; returns the mean loss."""
    rows, output = np.uint64(order.size), layers.shape[0] - 1
    gather(order, _ZERO, rows, layers[0, INPUTS], inputs, space, layers[0, SOURCE])
    run_forward(space, layers, alphas, areas[THETA], rows)
    if not backwards:
        return 0.0
    gather(order, _ZERO, rows, layers[output, UNITS], targets, space, areas[TARGETS])
    _share(order, _ZERO, rows, weights, space, areas)
    _run_backward(space, layers, alphas, areas, areas[THETA], rows)
    return _batch_loss(space, layers, areas, rows)
