"""Wide & Deep on labelled examples: a table's, or the generated app store's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.graph.model import NetworkGraph
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.fingerprint import document_of_data
from engine.recommenders.data.profile.leaks import ColumnAucs
from engine.recommenders.data.profile.table_profile import idle_columns
from engine.recommenders.data.row_snapshot import RowSnapshot, added_rows, frames_of_examples, packed
from engine.recommenders.data.sources import is_drawn
from engine.recommenders.data.tables.labelled import LabelledTable
from engine.recommenders.data.tables.random_split import RandomSplit, split_at_random
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.judging.metrics import (
    auc_difference,
    auc_estimate,
    calibration_error,
    log_losses,
    mean_of,
    paired,
)
from engine.recommenders.judging.standing import APART, ERROR, MEAN
from engine.recommenders.model.graph_cuts import with_inputs
from engine.recommenders.model.graph_facts import columns_read
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.base import NO_ADDED_ROWS, Figures, Part, RecommenderTask
from engine.recommenders.tasks.wide_deep.insight import answers
from engine.recommenders.tasks.wide_deep.model import WideDeepModel
from engine.recommenders.tasks.wide_deep.opponents import Opponents
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec
from engine.recommenders.tasks.wide_deep.wide_terms import wide_nodes

NEW_OUTCOME = declare(
    "recommender.notice-new-outcome",
    "One added row's “{column}” is a text that training didn't have (“{value}”); it counts as a no.",
)
NEW_OUTCOMES = declare(
    "recommender.notice-new-outcomes",
    "The “{column}” of {count} added rows is a text that training didn't have (such as “{value}”); they count as a no.",
)
FILE_ROWS = "file_rows"
"""Where a document has :class:`RowNumbers`."""
Floats = NDArray[np.floating]


class WideDeepTask:
    """See :class:`engine.recommenders.tasks.base.RecommenderTask`. ``data`` and ``split`` say how the rows came
    about."""

    def __init__(
        self,
        data: RecommenderData,
        labelled: LabelledTable,
        spec: WideDeepSpec,
        training: Training,
        device: str = "cpu",
        split: int = 0,
        model: WideDeepModel | None = None,
        graph: NetworkGraph | None = None,
        whole: WideDeepTask | None = None,
        rows: RandomSplit | None = None,
    ) -> None:
        """``model``: one that is there already, of a checkpoint. ``graph``: trained in place of the template.
        ``whole``: the task that this is a companion of. ``rows``: other ones than ``split`` draws. Raises EngineError
        where data and model do not fit."""
        self.data, self.labelled, self.training, self.split = data, labelled, training, split
        self._whole, self._fresh = whole, model is None
        self.rows = rows or split_at_random(labelled.table.height, split)
        train = labelled.table[self.rows.train]
        self.model = model or WideDeepModel.build(train, labelled.goal, labelled.fields, spec, training, graph)
        columns = self.model.encoder.columns(train)
        self.network = self.model.network(columns, device)

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What was done to the table as it was read, and which columns that the network reads decide the label; before
        anything is learned, also which teach nothing."""
        table, fields, read = self.labelled.table, self.labelled.fields, columns_read(self.network.plan)
        leaks = ColumnAucs(table, self.labelled.goal, fields, self.split).leaks(read)
        idle = idle_columns(table, fields, read) if self._fresh else ()
        return (*self.labelled.notices, *idle, *leaks)

    @cached_property
    def trainer(self) -> RecommenderTrainer:
        """The optimisers and what they remember, made when training asks for it: as large as the tables themselves."""
        return RecommenderTrainer(self.network, self.training)

    @cached_property
    def batches(self) -> PreparedBatches:
        """The rows to train on, batch by batch."""
        return PreparedBatches(self.prepared(self.rows.train), self.training)

    @property
    def examples(self) -> int:
        """Rows of the table."""
        return self.labelled.table.height

    @property
    def numbering(self) -> RowNumbers:
        """What the table's rows are called."""
        return self.labelled.numbering

    def prepared(self, rows: NDArray[np.int64]) -> PreparedRows:
        """Some rows of the table, with their labels, ready for a pass."""
        return self.model.prepare(self.network, self.labelled.table[rows])

    @property
    def withheld(self) -> None:
        """None: the rows to choose by stay apart."""
        return None

    def document(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        labelled = self.labelled
        data = document_of_data(self.data, labelled.fingerprint, self.split, labelled.notices)
        return {"task": "wide-deep", "model": self.model.to_json(), FILE_ROWS: self.numbering.to_json(), **data}

    @cached_property
    def snapshot(self) -> RowSnapshot | None:
        """The columns that are read, of all rows; a companion's are the whole's."""
        if self._whole is not None:
            return self._whole.snapshot
        return None if is_drawn(self.data) else packed(frames_of_examples(self.labelled))

    def on_added_rows(self, now: LabelledTable) -> WideDeepTask:
        """The same network, to be judged on the rows that the table has besides ``now``. Its notices are those of
        reading that table. Raises EngineError for none."""
        own, table = self.labelled.table, now.table
        added = added_rows(own, table)
        if not len(added):
            raise EngineError(NO_ADDED_ROWS(path="" if self.data.path is None else self.data.path.name))
        fresh = pl.DataFrame([table[name].gather(added).cast(kind, strict=False) for name, kind in own.schema.items()])
        rows = replace(self.rows, test=np.arange(own.height, own.height + len(added)))
        notices = (*now.notices, *self._new_outcomes(fresh))
        labelled = replace(self.labelled, table=pl.concat([own, fresh]), notices=notices, file_rows=None)
        device, spec = self.network.device, self.model.spec
        task = WideDeepTask(self.data, labelled, spec, self.training, device, self.split, self.model, rows=rows)
        task.network = self.network
        return task

    def _new_outcomes(self, fresh: pl.DataFrame) -> tuple[Problem, ...]:
        """That some rows have a text for their outcome that is neither the yes nor any that training had."""
        goal = self.labelled.goal
        if goal.equals is None:
            return ()
        known = self.labelled.table[goal.column].cast(pl.String).unique()
        outcomes = fresh[goal.column].cast(pl.String)
        new = outcomes.filter(~outcomes.is_in([*known, goal.equals]))
        told = {"column": goal.column, "value": new.first()}
        if len(new) < 2:
            return (NEW_OUTCOME(**told),) if len(new) else ()
        return (NEW_OUTCOMES(**told, count=f"{len(new):,}"),)

    @property
    def judged_rows(self) -> int:
        """Test rows."""
        return len(self.rows.test)

    def figures(self, part: Part = "valid") -> Figures:
        """AUC, log loss and calibration error."""
        labels, own = self.probabilities(part)
        figures = judged_figures(labels, own, errors=part == "test")
        if part == "valid" or self._whole is None:
            return figures
        return {**figures, **paired_errors(labels, self._whole.probabilities(part)[1], own)}

    def baselines(self, part: Part = "valid") -> Iterator[tuple[str, Figures]]:
        """The same of logistic regression and of boosted trees; before them the log loss of the training rows' share
        of yes for every row, which whoever knows more than that has to beat. It puts none before another, and so has
        no AUC."""
        labels, own = self.probabilities(part)
        share = self.labelled.goal.labels(self.labelled.table[self.rows.train]).mean()
        figures = self._beside(part, labels, own, np.full(len(labels), share))
        yield MEAN, {name: value for name, value in figures.items() if name.startswith("log_loss")}
        for name, predictions in self.opponents.predictions.items():
            yield name, self._beside(part, labels, own, predictions()[part])

    def _beside(self, part: Part, labels: Floats, own: Floats, other: Floats) -> Figures:
        """The figures of other probabilities than the network's own."""
        figures = judged_figures(labels, other, errors=part == "test")
        return figures if part == "valid" else {**figures, **paired_errors(labels, own, other)}

    def companions(self) -> Mapping[str, RecommenderTask]:
        """Each half of the joint model by itself: the very blocks that are its own, and what they read."""
        if self.model.spec.parts != "joint":
            return {}
        plan = self.network.plan
        wide = [plan.nodes[at].id for at in wide_nodes(self.network)]
        deep = [plan.nodes[at].id for at in plan.output.sources if plan.nodes[at].id not in wide]
        halves: tuple[tuple[Literal["wide", "deep"], list[str]], ...] = (("wide", wide), ("deep", deep))
        return {half: self._half(half, logits) for half, logits in halves}

    def _half(self, half: Literal["wide", "deep"], logits: list[str]) -> WideDeepTask:
        model, training = self.model, self.training
        spec = model.spec.model_copy(update={"parts": half})
        model = replace(model, graph=with_inputs(model.graph, logits), spec=spec, training=training)
        device, data = self.network.device, self.labelled
        return WideDeepTask(self.data, data, spec, training, device, self.split, model, whole=self, rows=self.rows)

    def probabilities(self, part: Part) -> tuple[Floats, Floats]:
        """Labels and probabilities of a part's rows."""
        rows = self.labelled.table[getattr(self.rows, part)]
        found = answers(self.network, self.model.prepare(self.network, rows))
        return self.labelled.goal.labels(rows), found.probability

    @cached_property
    def opponents(self) -> Opponents:
        """The simpler models of the same rows, each fitted when it is first asked."""
        return Opponents(self.labelled, self.rows)


def judged_figures(labels: Floats, probabilities: Floats, *, errors: bool) -> Figures:
    """AUC, log loss and calibration error, the first two with their standard errors if asked for."""
    means = {"auc": auc_estimate(labels, probabilities), "log_loss": mean_of(log_losses(labels, probabilities))}
    figures: dict[str, float] = {}
    for name, estimate in means.items():
        figures[name] = estimate.value
        if errors:
            figures[name + ERROR] = estimate.error
    return figures | {"calibration_error": calibration_error(labels, probabilities)}


def paired_errors(labels: Floats, own: Floats, other: Floats) -> Figures:
    """The standard errors of the differences of two models' figures, measured pair by pair."""
    areas = auc_difference(labels, own, other)
    losses = paired(log_losses(labels, own), log_losses(labels, other))
    return {"auc" + APART: areas.error, "log_loss" + APART: losses.error}
