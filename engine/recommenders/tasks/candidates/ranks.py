"""Where some items stand in the whole catalogue by a user's scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.serving.retrieval import Vectors

Ranks = NDArray[np.float64]
Indices = NDArray[np.int64]


def ranks_of(scores: Vectors, items: Indices, seen: Indices) -> Ranks:
    """The rank from 1 of each of some items (n,) among all that are not ``seen``, by scores (items,); the mean over all
    orders of a tie. A seen item has the rank that it would have if it alone could be recommended again."""
    others = scores.copy()
    others[seen] = -np.inf
    found = np.empty(len(items))
    for at, item in enumerate(items.tolist()):
        own = scores[item]
        tied = np.count_nonzero(others == own) - int(others[item] == own)
        found[at] = 1 + np.count_nonzero(others > own) + tied / 2
    return found
