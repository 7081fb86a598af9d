"""A Wide & Deep model before it is trained: its table, its template, and what an edited graph would have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.graph.model import NetworkGraph
from engine.network.plan import Plan
from engine.problems import EngineError, Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.leaks import ColumnAucs
from engine.recommenders.data.tables.encoding import fit_encoder
from engine.recommenders.data.tables.fields import NO_COLUMN
from engine.recommenders.data.tables.labelled import LabelledTable
from engine.recommenders.data.tables.random_split import split_at_random
from engine.recommenders.model.graph_facts import columns_read
from engine.recommenders.model.graph_fit import Readable
from engine.recommenders.tasks.base import row_at
from engine.recommenders.tasks.drafts.answers import DraftColumn, DraftFeature, DraftRows
from engine.recommenders.tasks.drafts.draft import Draft
from engine.recommenders.tasks.wide_deep.cross_counts import CrossCounts, counted, distinct
from engine.recommenders.tasks.wide_deep.graph import check_cross, wide_deep
from engine.recommenders.tasks.wide_deep.graph_spec import readable, spec_of
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec


class DraftWideDeep(Draft[WideDeepSpec]):
    """See :class:`engine.recommenders.tasks.drafts.draft.Draft`. Vocabularies are those of the training rows;
    ``train``: these, encoded, in the split's order, no bag with an id twice."""

    model, label = "wide-deep", "Wide & Deep"

    def __init__(
        self,
        data: RecommenderData,
        labelled: LabelledTable,
        spec: WideDeepSpec,
        split: int,
        edited: NetworkGraph | None,
    ) -> None:
        """Raises EngineError where a column is missing or of another sort, and for a cross of what is no category."""
        super().__init__(data, spec, edited)
        self.labelled, self.split = labelled, split_at_random(labelled.table.height, split)
        self.encoder = fit_encoder(labelled.table[self.split.train], labelled.fields)
        self.train = distinct(self.encoder.columns(labelled.table[self.split.train]))
        self._alone = ColumnAucs(labelled.table, labelled.goal, labelled.fields, split)
        self._counts: dict[tuple[str, ...], CrossCounts] = {}
        self.template(spec)

    @cached_property
    def readable(self) -> Readable:
        """The table's columns."""
        return readable(self.encoder)

    @property
    def rows(self) -> DraftRows:
        """Of the table."""
        runs = self.labelled.numbering.to_json()
        told = None if runs is None else tuple((first, count) for first, count in runs)
        return DraftRows(self.labelled.table.height, len(self.split.train), "rows", told)

    @property
    def columns(self) -> tuple[DraftColumn, ...]:
        """Categories, bins of numbers, bags, numbers."""
        sizes, fields = self.encoder.sizes(), self.encoder.fields
        found = [DraftColumn(name, "category", sizes[name]) for name in fields.categories]
        found += [DraftColumn(name, "bins", sizes[name]) for name in fields.crossable if name not in fields.categories]
        found += [DraftColumn(name, "bag", sizes[name]) for name in fields.bags]
        return (*found, *(DraftColumn(name, "number", None) for name in fields.numbers))

    def template(self, spec: WideDeepSpec) -> NetworkGraph:
        """Of these columns."""
        return wide_deep(self.encoder.fields, self.encoder.sizes(), spec)

    def spec_of(self, graph: NetworkGraph, spec: WideDeepSpec) -> WideDeepSpec:
        """The spec that a graph agrees with."""
        return spec_of(graph, spec)

    def features(self, graph: NetworkGraph) -> tuple[DraftFeature, ...]:
        """None: what it is given are columns."""
        return ()

    def warnings(self, plan: Plan) -> Sequence[Problem]:
        """The columns that the graph reads and that decide the label alone."""
        return self._alone.leaks(columns_read(plan))

    # For crosses --------------------------------------------------------------------------------------------------

    def counts_of(self, cross: tuple[str, ...]) -> CrossCounts:
        """What a cross makes of the training rows, counted once. Raises EngineError for a column that cannot be
        crossed, and for a cross that is too large."""
        known = self._counts.get(cross)
        if known is None:
            check_cross(cross, self.encoder.fields.bags)
            for name in cross:
                self.check_crossable(name)
            sizes = self.encoder.sizes()
            known = counted(cross, [sizes[name] for name in cross], self.train, self.outcomes)
            self._counts[cross] = known
        return known

    @cached_property
    def outcomes(self) -> NDArray[np.float32]:
        """The training rows' outcomes, (rows,), 0 or 1."""
        return self.labelled.goal.labels(self.labelled.table[self.split.train])

    def row(self, row: int) -> pl.DataFrame:
        """One row of the table. Raises EngineError for one that is none."""
        return self.labelled.table[row_at(row, self.labelled.numbering, self.data)]

    def check_crossable(self, name: str) -> None:
        """Raise EngineError unless a cross can have this column: a category, a bag, or a number's bins."""
        known = (*self.encoder.fields.crossable, *self.encoder.fields.bags)
        if name not in known:
            raise EngineError(NO_COLUMN(column=name, columns=", ".join(known)))
