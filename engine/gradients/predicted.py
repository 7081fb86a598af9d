r"""What theory says of a configuration before a weight is drawn: the variance of z and of δ in every layer.

Weights of mean 0, drawn independently of one another, make z⁽ˡ⁾ a sum of many small terms: over the draws it is
Gaussian with variance q⁽ˡ⁾ = n Var(W⁽ˡ⁾) E[a⁽ˡ⁻¹⁾²], and a = f(z). Going back,
Var δ⁽ˡ⁾ = n Var(W⁽ˡ⁺¹⁾) E[f′(z⁽ˡ⁾)²] Var δ⁽ˡ⁺¹⁾.

* Glorot & Bengio (AISTATS 2010), eq. 5 and 6: f near the identity, E[f²] = q and E[f′²] = 1.
* He, Zhang, Ren & Sun (ICCV 2015), eq. 9 and 13: ReLU, E[f²] = q/2 and E[f′²] = 1/2.
* Poole et al. (NIPS 2016) and Schoenholz et al. (ICLR 2017): any f, by Gaussian integrals
  (:mod:`engine.gradients.gaussian`). A layer whose factor √(n Var(W) E[f′²]) is 1 lies on the edge of chaos.

Each sample has a q of its own, as its inputs are larger or smaller, and so has its δ; what is said of a layer is the
root of the mean over the samples, as it is measured. A skip
connection adds what went in: E[h²] and E[h] are carried along (Yang & Schoenholz, NIPS 2017). Layer norm sets E[a²] to
1 and divides what comes back by the deviation of a. Nothing is predicted with batch norm, which ties the samples of a
batch to one another, nor for weights that are all one constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.gradients.draws import INPUTS
from engine.gradients.experiment import Configuration
from engine.gradients.gaussian import Moments, moments
from engine.gradients.norms import EPSILON
from engine.gradients.rows import Rows
from engine.gradients.signal import running_products
from engine.graph.kinds.base import Array
from engine.initializers import initializer

_STANDARD_VARIANCE = {
    "zeros": 0.0,
    "uniform": 1.0 / 3.0,
    "normal": 1.0,
    "xavier_uniform": 1.0 / 3.0,
    "xavier_normal": 1.0,
    "he_uniform": 1.0 / 3.0,
    "he_normal": 1.0,
    "lecun_normal": 1.0,
}
"""Variance of an initialiser's draw before its factor: of U(−1, 1) and of N(0, 1)."""


class Silence(StrEnum):
    """Why there is no prediction."""

    BATCH_NORM = "batch_norm"
    CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Prediction:
    """``variance`` (depth,): of z, from the input's side. ``factors`` (depth − 1,): ‖δ⁽ˡ⁾‖ over ‖δ⁽ˡ⁺¹⁾‖. ``slope``
    (depth,): √E[f′²] of each layer, its samples counting by what arrives at them; ``norm`` (depth,): what its layer
    norm multiplies by, 1 without one. ``weights``: √(n Var W) of the matrices between hidden layers. ``skip``: whether
    signals go round. With g = slope · norm a factor is g⁽ˡ⁾ · weights, and with skip connections
    √(1 + (g⁽ˡ⁺¹⁾ · weights)²) · g⁽ˡ⁾/g⁽ˡ⁺¹⁾."""

    variance: Array
    factors: Array
    slope: Array
    norm: Array
    weights: float
    skip: bool

    @property
    def products(self) -> Array:
        """‖δ⁽ˡ⁾‖/‖δ⁽ᴸ⁾‖ as predicted, (depth,)."""
        return running_products(self.factors)

    @property
    def ratio(self) -> float:
        """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖ as predicted."""
        return float(self.products[0])


def weight_variance(key: str, shape: tuple[int, int], scale: float) -> float | None:
    """Var(W) of an initialiser; None where weights are no draws of mean 0. ``shape``: (out, in).

    An orthogonal matrix's entries are not independent, but of mean 0 and of variance g²/max(out, in): its columns or
    rows, whichever are fewer, have length g.
    """
    if key == "constant":
        return 0.0 if scale == 0.0 else None
    if key == "orthogonal":
        return scale * scale / max(shape)
    factor: float = initializer(key).factor(shape, scale)
    return factor * factor * _STANDARD_VARIANCE[key]


def silence_of(configuration: Configuration) -> Silence | None:
    """Why nothing can be predicted of it, if nothing can."""
    if configuration.normalisation == "batch":
        return Silence.BATCH_NORM
    shape = (configuration.width, configuration.width)
    if weight_variance(configuration.initializer, shape, configuration.scale) is None:
        return Silence.CONSTANT
    return None


def predict(configuration: Configuration, rows: Rows) -> Prediction | None:
    """What theory expects of the configuration on these rows; None where it is silent."""
    found = predict_depths(configuration, rows, (configuration.depth,))
    return found[0] if found else None


def predict_depths(configuration: Configuration, rows: Rows, depths: Sequence[int]) -> list[Prediction]:
    """What theory expects of the configuration at several depths, up to its own; nothing where it is silent."""
    c, n = configuration, configuration.width
    first = weight_variance(c.initializer, (n, INPUTS), c.scale)
    inner = weight_variance(c.initializer, (n, n), c.scale)
    if silence_of(c) is not None or first is None or inner is None:
        return []
    with np.errstate(all="ignore"):
        there = _there(c, first * (rows.x * rows.x).sum(axis=1), n * inner)
        way = _way_back(there, n * inner, skip=c.skip)
        return [_back(there.up_to(depth), way.up_to(depth), n * inner, skip=c.skip) for depth in depths]


@dataclass(frozen=True, slots=True)
class _There:
    """Per layer and sample, (depth, rows): q, E[f′²], and the square of what a layer norm multiplies by."""

    q: Array
    slope: Array
    norm: Array

    def up_to(self, depth: int) -> _There:
        """The first layers alone: what a network of that depth has."""
        return _There(self.q[:depth], self.slope[:depth], self.norm[:depth])


def _there(configuration: Configuration, q: Array, gain: float) -> _There:
    """Through the layers from the input on; ``q`` (rows,) is the first one's, ``gain`` n Var W of the others."""
    found: list[tuple[Array, Array, Array]] = []
    power = mean = np.zeros_like(q)
    for number in range(configuration.depth):
        known = moments(configuration.activation, q)
        own_mean, own_power, norm = known.mean, known.square, np.ones_like(q)
        if configuration.normalisation == "layer":
            own_mean, own_power, norm = _normalised(known, configuration.width)
        found.append((q, known.slope, norm))
        joined = configuration.skip and number > 0
        power = power + 2.0 * mean * own_mean + own_power if joined else own_power
        mean = mean + own_mean if joined else own_mean
        q = gain * power
    return _There(*(np.array(part) for part in zip(*found, strict=True)))


def _normalised(known: Moments, width: int) -> tuple[Array, Array, Array]:
    """Mean and mean square behind a layer norm, and the square of what it multiplies what comes back by. Two of n
    directions are lost to that: the mean, and the one along the values themselves."""
    spread = np.maximum(known.square - known.mean**2, 0.0) * (1.0 - 1.0 / width)
    inverse = 1.0 / (spread + EPSILON["layer"])
    return np.zeros_like(spread), spread * inverse, inverse * max(1.0 - 2.0 / width, 0.0)


@dataclass(frozen=True, slots=True)
class _Way:
    """What a layer does to every sample's gradient, as logarithms of squares, (depth, rows): ``own`` between what lies
    behind it and its δ, ``passed`` between what lies behind it and what lies behind the layer before it."""

    own: Array
    passed: Array

    def up_to(self, depth: int) -> _Way:
        """The first layers alone."""
        return _Way(self.own[:depth], self.passed[:depth])


def _way_back(there: _There, gain: float, *, skip: bool) -> _Way:
    own = there.slope * there.norm
    return _Way(np.log(own), np.log1p(gain * own) if skip else np.log(gain * own))


def _back(there: _There, way: _Way, gain: float, *, skip: bool) -> Prediction:
    """From the last hidden layer, at which every sample's gradient is taken to be of one size, to the first.

    Sizes are kept as logarithms: fifty layers of one sample may differ from those of another beyond any float.
    """
    behind = np.zeros_like(way.own)  # ln ‖E‖² of each sample, behind the layer
    np.cumsum(way.passed[:0:-1], axis=0, out=behind[-2::-1])
    deltas = _log_sums(way.own + behind)
    factors = np.exp(0.5 * (deltas[:-1] - deltas[1:]))
    factors = np.nan_to_num(factors, nan=0.0)  # nothing of nothing
    # E[f′²] and the square of the norm's factor, over samples that count by what arrives behind the layer.
    weights = _weights(behind)
    slope, both = (_means(values, weights) for values in (there.slope, there.slope * there.norm))
    norm = np.where(slope == 0.0, 0.0, both / slope)
    return Prediction(there.q.mean(axis=1), factors, np.sqrt(slope), np.sqrt(norm), float(np.sqrt(gain)), skip)


def _log_sums(logarithms: Array) -> Array:
    """The logarithm of the sum of each line's powers."""
    largest = logarithms.max(axis=1)
    sums = largest + np.log(np.exp(logarithms - largest[:, None]).sum(axis=1))
    return np.asarray(np.where(np.isfinite(largest), sums, largest))


def _weights(logarithms: Array) -> Array:
    """How much the samples of each line count: their logarithms' powers, of which the largest is 1; all alike where
    that is no number."""
    largest = logarithms.max(axis=1, keepdims=True)
    return np.asarray(np.where(np.isfinite(largest), np.exp(logarithms - largest), 1.0))


def _means(values: Array, weights: Array) -> Array:
    """The mean of each line, whose samples count by ``weights``."""
    return np.asarray((values * weights).sum(axis=1) / weights.sum(axis=1))


def critical_scale(configuration: Configuration, rows: Rows, low: float, high: float) -> float | None:
    """The scale between two at which the predicted ratio is 1, by halving; None where it is on one side throughout."""

    def height(scale: float) -> float:
        found = predict(configuration.model_copy(update={"scale": scale}), rows)
        with np.errstate(divide="ignore"):
            return np.nan if found is None else float(np.log(found.ratio))

    if not height(low) < 0.0 < height(high):
        return None
    for _ in range(40):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if height(middle) < 0.0 else (low, middle)
    return float(np.sqrt(low * high))
