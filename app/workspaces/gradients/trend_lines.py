"""A network's curve, and the mark where it goes on above the axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPolygonF

from app.kit import theme
from app.kit.charts.scale import Scale
from app.kit.widgets.painted import set_pixels
from app.workspaces.gradients.words import ratio_text
from engine.graph.kinds.base import Array

ARROW, HEIGHT = 4.5, 13.0
"""Pixels: half of an arrow's width, and the height of what is said beside it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One network's curve: ``values`` (steps + 1,). ``broken``: it ended there because it broke down. ``dashed``: it
    lies on another."""

    label: str
    colour: QColor
    values: Array
    broken: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Beyond:
    """What lies above the axis: the ``step`` at which a line is highest, and its ``text``."""

    step: int
    value: float
    text: str
    colour: QColor


def beyond(line: Line, scale: Scale) -> Beyond | None:
    """Where a line leaves the picture upwards, and how far it goes; None where all of it is in sight."""
    known = np.where(np.isnan(line.values), -np.inf, line.values)
    step = int(np.argmax(known))
    value = float(known[step])
    with np.errstate(divide="ignore", invalid="ignore"):
        place = float(np.log10(known[step])) if scale.log else value
    if not place > scale.top + 1e-9:
        return None
    return Beyond(step, value, f"{line.label} {ratio_text(value)}", line.colour)


def paint_beyond(painter: QPainter, marks: Sequence[tuple[float, Beyond]], plot: QRectF) -> None:
    """Arrows at the upper end, at places in pixels, with the values beside them: none upon another."""
    set_pixels(painter, 11, QFont.Weight.DemiBold)
    taken: list[QRectF] = []
    for x, mark in sorted(marks, key=lambda one: one[0]):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark.colour)
        tip = QPointF(x, plot.top() - 5)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(ARROW, 8), tip + QPointF(-ARROW, 8)]))
        box = _room(x, painter.fontMetrics().horizontalAdvance(mark.text) + 4.0, plot, taken)
        taken.append(box)
        painter.fillRect(box, theme.colour("surface"))
        painter.setPen(mark.colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.text)


def _room(x: float, width: float, plot: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """Right of an arrow, or left of it where there is no room; below what stands there."""
    left = x + ARROW + 3 if x + ARROW + 3 + width <= plot.right() else x - ARROW - 3 - width
    box = QRectF(left, plot.top() + 2, width, HEIGHT)
    while any(box.intersects(one) for one in taken):
        box.translate(0.0, HEIGHT)
    return box
