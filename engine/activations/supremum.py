"""The highest that a function comes in a stretch without a break: between its places, at its ends, and far out."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, isnan, nan

import numpy as np
import numpy.typing as npt

from engine.activations.closer import creeps
from engine.activations.jumps import Function

Array = npt.NDArray[np.float64]

FAR = (1e2, 1e3, 1e4, 1e6)
"""Where f is looked at to see whether it goes on without end."""
WAVES = np.linspace(0.0, 10.0, 257)
"""From each of these places on: more than a whole period of a sine, so that a wave shows how high it goes there."""
LONG = np.geomspace(4e1, 1e6, 2048)
"""And at these: of a wave that is longer than what is looked at closely, they show its crests."""
LONGER = np.geomspace(1e6, 1e12, 2048)
"""And at these, where what seems to grow without end up to there may be part of a wave."""
_STRETCHES = 16
_FALLS = 1e-3
"""What falls by less than this share of the whole, far out, need be no wave: rounding does so too."""
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
BESIDE = 1e-3
"""Within this of an end, relative to its place or to 1, is just beside it."""
STEP = 0.01
"""So far to both sides of a peak at least is looked at."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The function ``y`` at ``x`` (n,) where it has numbers and does not jump. ``left``, ``right``: what it comes to at
    either end, and whether it is ever that; None where it goes on beyond what was looked at. Not a number where it goes
    up and down more and more, as sin(1/x)/x does at 0."""

    x: Array
    y: Array
    left: tuple[float, bool] | None
    right: tuple[float, bool] | None

    def mirrored(self) -> Piece:
        """Of −f: what its supremum is to one is the infimum to the other."""
        ends = (None if end is None else (-end[0], end[1]) for end in (self.left, self.right))
        return Piece(self.x, -self.y, *ends)


def supremum(function: Function, piece: Piece, span: float) -> tuple[float, bool]:
    """The supremum of a function over a piece of it, and whether it is open: only approached. ``span``: how far its
    values lie apart at all."""
    y = piece.y
    at = int(y.argmax())
    whole, span = span, min(span, max(1.0, abs(float(y[at]))))  # what is large elsewhere hides nothing here
    ends = [end for end in (piece.left, piece.right) if end is not None]
    if any(isnan(end) for end, _ in ends):
        return inf, True
    value, reached = max(ends, default=(-inf, False))
    if value == inf:
        return inf, True
    if value > y[at] + SAME * span:
        return trimmed(value), not reached
    near = y[[0, -1]] >= y[at] - 1e-6 * span
    if not near.any():
        peak = max(_peak(function, *ends, span) for ends in _about(piece.x, at))
        peak = max(peak, float(y[at]))  # the tip of a corner is a place of the grid, and of no finer one
        crests = [_crest(function, side, peak, whole) for side in _sides(piece)]
        higher = max(crests, default=peak)
        highest = max(peak, higher)
        return 0.0 if abs(highest) < ROUNDING * span else trimmed(highest), higher > peak or peak == inf
    goes_on = near & np.array([piece.left is None, piece.right is None])
    side = -1.0 if goes_on[0] and (y[0] >= y[-1] or not goes_on[1]) else 1.0
    highest = max([_long_crest(function, one, float(y[at]), whole) for one in _sides(piece)], default=-inf)
    if highest > y[at] + 1e-6 * span:
        return 0.0 if abs(highest) < SAME * span else trimmed(highest), highest == inf
    if not reached and _only_beside(piece, value, span):
        return trimmed(value), True
    far = _heights(function, side) if goes_on.any() else np.zeros(0)
    found = _beyond(function, piece, at, (span, whole), far)
    bound = _bound(function, side, float(y[at]), whole) if found[0] == inf and goes_on.any() else inf
    return found if bound == inf else (trimmed(max(float(y[at]), bound)), False)


def _only_beside(piece: Piece, limit: float, span: float) -> bool:
    """Whether the piece comes to a limit just beside one of its ends and nowhere else."""
    x = piece.x[np.abs(piece.y - limit) <= SAME * span]
    near = min(np.abs(x - edge).max(initial=0.0) / max(1.0, abs(edge)) for edge in (piece.x[0], piece.x[-1]))
    return bool(x.size and near < BESIDE)


def _about(x: Array, at: int) -> list[tuple[float, float]]:
    """From where to where to look about a place: between its neighbours, and a step to both sides, where these are
    nearer than that."""
    ends = (max(at - 1, 0), min(at + 1, len(x) - 1))
    first = max(min(ends[0], int(np.searchsorted(x, x[at] - STEP))), 0)
    last = min(max(ends[1], int(np.searchsorted(x, x[at] + STEP))), len(x) - 1)
    return [(float(x[low]), float(x[high])) for low, high in dict.fromkeys([ends, (first, last)])]


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
        waves = y.max() - high <= high - low or bool((np.diff(y) >= 0.0).all() or (np.diff(y) <= 0.0).all())
        found.append(float(y.max()) if waves else nan)
    return np.array(found)


def _sides(piece: Piece) -> list[float]:
    """On which sides it goes on beyond what was looked at."""
    return [side for side, end in ((-1.0, piece.left), (1.0, piece.right)) if end is None]


def _crest(function: Function, side: float, peak: float, span: float) -> float:
    """How high the waves of a function come far out on a side: infinite where they still grow. ``peak``: the highest
    known, and what it is where they come no higher."""
    *_, before, last = heights = _heights(function, side).tolist()
    long = _long_crest(function, side, peak, span)
    if long == inf:
        return inf
    if last == inf or min(last - before, before - peak) > 0.01 * span:
        return max(peak, _bound(function, side, peak, span))
    if isnan(sum(heights)):
        heights = [-inf]
    return max((one for one in (*heights, long) if one > peak + 1e-6 * span), default=peak)


def _bound(function: Function, side: float, peak: float, span: float) -> float:
    """The highest of waves that do not grow, on a side on which the function seems to grow without end where it is
    looked at now and then; infinite where there are none."""
    found = _long_crest(function, side, peak, span)
    found = found if found != -inf else _crest_at(function, side * LONGER, peak, span)
    return found if found != -inf else inf


def _long_crest(function: Function, side: float, peak: float, span: float) -> float:
    """The highest crest of the waves on a side: infinite where they grow, −∞ where there are none. ``peak``: the
    highest known. ``span``: how far values lie apart."""
    places = side * LONG
    found = _crest_at(function, places, peak, span)
    if found == -inf:
        return found
    further = _crest_at(function, side * LONGER, peak, span)
    if found == inf and isfinite(further):  # what grew was part of one wave
        found = _crest_about(function, places, int(function(places).argmax()), span)
        return max(found, further)
    return further if further > found + 0.01 * span else found


def _crest_at(function: Function, places: Array, peak: float, span: float) -> float:
    """The highest crest at these places, from near to far: infinite where they grow from stretch to stretch, −∞ where
    the function does not fall again, has no number somewhere, or spikes."""
    y = function(places)
    if not np.isfinite(y).all() or y.argmax() == len(y) - 1 or not (np.maximum.accumulate(y) - y).max() > _FALLS * span:
        return -inf
    stretches = y.reshape(_STRETCHES, -1)
    crests, (low, high) = stretches.max(axis=1), np.quantile(stretches, [0.1, 0.9], axis=1)
    steps = np.diff(stretches, axis=1)
    straight = (steps >= 0.0).all(axis=1) | (steps <= 0.0).all(axis=1)
    if ((crests - high > high - low + _FALLS * span) & ~straight).any():
        return -inf
    if min(crests[-1] - crests[-2], crests[-2] - max(peak, crests[:-2].max())) > 0.01 * span:
        return inf
    if (np.diff(y[y.argmax() :]) >= 0.0).all():  # a limit that it has come to, and no wave
        return -inf
    return _crest_about(function, places, int(y.argmax()), span)


def _crest_about(function: Function, places: Array, at: int, span: float) -> float:
    """The highest between the neighbours of a place far out, looked at more and more closely; −∞ where it jumps."""
    low, high = float(places[max(at - 1, 0)]), float(places[min(at + 1, len(places) - 1)])
    for _ in range(3):
        x = np.linspace(low, high, 1001)
        y = function(x)
        best = int(np.nanargmax(y))
        low, high = float(x[max(best - 1, 0)]), float(x[min(best + 1, len(x) - 1)])
    return float(y[best]) if y[best] - y.min() <= _FALLS * span else -inf


def _beyond(function: Function, piece: Piece, at: int, spans: tuple[float, float], far: Array) -> tuple[float, bool]:
    """The supremum of what is largest at an end. ``far``: what it is far out beyond that; empty where it ends there.
    ``spans``: how far values lie apart, there and at all."""
    y, (span, whole) = piece.y, spans
    if (far == inf).any():
        return inf, True
    far = np.r_[y[at], far[np.isfinite(far)]]
    if far[-1] - far[-2:][0] > 0.01 * whole:
        return inf, True
    limit = 0.0 if _comes_to_nothing(far) else trimmed(float(far.max()))
    further = limit > y[at] + ROUNDING * span
    return 0.0 if abs(limit) < SAME * span else limit, further or not _comes_to(function, piece, at, span)


def _comes_to_nothing(far: Array) -> bool:
    """Whether the last values, far out, go on shrinking towards 0 from below, however slowly."""
    return len(far) > 2 and far[-2] < far[-1] < 0.0 and bool(far[-1] > SHRINKS * far[-2])


def _comes_to(function: Function, piece: Piece, at: int, span: float) -> bool:
    """Whether the largest value is taken at all: the function goes up to it and is level then, rather than to creep up
    to it until rounding makes the two the same."""
    x, y = piece.x, piece.y
    level = np.abs(y - y[at]) <= ROUNDING * min(abs(float(y[at])), span)
    borders = np.flatnonzero(np.diff(level.astype(np.int8))).tolist()
    last = [(one, 1) if level[one] else (one + 1, -1) for one in borders]
    return not last or not all(creeps(function, x, y, *one, span) for one in last)


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
    spike = found[2] > POLE**2 * max(1.0, *np.abs(ends))
    return inf if spike or growth > max(RUNS_ON * before, 1e-6 * span) else found[2]


def trimmed(value: float) -> float:
    """Without the noise of rounding behind its ninth digit."""
    if not isfinite(value):
        return value
    rounded = float(f"{value:.9g}")
    return rounded + 0.0 if abs(value - rounded) <= SAME * max(1.0, abs(value)) else value
