"""A trained Wide & Deep, opened to be asked again and again: what is expensive is worked out once, and only when an
answer first needs it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.graph.columns import Columns, Ids
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import NO_COLUMN, Fields
from engine.recommenders.running.checkpoints import Checkpoint
from engine.recommenders.tasks.base import NETWORK, Others, row_at
from engine.recommenders.tasks.wide_deep.answers import Part
from engine.recommenders.tasks.wide_deep.insight import answers
from engine.recommenders.tasks.wide_deep.task import WideDeepTask
from engine.recommenders.tasks.wide_deep.tied_columns import TiedColumns
from engine.recommenders.tasks.wide_deep.wide_terms import WideCross, counts_of, wide_crosses

PARTS: tuple[Part, ...] = ("train", "valid", "test")
Floats = NDArray[np.float64]
ROWS_AT_ONCE = 65_536

NO_WIDE_DEEP = declare(
    "recommender.no-wide-deep-checkpoint",
    "“{path}” isn't a checkpoint of Wide & Deep. Name one that “recommend train wide-deep” wrote.",
)
OTHER_ROWS = declare(
    "recommender.other-rows",
    "“{path}” was trained on other rows than this network, so the two cannot be compared; train both on the same data"
    " with the same split.",
)


class OpenedWideDeep:
    """What the asks of Wide & Deep are answered from. Rows are called as the task numbers them."""

    def __init__(self, task: WideDeepTask, checkpoint: Checkpoint, others: Others) -> None:
        self.task, self.checkpoint, self._others = task, checkpoint, others
        self.model, self.network = task.model, task.network
        self.table, self.goal = task.labelled.table, task.labelled.goal
        self.encoder = task.model.encoder

    @property
    def fields(self) -> Fields:
        """The columns that the network was given."""
        return self.encoder.fields

    # What is expensive --------------------------------------------------------------------------------------------

    @cached_property
    def train(self) -> Columns:
        """The encoded training rows, in the split's order."""
        return self.encoder.columns(self.table[self.task.rows.train])

    @cached_property
    def test(self) -> Columns:
        """The encoded test rows, in the split's order."""
        return self.encoder.columns(self.table[self.task.rows.test])

    @cached_property
    def labels(self) -> NDArray[np.float32]:
        """The outcome of every row, (rows,), 0 or 1."""
        return self.goal.labels(self.table)

    @cached_property
    def parts(self) -> NDArray[np.int8]:
        """Which part each row is in, (rows,): a place in :data:`PARTS`."""
        found = np.zeros(self.table.height, np.int8)
        for at, part in enumerate(PARTS):
            found[getattr(self.task.rows, part)] = at
        return found

    @cached_property
    def counts(self) -> Mapping[int, Ids]:
        """How often each wide weight is on in the training rows, by its block's index."""
        found: dict[int, Ids] = {}
        rows = self.task.rows.train
        for begin in range(0, len(rows), ROWS_AT_ONCE):
            prepared = self.task.prepared(rows[begin : begin + ROWS_AT_ONCE])
            for at, counts in counts_of(self.network, dict(prepared.keys)).items():
                found[at] = counts + found.get(at, 0)
        return found

    @cached_property
    def probabilities(self) -> Floats:
        """What the network says of every row, (rows,)."""
        return probabilities_of(self.task)

    @cached_property
    def opponents(self) -> Mapping[str, Floats]:
        """What each simpler model says of the test rows, (rows,), by name."""
        found = self.task.opponents.predictions
        return {name: np.asarray(predictions()["test"], np.float64) for name, predictions in found.items()}

    @cached_property
    def gaps(self) -> frozenset[str]:
        """The categories that some training row has no name of."""
        train = self.table[self.task.rows.train]
        return frozenset(name for name in self.fields.categories if train[name].null_count())

    @cached_property
    def ends(self) -> Mapping[str, tuple[float, float]]:
        """The least and the greatest number of each column in training, where it has any."""
        train = self.table[self.task.rows.train]
        known = {name: numbers_of(train, name).drop_nulls().to_numpy() for name in self.fields.numbers}
        return {name: (float(values.min()), float(values.max())) for name, values in known.items() if len(values)}

    @cached_property
    def tied(self) -> TiedColumns:
        """The columns that determine others in training."""
        return TiedColumns(self.table[self.task.rows.train], self.fields)

    @cached_property
    def crosses(self) -> list[WideCross]:
        """The crosses that the wide half reads."""
        return wide_crosses(self.network)

    # One row ------------------------------------------------------------------------------------------------------

    def index(self, row: int) -> int:
        """Where a row is in the table. Raises EngineError for one that is none."""
        return row_at(row, self.task.numbering, self.task.data)

    def row(self, row: int) -> pl.DataFrame:
        """One row of the table. Raises EngineError for one that is none."""
        return self.table[self.index(row)]

    def check_column(self, name: str) -> None:
        """Raise EngineError unless the network was given this column."""
        known = self.fields.names
        if name not in known:
            raise EngineError(NO_COLUMN(column=name, columns=", ".join(known)))

    def check_crossable(self, name: str) -> None:
        """Raise EngineError unless a cross can have this column: a category, a bag, or a number's bins."""
        known = (*self.fields.crossable, *self.fields.bags)
        if name not in known:
            raise EngineError(NO_COLUMN(column=name, columns=", ".join(known)))

    # Others -------------------------------------------------------------------------------------------------------

    def with_others(self, paths: Mapping[str, str]) -> tuple[dict[str, WideDeepTask], dict[str, Problem]]:
        """This network and others by name; and why some can't be opened, which is no reason to lose the rest."""
        tasks: dict[str, WideDeepTask] = {NETWORK: self.task}
        unopened: dict[str, Problem] = {}
        for name, path in paths.items():
            try:
                tasks[name] = self.other(path)
            except EngineError as error:
                unopened[name] = error.problem
        return tasks, unopened

    def other(self, path: str) -> WideDeepTask:
        """Another checkpoint, of the same rows and the same split. Raises EngineError for anything else."""
        task = self._others(Path(path))
        if not isinstance(task, WideDeepTask):
            raise EngineError(NO_WIDE_DEEP(path=Path(path).name))
        same = np.array_equal(task.rows.train, self.task.rows.train)
        if not (same and np.array_equal(task.labelled.goal.labels(task.labelled.table), self.labels)):
            raise EngineError(OTHER_ROWS(path=Path(path).name))
        return task


def probabilities_of(task: WideDeepTask) -> Floats:
    """What a network says of every row of its table, (rows,)."""
    found = np.empty(task.examples)
    for begin in range(0, len(found), ROWS_AT_ONCE):
        rows = np.arange(begin, min(begin + ROWS_AT_ONCE, len(found)))
        found[rows] = answers(task.network, task.prepared(rows)).probability
    return found
