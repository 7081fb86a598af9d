"""What recommenders are worth on held-out watches, as answers tell it: figures with errors, and pairs of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.recommenders.judging.metrics import Estimate
from engine.recommenders.judging.next_watch import Evaluation, differences_of, metrics_of


@dataclass(frozen=True, slots=True)
class Judged:
    """``figures``: by name, such as ``HR@50``, each a mean over all users with its standard error. ``missed``: share of
    the users whose item could not be recommended at all. ``median_rank``: half of the users' items come no later."""

    who: str
    figures: Mapping[str, Estimate]
    missed: float
    median_rank: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A recommender's figures minus another's, user by user, with the standard error of that difference: what is hard
    for both cancels, so that this tells them apart where the figures' own errors overlap."""

    who: str
    minus: str
    figures: Mapping[str, Estimate]


def judged(who: str, evaluation: Evaluation, at: Sequence[int]) -> Judged:
    """Hit rate, NDCG and average precision at each of ``at``."""
    ranks = evaluation.ranks
    missed = float(np.isinf(ranks).mean()) if len(ranks) else float("nan")
    middle = float(np.median(ranks)) if len(ranks) else float("nan")
    return Judged(who, metrics_of(ranks, at), missed, middle)


def difference(who: str, one: Evaluation, minus: str, other: Evaluation, at: Sequence[int]) -> Difference:
    """Hit rate, NDCG and average precision at each of ``at``, of the very same users in both."""
    return Difference(who, minus, differences_of(one.ranks, other.ranks, at))
