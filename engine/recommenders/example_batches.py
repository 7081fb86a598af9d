"""Batches of candidate generation, each made when it is wanted: memory holds the log, and never all histories."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.network.plan import Plan
from engine.recommenders.batches import epoch_order
from engine.recommenders.data.columns import Bags
from engine.recommenders.data.log import Log
from engine.recommenders.histories import examples_of
from engine.recommenders.prepared import Prepared, prepare
from engine.recommenders.settings import Training
from engine.recommenders.youtube_candidates import CandidateColumns


class ExampleBatches:
    """See :class:`engine.recommenders.batches.Batches`. Ten million watches take 0.3 GB; their histories, all at once,
    would take ten times that."""

    def __init__(
        self, plan: Plan, columns: CandidateColumns, log: Log, training: Training, searches: Bags | None = None
    ) -> None:
        """``searches``: a bag for each watch of the log."""
        self._plan, self._columns, self._log, self._training, self._searches = plan, columns, log, training, searches
        self._examples = examples_of(log, columns.spec.per_user, columns.spec.history)
        self._users = columns.user_ids(log)
        self._order: tuple[int, NDArray[np.int64]] | None = None

    @property
    def rows(self) -> int:
        """Examples of an epoch."""
        return len(self._examples.rows)

    @property
    def steps(self) -> int:
        """Batches of an epoch."""
        return -(-self.rows // self._training.batch_size)

    def counts(self) -> NDArray[np.int64]:
        """How often each item is a target, (items,): what negatives are drawn by."""
        return np.bincount(self._log.items[self._examples.rows], minlength=self._log.item_count).astype(np.int64)

    def batch(self, epoch: int, step: int) -> Prepared:
        """Batch number ``step`` of an epoch, both from 0."""
        size = self._training.batch_size
        if self._order is None or self._order[0] != epoch:
            self._order = epoch, epoch_order(self.rows, self._training, epoch)
        return self.at(self._order[1][step * size : (step + 1) * size])

    def at(self, chosen: NDArray[np.int64]) -> Prepared:
        """Some examples by their numbers."""
        some = self._examples.take(chosen)
        columns = self._columns.of_examples(self._log, some, self._users, self._searches)
        return prepare(self._plan, columns, self._log.items[some.rows])
