"""Batches of candidate generation, each made when it is wanted: memory holds the log, and never all histories."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags
from engine.network.plan import Plan
from engine.recommenders.data.logs.log import Log
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.running.batches import OrderedBatches
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.candidates.graph import CandidateColumns
from engine.recommenders.tasks.candidates.histories import examples_of
from engine.recommenders.tasks.candidates.popular_start import count_on, item_counts


class ExampleBatches(OrderedBatches):
    """Batches of a log's examples. Ten million watches take 0.3 GB; their histories, all at once,
    would take ten times that."""

    def __init__(
        self,
        plan: Plan,
        columns: CandidateColumns,
        log: Log,
        training: Training,
        searches: Bags | None = None,
        only: NDArray[np.int64] | None = None,
    ) -> None:
        """``searches``: a bag for each watch of the log. ``only`` (n,): the watches that may be examples, else all."""
        spec = columns.spec
        self._examples = examples_of(log, spec.per_user, spec.history, spec.repeats)
        if only is not None:
            self._examples = self._examples.take(np.flatnonzero(np.isin(self._examples.rows, only)))
        super().__init__(len(self._examples.rows), training)
        self._plan, self._columns, self._log, self._searches = plan, columns, log, searches
        self._users = columns.user_ids(log)

    def counts(self) -> NDArray[np.int64]:
        """How often each item is a target, (items,): what negatives are drawn by."""
        return np.bincount(self._log.items[self._examples.rows], minlength=self._log.item_count).astype(np.int64)

    def at(self, chosen: NDArray[np.int64]) -> PreparedRows:
        """Some examples by their numbers."""
        some = self._examples.take(chosen)
        columns = self._columns.of_examples(self._log, some, self._users, self._searches)
        return prepare(self._plan, columns, self._log.items[some.rows])


class WithheldWatches(ExampleBatches):
    """The examples of a log whose watches had been withheld; ``network``: has begun with the counts of the others."""

    def __init__(
        self,
        network: RecommenderNetwork,
        columns: CandidateColumns,
        log: Log,
        training: Training,
        searches: Bags | None,
        withheld: NDArray[np.int64],
    ) -> None:
        """``log``: of all watches; ``withheld`` (n,): which of them were. ``searches``: a bag for each of all."""
        super().__init__(network.plan, columns, log, training, searches, withheld)
        self._network = network
        self._before = item_counts(log.take(np.setdiff1d(np.arange(len(log)), withheld)))

    def join(self) -> None:
        """What begins as popular is so by these watches too."""
        count_on(self._network, self._before, item_counts(self._log))
