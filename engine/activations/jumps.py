"""Jumps of a function on a shown stretch of x, found by bisection: a plot must not join what is not joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Function = Callable[[Floats], Floats]
"""y (n,) of x (n,)."""

POINTS = 2000
"""The intervals between so many even points are a prime number, so that round numbers, at which functions like to
jump, lie within intervals and not between them."""
_HALVINGS = 40
_PERSISTS = 0.25
"""A jump keeps this share of the change in an interval without width. Not half: sign(x) is 0 half-way."""
_MOST = 40
_LEAST, _LARGE = 1e-9, 1e6
"""A change of less, relative to the largest y up to a million, is rounding."""
_BESIDE = 1e-9
"""One-sided limits are looked at so far beside a jump, relative to its place or to 1."""


@dataclass(frozen=True, slots=True)
class Jump:
    """At ``x`` the function goes from ``left`` to ``right``, its limits from either side, and is ``at`` there. A limit
    is infinite, or not a number, where the function has none."""

    x: float
    left: float
    right: float
    at: float

    @property
    def is_end(self) -> bool:
        """Whether the function has no value on one side."""
        return isnan(self.left) != isnan(self.right)


def points_of(low: float, high: float) -> Floats:
    """The even points (n,) at which a function is measured."""
    return np.linspace(low, high, POINTS)


def jumps_of(function: Function, x: Floats, y: Floats) -> tuple[Jump, ...]:
    """The jumps of a function with values ``y`` (n,) at ``x`` (n,), from left to right, the largest 40 at most.

    Bisected is every interval in which y changes by more than in its neighbours. What is left of the change then
    tells a jump from a steep rise.
    """
    with np.errstate(all="ignore"):
        changes = _change(y[:-1], y[1:])
        around = np.maximum(np.r_[0.0, changes[:-1]], np.r_[changes[1:], 0.0])
        least = _LEAST * min(float(np.abs(y[np.isfinite(y)]).max(initial=0.0)), _LARGE)
        suspects = np.flatnonzero((changes > around) & (changes > least))
        suspects = np.sort(suspects[np.argsort(-changes[suspects])][:_MOST])
        if not suspects.size:
            return ()
        low, high = x[suspects], x[suspects + 1]
        before, after = y[suspects], y[suspects + 1]
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            between = function(middle)
            is_left = _change(before, between) > _change(between, after)
            low, before = np.where(is_left, low, middle), np.where(is_left, before, between)
            high, after = np.where(is_left, middle, high), np.where(is_left, between, after)
        persists = _change(before, after) >= _PERSISTS * np.minimum(changes[suspects], 1e300)
        return tuple(jump_at(function, _round_place(float(place))) for place in (0.5 * (low + high))[persists])


def jump_at(function: Function, x: float) -> Jump:
    """What a function does at a place where it is known to jump."""
    beside = _BESIDE * max(1.0, abs(x))
    left, at, right = function(np.array([x - beside, x, x + beside]))
    return Jump(float(x), float(left), float(right), float(at))


def _change(before: Floats, after: Floats) -> Floats:
    """How large a change is: infinite where one of both has no value, 0 where neither has one."""
    change = np.abs(after - before)
    change[np.isnan(change)] = np.inf
    change[np.isnan(before) & np.isnan(after)] = 0.0
    return change


def _round_place(x: float) -> float:
    """The round number that a place stands for, if it is as near to one as bisection comes."""
    rounded = round(x, 9)
    return rounded + 0.0 if abs(x - rounded) <= 1e-12 * max(1.0, abs(x)) else x
