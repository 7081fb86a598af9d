"""The rows of a run in batches, in an order that the seed and the epoch alone decide."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.settings import Training


class BatchSource(Protocol):
    """Where a run takes its rows from. A batch depends on nothing that came before, so that a run can be resumed."""

    @property
    def rows(self) -> int:
        """Rows of an epoch."""

    @property
    def size(self) -> int:
        """Rows of a batch, but for the last one of an epoch."""

    @property
    def steps(self) -> int:
        """Batches of an epoch."""

    def batch(self, epoch: int, step: int) -> PreparedRows:
        """Batch number ``step`` of an epoch, both from 0."""


class WithheldBatches(BatchSource, Protocol):
    """The rows that an epoch is chosen by, to be learned from once it is."""

    def join(self) -> None:
        """They belong to what is known from now on: whatever was counted beforehand is to count them too."""


class OrderedBatches(ABC):
    """Batches of numbered rows, in an order of each epoch's own; the last one of an epoch takes what is left."""

    def __init__(self, rows: int, training: Training) -> None:
        self.rows, self.size, self._training = rows, training.rows_of_step(rows), training
        self._order: tuple[int, NDArray[np.int64]] | None = None

    @property
    def steps(self) -> int:
        """Batches of an epoch."""
        return -(-self.rows // self.size)

    def batch(self, epoch: int, step: int) -> PreparedRows:
        """Batch number ``step`` of an epoch, both from 0."""
        if self._order is None or self._order[0] != epoch:
            self._order = epoch, epoch_order(self.rows, self._training, epoch)
        return self.at(self._order[1][step * self.size : (step + 1) * self.size])

    @abstractmethod
    def at(self, chosen: NDArray[np.int64]) -> PreparedRows:
        """Some rows by their numbers, in the given order."""


class PreparedBatches(OrderedBatches):
    """Batches of prepared rows."""

    def __init__(self, prepared: PreparedRows, training: Training) -> None:
        super().__init__(prepared.rows, training)
        self._prepared = prepared

    def at(self, chosen: NDArray[np.int64]) -> PreparedRows:
        """Some rows by their numbers, in the given order."""
        return self._prepared.take(chosen)


def epoch_order(rows: int, training: Training, epoch: int) -> NDArray[np.int64]:
    """The order of an epoch's rows, (rows,)."""
    if not training.shuffle:
        return np.arange(rows)
    # The last word of the counter: Philox counts in the first, where neighbouring epochs would share their draws.
    stream = np.random.Generator(np.random.Philox(key=training.seed, counter=[0, 0, 0, epoch]))
    return stream.permutation(rows)
