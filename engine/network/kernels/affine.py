"""Products of a weight matrix and a batch, by loops where they are small and by BLAS where it pays for its call.

W is (units, inputs) at ``weight`` of the workspace; a batch is (units, rows).
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.options import Array, Index, exact, reordered

BLAS_FROM = np.uint64(4096)
"""Multiplications from which on a call of BLAS is cheaper than our loops."""

_ZERO, _ONE, _TWO, _THREE, _FOUR = (np.uint64(k) for k in range(5))


@reordered
def multiply(
    space: Array, weight: Index, across: Index, down: Index, source: Index, target: Index,
    inputs: Index, units: Index, rows: Index,
) -> None:  # fmt: skip
    """y = M x by loops: M[j, i] lies at ``weight + j·down + i·across``, x at ``source`` and y at ``target``.

    Four rows at a time, whose sums do not wait for each other and stay in registers.
    """
    blocked = rows - rows % _FOUR
    for j in range(units):
        first = weight + j * down
        for n in range(_ZERO, blocked, _FOUR):
            s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
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
        for n in range(blocked, rows):
            total = 0.0
            for i in range(inputs):
                total += space[first + i * across] * space[source + i * rows + n]
            space[target + j * rows + n] = total


@exact
def matrix(space: Array, start: Index, height: Index, width: Index) -> Array:
    """(height, width) of the workspace as a matrix, for BLAS."""
    return space[start : start + height * width].reshape((np.int64(height), np.int64(width)))


@exact
def forward(
    space: Array, weight: Index, bias: Index, has_bias: Index, source: Index, z: Index,
    inputs: Index, units: Index, rows: Index,
) -> None:  # fmt: skip
    """z = W a + b."""
    if inputs * units * rows < BLAS_FROM:
        multiply(space, weight, _ONE, inputs, source, z, inputs, units, rows)
    else:
        np.dot(matrix(space, weight, units, inputs), matrix(space, source, inputs, rows), matrix(space, z, units, rows))
    if has_bias:
        for j in range(units):
            b = space[bias + j]
            for k in range(z + j * rows, z + (j + _ONE) * rows):
                space[k] += b


@exact
def backward(
    space: Array, weight: Index, delta: Index, upstream: Index, inputs: Index, units: Index, rows: Index
) -> None:
    """∂L/∂a of the layer before, Wᵀ δ."""
    if inputs * units * rows < BLAS_FROM:
        multiply(space, weight, inputs, _ONE, delta, upstream, units, inputs, rows)
    else:
        np.dot(
            matrix(space, weight, units, inputs).T,
            matrix(space, delta, units, rows),
            matrix(space, upstream, inputs, rows),
        )


@reordered
def weight_gradient(
    space: Array, delta: Index, source: Index, gradient: Index, inputs: Index, units: Index, rows: Index
) -> None:
    """∂L/∂W = δ aᵀ, (units, inputs)."""
    if inputs * units * rows >= BLAS_FROM:
        np.dot(
            matrix(space, delta, units, rows),
            matrix(space, source, inputs, rows).T,
            matrix(space, gradient, units, inputs),
        )
        return
    for j in range(units):
        for i in range(inputs):
            total = 0.0
            for n in range(rows):
                total += space[delta + j * rows + n] * space[source + i * rows + n]
            space[gradient + j * inputs + i] = total


@reordered
def bias_gradient(space: Array, delta: Index, gradient: Index, units: Index, rows: Index) -> None:
    """∂L/∂b = Σ δ over the rows, (units,)."""
    for j in range(units):
        total = 0.0
        for n in range(rows):
            total += space[delta + j * rows + n]
        space[gradient + j] = total
