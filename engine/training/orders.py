"""The one seeded stream of shuffles: which rows each batch takes, the same whichever backend trains."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.hyperparameters import Leftover
from engine.schedules import forget_rates

if TYPE_CHECKING:
    from engine.network.spare import Spare

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


def epochs_a_block(rows: int) -> int:
    """How many epochs of so many rows are shuffled by one stream of numbers."""
    return max(1, min(EPOCHS_A_BLOCK, 4_000_000 // rows))


class _Shuffles:
    """The shuffled epochs of one seed, drawn in stretches; the latest stretch is kept, for runs go on from there."""

    def __init__(self, rows: int, seed: int) -> None:
        self._rows, self._key, self._a_block = rows, (seed & (2**64 - 1), 0x5EED), epochs_a_block(rows)
        self._latest: tuple[int, Indices] = (0, np.zeros(0, dtype=np.int64))  # exchanged at once: threads may share it

    def epochs(self, first: int, last: int) -> Indices:
        """The rows of the epochs ``first`` … ``last``, one epoch after the other; read-only."""
        a_block, size = self._a_block, self._a_block * self._rows
        begin, end = first // a_block, last // a_block + 1
        start, orders = self._latest
        if not start <= begin or end > start + len(orders) // size:
            kept = orders[(begin - start) * size :] if begin >= start else orders[:0]
            orders = _spare().empty((end - begin) * size, np.int64)
            orders[: len(kept)] = kept
            self._draw(orders[len(kept) :], begin + len(kept) // size)
            orders.setflags(write=False)
            start = begin
            self._latest = start, orders
        return orders[(first - start * a_block) * self._rows : (last + 1 - start * a_block) * self._rows]

    def _draw(self, orders: Indices, block: int) -> None:
        """Fill ``orders`` with the shuffles of the blocks from this one on."""
        if _COMPILED in sys.modules:  # where the kernels train anyway, they shuffle too, to the same numbers
            from engine.network.kernels.shuffles import shuffle_blocks

            shuffle_blocks(orders, self._rows, self._a_block, self._key, block)
            return
        for number, part in enumerate(orders.reshape(-1, self._a_block, self._rows), block):
            # Word 0 of the counter is the one Philox counts in: a block named there would be the last, a few draws on.
            stream = np.random.Generator(np.random.Philox(key=self._key, counter=[0, 0, 0, number]))
            part[...] = np.arange(self._rows)
            stream.permuted(part, axis=1, out=part)


_shuffles = lru_cache(maxsize=2)(_Shuffles)


@lru_cache(maxsize=1)
def _spare() -> Spare:
    """Memory for the latest stretch of a run and the one before it."""
    from engine.network.spare import Spare  # not before the first frame

    return Spare(2)


def forget_stretches() -> None:
    """Keep no stretch of any run, until it is asked for again: of a small network that trains fast the shuffles are ten
    megabytes for each of the latest seeds, the batches' borders and rates up to two for each of the latest networks."""
    _shuffles.cache_clear()
    _borders.cache_clear()
    forget_rates()


def epoch_order(rows: int, seed: int, epoch: int, shuffle: bool) -> Indices:
    """The rows of one epoch in the order they are seen, (rows,)."""
    return _order(rows, seed, epoch, epoch, shuffle)


def _order(rows: int, seed: int, first: int, last: int, shuffle: bool) -> Indices:
    """The rows of the epochs ``first`` … ``last``, one epoch after the other."""
    if not shuffle:
        return np.tile(np.arange(rows, dtype=np.int64), last - first + 1)
    return _shuffles(rows, seed).epochs(first, last)


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
    steps = len(batch_offsets(rows, batch_size, leftover)) - 1
    epoch, place = divmod(first_step, steps)
    epochs = 1 << ((place + count) // steps).bit_length()
    borders = _borders(rows, batch_size, leftover, epochs)[place : place + count + 1]
    if not first_step:
        borders = np.maximum(borders, 0)  # a run's first step begins at 0
    begin, end = epoch * rows + int(borders[0]), epoch * rows + int(borders[-1])
    first_epoch = begin // rows
    order = _order(rows, seed, first_epoch, (end - 1) // rows, shuffle)
    start = begin - first_epoch * rows
    return Batches(order[start : start + end - begin], borders - borders[0] if borders[0] else borders)


@lru_cache(maxsize=4)
def _borders(rows: int, batch_size: int, leftover: Leftover, epochs: int) -> Indices:
    """Where the batches of so many epochs begin and where the last one ends, in rows from the first epoch's start on,
    read-only. Below 0 where the first of them takes up rows that were carried."""
    offsets = batch_offsets(rows, batch_size, leftover)
    ends = (np.arange(-1, epochs)[:, None] * rows + offsets[1:]).reshape(-1)[len(offsets) - 2 :]
    ends.setflags(write=False)
    return ends
