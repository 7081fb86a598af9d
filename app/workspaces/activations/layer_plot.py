"""The z of a layer, live, on the axis of the functions, with its mean and deviation beneath."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.kit.charts.beyond import beyond_words
from app.kit.drawing.axes import Axes
from app.kit.drawing.columns import Lines, Rectangles
from app.kit.drawing.marks import Group, Line, Mark, Rect, Rectangle, Text, call, fitting_text, text_width
from app.kit.numbers import fixed, grouped
from app.kit.translation import worded_name
from app.workspaces.activations.keys import DEVIATION, MEAN, asked_number
from app.workspaces.activations.layer_watch import LayerView
from app.workspaces.activations.words import zone_words
from engine.training.layer_z import Histogram

HEAD, EDGE, RIGHT = 52.0, 18.0, 82.0
"""Pixels above the plot, left of the heading, and right of the plot that the words beneath may take."""
AIR, WORD = 10.0, 16.0
"""Pixels over the highest bar: air, and the word over a flat zone where there is one."""
TICK_APART = 80.0


def draw_layer(
    axes: Axes, view: LayerView | None, why: str, ink: str, cursor: float, pointed: object, width: float
) -> list[Mark]:
    """Draw bars in an ink, and what they say at the cursor; or ``why`` there are none."""
    left, top, wide, high = axes.box
    head = top - HEAD
    if view is None:
        words = (left + 20.0, top, wide - 40.0, high)
        return [
            *_frame(axes, head, width),
            *_heading(_tr("z of a layer, live, on the same axis"), "", head, width),
            Text(why, words, 13, "text_muted", wrap=True),
        ]
    marks: list[Mark] = [Group(call(_layer_marks, axes, view, ink, head, width))]
    return marks + _foot(view.histogram, cursor, pointed, (left, top + high + 22.0, wide + RIGHT, 24.0))


def layer_words(view: LayerView | None, why: str) -> str:
    """Return what is drawn in a sentence."""
    if view is None:
        return why
    histogram, text = view.histogram, _tr("{count} z of {layer}, mean {mean}, deviation {deviation}")
    return text.format(
        count=grouped(histogram.total), layer=worded_name(view.layer.name), mean=fixed(histogram.mean),
        deviation=fixed(histogram.deviation),
    )  # fmt: skip


def tick_lines(axes: Axes, *, numbers: bool) -> list[Mark]:
    """Draw the lines of the x axis, and its numbers beneath."""
    _, top, _, height = axes.box
    ticks = [(round(axes.across.place(value)) + 0.5, text) for value, text in axes.across.ticks(TICK_APART)]
    marks: list[Mark] = [Lines(tuple((x, top, x, top + height) for x, _ in ticks), "border")]
    if numbers:
        marks += [Text(text, (x - 40, top + height + 4, 80, 16), 11, "text_muted") for x, text in ticks]
    return marks


def _frame(axes: Axes, head: float, width: float) -> list[Mark]:
    left, top, wide, high = axes.box
    bottom = top + high
    rule = Line((0, head + 0.5), (width, head + 0.5), "border")
    return [rule, *tick_lines(axes, numbers=True), Line((left, bottom), (left + wide, bottom), "text_muted")]


def _heading(text: str, beside: str, head: float, width: float) -> list[Mark]:
    line = (EDGE, head + 9.0, width - EDGE - RIGHT, 18.0)
    marks: list[Mark] = [Text(text, line, 13, align="left middle", bold=True, elide=True)]
    if text_width(text, 13, bold=True) + 12.0 + text_width(beside, 11) < line[2]:  # half a number says another one
        marks.append(Text(beside, line, 11, "text_muted", "right middle"))
    return marks


def _layer_marks(axes: Axes, view: LayerView, ink: str, head: float, width: float) -> list[Mark]:
    histogram, layer = view.histogram, view.layer
    words = _tr("z of {layer}, live, on the same axis").format(layer=worded_name(layer.name))
    beyond = beyond_words(histogram.below + histogram.above, histogram.total, histogram.broken)
    beyond = beyond or _tr("all {total} lie on this axis").format(total=grouped(histogram.total))
    below, above = (
        max(layer.profile.bounds[0], layer.profile.flat_below),
        min(layer.profile.bounds[1], layer.profile.flat_above),
    )
    room = (EDGE + 15.0, head + 28.0, width - 40.0, 18.0)
    rule = fitting_text(zone_words(layer.function, layer.profile), room[2], 12)
    return [
        *_zones(axes, below, above),
        *_frame(axes, head, width),
        _bars(axes, histogram, below, above, ink),
        *_heading(words, beyond, head, width),
        Rectangle((EDGE, head + 33.0, 9, 9), "warning"),
        Text(rule, room, 12, "text_muted", "left middle", elide=True),
    ]


def _zones(axes: Axes, below: float, above: float) -> list[Mark]:
    """Draw where nothing, or hardly anything, comes through the layer's function."""
    across, (_, top, _, high) = axes.across, axes.box
    marks: list[Mark] = []
    for start, end in ((across.low, below), (above, across.high)):
        left, right = across.places((start, end))
        if right > left:
            marks.append(Rectangle((left, top, right - left, high), "warning 10%"))
            word = _tr("flat")
            if text_width(word, 12, bold=True) + 8.0 < right - left:
                marks.append(Text(word, (left, top + 4.0, right - left, 16.0), 12, "warning", bold=True))
    return marks


def _bars(axes: Axes, histogram: Histogram, below: float, above: float, ink: str) -> Rectangles:
    """Draw a bar for every bin that is not empty, cut where the function becomes flat."""
    across, (_, top, _, high) = axes.across, axes.box
    is_flat = below > across.low or above < across.high
    highest = high - AIR - (WORD if is_flat else 0.0)  # no bar reaches up to the word
    most = max(int(histogram.counts.max()), 1)
    edges = np.linspace(histogram.low, histogram.high, len(histogram.counts) + 1).tolist()
    rects: list[Rect] = []
    fills: list[str] = []
    for place in np.flatnonzero(histogram.counts).tolist():
        height, (low, end) = highest * int(histogram.counts[place]) / most, edges[place : place + 2]
        cuts = sorted({low, *(cut for cut in (below, above) if low < cut < end), end})
        for start, stop in pairwise(cuts):
            if start >= across.high or stop <= across.low:
                continue
            left, right = across.places((start, stop))
            gap = 1.0 if stop == end else 0.0
            rects.append((left, top + high - height, max(right - left - gap, 1.0), height))
            is_outer = 0.5 * (start + stop) < below or 0.5 * (start + stop) > above
            fills.append("warning 75%" if is_outer else f"{ink} 55%")
    return Rectangles(tuple(rects), tuple(fills))


def _foot(histogram: Histogram, cursor: float, pointed: object, line: Rect) -> list[Mark]:
    if not isfinite(histogram.mean):
        return []
    left, top, width, height = line
    marks: list[Mark] = []
    x = left
    for name, value, key in (
        (_tr("mean"), histogram.mean, (MEAN,)),
        (_tr("deviation"), histogram.deviation, (DEVIATION,)),
    ):
        wide = text_width(name, 12)
        marks.append(Text(name, (x, top, wide, height), 12, "text_muted", "left middle"))
        x += wide + 5.0
        wide = text_width(fixed(value), 12, bold=True)
        marks += asked_number(fixed(value), value, key, name, (x, top, wide, height), 12, pointed=pointed)
        x += wide + 12.0
    text = _tr("at the cursor {count} of {total} in one bar")
    text = text.format(count=grouped(histogram.count_at(cursor)), total=grouped(histogram.total))
    if x + 8.0 + text_width(text, 12) <= left + width:  # half a number says another one
        marks.append(Text(text, (x + 8.0, top, width, height), 12, "text_muted", "left middle"))
    return marks


def _tr(text: str) -> str:
    return QCoreApplication.translate("HistogramPlot", text)
