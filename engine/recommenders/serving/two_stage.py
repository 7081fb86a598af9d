"""The two stages as one thing: a whole catalogue, hundreds of candidates of it, dozens to show (Covington et al. 2016,
figure 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, bags_of
from engine.recommenders.data.logs.log import Log
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.serving.retrieval import NONE, ApproximateIndex, Funnel, Index, Vectors

T = TypeVar("T")
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whom to recommend to: nobody that training need have known.

    ``history``: what was watched, the latest last, by name or by index. ``categories``: names by column, such as
    ``{"country": "Chile"}``. ``searches``: ids of search tokens. All may be empty; what is unknown has its own bucket.
    ``times``: of the history, in seconds since 1970, None where they are not known or, all left out, for none of it;
    ``now``: when something is to be recommended. Retrieval does not look at them; a ranker may.
    """

    history: Sequence[str | int] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    searches: Sequence[int] = ()
    times: Sequence[int | None] = ()
    now: int | None = None


class Retriever(Protocol):
    """The first stage: what vectors of users and items a trained model has. Item i is ``item_names[i]``."""

    @property
    def item_names(self) -> tuple[str, ...]:
        """The whole catalogue."""

    @property
    def user_categories(self) -> tuple[str, ...]:
        """The features of a user that the model reads."""

    def user_vectors(
        self, network: RecommenderNetwork, log: Log, users: Indices, searches: Bags | None = None
    ) -> Vectors:
        """u of some users at the end of a log, (users, dimensions)."""

    def item_vectors(self, network: RecommenderNetwork) -> Vectors:
        """The table that a user's vector is multiplied with, (items, dimensions)."""


class Ranker(Protocol):
    """The second stage."""

    def rank(self, visitor: Visitor, candidates: Indices) -> NDArray[np.floating]:
        """A score for each candidate, (n,), higher is better."""


@dataclass(frozen=True, slots=True)
class TwoStageAnswer:
    """``items`` (shown,): indices, best first, with ``scores`` (shown,) of the ranker, or inner products where there
    is none. ``candidates`` (n,) and ``candidate_scores`` (n,): what retrieval found, best first. ``vector``
    (dimensions,): the visitor's."""

    items: Indices
    scores: NDArray[np.float64]
    candidates: Indices
    candidate_scores: Vectors
    vector: Vectors
    funnel: Funnel


class TwoStage:
    """Serves a trained network. It is built for the network's item vectors of the moment: build another after more
    training."""

    def __init__(
        self,
        model: Retriever,
        network: RecommenderNetwork,
        ranker: Ranker | None = None,
        candidates: int = 200,
        shown: int = 24,
        trials: Vectors | None = None,
        seed: int = 0,
        index: Index | None = None,
    ) -> None:
        """``ranker``: without one the candidates stay in the order of their inner products. ``trials`` (n, dimensions):
        vectors of users, by which an index of more than 20,000 items is adjusted; up to so many, retrieval is exact.
        ``index``: one over the item vectors that is there already.

        Raises EngineError where item vectors are not finite.
        """
        self.model, self.network, self.ranker = model, network, ranker
        self.candidates, self.shown = candidates, shown
        self.index: Index = index or ApproximateIndex(model.item_vectors(network), seed, trials)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Items by name; made for the first history that is told by names, as it is as large as the catalogue."""
        return {name: at for at, name in enumerate(self.model.item_names)}

    def watched(self, visitor: Visitor) -> Indices:
        """The indices of a visitor's history, (n,), −1 for what the catalogue does not have."""
        count = len(self.model.item_names)
        found = [self._places.get(item, -1) if isinstance(item, str) else item for item in visitor.history]
        return np.array([item if 0 <= item < count else -1 for item in found], np.int64)

    def vector_of(self, visitor: Visitor) -> Vectors:
        """u for any history, also one that is edited by hand, (dimensions,): a pass through the tower, no training."""
        found: Vectors = self.vectors_of([visitor])[0]
        return found

    def vectors_of(self, visitors: Sequence[Visitor]) -> Vectors:
        """The same of several at once, (visitors, dimensions)."""
        model, watched = self.model, [self.watched(visitor) for visitor in visitors]
        features = {name: [one.categories.get(name, "") for one in visitors] for name in model.user_categories}
        owners = np.repeat(np.arange(len(visitors)), [len(items) for items in watched])
        items = np.concatenate([np.empty(0, np.int64), *watched])
        names = ("",) * len(visitors)
        alone = Log(owners, items, np.zeros_like(owners), names, model.item_names, user_features=features)
        searches = bags_of([list(one.searches) for one in visitors])
        return model.user_vectors(self.network, alone, np.arange(len(visitors)), searches)

    def answer(
        self,
        visitor: Visitor,
        candidates: int | None = None,
        shown: int | None = None,
        ranker: Ranker | None = None,
    ) -> TwoStageAnswer:
        """From the whole catalogue to what is shown; nothing that was watched is recommended. What is None is as the
        service was built."""
        vector, vector_ms = _timed(lambda: self.vector_of(visitor))
        watched = np.unique(self.watched(visitor))
        seen = Bags(watched[watched >= 0], np.array([0, np.count_nonzero(watched >= 0)]))
        found, retrieval_ms = _timed(lambda: self.index.search(vector[None], candidates or self.candidates, seen))
        kept = found.ids[0] != NONE
        ids, inner = found.ids[0][kept], found.scores[0][kept]
        scores, ranking_ms = _timed(lambda: self._ranked(visitor, ids, inner, ranker or self.ranker))
        order = np.argsort(-scores, kind="stable")[: shown or self.shown]  # equal ones as retrieval has them
        count = len(self.model.item_names)
        funnel = Funnel(count, len(ids), len(order), vector_ms, retrieval_ms, ranking_ms)
        return TwoStageAnswer(ids[order], scores[order], ids, inner, vector, funnel)

    def _ranked(
        self, visitor: Visitor, candidates: Indices, inner: Vectors, ranker: Ranker | None
    ) -> NDArray[np.float64]:
        if ranker is None:
            return inner.astype(np.float64)
        scores = np.asarray(ranker.rank(visitor, candidates), np.float64)
        if scores.shape != candidates.shape:
            raise ValueError(f"{scores.shape} scores of {candidates.shape} candidates")
        return scores


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work gives, and the milliseconds that it took."""
    start = perf_counter()
    done = work()
    return done, (perf_counter() - start) * 1e3
