"""Products of a weight matrix and a batch, by loops where they are small and by BLAS where it pays for its call.

W is (units, inputs) at ``weight`` of the workspace; a batch is (units, rows).
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.options import Array, Index, Number, inner, reordered, with_views
from engine.network.kernels.vectors import lanes, load, onward, store, store_first

BLAS_FROM = np.uint64(4096)
"""Multiplications from which on a call of BLAS is cheaper than our loops."""

_SHORT = np.uint64(16)
_ZERO, _ONE, _TWO, _THREE, _FOUR = (np.uint64(k) for k in range(5))


@reordered
def multiply(
    space: Array, weight: Index, across: Index, down: Index, source: Index, bias: Index, has_bias: Index,
    target: Index, inputs: Index, units: Index, rows: Index,
) -> None:  # fmt: skip
    """y = M x + b by loops: M[j, i] lies at ``weight + j·down + i·across``, x at ``source`` and y at ``target``.

    Four rows at a time, whose sums do not wait for each other and stay in registers. The last four may overlap those
    before, which are then worked out twice, to the same numbers.
    """
    nought = space.dtype.type(0.0)
    for j in range(units):
        first = weight + j * down
        b = space[bias + j] if has_bias else nought
        if rows < _FOUR:
            for n in range(rows):
                total = nought
                for i in range(inputs):
                    total += space[first + i * across] * space[source + i * rows + n]
                space[target + j * rows + n] = total + b
            continue
        for start in range(_ZERO, rows, _FOUR):
            n = min(start, rows - _FOUR)
            s0, s1, s2, s3 = b, b, b, b
            for i in range(inputs):
                w = space[first + i * across]
                k = source + i * rows + n
                s0 += w * space[k]
                s1 += w * space[k + _ONE]
                s2 += w * space[k + _TWO]
                s3 += w * space[k + _THREE]
            k = target + j * rows + n
            space[k] = s0
            space[k + _ONE] = s1
            space[k + _TWO] = s2
            space[k + _THREE] = s3


@inner
def dot(space: Array, one: Index, other: Index, count: Index) -> Number:
    """Σ xᵢ yᵢ. Few of them are done before a vectorised loop would have begun."""
    if count > _SHORT:
        return long_dot(space, one, other, count)
    total, k = space.dtype.type(0.0), _ZERO
    while k < count:
        total += space[one + k] * space[other + k]
        k = onward(k, _ONE)
    return total


@reordered
def long_dot(space: Array, one: Index, other: Index, count: Index) -> Number:
    """Σ xᵢ yᵢ of many, in whatever order is quickest."""
    total = space.dtype.type(0.0)
    for k in range(count):
        total += space[one + k] * space[other + k]
    return total


@with_views
def matrix(space: Array, start: Index, height: Index, width: Index) -> Array:
    """(height, width) of the workspace as a matrix, for BLAS."""
    return space[start : start + height * width].reshape((np.int64(height), np.int64(width)))


@with_views
def _multiply_by_blas(
    space: Array, weight: Index, source: Index, z: Index, inputs: Index, units: Index, rows: Index
) -> None:
    """W a."""
    np.dot(matrix(space, weight, units, inputs), matrix(space, source, inputs, rows), matrix(space, z, units, rows))


@with_views
def _multiply_back_by_blas(
    space: Array, weight: Index, delta: Index, upstream: Index, inputs: Index, units: Index, rows: Index
) -> None:
    """Wᵀ δ."""
    to = matrix(space, upstream, inputs, rows)
    np.dot(matrix(space, weight, units, inputs).T, matrix(space, delta, units, rows), to)


@with_views
def _gradients_by_blas(
    space: Array, delta: Index, source: Index, weight: Index, inputs: Index, units: Index, rows: Index
) -> None:
    """δ aᵀ."""
    to = matrix(space, weight, units, inputs)
    np.dot(matrix(space, delta, units, rows), matrix(space, source, inputs, rows).T, to)


@inner
def forward(
    space: Array, weight: Index, bias: Index, has_bias: Index, source: Index, z: Index,
    inputs: Index, units: Index, rows: Index,
) -> None:  # fmt: skip
    """z = W a + b."""
    if rows == _ONE and inputs * units < BLAS_FROM:
        for j in range(units):
            b = space[bias + j] if has_bias else space.dtype.type(0.0)
            space[z + j] = b + dot(space, weight + j * inputs, source, inputs)
        return
    if inputs * units * rows < BLAS_FROM:
        multiply(space, weight, _ONE, inputs, source, bias, has_bias, z, inputs, units, rows)
        return
    _multiply_by_blas(space, weight, source, z, inputs, units, rows)
    if has_bias:
        for j in range(units):
            b = space[bias + j]
            for k in range(z + j * rows, z + (j + _ONE) * rows):
                space[k] += b


@inner
def backward(
    space: Array, weight: Index, delta: Index, upstream: Index, inputs: Index, units: Index, rows: Index
) -> None:
    """∂L/∂a of the layer before, Wᵀ δ."""
    if rows == _ONE and inputs * units < BLAS_FROM:
        for i in range(_ZERO, inputs, lanes(space)):
            total = load(space, weight + i) * space[delta]
            for j in range(_ONE, units):
                total = total + load(space, weight + j * inputs + i) * space[delta + j]
            store(space, upstream + i, total)
        return
    if inputs * units * rows < BLAS_FROM:
        multiply(space, weight, inputs, _ONE, delta, _ZERO, _ZERO, upstream, units, inputs, rows)
    else:
        _multiply_back_by_blas(space, weight, delta, upstream, inputs, units, rows)


@inner
def gradients(
    space: Array, delta: Index, source: Index, weight: Index, bias: Index, has_bias: Index,
    inputs: Index, units: Index, rows: Index,
) -> None:  # fmt: skip
    """∂L/∂W = δ aᵀ, (units, inputs), and ∂L/∂b = Σ δ over the rows, (units,)."""
    if rows == _ONE and inputs * units < BLAS_FROM:
        for j in range(units):
            d, first = space[delta + j], weight + j * inputs
            for i in range(_ZERO, inputs, lanes(space)):
                store_first(space, first + i, d * load(space, source + i), inputs - i)
            if has_bias:
                space[bias + j] = d
        return
    if inputs * units * rows < BLAS_FROM:
        for j in range(units):
            total = _gradient_row(space, delta + j * rows, source, weight + j * inputs, inputs, rows)
            if has_bias:
                space[bias + j] = total
        return
    _gradients_by_blas(space, delta, source, weight, inputs, units, rows)
    if has_bias:
        for j in range(units):
            space[bias + j] = _sum(space, delta + j * rows, rows)


@reordered
def _gradient_row(space: Array, delta: Index, source: Index, weight: Index, inputs: Index, rows: Index) -> Number:
    """One unit's row of ∂L/∂W, four sums at a time, the last of them perhaps the same one; returns Σ δ."""
    last, nought = source + (inputs - _ONE) * rows, space.dtype.type(0.0)
    total = nought
    for i in range(_ZERO, inputs, _FOUR):
        a = source + i * rows
        b, c, d = min(a + rows, last), min(a + _TWO * rows, last), min(a + _THREE * rows, last)
        s0, s1, s2, s3, total = nought, nought, nought, nought, nought
        for n in range(rows):
            e = space[delta + n]
            s0 += e * space[a + n]
            s1 += e * space[b + n]
            s2 += e * space[c + n]
            s3 += e * space[d + n]
            total += e
        space[weight + i] = s0
        space[weight + min(i + _ONE, inputs - _ONE)] = s1
        space[weight + min(i + _TWO, inputs - _ONE)] = s2
        space[weight + min(i + _THREE, inputs - _ONE)] = s3
    return total


@reordered
def _sum(space: Array, start: Index, count: Index) -> Number:
    total = space.dtype.type(0.0)
    for k in range(start, start + count):
        total += space[k]
    return total
