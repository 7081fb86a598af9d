"""``calibration``: of the rows that are given about as high a probability, how many are a yes?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from engine.recommenders.judging.metrics import CalibrationRow, calibration
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep, Part, probabilities_of


class CalibrationParameters(Parameters):
    """``other``: another checkpoint in place of this one, of the same rows."""

    bins: int = Field(default=10, ge=1, le=1000, description="equally full bins")
    part: Part = Field(default="test", description="which part of the split")
    other: str | None = Field(default=None, description="path of another checkpoint")


@dataclass(frozen=True, slots=True)
class Calibration:
    """``bins``: mean predicted and mean observed, lowest first. ``predicted`` and ``observed``: over all ``rows``."""

    rows: int
    predicted: float
    observed: float
    bins: Sequence[CalibrationRow]


def answer(opened: OpenedWideDeep, parameters: CalibrationParameters) -> Calibration:
    """The table. Raises EngineError for another checkpoint of other rows."""
    every = opened.probabilities if parameters.other is None else probabilities_of(opened.other(parameters.other))
    rows = getattr(opened.task.rows, parameters.part)
    predicted, labels = every[rows], opened.labels[rows].astype(float)
    bins = calibration(labels, predicted, parameters.bins)
    if not len(rows):
        return Calibration(0, float("nan"), float("nan"), bins)
    return Calibration(len(rows), float(predicted.mean()), float(labels.mean()), bins)


ASK = Ask("calibration", "predicted beside observed, bin by bin", CalibrationParameters, answer)
