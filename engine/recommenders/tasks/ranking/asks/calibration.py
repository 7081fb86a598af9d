"""``calibration``: whether what is expected is what is watched, with the cure and, from a second checkpoint, without:
by weights alone the expectation comes out 1 ÷ (1 − p) too long at click rate p (Covington et al. 2016, §4.2)."""

from __future__ import annotations

from pydantic import Field

from engine.recommenders.judging.metrics import calibration
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.ranking.answers import NetworkCalibration, TimeBin, TimeCalibration
from engine.recommenders.tasks.ranking.opened import Floats, OpenedRanking
from engine.recommenders.tasks.ranking.task import RankingTask


class CalibrationParameters(Parameters):
    """``other``: path of a second checkpoint of the same site, such as one without the cure."""

    bins: int = Field(default=10, ge=1, le=1000, description="equally full bins")
    other: str | None = Field(default=None, description="path of a second checkpoint")


def answer(opened: OpenedRanking, parameters: CalibrationParameters) -> TimeCalibration:
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


ASK = Ask("calibration", "expected beside watched seconds, with and without the cure", CalibrationParameters, answer)
