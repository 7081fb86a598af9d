"""f and f′ of an activation over the histogram of a layer's z, and what tells the two GELUs apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import Axes, AxisScale
from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Formula, Group, Line, Mark, Polyline, Rectangle, Text, call, text_width
from app.kit.export import ExportTable
from app.kit.numbers import plain, scientific, short
from engine.activations import Activation, activation
from engine.network.contract import HISTOGRAM_RANGE

Array = NDArray[np.float64]

LOW, HIGH = HISTOGRAM_RANGE
POINTS = 481
READINGS = tuple(np.linspace(LOW, HIGH, 121).round(6).tolist())
"""The z that the pointer reads."""
CARD_REACH, CARD_POINTS = 3.2, 65
TWINS = ("gelu", "gelu_tanh")
"""Two curves so near to each other that only their difference, enlarged, tells them apart."""
HEIGHT, DIFFERENCE_HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 118.0, 72.0, 19.0, 12.0, 22.0, 9.0
BOUNDED, UNBOUNDED = (-1.2, 1.3), (-1.2, 2.4)
"""What the vertical axis spans; a curve that goes on is cut there, so that f′ stays readable."""
HISTOGRAM_SHARE = 0.6
TICKS = (-6, -3, 0, 3, 6)


# Curves ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Curves:
    """f and f′ (481,) over z (481,)."""

    z: Array
    f: Array
    slope: Array


@lru_cache(maxsize=128)
def curves_of(key: str, alpha: float | None) -> Curves:
    """Evaluate an activation over the range of the histograms of z."""
    z = np.linspace(LOW, HIGH, POINTS)
    return Curves(z, *_evaluated(activation(key), z, alpha))


@lru_cache(maxsize=64)
def card_curve(key: str) -> tuple[Array, Array]:
    """Evaluate z and f(z), both (65,), as a card shows them."""
    z = np.linspace(-CARD_REACH, CARD_REACH, CARD_POINTS)
    return z, _evaluated(activation(key), z, None)[0]


def reading_at(key: str, alpha: float | None, z: float) -> tuple[float, float]:
    """Evaluate f and f′ at one z."""
    f, slope = _evaluated(activation(key), np.array([z]), alpha)
    return float(f[0]), float(slope[0])


@lru_cache(maxsize=1)
def twin_difference() -> tuple[Array, Array]:
    """Return z and GELU's tanh approximation minus the exact one, both (481,)."""
    exact, approximate = (curves_of(key, None) for key in TWINS)
    return exact.z, approximate.f - exact.f


def _evaluated(function: Activation, z: Array, alpha: float | None) -> tuple[Array, Array]:
    """Evaluate f and f′. Softmax needs company: its curve is one unit's against a single other one whose z is 0."""
    if function.elementwise:
        return function.value(z, alpha), function.derivative(z, alpha)
    pair = np.stack([z, np.zeros_like(z)], axis=1)
    return function.value(pair, alpha)[:, 0], function.derivative(pair, alpha)[:, 0]


# The plot -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlottedActivation:
    """``other``: what it is compared with. ``histogram``: how often z was in each of equal bins, None where nothing is
    known; ``left_out``: what the bins do not hold, in words."""

    key: str = "tanh"
    alpha: float | None = None
    other: str | None = None
    histogram: tuple[int, ...] | None = None
    left_out: str = ""

    @property
    def are_twins(self) -> bool:
        """Return whether the two curves are so close that only their difference tells them apart."""
        return {self.key, self.other} == set(TWINS)

    @property
    def curves(self) -> tuple[tuple[str, float | None], ...]:
        """The key and parameter of each curve, that in use last."""
        others = [(self.other, None)] if self.other is not None and self.other != self.key else []
        return (*others, (self.key, self.alpha))


def draw_activation(plotted: PlottedActivation, frame: Frame) -> Drawing:
    """Draw f in the positive colour and f′ in the negative one, over the histogram. The keys are readings at a z."""
    bounded = all(np.isfinite(activation(key).output_range).all() for key, _ in plotted.curves)
    low, high = BOUNDED if bounded else UNBOUNDED
    right, bottom = max(frame.width - RIGHT, LEFT + 1.0), HEIGHT - BOTTOM
    axes = Axes(AxisScale(LOW, HIGH, LEFT, right), AxisScale(low, high, bottom, TOP))
    left, top, width, height = axes.box
    clip = (left - 1, top - 1, width + 2, height + 2)
    z = frame.pointed if isinstance(frame.pointed, float) else None
    step = width / len(READINGS)
    columns = tuple((left + at * step, top, step, height) for at in range(len(READINGS)))
    return Drawing(
        (
            Rectangle((0.5, 0.5, frame.width - 1, HEIGHT - 1), "raised", "border", corner=8),
            *_axes(axes),
            *_bars(axes.box, plotted.histogram),
            *(
                Group(call(_lines, *curve, axes, curve[0] != plotted.key), cached=True, clip=clip)
                for curve in plotted.curves
            ),
            *([] if z is None else [Group(call(_pointer, plotted.key, plotted.alpha, axes, z), clip=clip)]),
            *_legend(plotted, frame.width, z),
            Rectangles(
                columns, ("",) * len(READINGS), keys=READINGS, words=call(_reading_words, plotted.key, plotted.alpha)
            ),
        ),
        description=plotted.left_out,
        tip=_tr(
            "f and its derivative f′, above a histogram of this layer's recent z.\nWhere f′ is near zero, "
            "hardly any gradient gets through.\nWhat lies beyond the axis isn't drawn; its count is written "
            "out."
        ),
        numbers=call(_table, plotted),
        height=HEIGHT,
    )


def _reading_words(key: str, alpha: float | None, index: int) -> str:
    """``z = −1.00: f = −0.762, f′ = 0.420``, for screen readers."""
    z = READINGS[index]
    f, slope = reading_at(key, alpha, z)
    return f"z = {short(z)}: f = {short(f)}, f′ = {short(slope)}"


def _axes(axes: Axes) -> list[Mark]:
    left, top, width, height = axes.box
    x, y = (round(pixel) + 0.5 for pixel in axes.at(0.0, 0.0))
    marks: list[Mark] = [
        Line((x, top), (x, top + height), "border"),
        Line((left, y), (left + width, y), "border"),
    ]
    for tick in TICKS:
        marks.append(Text(plain(tick), (axes.across.place(tick) - 15, top + height, 30, BOTTOM - 1), 9, "text_muted"))
    for value in range(round(axes.up.low), round(axes.up.high) + 1):
        marks.append(Text(plain(value), (0, axes.up.place(value) - 6, LEFT - 5, 12), 9, "text_muted", "right middle"))
    return marks


def _bars(box: tuple[float, float, float, float], histogram: tuple[int, ...] | None) -> list[Mark]:
    if histogram is None or not any(histogram):
        return []
    left, top, width, height = box
    step, most = width / len(histogram), max(histogram)
    highs = [HISTOGRAM_SHARE * height * count / most for count in histogram]
    bars = tuple((left + at * step + 0.5, top + height - high, step - 1.0, high) for at, high in enumerate(highs))
    return [Rectangles(bars, ("positive 30%",) * len(bars))]


def _lines(key: str, alpha: float | None, axes: Axes, compared: bool) -> list[Mark]:
    """Draw f′ first: f lies on top. What it is compared with is dashed."""
    curves, (low, high) = curves_of(key, alpha), (axes.up.low, axes.up.high)
    left, top, width, height = axes.box
    across, marks = np.linspace(left, left + width, POINTS).tolist(), []
    for values, ink in ((curves.slope, "negative"), (curves.f, "positive")):
        up = top + height * (high - np.clip(values, low - 1.0, high + 1.0)) / (high - low)
        points = tuple(zip(across, up.tolist(), strict=True))
        marks.append(Polyline(stroke=ink, width=1.5 if compared else 2.0, dashed=compared, points=points))
    return list(marks)


def _pointer(key: str, alpha: float | None, axes: Axes, z: float) -> list[Mark]:
    _, top, _, height = axes.box
    x = axes.across.place(z)
    marks: list[Mark] = [Line((x, top), (x, top + height), "text_muted", dashed=True)]
    for value, ink in zip(reading_at(key, alpha, z), ("positive", "negative"), strict=True):
        marks.append(Disc(*axes.at(z, value), 4.0, ink, "surface", 1.5))
    return marks


def _legend(plotted: PlottedActivation, width: float, z: float | None) -> list[Mark]:
    room = width - 56
    if z is None:
        words, ink = _histogram_words(plotted, room), "text_muted"
    else:
        f, slope = reading_at(plotted.key, plotted.alpha, z)
        words, ink = _tr("x = {x}   f = {f}   f′ = {slope}"), "text"
        words = words.format(x=short(z), f=short(f), slope=short(slope))
    return [
        Formula("f", 9, TOP - 4, 15, "positive"),
        Formula("f'", 25, TOP - 4, 15, "negative"),
        Text(words, (47, 2, room, TOP - 3), 10, ink, "right middle", elide=True),
    ]


def _histogram_words(plotted: PlottedActivation, room: float) -> str:
    """Say what the bars are, and what they leave out; the latter in any case."""
    if plotted.histogram is None:
        return ""
    live = _tr("bars: z of this layer, live")
    both = f"{live} · {plotted.left_out}" if plotted.left_out else live
    return both if text_width(both, 10) <= room else plotted.left_out or live


def _table(plotted: PlottedActivation) -> ExportTable:
    """List z, f and f′, and beside them those of the second activation where there is one."""
    header, columns = ["z"], [curves_of(plotted.key, plotted.alpha).z]
    for key, alpha in reversed(plotted.curves):
        header += [f"{key} f", f"{key} f′"]
        columns += [curves_of(key, alpha).f, curves_of(key, alpha).slope]
    return ExportTable(tuple(header), np.stack(columns, axis=1).tolist())


def draw_twin_difference(_data: None, frame: Frame) -> Drawing:
    """Draw GELU's tanh approximation minus the exact one, on a scale of its own."""
    z, difference = twin_difference()
    at = int(np.abs(difference).argmax())
    most = abs(float(difference[at]))
    right, bottom = max(frame.width - RIGHT, LEFT + 1.0), DIFFERENCE_HEIGHT - 7
    axes = Axes(AxisScale(LOW, HIGH, LEFT, right), AxisScale(-1.05 * most, 1.05 * most, bottom, 20.0))
    words = _tr("tanh − exact: at most {most}, at x = ±{x}").format(most=scientific(most), x=short(abs(float(z[at]))))
    middle = axes.up.place(0.0)
    return Drawing(
        (
            Rectangle((0.5, 0.5, frame.width - 1, DIFFERENCE_HEIGHT - 1), "raised", "border", corner=8),
            Line((LEFT, middle), (right, middle), "border"),
            Polyline(stroke="good", width=1.8, points=axes.points(z.tolist(), difference.tolist())),
            Text(words, (9, 3, frame.width - 18, 16), 10, "text_muted", "left middle"),
        ),
        description=words,
        tip=_tr("The two curves coincide; this is the difference between them, enlarged"),
        height=DIFFERENCE_HEIGHT,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationPlot", text)
