"""Everything that is shown of an experiment before a step is done, as plain immutable data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.data.dataset import Dataset
from engine.gradients.arithmetic import Arithmetic, arithmetic
from engine.gradients.building import dataset_of
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.predicted import Prediction, Silence, predict, silence_of
from engine.gradients.rows import Rows, rows_from
from engine.gradients.saturation import Parted, parted_by_saturation
from engine.gradients.signal import CRITERION, ErrorSignal, signal_of
from engine.gradients.verdict import Judgement, judgement
from engine.training.verdicts import LossCourse

REMEMBERED = 64
START = {"clip_norm": None, "rate": 1.0, "optimizer": "sgd"}
"""What acts on steps alone: at the start two configurations that differ in these are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """One configuration at the start. ``prediction`` is None where theory is silent, for the reason ``silence``."""

    configuration: Configuration
    signal: ErrorSignal
    prediction: Prediction | None
    silence: Silence | None
    judgement: Judgement

    @property
    def parted(self) -> Parted | None:
        """Where what is predicted is far from what is measured, and it is saturation that parts them: how far units
        are saturated."""
        if self.prediction is None:
            return None
        signal, theory = self.signal, self.prediction
        return parted_by_saturation(signal.closed, signal.slope, signal.ratio, theory.slope, theory.ratio)

    @property
    def line(self) -> Arithmetic | None:
        """The prediction in one line."""
        return None if self.prediction is None else arithmetic(self.prediction)


DataKey = tuple[str, float, int, int]


def data_key(experiment: Experiment) -> DataKey:
    """What decides the rows that an experiment runs on."""
    return experiment.data, experiment.noise, experiment.samples, experiment.seed


@lru_cache(maxsize=8)
def _dataset(key: DataKey) -> Dataset:
    data, noise, samples, seed = key
    return dataset_of(Experiment.model_validate({"data": data, "noise": noise, "samples": samples, "seed": seed}))


def shared_dataset(experiment: Experiment) -> Dataset:
    """The data that all configurations of the experiment learn from; the latest few are kept."""
    return _dataset(data_key(experiment))


def shared_rows(experiment: Experiment) -> Rows:
    """Its training rows."""
    return rows_from(shared_dataset(experiment))


@lru_cache(maxsize=REMEMBERED)
def _start(configuration: Configuration, key: DataKey, seed: int) -> tuple[ErrorSignal, Prediction | None]:
    rows = rows_from(_dataset(key))
    return signal_of(configuration, rows, seed), predict(configuration, rows)


def figures_of(experiment: Experiment) -> tuple[Figures, ...]:
    """The figures of every configuration, in order. What was worked out for one lately is not worked out again."""
    return tuple(_figures(one, experiment) for one in experiment.configurations)


def _figures(configuration: Configuration, experiment: Experiment) -> Figures:
    as_it_starts = configuration.model_copy(update=START)
    signal, prediction = _start(as_it_starts, data_key(experiment), experiment.seed)
    course = LossCourse(np.array([signal.loss]), steepest=CRITERION.steepest)
    verdict = judgement(signal.delta, skip=configuration.skip, course=course)
    return Figures(configuration, signal, prediction, silence_of(configuration), verdict)
