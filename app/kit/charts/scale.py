"""The vertical axis of a chart: where a value stands, zero too, and which numbers are written beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor, log10

import numpy as np

from app.kit.charts.series import Floats
from app.kit.drawing.axes import telling_ticks
from app.kit.numbers import decade

MOST_DECADES = 14
TICK_PIXELS = 24
OUTLYING = 6.0
"""On a linear axis, peaks of more than so many times the 95th percentile run out of the picture, with a mark."""
EXPLODED = 1000.0
"""What was so many times what the curves began with and what they are now is over, and runs out of the picture too."""

Ticks = list[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class ChartScale:
    """The range of a vertical axis that is chosen by its curves: from ``bottom`` to ``top``, exponents of ten on a
    ``log`` axis, else values. It knows no pixels; :class:`app.kit.drawing.axes.AxisScale` takes given ends to pixels.

    A log axis goes on, after a break, to a floor that stands for 0. ``below``, ``above``: something lies beyond the
    ends and is drawn at them.
    """

    log: bool
    bottom: float
    top: float
    below: bool = False
    above: bool = False

    @property
    def highest(self) -> float:
        """The value at the upper end."""
        return float(10.0 ** min(self.top, 308.0)) if self.log else self.top

    @property
    def gap(self) -> float:
        """From the lowest decade down to the floor of 0."""
        return max(0.35, 0.13 * (self.top - self.bottom)) if self.log else 0.0

    @property
    def low(self) -> float:
        """The axis' lower end."""
        return self.bottom - self.gap

    def place(self, values: Floats) -> Floats:
        """Where values (n,) stand, NaN for those that were not measured."""
        if not self.log:
            return np.clip(values, self.bottom, self.top)
        with np.errstate(divide="ignore", invalid="ignore"):
            exponents = np.log10(values)
        inside = np.clip(exponents, self.bottom - self.gap / 2, self.top)  # between the break and the floor: nearly 0
        return np.where(values <= 0.0, self.low, inside)

    def ticks(self, pixels: float) -> Ticks:
        """Places and numbers for an axis so many pixels high."""
        if not self.log:
            return telling_ticks(self.bottom, self.top, pixels, 1.6 * TICK_PIXELS)
        room = max(1, int(pixels * (self.top - self.bottom) / (self.top - self.low) // TICK_PIXELS))
        stride = max(1, ceil((self.top - self.bottom) / room))
        exponents = range(int(self.top), int(self.bottom) - 1, -stride)
        return [(self.low, "0"), *((float(exponent), decade(exponent)) for exponent in exponents)]


def chart_scale(
    values: Floats, *, log: bool, least: float | None = None, most: float = np.inf, bound: float = np.inf
) -> ChartScale:
    """A calm axis for finite values (n,): whole decades, or some air round them. ``least``: what a linear axis shows at
    the lowest; what lies further down runs out of the picture, and so does what is more than ``most``. ``bound``: no
    value can be greater, and a linear axis ends there."""
    inside = values[values <= most]
    if inside.size < values.size:
        return replace(chart_scale(inside, log=log, least=least, bound=bound), above=True)
    if log:
        return _decades(values[values > 0.0])
    if not values.size:
        return ChartScale(False, 0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    usual = float(np.percentile(values, 95))
    peaks = usual > 0.0 and high > OUTLYING * usual
    high = 2.0 * usual if peaks else high
    hidden = least is not None and low < least
    low = least if least is not None and hidden else low
    air = 0.05 * (high - low) or max(0.1, 1e-3 * abs(high))  # of one huge value alone, 0.1 would be lost
    bottom = 0.0 if 0.0 <= low < 0.3 * high else low - (0.0 if hidden else air)
    return ChartScale(False, bottom, min(max(high, bottom) + air, bound), hidden, peaks)


def _decades(positive: Floats) -> ChartScale:
    if not positive.size:
        return ChartScale(True, -3.0, 0.0)
    top = ceil(log10(float(positive.max())) - 1e-9)
    bottom = floor(log10(float(positive.min())) + 1e-9)
    lowest = max(bottom, top - MOST_DECADES)
    return ChartScale(True, float(min(lowest, top - 1)), float(top), bottom < lowest)
