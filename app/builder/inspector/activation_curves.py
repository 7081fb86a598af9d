"""The numbers of the curves that cards and plots draw, taken from the engine once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation, activation
from engine.network.contract import HISTOGRAM_RANGE

Array = NDArray[np.float64]

LOW, HIGH = HISTOGRAM_RANGE
POINTS = 481
CARD_REACH, CARD_POINTS = 3.2, 65
TWINS = ("gelu", "gelu_tanh")
"""Two curves so near to each other that only their difference, enlarged, tells them apart."""


@dataclass(frozen=True, slots=True)
class Curves:
    """f and f' (481,) over z (481,)."""

    z: Array
    f: Array
    slope: Array


@lru_cache(maxsize=128)
def curves_of(key: str, alpha: float | None) -> Curves:
    """An activation over the range of the histograms of z."""
    z = np.linspace(LOW, HIGH, POINTS)
    return Curves(z, *_evaluated(activation(key), z, alpha))


@lru_cache(maxsize=64)
def card_curve(key: str) -> tuple[Array, Array]:
    """z and f(z), both (65,), as a card shows them."""
    z = np.linspace(-CARD_REACH, CARD_REACH, CARD_POINTS)
    return z, _evaluated(activation(key), z, None)[0]


def reading_at(key: str, alpha: float | None, z: float) -> tuple[float, float]:
    """f and f' at one z."""
    f, slope = _evaluated(activation(key), np.array([z]), alpha)
    return float(f[0]), float(slope[0])


@lru_cache(maxsize=1)
def twin_difference() -> tuple[Array, Array]:
    """z and GELU's tanh approximation minus the exact one, both (481,)."""
    exact, approximate = (curves_of(key, None) for key in TWINS)
    return exact.z, approximate.f - exact.f


def _evaluated(function: Activation, z: Array, alpha: float | None) -> tuple[Array, Array]:
    """f and f' over z. Softmax needs company: its curve is one unit's against a single other one whose z is 0."""
    if function.elementwise:
        return function.value(z, alpha), function.derivative(z, alpha)
    pair = np.stack([z, np.zeros_like(z)], axis=1)
    return function.value(pair, alpha)[:, 0], function.derivative(pair, alpha)[:, 0]
