"""``tables``: the item tables, each by name, size, lengths and a few rows: items are not one and the same vector where
they are watched and where they are recommended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from engine.graph.naming import name_of
from engine.problems import EngineError
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.answers import ItemTables, ItemTableView, RowLengths, TableRow
from engine.recommenders.tasks.candidates.graph import HISTORY, LATEST
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates, lengths_of

SHOWN = 5


class TablesParameters(Parameters):
    """``items``: whose rows are shown; without any, those of the most watched."""

    items: Annotated[tuple[str, ...], Field(max_length=200)] = Field(default=(), description="items to show")
    bins: int = Field(default=40, ge=1, le=1000, description="bins of the histogram of lengths")


def answer(opened: OpenedCandidates, parameters: TablesParameters) -> ItemTables:
    """All of them. Raises EngineError for an unknown item."""
    some = [opened.item(name) for name in parameters.items] or opened.by_popularity[:SHOWN].tolist()
    views = _Views(opened, some, parameters.bins)
    return ItemTables(
        views.of(opened.network.plan.output.id, "V", 0, opened.items), views.pooled(HISTORY), views.pooled(LATEST)
    )


@dataclass(frozen=True, slots=True)
class _Views:
    """How a table is shown: with the rows of ``some`` items, and so many ``bins``."""

    opened: OpenedCandidates
    some: Sequence[int]
    bins: int

    def pooled(self, column: str) -> ItemTableView | None:
        """The table that a column of watched items is averaged from; an edited graph need not have one."""
        model, network = self.opened.model, self.opened.network
        try:
            at, node = model.history_node(network, column)
        except EngineError:
            return None
        return self.of(node.id, "W", sum(node.in_widths[:at]) + 1, model.history_vectors(network, column))

    def of(self, block: str, name: str, first: int, vectors: Vectors) -> ItemTableView:
        """The table ``name`` of a block, of which ``vectors`` (items, dimensions) are the items' rows."""
        opened, lengths = self.opened, lengths_of(vectors)
        rows, dimensions = opened.network.tables[block, name].shape
        return ItemTableView(
            name,
            name_of(opened.network.graph, block),
            int(rows),
            int(dimensions),
            first,
            _lengths(lengths, opened.watches, self.bins),
            tuple(
                TableRow(opened.shown(item), tuple(vectors[item].tolist()), float(lengths[item])) for item in self.some
            ),
        )


def _lengths(lengths: Vectors, watches: Indices, bins: int) -> RowLengths:
    from scipy.stats import spearmanr  # half a second, which opening a network need not take

    counts, edges = np.histogram(lengths, bins)
    varies = np.ptp(lengths) > 0.0 and np.ptp(watches) > 0
    related = float(spearmanr(lengths, watches).statistic) if varies else float("nan")
    quantiles = np.quantile(lengths.astype(np.float64), np.linspace(0.0, 1.0, 5))
    mean = float(lengths.mean(dtype=np.float64))
    return RowLengths(mean, tuple(quantiles.tolist()), tuple(counts.tolist()), tuple(edges.tolist()), related)


ASK = Ask("tables", "the item tables by name, shape, lengths and a few rows", TablesParameters, answer)
