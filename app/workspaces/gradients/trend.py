"""Curves of a quantity of every network while it trains, and the moment that the page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, isfinite, isnan, log10
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainterPath

from app.kit.announce import announce
from app.kit.charts.marks import apart
from app.kit.charts.polyline import polyline
from app.kit.charts.scale import ChartScale, chart_scale
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame, remembered
from app.kit.drawing.marks import (
    Disc,
    Group,
    Line,
    Mark,
    Path,
    Polyline,
    Rect,
    Rectangle,
    Text,
    call,
    computed,
    text_width,
)
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.workspaces.gradients.words import LETTERS, SERIES, ratio_text
from engine.gradients.figures import Figures
from engine.gradients.training import GradientRun
from engine.graph.kinds.base import Array
from engine.training.verdicts import STEADY_RATIOS

LEFT, BOTTOM, TOP, ENDINGS, LETTER, NARROW = 44.0, 22.0, 8.0, 96.0, 22.0, 300.0
"""Pixels for the values at the left, the steps beneath, air above, and the names at the curves' ends."""
TICK_WIDTH, LEGEND = 56, 22.0
"""Pixels for a step's number, and above the curves for the numbers at the moment."""
ARROW, HEIGHT = 4.5, 13.0
"""Pixels: half of an arrow's width, and the height of what is said beside it."""
MOST_POINTS = 600
FARTHEST = 1e6
"""Of a run that broke down, what lies beyond this leaves the picture."""
NEAR, NEAR_LINEAR = 0.2, 0.01
"""Curves whose ends differ by less than this share lie on one another on a log axis, or on the loss's own."""
MOMENT = "moment"
"""The key of the line at the moment."""
Values = TypeVar("Values", float, Array)


@dataclass(frozen=True, slots=True, eq=False)
class TrendCurve:
    """One network's curve: ``values`` (steps + 1,). ``broken``: it ended there because it broke down. ``dashed``: it
    lies on another."""

    label: str
    ink: str
    values: Array
    broken: bool = False
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class Trend:
    """Curves over so many ``steps``.

    ``band``: values between which all is well. ``waiting``: the names of networks that have no curve yet. ``starts``:
    where curves will begin, which is shown until there is one.
    """

    curves: tuple[TrendCurve, ...] = ()
    steps: int = 1
    log: bool = True
    band: tuple[float, float] | None = None
    waiting: tuple[str, ...] = ()
    starts: tuple[TrendCurve, ...] = ()

    @computed
    def _finite(self) -> list[Array]:
        """Return the values that the axis is made for."""
        alone = all(curve.broken for curve in self.curves)
        values = [values_of_interest(curve.values, broken=curve.broken, alone=alone) for curve in self.curves]
        return values + [start.values[np.isfinite(start.values)] for start in self.starts]

    @computed
    def scale(self) -> ChartScale:
        """Return the vertical axis."""
        band = self.band if self.band is not None else ()
        values = np.concatenate([*self._finite, np.array(band)])
        scale = chart_scale(values, log=self.log)
        return whole(scale, values) if all(curve.broken for curve in self.curves) else scale

    @computed
    def low(self) -> float:
        """Return the axis' lower end: below its decades there is a floor for 0 only where something lies on it."""
        floored = self.log and (self.scale.below or any(bool((values <= 0.0).any()) for values in self._finite))
        return self.scale.low if floored else self.scale.bottom

    def met(self, step: int) -> list[TrendCurve]:
        """Return the curves that go through a step, but for those that end there, where their names say it."""
        return [curve for curve in self.curves if step < len(curve.values) - 1 and isfinite(curve.values[step])]


@remembered(most=1)
def trend_of(
    quantity: str,
    steps: int,
    hidden: frozenset[int],
    runs: tuple[GradientRun | None, ...],
    figures: tuple[Figures, ...],
) -> Trend:
    """Return the curves of a quantity. Nothing is told of the networks ``hidden``; before training the ``figures`` at
    the start tell where the curves of the ratio will begin."""
    curves: list[TrendCurve] = []
    near = NEAR_LINEAR if quantity == "loss" else NEAR
    for number, run in enumerate(runs):
        if run is None or number in hidden or not len(values := values_of(run, quantity)):
            continue  # of no whole step there is no size of a step
        dashed = any(_is_near(float(values[-1]), float(curve.values[-1]), near) for curve in curves)
        curves.append(TrendCurve(LETTERS[number], _ink(number), values, run.failure is not None, dashed))
    starts = [
        TrendCurve(LETTERS[number], _ink(number), np.array([start.judgement.ratio]))
        for number, start in enumerate(figures)
        if quantity == "ratio" and number not in hidden
    ]
    band = STEADY_RATIOS if quantity == "ratio" else None
    waiting = tuple(LETTERS[number] for number, run in enumerate(runs) if run is None)
    return Trend(tuple(curves), steps, quantity != "loss", band, waiting, () if curves else tuple(starts))


def values_of(run: GradientRun, quantity: str) -> Array:
    """Return what the curve of a run shows."""
    if quantity == "ratio":
        return run.ratios
    return run.moved if quantity == "moved" else run.loss


def _is_near(value: float, other: float, share: float) -> bool:
    return abs(value - other) <= share * max(abs(value), abs(other))


def _ink(number: int) -> str:
    return f"series {number} of {SERIES}"


@dataclass(frozen=True, slots=True)
class TrendData:
    """The curves, and the step that is shown."""

    trend: Trend
    step: int = 0


@dataclass(frozen=True, slots=True)
class CurveEnd:
    """A name at the end of a curve, at a height in pixels. ``x``: where the curve ends, if a dot marks it."""

    y: float
    text: str
    ink: str
    x: float | None = None
    first: bool = False


@dataclass(frozen=True)
class TrendPlot:
    """Where everything of a trend stands in a drawing of a size."""

    trend: Trend
    width: float
    height: float

    @property
    def is_named(self) -> bool:
        """Return whether the names at the ends have room for their values."""
        return self.width >= NARROW

    @computed
    def box(self) -> Rect:
        """Return the area of the curves."""
        top, room = LEGEND if self.trend.curves else TOP, ENDINGS if self.is_named else LETTER
        return LEFT, top, max(self.width - LEFT - room, 20.0), max(self.height - top - BOTTOM, 20.0)

    @property
    def right(self) -> float:
        """Return the right end of the curves."""
        return self.box[0] + self.box[2]

    @property
    def bottom(self) -> float:
        """Return the lower end of the curves."""
        return self.box[1] + self.box[3]

    def x(self, step: Values) -> Values:
        """Return where steps stand."""
        return self.box[0] + step / self.trend.steps * self.box[2]

    def step_at(self, x: float) -> int:
        """Return the step at a place."""
        share = (x - self.box[0]) / self.box[2]
        return round(min(max(share, 0.0), 1.0) * self.trend.steps)

    def y(self, place: Values) -> Values:
        """Return where places on the axis stand."""
        low = self.trend.low
        return self.bottom - (place - low) / (self.trend.scale.top - low) * self.box[3]

    def y_of(self, value: float) -> float:
        """Return where a value stands."""
        return self.y(float(self.trend.scale.place(np.array([value]))[0]))

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Return the heights and numbers of the axis."""
        ticks = self.trend.scale.ticks(self.box[3])
        return [(self.y(place), text) for place, text in ticks if place >= self.trend.low]

    @property
    def ends(self) -> list[CurveEnd]:
        """Return the names at the curves' ends, and what is said of networks that have no curve."""
        ends, scale = [], self.trend.scale
        for curve in self.trend.curves:
            last, value = len(curve.values) - 1, float(curve.values[-1])
            words = _tr("broke down") if curve.broken else ratio_text(value)
            name = f"{curve.label} {words}" if self.is_named else curve.label
            if isnan(value) and not curve.broken:  # what is no number has no place
                ends.append(CurveEnd(self.bottom, name, curve.ink))
                continue
            y, peak = self.y_of(value) if isfinite(value) else self.y(scale.top), peak_of(curve, scale)
            ends.append(CurveEnd(y, name, curve.ink, None if peak == last else self.x(last)))
        waiting = self.trend.waiting if self.is_named else ()
        later = _tr("{name} not yet")
        return ends + [CurveEnd(self.bottom, later.format(name=name), "text_muted") for name in waiting]

    @property
    def starts(self) -> list[CurveEnd]:
        """Return where curves will begin, and what they are there."""
        values = [(start, float(start.values[0])) for start in self.trend.starts]
        x = self.x(0)
        return [
            CurveEnd(self.y_of(value), f"{start.label} {ratio_text(value)}", start.ink, x)
            for start, value in values
            if isfinite(value)
        ]


class TrendView(DrawingView):
    """``moved(step)``: another moment, by the pointer or by the arrow keys."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__(draw_trend, TrendData(Trend()), hint=QSize(420, 180), least=QSize(150, 90))
        self._before = 0  # the moment when it was taken hold of
        self.chosen.connect(self._go_to_pointer)
        self.grabbed.connect(self._grab)
        self.dragged.connect(self._go_to_pointer)
        self.taken_back.connect(lambda _key: self.moved.emit(self._before))
        self.acted.connect(self._go_on)

    @property
    def _shown(self) -> TrendData:
        assert isinstance(self.data, TrendData)
        return self.data

    @property
    def trend(self) -> Trend:
        """Return what is drawn."""
        return self._shown.trend

    def show_step(self, step: int) -> None:
        """Show this moment."""
        self.set_data(replace(self._shown, step=step))

    @Slot()
    def _grab(self) -> None:
        self._before = self._shown.step

    @Slot()
    def _go_to_pointer(self) -> None:
        if self.pointer is not None:
            self.moved.emit(TrendPlot(self.trend, self.width(), self.height()).step_at(self.pointer.x()))

    @Slot(object)
    def _go_on(self, steps: int) -> None:
        step = min(max(self._shown.step + steps, 0), self.trend.steps)
        self.moved.emit(step)
        announce(self, _spoken(self.trend, step))


# Drawing --------------------------------------------------------------------------------------------------------------


def draw_trend(data: TrendData, frame: Frame) -> Drawing:
    """Draw the curves, and what each of them is at the moment. Its key is ``MOMENT``."""
    trend, step = data.trend, min(data.step, data.trend.steps)
    still = Group(call(_still, trend, frame.width, frame.height), cached=True)
    if not trend.curves:
        return Drawing((still,), numbers=call(_table, trend))
    plot = TrendPlot(trend, frame.width, frame.height)
    x, top, met = plot.x(step), plot.box[1], trend.met(step)
    tip = _tr("Drag to see the layers at another step; Left and Right go step by step")
    marks = [
        still,
        Line((x, top), (x, plot.bottom), dashed=True, cap="flat"),
        *(Disc(x, plot.y_of(float(curve.values[step])), 3.5, curve.ink, "surface") for curve in met),
        *_legend(met, step, frame.width),
        Disc(
            x, plot.bottom, 4.5, "surface", "text", 1.5, key=MOMENT, tip=tip, drag=True,
            target=(0, 0, frame.width, frame.height), cursor=Qt.CursorShape.SizeHorCursor,
        ),
    ]  # fmt: skip
    ways = {
        Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10,
        Qt.Key.Key_Home: -trend.steps, Qt.Key.Key_End: trend.steps,
    }  # fmt: skip
    return Drawing(tuple(marks), _spoken(trend, step), actions=ways, numbers=call(_table, trend))


def _still(trend: Trend, width: float, height: float) -> Iterator[Mark]:
    """Draw what stays while the moment moves."""
    plot = TrendPlot(trend, width, height)
    if trend.band is not None:
        low, high = map(plot.y_of, trend.band)
        yield Rectangle((LEFT, high, plot.box[2], low - high), "good 12%")
    yield from _axes(plot)
    if not trend.curves:
        yield from _end_marks(plot, plot.starts, LEFT + 8)
        left = LEFT + 20 + max((text_width(start.text, 11, True) for start in plot.starts), default=0.0)
        place = (left, plot.box[1], plot.right - left, plot.box[3])
        yield Text(_tr("Train them to see a curve for every network here."), place, 12, "text_muted", wrap=True)
        return
    for curve in trend.curves:
        yield Path(_path(plot, curve), curve.ink, 1.8, dashed=curve.dashed, cap="flat")
    yield from _end_marks(plot, plot.ends, plot.right + 8)
    yield from _peaks(plot)


def _axes(plot: TrendPlot) -> Iterator[Mark]:
    yield Lines(tuple((LEFT, y, plot.right, y) for y, _ in plot.ticks), "border")
    for y, text in plot.ticks:
        yield Text(text, (0, y - 8, LEFT - 9, 16), 10, "text_muted", "right middle")
    for step in range(0, plot.trend.steps + 1, round_stride(plot.trend.steps, max(1, int(plot.box[2] // TICK_WIDTH)))):
        yield Text(grouped(step), (plot.x(step) - 30, plot.bottom + 6, 60, 14), 10, "text_muted")
    yield Text(_tr("steps"), (0, plot.bottom + 6, LEFT - 10, 14), 10, "text_muted", "right middle")


def _path(plot: TrendPlot, curve: TrendCurve) -> QPainterPath:
    """Return the outline of a curve, broken where it is no number."""
    last = len(curve.values) - 1
    steps = np.unique(np.append(np.arange(0, last + 1, max(1, last // MOST_POINTS)), last))
    places = plot.trend.scale.place(curve.values[steps])
    known, path = np.isfinite(places), QPainterPath()
    for run in np.split(np.arange(len(steps)), np.flatnonzero(np.diff(known)) + 1):
        if known[run[0]]:
            path.addPolygon(polyline(plot.x(steps[run]), plot.y(places[run])))
    return path


def _end_marks(plot: TrendPlot, ends: Sequence[CurveEnd], left: float) -> Iterator[Mark]:
    for y, end in apart(ends, plot.box[1] - 4, plot.bottom + 6):
        if end.x is not None:
            yield Disc(end.x, end.y, 2.5, end.ink)
        yield Text(end.text, (left, y - 7, ENDINGS - 8, 14), 11, end.ink, "left middle", bold=True)


def _peaks(plot: TrendPlot) -> Iterator[Mark]:
    """Draw arrows where curves go on above the axis, with the largest values beside them: none upon another."""
    top, taken = plot.box[1], list[Rect]()
    peaks = [(peak, curve) for curve in plot.trend.curves if (peak := peak_of(curve, plot.trend.scale)) is not None]
    for peak, curve in sorted(peaks, key=lambda pair: pair[0]):
        x, text = plot.x(peak), f"{curve.label} {ratio_text(float(curve.values[peak]))}"
        width = text_width(text, 11, True) + 4.0
        beside = x + ARROW + 3
        left = beside if beside + width <= plot.right else x - ARROW - 3 - width
        y = top + 2
        while any(left < other[0] + other[2] and other[0] < left + width and y == other[1] for other in taken):
            y += HEIGHT
        taken.append((left, y, width, HEIGHT))
        yield Polyline(points=((x, top - 5), (x + ARROW, top + 3), (x - ARROW, top + 3)), closed=True, fill=curve.ink)
        yield Rectangle(taken[-1], "surface")
        yield Text(text, taken[-1], 11, curve.ink, bold=True)


def _legend(met: Sequence[TrendCurve], step: int, room: float) -> Iterator[Mark]:
    """Write the numbers at the moment above the curves; what has no room is left out."""
    pieces = [(_tr("step {step}").format(step=grouped(step)), "text_muted")]
    pieces += [(f"{curve.label} {ratio_text(float(curve.values[step]))}", curve.ink) for curve in met]
    x = LEFT
    for text, ink in pieces:
        width = text_width(text, 11, True) + 2
        if x + width > room:
            return
        yield Text(text, (x, 1, width, LEGEND - 6), 11, ink, "left middle", bold=True)
        x += width + 12


def _spoken(trend: Trend, step: int) -> str:
    values = [
        f"{curve.label} {ratio_text(float(curve.values[step]))}" for curve in trend.curves if step < len(curve.values)
    ]
    return _tr("Step {step}: {values}").format(step=step, values=listed(values))


def _table(trend: Trend) -> ExportTable:
    """List every curve's value step by step; empty where a curve has ended."""
    longest = max((len(curve.values) for curve in trend.curves), default=0)
    rows = [
        [step, *(float(curve.values[step]) if step < len(curve.values) else "" for curve in trend.curves)]
        for step in range(longest)
    ]
    return ExportTable(("step", *(curve.label for curve in trend.curves)), rows)


# The axis -------------------------------------------------------------------------------------------------------------


def peak_of(curve: TrendCurve, scale: ChartScale) -> int | None:
    """Return the step at which a curve is highest, if that lies above the axis."""
    step = int(np.argmax(np.where(np.isnan(curve.values), -np.inf, curve.values)))
    with np.errstate(divide="ignore", invalid="ignore"):
        place = float(np.log10(curve.values[step])) if scale.log else float(curve.values[step])
    return step if place > scale.top + 1e-9 else None


def values_of_interest(values: Array, *, broken: bool, alone: bool) -> Array:
    """Return the finite ``values`` (steps + 1,) that an axis is made for: of a run that is ``broken``, beside those
    that are not, none that are beyond :data:`FARTHEST`. ``alone``: there is no other run."""
    finite = values[np.isfinite(values)]
    return finite[finite <= FARTHEST] if broken and not alone else finite


def whole(scale: ChartScale, values: Array) -> ChartScale:
    """Return a log axis down to the least of the positive ``values`` (n,), however many decades that are: of runs that
    all break down it is seen from where to where they go."""
    positive = values[values > 0.0]
    if not scale.log or not positive.size:
        return scale
    return replace(scale, bottom=min(scale.bottom, float(floor(log10(float(positive.min()))))), below=False)


def round_stride(steps: int, most: int) -> int:
    """Return the least of 1, 2, 5, 10, 20 … so that ``steps`` have at most about so many numbers."""
    rough = max(1, ceil(steps / most))
    size = int(10 ** (len(str(rough)) - 1))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trend", text)
