"""From a profile to what the charts are shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from statistics import median

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import grouped, short
from app.workspaces.recommender.data.bars_chart import BarsChart, Bin
from app.workspaces.recommender.data.value_bars import NamedCount
from app.workspaces.recommender.data.words import bar_names, date_words, moment_words, size_names, time_ticks
from engine.recommenders.data.profile.shapes import Bars, ColumnProfile, LogProfile, Spread, TableProfile, TimeLine

MOST_TICKS = 9
FAR_APART = 50.0
"""The highest bar over the middle one, from which on the axis is logarithmic."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("DataReading", text)


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
        words = _tr("half of the held out come after {date}").format(date=date_words(line.middle))
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
        return _tr("{events} events of {users} users and {items} items, without times.").format(**counts)
    ends = {"first": date_words(found.timeline.first), "last": date_words(found.timeline.last)}
    words = _tr("{events} events of {users} users and {items} items, from {first} to {last} (UTC).")
    return words.format(**counts, **ends)


def table_sentence(found: TableProfile) -> str:
    """A table in one sentence."""
    counts = {"rows": grouped(found.rows), "columns": grouped(len(found.columns))}
    if found.label is None:
        return _tr("{rows} rows of {columns} columns, without a label.").format(**counts)
    yes = {"label": found.label.column, "wanted": found.label.wanted, "yes": grouped(found.label.positive)}
    words = _tr("{rows} rows of {columns} columns; “{label}” is {wanted} in {yes} of them.")
    return words.format(**counts, **yes)


def is_chart(column: ColumnProfile) -> bool:
    """Whether a column's values stand in an order, so that they are bars side by side."""
    return column.kind in ("number", "time")
