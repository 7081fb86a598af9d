"""YoutubeDNN's candidate generation (Covington et al. 2016, §3, figure 3) as a graph of blocks, and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.graph.columns import Bags, Column, Columns, Ids
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.embedding import EmbeddingParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.pooled import PooledParams
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import NetworkGraph
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.tables.encoding import Vocabulary, vocabulary_of
from engine.recommenders.model.graph_draft import GraphDraft
from engine.recommenders.tasks.candidates.histories import Examples, histories, latest_histories
from engine.recommenders.tasks.candidates.spec import CandidateSpec

HISTORY, LATEST, SEARCHES, AGE = "history", "latest", "searches", "example age"


def candidate_graph(items: int, sizes: Mapping[str, int], spec: CandidateSpec) -> NetworkGraph:
    """The graph over ``items`` items; ``sizes``: of every category's vocabulary and, where there are any, of the search
    tokens', under :data:`SEARCHES`. Raises EngineError where no feature is on."""
    draft = GraphDraft()
    parts: list[str] = []
    if spec.watched:
        parts.append(_pooled(draft, HISTORY, items + 1, "Watch history", spec))
    if spec.latest:
        parts.append(_pooled(draft, LATEST, items + 1, "Latest watches", spec))
    if spec.searches and SEARCHES in sizes:
        parts.append(_pooled(draft, SEARCHES, sizes[SEARCHES], "Searches", spec))
    for name in spec.categories:
        category = draft.add("categorical", CategoricalParams(column=name, size=sizes[name]), name, 0)
        embedding = EmbeddingParams(dimensions=min(8, spec.dimensions), scale=spec.scale)
        parts.append(draft.add("embedding", embedding, f"{name} vector", 1, [category]))
    if spec.example_age:
        parts.append(draft.add("numbers", NumbersParams(columns=(AGE, f"{AGE}²")), "Example age", 0))
    last = draft.join(parts, 2)
    for at, units in enumerate(spec.hidden):
        dense = DenseParams(units=units, activation="relu", initializer="he_normal")
        last = draft.add("dense", dense, f"Tower {at + 1}", 3 + at, [last])
    end = SampledSoftmaxParams(
        items=items, negatives=spec.negatives, drawn_by=spec.drawn_by, log_q=spec.log_q, scale=spec.scale
    )
    draft.add("sampled_softmax", end, "Next watch", 3 + len(spec.hidden), [last])
    return draft.graph()


def _pooled(draft: GraphDraft, column: str, size: int, title: str, spec: CandidateSpec) -> str:
    bag = draft.add("bag", BagParams(column=column, size=size), title, 0)
    pooled = PooledParams(dimensions=spec.dimensions, scale=spec.scale)
    return draft.add("pooled", pooled, f"Mean of {title.lower()}", 1, [bag])


@dataclass(frozen=True, slots=True)
class CandidateColumns:
    """Makes columns of a training log; fitted on it. ``span``: its length in days, by which ages are divided."""

    spec: CandidateSpec
    vocabularies: Mapping[str, Vocabulary]
    span: float

    def of_examples(
        self, log: Log, examples: Examples, users: Mapping[str, Ids], searches: Bags | None = None
    ) -> Columns:
        """Columns of some examples; ``users``: the ids that :meth:`user_ids` has found once for the whole log."""
        made: dict[str, Column] = {name: ids[log.users[examples.rows]] for name, ids in users.items()}
        made[HISTORY] = histories(log.items, examples.begins, examples.rows)
        if self.spec.latest:
            begins = np.maximum(examples.begins, examples.rows - self.spec.latest)
            made[LATEST] = histories(log.items, begins, examples.rows)
        made |= self._ages(examples.ages)
        if searches is not None and self.spec.searches:
            made[SEARCHES] = searches.take(examples.rows)
        return Columns(made, len(examples.rows))

    def serving(self, log: Log, users: NDArray[np.int64], searches: Bags | None = None) -> Columns:
        """Columns of users at the end of the log, an example's age being zero (§3.3). ``searches``: a bag per user."""
        made: dict[str, Column] = {name: ids[users] for name, ids in self.user_ids(log).items()}
        made[HISTORY] = latest_histories(log, users, self.spec.history)
        if self.spec.latest:
            made[LATEST] = latest_histories(log, users, min(self.spec.latest, self.spec.history))
        made |= self._ages(np.zeros(len(users), np.float32))
        if searches is not None and self.spec.searches:
            made[SEARCHES] = searches
        return Columns(made, len(users))

    def user_ids(self, log: Log) -> dict[str, Ids]:
        """The id of every user's category, (users,), by the category's name."""
        found: dict[str, Ids] = {}
        for name in self.spec.categories:
            names = pl.Series(name, [str(value) for value in log.user_features[name]], dtype=pl.String)
            found[name] = self.vocabularies[name].ids(names)
        return found

    def _ages(self, days: NDArray[np.float32]) -> dict[str, Column]:
        share = (days / self.span).astype(np.float32)
        return {AGE: share, f"{AGE}²": share * share} if self.spec.example_age else {}


def fit_columns(log: Log, spec: CandidateSpec) -> CandidateColumns:
    """Learn the vocabularies of the users' categories and the span of the log."""
    vocabularies = {name: category_vocabulary(log, name) for name in spec.categories}
    span = float(log.times.max(initial=0) - log.times.min(initial=0)) / 86_400.0 if len(log) else 1.0
    return CandidateColumns(spec, vocabularies, span or 1.0)


def category_vocabulary(log: Log, name: str) -> Vocabulary:
    """The values that a feature of the log's users has."""
    return vocabulary_of(pl.Series(name, [str(value) for value in log.user_features[name]], dtype=pl.String))


def search_tokens(searches: Bags) -> int:
    """Ids of search tokens, that for unknown ones included."""
    return int(searches.ids.max(initial=0)) + 1
