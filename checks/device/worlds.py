"""Three recommenders to train, on rows that are drawn here: all of a run but tables, files and vocabularies.

Graphs, preparation, batches, training and optimisers are the engine's own. What is learned has a rule behind it, so
that a loss which does not fall is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Columns
from engine.graph.model import NetworkGraph
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import Floats, PreparedRows, prepare
from engine.recommenders.model.transform_borders import fit_borders
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.candidates.graph import candidate_graph, fit_columns
from engine.recommenders.tasks.candidates.histories import examples_of
from engine.recommenders.tasks.candidates.popular_start import item_counts, start_popular
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.ranking.graph import ranking_graph, targets_and_weights, unit_of
from engine.recommenders.tasks.ranking.spec import NUMBERS, RankingSpec
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

SEED = 7


@dataclass(frozen=True, slots=True)
class Size:
    """``rows`` to learn from, ``items`` of a catalogue, ``dimensions`` of a vector, the ``hidden`` layers, and how many
    ids a bag has on average."""

    rows: int
    items: int
    dimensions: int
    hidden: tuple[int, ...]
    bag: int


SMALL = Size(rows=1_536, items=300, dimensions=8, hidden=(32, 16), bag=4)
MIDDLE = Size(rows=16_384, items=2_000, dimensions=32, hidden=(256, 128), bag=12)


@dataclass(frozen=True, slots=True)
class World:
    """A recommender's graph, and rows for it. ``counts`` (items,): how often each is a target, of a softmax alone."""

    name: str
    graph: NetworkGraph
    columns: Columns
    targets: NDArray[Any]
    weights: Floats | None = None
    counts: NDArray[np.int64] | None = None

    def trainer(self, device: str, training: Training) -> RecommenderTrainer:
        """A new network on the device, the same for each, and what trains it."""
        network = RecommenderNetwork(self.graph, device, SEED)
        fit_borders(network, self.columns)
        if self.counts is not None:
            start_popular(network, self.counts)
        return RecommenderTrainer(network, training, self.counts)

    def rows(self, network: RecommenderNetwork) -> PreparedRows:
        """All rows, ready for a network of this graph."""
        return prepare(network.plan, self.columns, self.targets, self.weights, network.buffer_views())

    def take(self, count: int) -> World:
        """The same with the first rows alone."""
        some = np.arange(min(count, self.columns.rows))
        weights = None if self.weights is None else self.weights[some]
        return replace(self, columns=self.columns.take(some), targets=self.targets[some], weights=weights)


def wide_and_deep(size: Size) -> World:
    """Cheng et al. 2016: categories, numbers, a bag, crosses, and dropout between the deep part's layers."""
    draw, rows = np.random.default_rng(SEED), size.rows
    ids = {"city": size.items // 10 + 2, "device": 12, binned_name("age"): 10, "apps": size.items}
    age = draw.normal(size=rows).astype(np.float32)
    columns: dict[str, Any] = {
        "city": draw.integers(0, ids["city"], rows),
        "device": draw.integers(0, ids["device"], rows),
        "age": age,
        binned_name("age"): np.clip((age * 2 + 5).astype(np.int64), 0, 9),
        "apps": _bags(draw, rows, size),
    }
    logit = age - 1.0 + 1.5 * np.sin(columns["city"]) + (columns["device"] % 3 == 0)
    spec = WideDeepSpec(
        crosses=(("city", "device"), ("device", "apps")), buckets=2**18, dimensions=size.dimensions,
        hidden=size.hidden, dropout=0.1, quantiles=20,
    )  # fmt: skip
    graph = wide_deep(Fields(("city", "device"), ("age",), ("apps",)), ids, spec)
    targets = (draw.random(rows) < 1.0 / (1.0 + np.exp(-logit))).astype(np.float32)
    return World("Wide & Deep", graph, Columns(columns, rows), targets)


def candidates(size: Size, negatives: int = 200) -> World:
    """Covington et al. 2016, §3: the next watch, by a softmax over items; ``negatives``: 0 for all of them."""
    draw, watches = np.random.default_rng(SEED), size.bag * 2 + 5
    users = -(-size.rows // 5)
    items = (size.items * draw.random((users, watches)) ** 2).astype(np.int64)
    items[:, 1::2] = (items[:, ::2][:, : watches // 2] + 1) % size.items  # what is watched next follows from the last
    owners, times = np.repeat(np.arange(users), watches), np.tile(np.arange(watches) * 3_600, users)
    names = [str(user) for user in range(users)], [str(item) for item in range(size.items)]
    log = Log(owners, items.ravel(), times, *names)
    spec = CandidateSpec(
        dimensions=size.dimensions, hidden=(*size.hidden, size.dimensions), history=size.bag * 2, latest=1,
        negatives=negatives, per_user=5,
    )  # fmt: skip
    made, examples = fit_columns(log, spec), examples_of(log, 5, spec.history)
    columns = made.of_examples(log, examples, {})
    name = f"candidates, {negatives} drawn" if negatives else "candidates, every item"
    graph = candidate_graph(size.items, {}, spec)
    return World(name, graph, columns, log.items[examples.rows], counts=item_counts(log)).take(size.rows)


def ranking(size: Size) -> World:
    """Covington et al. 2016, §4: expected watch time, clicks weighted by how long they were watched."""
    draw, rows = np.random.default_rng(SEED), size.rows
    ids = {"video": size.items, "history": size.items, "topic": 20, "country": 50}
    columns: dict[str, Any] = {name: draw.integers(0, ids[name], rows) for name in ("video", "topic", "country")}
    columns["history"] = _bags(draw, rows, size)
    columns |= {name: draw.exponential(size=rows).astype(np.float32) for name in NUMBERS}
    spec = RankingSpec(
        categories=("topic", "country"), dimensions=size.dimensions, hidden=size.hidden, quantiles=20
    )  # fmt: skip
    clicked = draw.random(rows) < 0.1 + 0.3 * (columns["topic"] % 4 == 0)
    seconds = np.where(clicked, 60.0 * (1 + columns["topic"] % 5) * draw.exponential(size=rows), 0.0)
    targets, weights = targets_and_weights(clicked, seconds, unit_of(clicked, seconds, spec), spec)
    return World("ranking", ranking_graph(ids, spec), Columns(columns, rows), targets, weights)


def _bags(draw: np.random.Generator, rows: int, size: Size) -> Bags:
    """Bags of ids, some of them empty."""
    lengths = draw.integers(0, 2 * size.bag + 1, rows)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Bags((size.items * draw.random(offsets[-1]) ** 2).astype(np.int64), offsets)


WORLDS: Mapping[str, Callable[[Size], World]] = {
    "wide-deep": wide_and_deep,
    "candidates": candidates,
    "candidates-all": lambda size: candidates(size, 0),
    "ranking": ranking,
}
"""Every way that a loss is made in, by key."""
