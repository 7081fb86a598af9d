"""What happens to the gradient and the parameters: penalty, clipping, and the optimisers' rules.

Parameters and optimiser vectors are read from one area and written to another, so that a step which turns out not
to be finite is undone by forgetting what it wrote. The rules are those of :mod:`engine.optimizers`, each in one pass.
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
from engine.network.kernels.options import Array, Index, Number, inner, reordered
from engine.network.kernels.vectors import lanes, load, root, store
from engine.optimizers import OPTIMIZERS

RULES = {key: OPTIMIZERS[key].opcode for key in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")}
"""The codes of the optimisers that :func:`optimise` has a branch for; Adam's is the last, so no other may reach it."""
SGD, MOMENTUM, NESTEROV = RULES["sgd"], RULES["momentum"], RULES["nesterov"]
ADAGRAD, RMSPROP, ADAMW = RULES["adagrad"], RULES["rmsprop"], RULES["adamw"]

_ZERO, _TURN = np.uint64(0), np.uint64(64)
_CLIP_GUARD = 1e-6  # as torch.nn.utils.clip_grad_norm_


@inner
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


@inner
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


@inner
def _descend(space: Array, theta: Index, new_theta: Index, gradient: Index, count: Index, eta: float) -> None:
    """θ' = θ − η g."""
    for k in range(_ZERO, count, lanes(space)):
        store(space, new_theta + k, load(space, theta + k) - eta * load(space, gradient + k))


@inner
def _descend_with_momentum(
    space: Array, theta: Index, new_theta: Index, slots: Index, new_slots: Index, gradient: Index, count: Index,
    eta: float, friction: float, ahead: bool,
) -> None:  # fmt: skip
    """v' = μ v + g; θ' = θ − η v', or with ``ahead``, as Nesterov does, θ − η g − η μ v'."""
    for k in range(_ZERO, count, lanes(space)):
        g = load(space, gradient + k)
        v = friction * load(space, slots + k) + g
        store(space, new_slots + k, v)
        before = load(space, theta + k)
        store(space, new_theta + k, (before - eta * g) - (eta * friction) * v if ahead else before - eta * v)


@inner
def _descend_scaled(
    space: Array, theta: Index, new_theta: Index, slots: Index, new_slots: Index, gradient: Index, count: Index,
    eta: float, keep: float, part: float, guard: float,
) -> None:  # fmt: skip
    """s' = keep · s + part · g²; θ' = θ − η g ÷ (√s' + guard)."""
    for k in range(_ZERO, count, lanes(space)):
        g = load(space, gradient + k)
        s = keep * load(space, slots + k) + part * g * g
        store(space, new_slots + k, s)
        store(space, new_theta + k, load(space, theta + k) - eta * g / (root(s) + guard))


@inner
def _descend_by_moments(
    space: Array, theta: Index, new_theta: Index, slots: Index, new_slots: Index, gradient: Index, count: Index,
    rate: float, beta1: float, beta2: float, per_root: float, guard: float,
) -> None:  # fmt: skip
    """Adam: m' = β₁ m + (1 − β₁) g; v' = β₂ v + (1 − β₂) g²; θ' = θ − rate · m' ÷ (√v' · per_root + guard)."""
    squares, new_squares, part1, part2 = slots + count, new_slots + count, 1.0 - beta1, 1.0 - beta2
    for k in range(_ZERO, count, lanes(space)):
        g = load(space, gradient + k)
        m = beta1 * load(space, slots + k) + part1 * g
        v = beta2 * load(space, squares + k) + part2 * g * g
        store(space, new_slots + k, m)
        store(space, new_squares + k, v)
        store(space, new_theta + k, load(space, theta + k) - rate * m / (root(v) * per_root + guard))


@inner
def _shrink_weights(space: Array, layers: Array, theta: Index, new_theta: Index, count: Index, factor: float) -> None:
    """AdamW's decoupled decay, which spares the biases."""
    for k in range(_ZERO, count, lanes(space)):
        store(space, new_theta + k, load(space, theta + k))
    for layer in range(layers.shape[0]):
        start = new_theta + layers[layer, WEIGHT]
        for k in range(start, start + layers[layer, UNITS] * layers[layer, INPUTS]):
            space[k] *= factor


@inner
def power(base: float, number: Index) -> Number:
    """The power with a whole exponent, to the very bits of :func:`next_power` from any one before."""
    start = number - number % _TURN
    result = base ** np.int64(start)
    for _ in range(start, number):
        result *= base
    return result


@inner
def next_power(before: float, base: float, number: Index) -> Number:
    """The power from the one before, which a multiplication gives at a tenth of the cost."""
    return before * base if number % _TURN else power(base, number)


@inner
def optimise(
    code: Index, space: Array, layers: Array, settings: Array, gradient: Index, count: Index,
    theta: Index, new_theta: Index, slots: Index, new_slots: Index, eta: float, unseen1: float, unseen2: float,
) -> None:  # fmt: skip
    """One update: parameters and optimiser vectors from the old areas to the new ones. ``unseen1``, ``unseen2``: Adam's
    β₁ᵗ and β₂ᵗ at update t, counted from 1."""
    if code == SGD:
        _descend(space, theta, new_theta, gradient, count, eta)
    elif code == MOMENTUM:
        friction = settings[FRICTION]
        _descend_with_momentum(space, theta, new_theta, slots, new_slots, gradient, count, eta, friction, False)
    elif code == NESTEROV:
        friction = settings[FRICTION]
        _descend_with_momentum(space, theta, new_theta, slots, new_slots, gradient, count, eta, friction, True)
    elif code == ADAGRAD:
        guard = settings[EPSILON]
        _descend_scaled(space, theta, new_theta, slots, new_slots, gradient, count, eta, 1.0, 1.0, guard)
    elif code == RMSPROP:
        keep, guard = settings[RHO], settings[EPSILON]
        _descend_scaled(space, theta, new_theta, slots, new_slots, gradient, count, eta, keep, 1.0 - keep, guard)
    else:
        if code == ADAMW:
            _shrink_weights(space, layers, theta, new_theta, count, 1.0 - eta * settings[DECAY])
            theta = new_theta
        rate, per_root = eta / (1.0 - unseen1), 1.0 / np.sqrt(1.0 - unseen2)
        _descend_by_moments(
            space, theta, new_theta, slots, new_slots, gradient, count,
            rate, settings[BETA1], settings[BETA2], per_root, settings[EPSILON],
        )  # fmt: skip
