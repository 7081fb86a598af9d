"""Means of an activation over a Gaussian z: E[f(z)], E[f(z)²] and E[f′(z)²] for z ~ N(0, q).

Theory needs them at any q, from where a signal has died out to where it overflows. Over ξ = ±eᵘ a Gaussian integral is
one over u, E[g(√q ξ)] = ∫ (g(√q eᵘ) + g(−√q eᵘ)) φ(eᵘ) eᵘ du, with φ the standard normal density. The integrand is
smooth on each side (kinks at 0 lie at the border) and dies down at both ends, so that equal steps of u converge fast.
And √q only shifts u: with ln √q in the same steps every q there is needs f at the points of one grid alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.activations import activation
from engine.graph.kinds.base import Array

STEP = 0.05
"""Of u and of ln √q."""
LOW, HIGH = -36.0, 2.5
"""Where the integral over u ends: e⁻³⁶ of the mass lies below, and e^(−e⁵/2) above."""
FAINTEST, LOUDEST = -340.0, 340.0
"""The ends of the table, in ln √q; beyond them q is taken to be there."""


@dataclass(frozen=True, slots=True)
class Moments:
    """E[f], E[f²] and E[f′²], in the shape of the q that was asked for."""

    mean: Array
    square: Array
    slope: Array


def moments(key: str, q: Array) -> Moments:
    """The means of the activation ``key`` over z ~ N(0, q), q ≥ 0."""
    table = _table(key)
    with np.errstate(divide="ignore"):
        place = (0.5 * np.log(q) - FAINTEST) / STEP
    last = table.shape[1] - 1
    place = np.clip(np.where(np.isnan(place), last, place), 0.0, last)
    low = np.minimum(place.astype(np.int64), last - 1)
    return Moments(*_between(table, low, place - low))


def _between(table: Array, low: Array, share: Array) -> Array:
    """Between two entries of each row by powers where they have one sign, which is exact for ReLU; else on a straight
    line."""
    a, b = table[:, low], table[:, low + 1]
    straight = a + share * (b - a)
    powers = np.sign(a) * np.sign(b) > 0.0
    with np.errstate(all="ignore"):
        bent = a * np.exp(share * np.log(np.where(powers, b / a, 1.0)))
    return np.asarray(np.where(powers, bent, straight))


@lru_cache(maxsize=32)
def _table(key: str) -> Array:
    """The means at each ln √q, one sort in a row: (3, steps)."""
    function = activation(key)
    alpha = function.alpha_or_default(None)
    u = np.arange(round(LOW / STEP), round(HIGH / STEP) + 1) * STEP
    kernel = np.exp(u - 0.5 * np.exp(2.0 * u)) * (STEP / np.sqrt(2.0 * np.pi))
    first = round(FAINTEST / STEP) + round(LOW / STEP)
    last = round(LOUDEST / STEP) + round(HIGH / STEP)
    size = np.exp(np.arange(first, last + 1) * STEP)
    with np.errstate(all="ignore"):
        sides = [(z, function.functions.value(z, alpha)) for z in (size, -size)]
        mean = np.add(*(a for _, a in sides))
        square = np.add(*(a * a for _, a in sides))
        slope = np.add(*(function.functions.slope(z, a, alpha) ** 2 for z, a in sides))
    below = 2.0 * np.exp(LOW - STEP / 2.0) / np.sqrt(2.0 * np.pi)  # the mass that the steps leave out round 0
    zero = np.zeros(1)
    rest = function.functions.value(zero, alpha)[0]
    tail = (rest * below, rest * rest * below, function.functions.slope(zero, zero + rest, alpha)[0] ** 2 * below)
    sums = (np.correlate(side, kernel, "valid") for side in (mean, square, slope))
    return np.array([one + left for one, left in zip(sums, tail, strict=True)])
