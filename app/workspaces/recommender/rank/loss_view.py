"""Weighted per-user loss of several towers, here and in the paper: two axes, as only the order can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import AxisScale, error_bar
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, call
from app.kit.export import Table
from app.kit.numbers import NOTHING, fixed

HEAD, FOOT, MOST_LINE, LEAST_LINE = 20.0, 16.0, 26.0, 15.0
NAME, VALUE, GAP = 0.25, 44.0, 16.0
"""The names' share of the width; pixels of a number, and between the two halves."""


@dataclass(frozen=True, slots=True)
class LossLine:
    """A model: ``paper`` and ``ours``, with its standard ``error``, in per cent; None where there is none. ``own``:
    the network that is open."""

    name: str
    paper: float | None
    ours: float | None
    error: float = 0.0
    own: bool = False


def draw_tower_losses(lines: tuple[LossLine, ...], frame: Frame) -> Drawing:
    """Draw a line for each model: the paper's loss at the left, ours with its standard error at the right."""
    if not lines:
        return Drawing()
    width, high = float(frame.width), (frame.height - HEAD - FOOT) / len(lines)
    height = min(MOST_LINE, max(LEAST_LINE, high))
    names = NAME * width
    half = (width - names - 2 * VALUE - 2 * GAP) / 2
    right = names + GAP / 2 + half + VALUE + GAP
    marks: list[Mark] = []
    for row, line in enumerate(lines):
        top, ink = HEAD + row * height, "text" if line.ours is not None else "text_muted"
        marks.append(Rectangle((0, top, width, height), key=row, tip=_words(line)))
        box = (0.0, top, names - 4, height)
        marks.append(Text(line.name, box, 12, ink, "right middle", bold=line.own, elide=True))
    paper = _half(lines, names + GAP / 2, half, height, ours=False)
    ours = _half(lines, right, half, height, ours=True)
    said = "; ".join(_words(line) for line in lines)
    return Drawing((*marks, *paper, *ours), description=said, numbers=call(_table, lines))


def _half(lines: tuple[LossLine, ...], left: float, width: float, height: float, *, ours: bool) -> list[Mark]:
    """Return the losses of the paper, or ours, on their own axis."""
    head = _tr("here") if ours else _tr("in the paper")
    marks: list[Mark] = [Text(head, (left, 0, width + VALUE, HEAD - 3), 11, "text_muted", "left middle", bold=True)]
    values = [line.ours if ours else line.paper for line in lines]
    known = [value for value in values if value is not None]
    if not known:
        return marks
    air, bottom = 0.08 * (max(known) - min(known)) or 1.0, HEAD + height * len(lines)
    across = AxisScale(min(known) - air, max(known) + air, left, left + width)
    ticks = [(across.place(value), text) for value, text in across.ticks(30.0)]
    marks.append(Lines(tuple((x, HEAD, x, bottom) for x, _ in ticks), "border"))
    marks += [Text(text, (x - 24, bottom + 1, 48, 14), 10, "text_muted") for x, text in ticks]
    for row, (line, value) in enumerate(zip(lines, values, strict=True)):
        marks += _value(line, value, across, HEAD + (row + 0.5) * height, height, ours=ours)
    return marks


def _value(
    line: LossLine, value: float | None, across: AxisScale, middle: float, height: float, *, ours: bool
) -> list[Mark]:
    box, own = (across.end + 2, middle - height / 2, VALUE, height), line.own and ours
    if value is None:
        return [Text(NOTHING, box, 12, "text_muted", "right middle", bold=own)]
    ink, marks = "accent" if own else "text_muted", [Text(fixed(value, 1), box, 12, "text", "right middle", bold=own)]
    whiskers: list[Mark] = []
    if ours and line.error > 0.0:
        whiskers.append(error_bar(across, value, line.error, middle, ink, half=3.0))
    return [*marks, *whiskers, Disc(across.place(value), middle, 4.35, ink)]


def _words(line: LossLine) -> str:
    return _tr("{name}: paper {paper}, here {ours}").format(
        name=line.name, paper=_percent(line.paper), ours=_percent(line.ours)
    )


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{fixed(value, 1)} %"


def _table(lines: tuple[LossLine, ...]) -> Table:
    nan = float("nan")
    rows = [
        (line.name, nan if line.paper is None else line.paper, nan if line.ours is None else line.ours, line.error)
        for line in lines
    ]
    return Table(("model", "paper_percent", "ours_percent", "standard_error"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LossView", text)
