"""One row through a chain of layers, forward and back.

The numbers are those that :mod:`~engine.network.kernels.passes` finds, at less than half the cost for a small network:
a layer's z and δ stay in vectors from one operation to the next, for a vector read from where numbers were just written
one by one waits until all of them have arrived; and loops that are done a few times are left as they stand.
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.activations import IDENTITY, error_of, value_of
from engine.network.kernels.affine import dot
from engine.network.kernels.layout import (
    ACTIVATION,
    BIAS,
    BIASED,
    COUNT,
    DELTA,
    FIRST_CONSTANT,
    GRADIENT,
    INPUTS,
    LOSS,
    SOURCE,
    TARGETS,
    UNITS,
    WEIGHT,
    A,
    Z,
)
from engine.network.kernels.losses import SQUARED
from engine.network.kernels.options import Array, Index, Number, inner
from engine.network.kernels.vectors import everywhere, lanes, load, onward, put, spread, store

_ZERO, _ONE, _BACK = np.uint64(0), np.uint64(1), np.uint64(2**64 - 1)


@inner
def _weighted_sums(
    space: Array, weight: Index, bias: Index, biased: Index, source: Index, inputs: Index, count: Index
) -> Number:
    """z of as many units as a vector holds, or of the last ``count``, whose other lanes are 0."""
    z, j = spread(space, 0.0), _ZERO
    while j < count:
        b = space[bias + j] if biased else space.dtype.type(0.0)
        z = put(z, j, b + dot(space, weight + j * inputs, source, inputs))
        j = onward(j, _ONE)
    return z


@inner
def row_forward(space: Array, nodes: Array, constants: Array, theta: Index) -> Number:
    """z and a of every layer; returns whether those and the inputs are finite."""
    by, source, start = lanes(space), nodes[0, A], _ZERO
    fine = abs(load(space, source)) < np.inf
    while start < nodes[0, UNITS]:
        fine = fine & (abs(load(space, source + start)) < np.inf)
        start = onward(start, by)
    k = _ONE
    while k < np.uint64(nodes.shape[0]):
        units, inputs, source, biased = nodes[k, UNITS], nodes[k, INPUTS], nodes[k, SOURCE], nodes[k, BIASED]
        weight, bias, start = theta + nodes[k, WEIGHT], theta + nodes[k, BIAS], _ZERO
        while start < units:
            count = min(by, units - start)
            z = _weighted_sums(space, weight + start * inputs, bias + start, biased, source, inputs, count)
            a = value_of(nodes[k, ACTIVATION], constants[k, FIRST_CONSTANT], z)
            store(space, nodes[k, Z] + start, z)
            store(space, nodes[k, A] + start, a)
            fine = fine & (abs(z) < np.inf) & (abs(a) < np.inf)
            start = onward(start, by)
        k = onward(k, _ONE)
    return everywhere(fine)


@inner
def row_backward(space: Array, nodes: Array, constants: Array, areas: Array, theta: Index) -> None:
    """δ of every layer and ∂L/∂θ."""
    last, gradient = np.uint64(nodes.shape[0]) - _ONE, areas[GRADIENT]
    k = last
    while k > _ZERO:
        _deltas(space, nodes, constants, areas, theta, k)
        k = onward(k, _BACK)
    k = _ONE
    while k <= last:
        _gradients(space, nodes, gradient, k)
        k = onward(k, _ONE)
    store(space, gradient + nodes[last, WEIGHT] + nodes[last, COUNT], 0.0)


@inner
def _deltas(space: Array, nodes: Array, constants: Array, areas: Array, theta: Index, k: Index) -> None:
    """δ of layer k, from the output's error or the δ of the layer after it."""
    by, after, start = lanes(space), k + _ONE, _ZERO
    ends, units, to_z, to_a, delta = (
        after == np.uint64(nodes.shape[0]),
        nodes[k, UNITS],
        nodes[k, Z],
        nodes[k, A],
        nodes[k, DELTA],
    )
    code = IDENTITY if ends and areas[LOSS] != SQUARED else nodes[k, ACTIVATION]
    while start < units:
        z, a = load(space, to_z + start), load(space, to_a + start)
        if ends:
            e = a - load(space, areas[TARGETS] + start)
        else:
            e = _handed_back(
                space, theta + nodes[after, WEIGHT] + start, nodes[after, DELTA], nodes[after, UNITS], units
            )
        store(space, delta + start, error_of(code, constants[k, FIRST_CONSTANT], e, z, a))
        start = onward(start, by)


@inner
def _handed_back(space: Array, weight: Index, delta: Index, units: Index, inputs: Index) -> Number:
    """∂L/∂a of a vector of a layer's units, Wᵀ δ of the layer after it."""
    e, j = load(space, weight) * space[delta], _ONE
    while j < units:
        weight += inputs
        e = e + load(space, weight) * space[delta + j]
        j = onward(j, _ONE)
    return e


@inner
def _gradients(space: Array, nodes: Array, gradient: Index, k: Index) -> None:
    """∂L/∂W = δ aᵀ and ∂L/∂b = δ of layer k, in whole vectors: what hangs over the end of a row is written over by the
    next one, the bias or the next layer, and behind the last is room for it."""
    by, units, inputs = lanes(space), nodes[k, UNITS], nodes[k, INPUTS]
    delta, source, to, j = nodes[k, DELTA], nodes[k, SOURCE], gradient + nodes[k, WEIGHT], _ZERO
    while j < units:
        d, start = space[delta + j], _ZERO
        while start < inputs:
            store(space, to + start, d * load(space, source + start))
            start = onward(start, by)
        to += inputs
        j = onward(j, _ONE)
    if nodes[k, BIASED]:
        start = _ZERO
        while start < units:
            store(space, gradient + nodes[k, BIAS] + start, load(space, delta + start))
            start = onward(start, by)
