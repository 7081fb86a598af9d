"""Generated logs of watches with laws that differ, to see whether defaults hold where nobody has tuned them.

Defaults are chosen on the logs of :data:`TUNING` seeds, and judged on those of :data:`JUDGING` seeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.data.logs.log import Log

TUNING = (1, 2)
JUDGING = (101, 102)
YEAR = 365 * 86_400
TASTES = 12
SUCCESSORS = 4
TRIES = 20


@dataclass(frozen=True, slots=True)
class Law:
    """How a site's users watch.

    ``shortest`` and ``longest``: watches of a user, any number of them alike likely. ``popularity``: the item of rank r
    is watched as r^−popularity. ``taste``: deviation of the log-odds by which each of twelve tastes prefers items.
    ``chain``: the share of watches that follow from the one before, which leads to one of four items. ``repeat``: the
    share of watches of what the user has watched before; without any, nothing is watched twice.
    """

    users: int
    items: int
    shortest: int
    longest: int
    popularity: float = 0.5
    taste: float = 1.5
    chain: float = 0.0
    repeat: float = 0.0


LAWS: Mapping[str, Law] = {
    "strong popularity": Law(users=1500, items=1500, shortest=5, longest=40, popularity=1.2, taste=0.5),
    "strong sequence": Law(users=1500, items=1000, shortest=5, longest=50, chain=0.7),
    "many tiny users": Law(users=8000, items=1500, shortest=2, longest=5, popularity=0.8),
    "few heavy users": Law(users=150, items=3000, shortest=200, longest=600),
    "heavy repeats": Law(users=1500, items=1500, shortest=10, longest=60, repeat=0.6),
}


def log_of(law: Law, seed: int) -> Log:
    """A log that follows the law, by its seed."""
    draw = np.random.default_rng(seed)
    ladders = _ladders(law, draw)
    successors = draw.integers(0, law.items, (law.items, SUCCESSORS))
    mixtures = np.cumsum(draw.dirichlet(np.full(TASTES, 0.3), law.users), axis=1)
    lengths = draw.integers(law.shortest, law.longest + 1, law.users)
    watched = np.full((law.users, law.longest), -1, np.int64)
    seen = np.zeros((law.users, law.items), np.bool_)
    for step in range(law.longest):
        who = np.flatnonzero(lengths > step)
        items = _fresh(ladders, mixtures, seen, who, draw)
        if step:
            follows = draw.random(len(who)) < law.chain
            next_ones = successors[watched[who, step - 1], draw.integers(0, SUCCESSORS, len(who))]
            follows &= ~seen[who, next_ones]
            again = draw.random(len(who)) < law.repeat
            items = np.where(follows, next_ones, items)
            items = np.where(again, watched[who, draw.integers(0, step, len(who))], items)
        watched[who, step] = items
        seen[who, items] = True
    return _as_log(law, watched, lengths, draw)


def _ladders(law: Law, draw: np.random.Generator) -> NDArray[np.float64]:
    """How likely each taste is to watch each item, (tastes, items), added up along the items."""
    ranks = draw.permutation(law.items) + 1.0
    odds = -law.popularity * np.log(ranks) + law.taste * draw.normal(size=(TASTES, law.items))
    shares = np.exp(odds - odds.max())
    return np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)


def _fresh(
    ladders: NDArray[np.float64], mixtures: NDArray[np.float64], seen: NDArray[np.bool_], who: NDArray[np.int64],
    draw: np.random.Generator,
) -> NDArray[np.int64]:  # fmt: skip
    """An item by each user's tastes, (users,), drawn anew a few times where it has been seen, then any unseen one."""
    items = np.zeros(len(who), np.int64)
    open_ = np.arange(len(who))
    for _ in range(TRIES):
        tastes = (draw.random((len(open_), 1)) > mixtures[who[open_], :-1]).sum(axis=1)
        chances = draw.random(len(open_))
        items[open_] = [
            np.searchsorted(ladders[taste, :-1], chance) for taste, chance in zip(tastes, chances, strict=True)
        ]
        open_ = open_[seen[who[open_], items[open_]]]
    for at in open_:
        items[at] = draw.choice(np.flatnonzero(~seen[who[at]]))
    return items


def _as_log(law: Law, watched: NDArray[np.int64], lengths: NDArray[np.int64], draw: np.random.Generator) -> Log:
    """A user's watches come at random times of the year, in their order."""
    users = np.repeat(np.arange(law.users), lengths)
    times = draw.integers(0, YEAR, len(users))
    times = times[np.lexsort((times, users))]
    names = [f"u{user}" for user in range(law.users)], [f"i{item}" for item in range(law.items)]
    return Log(users, watched[watched >= 0], times, *names)
