"""The one seeded stream of shuffles: which rows each batch takes, the same whichever backend trains."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.hyperparameters import Leftover

Indices = NDArray[np.int64]

_COMPILED = "engine.network.numba_backend"

EPOCHS_A_BLOCK = 64
"""Shuffles are drawn for so many epochs at once: a generator costs more to make than 250 rows to shuffle."""


@lru_cache(maxsize=16)
def batch_offsets(rows: int, batch_size: int, leftover: Leftover = "batch") -> Indices:
    """Borders of the first epoch's batches, (steps + 1,), read-only. A leftover batch of one joins the batch before it;
    leftover rows that are carried are in none of them."""
    size = min(batch_size, rows)
    if leftover == "carry":
        borders = np.arange(0, rows + 1, size, dtype=np.int64)
    else:
        alone = batch_size > 1 and rows > size and rows % size == 1
        borders = np.append(np.arange(0, rows - alone, size, dtype=np.int64), rows)
    borders.setflags(write=False)
    return borders


@lru_cache(maxsize=4)
def _shuffled_block(rows: int, seed: int, block: int) -> Indices:
    epochs, key = max(1, min(EPOCHS_A_BLOCK, 4_000_000 // rows)), (seed & (2**64 - 1), 0x5EED)
    shuffled: Indices
    if _COMPILED in sys.modules:  # where the kernels train anyway, they shuffle too, to the same numbers
        from engine.network.kernels.shuffles import shuffled_rows

        shuffled = shuffled_rows(rows, epochs, key, block)
    else:
        # Word 0 of the counter is the one Philox counts in: a block named there would be the last one, a few draws on.
        stream = np.random.Generator(np.random.Philox(key=key, counter=[0, 0, 0, block]))
        shuffled = stream.permuted(np.tile(np.arange(rows, dtype=np.int64), (epochs, 1)), axis=1)
    shuffled.setflags(write=False)
    return shuffled


def epoch_order(rows: int, seed: int, epoch: int, shuffle: bool) -> Indices:
    """The rows of one epoch in the order they are seen, (rows,)."""
    return _order(rows, seed, epoch, epoch, shuffle)


def _order(rows: int, seed: int, first: int, last: int, shuffle: bool) -> Indices:
    """The rows of the epochs ``first`` … ``last``, one epoch after the other."""
    if not shuffle:
        return np.tile(np.arange(rows, dtype=np.int64), last - first + 1)
    epochs = max(1, min(EPOCHS_A_BLOCK, 4_000_000 // rows))
    parts = []
    for block in range(first // epochs, last // epochs + 1):
        start = block * epochs
        parts.append(_shuffled_block(rows, seed, block)[max(first - start, 0) : last - start + 1].reshape(-1))
    return np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class Batches:
    """Some consecutive steps: rows ``order[offsets[s]:offsets[s+1]]`` are step s's batch."""

    order: Indices
    offsets: Indices


def batches(
    rows: int,
    batch_size: int,
    seed: int,
    shuffle: bool,
    first_step: int,
    count: int,
    leftover: Leftover = "batch",
) -> Batches:
    """The batches of steps ``first_step`` … ``first_step + count − 1`` of a run, across epochs.

    Rows that are carried wait as rows: as no update lies in between, their gradient is what it would have been.
    """
    offsets = batch_offsets(rows, batch_size, leftover)
    steps = len(offsets) - 1
    before = (first_step - 1) // steps  # the epoch of the step before the first
    every = np.arange(before, (first_step + count - 1) // steps + 1) * rows
    ends = (every[:, None] + offsets[1:]).reshape(-1)  # of all the steps of those epochs
    borders = ends[first_step - 1 - before * steps :][: count + 1]
    borders[0] = max(borders[0], 0)  # a run's first step begins at 0
    first_epoch, last_epoch = int(borders[0]) // rows, (int(borders[-1]) - 1) // rows
    order = _order(rows, seed, first_epoch, last_epoch, shuffle)
    chosen = borders - first_epoch * rows
    return Batches(order[chosen[0] : chosen[-1]], (chosen - chosen[0]).astype(np.int64))
