"""What blocks without weight matrices do to an area of units × rows, and to ∂L/∂a on the way back.

Each says what the module of its kind in :mod:`engine.graph.kinds` says. The ways back work in place.
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.affine import long_dot
from engine.network.kernels.layout import FRESH, FROM_A, FROM_DELTA, FROM_UNITS, WANTED
from engine.network.kernels.options import Array, Index, Number, inner, reordered

_ONE = np.uint64(1)


@inner
def copy(space: Array, source: Index, target: Index, count: Index) -> None:
    """Copy an area."""
    for k in range(count):
        space[target + k] = space[source + k]


@inner
def multiply_by(space: Array, source: Index, factor: Index, target: Index, count: Index) -> None:
    """target = source ⊙ factor."""
    for k in range(count):
        space[target + k] = space[source + k] * space[factor + k]


@inner
def hand_on(space: Array, source: Index, target: Index, count: Index, fresh: Index) -> None:
    """Write a gradient where nothing has been written yet, else add it."""
    if fresh:
        copy(space, source, target, count)
    else:
        for k in range(count):
            space[target + k] += space[source + k]


@inner
def add(space: Array, edges: Array, first: Index, last: Index, target: Index, count: Index) -> None:
    """a = Σ aₖ over the wires."""
    copy(space, edges[first, FROM_A], target, count)
    for edge in range(first + _ONE, last):
        hand_on(space, edges[edge, FROM_A], target, count, False)


@inner
def concatenate(space: Array, edges: Array, first: Index, last: Index, target: Index, rows: Index) -> None:
    """a = [a₁, a₂, …]."""
    for edge in range(first, last):
        count = edges[edge, FROM_UNITS] * rows
        copy(space, edges[edge, FROM_A], target, count)
        target += count


@inner
def split(
    space: Array, edges: Array, first: Index, last: Index, delta: Index, rows: Index, step: Index
) -> None:  # fmt: skip
    """Hand ∂L/∂a on to every wire's source: all of it to each with a ``step`` of 0, its own part with 1."""
    for edge in range(first, last):
        count = edges[edge, FROM_UNITS] * rows
        if edges[edge, WANTED]:
            hand_on(space, delta, edges[edge, FROM_DELTA], count, edges[edge, FRESH])
        delta += step * count


@reordered
def _sum(space: Array, start: Index, count: Index) -> Number:
    total = space.dtype.type(0.0)
    for k in range(start, start + count):
        total += space[k]
    return total


@reordered
def _squares(space: Array, start: Index, count: Index, mean: float) -> Number:
    """Σ (x − mean)²."""
    total = 0.0
    for k in range(start, start + count):
        d = space[k] - mean
        total += d * d
    return total


@inner
def batch_norm(
    space: Array, x: Index, a: Index, normal: Index, inverses: Index, gamma: Index, beta: Index,
    buffers: Index, new_buffers: Index, units: Index, rows: Index, epsilon: float, momentum: float, training: bool,
) -> None:  # fmt: skip
    """a = γ (x − μ) ÷ √(σ² + ε) + β by the batch's own statistics, which move the running ones, or by those."""
    size = float(rows)
    for j in range(units):
        start = x + j * rows
        mean, variance = space[buffers + j], space[buffers + units + j]
        old_mean, old_variance = mean, variance
        if training and rows > _ONE:
            mean = _sum(space, start, rows) / size
            variance = _squares(space, start, rows, mean) / size
            old_mean += momentum * (mean - old_mean)
            old_variance += momentum * (variance * size / (size - 1.0) - old_variance)
        if training:
            space[new_buffers + j] = old_mean
            space[new_buffers + units + j] = old_variance
        inverse, scale, shift = 1.0 / np.sqrt(variance + epsilon), space[gamma + j], space[beta + j]
        space[inverses + j] = inverse
        to, out = normal + j * rows, a + j * rows
        for n in range(rows):
            v = (space[start + n] - mean) * inverse
            space[to + n] = v
            space[out + n] = scale * v + shift


@inner
def batch_norm_back(
    space: Array, delta: Index, normal: Index, inverses: Index, gamma: Index, to_gamma: Index, to_beta: Index,
    units: Index, rows: Index, training: bool,
) -> None:  # fmt: skip
    """∂L/∂γ, ∂L/∂β and, in place, ∂L/∂x."""
    size = float(rows)
    for j in range(units):
        e, v = delta + j * rows, normal + j * rows
        along, total = long_dot(space, e, v, rows), _sum(space, e, rows)
        space[to_gamma + j], space[to_beta + j] = along, total
        scale = space[gamma + j] * space[inverses + j]
        if training and rows > _ONE:
            mean, slope = total / size, along / size
            for n in range(rows):
                space[e + n] = (space[e + n] - mean - space[v + n] * slope) * scale
        else:
            for n in range(rows):
                space[e + n] *= scale


@inner
def layer_norm(
    space: Array, x: Index, a: Index, normal: Index, extra: Index, gamma: Index, beta: Index,
    units: Index, rows: Index, epsilon: float,
) -> None:  # fmt: skip
    """a = γ (x − μ) ÷ √(σ² + ε) + β, with μ and σ² over each row's units; ``extra`` keeps 1 ÷ √(σ² + ε), then μ."""
    size, means = float(units), extra + rows
    for n in range(rows):
        space[extra + n], space[means + n] = 0.0, 0.0
    for j in range(units):
        for n in range(rows):
            space[means + n] += space[x + j * rows + n]
    for n in range(rows):
        space[means + n] /= size
    for j in range(units):
        for n in range(rows):
            d = space[x + j * rows + n] - space[means + n]
            space[normal + j * rows + n] = d
            space[extra + n] += d * d
    for n in range(rows):
        space[extra + n] = 1.0 / np.sqrt(space[extra + n] / size + epsilon)
    for j in range(units):
        scale, shift = space[gamma + j], space[beta + j]
        for n in range(rows):
            v = space[normal + j * rows + n] * space[extra + n]
            space[normal + j * rows + n] = v
            space[a + j * rows + n] = scale * v + shift


@inner
def layer_norm_back(
    space: Array, delta: Index, normal: Index, extra: Index, gamma: Index, to_gamma: Index, to_beta: Index,
    units: Index, rows: Index,
) -> None:  # fmt: skip
    """∂L/∂γ, ∂L/∂β and, in place, ∂L/∂x."""
    size, means, slopes = float(units), extra + rows, extra + rows + rows
    for n in range(rows):
        space[means + n], space[slopes + n] = 0.0, 0.0
    for j in range(units):
        e, v, scale = delta + j * rows, normal + j * rows, space[gamma + j]
        space[to_gamma + j], space[to_beta + j] = long_dot(space, e, v, rows), _sum(space, e, rows)
        for n in range(rows):
            space[e + n] *= scale
        for n in range(rows):
            space[means + n] += space[e + n]
        for n in range(rows):
            space[slopes + n] += space[e + n] * space[v + n]
    for j in range(units):
        e, v = delta + j * rows, normal + j * rows
        for n in range(rows):
            centred = space[e + n] - space[means + n] / size - space[v + n] * (space[slopes + n] / size)
            space[e + n] = centred * space[extra + n]
