"""What happens to the gradient and the parameters: penalty, clipping, and the optimisers' rules.

Parameters and optimiser vectors are read from one area and written to another, so that a step which turns out not
to be finite is undone by forgetting what it wrote. The rules are compiled from :mod:`engine.optimizers.kinds`.
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
    OPTIMIZER_CODES,
    RHO,
    UNITS,
    WEIGHT,
)
from engine.network.kernels.options import Array, Index, Kernel, Number, inner, reordered
from engine.network.kernels.vectors import lanes, load, store
from engine.optimizers import CLIP_GUARD, OPTIMIZERS, UpdateNumbers

_ZERO, _TURN = np.uint64(0), np.uint64(64)


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
    if norm + CLIP_GUARD > longest:
        factor = longest / (norm + CLIP_GUARD)
        for k in range(gradient, gradient + count):
            space[k] *= factor


@inner
def _shrink_weights(
    space: Array, layers: Array, theta: Index, new_theta: Index, count: Index, numbers: UpdateNumbers
) -> None:
    """Decoupled weight decay, which spares the biases."""
    factor = 1.0 - numbers.eta * numbers.weight_decay
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
def numbers_of(settings: Array, eta: float, beta1_power: float, beta2_power: float) -> UpdateNumbers:
    """What the rules read."""
    return UpdateNumbers(
        eta, settings[FRICTION], settings[BETA1], settings[BETA2], settings[RHO], settings[EPSILON], settings[DECAY],
        beta1_power, beta2_power,
    )  # fmt: skip


def _optimise() -> Kernel:
    """One update: parameters and memory from the old areas to the new ones, with a branch for each optimiser.

    It is written as source, in which the rules stand by name: numba keeps no compiled function that closes over another
    from one process to the next.
    """
    scope = globals().copy()
    lines = ["def optimise(code, numbers, space, layers, gradient, count, theta, new_theta, slots, new_slots):"]
    for key, spec in OPTIMIZERS.items():
        scope |= {f"code_{key}": np.uint64(OPTIMIZER_CODES[key]), f"rule_{key}": inner(spec.rule)}
        offsets = [" + count" * place for place in range(spec.slots)]
        memory = "".join(f"load(space, slots{offset} + k), " for offset in offsets)
        lines.append(f"    if code == code_{key}:")
        if spec.shrinks_weights:
            lines += [
                "        _shrink_weights(space, layers, theta, new_theta, count, numbers)",
                "        theta = new_theta",
            ]
        lines += [
            "        for k in range(_ZERO, count, lanes(space)):",
            f"            new = rule_{key}(load(space, theta + k), load(space, gradient + k), {memory}numbers)",
            "            store(space, new_theta + k, new[0])",
            *(f"            store(space, new_slots{offset} + k, new[{i}])" for i, offset in enumerate(offsets, 1)),
            "        return",
        ]
    exec("\n".join(lines), scope)
    return inner(scope["optimise"])


optimise = _optimise()
"""``optimise(code, numbers, space, layers, gradient, count, theta, new_theta, slots, new_slots)``."""
