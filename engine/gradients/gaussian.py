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
from numpy.typing import NDArray

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
    with np.errstate(divide="ignore"):
        place = (0.5 * np.log(q) - FAINTEST) / STEP
    last = len(_tables(key)[0].entries) - 1
    place = np.where(np.isnan(place), last, np.clip(place, 0.0, last))
    low = np.minimum(place.astype(np.int64), last - 1)
    share = place - low
    return Moments(*(known.between(low, share) for known in _tables(key)))


@dataclass(frozen=True, slots=True)
class _Table:
    """One of the means at equal steps of ln √q, and of each step to the next entry what lies between: whether both have
    one sign, so that it goes by powers, which is exact for ReLU; the logarithm of their quotient; and else, on a
    straight line, by how much it rises."""

    entries: Array
    powers: NDArray[np.bool_]
    logarithms: Array
    rises: Array

    def between(self, low: Array, share: Array) -> Array:
        """At a ``share`` of the step from the entry ``low`` on."""
        entry = self.entries[low]
        with np.errstate(all="ignore"):
            straight = entry + share * self.rises[low]
            bent = entry * np.exp(share * self.logarithms[low])
        return np.asarray(np.where(self.powers[low], bent, straight))


@lru_cache(maxsize=32)
def _tables(key: str) -> tuple[_Table, _Table, _Table]:
    """Of E[f], E[f²] and E[f′²]: what stays the same however often they are looked up."""
    table = _table(key)
    mean, square, slope = (_stepwise(one) for one in (table.mean, table.square, table.slope))
    return mean, square, slope


def _stepwise(entries: Array) -> _Table:
    low, high = entries[:-1], entries[1:]
    powers = np.sign(low) * np.sign(high) > 0.0
    with np.errstate(all="ignore"):
        return _Table(entries, powers, np.log(np.where(powers, high / low, 1.0)), high - low)


@lru_cache(maxsize=32)
def _table(key: str) -> Moments:
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
    return Moments(*(one + left for one, left in zip(sums, tail, strict=True)))
