"""A trained candidate generation, opened to be asked again and again: what is expensive is worked out once, and only
when an answer first needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.graph.kinds.bag import BagParams
from engine.problems import EngineError, declare
from engine.recommenders.data.logs.log import Log
from engine.recommenders.judging.next_watch import NextWatchEvaluation
from engine.recommenders.running.checkpoints import Checkpoint
from engine.recommenders.serving.retrieval import ApproximateIndex, ExactIndex, Vectors
from engine.recommenders.serving.two_stage import TwoStage
from engine.recommenders.tasks.base import Others, RecommenderTask
from engine.recommenders.tasks.candidates.answers import CatalogueItem, ItemFeature
from engine.recommenders.tasks.candidates.explain import NO_USER
from engine.recommenders.tasks.candidates.graph import SEARCHES
from engine.recommenders.tasks.candidates.item_maps import ItemMap, fit_map
from engine.recommenders.tasks.candidates.task import CandidateTask
from engine.recommenders.tasks.ranking.second_stage import SecondStage, second_stage

Indices = NDArray[np.int64]

NO_ITEM = declare("recommender.no-item", "The catalogue has no item “{item}”. Name one it has, such as {example}.")
NO_CANDIDATES = declare(
    "recommender.no-candidates-checkpoint",
    "“{path}” isn't a checkpoint of candidate generation. Name one that “recommend train candidates” wrote.",
)
TITLE = "title"
TRIAL_USERS = 128


class OpenedCandidates:
    """What the asks of candidate generation are answered from. Items and users are numbered as in the log."""

    def __init__(self, task: CandidateTask, checkpoint: Checkpoint, others: Others) -> None:
        """Raises EngineError where the log has other items than the network was trained with."""
        self.task, self.checkpoint, self._others = task, checkpoint, others
        self.model, self.network, self.log = task.model, task.network, task.log
        self.model.check_items(self.log)
        self._rankers: dict[str, tuple[RecommenderTask, SecondStage]] = {}
        self._maps: dict[tuple[str, int], ItemMap] = {}

    @property
    def train(self) -> Log:
        """The log without the watches that are held out."""
        return self.task.split.train

    # What is expensive --------------------------------------------------------------------------------------------

    @cached_property
    def service(self) -> TwoStage:
        """Retrieval over the item vectors, by the exact scan: an answer tells the scores of the whole catalogue, and so
        scans it anyway. Raises EngineError where item vectors are not finite."""
        return TwoStage(self.model, self.network, index=ExactIndex(self.items))

    @cached_property
    def lists(self) -> ApproximateIndex:
        """An index of inverted lists, to be compared with the scan; of a million items it takes a minute to build."""
        return ApproximateIndex(self.items, trials=self.trials(TRIAL_USERS), exact_below=0)

    @cached_property
    def items(self) -> Vectors:
        """V, (items, dimensions): what a user's vector is multiplied with."""
        return self.model.item_vectors(self.network)

    @cached_property
    def norms(self) -> Vectors:
        """The lengths of the item vectors, (items,)."""
        return lengths_of(self.items)

    @cached_property
    def history_norms(self) -> Vectors:
        """The lengths of the vectors that histories are averaged from, (items,). Raises EngineError without a table."""
        return lengths_of(self.model.history_vectors(self.network))

    @cached_property
    def watches(self) -> Indices:
        """How often each item is watched in training, (items,)."""
        return np.bincount(self.train.items, minlength=self.log.item_count).astype(np.int64)

    @cached_property
    def with_popularity(self) -> Vectors:
        """Pearson's correlation of each dimension of the item vectors with log(1 + watches), (dimensions,); nan where
        one of the two does not vary."""
        logs = np.log1p(self.watches).astype(np.float32)
        logs -= logs.mean(dtype=np.float64)
        means = self.items.mean(axis=0, dtype=np.float64)
        spread = np.sqrt(np.einsum("nd,nd->d", self.items, self.items, dtype=np.float64) - len(logs) * means**2)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((logs @ self.items) / (spread * np.linalg.norm(logs)), np.float32)

    @cached_property
    def by_popularity(self) -> Indices:
        """All items, (items,), the most watched first, equal ones in the catalogue's order."""
        return np.argsort(-self.watches, kind="stable").astype(np.int64)

    @cached_property
    def offsets(self) -> Indices:
        """Where each user's watches begin in the training log, (users + 1,)."""
        return self.train.offsets()

    @cached_property
    def item_places(self) -> Mapping[str, int]:
        """Items by their names."""
        return {name: at for at, name in enumerate(self.model.item_names)}

    @cached_property
    def user_places(self) -> Mapping[str, int]:
        """Users by their names."""
        return {name: at for at, name in enumerate(self.log.user_names)}

    @cached_property
    def searchable(self) -> pl.Series:
        """Title and name of each item in lower case, (items,), to look for texts in."""
        titles = self.log.item_features.get(TITLE)
        names = pl.Series(list(self.model.item_names), dtype=pl.String)
        if titles is None:
            return names.str.to_lowercase()
        return (pl.Series([str(title) for title in titles], dtype=pl.String) + "\n" + names).str.to_lowercase()

    @cached_property
    def searchable_users(self) -> pl.Series:
        """Each user's name in lower case, (users,)."""
        return pl.Series(list(self.log.user_names), dtype=pl.String).str.to_lowercase()

    @cached_property
    def search_tokens(self) -> int:
        """Ids of search tokens, that for unknown ones included; 0 where the network reads no searches."""
        bags = [block.params for block in self.model.graph.blocks if isinstance(block.params, BagParams)]
        return max((bag.size for bag in bags if bag.column == SEARCHES), default=0)

    @cached_property
    def searches(self) -> Indices:
        """How often each search token precedes a watch in training, (search tokens,)."""
        searched = self.task.searched
        ids = np.empty(0, np.int64) if searched is None else searched.ids
        return np.bincount(ids[ids < self.search_tokens], minlength=self.search_tokens).astype(np.int64)

    @cached_property
    def searchable_tokens(self) -> pl.Series:
        """The text of each search token in lower case, (search tokens,)."""
        texts = [self.token_text(token) for token in range(self.search_tokens)]
        return pl.Series(texts, dtype=pl.String).str.to_lowercase()

    @cached_property
    def evaluations(self) -> Mapping[str, NextWatchEvaluation]:
        """The network and the simpler models on the held-out watches."""
        return self.task.evaluations()

    def table(self, which: Literal["items", "history"]) -> Vectors:
        """One of the two item tables, (items, dimensions). Raises EngineError where there is no history's table."""
        return self.items if which == "items" else self.model.history_vectors(self.network)

    def map_of(self, which: Literal["items", "history"], limit: int) -> ItemMap:
        """A map of the most watched items. Raises EngineError where the network has no such table."""
        known = self._maps.get((which, limit))
        if known is None:
            known = self._maps[which, limit] = fit_map(self.table(which), self.by_popularity[:limit])
        return known

    def trials(self, count: int) -> Vectors:
        """The vectors of some users who have watched, from all over the log, (users, dimensions)."""
        users = np.flatnonzero(np.diff(self.offsets))
        some = users[np.unique(np.linspace(0, len(users) - 1, count).astype(np.int64))]
        return self.model.user_vectors(self.network, self.train, some)

    # One item, one user -------------------------------------------------------------------------------------------

    def item(self, name: str) -> int:
        """An item by its name. Raises EngineError."""
        at = self.item_places.get(name)
        if at is None:
            raise EngineError(NO_ITEM(item=name, example=self.model.item_names[int(self.by_popularity[0])]))
        return at

    def user(self, name: str) -> int:
        """A user by their name. Raises EngineError."""
        at = self.user_places.get(name)
        if at is None:
            raise EngineError(NO_USER(user=name, example=self.log.user_names[0]))
        return at

    def held_row(self, user: int) -> int | None:
        """The row of a user's held-out watch in the whole log."""
        return self.task.held_out(user)

    def held_out(self, user: int) -> int | None:
        """The item of a user's held-out watch."""
        row = self.held_row(user)
        return None if row is None else int(self.log.items[row])

    def shown(self, item: int) -> CatalogueItem:
        """An item for people."""
        of = self.log.item_features
        features = {name: _plain(values[item]) for name, values in of.items() if name != TITLE}
        return CatalogueItem(self.model.item_names[item], self.title(item), features, int(self.watches[item]))

    def title(self, item: int) -> str | None:
        """An item's title, where the data have titles and the item has one."""
        titles = self.log.item_features.get(TITLE)
        return None if titles is None else str(titles[item]) or None

    def token_text(self, token: int) -> str:
        """What was searched for; its id where the data have no texts."""
        texts = self.task.tokens
        return texts[token] if 0 <= token < len(texts) else str(token)

    def names(self, items: Sequence[int] | Indices) -> list[str]:
        """The names of some items."""
        return [self.model.item_names[int(item)] for item in items]

    # Others -------------------------------------------------------------------------------------------------------

    def ranker(self, path: str) -> SecondStage:
        """A checkpoint of ranking as the second stage. Raises EngineError for anything else, or one of another site."""
        task = self._others(Path(path))
        known = self._rankers.get(path)
        if known is None or known[0] is not task:
            known = self._rankers[path] = (task, second_stage(task, Path(path).name, self.task.data))
        return known[1]

    def other(self, path: str) -> CandidateTask:
        """Another checkpoint of candidate generation. Raises EngineError for anything else."""
        task = self._others(Path(path))
        if not isinstance(task, CandidateTask):
            raise EngineError(NO_CANDIDATES(path=Path(path).name))
        return task


def cosines(vectors: Vectors, lengths: Vectors, query: Vectors) -> Vectors:
    """The cosine of each of some vectors (n, dimensions), whose lengths (n,) are known, with a query (dimensions,); nan
    where one of the two is zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((vectors @ query) / (lengths * np.linalg.norm(query)), np.float32)


def lengths_of(vectors: Vectors) -> Vectors:
    """Euclidean lengths, (rows,) float32, of vectors (rows, dimensions)."""
    lengths: Vectors = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    return lengths


def _plain(value: object) -> ItemFeature:
    return float(value) if isinstance(value, float | np.floating) else str(value)
