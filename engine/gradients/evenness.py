"""Whether the layers pass a signal on alike: a ratio is the power of one factor only where they do."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.graph.kinds.base import Array

APART, SPREAD = 2.0, 0.5
"""Factors are uneven where the largest is so many times the least, and their logarithms scatter by more than this share
of their mean: then the ratio says more of single layers than of what a layer does."""
HALF, CALM = 0.5, 0.5
"""One factor is a jump where it makes half of the ratio's logarithm, and the others lie within half of its own."""


@dataclass(frozen=True, slots=True)
class RatioJump:
    """The one layer (from 1) that the ratio is due to, its ``factor``, and the geometric mean of all ``others``."""

    layer: int
    factor: float
    others: float


@dataclass(frozen=True, slots=True)
class Uneven:
    """Layers (from 1) whose factors are the least and the largest, and the jump if there is one."""

    low_layer: int
    low: float
    high_layer: int
    high: float
    jump: RatioJump | None


def uneven(factors: Array) -> Uneven | None:
    """What is to be said of factors ‖δ⁽ˡ⁾‖/‖δ⁽ˡ⁺¹⁾‖, (depth − 1,), that are not alike; None where they are, where there
    are less than two, or where one is no positive number."""
    if len(factors) < 2 or not (np.isfinite(factors).all() and (factors > 0.0).all()):
        return None
    logs = np.log(factors)
    if logs.max() - logs.min() < math.log(APART) or logs.std() < SPREAD * abs(logs.mean()):
        return None
    low, high = int(logs.argmin()), int(logs.argmax())
    return Uneven(low + 1, float(factors[low]), high + 1, float(factors[high]), _jump(factors, logs))


def _jump(factors: Array, logs: Array) -> RatioJump | None:
    at = int(np.abs(logs - np.median(logs)).argmax())
    own, others, whole = logs[at], np.delete(logs, at), logs.sum()
    calm = others.max() - others.min() <= CALM * abs(own)
    if own * whole <= 0.0 or abs(own) < HALF * abs(whole) or not calm:
        return None
    return RatioJump(at + 1, float(factors[at]), float(np.exp(others.mean())))
