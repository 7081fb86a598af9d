"""Curves as points to be joined: apart where the function jumps or has no value, sharp where it has a kink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump

Array = npt.NDArray[np.float64]

INNER = 0.275
"""Where a curve goes on without end, its middle decides how far up an axis goes: so much of x to either side."""
AIR, LEVEL = 0.06, 1.05
SPIKE = 4.0
"""A curve that is so many times as high as all of it but 4 % runs out of the plot there, as 1/x does at 0."""
HIGHEST = 1e149
"""Values beyond it say nothing of an axis: plots leave the picture there."""
RESOLVED = 1e-6
"""Of a height, what is to be seen of it at least: a window that is smaller shows nothing but a constant."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A curve over ``low`` … ``high``. ``pieces``: x and y (n,) of each unbroken part. ``jumps``: those within."""

    pieces: tuple[tuple[Array, Array], ...]
    jumps: tuple[Jump, ...]

    @property
    def levels_off(self) -> bool:
        """Whether the tenth of the curve at either end hardly adds to its height, and no pole or spike makes most of
        it."""
        y = np.concatenate([ys for _, ys in self.pieces]) if self.pieces else np.zeros(0)
        if not y.size or np.isinf(y).any():
            return False
        inner, usual = y[len(y) // 10 : -(len(y) // 10) or None], np.ptp(np.quantile(y, (0.02, 0.98)))
        return bool(np.ptp(y) <= LEVEL * np.ptp(inner) and np.ptp(y) <= max(SPIKE * usual, self.span))

    @property
    def span(self) -> float:
        """How much of x the curve covers."""
        return float(self.pieces[-1][0][-1] - self.pieces[0][0][0]) if self.pieces else 0.0


def sampled(
    function: Function, jumps: Sequence[Jump], kinks: Sequence[Jump], low: float, high: float, points: int
) -> Sampled:
    """The curve at ``points`` even places, its kinks and both sides of its jumps."""
    within = tuple(jump for jump in jumps if low <= jump.x <= high)
    corners = [kink.x for kink in kinks if low < kink.x < high]
    x = np.union1d(np.linspace(low, high, points), corners)
    with np.errstate(all="ignore"):
        y = function(x)
    pieces: list[tuple[Array, Array]] = []
    start, enter = -np.inf, None
    for jump in (*within, None):
        stop = jump.x if jump is not None else np.inf
        chosen = (x > start) & (x < stop)
        xs, ys = x[chosen], y[chosen]
        if enter is not None:
            xs, ys = np.r_[enter.x, xs], np.r_[enter.right, ys]
        if jump is not None:
            xs, ys = np.r_[xs, jump.x], np.r_[ys, jump.left]
        pieces += _unbroken(xs, ys)
        start, enter = stop, jump
    return Sampled(tuple(pieces), within)


def _unbroken(x: Array, y: Array) -> list[tuple[Array, Array]]:
    """The parts in which every y is a number."""
    good = np.isfinite(y)
    edges = np.flatnonzero(np.diff(good.astype(np.int8))) + 1
    parts = zip(np.split(x, edges), np.split(y, edges), np.split(good, edges), strict=True)
    return [(xs, ys) for xs, ys, fine in parts if len(xs) and fine[0]]


def height_of(curves: Sequence[tuple[Sampled, bool]], low: float, high: float) -> tuple[float, float]:
    """From where to where a shared y axis goes. ``curves``: each with whether it is bounded; of those that are not, the
    middle of the x axis counts, and no more of it than half as far up or down as x goes. Some air is left round all."""
    middle, span = 0.5 * (low + high), high - low
    ends: list[tuple[float, float]] = []
    for curve, bounded in curves:
        values = np.concatenate([y for _, y in curve.pieces]) if curve.pieces else np.zeros(0)
        places = np.concatenate([x for x, _ in curve.pieces]) if curve.pieces else np.zeros(0)
        values = np.clip(values, -HIGHEST, HIGHEST)
        if not bounded and values.size:
            inner = np.abs(places - middle) <= INNER * span
            values = values[inner] if inner.any() else values
            centre = _centre_of(values, span)
            if span > RESOLVED * abs(centre):
                values = np.clip(values, centre - 0.5 * span, centre + 0.5 * span)
        if values.size:
            ends.append((float(values.min()), float(values.max())))
    bottom = min((one for one, _ in ends), default=0.0)
    top = max((one for _, one in ends), default=1.0)
    size = max(abs(top), abs(bottom), 1e-3)
    if not top - bottom > 1e-9 * size:
        half = 0.5 if RESOLVED * size < 0.5 else 1e-3 * size
        bottom, top = bottom - half, top + half
    air = AIR * (top - bottom)
    return bottom - air, top + air


def _centre_of(values: Array, span: float) -> float:
    """The median; that of the fullest window of this height where it holds more than twice what the median's does, as
    beside the steep arms of 9x⁸."""
    values = np.sort(values)
    held = np.searchsorted(values, values + span, side="right") - np.arange(len(values))
    centre, fullest = float(np.median(values)), int(held.argmax())
    if held[fullest] > 2 * np.count_nonzero(np.abs(values - centre) <= 0.5 * span):
        centre = float(np.median(values[fullest : fullest + held[fullest]]))
    return centre
