"""Logs put in order, and all examples of candidate generation at once: what tests compare the lazy roads with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Columns
from engine.recommenders.data.logs.log import Log
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.tasks.candidates.graph import CandidateColumns
from engine.recommenders.tasks.candidates.histories import examples_of
from engine.recommenders.tasks.candidates.model import CandidateModel


def ordered(log: Log) -> Log:
    """The same watches by user, then time; ties keep their order."""
    return log.take(np.lexsort((log.times, log.users)))


def training_columns(
    columns: CandidateColumns, log: Log, searches: Bags | None = None
) -> tuple[Columns, NDArray[np.int64]]:
    """Columns of every example, and the items to predict. ``searches``: a bag of token ids for each watch."""
    examples = examples_of(log, columns.spec.per_user, columns.spec.history)
    return columns.of_examples(log, examples, columns.user_ids(log), searches), log.items[examples.rows]


def all_examples(
    model: CandidateModel, network: RecommenderNetwork, log: Log, searches: Bags | None = None
) -> PreparedRows:
    """The examples of a log of the model's items; the targets are items. ``searches``: a bag for each watch."""
    columns, targets = training_columns(model.columns, log, searches)
    return prepare(network.plan, columns, targets, buffers=network.buffer_views())


def target_counts(model: CandidateModel, examples: PreparedRows) -> NDArray[np.int64]:
    """How often each item is a target, (items,): what negatives are drawn by."""
    return np.bincount(examples.targets, minlength=len(model.item_names)).astype(np.int64)
