"""What a typed function does on the shown stretch of x, measured at even points; nothing is said about the rest."""

from __future__ import annotations

import numpy as np

from engine.activations.jumps import Floats, Function, Jump, jumps_of, points_of
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import saturation_limit

CENTRED = 0.05
"""Zero-centred: the mean is within this share of the mean size."""
LOOKS, CLOSE_POINTS = 4, 102
GROWS_ON = 0.2
"""A peak whose last growth is more than this share of its first is none: a logarithm grows by as much each time."""
ROUNDING = 1e-12
"""Beside the other end of a range, or 1 where that is larger, less than this share is 0."""


def measured_profile(
    value: Function, slope: Function, low: float, high: float
) -> tuple[Profile, tuple[Jump, ...], tuple[Jump, ...]]:
    """The facts of f from ``low`` to ``high`` by its values and slopes at 2,000 points, with the jumps of f and f'; on
    less than that where f or f' is too large for numbers towards an end."""
    with np.errstate(all="ignore"):
        low, high = _with_numbers(value, slope, low, high)
        x = points_of(low, high)
        whole = value(x)
        y = _on_stretches(whole)
        slopes = np.where(np.isnan(y), np.nan, slope(x))
        jumps, slope_jumps = jumps_of(value, x, y), jumps_of(slope, x, slopes)
        places = np.union1d(x, [jump.x for jump in (*jumps, *slope_jumps)])  # a tip, or an end such as that of √x
        output = _ends(value, places, _on_stretches(value(places)))
        closer = np.union1d(x, _where_steepest(value, x, y))
        steepness = _ends(slope, closer, np.where(np.isnan(_on_stretches(value(closer))), np.nan, slope(closer)))
        finite = y[np.isfinite(y)]
        finite = finite / max(np.abs(finite).max(initial=0.0), 1.0)  # a sum may be too large for a number
        centred = finite.size > 0 and abs(finite.mean()) <= CENTRED * np.abs(finite).mean() > 0.0
    continuous = not jumps and bool(np.isfinite(y).all())
    profile = Profile(
        output,
        steepness,
        _set_of(output),
        _set_of(steepness),
        continuous=continuous,
        differentiable=continuous and not slope_jumps and bool(np.isfinite(slopes).all()),
        zero_centred=bool(centred),
        left=_tail(float(slopes[0]), steepness),
        right=_tail(float(slopes[-1]), steepness),
        measured=(low, high),
        has_single_values=bool((np.isfinite(whole) & np.isnan(y)).any()),
    )
    return profile, jumps, slope_jumps


def _with_numbers(value: Function, slope: Function, low: float, high: float) -> tuple[float, float]:
    """The stretch without what is infinite at several points in a row from an end on, as exp(x) is above 709: what
    lies there was not seen. All of it where there is no more than that."""
    x = points_of(low, high)
    seen = np.flatnonzero(~(np.isinf(value(x)) | np.isinf(slope(x))))
    if not seen.size:
        return low, high
    first, last = int(seen[0]), int(seen[-1])
    return (float(x[first]) if first > 1 else low), (float(x[last]) if last < len(x) - 2 else high)


def _on_stretches(y: Floats) -> Floats:
    """The values (n,) without those that stand alone between places without one, such as those of x^x at whole numbers
    below 0: a range or a jump said of them would be an accident of where the points lie."""
    has_none = np.pad(~np.isfinite(y), 1, constant_values=True)
    return np.where(has_none[:-2] & has_none[2:], np.nan, y)


def _where_steepest(value: Function, x: Floats, y: Floats) -> Floats:
    """Points ever closer about where f changes most: a step between two of ``x`` may have slope 0 at both."""
    found = []
    for _ in range(LOOKS):
        at = int(np.nan_to_num(np.abs(np.diff(y)), nan=0.0, posinf=0.0).argmax())
        x = np.linspace(x[at], x[at + 1], CLOSE_POINTS)
        y = value(x)
        found.append(x)
    return np.concatenate(found)


def _ends(function: Function, x: Floats, y: Floats) -> tuple[float, float]:
    """The least and the greatest number, looked at closely between the neighbours of their points; none where there
    are no numbers."""
    if not np.isfinite(y).any():
        return np.nan, np.nan
    low, high = -_greatest(lambda x: -function(x), x, -y), _greatest(function, x, y)
    least = ROUNDING * min(1.0, max((abs(end) for end in (low, high) if np.isfinite(end)), default=0.0))
    return (0.0 if abs(low) <= least else low), (0.0 if abs(high) <= least else high)


def _greatest(function: Function, x: Floats, y: Floats) -> float:
    """Infinite where it grows on as one looks closer, as beside a pole."""
    found: list[float] = []
    for _ in range(LOOKS):
        y = np.where(np.isfinite(y), y, -np.inf)
        at = int(y.argmax())
        found.append(max([float(y[at]), *found[-1:]]))
        x = np.linspace(x[max(at - 1, 0)], x[min(at + 1, len(x) - 1)], CLOSE_POINTS)
        y = function(x)
    first, *_, last = np.diff(found)
    return np.inf if last > GROWS_ON * first and last > ROUNDING * abs(found[-1]) else found[-1]


def _set_of(ends: tuple[float, float]) -> str:
    """As mathtext."""
    low, high = (_written(end) for end in ends)
    if low == high:
        return rf"\{{{low}\}}"
    return f"{'(' if np.isinf(ends[0]) else '['}{low}, {high}{')' if np.isinf(ends[1]) else ']'}"


def _written(end: float) -> str:
    if not np.isfinite(end):
        return "?" if np.isnan(end) else r"\infty" if end > 0.0 else r"-\infty"
    if end and not 0.01 <= abs(end) < 1e5:
        mantissa, exponent = f"{end:.1e}".split("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    return f"{end + 0.0:.3g}" if abs(end) < 999.5 else f"{end:.0f}"


def _tail(slope: float, steepness: tuple[float, float]) -> Tail:
    """What f' is at an end of the axis, beside the steepest that is shown."""
    if not np.isfinite(slope):
        return Tail.UNDEFINED
    if slope == 0.0:
        return Tail.FLAT
    limit = saturation_limit(steepness)
    if limit is None:
        return Tail.NOT_JUDGED
    return Tail.SATURATES if abs(slope) < limit else Tail.STEEP
