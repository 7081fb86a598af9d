"""Scales from values to pixels, their ticks, and the marks of a plot's axes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.kit.drawing.columns import Lines
from app.kit.drawing.marks import Mark, Point, Rect, Text
from app.kit.numbers import grouped, plain

Ticks = Sequence[tuple[float, str]]
LINEAR, LOG, SYMLOG = "linear", "log", "symlog"
FACTORS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""A step between round numbers is one of these times a power of ten."""


def round_ticks(
    low: float, high: float, pixels: float, apart: float, factors: tuple[float, ...] = FACTORS
) -> list[tuple[float, str]]:
    """Return round values between ``low`` and ``high``, ``apart`` pixels from one another or more, and their texts,
    with as many digits as tell neighbours apart.

    >>> [text for _, text in round_ticks(-6.0, 6.0, 600.0, 90.0)]
    ['−6', '−4', '−2', '0', '2', '4', '6']
    """
    rough = (high - low) * apart / max(pixels, 1.0)
    if not rough > 0.0:
        return []
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in factors if size * factor >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    power = math.floor(math.log10(step))
    places = [round(step * k, 3 - power) + 0.0 for k in range(first, last + 1)]
    farthest = max(map(abs, places), default=0.0)
    digits = max(4, math.floor(math.log10(farthest)) - power + 2) if farthest else 4
    return [(place, plain(place, digits)) for place in places]


def telling_ticks(low: float, high: float, pixels: float, apart: float) -> list[tuple[float, str]]:
    """The same at half or a quarter of the distance where only one has room: one number alone tells no distance.

    >>> [text for _, text in telling_ticks(0.55, 0.64, 170.0, 48.0)]
    ['0.56', '0.58', '0.6', '0.62', '0.64']
    """
    tries = (round_ticks(low, high, pixels, share * apart) for share in (1.0, 0.5, 0.25))
    return next((ticks for ticks in tries if len(ticks) > 1), [])


@dataclass(frozen=True, slots=True)
class AxisScale:
    """An axis from the value ``low`` at pixel ``start`` to ``high`` at pixel ``end``; what lies beyond stands at the
    ends.

    ``kind``: ``linear``, ``log``, or ``symlog``, which is linear between −``floor`` and ``floor`` and logarithmic on
    both sides of that. On a ``log`` axis nothing is less than ``floor``: 0 stands at the lower end.
    """

    low: float
    high: float
    start: float
    end: float
    kind: str = LINEAR
    floor: float = 1e-300

    def place(self, value: float) -> float:
        """Return the pixel of a value; NaN of what is no number."""
        if self.kind != LINEAR or value != value or self.high == self.low:
            return self.places((value,))[0]
        share = (value - self.low) / (self.high - self.low)  # arrays cost ten times as much for one number
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    def places(self, values: Sequence[float]) -> list[float]:
        """Return the pixels of many values."""
        low, high = self._ends
        units = self._units(np.asarray(values, dtype=np.float64))
        shares = np.clip((units - low) / (high - low), 0.0, 1.0) if high != low else np.full(units.shape, 0.5)
        return (self.start + shares * (self.end - self.start)).tolist()  # type: ignore[no-any-return]

    def value(self, pixel: float) -> float:
        """Return the value at a pixel."""
        low, high = self._ends
        units = low + (pixel - self.start) / (self.end - self.start) * (high - low)
        if self.kind == LOG:
            return float(10.0**units)
        if self.kind == SYMLOG:
            size = abs(units) if abs(units) <= 1.0 else 10.0 ** (abs(units) - 1.0)
            return math.copysign(size * self.floor, units)
        return units

    @property
    def _ends(self) -> tuple[float, float]:
        low, high = self._units(np.array((self.low, self.high))).tolist()
        return low, high

    def _units(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is linear in pixels: the values, or their logarithms."""
        if self.kind == LOG:
            return np.log10(np.maximum(values, self.floor))
        if self.kind == SYMLOG:
            sizes = np.abs(values) / self.floor
            logs = 1.0 + np.log10(np.maximum(sizes, 1.0))
            return np.copysign(np.where(sizes <= 1.0, sizes, logs), values)
        return values

    def ticks(self, apart: float = 34.0) -> Ticks:
        """Return round values at least so many pixels apart, nearer ones where that leaves one, and how they are
        written."""
        length = max(abs(self.end - self.start), 1.0)
        if self.kind == LINEAR:
            return telling_ticks(self.low, self.high, length, apart)
        values = _log_ticks(*self._ends, length, apart) if self.kind == LOG else _symlog_ticks(self, apart)
        return [(value, grouped(value) if abs(value) >= 1000 else plain(value)) for value in values]


def _log_ticks(low: float, high: float, length: float, apart: float) -> list[float]:
    """Return round values between two exponents of ten."""
    room = length / max(high - low, 1e-9)
    factors = (1.0, 2.0, 5.0) if room > 6 * apart else (1.0, 3.0) if room > 2.4 * apart else (1.0,)
    stride = max(1, math.ceil(apart / room))
    decades = range(math.floor(low), math.ceil(high) + 1)
    values = [factor * 10.0**decade for decade in decades if decade % stride == 0 for factor in factors]
    return [value for value in values if low - 1e-9 <= math.log10(value) <= high + 1e-9]


def _symlog_ticks(scale: AxisScale, apart: float) -> list[float]:
    """Return 0 and powers of ten on both sides."""
    top = math.ceil(math.log10(max(abs(scale.low), abs(scale.high), scale.floor)))
    sizes = [10.0**decade for decade in range(math.ceil(math.log10(scale.floor)), top + 1)]
    kept: list[float] = []
    for value in (0.0, *(sign * size for size in sizes for sign in (1.0, -1.0))):
        inside = scale.low <= value <= scale.high
        if inside and all(abs(scale.place(value) - scale.place(other)) >= apart for other in kept):
            kept.append(value)
    return sorted(kept)


def range_of(
    values: Iterable[float], kind: str = LINEAR, floor: float = 1e-300, air: float = 0.06
) -> tuple[float, float]:
    """Return ends for an axis round all finite values, with some air."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return (1.0, 1000.0) if kind == LOG else (0.0, 1.0)
    low, high = min(finite), max(finite)
    if kind != LOG:
        room = air * (high - low) or 0.05 * abs(high) or 0.5
        return low - room, high + room
    low, high = math.log10(max(low, floor)), math.log10(max(high, floor))
    room = max(air * (high - low), 0.05)
    return 10.0 ** (low - room), 10.0 ** (high + room)


@dataclass(frozen=True, slots=True)
class Axes:
    """Two scales: ``across`` to the right, ``up`` upwards, with ``start`` at the bottom."""

    across: AxisScale
    up: AxisScale

    def at(self, x: float, y: float) -> Point:
        """Return where a pair of values stands."""
        return self.across.place(x), self.up.place(y)

    def points(self, xs: Sequence[float], ys: Sequence[float]) -> tuple[Point, ...]:
        """Return where pairs of values stand."""
        return tuple(zip(self.across.places(xs), self.up.places(ys), strict=True))

    @property
    def box(self) -> Rect:
        """Return the area between the axes."""
        return self.across.start, self.up.end, self.across.end - self.across.start, self.up.start - self.up.end


def axis_marks(axes: Axes, across: Ticks, up: Ticks, titles: tuple[str, str] = ("", "")) -> tuple[Mark, ...]:
    """Return the grid, the numbers and the titles of two axes."""
    left, top, width, height = axes.box
    right, bottom = left + width, top + height
    columns = [(axes.across.place(value), text) for value, text in across]
    rows = [(axes.up.place(value), text) for value, text in up]
    grid = tuple((x, top, x, bottom) for x, _ in columns) + tuple((left, y, right, y) for y, _ in rows)
    marks: list[Mark] = [Lines(grid, "border")] if grid else []
    marks += [Text(text, (x - 30, bottom + 2, 60, 14), 10, "text_muted") for x, text in columns]
    marks += [Text(text, (0, y - 8, left - 5, 16), 10, "text_muted", "right middle") for y, text in rows]
    if titles[0]:
        marks.append(Text(titles[0], (left, bottom + 17, width, 15), 10.5, "text_muted", "right middle"))
    if titles[1]:
        marks.append(Text(titles[1], (left + 6, top + 3, width - 6, height - 3), 10.5, "text_muted", "left top"))
    return tuple(marks)


def error_bar(
    across: AxisScale, value: float, error: float, y: float, ink: str, *, half: float = 4.0, width: float = 1.5
) -> Lines:
    """Return a line from ``value − error`` to ``value + error``, with ends of ``half`` pixels to both sides."""
    low, high = across.places((value - error, value + error))
    return Lines(((low, y, high, y), (low, y - half, low, y + half), (high, y - half, high, y + half)), ink, width)
