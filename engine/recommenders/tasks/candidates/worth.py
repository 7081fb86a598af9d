"""What recommenders are worth on held-out watches, as answers tell it: figures with errors, and pairs of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.recommenders.judging.next_watch import Evaluation, differences_of, metrics_of
from engine.recommenders.tasks.candidates.answers import FigureDifferences, RecommenderFigures


def judged(who: str, evaluation: Evaluation, at: Sequence[int]) -> RecommenderFigures:
    """Hit rate, NDCG and average precision at each of ``at``."""
    ranks = evaluation.ranks
    missed = float(np.isinf(ranks).mean()) if len(ranks) else float("nan")
    middle = float(np.median(ranks)) if len(ranks) else float("nan")
    return RecommenderFigures(who, metrics_of(ranks, at), missed, middle)


def difference(who: str, one: Evaluation, minus: str, other: Evaluation, at: Sequence[int]) -> FigureDifferences:
    """Hit rate, NDCG and average precision at each of ``at``, of the very same users in both."""
    return FigureDifferences(who, minus, differences_of(one.ranks, other.ranks, at))
