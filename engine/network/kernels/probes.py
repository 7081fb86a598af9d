"""What is recorded at every step: norms of gradients, error signals and updates, and histograms of z."""

from __future__ import annotations

import numpy as np

from engine.network.contract import HISTOGRAM_BINS, HISTOGRAM_RANGE
from engine.network.kernels.layout import (
    BIAS,
    BIASED,
    DELTA,
    GRADIENT,
    INPUTS,
    RECIPROCALS,
    UNITS,
    WEIGHT,
    Z,
)
from engine.network.kernels.options import Array, Index, Number, exact, reordered

LOWEST = HISTOGRAM_RANGE[0]
BINS_PER_UNIT = HISTOGRAM_BINS / (HISTOGRAM_RANGE[1] - HISTOGRAM_RANGE[0])
LAST_BIN = float(HISTOGRAM_BINS - 1)
TURNS = 4
"""Histograms that the counts are spread over."""

_THREE = np.uint64(TURNS - 1)

WEIGHT_NORM, BIAS_NORM, DELTA_NORM, UPDATE_NORM = range(4)
"""First index of the (4, steps, layers) norms."""


@reordered
def norm(space: Array, start: Index, count: Index) -> Number:
    """Root of the sum of squares."""
    total = 0.0
    for k in range(start, start + count):
        total += space[k] * space[k]
    return float(np.sqrt(total))


@reordered
def _delta_norm(space: Array, delta: Index, reciprocals: Index, units: Index, rows: Index) -> Number:
    """Root of the batch mean of ‖δᵢ‖², where row i of the area holds share · δᵢ."""
    total = 0.0
    for j in range(units):
        for n in range(rows):
            d = space[delta + j * rows + n]
            total += d * d * space[reciprocals + n]
    return float(np.sqrt(total))


@exact
def _count_bins(space: Array, z: Index, scratch: Index, count: Index, histograms: Array) -> None:
    """Bins first, in a loop that is vectorised and so takes no branch on where a z lies; then the counts.

    They go into four histograms in turn: in a single one, equal neighbours would wait for each other.
    """
    for k in range(count):
        place = (space[z + k] - LOWEST) * BINS_PER_UNIT
        place = 0.0 if place < 0.0 else place
        space[scratch + k] = LAST_BIN if place > LAST_BIN else place
    for k in range(count):
        histograms[k & _THREE, np.uint64(np.int32(space[scratch + k]))] += 1


@exact
def record(
    space: Array, layers: Array, areas: Array, weighted: bool, rows: Index, step: Index, norms: Array, bins: Array
) -> None:
    """Norms and histograms of one step's pass, before its update; the gradient is the data loss's alone."""
    gradient = areas[GRADIENT]
    for layer in range(layers.shape[0]):
        units = layers[layer, UNITS]
        norms[WEIGHT_NORM, step, layer] = norm(space, gradient + layers[layer, WEIGHT], units * layers[layer, INPUTS])
        if layers[layer, BIASED]:
            norms[BIAS_NORM, step, layer] = norm(space, gradient + layers[layer, BIAS], units)
        delta = layers[layer, DELTA]
        if weighted:
            norms[DELTA_NORM, step, layer] = _delta_norm(space, delta, areas[RECIPROCALS], units, rows)
        else:  # the same, with 1/rows for every share
            norms[DELTA_NORM, step, layer] = np.sqrt(float(rows)) * norm(space, delta, units * rows)
        _count_bins(space, layers[layer, Z], delta, units * rows, bins[layer])  # δ is not needed any more


@reordered
def record_update(space: Array, layers: Array, theta: Index, new_theta: Index, step: Index, norms: Array) -> None:
    """‖ΔW‖ ÷ ‖W‖ of every layer, 0 where ‖W‖ is."""
    for layer in range(layers.shape[0]):
        start = layers[layer, WEIGHT]
        change, size = 0.0, 0.0
        for k in range(start, start + layers[layer, UNITS] * layers[layer, INPUTS]):
            w = space[theta + k]
            d = space[new_theta + k] - w
            change += d * d
            size += w * w
        norms[UPDATE_NORM, step, layer] = np.sqrt(change) / np.sqrt(size) if size > 0.0 else 0.0
