"""Names with a bar and a count each, the longest first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text, call
from app.kit.export import Table
from app.kit.listing import joined
from app.kit.numbers import grouped, percent

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
        numbers=call(_table, data),
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


def _table(data: ValueCounts) -> Table:
    marked = any(count.marked is not None for count in data.counts)
    header = (*data.heads, _tr("yes")) if marked else data.heads
    return Table(header, [(count.name, count.count, *((count.marked,) if marked else ())) for count in data.counts])


def _tr(text: str) -> str:
    return QCoreApplication.translate("ValueBars", text)
