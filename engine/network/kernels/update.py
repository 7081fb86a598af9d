"""What happens to the gradient and the parameters: penalty, clipping, and the optimisers' rules.

Parameters and optimiser vectors are read from one area and written to another, so that a step which turns out not
to be finite is undone by forgetting what it wrote. The rules are those of :mod:`engine.optimizers`; each is several
short loops, for the compiler does not vectorise a loop over many arrays that might overlap.
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.layout import (
    BETA1,
    BETA2,
    DECAY,
    EPSILON,
    FRICTION,
    INPUTS,
    RHO,
    UNITS,
    WEIGHT,
)
from engine.network.kernels.options import Array, Index, Number, exact, reordered
from engine.optimizers import OPTIMIZERS

SGD = OPTIMIZERS["sgd"].opcode
MOMENTUM = OPTIMIZERS["momentum"].opcode
NESTEROV = OPTIMIZERS["nesterov"].opcode
ADAGRAD = OPTIMIZERS["adagrad"].opcode
RMSPROP = OPTIMIZERS["rmsprop"].opcode
ADAMW = OPTIMIZERS["adamw"].opcode

_TURN = np.uint64(64)
_CLIP_GUARD = 1e-6  # as torch.nn.utils.clip_grad_norm_


@exact
def regularise(space: Array, layers: Array, gradient: Index, theta: Index, l1: float, l2: float) -> None:
    """Add l1·sign(w) + l2·w to the gradient of every weight, of no bias."""
    if l1 == 0.0 and l2 == 0.0:
        return
    for layer in range(layers.shape[0]):
        start = layers[layer, WEIGHT]
        for k in range(start, start + layers[layer, UNITS] * layers[layer, INPUTS]):
            w = space[theta + k]
            sign = 1.0 if w > 0.0 else (-1.0 if w < 0.0 else 0.0)
            space[gradient + k] += l1 * sign + l2 * w


@exact
def pull_to_zero(
    space: Array, layers: Array, theta: Index, new_theta: Index, stuck: Index, new_stuck: Index, count: Index,
    pull: float,
) -> None:  # fmt: skip
    """L1 that sticks, after the optimiser's step: what the pull takes across 0 is 0, and marked 1 for good."""
    for k in range(count):
        space[new_stuck + k] = space[stuck + k]
    for layer in range(layers.shape[0]):
        start = layers[layer, WEIGHT]
        for k in range(start, start + layers[layer, UNITS] * layers[layer, INPUTS]):
            before, w = space[theta + k], space[new_theta + k]
            sign = 1.0 if before > 0.0 else (-1.0 if before < 0.0 else 0.0)
            pulled = w - pull * sign
            if space[stuck + k] > 0.0 or w * pulled < 0.0:
                pulled = 0.0
                space[new_stuck + k] = 1.0
            space[new_theta + k] = pulled


@reordered
def clip(space: Array, gradient: Index, count: Index, longest: float) -> None:
    """Scale a finite gradient so that its norm is at most ``longest``; squares of a huge one do not overflow."""
    if longest == np.inf:
        return
    largest = 0.0
    for k in range(gradient, gradient + count):
        size = abs(space[k])
        largest = size if size > largest else largest
    if largest == 0.0 or not largest < np.inf:
        return
    total = 0.0
    for k in range(gradient, gradient + count):
        scaled = space[k] / largest
        total += scaled * scaled
    norm = largest * np.sqrt(total)
    if norm + _CLIP_GUARD > longest:
        factor = longest / (norm + _CLIP_GUARD)
        for k in range(gradient, gradient + count):
            space[k] *= factor


@exact
def _decayed(space: Array, old: Index, new: Index, count: Index, keep: float, gradient: Index, part: float) -> None:
    """new = keep · old + part · g."""
    for k in range(count):
        space[new + k] = keep * space[old + k] + part * space[gradient + k]


@exact
def _decayed_squares(
    space: Array, old: Index, new: Index, count: Index, keep: float, gradient: Index, part: float
) -> None:
    """new = keep · old + part · g²."""
    for k in range(count):
        g = space[gradient + k]
        space[new + k] = keep * space[old + k] + part * g * g


@exact
def _descend(space: Array, theta: Index, direction: Index, count: Index, eta: float) -> None:
    """θ ← θ − η · direction."""
    for k in range(count):
        space[theta + k] -= eta * space[direction + k]


@exact
def _descend_scaled(
    space: Array, theta: Index, direction: Index, squares: Index, count: Index, eta: float, seen: float, guard: float
) -> None:
    """θ ← θ − η · direction ÷ (√(squares ÷ seen) + guard)."""
    for k in range(count):
        space[theta + k] -= eta * space[direction + k] / (np.sqrt(space[squares + k] / seen) + guard)


@exact
def _shrink_weights(space: Array, layers: Array, theta: Index, factor: float) -> None:
    """AdamW's decoupled decay, which spares the biases."""
    for layer in range(layers.shape[0]):
        start = theta + layers[layer, WEIGHT]
        for k in range(start, start + layers[layer, UNITS] * layers[layer, INPUTS]):
            space[k] *= factor


@exact
def power(base: float, number: Index) -> Number:
    """The power with a whole exponent, to the very bits of :func:`next_power` from any one before."""
    start = number - number % _TURN
    result = base ** np.int64(start)
    for _ in range(start, number):
        result *= base
    return result


@exact
def next_power(before: float, base: float, number: Index) -> Number:
    """The power from the one before, which a multiplication gives at a tenth of the cost."""
    return before * base if number % _TURN else power(base, number)


@exact
def optimise(
    code: Index, space: Array, layers: Array, settings: Array, gradient: Index, count: Index,
    theta: Index, new_theta: Index, slots: Index, new_slots: Index, eta: float, unseen1: float, unseen2: float,
) -> None:  # fmt: skip
    """One update: parameters and optimiser vectors from the old areas to the new ones. ``unseen1``, ``unseen2``: Adam's
    β₁ᵗ and β₂ᵗ at update t, counted from 1."""
    for k in range(count):
        space[new_theta + k] = space[theta + k]
    if code == SGD:
        _descend(space, new_theta, gradient, count, eta)
    elif code in (MOMENTUM, NESTEROV):
        friction = settings[FRICTION]
        _decayed(space, slots, new_slots, count, friction, gradient, 1.0)
        if code == MOMENTUM:
            _descend(space, new_theta, new_slots, count, eta)
        else:
            _descend(space, new_theta, gradient, count, eta)
            _descend(space, new_theta, new_slots, count, eta * friction)
    elif code in (ADAGRAD, RMSPROP):
        keep = settings[RHO] if code == RMSPROP else 1.0
        part = 1.0 - settings[RHO] if code == RMSPROP else 1.0
        _decayed_squares(space, slots, new_slots, count, keep, gradient, part)
        _descend_scaled(space, new_theta, gradient, new_slots, count, eta, 1.0, settings[EPSILON])
    else:
        if code == ADAMW:
            _shrink_weights(space, layers, new_theta, 1.0 - eta * settings[DECAY])
        beta1, beta2, squares = settings[BETA1], settings[BETA2], new_slots + count
        _decayed(space, slots, new_slots, count, beta1, gradient, 1.0 - beta1)
        _decayed_squares(space, slots + count, squares, count, beta2, gradient, 1.0 - beta2)
        rate, seen = eta / (1.0 - unseen1), 1.0 - unseen2
        _descend_scaled(space, new_theta, new_slots, squares, count, rate, seen, settings[EPSILON])
