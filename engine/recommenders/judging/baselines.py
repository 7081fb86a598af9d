"""Recommenders that need no network: what a number is to be read beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

from engine.problems import EngineError, declare
from engine.recommenders.data.logs.log import Log

Indices = NDArray[np.int64]
Scores = NDArray[np.float32]

MEMORY = 4 << 30
"""Bytes that EASE may take unless told otherwise."""

BLOCK = 1024
"""Items whose co-watches with all others are counted at a time."""

EASE_TOO_LARGE = declare(
    "recommender.ease-too-large",
    "EASE over {items} items needs {needed:.1f} GiB, more than the {allowed:.1f} GiB allowed. Keep only items "
    "with more watches, or use ItemKNN.",
)


class Baseline(Protocol):
    """What every baseline can do once it is fitted."""

    def scores(self, users: Indices) -> Scores:
        """Scores of all items for some users of the log, (users, items) float32; 0 where there is nothing to go by."""
        ...


def interactions(log: Log) -> scipy.sparse.csr_matrix:
    """Who watched what, (users, items) float32 of zeros and ones: watching twice is watching."""
    shape = (log.user_count, log.item_count)
    matrix = scipy.sparse.csr_matrix((np.ones(len(log), np.float32), (log.users, log.items)), shape)
    matrix.data[:] = 1  # building it has added the repeats up
    return matrix


@dataclass(frozen=True, slots=True)
class Popular:
    """The same items for everybody, by number of watches; ``counts`` (items,)."""

    counts: Scores

    @classmethod
    def fit(cls, log: Log) -> Popular:
        """Count every watch."""
        return cls(np.bincount(log.items, minlength=log.item_count).astype(np.float32))

    def scores(self, users: Indices) -> Scores:
        """(users, items): the counts, for each."""
        return np.tile(self.counts, (len(users), 1))


@dataclass(frozen=True, slots=True)
class RecentPopular:
    """The same items for everybody, by watches in the log's last days, ties by all watches.

    ``places`` (items,): 0 for the least watched, the same for items that tie in both.
    """

    places: Scores

    @classmethod
    def fit(cls, log: Log, days: float = 30.0) -> RecentPopular:
        """Count the watches of the ``days`` before the last one of the log."""
        since = log.times.max(initial=0) - days * 86_400
        recent = np.bincount(log.items[log.times > since], minlength=log.item_count)
        ever = np.bincount(log.items, minlength=log.item_count)
        _, places = np.unique(np.stack([recent, ever], axis=1), axis=0, return_inverse=True)
        return cls(places.astype(np.float32))

    def scores(self, users: Indices) -> Scores:
        """(users, items): the places, for each."""
        return np.tile(self.places, (len(users), 1))


@dataclass(frozen=True, slots=True)
class ItemKNN:
    """Items like those a user watched: the sum of their similarities (Deshpande & Karypis 2004).

    ``watched`` (users, items); ``similarity`` (items, items) sparse, column j holding item j's nearest neighbours.
    """

    watched: scipy.sparse.csr_matrix
    similarity: scipy.sparse.csr_matrix

    @classmethod
    def fit(cls, log: Log, neighbours: int = 200, shrinkage: float = 20.0) -> ItemKNN:
        """Similarity ``both / (√(n_i n_j) + shrinkage)``, both being the users who watched i and j.

        Shrinkage keeps two items that one user happened to watch from being near. Each item keeps its ``neighbours``
        most similar items, equal ones by lower index. Works through blocks of items, so that the memory is bounded.
        """
        watched = interactions(log)
        by_item = watched.T.tocsr()
        lengths = np.sqrt(np.asarray(watched.sum(axis=0)).ravel())
        blocks = [
            _nearest(by_item[start : start + BLOCK] @ watched, start, lengths, neighbours, shrinkage)
            for start in range(0, log.item_count, BLOCK)
        ]
        return cls(watched, scipy.sparse.vstack(blocks).T.tocsr())

    def scores(self, users: Indices) -> Scores:
        """(users, items): for each item, the similarities to it of what the user watched, summed."""
        return np.asarray((self.watched[users] @ self.similarity).toarray(), np.float32)


def _nearest(
    both: scipy.sparse.csr_matrix, first: int, lengths: Scores, neighbours: int, shrinkage: float
) -> scipy.sparse.csr_matrix:
    """Rows of similarities from rows of co-watches, the first row being item ``first``; each keeps its nearest."""
    pairs = both.tocoo()
    apart = pairs.row + first != pairs.col
    rows, columns = pairs.row[apart], pairs.col[apart]
    similarity = pairs.data[apart] / (lengths[rows + first] * lengths[columns] + shrinkage)
    order = np.lexsort((columns, -similarity, rows))
    begins = np.searchsorted(rows[order], np.arange(both.shape[0]))
    place = np.arange(len(order)) - begins[rows[order]]
    near = order[place < neighbours]
    return scipy.sparse.csr_matrix((similarity[near].astype(np.float32), (rows[near], columns[near])), both.shape)


@dataclass(frozen=True, slots=True)
class EASE:
    """A linear model of each item by all others, in closed form (Steck, "Embarrassingly shallow autoencoders", 2019).

    ``watched`` (users, items); ``items`` (kept,) the items that are modelled; ``weights`` (kept, kept), zero diagonal,
    column j giving item j by the others. Items that are not modelled score −inf: they cannot be recommended.
    """

    watched: scipy.sparse.csr_matrix
    items: Indices
    weights: Scores

    @classmethod
    def fit(cls, log: Log, penalty: float = 500.0, at_least: int = 1, memory: int = MEMORY) -> EASE:
        """Weights ``B = I − P / diag(P)`` with ``P = (XᵀX + penalty·I)⁻¹`` (Steck's equation 8).

        Models the items that ``at_least`` users watched. Raises EngineError where that takes more than ``memory``
        bytes: one dense float32 matrix of items by items, which becomes the weights.
        """
        watched = interactions(log)
        items = np.flatnonzero(np.asarray(watched.sum(axis=0)).ravel() >= at_least)
        needed = 4 * len(items) ** 2
        if needed > memory:
            raise EngineError(EASE_TOO_LARGE(items=len(items), needed=needed / 2**30, allowed=memory / 2**30))
        kept = watched[:, items]
        by_item = kept.T.tocsr()
        gram = np.empty((len(items), len(items)), np.float32)
        for start in range(0, len(items), BLOCK):
            gram[start : start + BLOCK] = (by_item[start : start + BLOCK] @ kept).toarray()
        gram[np.diag_indices_from(gram)] += penalty
        return cls(watched, items, _without_self(gram))

    def scores(self, users: Indices) -> Scores:
        """(users, items): the sum of the weights from what each user watched."""
        scores = np.full((len(users), self.watched.shape[1]), -np.inf, np.float32)
        scores[:, self.items] = self.watched[users][:, self.items] @ self.weights
        return scores


def _without_self(gram: Scores) -> Scores:
    """The weights B of a regularised Gram matrix, in its memory."""
    if not len(gram):
        return gram
    # Positive definite: by Cholesky, a third of the work of a general inverse. LAPACK works in place on matrices in
    # Fortran's order, which the transpose of this symmetric one is.
    factor, _ = scipy.linalg.lapack.spotrf(gram.T, lower=True, overwrite_a=True)
    weights, _ = scipy.linalg.lapack.spotri(factor, lower=True, overwrite_c=True)
    for row in range(len(weights)):
        weights[row, row + 1 :] = weights[row + 1 :, row]
    diagonal = np.diag(weights).copy()
    weights /= -diagonal
    np.fill_diagonal(weights, 0)
    return np.asarray(weights, np.float32)
