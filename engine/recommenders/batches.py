"""The rows of a run in portions, in an order that the seed and the epoch alone decide."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.prepared import Prepared
from engine.recommenders.settings import Training


class Batches(Protocol):
    """Where a run takes its rows from. A batch depends on nothing that came before, so that a run can be resumed."""

    @property
    def rows(self) -> int:
        """Rows of an epoch."""

    @property
    def steps(self) -> int:
        """Batches of an epoch."""

    def batch(self, epoch: int, step: int) -> Prepared:
        """Batch number ``step`` of an epoch, both from 0."""


class PreparedBatches:
    """Portions of prepared rows; the last one of an epoch takes what is left."""

    def __init__(self, prepared: Prepared, training: Training) -> None:
        self._prepared, self._training = prepared, training
        self._order: tuple[int, NDArray[np.int64]] | None = None

    @property
    def rows(self) -> int:
        """Rows of an epoch."""
        return self._prepared.rows

    @property
    def steps(self) -> int:
        """Batches of an epoch."""
        return -(-self.rows // self._training.batch_size)

    def batch(self, epoch: int, step: int) -> Prepared:
        """Batch number ``step`` of an epoch, both from 0."""
        size = self._training.batch_size
        return self._prepared.take(self._epoch_order(epoch)[step * size : (step + 1) * size])

    def _epoch_order(self, epoch: int) -> NDArray[np.int64]:
        if self._order is None or self._order[0] != epoch:
            self._order = epoch, epoch_order(self.rows, self._training, epoch)
        return self._order[1]


def epoch_order(rows: int, training: Training, epoch: int) -> NDArray[np.int64]:
    """The order of an epoch's rows, (rows,)."""
    if not training.shuffle:
        return np.arange(rows)
    # The last word of the counter: Philox counts in the first, where neighbouring epochs would share their draws.
    stream = np.random.Generator(np.random.Philox(key=training.seed, counter=[0, 0, 0, epoch]))
    return stream.permutation(rows)
