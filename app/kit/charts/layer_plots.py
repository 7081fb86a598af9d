"""Drawings of a network's layers: histograms, update ÷ weight, a norm over the epochs, and a weight matrix."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from app.kit import theme
from app.kit.charts.series import Series, index_at, last_epoch
from app.kit.colourmap import diverging_image, sequential_image
from app.kit.drawing.axes import LOG, AxisScale
from app.kit.drawing.columns import Cells, Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Picture, Rect, Rectangle, Text, call, text_width
from app.kit.export import ExportTable
from app.kit.inks import diverging
from app.kit.numbers import counted, decade, fixed, grouped, percent, scientific, short
from app.kit.verdict_words import trouble_words
from engine.formats.progress import Curve
from engine.training.thinning import thinned

Floats = NDArray[np.float64]

# Histograms -----------------------------------------------------------------------------------------------------------

LEAST_CELL = (116, 84)
"""The least width and height of a histogram with its words, in pixels."""
MOST_WIDTH = 420.0
_TITLE, _NOTE, _AXIS, _GAP = 16.0, 15.0, 13.0, 14.0


@dataclass(frozen=True, slots=True, eq=False)
class HistogramPlot:
    """One cell. ``counts`` (bins,) over ``edges`` (bins + 1,); ``note`` stands under the title, in ``note_ink``."""

    key: str
    title: str
    counts: NDArray[np.int64]
    edges: Floats
    ink: str
    note: str = ""
    note_ink: str = "text_muted"
    tip: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Histograms:
    """Cells, of which the one with the key ``current`` is set off."""

    cells: tuple[HistogramPlot, ...] = ()
    current: str = ""


def draw_histograms(shown: Histograms, frame: Frame) -> Drawing:
    """Draw the cells side by side, in as few rows as let each be wide enough. Keys are a cell's key and a bin, −1 for
    its words."""
    wide, high = LEAST_CELL
    rows = max(1, math.ceil(len(shown.cells) / max(1, int((frame.width + _GAP) // (wide + _GAP)))))
    columns = max(1, math.ceil(len(shown.cells) / rows))
    width, height = min(MOST_WIDTH, (frame.width + _GAP) / columns), (max(frame.height, rows * high) + 6) / rows
    marks: list[Mark] = []
    for index, cell in enumerate(shown.cells):
        box = index % columns * width, index // columns * height, width - _GAP, height - 6
        marks += _histogram(cell, box, current=cell.key == shown.current)
    return Drawing(tuple(marks), numbers=call(_histogram_table, shown), least=rows * high)


def _histogram(cell: HistogramPlot, box: Rect, *, current: bool) -> list[Mark]:
    left, top, width, height = box
    head = _TITLE + (_NOTE if cell.note else 0.0)
    plot_top, plot_height = top + head, max(1.0, height - head - _AXIS)
    bottom, step = plot_top + plot_height, width / max(1, len(cell.counts))
    peak = max(1, int(cell.counts.max(initial=0)))
    heights = [max(1.0, count / peak * plot_height) if count else 0.0 for count in cell.counts.tolist()]
    bars = tuple((left + at * step, bottom - tall, max(1.0, step - 1), tall) for at, tall in enumerate(heights) if tall)
    slots = tuple((left + at * step, plot_top, step, plot_height) for at in range(len(heights)))
    keys = tuple((cell.key, at) for at in range(len(heights)))
    words = "\n".join(part for part in (cell.note, cell.tip) if part)
    marks: list[Mark] = [
        Rectangle(box, key=(cell.key, -1), tip=words or cell.title),
        Text(_fitting(cell.title, width, 11, bold=True), (left, top, width, _TITLE), 11, align="left middle", bold=True,
             elide=True),
        Text(_fitting(cell.note, width, 10), (left, top + _NOTE, width, _TITLE), 10, cell.note_ink, "left middle",
             elide=True),
    ]  # fmt: skip
    if current:
        marks.append(Rectangle((left, plot_top, width, plot_height), "accent_soft"))
    marks += [
        Rectangles(bars, (f"{cell.ink} 75%",) * len(bars)),
        Rectangles(slots, ("",) * len(slots), keys=keys, tips=call(_bin_words, cell)),
        Line((left, bottom), (left + width, bottom), "border"),
        *_histogram_axis(cell, (left, plot_top, width, plot_height)),
    ]
    return marks


def _histogram_axis(cell: HistogramPlot, plot: Rect) -> list[Mark]:
    left, top, width, height = plot
    low, high = float(cell.edges[0]), float(cell.edges[-1])
    ends, line = (short(low, 2), short(high, 2)), (left, top + height + 1, width, _AXIS)
    marks: list[Mark] = [
        Text(end, line, 10, "text_muted", f"{side} top") for end, side in zip(ends, ("left", "right"), strict=True)
    ]
    if low < 0 < high:
        x = left - low / (high - low) * width
        marks.append(Line((x, top), (x, top + height), "text_muted", dashed=True))
        before, behind = (text_width(f"{end}00", 10) for end in ends)
        if left + before < x < left + width - behind:  # else it would be read as a digit of theirs
            marks.append(Text("0", (x - 10, line[1], 20, _AXIS), 10, "text_muted", "across top"))
    return marks


def _fitting(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return as many of the parts between the dots as there is room for, the first one in any case."""
    parts = text.split(" · ")
    while len(parts) > 1 and text_width(" · ".join(parts), size, bold) > width:
        parts.pop()
    return " · ".join(parts)


def _bin_words(cell: HistogramPlot, number: int) -> str:
    total = max(1, int(cell.counts.sum()))
    return QCoreApplication.translate("HistogramGrid", "{low} to {high}: {count} ({share})").format(
        low=short(float(cell.edges[number])),
        high=short(float(cell.edges[number + 1])),
        count=grouped(int(cell.counts[number])),
        share=percent(int(cell.counts[number]) / total),
    )


def _histogram_table(shown: Histograms) -> ExportTable:
    rows = [
        (cell.title, float(cell.edges[at]), float(cell.edges[at + 1]), int(cell.counts[at]))
        for cell in shown.cells
        for at in range(len(cell.counts))
    ]
    return ExportTable(("layer", "from", "to", "count"), rows)


# Update ÷ weight ------------------------------------------------------------------------------------------------------

GOOD_BAND, UPDATE_ENDS = (1e-4, 1e-2), (1e-6, 1.0)
_SCALE_HEIGHT = 14.0


@dataclass(frozen=True, slots=True)
class LayerUpdate:
    """One layer's ratio ‖ΔW‖ ÷ ‖W‖. ``is_alarm``: whether somebody should look where it is out of the band."""

    label: str
    ratio: float
    is_alarm: bool = True

    @property
    def ink(self) -> str:
        """Return good inside the band, warning within a decade of it, danger far above. Far below it is pale: that is a
        layer that learns no more, in a network that is solved as in one that is ill. So is what is no alarm."""
        (low, high), ratio = GOOD_BAND, self.ratio
        if low <= ratio <= high:
            return "good"
        if not self.is_alarm:
            return "text_muted"
        if low / 10 <= ratio <= high * 10:
            return "warning"
        return "danger" if ratio > high else "text_muted"

    @property
    def words(self) -> str:
        """Return what the ratio means and what would mend it."""
        head = _tr("{layer}: one step changes the weights by {ratio} of their size.").format(
            layer=self.label, ratio=short(self.ratio)
        )
        if self.is_alarm and self.ratio > GOOD_BAND[1]:
            return f"{head} " + _tr("That is a lot: a smaller learning rate or clipping steadies it.")
        if self.is_alarm and self.ratio < GOOD_BAND[0]:
            little = _tr("That is little: raise the learning rate, unless the gradient is {vanishing_word} here.")
            return f"{head} " + little.format(**trouble_words())
        low, high = (decade(round(math.log10(end))) for end in GOOD_BAND)
        good = _tr("The {good} band, {low} to {high}, is a good pace.")
        return f"{head} " + good.format(low=low, high=high, **theme.colour_names())


def _tr(text: str) -> str:
    return QCoreApplication.translate("UpdateBars", text)


def draw_updates(updates: tuple[LayerUpdate, ...], frame: Frame) -> Drawing:
    """Draw a bar per layer on a logarithmic scale, over the band where learning goes well. Keys are the layers."""
    if not updates:
        return Drawing()
    height = min(20.0, (frame.height - _SCALE_HEIGHT) / len(updates))
    left = min(60.0, max(text_width(update.label, 10) for update in updates)) + 8
    right = frame.width - text_width("8.8·10⁻⁸", 10) - 8
    scale = AxisScale(*UPDATE_ENDS, left, right, LOG, UPDATE_ENDS[0])
    bottom, (low, high) = height * len(updates), scale.places(GOOD_BAND)
    marks: list[Mark] = [Rectangle((low, 0, high - low, bottom), "good 12%")]
    thick = min(7.0, max(2.0, height - 4))
    for row, update in enumerate(updates):
        top, ratio = (row + 0.5) * height - thick / 2, update.ratio if not math.isnan(update.ratio) else 0.0
        marks += [
            Rectangle((0, row * height, frame.width, height), key=row, tip=update.words),
            Rectangle((left, top, right - left, thick), "track", corner=thick / 2),
            Rectangle((left, top, max(thick, scale.place(ratio) - left), thick), update.ink, corner=thick / 2),
        ]
        if height >= 10 or row in (0, len(updates) - 1):
            box = (0.0, row * height, left - 6, height), (right + 8, row * height, frame.width - right - 8, height)
            marks.append(Text(update.label, box[0], 10, "text_muted", "left middle", elide=True))
            marks.append(Text(scientific(update.ratio), box[1], 10, update.ink, "left middle"))
    roomy = (right - left) / 3 > text_width(decade(-4), 10) + 8
    for exponent in (-6, -4, -2, 0) if roomy else (-6, 0):
        x = scale.place(10.0**exponent)
        marks.append(Text(decade(exponent), (x - 20, bottom, 40, _SCALE_HEIGHT), 10, "text_muted"))
    return Drawing(tuple(marks), numbers=call(_update_table, updates))


def _update_table(updates: tuple[LayerUpdate, ...]) -> ExportTable:
    return ExportTable(("layer", "update_to_weight_ratio"), [(update.label, update.ratio) for update in updates])


# A norm over the epochs -----------------------------------------------------------------------------------------------

COLUMNS = 240
_ROW_GAP, _KEY_HEIGHT = 3.0, 16.0


class HeatRows:
    """The logarithms of norms, a row per layer, over the epochs of a run."""

    def __init__(self, series: tuple[Series, ...] = ()) -> None:
        self.series = series
        self._epochs = np.linspace(0, last_epoch([one.curve for one in series]), COLUMNS)
        self.logs = [self._row(one.curve) for one in series]
        """A number for each column: −∞ for a norm of 0, NaN for what was not measured."""
        measured = np.concatenate(self.logs) if self.logs else np.zeros(0)
        finite = measured[np.isfinite(measured)]
        self.is_empty = bool(np.isnan(measured).all())
        self.low = float(np.floor(finite.min())) if finite.size else 0.0  # all of them 0: any range will do
        self.high = max(float(np.ceil(finite.max())), self.low + 1) if finite.size else 1.0

    def _row(self, whole: Curve) -> Floats:
        curve = thinned(whole, COLUMNS // 2)
        if len(curve.steps) == 0:
            return np.full(COLUMNS, np.nan)
        points = np.clip(np.searchsorted(curve.epochs, self._epochs, side="right") - 1, 0, len(curve.steps) - 1)
        with np.errstate(divide="ignore"):
            logs: Floats = np.where(curve.count > 0, np.log10(curve.mean), np.nan)
        return logs[points]

    def image(self, row: int) -> QImage:
        """Return a row as a picture: deeper for a larger norm, palest for 0, blank for what was not measured."""
        shares = (self.logs[row] - self.low) / (self.high - self.low)
        return sequential_image(np.where(np.isneginf(shares), 0.0, shares)[None, :])

    def words(self, row: int, _line: int, column: int) -> str:
        """Return the value at a place, empty where nothing was measured."""
        curve = self.series[row].curve
        point = index_at(curve, float(self._epochs[column]))
        if point < 0 or not curve.count[point]:
            return ""
        return QCoreApplication.translate("HeatStrip", "{layer} at step {step}: {value}").format(
            layer=self.series[row].label, step=grouped(int(curve.steps[point])), value=short(float(curve.mean[point]))
        )

    def table(self) -> ExportTable:
        """Return layer, step and the mean of the bucket that begins there."""
        curves = [(one.label, one.curve) for one in self.series]
        rows = [
            (label, step, value)
            for label, curve in curves
            for step, value, count in zip(curve.steps.tolist(), curve.mean.tolist(), curve.count, strict=True)
            if count
        ]
        return ExportTable(("layer", "step", "value"), rows)


def draw_heat_rows(shown: HeatRows, frame: Frame) -> Drawing:
    """Draw a strip of colour per layer, the one nearest to the input on top. Keys are layer, 0 and column."""
    if shown.is_empty:
        return Drawing(numbers=call(shown.table))
    names = [one.label for one in shown.series]
    beside = min(70.0, max(text_width(name, 10) for name in names) + 8)
    width, height = frame.width - beside, (frame.height - _KEY_HEIGHT) / len(names)
    tall, last, stride = (
        height - (_ROW_GAP if height > 9 else 0.0),
        len(names) - 1,
        max(1, -(-12 // max(1, int(height)))),
    )
    marks: list[Mark] = []
    for row, name in enumerate(names):
        top = row * height
        image = call(HeatRows.image, shown, row)
        tips = call(HeatRows.words, shown, row)
        marks.append(Cells((0, top, width, tall), image, rows=1, columns=COLUMNS, tips=tips, key=row))
        if row == last or (row % stride == 0 and last - row >= stride):
            box = width + 6, top - 4, beside - 6, tall + 8
            marks.append(Text(name, box, 10, "text_muted", "left middle", elide=True))
    low, high = decade(int(shown.low)), decade(int(shown.high))
    foot = (0.0, frame.height - _KEY_HEIGHT + 3, width, _KEY_HEIGHT - 3)
    left, right = text_width(low, 10) + 8, text_width(high, 10) + 8
    bar = left, frame.height - _KEY_HEIGHT / 2 - 0.5, max(1.0, width - left - right), 4.0
    marks += [
        Text(low, foot, 10, "text_muted", "left middle"),
        Text(high, foot, 10, "text_muted", "right middle"),
        Picture(bar, call(_sequential_ramp)),
    ]
    return Drawing(tuple(marks), numbers=call(shown.table))


def _sequential_ramp() -> QImage:
    return sequential_image(np.linspace(0.0, 1.0, 64)[None, :])


# A weight matrix ------------------------------------------------------------------------------------------------------

LARGEST_CELL = 30.0
_LEFT, _FOOT, _BIAS_GAP, _KEY_WIDTH = 30.0, 16.0, 6.0, 74.0


@dataclass(frozen=True, slots=True, eq=False)
class LayerWeights:
    """W (units, inputs) and b (units,) of a layer."""

    weights: Floats
    bias: Floats | None = None

    @property
    def scale(self) -> float:
        """Return the greatest absolute value: full colour."""
        arrays = [self.weights] if self.bias is None else [self.weights, self.bias]
        finite = np.concatenate([np.abs(array[np.isfinite(array)]).ravel() for array in arrays])
        return float(finite.max(initial=0.0)) or 1.0


def draw_weights(shown: LayerWeights, frame: Frame) -> Drawing:
    """Draw a row per unit and a column per input, the bias set apart on the right, all on one scale of colour. Keys are
    "W" or "b" with unit and input."""
    units, inputs = shown.weights.shape
    numbers = call(_weight_table, shown)
    if not shown.weights.size:
        return Drawing(numbers=numbers)
    wide = min(2 * LARGEST_CELL, (frame.width - _LEFT - _KEY_WIDTH - _BIAS_GAP) / (inputs + 1))
    high = min(LARGEST_CELL, (frame.height - _FOOT) / units)
    matrix = _LEFT, 0.0, wide * inputs, high * units
    bias = _LEFT + matrix[2] + _BIAS_GAP, 0.0, min(wide, 2 * high + 8), matrix[3]
    parts = [("W", shown.weights, matrix)]
    if shown.bias is not None:
        parts.append(("b", shown.bias[:, None], bias))
    marks: list[Mark] = []
    for name, values, box in parts:
        image = call(_weight_image, shown, name)
        tips = call(_weight_words, shown, name)
        cells = Cells(box, image, rows=units, columns=values.shape[1], tips=tips, key=name)
        marks += [cells, Rectangle(box, stroke="border")]
        if wide >= 36 and high >= 13:  # large enough to hold numbers
            marks += [
                Text(fixed(float(value)), cells.rect_of(unit, column), 10, f"readable {diverging(value / shown.scale)}")
                for (unit, column), value in np.ndenumerate(np.nan_to_num(values))
            ]
        part = cells.find(frame.pointed)
        if part is not None:
            marks.append(Rectangle(part.rect, stroke="text", width=2.0))
    marks += _weight_labels(shown, matrix, bias)
    return Drawing((*marks, *_weight_key(shown.scale, bias)), numbers=numbers)


def _weight_image(shown: LayerWeights, name: str) -> QImage:
    values = shown.bias[:, None] if name == "b" and shown.bias is not None else shown.weights
    return diverging_image(values / shown.scale)


def _weight_words(shown: LayerWeights, name: str, unit: int, column: int) -> str:
    if name == "b" and shown.bias is not None:
        words = QCoreApplication.translate("WeightMatrix", "bias of unit {unit}: {value}")
        return words.format(unit=unit + 1, value=short(float(shown.bias[unit])))
    words = QCoreApplication.translate(
        "WeightMatrix", "W[{unit}, {column}] = {value}, from input {column} to unit {unit}"
    )
    return words.format(unit=unit + 1, column=column + 1, value=short(float(shown.weights[unit, column])))


def _weight_labels(shown: LayerWeights, matrix: Rect, bias: Rect) -> list[Mark]:
    units, inputs = shown.weights.shape
    left, _top, width, height = matrix
    marks: list[Mark] = []
    if width >= 60:
        words = counted(inputs, QCoreApplication.translate("WeightMatrix", "{count} {count:input|inputs} →"))
        marks.append(Text(words, (left, height + 2, width, _FOOT - 2), 10, "text_muted", "left top"))
    if shown.bias is not None:
        marks.append(Text("b", (bias[0] - 8, height + 2, bias[2] + 16, _FOOT - 2), 10, "text_muted", "across top"))
    high = height / units
    for unit in range(0, units, max(1, -(-12 // max(1, int(high))))):
        box = 0.0, unit * high - 6, _LEFT - 6, high + 12
        marks.append(Text(str(unit + 1), box, 10, "text_muted", "right middle"))
    return marks


def _weight_key(scale: float, bias: Rect) -> tuple[Mark, ...]:
    """Return the colours' scale: +max on top, −max at the bottom."""
    left, height = bias[0] + bias[2] + 16, max(40.0, min(bias[3], 120.0)) - 8
    words = (4.0, f"+{short(scale, 2)}"), (4 + height / 2, "0"), (4 + height, short(-scale, 2))
    texts = (Text(text, (left + 13, y - 7, 48, 14), 10, "text_muted", "left middle") for y, text in words)
    return (Picture((left, 4, 8, height), call(_diverging_ramp)), *texts)


def _diverging_ramp() -> QImage:
    return diverging_image(np.linspace(1.0, -1.0, 64)[:, None])


def _weight_table(shown: LayerWeights) -> ExportTable:
    units, inputs = shown.weights.shape
    header = ("unit", *(f"w{column + 1}" for column in range(inputs)), *(("b",) if shown.bias is not None else ()))
    rows = []
    for unit in range(units):
        bias = [] if shown.bias is None else [float(shown.bias[unit])]
        rows.append([unit + 1, *shown.weights[unit].tolist(), *bias])
    return ExportTable(header, rows)
