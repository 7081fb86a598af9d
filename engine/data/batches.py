"""Batches: what goes into a network at one step, and the seeded order of rows in an epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """One row of ``values`` (n, k) for each sample."""

    values: Floats

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Indices) -> Dense:
        """The samples ``rows``, in that order."""
        return Dense(self.values[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """A list of any length for each sample, such as a watch history.

    Sample i owns ``values[offsets[i]:offsets[i + 1]]``; ``offsets`` is (n + 1,) and ``weights``, where given,
    has one weight for each value.
    """

    values: Indices | Floats
    offsets: Indices
    weights: Floats | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def take(self, rows: Indices) -> Ragged:
        """The samples ``rows``, in that order."""
        lengths = np.diff(self.offsets)[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        picked = np.arange(offsets[-1]) + np.repeat(self.offsets[rows] - offsets[:-1], lengths)
        return Ragged(self.values[picked], offsets, None if self.weights is None else self.weights[picked])


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """One batch: ``inputs`` by the id of the input block, ``targets`` (n, m), and sample ``weights`` (n,) if
    any.
    """

    inputs: Mapping[str, Dense | Ragged]
    targets: Floats
    weights: Floats | None = None

    def __len__(self) -> int:
        return len(self.targets)

    def take(self, rows: Indices) -> Batch:
        """The samples ``rows``, in that order."""
        inputs = {block: values.take(rows) for block, values in self.inputs.items()}
        return Batch(inputs, self.targets[rows], None if self.weights is None else self.weights[rows])


def batch_offsets(rows: int, batch_size: int) -> Indices:
    """Where each batch of an epoch begins, and the end: (steps + 1,).

    A leftover batch of a single row joins the batch before it, as batch normalisation has no variance on one
    row.
    """
    offsets = np.append(np.arange(0, rows, batch_size), rows)
    if batch_size > 1 and len(offsets) > 2 and rows - offsets[-2] == 1:
        offsets = np.delete(offsets, -2)
    return offsets.astype(np.int64)


def epoch_order(rows: int, batch_size: int, seed: int, epoch: int, shuffle: bool) -> tuple[Indices, Indices]:
    """The order (rows,) in which an epoch visits the training rows, and its batches' offsets (steps + 1,).

    The order is drawn from a Philox generator keyed by (seed, epoch): any epoch can be had without those
    before it. Batch i holds ``order[offsets[i]:offsets[i + 1]]``.
    """
    return epoch_orders(rows, seed, epoch, 1, shuffle)[0], batch_offsets(rows, batch_size)


def epoch_orders(rows: int, seed: int, first: int, epochs: int, shuffle: bool) -> Indices:
    """The orders of ``epochs`` epochs from ``first`` on, (epochs, rows); each is that of :func:`epoch_order`.

    One generator is keyed anew for each epoch, a third of the time that a new generator takes.
    """
    orders = np.tile(np.arange(rows, dtype=np.int64), (epochs, 1))
    if not shuffle:
        return orders
    philox = np.random.Philox(key=[seed, first])
    rng = np.random.Generator(philox)
    fresh = philox.state
    for epoch, order in enumerate(orders, first):
        fresh["state"]["key"] = np.array([seed, epoch], np.uint64)
        philox.state = fresh
        rng.shuffle(order)
    return orders
