"""The losses of all runs, and below them a line for each: where it has begun, and how far it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainterPath

from app.kit.charts.marks import apart
from app.kit.drawing.axes import LOG, Axes, AxisScale, axis_marks, range_of
from app.kit.drawing.cursor import CursorInput, CursorMark
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Line, Mark, Path, Polyline, Rectangle, Text, text_width
from app.kit.export import ExportTable
from app.kit.listing import listed
from app.kit.numbers import epoch_text, loss_text
from app.workspaces.playground.runs.model import RunShown, RunsShown, origin_text

LEFT, RIGHT, TOP, ROW, AXIS = 52.0, 132.0, 30.0, 22.0, 34.0
LEAST_PLOT = 110.0
EPOCH = "epoch"
"""The key of the epoch at which the present run stands."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Runs", text)


def draw_curves(data: RunsShown, frame: Frame) -> Drawing:
    """Draw the losses over the epochs, and below them the runs as a tree."""
    if not data.runs:
        return Drawing()
    last = max((run.epoch for run in data.runs), default=1.0) or 1.0
    lines = len(data.runs) * ROW
    across = AxisScale(0.0, last, LEFT, max(frame.width - RIGHT, LEFT + 40))
    foot = max(frame.height - lines - AXIS, TOP + 40)
    values = [value for run in data.runs for value in run.losses.mean.tolist() if isfinite(value) and value > 0]
    low, high = range_of(values, LOG)
    up = AxisScale(low, high, foot, TOP, LOG, low)
    axes = Axes(across, up)
    title = _tr("Test loss after each epoch")
    marks: list[Mark] = [
        Text(title, (LEFT, 4, across.end - LEFT, 18), 12.5, "text", "left middle", bold=True, elide=True),
        *axis_marks(axes, (), up.ticks(26.0)),
        *(
            Text(text, (across.place(x) - 30, foot + lines + 12, 60, 14), 10, "text_muted")
            for x, text in across.ticks(80.0)
        ),
        Text(_tr("epoch"), (across.end + 8, foot + lines + 12, RIGHT - 8, 14), 10, "text_muted", "left middle"),
    ]
    shown = data.shown
    in_order = sorted(data.runs, key=lambda run: run is shown)  # what the eye is on lies in front
    marks += [_curve(run, axes, ink(run, data)) for run in in_order]
    marks += _names(data, axes)
    marks += _tree(data, across, foot)
    marks += _moment(data, across, foot + lines)
    return Drawing(tuple(marks), _tr("Losses of the runs"), numbers=None, least=TOP + LEAST_PLOT + lines + AXIS)


def ink(run: RunShown, data: RunsShown) -> str:
    """The colour of a run's lines: all but the one that the eye is on are grey."""
    return "good" if run is data.shown else "text_muted 65%"


def _curve(run: RunShown, axes: Axes, colour: str) -> Polyline:
    points = axes.points(run.losses.epochs.tolist(), run.losses.mean.tolist())
    width = 2.2 if colour == "good" else 1.3
    return Polyline(points=points, stroke=colour, width=width, key=("curve", run.number), tip=run_tip(run), reach=4.0)


def run_tip(run: RunShown) -> str:
    """What a run is, in a line or two."""
    what = f"{run.letter} · {origin_text(run)}"
    figures = _tr("Epoch {epoch}, test loss {loss}").format(epoch=epoch_text(run.epoch), loss=_loss(run))
    return "\n".join(line for line in (what, listed(run.settings), figures) if line)


def _loss(run: RunShown) -> str:
    """The loss at its end."""
    return loss_text(float(run.losses.mean[-1])) if len(run.losses.mean) else "…"


@dataclass(frozen=True, slots=True)
class _Name:
    y: float
    run: RunShown
    first: bool = False


def _names(data: RunsShown, axes: Axes) -> list[Mark]:
    """Letter and last loss of each run beside the plot."""
    ends = [(run, float(run.losses.mean[-1])) for run in data.runs if len(run.losses.mean)]
    names = [_Name(axes.up.place(loss), run, run is data.shown) for run, loss in ends if isfinite(loss)]
    left = axes.across.end + 10
    return [
        Text(
            f"{name.run.letter}  {_loss(name.run)}", (left, y - 8, RIGHT - 12, 16), 11,
            "good" if name.first else "text_muted", "left middle", bold=name.first,
        )
        for y, name in apart(names, TOP - 8, axes.up.start + 8)
    ]  # fmt: skip


def _tree(data: RunsShown, across: AxisScale, top: float) -> list[Mark]:
    """A line for each run from where it begins to where it ends, hanging on the one that it has left."""
    rows = {run.letter: top + 16 + place * ROW for place, run in enumerate(data.runs)}
    marks: list[Mark] = []
    for run in data.runs:
        y, colour, is_shown = rows[run.letter], ink(run, data), run is data.shown
        width, begin, end = (3.0 if is_shown else 2.0), across.place(run.parted), across.place(run.epoch)
        if run.parent in rows:
            marks.append(_fork(begin, rows[run.parent], y, colour, width))
            begin += 8
        marks.append(Line((min(begin, end), y), (end, y), colour, width))
        marks.append(Disc(end, y, 4.0, fill="good" if is_shown else "text_muted"))
        text, room = listed(run.settings) or origin_text(run), RIGHT - 12
        marks.append(Text(run.letter, (LEFT - 30, y - 8, 22, 16), 11.5, "text", bold=True))
        marks.append(Text(text, (across.end + 10, y - 8, room, 16), 11, "text_muted", "left middle", elide=True))
        box = (LEFT - 34, y - ROW / 2, across.end - LEFT + 34 + RIGHT, ROW)
        marks.append(Rectangle(box, key=run.number, tip=run_tip(run)))
    return marks


def _fork(x: float, above: float, y: float, colour: str, width: float) -> Path:
    path = QPainterPath()
    path.moveTo(x, above)
    path.lineTo(x, y - 8 if y > above else y + 8)
    path.quadTo(x, y, x + 8, y)
    return Path(path, colour, width)


def _moment(data: RunsShown, across: AxisScale, foot: float) -> list[Mark]:
    """A line through the epoch at which the present run stands, to be dragged along it."""
    x, text = across.place(data.epoch), epoch_text(data.epoch)
    present = next((run for run in data.runs if run.number == data.present), None)
    if present is None or not present.epoch:
        return []
    moved = CursorInput(present.epoch / 50, (0.0, present.epoch))
    width = text_width(text, 11, bold=True) + 14
    plate = (x - width / 2, TOP - 10, width, 18.0)
    tip = _tr("Epoch of run {letter}: drag it to go back through its training").format(letter=present.letter)
    return [
        Line((x, TOP), (x, foot + 4), "accent", 1.5),
        Rectangle(plate, fill="accent", corner=9),
        Text(text, plate, 11, "readable accent", bold=True),
        CursorMark(across, data.epoch, text, moved, plate, key=EPOCH, tip=tip, target=(x - 6, TOP, 12, foot - TOP)),
    ]


def table_of(runs: Sequence[RunShown], regression: bool) -> ExportTable:
    """Every run with its figures."""
    header = (_tr("run"), _tr("began"), _tr("settings"), _tr("epochs"), _tr("test loss"), _score_name(regression))
    rows = [
        (run.letter, origin_text(run), listed(run.settings), run.epoch, run.test_loss, run.accuracy) for run in runs
    ]
    return ExportTable(header, rows)


def _score_name(regression: bool) -> str:
    return "R²" if regression else _tr("test accuracy")
