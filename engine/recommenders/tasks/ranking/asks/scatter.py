"""``scatter``: predicted against true seconds, point by point and tenth by tenth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.ranking.answers import ErrorBin, Scatter
from engine.recommenders.tasks.ranking.opened import Floats, OpenedRanking


class ScatterParameters(Parameters):
    """``points``: how many of the impressions are shown, from all over them; the figures are of all."""

    points: int = Field(default=1000, ge=1, le=20_000, description="impressions shown")
    bins: int = Field(default=10, ge=1, le=100, description="equally many impressions each, by what is predicted")


def answer(opened: OpenedRanking, parameters: ScatterParameters) -> Scatter:
    """All of it."""
    test, predicted = opened.test, opened.predicted
    true, watched = test.expected_seconds, test.watch_seconds
    rows = np.unique(np.linspace(0, len(test) - 1, min(parameters.points, len(test))).astype(np.int64))
    return Scatter(
        tuple(rows.tolist()),
        tuple(f"user {user}" for user in test.users[rows].tolist()),
        tuple(opened.task.site.title(video - 1) for video in np.asarray(test.columns["video"])[rows].tolist()),
        tuple(predicted[rows].tolist()),
        tuple(true[rows].tolist()),
        _correlated(predicted, true),
        _correlated(predicted, watched),
        _correlated(true, watched),
        float(np.abs(predicted - true).mean()),
        tuple(_bin(opened, part) for part in np.array_split(np.argsort(predicted, kind="stable"), parameters.bins)
              if len(part)),
    )  # fmt: skip


def _bin(opened: OpenedRanking, rows: NDArray[np.int64]) -> ErrorBin:
    predicted, true = opened.predicted[rows], opened.test.expected_seconds[rows]
    watched, error = opened.test.watch_seconds[rows], np.abs(predicted - true)
    means = [float(of.mean()) for of in (predicted, true, watched, error)]
    return ErrorBin(means[0], means[1], means[2], means[3], len(rows))


def _correlated(one: Floats, other: Floats) -> float:
    """Spearman's; nan where one of the two does not vary."""
    from scipy.stats import spearmanr  # half a second, which opening a network need not take

    varies = np.ptp(one) > 0.0 and np.ptp(other) > 0.0
    return float(spearmanr(one, other).statistic) if varies else float("nan")


ASK = Ask("scatter", "predicted against true seconds, and how far off each tenth is", ScatterParameters, answer)
