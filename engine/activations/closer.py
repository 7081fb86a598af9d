"""Where a function changes too fast for even places to show it: more places there, and whether a limit is ever met."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump

Array = npt.NDArray[np.float64]

CHANGE = 0.02
"""Between two neighbouring places a function may change by this share of how far its values lie apart."""
NEAREST = 1e-7
"""Two places are not closer than this, beside 1 or the place where that is greater."""
ROUNDS = 18
MOST_AT_ONCE = 400
"""Of a function that is fast everywhere, such as sin(1000x), only the fastest places are looked at more closely."""
LEVELS = (1e-11, 1e-8, 1e-5)
"""So near to a limit, relative to the size of the function, is looked at to see whether it is crept up to."""
CREEPS = 0.3
"""A limit is crept up to if the way from 10⁻⁸ to 10⁻¹¹ of it is more than this share of that from 10⁻⁵ to 10⁻⁸: for e⁻ˣ
both are as long, at a corner the second is a thousandth of the first, and for x² a thirtieth."""
BEGINS = (1e-6, 1e-3)
"""What begins at a place, as x⁹ does at 0, grows by at least the same shares beside it however near one looks …"""
_AT_LEAST, _UNDERFLOW = 100.0, 1e-300
"""… so from the one to the other by this or more, and what has only been rounded till there hardly at all."""
_HALVINGS = 60


def refined(functions: Sequence[Function], grid: Array, breaks: Sequence[Jump]) -> Array:
    """The grid (n,) with more places wherever one of the functions changes fast, but for where it jumps.

    Sizes are compared by their inverse hyperbolic sine, which for large ones is their order of magnitude: beside e⁴⁰
    nothing else would count.
    """
    places = np.array([one.x for one in breaks])
    for _ in range(ROUNDS):
        width = np.diff(grid)
        wide = width > 2.0 * NEAREST * np.maximum(1.0, np.abs(grid[1:]))
        wide &= np.searchsorted(places, grid[1:], "right") == np.searchsorted(places, grid[:-1], "left")
        change = np.zeros(len(width))
        for function in functions:
            change = np.maximum(change, _changes(function(grid)))
        fast = np.flatnonzero(wide & (change > CHANGE))
        if not fast.size:
            break
        fastest = np.sort(fast[np.argsort(-change[fast], kind="stable")][:MOST_AT_ONCE])
        grid = np.insert(grid, fastest + 1, 0.5 * (grid[fastest] + grid[fastest + 1]))
    return grid


def _changes(y: Array) -> Array:
    """From each value to the next, as a share of how far all lie apart; 0 beside what is no number."""
    sizes = np.arcsinh(y)
    finite = sizes[np.isfinite(sizes)]
    apart = float(np.ptp(finite)) if finite.size else 0.0
    changes = np.abs(np.diff(sizes))
    changes[~np.isfinite(changes)] = 0.0
    return changes / apart if apart > 0.0 else np.zeros_like(changes)


def without_isolated(y: Array) -> Array:
    """Values (n,) without those that have no number on either side, as xˣ has at −1 and −2; all of them where there
    are no others."""
    missing = np.isnan(y)
    alone = ~missing & np.r_[True, missing[:-1]] & np.r_[missing[1:], True]
    return y if alone.sum() == (~missing).sum() else np.where(alone, np.nan, y)


def creeps(function: Function, x: Array, y: Array, level: int, step: int, size: float) -> bool:
    """Whether a function with values ``y`` (n,) at ``x`` (n,), which from the place ``level`` on is level to the last
    bit, comes to that by rounding alone, as tanh is 1 at 20. ``step``: 1 or −1, to where it is not level. ``size``:
    what nearness is measured by."""
    limit = float(y[level])
    beyond = y[level::step]
    left = np.flatnonzero(np.abs(beyond - limit) > LEVELS[-1] * size)
    if not left.size:
        return True
    away = float(x[level::step][left[0]])
    at = _crossings(function, limit, [share * size for share in LEVELS], float(x[level]), away)
    before = level - step
    if 0 <= before < len(y) and y[before] == limit and _begins(function, limit, float(x[level]), at[0]):
        return False
    return abs(at[0] - at[1]) > CREEPS * abs(at[1] - at[2])


def _begins(function: Function, limit: float, level: float, near: float) -> bool:
    """Whether it leaves the limit at some place between ``level``, where it is that exactly, and ``near``, rather than
    to come out of underflow there as exp(−1/x²) does."""
    (edge,) = _crossings(function, limit, [0.0], level, near)
    first, second = np.abs(function(edge + (near - edge) * np.array(BEGINS)) - limit).tolist()
    return bool(first > _UNDERFLOW and _AT_LEAST * first < second)


def _crossings(function: Function, limit: float, near: Sequence[float], level: float, away: float) -> list[float]:
    """Where it comes to be as near to the limit as each of these, by bisection, side by side."""
    inside, outside = np.full(len(near), level), np.full(len(near), away)
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside + outside)
        if (middle == inside).all():
            break  # no number lies between
        is_near = np.abs(function(middle) - limit) <= near
        inside, outside = np.where(is_near, middle, inside), np.where(is_near, outside, middle)
    return [float(one) for one in inside]
