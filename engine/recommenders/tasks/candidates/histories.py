"""Training examples of candidate generation: what was watched before, and what was watched next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Ids
from engine.recommenders.data.logs.log import Log

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Examples:
    """``rows`` (n,): the watches of the log that are to be predicted. ``begins`` (n,): where in the log each one's
    history begins; it ends right before the watch itself, so that nothing later can be seen. ``ages`` (n,): days from
    each watch to the end of the log (§3.3).
    """

    rows: NDArray[np.int64]
    begins: NDArray[np.int64]
    ages: NDArray[np.float32]

    def take(self, some: NDArray[np.int64]) -> Examples:
        """Some of them, in the given order."""
        return Examples(self.rows[some], self.begins[some], self.ages[some])


def examples_of(log: Log, per_user: int, longest: int, repeats: bool = True) -> Examples:
    """At most ``per_user`` examples of every user, the latest, with histories of at most ``longest`` watches; without
    ``repeats``, none whose item the user had watched before.

    Covington et al. 2016, §3.4: a fixed number of training examples per user weighs all users equally in the loss and
    keeps a few very active ones from dominating it; and predicting the next watch from what came before it does much
    better than predicting a held-out watch from both sides. A first watch has no history and is no example.
    """
    offsets = log.offsets()
    starts, ends = offsets[log.users], offsets[log.users + 1]
    rows = np.arange(len(log))
    wanted = (rows > starts) & (rows >= ends - per_user)
    if not repeats:
        wanted &= first_watches(log)
    chosen = rows[wanted]
    ages = ((log.times.max(initial=0) - log.times[chosen]) / DAY).astype(np.float32)
    return Examples(chosen, np.maximum(starts[wanted], chosen - longest), ages)


def first_watches(log: Log) -> NDArray[np.bool_]:
    """Which watches are the first that their user has had of the item, (watches,)."""
    _, firsts = np.unique(log.users * log.item_count + log.items, return_index=True)
    found = np.zeros(len(log), np.bool_)
    found[firsts] = True
    return found


def histories(items: Ids, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> Bags:
    """The items from ``begins`` up to ``ends`` (n,) of a log, as bags of ids of a vocabulary, whose first is 1."""
    lengths = ends - begins
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    places = np.arange(offsets[-1]) + np.repeat(begins - offsets[:-1], lengths)
    return Bags(items[places] + 1, offsets)


def latest_histories(log: Log, users: NDArray[np.int64], longest: int) -> Bags:
    """What each of some users has watched, at most ``longest`` of the latest."""
    offsets = log.offsets()
    ends = offsets[users + 1]
    return histories(log.items, np.maximum(offsets[users], ends - longest), ends)
