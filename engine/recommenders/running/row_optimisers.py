"""Optimisers of tables: a step changes only the rows that it has looked up.

On the CPU numba kernels do it (:mod:`engine.recommenders.running.row_kernels`); on any other device torch's own
operations do the same arithmetic. Both are held to one another by the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from engine.recommenders.model.lookups import Lookups, zeros
from engine.recommenders.running.settings import AdaGrad, Ftrl

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class RowGradients:
    """``rows`` (n,), each once, and the gradient of each, ``values`` (n, d): summed, never averaged."""

    rows: Tensor
    values: Tensor


class RowOptimiser(Protocol):
    """Owns a table's memory, ``slots``: tensors of the table's shape by name."""

    slots: dict[str, Tensor]

    def update(self, table: Tensor, gradients: RowGradients, rate_share: float = 1.0) -> None:
        """Bring the rows up to date, in place; ``rate_share``: of the rate that is set, how much holds by now."""


class Coalescer:
    """Adds up what a table's rows get from the vectors that they have gone into."""

    def __init__(self, rows: int, device: str) -> None:
        self._places = np.full(rows, -1, np.int32) if device == "cpu" else None

    def gradients(self, lookups: Lookups, grads: Tensor) -> RowGradients:
        """The gradient of every row looked up, from that of the vectors, ``grads`` (m, d)."""
        if self._places is None:
            return _by_torch(lookups, grads)
        return _by_numba(lookups, grads, self._places)


def _by_numba(lookups: Lookups, grads: Tensor, places: np.ndarray) -> RowGradients:
    import torch

    from engine.recommenders.running.row_kernels import coalesce

    keys = lookups.keys.numpy()
    owners = np.zeros(0, np.int64) if lookups.offsets is None else lookups.offsets.numpy()
    rows, sums = np.empty(len(keys), np.int64), np.empty((len(keys), grads.shape[1]), np.float32)
    values = np.ascontiguousarray(grads.numpy())
    count = coalesce(keys, owners, np.int64(lookups.each), values, lookups.means, places, rows, sums)
    return RowGradients(torch.from_numpy(rows[:count]), torch.from_numpy(sums[:count]))


def _by_torch(lookups: Lookups, grads: Tensor) -> RowGradients:
    import torch

    if lookups.offsets is None:
        each = grads.repeat_interleave(lookups.each, dim=0)
    else:
        lengths = lookups.offsets.diff()
        shared = grads / lengths.clamp(min=1)[:, None] if lookups.means else grads
        each = shared.repeat_interleave(lengths, dim=0)
    rows, places = torch.unique(lookups.keys, return_inverse=True)
    sums = torch.zeros(len(rows), grads.shape[1], dtype=grads.dtype, device=grads.device)
    return RowGradients(rows, sums.index_add_(0, places, each))


def on_cpu(table: Tensor) -> bool:
    """Whether the kernels can work on this tensor's memory."""
    return table.device.type == "cpu"


class RowAdaGrad:
    """See :class:`engine.recommenders.running.settings.AdaGrad`."""

    def __init__(self, table: Tensor, settings: AdaGrad) -> None:
        self._settings = settings
        self.slots = {"squares": zeros(table.shape, table.device).fill_(settings.initial)}

    def update(self, table: Tensor, gradients: RowGradients, rate_share: float = 1.0) -> None:
        """n += g², w −= η g ÷ (√n + ε)."""
        rate, guard = self._settings.rate * rate_share, self._settings.guard
        squares, rows, g = self.slots["squares"], gradients.rows, gradients.values
        if on_cpu(table):
            from engine.recommenders.running.row_kernels import adagrad_rows

            adagrad_rows(table.numpy(), squares.numpy(), rows.numpy(), g.numpy(), np.float32(rate), np.float32(guard))
            return
        n = squares[rows] + g * g
        squares[rows] = n
        table[rows] -= rate * g / (n.sqrt() + guard)


class RowFtrl:
    """See :class:`engine.recommenders.running.settings.Ftrl`."""

    def __init__(self, table: Tensor, settings: Ftrl) -> None:
        self._settings = settings
        self.slots = {name: zeros(table.shape, table.device) for name in ("squares", "linear")}

    def update(self, table: Tensor, gradients: RowGradients, rate_share: float = 1.0) -> None:
        """McMahan et al. 2013, algorithm 1, on the rows alone; its rates fall by themselves, whatever that share is."""
        s = self._settings
        squares, linear, rows, g = self.slots["squares"], self.slots["linear"], gradients.rows, gradients.values
        if on_cpu(table):
            from engine.recommenders.running.row_kernels import ftrl_rows

            numbers = (np.float32(number) for number in (s.alpha, s.beta, s.l1, s.l2))
            ftrl_rows(table.numpy(), squares.numpy(), linear.numpy(), rows.numpy(), g.numpy(), *numbers)
            return
        n = squares[rows]
        root = (n + g * g).sqrt()
        z = linear[rows] + g - (root - n.sqrt()) / s.alpha * table[rows]
        squares[rows], linear[rows] = n + g * g, z
        table[rows] = -z.sign() * (z.abs() - s.l1).clamp(min=0.0) / ((s.beta + root) / s.alpha + s.l2)
