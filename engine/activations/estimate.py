"""The facts of a function that nobody has declared, found by looking at its numbers: estimates, labelled as such."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf, isfinite, isnan, nan

import numpy as np
import numpy.typing as npt

from engine.activations.closer import creeps, refined, without_isolated
from engine.activations.corners import MOST_CORNERS, agreed_at, is_level, kinks_at, with_kinks
from engine.activations.corners import REACH as FURTHER
from engine.activations.jumps import Function, Jump, jumps_of, told
from engine.activations.profile import Profile, Tail
from engine.activations.ranges import HUGE, Range, range_of
from engine.activations.saturation import SATURATED_BELOW
from engine.activations.supremum import FAR, ROUNDING, WAVES

Array = npt.NDArray[np.float64]

REACH, POINTS = 40.0, 8001
"""Looked at is −40 … 40, as for the declared ones: every smooth activation is flat beyond to the last bit."""
CENTRED = 0.05
"""Zero-centred: over standard normal z its mean is within this share of its mean size, so that what is above 0 and what
is below it weigh the same. Beside its deviation any mean is small where a few values are huge."""
BESIDE, AGREES = 1e-9, 1e-3
"""Where f ends, f' is looked at so far from there, and may differ by so much."""
_CLOSE_BY, _MORE_THAN_ROUNDING = 1.0, 1e-3
_HALVINGS = 60
_DIGITS = 6
"""A corner with no more digits than this behind the point is where it is said to be."""
_ROUNDED = 1e-12
"""A place of the grid that is as near as this to a round number stands for it."""


def estimated_profile(
    value: Function, slope: Function, corners: Sequence[float] = ()
) -> tuple[Profile, tuple[Jump, ...], tuple[Jump, ...]]:
    """The facts of f from f and f', with the jumps of both. ``corners``: where f may have a kink by what it is made of;
    the others are found by numbers. What f' is said to be there may only be agreed on, and is not in its range then."""
    with np.errstate(all="ignore"):
        kinks = with_kinks(kinks_at(corners, value, slope), jumps_of(slope, -REACH, REACH))
        grid = _grid_for(corners)
        jumps = with_kinks(jumps_of(value, -REACH, REACH), _jumps_far_out(corners, value, float(grid[-1])))
        grid = refined((value, slope), grid, with_kinks(jumps, kinks))
        y = without_isolated(value(grid))
        slope = _without_ends(value, slope, grid, y)
        slopes = np.where(np.isnan(y), nan, slope(grid))
        below, above = _undefined_ends(value, grid, y)
        whole = _complete(value, grid, y)
        output, output_set = range_of(value, grid, y, jumps)
        agreed = agreed_at(corners, slope)
        steepness, slope_set = _range_but_at(with_kinks(kinks, agreed), slope, grid, slopes)
        endless = not all(isfinite(end) for end in steepness)
        steepest = _largest(slopes) if endless else max(abs(end) for end in steepness)
        left, low, flat_below = _tail(slope, grid, slopes, steepest, endless)
        right, high, flat_above = _tail(
            lambda x: slope(-x), 0.0 - grid[::-1], slopes[::-1], steepest, endless
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
            silent=_silent(y, left is Tail.FLAT, right is Tail.FLAT),
            undefined_below=below,
            undefined_above=above,
            endless_slope=endless,
            estimated=True,
        )
    return profile, jumps, kinks


def _grid_for(corners: Sequence[float]) -> Array:
    """The places that are looked at: even ones, further out too where there are corners, unless these are without end;
    and the corners themselves, in place of what stands for them but for its last digits."""
    grid = np.linspace(-REACH, REACH, POINTS)
    if len(corners) < MOST_CORNERS and any(abs(one) > REACH for one in corners):
        grid = np.union1d(grid, np.linspace(-FURTHER, FURTHER, POINTS))
    places = np.array([one for one in corners if abs(one) <= grid[-1]], np.float64)
    if not places.size:
        return grid
    after = np.clip(np.searchsorted(places, grid), 1, len(places)) - 1
    nearest = np.minimum(np.abs(grid - places[after]), np.abs(grid - places[np.minimum(after + 1, len(places) - 1)]))
    return np.union1d(grid[nearest > _ROUNDED], places)


def _jumps_far_out(corners: Sequence[float], value: Function, end: float) -> tuple[Jump, ...]:
    """Where f jumps beyond what numbers alone are looked at, and no further than to the ``end``."""
    found = kinks_at([one for one in corners if REACH < abs(one) <= end], value, value)
    found = tuple(one for one in found if not is_level(one))  # but for the last digits of the place
    return tuple(one if one.x == round(one.x, _DIGITS) else replace(one, at=told(one)) for one in found)


def _range_but_at(holes: Sequence[Jump], slope: Function, grid: Array, slopes: Array) -> Range:
    """The range of f' where only its limits count at these places, as far as the grid goes: kinks have no f' at all."""
    kept = []
    for hole in holes:
        if abs(hole.x) > grid[-1]:
            continue
        nearest = float(grid[np.abs(grid - hole.x).argmin()])
        at = hole.left if is_level(hole) else nan
        kept.append(replace(hole, at=at, x=nearest if abs(nearest - hole.x) <= _ROUNDED else hole.x))
    known = np.where(np.isin(grid, [hole.x for hole in kept]), nan, slopes)
    return range_of(slope, grid, known, kept)


def _without_ends(value: Function, slope: Function, grid: Array, y: Array) -> Function:
    """f' without what it is by agreement where f ends, if that is not what it comes to there: xˣ ends at 0 with 1, and
    is steeper and steeper before that."""
    edges = np.flatnonzero(np.diff(np.r_[False, ~np.isnan(y), False].astype(np.int8)))
    sides = [(int(at), BESIDE) for at in edges[::2]] + [(int(at) - 1, -BESIDE) for at in edges[1::2]]
    ends = []
    for at, inward in sides:
        here, outside = grid[at] + np.array([0.0, inward]), grid[at : at + 1] - inward
        if 0 < at < len(grid) - 1 and np.isnan(value(outside))[0] and not abs(np.diff(slope(here))[0]) <= AGREES:
            ends.append(float(grid[at]))

    def inside(x: Array) -> Array:
        return np.where(np.isin(x, ends), nan, slope(x))

    return inside if ends else slope


def _tail(slope: Function, grid: Array, slopes: Array, steepest: float, endless: bool) -> tuple[Tail, float, float]:
    """Of the left side: what becomes of f', below which x it is under 5 % of its largest, and below which exactly 0."""
    sizes = np.abs(slopes)
    if np.isnan(sizes[0]):
        return Tail.UNDEFINED, -inf, -inf
    if steepest == 0.0:
        return Tail.FLAT, -inf, 0.0
    if not isfinite(sizes[0]):
        return Tail.STEEP, -inf, -inf
    first = int(np.flatnonzero(sizes != 0.0)[0]) if sizes.any() else 0
    if sizes[0] == 0.0 and first and _ends_flat(slope):
        size = _nearness(grid, slopes, first - 1, steepest) if endless else steepest
        if not creeps(slope, grid, slopes, first - 1, 1, min(size, HUGE)):
            return Tail.FLAT, -inf, _edge(lambda x: abs(x) == 0.0, slope, grid[first - 1], grid[first])
    limit = SATURATED_BELOW * steepest
    if sizes[0] >= limit or not _dies_down(slope, float(sizes[0]), steepest):
        return Tail.STEEP, -inf, -inf
    steep = np.flatnonzero(~(sizes < limit))
    first = int(steep[0]) if steep.size else int(sizes.argmax())  # all that is steep lies between two places
    return Tail.SATURATES, _edge(lambda x: abs(x) < limit, slope, grid[first - 1], grid[first]), -inf


def _nearness(grid: Array, slopes: Array, level: int, steepest: float) -> float:
    """What nearness to 0 is measured by about the place ``level`` where f' has no bound: the steepest close by, since
    beside e⁴⁰, far out, all else is near. Close by reaches so far that it is more than rounding."""
    width, least = _CLOSE_BY, _MORE_THAN_ROUNDING * min(steepest, 1.0)
    while (size := _largest(slopes[level : np.searchsorted(grid, grid[level] + width)])) < least:
        width *= 2.0
    return size


def _silent(y: Array, on_left: bool, on_right: bool) -> bool:
    """Whether f is 0 on the sides on which it is flat."""
    ends = [end for end, flat in ((y[0], on_left), (y[-1], on_right)) if flat]
    return bool(ends) and all(end == 0.0 for end in ends)


def _largest(values: Array) -> float:
    """The largest size of those that are numbers."""
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max()) if sizes.size else 0.0


def _ends_flat(slope: Function) -> bool:
    """Whether f' is 0 far out on the left too, rather than to come back as that of relu(sin(x)) does."""
    far = np.abs(slope(-np.add.outer(np.array(FAR), WAVES).ravel()))
    return not bool((far[np.isfinite(far)] > 0.0).any())


def _dies_down(slope: Function, size: float, steepest: float) -> bool:
    """Whether f' tends to 0, rather than to stay small as that of a leaky ReLU does, or to come back as that of tan
    does."""
    far = np.abs(slope(-np.array(FAR)))
    far = far[np.isfinite(far)]
    if not far.size:
        return size < 1e-6 * steepest
    return bool(far[-1] < 0.5 * size or size < 1e-6 * steepest) and bool((np.diff(far) <= ROUNDING * steepest).all())


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
