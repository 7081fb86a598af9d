"""Where items stand in the whole catalogue by a user's scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.serving.retrieval import Vectors

Ranks = NDArray[np.float64]
Indices = NDArray[np.int64]


class Standing:
    """The order of a catalogue by ``scores`` (items,), without the items that were ``seen``. Only the items above those
    that are asked about are looked at twice, as there may be a million others."""

    def __init__(self, scores: Vectors, seen: Indices) -> None:
        self._scores = scores
        self._unseen = np.ones(len(scores), np.bool_)
        self._unseen[seen] = False

    def ranks(self, items: Indices) -> Ranks:
        """The rank from 1 of each of some items, (n,), the mean over all orders of a tie. A seen item has the rank that
        it would have if it alone could be recommended again."""
        own = self._scores[items]
        above = self._scores[(self._scores >= own.min(initial=np.inf)) & self._unseen]
        found = np.empty(len(items))
        for at, (item, score) in enumerate(zip(items.tolist(), own, strict=True)):
            tied = np.count_nonzero(above == score) - int(self._unseen[item])
            found[at] = 1 + np.count_nonzero(above > score) + tied / 2
        return found

    def best(self, count: int, known: Indices | None = None) -> Indices:
        """The items that come first, best first, equal ones by lower number; fewer where there are no more, −inf being
        no score. ``known``: as many unseen items, the worst of which the best are not below, where some are known."""
        scores = self._scores
        if known is None or len(known) < count:
            left = scores[self._unseen]
            count = min(count, len(left))
            least = np.partition(left, len(left) - count)[len(left) - count] if count else np.inf
        else:
            least = scores[known].min()
        kept = np.flatnonzero((scores >= max(least, np.finfo(np.float32).min)) & self._unseen)
        order: Indices = kept[np.lexsort((kept, -scores[kept]))[:count]]
        return order
