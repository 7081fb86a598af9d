"""Two logarithmic axes in seconds with their diagonal, on which a prediction is true."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import LOG, Axes, AxisScale, axis_marks, range_of
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Group, Line, Mark, call

LEFT, BOTTOM, TOP, RIGHT = 40.0, 34.0, 6.0, 10.0
LEAST = 0.01
"""Seconds; less stands at the axis' end."""
Range = tuple[float, float]


def seconds_axes(frame: Frame, ends: Range) -> Axes:
    """Return axes that fill a widget: predicted seconds to the right, true seconds upwards."""
    right, bottom = max(frame.width - RIGHT, LEFT + 1), max(frame.height - BOTTOM, TOP + 1)
    return Axes(AxisScale(*ends, LEFT, right, LOG, LEAST), AxisScale(*ends, bottom, TOP, LOG, LEAST))


def ends_of(times: Iterable[float]) -> Range:
    """Return ends for the axes round all times."""
    return range_of(times, LOG, LEAST)


def axes_group(axes: Axes) -> Group:
    """Return the axes as marks. Both have the ticks of the wider one."""
    return Group(call(_marks, axes), cached=True)


def _marks(axes: Axes) -> tuple[Mark, ...]:
    ticks = axes.across.ticks()
    titles = _tr("predicted seconds"), _tr("true seconds")
    start, end = (axes.across.start, axes.up.start), (axes.across.end, axes.up.end)
    return (*axis_marks(axes, ticks, ticks, titles), Line(start, end, "text_muted", 1.2, dashed=True))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScatterPlot", text)
