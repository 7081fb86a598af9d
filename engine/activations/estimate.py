"""The facts of a function that nobody has declared, found by looking at its numbers: estimates, labelled as such."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, isfinite, isnan

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump, jumps_of
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import SATURATED_BELOW

Array = npt.NDArray[np.float64]

REACH, POINTS = 40.0, 8001
"""Looked at is −40 … 40, as for the declared ones: every smooth activation is flat beyond to the last bit."""
FAR = (1e2, 1e3, 1e4, 1e6)
"""Where f is looked at to see whether it goes on without end."""
CENTRED = 0.05
"""Zero-centred: over standard normal z its mean is within this share of its mean size, so that what is above 0 and what
is below it weigh the same. Beside its deviation any mean is small where a few values are huge."""
MOST_LEVELS = 3
"""A function with so few values is said by listing them."""
ROUNDING = 1e-12
"""Less than this share is rounding."""
POLE = 1e4
"""A limit beyond this is taken for a place where the function runs away."""
SHRINKS = 0.2
"""From 10⁴ to 10⁶: 1/√x is down to a tenth."""
HUGE = 1e290
"""Whoever gets this far and then has no number has overflowed."""
_HALVINGS = 60


def estimated_profile(value: Function, slope: Function) -> tuple[Profile, tuple[Jump, ...], tuple[Jump, ...]]:
    """The facts of f from f and f', with the jumps of both."""
    grid = np.linspace(-REACH, REACH, POINTS)
    with np.errstate(all="ignore"):
        y, slopes = value(grid), slope(grid)
        below, above = _undefined_ends(value, grid, y)
        whole = _complete(value, grid, y)
        jumps = jumps_of(value, -REACH, REACH)
        kinks = jumps_of(slope, -REACH, REACH)
        output, output_set = _range(value, grid, y, [end for one in jumps for end in (one.left, one.right)])
        steepness, slope_set = _range(slope, grid, slopes, [end for one in kinks for end in (one.left, one.right)])
        endless = not all(isfinite(end) for end in steepness)
        steepest = _largest(slopes) if endless else max(abs(end) for end in steepness)
        left, low, flat_below = _tail(slope, grid, slopes, steepest)
        right, high, flat_above = _tail(
            lambda x: slope(-x), grid, slopes[::-1], steepest
        )  # mirrored: its left is the right
        profile = Profile(
            output,
            steepness,
            output_set,
            slope_set,
            continuous=not jumps and whole,
            differentiable=not jumps and not kinks and whole and _complete(slope, grid, slopes),
            zero_centred=_centred(value),
            left=left,
            right=right,
            bounds=(-inf, inf) if endless else (low, 0.0 - high),  # 5 % of a steepest slope that there is not
            flat_below=flat_below,
            flat_above=0.0 - flat_above,
            undefined_below=below,
            undefined_above=above,
            endless_slope=endless,
            estimated=True,
        )
    return profile, jumps, kinks


def _tail(slope: Function, grid: Array, slopes: Array, steepest: float) -> tuple[Tail, float, float]:
    """Of the left side: what becomes of f', below which x it is under 5 % of its largest, and below which exactly 0."""
    sizes = np.abs(slopes)
    if steepest == 0.0:
        return Tail.FLAT, -inf, 0.0
    if np.isnan(sizes[0]):
        return Tail.UNDEFINED, -inf, -inf
    if not isfinite(sizes[0]):
        return Tail.STEEP, -inf, -inf
    if sizes[0] == 0.0 and not _underflows(sizes, steepest):
        first = int(np.flatnonzero(sizes != 0.0)[0])
        return Tail.FLAT, -inf, _edge(lambda x: abs(x) == 0.0, slope, grid[first - 1], grid[first])
    limit = SATURATED_BELOW * steepest
    if sizes[0] >= limit or not _dies_down(slope, float(sizes[0]), steepest):
        return Tail.STEEP, -inf, -inf
    first = int(np.flatnonzero(~(sizes < limit))[0])
    return Tail.SATURATES, _edge(lambda x: abs(x) < limit, slope, grid[first - 1], grid[first]), -inf


def _largest(values: Array) -> float:
    """The largest size of those that are numbers."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max()) if sizes.size else 0.0


def _dies_down(slope: Function, size: float, steepest: float) -> bool:
    """Whether f' tends to 0, rather than to stay small as that of a leaky ReLU does."""
    far = np.abs(slope(-np.array(FAR)))
    return size < 1e-6 * steepest or bool(np.nanmin(np.append(far, size)) < 0.5 * size)


def _underflows(sizes: Array, steepest: float) -> bool:
    """Whether a slope of 0 far out is only one that has become too small to tell: it has been falling for a while, and
    has not ended at once."""
    first = int(np.flatnonzero(sizes != 0.0)[0])
    before = sizes[first : first + 3]
    return bool(before.size and before[0] < ROUNDING * steepest)


def _edge(inside: Callable[[float], bool], function: Function, out: float, steep: float) -> float:
    """Bisect for the last x at which a function is still ``inside``; a round number where it is as good as one."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (out + steep)
        if inside(float(function(np.array([middle]))[0])):
            out = middle
        else:
            steep = middle
    rounded = round(out, 9) + 0.0
    return float(rounded if abs(out - rounded) < 1e-9 else out)


def _range(function: Function, grid: Array, y: Array, limits: Sequence[float] = ()) -> tuple[tuple[float, float], str]:
    """(infimum, supremum) and the set as mathtext. ``limits``: values that are come to beside jumps. An end that is
    only approached far out is open; a few levels are listed."""
    finite = y[np.isfinite(y)]
    if not finite.size:
        return (-inf, inf), r"\mathrm{unknown}"
    levels = np.unique(np.round(np.concatenate([finite, [one for one in limits if isfinite(one)]]), 9))
    if len(levels) <= MOST_LEVELS and not np.isinf(y).any():
        listed = ", ".join(_number(float(level)) for level in levels)
        return (float(levels[0]), float(levels[-1])), rf"\{{{listed}\}}"
    low, low_open = _supremum(lambda x: -function(x), grid, -y, [-one for one in limits])
    high, high_open = _supremum(function, grid, y, limits)
    low = 0.0 - low
    ends = f"{_number(low)}, {_number(high)}"
    return (low, high), f"{'(' if low_open else '['}{ends}{')' if high_open else ']'}"


def _supremum(function: Function, grid: Array, y: Array, limits: Sequence[float]) -> tuple[float, bool]:
    """The supremum of a function with values ``y`` on the grid, and whether it is open: only approached."""
    if (y == inf).any() or any(one > POLE for one in limits):
        return inf, True
    known = np.where(np.isfinite(y), y, -inf)
    at, span = int(known.argmax()), float(np.ptp(y[np.isfinite(y)])) or 1.0
    beside = max((one for one in limits if isfinite(one)), default=-inf)
    if beside > known[at] + 1e-9 * span:
        return _trimmed(beside), True
    edges = np.flatnonzero(known > -inf)[[0, -1]]
    if not (known[edges] >= known[at] - 1e-6 * span).any():
        return _trimmed(_peak(function, grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)])), False
    side = -1.0 if known[edges[0]] >= known[edges[1]] else 1.0
    far = function(side * np.array(FAR))
    if (far == inf).any():
        return inf, True
    far = np.r_[known[at], far[np.isfinite(far)]]
    if far[-1] - far[-2:][0] > 0.01 * span:
        return inf, True
    limit = 0.0 if _comes_to_nothing(far) else _trimmed(float(far.max()))
    further = limit > known[at] + ROUNDING * span
    return 0.0 if abs(limit) < 1e-9 * span else limit, further or not _comes_to(known, at, span)


def _comes_to_nothing(far: Array) -> bool:
    """Whether the last values, far out, go on shrinking towards 0 from below, however slowly."""
    return len(far) > 2 and far[-2] < far[-1] < 0.0 and bool(far[-1] > SHRINKS * far[-2])


def _comes_to(known: Array, at: int, span: float) -> bool:
    """Whether the largest value is taken at all: the function goes up to it and is level then, rather than to creep up
    to it until rounding makes the two the same."""
    level = known == known[at]
    borders = np.flatnonzero(np.diff(level.astype(np.int8)))
    steps = np.abs(known[borders + 1] - known[borders])
    return bool(steps.size and (steps > ROUNDING * span).any())


def _peak(function: Function, low: float, high: float) -> float:
    """The largest value between two neighbours of the grid, drawn together to a billionth of their distance."""
    best = -inf
    for _ in range(3):
        x = np.linspace(low, high, 1001)
        y = function(x)
        at = int(np.nanargmax(y))
        best = max(best, float(y[at]))
        low, high = float(x[max(at - 1, 0)]), float(x[min(at + 1, len(x) - 1)])
    return best


def _trimmed(value: float) -> float:
    """Without the noise of rounding behind its ninth digit."""
    rounded = float(f"{value:.9g}")
    return rounded + 0.0 if abs(value - rounded) <= 1e-9 * max(1.0, abs(value)) else value


def _number(value: float) -> str:
    if not isfinite(value):
        return r"\infty" if value > 0 else r"-\infty"
    return f"{value:.3g}" if abs(value) < 1e4 else f"{value:.2e}"


def _centred(value: Function) -> bool:
    """By the mean of f over standard normal z, at 2,001 even quantiles, beside its deviation."""
    from scipy.special import ndtri

    y = value(ndtri((np.arange(2001) + 0.5) / 2001))
    y = y[np.isfinite(y)]
    largest = float(np.abs(y).max()) if y.size else 0.0
    if largest == 0.0:
        return False
    return bool(abs(float((y / largest).mean())) <= CENTRED * float(np.abs(y / largest).mean()))


def _undefined_ends(value: Function, grid: Array, y: Array) -> tuple[float, float]:
    """Below and above which x f has no value at all; infinite where it has one far out."""
    known = np.flatnonzero(~np.isnan(y))
    if not known.size:
        return inf, -inf
    first, last = int(known[0]), int(known[-1])
    below = _edge(isnan, value, grid[first - 1], grid[first]) if first else -inf
    above = _edge(isnan, value, grid[last + 1], grid[last]) if last < len(grid) - 1 else inf
    return below, above


def _complete(function: Function, grid: Array, y: Array) -> bool:
    """Whether it has a number everywhere, but for an end where it has only grown beyond what a double can hold."""
    known = np.flatnonzero(np.isfinite(y))
    if not known.size:
        return False
    first, last = int(known[0]), int(known[-1])
    if len(known) < last - first + 1:
        return False
    left = first == 0 or _overflows(function, grid[first - 1], grid[first])
    return left and (last == len(grid) - 1 or _overflows(function, grid[last + 1], grid[last]))


def _overflows(function: Function, out: float, last: float) -> bool:
    """Whether what has no number any more from some place on was as large as can be just before it."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (out + last)
        if isfinite(float(function(np.array([middle]))[0])):
            last = middle
        else:
            out = middle
    return abs(float(function(np.array([last]))[0])) > HUGE
