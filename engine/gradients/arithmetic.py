"""A prediction in one line of arithmetic, for the typical layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.gradients.draws import INPUTS
from engine.gradients.evenness import RatioJump, uneven
from engine.gradients.experiment import Configuration
from engine.gradients.predicted import Prediction, weight_variance
from engine.graph.kinds.base import Array


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A layer's factor in one line, for the typical layer: ``slope`` × ``weights`` (× ``norm``) = ``factor``, and with
    skip connections √(1 + (slope × weights × norm)²). Its typical factor is the geometric mean, so that ``factor`` to
    the power of ``steps``, times ``ends``, is the predicted ratio. ``ends`` is 1 but with skip connections: there δ
    takes its layer's own slope off what is handed back, and it is that of the first layer, ``first``, over that of the
    last, ``last`` (each with its norm's factor). ``jump``: the one layer whose factor is far from all others', which
    are then what is typical: it is multiplied apart, and ``steps`` does not count it.
    """

    slope: float
    weights: float
    norm: float
    factor: float
    steps: int
    ends: float
    ratio: float
    first: float
    last: float
    jump: RatioJump | None = None


def arithmetic(prediction: Prediction) -> Arithmetic:
    """The prediction in one line; with a single layer there is nothing between layers and ``steps`` is 0."""
    weights, steps, own = prediction.weights, len(prediction.factors), prediction.slope * prediction.norm
    first, last = float(own[0]), float(own[-1])
    passed = np.arange(1, len(own)) if prediction.skip else np.arange(len(own) - 1)
    odd = None if prediction.skip else uneven(prediction.factors)
    jump = None if odd is None else odd.jump
    if jump is not None:
        passed, steps = np.delete(passed, jump.layer - 1), steps - 1
    slope, norm = _typical(prediction.slope[passed]), _typical(prediction.norm[passed])
    factor, ends = slope * norm * weights, 1.0
    if prediction.skip:
        factor = _typical(np.sqrt(1.0 + (own[passed] * weights) ** 2))
        ends = first / last if last > 0.0 else 0.0
        if weights > 0.0:  # the slope that gives this very factor
            slope = float(np.sqrt((factor - 1.0) * (factor + 1.0))) / (weights * norm)
    return Arithmetic(slope, weights, norm, factor, steps, ends, prediction.ratio, first, last, jump)


@dataclass(frozen=True, slots=True)
class ForwardPass:
    """The predicted variance of a layer's z: ``count`` × ``weights`` × ``square`` = ``variance``. ``count``: so many
    come in, each of which on average has the square ``square``; ``weights``: Var W."""

    count: int
    weights: float
    square: float
    variance: float


def forward_terms(configuration: Configuration, prediction: Prediction, layer: int) -> ForwardPass | None:
    """What the predicted Var z of a layer (from 1) is made of; None where its weights are all 0."""
    count, n = (INPUTS if layer == 1 else configuration.width), configuration.width
    weights = weight_variance(configuration.initializer, (n, count), configuration.scale)
    if not weights:
        return None
    variance = float(prediction.variance[layer - 1])
    return ForwardPass(count, weights, variance / (count * weights), variance)


def _typical(values: Array) -> float:
    """The geometric mean; 1 of nothing."""
    with np.errstate(divide="ignore"):
        return float(np.exp(np.log(values).mean())) if len(values) else 1.0
