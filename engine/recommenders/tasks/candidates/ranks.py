"""Where items stand in the whole catalogue by a user's scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.serving.retrieval import Vectors

Ranks = NDArray[np.float64]
Indices = NDArray[np.int64]


class Standing:
    """The order of a catalogue by ``scores`` (items,), without the items that were ``seen``."""

    def __init__(self, scores: Vectors, seen: Indices) -> None:
        self._scores, self._others = scores, scores.copy()
        self._others[seen] = -np.inf

    def ranks(self, items: Indices) -> Ranks:
        """The rank from 1 of each of some items, (n,), the mean over all orders of a tie. A seen item has the rank that
        it would have if it alone could be recommended again."""
        found = np.empty(len(items))
        for at, item in enumerate(items.tolist()):
            own = self._scores[item]
            tied = np.count_nonzero(self._others == own) - int(self._others[item] == own)
            found[at] = 1 + np.count_nonzero(self._others > own) + tied / 2
        return found

    def best(self, count: int) -> Indices:
        """The items that come first, best first, equal ones by lower number; fewer where there are no more."""
        others = self._others
        count = min(count, len(others))
        least = np.partition(others, len(others) - count)[len(others) - count]
        kept = np.flatnonzero((others >= least) & (others > -np.inf))
        order: Indices = kept[np.lexsort((kept, -others[kept]))[:count]]
        return order
