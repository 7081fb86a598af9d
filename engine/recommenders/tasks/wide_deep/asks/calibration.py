"""``calibration``: of the rows that are given about as high a probability, how many are a yes?"""

from __future__ import annotations

from pydantic import Field

from engine.recommenders.judging.metrics import calibration
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import CalibrationTable, Part
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep, probabilities_of


class CalibrationParameters(Parameters):
    """``other``: another checkpoint in place of this one, of the same rows."""

    bins: int = Field(default=10, ge=1, le=1000, description="equally full bins")
    part: Part = Field(default="test", description="which part of the split")
    other: str | None = Field(default=None, description="path of another checkpoint")


def answer(opened: OpenedWideDeep, parameters: CalibrationParameters) -> CalibrationTable:
    """The table. Raises EngineError for another checkpoint of other rows."""
    every = opened.probabilities if parameters.other is None else probabilities_of(opened.other(parameters.other))
    rows = getattr(opened.task.rows, parameters.part)
    predicted, labels = every[rows], opened.labels[rows].astype(float)
    bins = calibration(labels, predicted, parameters.bins)
    if not len(rows):
        return CalibrationTable(0, float("nan"), float("nan"), bins)
    return CalibrationTable(len(rows), float(predicted.mean()), float(labels.mean()), bins)


ASK = Ask("calibration", "predicted beside observed, bin by bin", CalibrationParameters, answer)
