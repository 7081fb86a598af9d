"""Where a function of one number jumps, found by bisection: a plot must not join what is not joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import nan

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Function = Callable[[Floats], Floats]
"""y (n,) of x (n,)."""

_INTERVALS = 1777  # round numbers, at which functions are wont to jump, lie within the intervals, not between them
_PERSISTS = 0.25
"""It is a jump when this share of the change or more is left in an interval that has no width to speak of. Not half:
where the function is half-way between its limits, as a slope often is at a kink, each half of the jump is as much."""
_MOST = 40
"""Of a function that jumps without end, such as tan(1000x), so many are enough."""
_LEAST = 1e-9
"""A change of less, relative to the size of y, is rounding."""
_SIDE = 1e-6
"""A limit, which is looked at a billionth beside a jump, may be off by as much."""
_SMALL = 1e-3
"""And so is one relative to this: what is 0 nearly everywhere may be a difference of what is not."""
_ROUNDED, _MOST_SIZE = 64.0 * float(np.finfo(float).eps), 1e7
"""And so is one relative to the largest y, or to the second number where that is larger: 1 − tanh² goes down to 0 in
steps, which 10⁵·tanh has 10⁵ times as high."""


@dataclass(frozen=True, slots=True)
class Jump:
    """At ``x`` the function goes from ``left`` to ``right``, its limits from either side, and is ``at`` there. A limit
    is infinite, or not a number, where the function runs away."""

    x: float
    left: float
    right: float
    at: float


def jumps_of(function: Function, low: float, high: float) -> tuple[Jump, ...]:
    """The jumps between ``low`` and ``high``, from left to right, the largest where there are too many.

    Looked into is every interval in which y changes by more than in its neighbours.
    A bend is none, however sharp, and a steep rise is none, however steep: what is left of the change in an interval
    of some 1e-15 of the range decides.
    """
    grid = np.linspace(low, high, _INTERVALS + 1)
    with np.errstate(all="ignore"):
        y = function(grid)
        changes = np.abs(np.diff(y))
        changes[~np.isfinite(changes)] = np.inf
        around = np.maximum(np.r_[0.0, changes[:-1]], np.r_[changes[1:], 0.0])
        finite = np.abs(y[np.isfinite(y)])
        least = _LEAST * max(float(np.median(finite)) if finite.size else 0.0, _SMALL)
        least = max(least, _ROUNDED * min(float(finite.max(initial=0.0)), _MOST_SIZE))
        suspects = np.flatnonzero((changes > around) & (changes > least))
        largest = suspects[np.argsort(-changes[suspects])][:_MOST]
        chosen = np.sort(largest)
        ends = grid[chosen], grid[chosen + 1]
        width = ends[1] - ends[0]
        narrow = 1e-14 * np.maximum(np.maximum(*map(np.abs, ends)), width)
        places = _followed(function, ends, (y[chosen], y[chosen + 1]), changes[chosen], narrow)
        followed = zip(places, width.tolist(), narrow.tolist(), strict=True)
        found = [_jump(function, place, *one) for place, *one in followed if place is not None]
    return tuple(found)


def _followed(
    function: Function, ends: tuple[Floats, Floats], values: tuple[Floats, Floats], changes: Floats, least: Floats
) -> list[float | None]:
    """Follow the larger half of the change in each of the intervals down to a point, all side by side; None where it
    gets smaller on the way, which is no jump. ``least``: an interval of this width is a point."""
    (low, high), (before, after) = ends, values
    kept, persists = _PERSISTS * np.minimum(changes, 1e300), np.ones(len(low), np.bool_)
    while (at := np.flatnonzero(persists & (high - low > least))).size:
        middle = 0.5 * (low[at] + high[at])
        between = function(middle)
        first, second = _size(between - before[at]), _size(after[at] - between)
        persists[at] = np.maximum(first, second) >= kept[at]
        left = first > second
        high[at], after[at] = np.where(left, middle, high[at]), np.where(left, between, after[at])
        low[at], before[at] = np.where(left, low[at], middle), np.where(left, before[at], between)
    return [place if holds else None for place, holds in zip((0.5 * (low + high)).tolist(), persists, strict=True)]


def _size(change: Floats) -> Floats:
    """How large a change is: infinite where it is no number."""
    size = np.abs(change)
    return np.where(np.isnan(size), np.inf, size)


def _jump(function: Function, place: float, width: float, least: float) -> Jump:
    """The jump that an interval of this width has come down to."""
    found = jump_at(function, round_place(place, width))
    is_round = abs(place - round(place, 9)) <= 2.0 * least  # no further than bisection leaves it open
    return found if is_round else replace(found, at=told(found))


def told(jump: Jump) -> float:
    """What the function is at a jump whose place is known but to its last digits: not a number where that is what it is
    to one side, for it cannot be told which."""
    sides = (abs(jump.at - side) <= _SIDE * max(1.0, abs(side)) for side in (jump.left, jump.right))
    return nan if any(sides) else jump.at


def jump_at(function: Function, x: float) -> Jump:
    """What the function does at a place where it is known to jump."""
    beside = 1e-9 * max(1.0, abs(x))
    left, at, right = function(np.array([x - beside, x, x + beside]))
    return Jump(float(x), float(left), float(right), float(at))


def round_place(x: float, width: float) -> float:
    """The round number that a place stands for, if it is as near to one as bisection can come."""
    rounded = round(x, 9)
    return rounded + 0.0 if abs(x - rounded) <= 1e-12 * max(1.0, width, abs(x)) else x
