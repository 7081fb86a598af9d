"""Ready-made experiments: vanishing and exploding gradients, a smaller rate, skip connections, clipping, and depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.gradients.experiment import Configuration, Experiment

Trend = Literal["ratio", "moved", "loss"]
Part = Literal["training", "map"]

_VANISHING = Configuration()
_HEALTHY = Configuration(activation="relu", initializer="he_normal", scale=1.0)
_EXPLODING = Configuration(activation="identity", initializer="normal", scale=1.0)
_DEEP = Configuration(depth=30, activation="tanh", initializer="xavier_normal", scale=1.0)


@dataclass(frozen=True, slots=True)
class ExperimentPreset:
    """One experiment. ``trend``: what of training it is about; ``part``: what is best seen beside it; ``doctor_of``:
    the configuration (from 0) that the doctor looks at."""

    key: str
    experiment: Experiment
    trend: Trend = "ratio"
    part: Part = "training"
    doctor_of: int = 0


PRESETS: tuple[ExperimentPreset, ...] = (
    ExperimentPreset("vanishing", Experiment(configurations=(_VANISHING, _HEALTHY))),
    ExperimentPreset(
        "exploding", Experiment(configurations=(_EXPLODING, _EXPLODING.model_copy(update={"scale": 0.25})))
    ),
    ExperimentPreset("rate", Experiment(configurations=(_VANISHING, _VANISHING.model_copy(update={"rate": 0.001})))),
    ExperimentPreset(
        "cures", Experiment(configurations=(_VANISHING, _VANISHING.model_copy(update={"skip": True}))), doctor_of=0
    ),
    ExperimentPreset(
        "clipping",
        Experiment(configurations=(_EXPLODING, _EXPLODING.model_copy(update={"clip_norm": 1.0}))),
        trend="moved",
    ),
    ExperimentPreset(
        "depth", Experiment(configurations=(_DEEP, _DEEP.model_copy(update={"activation": "logistic"}))), part="map"
    ),
)


def title_fits(named: Experiment, value: Experiment) -> bool:
    """Whether the title that was given to ``named`` still says what ``value`` is: that of a preset names the one thing
    that it is about, so it holds for that experiment alone."""
    return named == value or all(named != one.experiment for one in PRESETS)


def preset(key: str) -> ExperimentPreset:
    """The preset of this key. Raises KeyError."""
    return {one.key: one for one in PRESETS}[key]
