"""Distributions as drawings: bars along an axis, and names with a bar each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QSize

from app.kit.charts.scale import ChartScale, chart_scale
from app.kit.drawing.columns import Lines, Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.listing import joined
from app.kit.numbers import grouped, percent, short
from app.workspaces.recommender.data.words import bar_names, date_words, moment_words, size_names, time_ticks
from engine.problems import filled_in
from engine.recommenders.data.profile.shapes import Bars, ColumnProfile, LogProfile, Spread, TableProfile, TimeLine

LEFT, BOTTOM, TOP, RIGHT = 48, 18, 16, 8
LANE, LANE_GAP = 26, 5
TICK = 16
"""Pixels from one number beside the axis to the next, at least."""
GAP = 1.5


@dataclass(frozen=True, slots=True)
class Bin:
    """``name``: in full, for whoever points at it; ``marked``: how many of the ``count`` are of the marked sort."""

    name: str
    count: int
    marked: int = 0


@dataclass(frozen=True, slots=True)
class BarsChart:
    """Bars from one axis upwards.

    ``ticks``: places along the bins (0 to their number) with a text; ``what``: the head of the column of names, and
    of the counts, in a table; ``marks``: what marked ones are, or nothing; ``lane``: whether these stand in a lane of
    their own, on a scale of their own, where among all they would be too few to be seen; ``line``: a place with its
    text.
    """

    bins: tuple[Bin, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    what: tuple[str, str] = ("", "")
    marks: str = ""
    mark_colour: str = "good"
    log: bool = False
    lane: bool = False
    line: tuple[float, str] | None = None

    def said(self, index: int) -> str:
        """Return a bar in words."""
        bin = self.bins[index]
        words = f"{bin.name}: {grouped(bin.count)} {self.what[1]}"
        return joined((words, f"{grouped(bin.marked)} {self.marks}")) if self.marks else words


def bars_view() -> DrawingView:
    """Return a chart without bars yet."""
    return DrawingView(draw_bars_chart, BarsChart(), hint=QSize(280, 150), least=QSize(140, 96))


def draw_bars_chart(shown: BarsChart, frame: Frame) -> Drawing:
    """Draw the bars; the one pointed at is told in words above them. Keys are the places of the bars."""
    lane = LANE + LANE_GAP if shown.lane else 0
    plot: Rect = (LEFT, TOP, frame.width - LEFT - RIGHT, frame.height - TOP - BOTTOM - lane)
    if not shown.bins or plot[2] < 20 or plot[3] < 20:
        return Drawing(numbers=call(_bars_table, shown))
    pointed = frame.pointed if frame.pointed in range(len(shown.bins)) else None
    assert pointed is None or isinstance(pointed, int)
    bottom = plot[1] + plot[3]
    marks: list[Mark] = [*_scale_marks(shown, plot), *_bars(shown, plot, pointed)]
    marks.append(Line((plot[0], bottom), (plot[0] + plot[2], bottom), "border"))
    if shown.lane:
        marks += _lane(shown, plot, pointed)
    marks += [*_ticks(shown, plot, frame), *_moment(shown, plot, frame, words=pointed is None)]
    if pointed is not None:
        marks.append(Text(shown.said(pointed), (plot[0], 0, plot[2], TOP), 11, align="right middle", bold=True))
    said = joined([f"{bin.name}: {grouped(bin.count)}" for bin in shown.bins if bin.count])
    return Drawing(
        tuple(marks), description=said, order=tuple(range(len(shown.bins))), numbers=call(_bars_table, shown)
    )


def _scale_of(shown: BarsChart) -> ChartScale:
    """Return the axis of the counts: from 0 to above the highest bar, as one that is cut off would look like any other
    that is."""
    counts: NDArray[np.float64] = np.array([bin.count for bin in shown.bins], float)
    if shown.log:
        return chart_scale(counts[counts > 0], log=True)
    return ChartScale(False, 0.0, 1.05 * float(counts.max(initial=0.0)) or 1.0)


def _scale_marks(shown: BarsChart, plot: Rect) -> list[Mark]:
    left, _, width, height = plot
    scale, bottom = _scale_of(shown), plot[1] + height
    ticks, pixels = scale.ticks(height), height / (scale.top - scale.low)
    apart = (ticks[1][0] - ticks[0][0]) * pixels if len(ticks) > 1 else TICK
    kept = ticks if scale.log else ticks[:: ceil(TICK / apart)]
    rows = [(bottom - (place - scale.low) * pixels, text if scale.log else grouped(place)) for place, text in kept]
    marks: list[Mark] = [Lines(tuple((left, y, left + width, y) for y, _ in rows), "grid_dots")]
    return marks + [Text(text, (0, y - 8, LEFT - 6, 16), 10, "text_muted", "right middle") for y, text in rows]


def _bars(shown: BarsChart, plot: Rect, pointed: int | None) -> list[Mark]:
    left, top, width, height = plot
    scale, step, bottom = _scale_of(shown), width / len(shown.bins), top + height
    places = scale.place(np.array([(bin.count, bin.marked) for bin in shown.bins], float))
    tops = np.minimum(bottom - (places - scale.low) / (scale.top - scale.low) * height, bottom - 1.0)  # all are seen
    wide = max(1.0, step - (GAP if step > 4 else 0.0))

    def bar(index: int, y: float) -> Rect:
        return left + index * step, y, wide, bottom - y

    count = len(shown.bins)
    inks = ["accent" if index == pointed else "accent 59%" for index in range(count)]
    fills = tuple(ink if bin.count else "" for ink, bin in zip(inks, shown.bins, strict=True))
    rects = tuple(bar(index, float(tops[index, 0])) for index in range(count))
    slots = tuple((left + index * step, top, step, height) for index in range(count))
    tips = call(shown.said)
    marks: list[Mark] = [
        Rectangles(rects, fills),
        Rectangles(slots, ("",) * count, keys=tuple(range(count)), tips=tips, columns=True),
    ]
    if not shown.lane:
        marked = [index for index, bin in enumerate(shown.bins) if bin.marked]
        rects = tuple(bar(index, float(tops[index, 1])) for index in marked)
        marks.append(Rectangles(rects, (shown.mark_colour,) * len(rects)))
    return marks


def _lane(shown: BarsChart, plot: Rect, pointed: int | None) -> list[Mark]:
    """Return the marked ones below the axis, the most of them as high as the lane."""
    left, width, top = plot[0], plot[2], plot[1] + plot[3] + LANE_GAP
    step, most = width / len(shown.bins), max(bin.marked for bin in shown.bins) or 1
    wide, ink = max(1.0, step - (GAP if step > 4 else 0.0)), shown.mark_colour
    heights = {at: max(1.0, bin.marked / most * LANE) for at, bin in enumerate(shown.bins) if bin.marked}
    rects = tuple((left + at * step, top + LANE - height, wide, height) for at, height in heights.items())
    return [
        Rectangle((left, top, width, LANE), "raised", crisp=True),
        Rectangles(rects, tuple(ink if at == pointed else f"{ink} 75%" for at in heights)),
        Text(shown.marks, (0, top, LEFT - 4, LANE), 10, ink, "right middle", elide=True),
    ]


def _ticks(shown: BarsChart, plot: Rect, frame: Frame) -> list[Mark]:
    left, width, below = plot[0], plot[2], frame.height - BOTTOM + 2
    step, free, marks = width / len(shown.bins), -1e9, []
    for place, text in shown.ticks:
        wide = text_width(text, 10)
        start = min(max(left + place * step - wide / 2, left - 2), left + width - wide + RIGHT)
        if start >= free:
            marks.append(Text(text, (start, below, wide + 2, BOTTOM - 3), 10, "text_muted", "left top"))
            free = start + wide + 8
    return list(marks)


def _moment(shown: BarsChart, plot: Rect, frame: Frame, *, words: bool) -> list[Mark]:
    """Return the line at a place, and its words."""
    if shown.line is None:
        return []
    left, width = plot[0], plot[2]
    place, text = shown.line
    x, wide = left + place * width / len(shown.bins), text_width(text, 10, True)
    line = Line((x, plot[1]), (x, frame.height - BOTTOM), "good", 1.5, dashed=True)
    start = max(0.0, x - wide - 6) if x + wide + 6 > left + width else x + 6
    return [line, Text(text, (start, 0, wide + 2, TOP), 10, "good", "left middle", bold=True)] if words else [line]


def _bars_table(shown: BarsChart) -> ExportTable:
    marks = (shown.marks,) if shown.marks else ()
    rows = [(bin.name, bin.count, *((bin.marked,) if marks else ())) for bin in shown.bins]
    return ExportTable((*shown.what, *marks), rows)


LINE, COUNT, SHARE = 20.0, 54.0, 44.0
"""Pixels: the height of a line, the width of a count and of a share."""


@dataclass(frozen=True, slots=True)
class NamedCount:
    """``marked``: how many of the count have the label, where that is told; ``rest``: what all others come to, which is
    no bar among them."""

    name: str
    count: int
    marked: int | None = None
    rest: bool = False


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """What is counted, and what the names and the counts are called in a table."""

    counts: tuple[NamedCount, ...] = ()
    heads: tuple[str, str] = ("", "")


def draw_value_bars(data: ValueCounts, frame: Frame) -> Drawing:
    """Draw a line each, and behind the count which share of it is marked, where that is told."""
    most = max((count.count for count in data.counts if not count.rest), default=0) or 1
    marks = [mark for row, count in enumerate(data.counts) for mark in _line(row, count, most, frame.width)]
    return Drawing(
        tuple(marks),
        description=joined(said(count) for count in data.counts),
        numbers=call(_values_table, data),
        height=LINE * max(1, len(data.counts)),
    )


def said(count: NamedCount) -> str:
    """Return a line in words."""
    words = f"{count.name}: {grouped(count.count)}"
    if count.marked is None or not count.count:
        return words
    return _tr("{words}, {share} of them a yes").format(words=words, share=percent(count.marked / count.count))


def _line(row: int, count: NamedCount, most: int, width: float) -> list[Mark]:
    top, share = row * LINE, 0.0 if count.rest else count.count / most
    room = width - COUNT - (SHARE if count.marked is not None else 0)
    bar = 0.0 if count.rest else max(2.0, share * room)
    marks: list[Mark] = [
        Rectangle((0, top, width, LINE), key=row, tip=said(count)),
        Rectangle((0, top + 2, bar, LINE - 4), "accent_soft", corner=3),
        Text(count.name, (6, top + 2, room - 10, LINE - 4), 12, align="left middle", elide=True),
        Text(grouped(count.count), (room, top, COUNT, LINE), 12, "text_muted", "right middle"),
    ]
    if count.marked is not None and count.count:
        marks.append(Text(percent(count.marked / count.count), (0, top, width, LINE), 12, "accent", "right middle"))
    return marks


def _values_table(data: ValueCounts) -> ExportTable:
    marked = any(count.marked is not None for count in data.counts)
    header = (*data.heads, _tr("yes")) if marked else data.heads
    return ExportTable(
        header, [(count.name, count.count, *((count.marked,) if marked else ())) for count in data.counts]
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ValueBars", text)


MOST_TICKS = 9
FAR_APART = 50.0
"""The highest bar over the middle one, from which on the axis is logarithmic."""


def timeline_of(line: TimeLine, *, drawn: bool = False) -> BarsChart:
    """Events over time, those that are held out marked, and where the middle one of these is; ``drawn``: they are
    drawn at random, so that which they are is not known from the data."""
    span = line.edges[-1] - line.edges[0]
    names = [
        _tr("{first} to {last}").format(first=moment_words(low, span), last=moment_words(high, span))
        for low, high in zip(line.edges, line.edges[1:], strict=False)
    ]
    ticks = tuple((_place(line.edges, at), text) for at, text in time_ticks(line.edges[0], line.edges[-1], MOST_TICKS))
    axes, log = (_tr("time (UTC)"), _tr("events")), _far_apart(line.events)
    if drawn:
        return BarsChart(tuple(map(Bin, names, line.events)), ticks, axes, log=log)
    bins = tuple(map(Bin, names, line.events, line.held_out))
    middle = None
    if line.middle is not None:
        words = _tr("half of the held-out events are after {date}").format(date=date_words(line.middle))
        middle = (_place(line.edges, line.middle), words)
    return BarsChart(bins, ticks, axes, _tr("held out"), log=log, lane=True, line=middle)


def _far_apart(counts: Sequence[int]) -> bool:
    """Whether most bars would be no more than a line on an axis that reaches the highest."""
    present = [count for count in counts if count]
    return len(present) > 1 and max(present) > FAR_APART * median(present)


def _place(edges: Sequence[float], value: float) -> float:
    """Where a value lies along bins between edges, in bins from the first edge on."""
    at = min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)
    return at + (value - edges[at]) / ((edges[at + 1] - edges[at]) or 1.0)


def spread_of(spread: Spread, what: tuple[str, str]) -> BarsChart:
    """How many there are of each size, the sizes doubling, both axes logarithmic."""
    names = [_tr("{size} events").format(size=name) for name in size_names(spread)]
    ticks = tuple((float(at), grouped(least)) for at, least in enumerate(spread.least))
    return BarsChart(tuple(map(Bin, names, spread.counts)), ticks, what, log=True)


def bars_of(bars: Bars, name: str, *, times: bool = False) -> BarsChart:
    """A distribution of numbers (or times), a bar for each value where they are few."""
    names = bar_names(bars, times=times)
    marked = bars.positive or (0,) * len(bars.counts)
    if bars.values:
        ticks = tuple((at + 0.5, value) for at, value in enumerate(bars.values))
    elif times:
        ends = bars.edges[0], bars.edges[-1]
        ticks = tuple((_place(bars.edges, at), text) for at, text in time_ticks(*ends, MOST_TICKS // 2))
    else:
        steps = range(0, len(bars.edges), max(1, len(bars.edges) // 4))
        ticks = tuple((float(at), short(bars.edges[at])) for at in steps)
    bins = tuple(map(Bin, names, bars.counts, marked))
    marks = _tr("of them a yes") if bars.positive else ""
    return BarsChart(bins, ticks, (name, _tr("rows")), marks, mark_colour="accent")


def values_of(bars: Bars) -> tuple[NamedCount, ...]:
    """The most frequent values, and last what all others come to."""
    marked: Sequence[int | None] = bars.positive or (None,) * len(bars.counts)
    found = [NamedCount(value, count, yes) for value, count, yes in zip(bars.values, bars.counts, marked, strict=True)]
    if bars.others:
        found.append(NamedCount(_tr("all others"), bars.others, rest=True))
    return tuple(found)


def log_sentence(found: LogProfile) -> str:
    """A log in one sentence."""
    counts = {"events": grouped(found.events), "users": grouped(found.users), "items": grouped(found.items)}
    if found.timeline is None:
        words = _tr(
            "{events} {events:event|events} of {users} {users:user|users} and {items} {items:item|items}, without"
            " times."
        )
        return filled_in(words, counts)
    ends = {"first": date_words(found.timeline.first), "last": date_words(found.timeline.last)}
    words = _tr(
        "{events} {events:event|events} of {users} {users:user|users} and {items} {items:item|items}, from {first} to"
        " {last} (UTC)."
    )
    return filled_in(words, counts | ends)


def table_sentence(found: TableProfile) -> str:
    """A table in one sentence."""
    counts = {"rows": grouped(found.rows), "columns": grouped(len(found.columns))}
    if found.label is None:
        return filled_in(_tr("{rows} {rows:row|rows} of {columns} {columns:column|columns}, without a label."), counts)
    yes = {"label": found.label.column, "wanted": found.label.wanted, "yes": grouped(found.label.positive)}
    words = _tr("{rows} {rows:row|rows} of {columns} {columns:column|columns}; “{label}” is {wanted} in {yes} of them.")
    return filled_in(words, counts | yes)


def is_chart(column: ColumnProfile) -> bool:
    """Whether a column's values stand in an order, so that they are bars side by side."""
    return column.kind in ("number", "time")
