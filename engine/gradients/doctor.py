"""The doctor: every cure tried on a copy of a configuration, on the same rows from the same seed, ranked by gain.

A gain is how much nearer to 1 the ratio ‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖ comes, or that of the layers beside them where those are stuck.
Each copy is trained for some steps as well: a smaller rate and clipping act on steps alone, so only there could they
show anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.activations import Saturation, activation
from engine.data.dataset import Dataset
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.predicted import critical_scale
from engine.gradients.rows import Rows, rows_from
from engine.gradients.training import GradientRun, train
from engine.gradients.verdict import decades, judgement
from engine.training.remedies.base import HE, XAVIER, good_start
from engine.training.verdicts import WITHIN_BOUNDS

WORKS = 100.0
"""A cure helps that brings the ratio so many times nearer to 1."""
DECADES = math.log10(WORKS)
CLIP = 1.0
SLOWER = 100.0
STEPS = 20


class CureKey(StrEnum):
    """What can be done about a signal that vanishes or explodes."""

    RELU_HE = "relu_he"
    RELU = "relu"
    TANH_XAVIER = "tanh_xavier"
    START = "start"
    CRITICAL = "critical"
    LAYER_NORM = "layer_norm"
    BATCH_NORM = "batch_norm"
    SKIP = "skip"
    CLIP = "clip"
    SLOWER = "slower"


class Why(StrEnum):
    """What a cure is worth, and why."""

    WORKS = "works"
    """The ratio is hundreds of times nearer to 1, and out of trouble."""
    HELPS = "helps"
    """It is as much nearer to 1, but by itself still too far from it."""
    STEP_ONLY = "step_only"
    """It bounds or shortens the step; what reaches a layer is as it was."""
    NOT_ENOUGH = "not_enough"
    """The ratio comes nearer to 1, but not by :data:`WORKS`."""
    UNLEARNT = "unlearnt"
    """The ratio is near 1, but after the same steps the loss is higher than without the cure."""
    WORSE = "worse"
    """The ratio is further from 1 than before."""
    BROKE_DOWN = "broke_down"
    """Its numbers did not stay finite."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One cure on a copy. ``ratio``: at the start; ``after``: after ``steps`` steps; ``loss``: there, and ``untreated``
    that of the network as it is after as many, NaN where one broke down. ``gain``: how many times nearer to 1 the ratio
    at the start is than that of the network as it is, so many times as it was off over so many times as it is off;
    infinite where that was no positive number, as of a signal that was 0, and 0 where this is none.
    """

    key: CureKey
    configuration: Configuration
    ratio: float
    after: float
    loss: float
    steps: int
    gain: float
    why: Why
    untreated: float = math.nan

    @property
    def works(self) -> bool:
        """Whether it is worth applying."""
        return self.why is Why.WORKS


def cures(configuration: Configuration, rows: Rows) -> tuple[tuple[CureKey, Configuration], ...]:
    """What can be tried of it: every cure that would change something."""
    found = ((key, configuration.model_copy(update=changes)) for key, changes in _changes(configuration, rows))
    return tuple((key, changed) for key, changed in found if changed != configuration)


def _changes(c: Configuration, rows: Rows) -> Iterator[tuple[CureKey, dict[str, object]]]:
    function = activation(c.activation)
    yield CureKey.RELU_HE, {"activation": "relu", "initializer": HE, "scale": 1.0}
    if function.saturates is Saturation.BOTH:
        yield CureKey.RELU, {"activation": "relu"}
        if c.activation != "tanh":
            yield CureKey.TANH_XAVIER, {"activation": "tanh", "initializer": XAVIER, "scale": 1.0}
    yield CureKey.START, {"initializer": good_start(function), "scale": 1.0}
    scale = critical_scale(c, rows, 1e-3, 10.0)
    if scale is not None:
        yield CureKey.CRITICAL, {"scale": float(f"{scale:.3g}")}
    if c.normalisation == "none":
        yield CureKey.LAYER_NORM, {"normalisation": "layer"}
        yield CureKey.BATCH_NORM, {"normalisation": "batch"}
    yield CureKey.SKIP, {"skip": True}
    if c.clip_norm is None:
        yield CureKey.CLIP, {"clip_norm": CLIP}
    yield CureKey.SLOWER, {"rate": c.rate / SLOWER}


def try_cures(
    experiment: Experiment,
    number: int,
    dataset: Dataset,
    *,
    steps: int = STEPS,
    compiled: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
    found: Callable[[tuple[Trial, ...]], None] = lambda _trials: None,
    progress: Callable[[float], None] = lambda _share: None,
) -> tuple[Trial, ...]:
    """Every cure of the configuration ``number`` (from 0), those that work first, the best of them first; fewer where
    it is cancelled. ``found`` hears those tried so far."""
    configuration = experiment.configurations[number]
    offered = cures(configuration, rows_from(dataset))

    done = 0

    def run(one: Configuration) -> GradientRun:
        def tell(share: float) -> None:
            progress((done + share) / (len(offered) + 1))

        return train(one, dataset, experiment.seed, steps, compiled=compiled, cancelled=cancelled, progress=tell)

    before = run(configuration)
    trials: list[Trial] = []
    for key, changed in offered:
        done += 1
        progress(done / (len(offered) + 1))
        after = run(changed)
        if cancelled():
            break
        trials.append(_trial(key, changed, configuration, before, after))
        found(ranked(trials))
    else:
        progress(1.0)
    return ranked(trials)


def ranked(trials: list[Trial]) -> tuple[Trial, ...]:
    """Those that work before the rest, the largest gain first, and of equal ones what comes nearest to 1."""
    return tuple(sorted(trials, key=lambda one: (not one.works, -one.gain, decades(one.ratio))))


def _trial(
    key: CureKey, changed: Configuration, configuration: Configuration, untreated: GradientRun, run: GradientRun
) -> Trial:
    before, ratio = _judged(configuration, untreated, 0), _judged(changed, run, 0)
    gain = 1.0 if ratio == before else _gain(decades(before) - decades(ratio))
    after, loss, as_it_is = _judged(changed, run, -1), _loss(run), _loss(untreated)
    why = _why(key, gain, before, run, changed)
    if why is Why.WORKS and not loss <= as_it_is:
        why = Why.BROKE_DOWN if math.isnan(loss) else why if math.isnan(as_it_is) else Why.UNLEARNT
    return Trial(key, changed, ratio, after, loss, run.steps, gain, why, as_it_is)


def _gain(nearer: float) -> float:
    """By so many decades, as a factor; 1 between two that are no numbers."""
    if math.isnan(nearer):
        return 1.0
    with np.errstate(over="ignore", under="ignore"):
        return float(np.power(10.0, nearer))


def _judged(configuration: Configuration, run: GradientRun, step: int) -> float:
    return judgement(run.delta[step], skip=configuration.skip).judged


def _loss(run: GradientRun) -> float:
    """After all its steps; NaN where it broke down before."""
    return float(run.loss[-1]) if run.failure is None else math.nan


def _why(key: CureKey, gain: float, before: float, run: GradientRun, changed: Configuration) -> Why:
    if run.failure is not None and run.steps == 0:
        return Why.BROKE_DOWN
    if key in (CureKey.CLIP, CureKey.SLOWER):
        return Why.STEP_ONLY
    if gain < 1.0:
        return Why.WORSE
    # Where the signal is only a little off, there is less to gain.
    if gain < 10.0 ** min(max(decades(before) - 1.0, 0.0), DECADES):
        return Why.NOT_ENOUGH
    arrives = judgement(run.delta[0], skip=changed.skip).trouble in WITHIN_BOUNDS
    return Why.WORKS if arrives else Why.HELPS
