"""What ranking is worth: calibration with and without the cure, and the watch time that is mispredicted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.recommenders.data.worlds.video_site.impressions import RankingChunk
from engine.recommenders.judging.metrics import calibration, jackknife_error, weighted_per_user_loss
from engine.recommenders.judging.standing import MEAN
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NETWORK, TRUTH
from engine.recommenders.tasks.ranking.answers import NetworkCalibration, TimeBin, TimeCalibration, UserLoss, UserLosses
from engine.recommenders.tasks.ranking.opened import Floats, OpenedRanking
from engine.recommenders.tasks.ranking.task import EACH_VIDEO, RankingTask, mean_by_video


class RankingCalibrationParameters(Parameters):
    """``other``: path of a second checkpoint of the same site, such as one without the cure."""

    bins: int = Field(default=10, ge=1, le=1000, description="equally full bins")
    other: str | None = Field(default=None, description="path of a second checkpoint")


def calibrate(opened: OpenedRanking, parameters: RankingCalibrationParameters) -> TimeCalibration:
    """One table for each network. Raises EngineError for a second checkpoint of another site."""
    test = opened.test
    networks = [_calibrated(NETWORK, opened.task, opened.predicted, opened, parameters.bins)]
    if parameters.other is not None:
        other = opened.other(parameters.other)
        predicted = other.predicted(test)
        networks.append(_calibrated("the other network", other, predicted, opened, parameters.bins))
    ratio = float(_uncured(opened).sum() / test.expected_seconds.sum())
    return TimeCalibration(len(test), float(test.click_rates.mean()), ratio, tuple(networks))


def _calibrated(who: str, task: RankingTask, predicted: Floats, opened: OpenedRanking, bins: int) -> NetworkCalibration:
    test, spec = opened.test, task.model.spec
    # The bins are those of the prediction, and so the same for each of the outcomes.
    of = (test.expected_seconds, test.watch_seconds, _uncured(opened))
    tables = zip(*(calibration(outcome, predicted, bins) for outcome in of), strict=True)
    rows = tuple(
        TimeBin(true.predicted, true.observed, watched.observed, uncured.observed, true.count)
        for true, watched, uncured in tables
    )
    ratio = float(predicted.sum() / test.expected_seconds.sum())
    return NetworkCalibration(who, spec.cure, spec.weighted, ratio, rows)


def _uncured(opened: OpenedRanking) -> Floats:
    return opened.test.expected_seconds / (1.0 - opened.test.click_rates)


CALIBRATION = Ask(
    "calibration", "expected beside watched seconds, with and without the cure", RankingCalibrationParameters, calibrate
)


PAGE = 10


class PerUserLossParameters(Parameters):
    """A user's impressions make pages of ``page`` in order of time. ``others``: paths of checkpoints of the same site
    by the names that they are to have; ``alone``: nothing but these is wanted."""

    page: int = Field(default=PAGE, ge=2, le=1000, description="impressions on a page")
    others: Mapping[str, str] = Field(default_factory=dict, max_length=20, description="paths by name")
    alone: bool = Field(default=False, description="of these others alone")


def tell_losses(opened: OpenedRanking, parameters: PerUserLossParameters) -> UserLosses:
    """The loss of each. Raises EngineError for a checkpoint of another site."""
    test = opened.test
    place = np.arange(len(test)) - np.searchsorted(test.users, test.users)
    _, pages = np.unique(np.stack([test.users, place // parameters.page]), axis=1, return_inverse=True)
    scores: dict[str, Floats] = {} if parameters.alone else {NETWORK: opened.predicted}
    scores |= {name: opened.other(path).predicted(test) for name, path in parameters.others.items()}
    if not parameters.alone:
        scores |= {
            TRUTH: test.expected_seconds,
            EACH_VIDEO: mean_by_video(opened.task.shown.train, test),
            MEAN: np.zeros(len(test)),
        }
    models = tuple(_loss(who, test, pages, of) for who, of in scores.items())
    return UserLosses(int(pages.max(initial=-1)) + 1, int(test.clicked.sum()), models)


def _loss(who: str, test: RankingChunk, pages: NDArray[np.int64], scores: Floats) -> UserLoss:
    def measure(rows: NDArray[np.int64]) -> Floats:
        loss = weighted_per_user_loss(pages[rows], test.clicked[rows], test.watch_seconds[rows], scores[rows])
        return np.array([loss])

    whole, error = measure(np.arange(len(test))), jackknife_error(measure, test.users)
    return UserLoss(who, float(whole[0]), float(error[0]))


PER_USER_LOSS = Ask(
    "per_user_loss", "the share of the watch time that ranking mispredicts", PerUserLossParameters, tell_losses
)
