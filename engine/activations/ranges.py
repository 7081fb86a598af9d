"""Between which values a function lies that nobody has declared: a range for each unbroken piece, drawn together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, isnan, nan

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump

Array = npt.NDArray[np.float64]
Range = tuple[tuple[float, float], str]
"""Infimum and supremum, and the set as mathtext without dollars."""

FAR = (1e2, 1e3, 1e4, 1e6)
"""Where f is looked at to see whether it goes on without end."""
WAVES = np.linspace(0.0, 10.0, 257)
"""From each of these places on: more than a whole period of a sine, so that a wave shows how high it goes there."""
MOST_LEVELS = 3
"""A function with so few values is said by listing them."""
MOST_PARTS = 3
"""So many intervals are written out; of more, only that all lie within the whole."""
WITHIN = r"\subset\ "
"""Stands before an interval of which not every value is taken."""
ROUNDING = 1e-12
"""Less than this share is rounding."""
SAME = 1e-9
"""Two ends that are nearer than this share of the whole are one."""
POLE = 1e4
"""A limit beyond this is taken for a place where the function runs away."""
SHRINKS = 0.2
"""From 10⁴ to 10⁶: 1/√x is down to a tenth."""
RUNS_ON = 0.5
"""A peak that still grows by this share of its last growth each time one looks five hundred times as close is none: a
logarithm grows by as much each time, the tip of a root by a twentieth."""
CLOSER = (1e-3, 1e-6, 1e-9)
"""How near to a place without a value f is looked at."""
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class _Piece:
    """The function ``y`` at ``x`` (n,) where it has numbers and does not jump. ``left``, ``right``: what it comes to at
    either end, and whether it is ever that; None where it goes on beyond what was looked at."""

    x: Array
    y: Array
    left: tuple[float, bool] | None
    right: tuple[float, bool] | None

    def mirrored(self) -> _Piece:
        """Of −f: what its supremum is to one is the infimum to the other."""
        ends = (None if end is None else (-end[0], end[1]) for end in (self.left, self.right))
        return _Piece(self.x, -self.y, *ends)


@dataclass(frozen=True, slots=True)
class _Interval:
    low: float
    low_open: bool
    high: float
    high_open: bool

    def written(self) -> str:
        """As mathtext; one value in braces."""
        if self.low == self.high:
            return rf"\{{{number(self.low)}\}}"
        ends = f"{number(self.low)}, {number(self.high)}"
        return f"{'(' if self.low_open else '['}{ends}{')' if self.high_open else ']'}"


def range_of(function: Function, grid: Array, y: Array, jumps: Sequence[Jump] = ()) -> Range:
    """The range of a function with values ``y`` (n,) on the ``grid`` (n,) and these jumps. An end that is only
    approached is open; a few levels are listed; what lies between two pieces and is never taken is left out."""
    finite = y[np.isfinite(y)]
    if not finite.size:
        return (-inf, inf), r"\mathrm{unknown}"
    limits = [end for one in jumps for end in (one.left, one.right) if isfinite(end)]
    levels = np.unique(np.round(np.concatenate([finite, limits]), 9))
    if len(levels) <= MOST_LEVELS and not np.isinf(y).any():
        listed = ", ".join(number(float(level)) for level in levels)
        return (float(levels[0]), float(levels[-1])), rf"\{{{listed}\}}"
    span = _span(finite)
    found = [_interval(function, piece, span) for piece in _pieces(function, grid, y, jumps)]
    found += [_Interval(one.at, False, one.at, False) for one in jumps if isfinite(one.at)]
    parts = _drawn_together(found, span)
    whole = _Interval(parts[0].low, parts[0].low_open, parts[-1].high, parts[-1].high_open)
    if len(parts) > MOST_PARTS:
        return (whole.low, whole.high), f"{WITHIN}{whole.written()}"
    return (whole.low, whole.high), r" \cup ".join(part.written() for part in parts)


def _span(y: Array) -> float:
    """How far the values lie apart, those beside a pole counted as if they were no further out than the others."""
    most = max(POLE, 1e3 * float(np.median(np.abs(y))))
    return float(np.ptp(np.clip(y, -most, most))) or 1.0


def number(value: float) -> str:
    """An end of a range as mathtext."""
    if not isfinite(value):
        return r"\infty" if value > 0 else r"-\infty"
    value += 0.0  # no −0
    return f"{value:.3g}" if abs(value) < 1e4 else f"{value:.2e}"


def _drawn_together(found: Sequence[_Interval], span: float) -> list[_Interval]:
    """Those that overlap or touch as one, from left to right; a point that both neighbours leave out stays a hole."""
    parts: list[_Interval] = []
    for one in sorted(found, key=lambda one: (one.low, one.low_open)):
        last = parts[-1] if parts else None
        between = one.low - last.high if last is not None else inf
        if last is None or between > SAME * span or (between > -SAME * span and one.low_open and last.high_open):
            parts.append(one)
            continue
        further = one.high > last.high + SAME * span
        level = not further and one.high > last.high - SAME * span
        is_open = one.high_open if further else last.high_open and (one.high_open or not level)
        parts[-1] = _Interval(last.low, last.low_open, max(one.high, last.high), is_open)
    return parts


# Pieces ---------------------------------------------------------------------------------------------------------------


def _pieces(function: Function, grid: Array, y: Array, jumps: Sequence[Jump]) -> list[_Piece]:
    """The stretches in which every value is a number and none is jumped over."""
    cuts: list[tuple[int, Jump | None]] = [(int(np.searchsorted(grid, one.x)), one) for one in jumps]
    cuts = [(0, None), *cuts, (len(grid), None)]
    pieces = []
    for (start, before), (stop, after) in pairwise(cuts):
        first = start + 1 if before is not None and start < stop and grid[start] == before.x else start
        good = np.r_[False, np.isfinite(y[first:stop]), False].astype(np.int8)
        edges = np.flatnonzero(np.diff(good)) + first
        for low, high in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            left = _limit(before.right, before) if low == first and before is not None else None
            right = _limit(after.left, after) if high == stop and after is not None else None
            left = left or _end(function, grid, y, low, -1)
            right = right or _end(function, grid, y, high - 1, 1)
            pieces.append(_Piece(grid[low:high], y[low:high], left, right))
    return pieces


def _limit(limit: float, jump: Jump) -> tuple[float, bool] | None:
    """What a piece comes to beside a jump; None where that cannot be told."""
    if abs(limit) > POLE:
        return (inf if limit > 0 else -inf), False
    return (limit, abs(limit - jump.at) <= SAME * max(1.0, abs(limit))) if isfinite(limit) else None


def _end(function: Function, grid: Array, y: Array, last: int, side: int) -> tuple[float, bool] | None:
    """What it comes to beyond the last number on a side, by bisection; None where it goes on beyond the grid."""
    beyond = last + side
    if not 0 <= beyond < len(grid):
        return None
    inside, outside = float(grid[last]), float(grid[beyond])
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside + outside)
        if isfinite(_at(function, middle)):
            inside = middle
        else:
            outside = middle
    value, rounded = _at(function, inside), round(inside, 9)
    if abs(rounded - inside) < 1e-9 and isfinite(_at(function, rounded)):
        return _at(function, rounded), True
    if abs(value) > POLE or _runs_away(*(_at(function, outside - side * near) for near in CLOSER)):
        return (inf if value > 0 else -inf), False
    return value, False


def _runs_away(first: float, second: float, third: float) -> bool:
    """Whether it grows as much each time one comes a thousand times as near, as a logarithm does."""
    before, growth = second - first, third - second
    return abs(third) > abs(second) and growth * before > 0.0 and abs(growth) > RUNS_ON * abs(before)


def _at(function: Function, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(function(np.array([x]))[0])


# The range of one piece -----------------------------------------------------------------------------------------------


def _interval(function: Function, piece: _Piece, span: float) -> _Interval:
    with np.errstate(all="ignore"):
        high, high_open = _supremum(function, piece, span)
        low, low_open = _supremum(lambda x: -function(x), piece.mirrored(), span)
    return _Interval(0.0 - low, low_open, high, high_open)


def _supremum(function: Function, piece: _Piece, span: float) -> tuple[float, bool]:
    """The supremum of a function over a piece of it, and whether it is open: only approached."""
    y = piece.y
    at = int(y.argmax())
    ends = [end for end in (piece.left, piece.right) if end is not None]
    value, reached = max(ends, default=(-inf, False))
    if value == inf:
        return inf, True
    if value > y[at] + SAME * span:
        return trimmed(value), not reached
    near = y[[0, -1]] >= y[at] - 1e-6 * span
    if not near.any():
        peak = _peak(function, piece.x[max(at - 1, 0)], piece.x[min(at + 1, len(y) - 1)], span)
        peak = max(peak, float(y[at]))  # the tip of a corner is a place of the grid, and of no finer one
        crests = [
            _crest(function, side, peak, span) for side, end in ((-1.0, piece.left), (1.0, piece.right)) if end is None
        ]
        higher = max(crests, default=peak)
        highest = max(peak, higher)
        return 0.0 if abs(highest) < ROUNDING * span else trimmed(highest), higher > peak or peak == inf
    goes_on = near & np.array([piece.left is None, piece.right is None])
    side = -1.0 if goes_on[0] and (y[0] >= y[-1] or not goes_on[1]) else 1.0
    return _beyond(y, at, span, _heights(function, side) if goes_on.any() else np.zeros(0))


def _heights(function: Function, side: float) -> Array:
    """How high the function comes in a stretch at each place far out on a side. Not a number where it has none there,
    or spikes rather than waves: poles, beyond which it is another piece."""
    found = []
    for far in FAR:
        y = function(side * (far + WAVES))
        if np.isnan(y).any() or (y == inf).any():
            found.append(inf if (y == inf).any() else nan)
            continue
        low, high = np.quantile(y, [0.1, 0.9])
        found.append(float(y.max()) if y.max() - high <= high - low else nan)
    return np.array(found)


def _crest(function: Function, side: float, peak: float, span: float) -> float:
    """How high the waves of a function come far out on a side: infinite where they still grow."""
    *_, before, last = heights = _heights(function, side).tolist()
    if last == inf or min(last - before, before - peak) > 0.01 * span:
        return inf
    return max(heights) if not isnan(sum(heights)) and max(heights) > peak + 1e-6 * span else peak


def _beyond(y: Array, at: int, span: float, far: Array) -> tuple[float, bool]:
    """The supremum of what is largest at an end. ``far``: what it is far out beyond that; empty where it ends there."""
    if (far == inf).any():
        return inf, True
    far = np.r_[y[at], far[np.isfinite(far)]]
    if far[-1] - far[-2:][0] > 0.01 * span:
        return inf, True
    limit = 0.0 if _comes_to_nothing(far) else trimmed(float(far.max()))
    further = limit > y[at] + ROUNDING * span
    return 0.0 if abs(limit) < SAME * span else limit, further or not _comes_to(y, at, span)


def _comes_to_nothing(far: Array) -> bool:
    """Whether the last values, far out, go on shrinking towards 0 from below, however slowly."""
    return len(far) > 2 and far[-2] < far[-1] < 0.0 and bool(far[-1] > SHRINKS * far[-2])


def _comes_to(y: Array, at: int, span: float) -> bool:
    """Whether the largest value is taken at all: the function goes up to it and is level then, rather than to creep up
    to it until rounding makes the two the same."""
    level = np.abs(y - y[at]) <= ROUNDING * min(abs(float(y[at])), span)
    borders = np.flatnonzero(np.diff(level.astype(np.int8)))
    steps = np.abs(y[borders + 1] - y[borders])
    return bool(not borders.size or (steps > ROUNDING * span).any())


def _peak(function: Function, low: float, high: float, span: float) -> float:
    """The largest value between two neighbours of the grid, drawn together to a billionth of their distance; infinite
    where it goes on growing as one looks closer."""
    found: list[float] = []
    ends = function(np.array([low, high]))
    for _ in range(3):
        x = np.linspace(low, high, 1001)
        y = function(x)
        if (y == inf).any():
            return inf
        at = int(np.nanargmax(y))
        found.append(max(float(y[at]), *found) if found else float(y[at]))
        low, high = float(x[max(at - 1, 0)]), float(x[min(at + 1, len(x) - 1)])
    before, growth = found[1] - found[0], found[2] - found[1]
    spike = found[2] > POLE * max(1.0, *np.abs(ends))
    return inf if spike or growth > max(RUNS_ON * before, 1e-6 * span) else found[2]


def trimmed(value: float) -> float:
    """Without the noise of rounding behind its ninth digit."""
    if not isfinite(value):
        return value
    rounded = float(f"{value:.9g}")
    return rounded + 0.0 if abs(value - rounded) <= SAME * max(1.0, abs(value)) else value
