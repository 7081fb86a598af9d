"""The units of a layer beside one another: how often each is on, and which are in trouble."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from PySide6.QtCore import QCoreApplication, Qt

from app.kit.capitals import in_capitals
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Mark, Rectangle, Text, call, text_width
from app.kit.listing import joined
from app.kit.numbers import grouped, percent

HEAD, LABEL, SHARE, GAP = 18.0, 15.0, 14.0, 5.0
LABELLED, NUMBERED = 8, 32
"""Up to so many units have number and share written beneath them, or the number alone; more are plain bars."""
ROW = 16
TALL, SHORT = 30.0, 22.0
WIDEST = 40.0
HATCH = 5.0
INKS = {"dead": "danger", "saturated": "warning", "overgrown": "danger"}


@dataclass(frozen=True, slots=True)
class UnitsStrip:
    """``on``: each unit's share, 0 … 1. ``trouble``: by unit, ``dead``, ``saturated`` or ``overgrown``. ``between``: on
    means between two thresholds, as for tanh, rather than above one. ``selected``: the unit chosen on the canvas."""

    on: tuple[float, ...] = ()
    trouble: Mapping[int, str] = field(default_factory=dict)
    between: bool = False
    selected: int | None = None


def draw_units(strip: UnitsStrip, frame: Frame) -> Drawing:
    """Draw a bar for each unit, filled as often as it is on; the keys are the units."""
    count = len(strip.on)
    columns = min(count, ROW) if LABELLED < count <= NUMBERED else max(count, 1)
    line = TALL + LABEL + SHARE if count <= LABELLED else SHORT + LABEL if count <= NUMBERED else TALL + GAP
    return Drawing(
        (*_head(strip.between), *(mark for unit in range(count) for mark in _unit(strip, unit, columns, line, frame))),
        description=joined(f"{grouped(unit + 1)} {_word(trouble)}" for unit, trouble in sorted(strip.trouble.items())),
        order=tuple(range(count)),
        current=strip.selected,
        arrows_choose=True,
        height=HEAD + math.ceil(count / columns) * line,
    )


def _head(between: bool) -> tuple[Mark, ...]:
    head = in_capitals(_tr("Units"))
    share = _tr("share of points at which each is not flat") if between else _tr("share of points that switch each on")
    left = text_width(head, 11, bold=True) + 5
    return (
        Text(head, (0, 0, left, HEAD - 4), 11, "text_muted", "left middle", bold=True),
        Text(f"· {share}", (left, 0, 400, HEAD - 4), 11, "text_muted", "left middle"),
    )


def _unit(strip: UnitsStrip, unit: int, columns: int, line: float, frame: Frame) -> list[Mark]:
    few, numbered = len(strip.on) <= LABELLED, len(strip.on) <= NUMBERED
    row, column = divmod(unit, columns)
    pitch = min(frame.width / columns, WIDEST if few else frame.width)
    gap = GAP if few else 3.0 if numbered else min(1.0, 0.2 * pitch)
    left, top, wide = column * pitch, HEAD + row * line, max(pitch - gap, 1.0)
    high = SHORT if numbered and not few else TALL
    corner, share, trouble = min(4.0, wide / 4), strip.on[unit], strip.trouble.get(unit)
    chosen = unit == strip.selected
    rim = INKS[trouble] if trouble else "accent" if chosen or unit == frame.pointed else ""
    marks: list[Mark] = [Rectangle((left, top, wide, high), "track", corner=corner)]
    if trouble == "dead":
        marks.append(Group(call(_hatch, wide, high), clip=(0, 0, wide, high), shift=(left, top)))
    elif share > 0:
        filled = share * high
        marks.append(Rectangle((left, top + high - filled, wide, filled), "positive 55%", corner=corner))
    marks.append(
        Rectangle(
            (left, top, wide, high), "", rim, 2.0 if chosen else 1.4, corner, dashed=trouble == "saturated", key=unit,
            tip=call(_tip, unit, share, trouble), target=(left, top, wide, line),
            cursor=Qt.CursorShape.PointingHandCursor,
        )
    )  # fmt: skip
    if numbered:
        ink, size = INKS.get(trouble or "", "text"), 11 if few else 10
        number = (left - 3, top + high + 1, wide + 6, LABEL - 1)
        marks.append(Text(grouped(unit + 1), number, size, ink, bold=few or chosen))
    if few:
        marks.append(Text(percent(share), (left - 4, top + high + LABEL, wide + 8, SHARE), 11, ink))
    return marks


def _hatch(wide: float, high: float) -> list[Mark]:
    starts = takewhile(lambda start: start < wide + high, (HATCH * place for place in range(1, 1000)))
    ends = tuple((start, 0.0, start - high, high) for start in starts)
    return [Rectangle((0, 0, wide, high), "surface"), Lines(ends, "danger 50%", 1.2)]


def _tip(unit: int, share: float, trouble: str | None) -> str:
    text = _tr("Unit {unit}: on for {share} of the training points")
    text = text.format(unit=grouped(unit + 1), share=percent(share))
    return text if trouble is None else joined((text, _word(trouble)))


def _word(trouble: str) -> str:
    return {"dead": _tr("dead"), "saturated": _tr("saturated"), "overgrown": _tr("overgrown")}[trouble]


def _tr(text: str) -> str:
    return QCoreApplication.translate("UnitsStrip", text)
