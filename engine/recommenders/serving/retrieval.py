"""The items whose vectors have the largest inner product with a query: exactly, and approximately but much sooner."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.data.seeding import Stream, generator
from engine.graph.columns import Bags
from engine.problems import EngineError, declare

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]

NONE = -1
"""The id where there are fewer items than were asked for."""

BLOCK = 1 << 16
"""Items that the exact scan scores at a time, …"""

QUERIES = 128
"""… for so many queries: 32 MiB of scores."""

EXACT_BELOW = 20_000
"""Items up to which a scan takes a fraction of a millisecond and an index is not worth its build."""

MOST_LISTS = 8192
POINTS_PER_LIST = 48
ROUNDS = 6
"""More vectors to cluster, or more rounds, make the build longer and the lists hardly better."""

LARGEST_SHARE = 1 / 64
"""Share of the lists that a search may look into: what bounds its time."""

TRIALS = 128
"""Queries by which the number of lists to look into is chosen."""

NOT_FINITE = declare(
    "recommender.vectors-not-finite",
    "{count} of the item vectors hold values that are not finite; the model has diverged: lower its learning rate and "
    "train it again.",
)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many items there are at each stage, and the milliseconds it took: to get the visitor's vector, to retrieve
    the candidates, and to rank them."""

    catalogue: int
    candidates: int
    shown: int
    vector_ms: float
    retrieval_ms: float
    ranking_ms: float

    @property
    def total_ms(self) -> float:
        """Milliseconds from a history to a list."""
        return self.vector_ms + self.retrieval_ms + self.ranking_ms


@dataclass(frozen=True, slots=True)
class Found:
    """The best items of each query, best first, equal scores by lower id.

    ``ids`` (queries, k) int64, ``scores`` (queries, k) float32 inner products; where fewer than k items are left
    after the exclusions, the rest are :data:`NONE` with a score of −inf.
    """

    ids: Ids
    scores: Vectors


class Index(Protocol):
    """Item vectors that can be searched; item i is row i."""

    @property
    def lists(self) -> int:
        """Lists of items near one another, of which a search looks into some; 0 where it looks at every item."""

    def search(self, queries: Vectors, k: int, excluded: Bags | None = None) -> Found:
        """The ``k`` ≥ 1 best items of each query (queries, dimension); ``excluded`` has a bag of item ids per query."""
        ...


class ExactIndex:
    """Every item is scored, in blocks, so that memory does not grow with the catalogue.

    ``vectors`` (items, dimension) float32 are kept, not copied. Raises EngineError where they are not finite.
    """

    lists = 0

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = _checked(vectors)

    def search(self, queries: Vectors, k: int, excluded: Bags | None = None) -> Found:
        """The ``k`` best items of each query, exactly, to the rounding of float32; see :class:`Index`."""
        queries = self.asked(queries)
        found = Found(np.full((len(queries), k), NONE, np.int64), np.full((len(queries), k), -np.inf, np.float32))
        for first in range(0, len(queries), QUERIES):
            part = slice(first, first + QUERIES)
            outs = None if excluded is None else excluded.take(np.arange(len(queries))[part])
            self._scan(queries[part], k, outs, Found(found.ids[part], found.scores[part]))
        return found

    def scores(self, queries: Vectors, ids: Ids) -> Vectors:
        """The inner products of each query with some items, ``ids`` (queries, n), as the scan has them."""
        found: Vectors = np.matmul(self._vectors[ids], queries[:, :, None])[:, :, 0]
        return found

    def asked(self, queries: Vectors) -> Vectors:
        """Queries as they are searched for; raises ValueError where their dimension is not that of the items."""
        if queries.ndim != 2 or queries.shape[1] != self._vectors.shape[1]:
            raise ValueError(f"queries {queries.shape} for vectors of dimension {self._vectors.shape[1]}")
        return np.asarray(queries, np.float32)

    def _scan(self, queries: Vectors, k: int, excluded: Bags | None, found: Found) -> None:
        """Search for a few queries, into ``found``."""
        best: list[tuple[Ids, Vectors]] = [(np.empty(0, np.int64), np.empty(0, np.float32))] * len(queries)
        for start in range(0, len(self._vectors), BLOCK):
            scores = queries @ self._vectors[start : start + BLOCK].T
            if excluded is not None:
                _exclude(scores, start, excluded)
            for row, (ids, values) in enumerate(best):
                # A later item that only equals the worst of k has the higher id, and stays out.
                least = values[-1] if len(values) == k else -np.inf
                better = np.flatnonzero(scores[row] > least)
                if len(better):
                    joined = np.concatenate([ids, better + start]), np.concatenate([values, scores[row][better]])
                    best[row] = _best(*joined, k)
        for row, (ids, values) in enumerate(best):
            found.ids[row, : len(ids)], found.scores[row, : len(ids)] = ids, values


class ApproximateIndex:
    """Lists of items near one another, of which a query looks only into the most promising (an inverted file, Jégou et
    al. 2011, by faiss), scored by their exact inner products.

    By inner product long vectors win, and a trained model's differ in length: what is popular is long. So every item v
    gets one more coordinate √(M² − ‖v‖²), M being the longest, and a query 0 (Bachrach et al. 2014): all items are then
    equally long, and the nearest ones by distance are the best ones by inner product.

    How many lists a search looks into is chosen at the build: about the fewest by which the share ``recall`` of the
    true ``depth`` best of some trial queries is found, and at most 1/64 of the lists, which bounds the time. ``trials``
    (n, dimension) are such queries, best the vectors of real users; without them items stand in.

    Up to 20,000 items, or ``exact_below``, the answers are exact. ``seed``: the same vectors and seed give the same
    index for the same number of threads. Raises EngineError where the vectors (items, dimension) are not finite.
    """

    def __init__(
        self,
        vectors: Vectors,
        seed: int = 0,
        trials: Vectors | None = None,
        recall: float = 0.98,
        depth: int = 200,
        exact_below: int = EXACT_BELOW,
    ) -> None:
        self._exact = ExactIndex(vectors)
        self.lists = 0
        """Lists in the index, 0 where it answers exactly."""
        self.probes = 0
        """Lists that a search looks into."""
        self.expected_recall = 1.0
        """Recall that the trial queries had."""
        if len(vectors) > exact_below:
            rng = generator(seed, Stream.ROWS)
            vectors = np.ascontiguousarray(vectors, np.float32)
            self._build(vectors, rng, seed)
            if trials is None:
                trials = vectors[rng.choice(len(vectors), TRIALS, replace=False)]
            self._choose_probes(trials[:TRIALS], recall, depth)

    def _build(self, vectors: Vectors, rng: np.random.Generator, seed: int) -> None:
        faiss = _faiss()
        items, dimension = vectors.shape
        self.lists = min(round(4 * items**0.5), MOST_LISTS, items)
        lifted = _lifted(vectors)
        self._longest = float(np.linalg.norm(lifted[0]))
        sample = lifted[rng.choice(items, min(items, POINTS_PER_LIST * self.lists), replace=False)]
        clusters = faiss.Kmeans(
            dimension + 1,
            self.lists,
            niter=ROUNDS,
            seed=seed % 2**31,
            min_points_per_centroid=1,
            max_points_per_centroid=POINTS_PER_LIST,
        )
        clusters.train(sample)
        self._centres = faiss.IndexFlatL2(dimension + 1)
        self._centres.add(clusters.centroids)
        self._index = faiss.IndexIVFFlat(self._centres, dimension + 1, self.lists, faiss.METRIC_L2)
        self._index.add(lifted)

    def _choose_probes(self, trials: Vectors, wanted: float, depth: int) -> None:
        true = self._exact.search(trials, depth)
        most = max(1, int(self.lists * LARGEST_SHARE))
        # Lists differ in length: enough of them that they seldom hold fewer than are asked for.
        self.probes = min(most, 1 + 4 * depth * self.lists // self._index.ntotal)
        while True:
            self.expected_recall = recall_at(depth, true, self.search(trials, depth))
            if self.expected_recall >= wanted or self.probes == most:
                return
            self.probes = min(most, max(self.probes + 1, self.probes * 5 // 4))

    def _level(self, queries: Vectors) -> Vectors:
        """Queries among the lifted items, and as long as they are: a short one's nearest centres would be those nearest
        to the origin. Its length changes nothing in the order of inner products."""
        lengths = np.sqrt(np.einsum("qd,qd->q", queries, queries))
        level = np.zeros((len(queries), queries.shape[1] + 1), np.float32)
        level[:, :-1] = queries * (self._longest / np.maximum(lengths, np.finfo(np.float32).tiny))[:, None]
        return level

    def in_lists(self, queries: Vectors, k: int, probes: int) -> Found:
        """What so many lists hold of each query's ``k`` best, as it would be without the exact answers to queries for
        which they hold too few. Raises ValueError for an index without lists."""
        if not self.lists:
            raise ValueError("this index answers exactly: it has no lists")
        queries = np.ascontiguousarray(self._exact.asked(queries))
        ids, scores = self._looked_into(queries, k, probes)
        return _ordered(ids, scores, k)

    def _looked_into(self, queries: Vectors, k: int, probes: int) -> tuple[Ids, Vectors]:
        self._index.nprobe = probes
        _, ids = self._index.search(self._level(queries), min(k, self._index.ntotal))
        return ids, self._exact.scores(queries, ids)

    def search(self, queries: Vectors, k: int, excluded: Bags | None = None) -> Found:
        """The ``k`` best items that are in the lists looked into; see :class:`Index`.

        More are fetched than asked for, by the longest exclusion. A query for which the lists hold too few is
        answered exactly, so that k are always delivered where k are left.
        """
        if not self.lists:
            return self._exact.search(queries, k, excluded)
        queries = np.ascontiguousarray(self._exact.asked(queries))
        spare = 0 if excluded is None else int(excluded.lengths.max(initial=0))
        ids, scores = self._looked_into(queries, k + spare, self.probes)
        if excluded is not None:
            _exclude_found(ids, scores, excluded)
        found = _ordered(ids, scores, k)
        short = np.flatnonzero(found.ids[:, -1] == NONE)
        if len(short):
            exact = self._exact.search(queries[short], k, None if excluded is None else excluded.take(short))
            found.ids[short], found.scores[short] = exact.ids, exact.scores
        return found


def recall_at(k: int, exact: Found, approximate: Found) -> float:
    """Share of the true ``k`` best of all queries that were found among the first ``k``; 1 where there are none."""
    true, got = exact.ids[:, :k], approximate.ids[:, :k]
    common = sum(len(np.intersect1d(t[t != NONE], g)) for t, g in zip(true, got, strict=True))
    return common / max(int((true != NONE).sum()), 1) if (true != NONE).any() else 1.0


def _lifted(vectors: Vectors) -> Vectors:
    """(items, dimension + 1): all as long as the longest, by one more coordinate."""
    squares = np.einsum("nd,nd->n", vectors, vectors)
    rest = np.sqrt(np.maximum(squares.max() - squares, 0.0))
    return np.ascontiguousarray(np.concatenate([vectors, rest[:, None]], axis=1), np.float32)


def _checked(vectors: Vectors) -> Vectors:
    bad = int((~np.isfinite(vectors).all(axis=1)).sum())
    if bad:
        raise EngineError(NOT_FINITE(count=bad))
    return np.asarray(vectors, np.float32)


def _best(ids: Ids, scores: Vectors, k: int) -> tuple[Ids, Vectors]:
    """The ``k`` best of some items, best first, ties by lower id."""
    if len(scores) > k:
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= least)  # more than k where several equal the least
        ids, scores = ids[kept], scores[kept]
    order = np.lexsort((ids, -scores))[:k]
    return ids[order], scores[order]


def _exclude(scores: Vectors, first: int, excluded: Bags) -> None:
    """Give the excluded items of a block, whose first item is ``first``, the score −inf."""
    rows, places = np.repeat(np.arange(excluded.rows), excluded.lengths), excluded.ids - first
    inside = (places >= 0) & (places < scores.shape[1])
    scores[rows[inside], places[inside]] = -np.inf


def _exclude_found(ids: Ids, scores: Vectors, excluded: Bags) -> None:
    """Take the excluded items out of what was found for each query."""
    for row in range(len(ids)):
        out = np.isin(ids[row], excluded.bag(row))
        ids[row, out], scores[row, out] = NONE, -np.inf


def _ordered(ids: Ids, scores: Vectors, k: int) -> Found:
    """The ``k`` best of what was found for each query, best first, ties by lower id; filled up where too few."""
    if ids.shape[1] < k:
        lacking = ((0, 0), (0, k - ids.shape[1]))
        ids, scores = np.pad(ids, lacking, constant_values=NONE), np.pad(scores, lacking, constant_values=-np.inf)
    scores[ids == NONE] = -np.inf
    if (scores[:, 1:] < scores[:, :-1]).all():  # as it mostly comes, and sorting would take as long as the search
        return Found(ids[:, :k], scores[:, :k])
    order = np.lexsort((ids, -scores), axis=1)[:, :k]
    return Found(np.take_along_axis(ids, order, axis=1), np.take_along_axis(scores, order, axis=1))


def _faiss() -> ModuleType:
    """faiss, imported when something first needs it."""
    if sys.platform == "darwin":
        # The wheels of faiss and of torch each bring an OpenMP runtime of their own, and the second to start would end
        # the process; with one thread in faiss the two stay out of each other's way.
        os.environ.setdefault("KMP_DUPLICATE_LIB_OK", "TRUE")
    import faiss

    if sys.platform == "darwin":
        faiss.omp_set_num_threads(1)
    return faiss
