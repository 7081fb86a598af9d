"""YoutubeDNN's candidate generation as a program drives it: from a log to a graph, vectors of users and items, and
what the next watch says of them (Covington et al. 2016, §3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Columns
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.pooled import Pooled
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import NetworkGraph
from engine.network.plan import Node
from engine.problems import EngineError, declare
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.sources import Watches
from engine.recommenders.judging.next_watch import NextWatchEvaluation, Split, evaluate_full, metrics_of
from engine.recommenders.model.graph_fit import fitting
from engine.recommenders.model.model_file import ModelFile
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import prepare
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.candidates.graph import (
    HISTORY,
    SEARCHES,
    CandidateColumns,
    candidate_graph,
    fit_columns,
    search_tokens,
)
from engine.recommenders.tasks.candidates.graph_spec import readable, spec_of
from engine.recommenders.tasks.candidates.popular_start import Counts, start_popular
from engine.recommenders.tasks.candidates.spec import CandidateSpec

Vectors = NDArray[np.float32]
Indices = NDArray[np.int64]

ROWS = 8192
"""Users whose vectors are worked out at a time."""
SCORES = 1 << 25
"""Scores that an evaluation has in memory at a time: 128 MiB."""

NO_CATEGORY = declare(
    "recommender.no-category", "The log has no user feature “{column}”; it has {columns}. Name one of these, or none."
)
NO_CATEGORIES = declare(
    "recommender.no-categories",
    "The log has no user features, so “{column}” can't be one; leave the categories of the user empty.",
)
NOTHING_TO_LEARN = declare(
    "recommender.nothing-to-learn",
    "No user of the log has two watches, so there is no next watch to learn; choose a log with longer histories.",
)
OTHER_ITEMS = declare(
    "recommender.other-items",
    "The log's {found} items are not the {expected} items of the model; use the log that it was built for.",
)
NO_HISTORY = declare(
    "recommender.no-history", "No Pooled block reads the watch history “{column}”. Wire one to it to see its vectors."
)


@dataclass(frozen=True, slots=True)
class CandidateModel(ModelFile):
    """A graph, and everything of its training log that it needs besides its weights: it is served without the log.

    ``item_names``: item i is what the softmax's row i stands for, and row i + 1 of the history's vocabulary.
    """

    called: ClassVar[str] = "candidate generation"

    graph: NetworkGraph
    columns: CandidateColumns
    item_names: tuple[str, ...]
    training: Training

    @classmethod
    def build(
        cls,
        log: Log,
        spec: CandidateSpec,
        training: Training | None = None,
        searches: Bags | None = None,
        graph: NetworkGraph | None = None,
    ) -> CandidateModel:
        """Learn what the columns need of the training log, and draw up the graph, unless one is given.

        ``searches``: a bag of token ids, from 1, for each watch. Raises EngineError for a category that the log does
        not have, for a graph that does not fit, and for a log in which nobody has two watches.
        """
        if graph is not None:
            fitting(graph, readable(log, searches))
            spec = spec_of(graph, spec)
        check_categories(log, spec)
        if not len(log) or not np.diff(log.offsets()).max() > 1:
            raise EngineError(NOTHING_TO_LEARN())
        columns = fit_columns(log, spec)
        if graph is None:
            sizes = {name: vocabulary.size for name, vocabulary in columns.vocabularies.items()}
            if searches is not None:
                sizes[SEARCHES] = search_tokens(searches)
            graph = candidate_graph(log.item_count, sizes, spec)
        return cls(graph, columns, tuple(log.item_names), training or Training())

    def known(self, watches: Watches) -> Watches:
        """The watches of its own items, numbered as it numbers them: it knows nothing of others."""
        if self._has_items(watches.log.item_names):
            return watches
        return watches._replace(log=watches.log.of_items(self.item_names))

    def network(self, device: str = "cpu", counts: Counts | None = None) -> RecommenderNetwork:
        """A new network for the graph, drawn by the training's seed; ``counts`` (items,): how often each item is
        watched. With them, it begins as what recommends the popular items to everybody; see :func:`start_popular`."""
        network = RecommenderNetwork(self.graph, device, self.training.seed)
        if counts is not None:
            start_popular(network, counts)
        return network

    @property
    def user_categories(self) -> tuple[str, ...]:
        """The features of a user that are read."""
        return self.columns.spec.categories

    # Vectors ------------------------------------------------------------------------------------------------------

    def user_vectors(
        self, network: RecommenderNetwork, log: Log, users: Indices, searches: Bags | None = None
    ) -> Vectors:
        """u of some users at the end of a log, (users, dimensions), an example's age being zero.

        ``searches``: a bag for each of these users. The log need not be the one of the training: its items are found
        by their names, and those that training did not have go to the bucket for unknown ones.
        """
        check_categories(log, self.columns.spec)
        columns = self._complete(self.columns.serving(self._by_name(log), users, searches))
        prepared = prepare(network.plan, columns, np.zeros(len(users), np.int64), buffers=network.buffer_views())
        last = len(network.plan.nodes) - 1
        found = np.empty((len(users), network.plan.output.width), np.float32)
        for start in range(0, len(users), ROWS):
            rows = np.arange(start, min(start + ROWS, len(users)))
            found[rows] = network.outputs(prepared.take(rows))[1][last].cpu().numpy()
        return found

    def item_vectors(self, network: RecommenderNetwork) -> Vectors:
        """V, the softmax's table, (items, dimensions): what a user's vector is multiplied with. A view on the CPU."""
        found: Vectors = network.tables[network.plan.output.id, "V"].cpu().numpy()
        return found

    def history_vectors(self, network: RecommenderNetwork, column: str = HISTORY) -> Vectors:
        """The table that histories are averaged from, (items, dimensions), without the bucket for unknown items: item
        i is row i here as in V, and yet another vector. ``column``: whole histories, or another one. A view on the CPU.

        Raises EngineError where no block of the graph pools histories.
        """
        at, node = self.history_node(network, column)
        first = sum(node.in_widths[:at]) + 1
        found: Vectors = network.tables[node.id, "W"][first : first + len(self.item_names)].cpu().numpy()
        return found

    def history_node(self, network: RecommenderNetwork, column: str = HISTORY) -> tuple[int, Node]:
        """The node that pools histories, and which of its wires they come by; ``column``: whole ones, or another.

        Raises EngineError where no block of the graph does.
        """
        nodes = network.plan.nodes
        for node in nodes:
            for at, source in enumerate(node.sources):
                params = nodes[source].params
                if isinstance(node.kind, Pooled) and isinstance(params, BagParams) and params.column == column:
                    return at, node
        raise EngineError(NO_HISTORY(column=column))

    # Measures -----------------------------------------------------------------------------------------------------

    def scores(
        self, network: RecommenderNetwork, log: Log, users: Indices, searches: Bags | None = None
    ) -> NDArray[np.float32]:
        """v·u of all items for some users, (users, items)."""
        found: Vectors = self.user_vectors(network, log, users, searches) @ self.item_vectors(network).T
        return found

    def evaluation(
        self, network: RecommenderNetwork, split: Split, searches: Bags | None = None
    ) -> NextWatchEvaluation:
        """The ranks of the held-out watches in the whole catalogue, histories being those of the split's training log.

        ``searches``: a bag for each of the split's users. Raises EngineError for a split of other items.
        """
        self.check_items(split.train)
        vectors = self.user_vectors(network, split.train, split.users, searches)
        items = self.item_vectors(network).T
        batch = max(1, min(256, SCORES // len(self.item_names)))

        def score(users: Indices) -> Vectors:
            found: Vectors = vectors[np.searchsorted(split.users, users)] @ items
            return found

        return evaluate_full(score, split, batch=batch)

    def evaluate(
        self, network: RecommenderNetwork, split: Split, searches: Bags | None = None, k: Sequence[int] | None = None
    ) -> dict[str, float]:
        """HR, recall, NDCG and MAP at some lengths ``k`` as ``HR@50``, with standard errors as ``HR@50.error``; at
        those that say something in the catalogue unless given.

        With one held-out watch a user, recall is the hit rate. ``users`` says how many there are.
        """
        found: dict[str, float] = {"users": float(len(split.users))}
        evaluation = self.evaluation(network, split, searches)
        metrics = evaluation.metrics if k is None else metrics_of(evaluation.ranks, k)
        for name, estimate in metrics.items():
            names = (name, name.replace("HR", "recall")) if name.startswith("HR@") else (name,)
            for own in names:
                found |= {own: estimate.value, f"{own}.error": estimate.error}
        return found

    # As a file holds it -------------------------------------------------------------------------------------------

    def faults(self) -> Iterator[str]:
        """The columns, the softmax and the items have to be of one log."""
        absent = set(self.columns.spec.categories) - set(self.columns.vocabularies)
        if absent:
            yield f"it knows nothing of {', '.join(sorted(absent))}"
        for name, vocabulary in self.columns.vocabularies.items():
            if vocabulary.repeats:
                yield f"a value of {name} is there twice"
        if not self.columns.span > 0.0:
            yield f"its log lasts {self.columns.span:g} days"
        ends = [b.params.items for b in self.graph.blocks if isinstance(b.params, SampledSoftmaxParams)]
        if ends != [len(self.item_names)]:
            yield f"its softmax is not over its {len(self.item_names)} items"

    # Logs ---------------------------------------------------------------------------------------------------------

    def _complete(self, columns: Columns) -> Columns:
        """With an empty bag of searches for every row where the graph reads searches and none are given."""
        reads = any(isinstance(b.params, BagParams) and b.params.column == SEARCHES for b in self.graph.blocks)
        if not reads or SEARCHES in columns.of:
            return columns
        empty = Bags(np.empty(0, np.int64), np.zeros(columns.rows + 1, np.int64))
        return Columns({**columns.of, SEARCHES: empty}, columns.rows)

    def check_items(self, log: Log) -> None:
        """Raise EngineError where a log has other items than the model."""
        if not self._has_items(log.item_names):
            raise EngineError(OTHER_ITEMS(found=log.item_count, expected=len(self.item_names)))

    def _has_items(self, names: Sequence[str]) -> bool:
        return names is self.item_names or (len(names) == len(self.item_names) and tuple(names) == self.item_names)

    def _by_name(self, log: Log) -> Log:
        """A log with its items numbered as the model's, −1 for unknown ones, which the vocabulary's bucket takes."""
        if self._has_items(log.item_names):
            return log
        places = {name: at for at, name in enumerate(self.item_names)}
        ours = np.array([places.get(name, -1) for name in log.item_names], np.int64)
        return replace(log, items=ours[log.items], item_names=self.item_names, item_features={})


def check_categories(log: Log, spec: CandidateSpec) -> None:
    """Raise EngineError for a user feature that the log does not have."""
    for name in spec.categories:
        if not log.user_features:
            raise EngineError(NO_CATEGORIES(column=name))
        if name not in log.user_features:
            raise EngineError(NO_CATEGORY(column=name, columns=", ".join(log.user_features)))
