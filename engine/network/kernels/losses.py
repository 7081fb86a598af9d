"""The losses over a batch: its mean, and the error of the output that starts the backward pass."""

from __future__ import annotations

import math

import numpy as np

from engine.network.kernels.functions import exp
from engine.network.kernels.layout import LOSS_CODES
from engine.network.kernels.options import Array, Index, Number, inner

SQUARED, BINARY = LOSS_CODES["squared_error"], LOSS_CODES["binary_cross_entropy"]
_ZERO, _ONE = np.uint64(0), np.uint64(1)


@inner
def mean_loss(
    code: Index, space: Array, z: Index, a: Index, target: Index, share: Index, units: Index, rows: Index
) -> Number:
    """Σ shareₙ Lₙ over the rows; the cross-entropies are taken from z, as :mod:`engine.losses` explains."""
    total = 0.0
    for n in range(rows):
        sample = 0.0
        if code == SQUARED:
            for j in range(units):
                error = space[a + j * rows + n] - space[target + j * rows + n]
                sample += 0.5 * error * error
        elif code == BINARY:
            for j in range(units):
                v = float(space[z + j * rows + n])
                softened = math.log1p(exp(-abs(v)))
                sample += (0.0 if v < 0.0 else v) - v * space[target + j * rows + n] + softened
        else:
            sample = _softmax_loss(space, z + n, target + n, units, rows)
        total += space[share + n] * sample
    return total


@inner
def _softmax_loss(space: Array, z: Index, target: Index, units: Index, rows: Index) -> Number:
    """Σ tₖ (ln Σⱼ e^zⱼ − zₖ) of one row, the largest z taken out."""
    largest = space[z]
    for j in range(_ONE, units):
        v = space[z + j * rows]
        largest = largest if v <= largest else v
    total = 0.0
    for j in range(units):
        total += exp(float(space[z + j * rows] - largest))
    log_total = math.log(total)
    loss = 0.0
    for j in range(units):
        loss += space[target + j * rows] * (log_total - (space[z + j * rows] - largest))
    return loss


@inner
def output_error(space: Array, a: Index, target: Index, share: Index, delta: Index, units: Index, rows: Index) -> None:
    """(a − t) ⊙ share: ∂L/∂a of the mean squared error, and ∂L/∂z of both mean cross-entropies."""
    for j in range(units):
        for n in range(rows):
            k = j * rows + n
            space[delta + k] = (space[a + k] - space[target + k]) * space[share + n]
