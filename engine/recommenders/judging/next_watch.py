"""The next watch: hold it out, and find its rank among the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.seeding import Stream, generator
from engine.graph.columns import Bags
from engine.problems import declare
from engine.recommenders.data.different import different
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.row_snapshot import added_rows, frames_of_watches, identities
from engine.recommenders.data.sources.base import Watches
from engine.recommenders.judging import metrics
from engine.recommenders.judging.metrics import Estimate, Floats
from engine.recommenders.judging.standing import judged_lengths

Indices = NDArray[np.int64]
Score = Callable[[Indices], NDArray[np.floating]]
"""Scores of every item for some users: (batch,) user indices to (batch, items), higher is better."""

BATCH = 256
NO_ADDED_WATCHES = declare(
    "recommender.no-added-watches",
    "The new rows of “{path}” can't be judged: none is a user's last watch of an item that the network knows, after"
    " another such watch.",
)
TO_CHOOSE = 5000
"""Users by whose watches an epoch is chosen: a hit rate's standard error is below 0.007, and an evaluation is quick."""


@dataclass(frozen=True, slots=True)
class Split:
    """A log without one watch of each of some users, and those watches.

    ``users``, ``items``, ``times`` (n,): who watched what when; ``users`` increase.
    ``rows`` (n,): which watches of the whole log those are.
    ``tied``: share of these users who have another watch with the timestamp of the held-out one, so that
    which of them was held out is a matter of the rule.
    """

    train: Log
    rows: Indices
    users: Indices
    items: Indices
    times: Indices
    tied: float

    @property
    def repeated(self) -> float:
        """The share of the held-out watches, 0 to 1, of what their users watch in training too: nobody is recommended
        what they know, so that no recommender finds these; NaN where there are none."""
        log, width = self.train, np.int64(max(self.train.item_count, 1))
        known = np.isin(self.users * width + self.items, log.users.astype(np.int64) * width + log.items)
        return float(known.mean()) if len(known) else float("nan")

    def of_rows(self, rows: Indices) -> Split:
        """The same, with those held-out watches alone that are among some ``rows`` of the whole log."""
        some = np.isin(self.rows, rows)
        users, items, times = self.users[some], self.items[some], self.times[some]
        return Split(self.train, self.rows[some], users, items, times, self.tied)


@dataclass(frozen=True, slots=True)
class NextWatchEvaluation:
    """What a recommender is worth on a split.

    ``users`` (n,); ``ranks`` (n,) of their held-out items from 1 in the catalogue of ``catalogue`` items, inf where the
    item could not be recommended; ``metrics``: ``HR@k``, ``NDCG@k`` and ``MAP@k``, each user equal, by name.
    With one held-out item per user HR@k is the recall at k.
    """

    users: Indices
    ranks: Floats
    catalogue: int
    metrics: Mapping[str, Estimate]


def hold_out_last(log: Log) -> Split:
    """Hold out the last watch of each user who has at least two (Covington et al. 2016, §3.4: never a random one).

    Of several watches at a user's last timestamp, the one that comes last in the source is held out: a log keeps the
    order of its source within a tie.
    """
    offsets = log.offsets()
    counts = np.diff(offsets)
    return _hold_out(log, (offsets[1:] - 1)[counts >= 2])


def hold_out_added(before: Log, now: Log) -> Split:
    """Hold out the last watch of each user whose last one was added since ``before``; both logs are of the same items.

    Where this holds out none, there is nothing new to judge on.
    """
    then, here = (identities(frames_of_watches(Watches(log))) for log in (before, now))
    return hold_out_last(now).of_rows(added_rows(then, here))


def hold_out_to_choose(log: Log, most: int = TO_CHOOSE) -> Split:
    """Hold out the last watch of some users, to choose an epoch by: of at most ``most``, which lie evenly among all.

    Of each who has at least three, so that there is still something to learn of everybody. Where nobody has, of every
    other user with two.
    """
    offsets = log.offsets()
    counts = np.diff(offsets)
    users = np.flatnonzero(counts >= 3)
    if not len(users):
        users = np.flatnonzero(counts >= 2)[::2]
    if len(users) > most:
        users = users[np.arange(most) * len(users) // most]
    return _hold_out(log, offsets[users + 1] - 1)


def hold_out_random(log: Log, seed: int) -> Split:
    """Hold out any watch of each user who has at least two, all alike likely.

    Flattering, and here for comparison only: the model learns from what the user watched afterwards.
    """
    offsets = log.offsets()
    counts = np.diff(offsets)
    shares = generator(seed, Stream.SPLIT).random(log.user_count)
    rows = offsets[:-1] + (shares * counts).astype(np.int64)
    return _hold_out(log, rows[counts >= 2])


def _hold_out(log: Log, rows: Indices) -> Split:
    """The split that holds out these rows, at most one per user, in order."""
    kept = np.ones(len(log), np.bool_)
    kept[rows] = False
    return Split(log.take(kept), rows, log.users[rows], log.items[rows], log.times[rows], _tied(log, rows))


def _tied(log: Log, rows: Indices) -> float:
    """Share of the rows beside which the log has a row of the same user and time."""
    same = (np.diff(log.users) == 0) & (np.diff(log.times) == 0)
    with_next = np.append(same, False)
    with_previous = np.append(False, same)[: len(log)]
    return float(np.mean((with_next[: len(log)] | with_previous)[rows])) if len(rows) else 0.0


def rank_of_targets(scores: NDArray[np.floating], targets: Indices, seen: Bags | None = None) -> Floats:
    """Rank from 1 of one target item per user among all items, (users,) float64.

    ``scores`` (users, items), ``targets`` (users,), ``seen`` a bag of items per user that are not to be recommended.
    The rank is 1 + the items that score higher + half of those that tie: the mean over all orders of the tie,
    so that a constant score gets the middle of the catalogue and neither the top nor the bottom.
    It is inf, a miss at any k, where the target has no score (nan or −inf) or was seen before.
    """
    own = scores[np.arange(len(targets)), targets]
    # nan compares false with everything: it is not among those that score higher, nor among those that tie.
    higher, tied = _counts(scores > own[:, None]), _counts(scores == own[:, None]) - 1
    missed = ~(own > -np.inf)
    if seen is not None:  # few of all items, so that they are taken out of the counts and not out of the scores
        items = scores.shape[1]
        rows, ids = np.divmod(different(np.repeat(np.arange(seen.rows), seen.lengths) * items + seen.ids), items)
        theirs = scores[rows, ids]
        higher -= np.bincount(rows[theirs > own[rows]], minlength=len(targets))
        tied -= np.bincount(rows[theirs == own[rows]], minlength=len(targets))
        missed[rows[ids == targets[rows]]] = True
    return np.where(missed, np.inf, 1 + higher + tied / 2)


def _counts(flags: NDArray[np.bool_]) -> Indices:
    """How many of each row are set: row by row, as adding flags up makes numbers of them all first."""
    return np.array([np.count_nonzero(row) for row in flags], np.int64)


def evaluate_full(
    score: Score, split: Split, k: Sequence[int] | None = None, batch: int = BATCH
) -> NextWatchEvaluation:
    """Rank every held-out item among all items of the catalogue that its user has not watched in training.

    No sampled negatives: those change the order of recommenders (Krichene & Rendle 2020). Works through ``batch`` users
    at a time, so that at most (batch, items) scores are in memory. An item that training never saw counts like
    any other. ``k``: lengths, :func:`judged_lengths` unless given. Raises ValueError where ``score`` answers in another
    shape.
    """
    seen = Bags(split.train.items, split.train.offsets())
    ranks = np.empty(len(split.users))
    for start in range(0, len(split.users), batch):
        part = slice(start, start + batch)
        users = split.users[part]
        scores = score(users)
        if scores.shape != (len(users), split.train.item_count):
            raise ValueError(f"scores {scores.shape} for {len(users)} users and {split.train.item_count} items")
        ranks[part] = rank_of_targets(scores, split.items[part], seen.take(users))
    items = split.train.item_count
    return NextWatchEvaluation(split.users, ranks, items, metrics_of(ranks, judged_lengths(items) if k is None else k))


def metrics_of(ranks: Floats, k: Sequence[int]) -> dict[str, Estimate]:
    """Mean hit rate, NDCG and average precision at each k with their standard errors, from (users,) ranks."""
    return {f"{name}@{at}": metrics.mean_of(of(ranks, at)) for name, of in _MEASURES.items() for at in k}


def differences_of(ranks: Floats, others: Floats, k: Sequence[int]) -> dict[str, Estimate]:
    """The same figures by ``ranks`` minus those by ``others``, (users,) each of the very same users in the same order,
    with the standard errors of those differences."""
    pairs = ((name, at, of(ranks, at), of(others, at)) for name, of in _MEASURES.items() for at in k)
    return {f"{name}@{at}": metrics.paired(one, other) for name, at, one, other in pairs}


_MEASURES: Mapping[str, Callable[[Floats, int], Floats]] = {
    "HR": metrics.hit_rate_of_ranks,
    "NDCG": metrics.ndcg_of_ranks,
    "MAP": metrics.average_precision_of_ranks,
}
