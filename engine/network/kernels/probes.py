"""What is recorded at every step: norms of gradients, error signals and updates.

All sums are float64, and so is every number that is squared: what float32 holds may have a square that it does not.
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.layout import (
    BIAS,
    BIASED,
    DELTA,
    GRADIENT,
    INPUTS,
    RECIPROCALS,
    UNITS,
    WEIGHT,
)
from engine.network.kernels.options import Array, Index, Number, inner, reordered
from engine.network.kernels.vectors import lanes, load, root, store

WEIGHT_NORM, BIAS_NORM, DELTA_NORM, UPDATE_NORM = range(4)
"""First index of the (4, steps, layers) norms. What is written step by step are their squares: a root takes as long as
the sum of a small layer, and :func:`take_roots` of all of a run's, after it, a tenth of that."""

_ZERO = np.uint64(0)


@reordered
def _squares(space: Array, start: Index, count: Index) -> Number:
    """Σ x²."""
    total = 0.0
    for k in range(start, start + count):
        x = np.float64(space[k])
        total += x * x
    return total


@reordered
def _weighted_squares(space: Array, delta: Index, reciprocals: Index, units: Index, rows: Index) -> Number:
    """The batch mean of ‖δᵢ‖², where row i of the area holds share · δᵢ."""
    total = 0.0
    for j in range(units):
        for n in range(rows):
            d = np.float64(space[delta + j * rows + n])
            total += d * d * space[reciprocals + n]
    return total


@inner
def record(space: Array, layers: Array, areas: Array, weighted: bool, rows: Index, step: Index, norms: Array) -> None:
    """The squares of the norms of one step's pass, before its update; the gradient is the data loss's alone."""
    gradient = areas[GRADIENT]
    for layer in range(layers.shape[0]):
        units = layers[layer, UNITS]
        norms[WEIGHT_NORM, step, layer] = _squares(
            space, gradient + layers[layer, WEIGHT], units * layers[layer, INPUTS]
        )
        biases = units if layers[layer, BIASED] else _ZERO
        norms[BIAS_NORM, step, layer] = _squares(space, gradient + layers[layer, BIAS], biases)
        delta = layers[layer, DELTA]
        if weighted:
            norms[DELTA_NORM, step, layer] = _weighted_squares(space, delta, areas[RECIPROCALS], units, rows)
        else:  # the same, with 1/rows for every share
            norms[DELTA_NORM, step, layer] = float(rows) * _squares(space, delta, units * rows)


@reordered
def record_update(space: Array, layers: Array, theta: Index, new_theta: Index, step: Index, norms: Array) -> None:
    """(‖ΔW‖ ÷ ‖W‖)² of every layer, 0 where ‖W‖ is."""
    for layer in range(layers.shape[0]):
        start = layers[layer, WEIGHT]
        change, size = 0.0, 0.0
        for k in range(start, start + layers[layer, UNITS] * layers[layer, INPUTS]):
            w = np.float64(space[theta + k])
            d = np.float64(space[new_theta + k]) - w
            change += d * d
            size += w * w
        norms[UPDATE_NORM, step, layer] = change / size if size > 0.0 else 0.0


@inner
def take_roots(squares: Array) -> None:
    """Of whole vectors, in place."""
    for k in range(_ZERO, np.uint64(squares.size), lanes(squares)):
        store(squares, k, root(load(squares, k)))
