"""Between which values a function lies that nobody has declared: a range for each unbroken piece, drawn together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, nan

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump
from engine.activations.supremum import LONG, POLE, RUNS_ON, SAME, Piece, supremum

Array = npt.NDArray[np.float64]
Range = tuple[tuple[float, float], str]
"""Infimum and supremum, and the set as mathtext without dollars."""

MOST_LEVELS = 3
"""A function with so few values is said by listing them."""
MOST_PARTS = 3
"""So many intervals are written out; of more, only that all lie within the whole."""
WITHIN = r"\subset\ "
"""Stands before an interval of which not every value is taken."""
CLOSER = (1e-3, 1e-6, 1e-9)
"""How near to a place without a value f is looked at."""
HUGE = 1e290
"""Whoever gets this far and then has no number has overflowed."""
SHELL = np.linspace(1.0, 2.0, 257)
"""From each of these distances on, as far again."""
_HALVINGS = 60
_ROUNDED = 1e-10
_AT_JUMP = 1e-12
"""A place that is as near as this to a jump, relative to its place or to 1, may lie on either side of it."""
_OUTSIDE = 1e-6
"""What is beyond an end by less than this share of the whole is taken for the end."""


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
    if len(levels) <= MOST_LEVELS and not np.isinf(y).any() and _are_level(finite):
        listed = ", ".join(number(float(level)) for level in levels)
        return (float(levels[0]), float(levels[-1])), rf"\{{{listed}\}}"
    span = _span(finite)
    found = [_interval(function, piece, span) for piece in _pieces(function, grid, y, jumps)]
    found += [_Interval(one.at, False, one.at, False) for one in jumps if isfinite(one.at)]
    parts = _drawn_together(found, span)
    goes_on = bool(limits) and _is_elsewhere(function, parts, grid, span)
    if goes_on:
        known = np.isfinite(y)
        found.append(_interval(function, Piece(grid[known], y[known], None, None), span))
        parts = _drawn_together(found, span)
    whole = _Interval(parts[0].low, parts[0].low_open, parts[-1].high, parts[-1].high_open)
    if goes_on or len(parts) > MOST_PARTS:
        return (whole.low, whole.high), f"{WITHIN}{whole.written()}"
    return (whole.low, whole.high), r" \cup ".join(part.written() for part in parts)


def _are_level(y: Array) -> bool:
    """Whether those that are one to nine digits differ by rounding alone, and do not go on from each to the next."""
    _, group = np.unique(np.round(y, 9), return_inverse=True)
    spread = max(float(np.ptp(y[group == one])) for one in range(int(group.max()) + 1))
    return spread <= _ROUNDED * max(1.0, float(np.abs(y).max()))


def _span(y: Array) -> float:
    """How far the values lie apart, those beside a pole counted as if they were no further out than the others."""
    most = max(POLE, 1e3 * float(np.quantile(np.abs(y), 0.1)))
    return float(np.ptp(np.clip(y, -most, most))) or 1.0


def number(value: float) -> str:
    """An end of a range as mathtext."""
    if not isfinite(value):
        return r"\infty" if value > 0 else r"-\infty"
    value += 0.0  # no −0
    if abs(value) >= 1e4:
        return f"{value:.2e}"
    return f"{value:.3g}" if abs(value) < 999.5 else f"{value:.0f}"


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


def _is_elsewhere(function: Function, parts: Sequence[_Interval], grid: Array, span: float) -> bool:
    """Whether the function comes to values outside the parts beyond the grid: it goes on jumping there, and what its
    jumps leave out up to there is no hole."""
    with np.errstate(all="ignore"):
        far = np.concatenate([function(side * LONG[abs(end) < LONG]) for side, end in ((-1, grid[0]), (1, grid[-1]))])
    far, near = far[np.isfinite(far)], _OUTSIDE * span
    inside = np.zeros(far.shape, np.bool_)
    for part in parts:
        inside |= (far >= part.low - near) & (far <= part.high + near)
    return not inside.all()


# Pieces ---------------------------------------------------------------------------------------------------------------


def _pieces(function: Function, grid: Array, y: Array, jumps: Sequence[Jump]) -> list[Piece]:
    """The stretches in which every value is a number and none is jumped over."""
    cuts: list[tuple[int, int, Jump | None]] = [(*_around(grid, one.x), one) for one in jumps]
    cuts = [(0, 0, None), *cuts, (len(grid), len(grid), None)]
    pieces = []
    for (_, first, before), (stop, _, after) in pairwise(cuts):
        good = np.r_[False, np.isfinite(y[first:stop]), False].astype(np.int8)
        edges = np.flatnonzero(np.diff(good)) + first
        for low, high in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            left = _limit(function, before, 1) if low == first and before is not None else None
            right = _limit(function, after, -1) if high == stop and after is not None else None
            left = left or _end(function, grid, y, low, -1)
            right = right or _end(function, grid, y, high - 1, 1)
            pieces.append(Piece(grid[low:high], y[low:high], left, right))
    return pieces


def _around(grid: Array, x: float) -> tuple[int, int]:
    """How many places lie before a jump, and how many not after it: those that cannot be told from it lie between."""
    near = _AT_JUMP * max(1.0, abs(x))
    before, not_after = np.searchsorted(grid, [x - near, x + near])
    return int(before), int(not_after)


def _limit(function: Function, jump: Jump, side: int) -> tuple[float, bool] | None:
    """What a piece on a side of a jump comes to beside it; None where that cannot be told."""
    limit = jump.right if side > 0 else jump.left
    if _runs_wild(function, jump.x, side):
        return nan, False
    if abs(limit) > POLE or _runs_away(*(_at(function, jump.x + side * near) for near in CLOSER)):
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
    if abs(value) > HUGE:
        return (inf if value > 0 else -inf), False
    if _runs_wild(function, outside, -side):
        return nan, False
    closer = [_at(function, outside - side * near) for near in CLOSER]
    is_pole = abs(closer[-1]) > POLE and _runs_away(*closer)
    if not is_pole and abs(rounded - inside) < 1e-9 and isfinite(_at(function, rounded)):
        return _at(function, rounded), True
    if abs(value) > POLE or _runs_away(*closer):
        return (inf if value > 0 else -inf), False
    return value, False


def _runs_wild(function: Function, x: float, inward: int) -> bool:
    """Whether its highest is twice as high each time one comes nearer to a place, and its lowest as low."""
    with np.errstate(all="ignore"):
        shells = [function(x + inward * near * SHELL) for near in CLOSER]
    top, bottom = np.array([y.max() for y in shells]), np.array([y.min() for y in shells])
    first = np.array([top[0], -bottom[0]])
    return bool((first > 0.0).all() and (top[1:] > 2.0 * top[:-1]).all() and (bottom[1:] < 2.0 * bottom[:-1]).all())


def _runs_away(first: float, second: float, third: float) -> bool:
    """Whether it grows as much each time one comes a thousand times as near, as a logarithm does."""
    before, growth = second - first, third - second
    return abs(third) > abs(second) and growth * before > 0.0 and abs(growth) > RUNS_ON * abs(before)


def _at(function: Function, x: float) -> float:
    with np.errstate(all="ignore"):
        return float(function(np.array([x]))[0])


# The range of one piece -----------------------------------------------------------------------------------------------


def _interval(function: Function, piece: Piece, span: float) -> _Interval:
    with np.errstate(all="ignore"):
        high, high_open = supremum(function, piece, span)
        low, low_open = supremum(lambda x: -function(x), piece.mirrored(), span)
    return _Interval(0.0 - low, low_open, high, high_open)
