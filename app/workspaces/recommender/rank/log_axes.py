"""A square of two logarithmic axes in seconds, with its diagonal: on it is as predicted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.kit import theme
from app.kit.look import font, tabular
from app.kit.numbers import grouped, plain

LEFT, BOTTOM, TOP, RIGHT = 40.0, 34.0, 6.0, 10.0
LEAST = 0.01
"""Seconds; what is less stands at the axis' end."""
TICK_GAP = 34.0
AIR = 0.06


@dataclass(frozen=True, slots=True)
class LogAxes:
    """Both axes go from 10^``low`` to 10^``high`` seconds."""

    box: QRectF
    low: float
    high: float

    def share(self, seconds: float) -> float:
        """How far along an axis a time stands, 0 to 1; those beyond the ends at the ends."""
        exponent = math.log10(max(seconds, LEAST))
        return min(1.0, max(0.0, (exponent - self.low) / (self.high - self.low)))

    def at(self, across: float, up: float) -> QPointF:
        """Where a pair of times stands."""
        return QPointF(
            self.box.left() + self.share(across) * self.box.width(),
            self.box.bottom() - self.share(up) * self.box.height(),
        )

    @property
    def ticks(self) -> list[float]:
        """Round times with room between them."""
        room = max(self.box.width(), 1.0) / (self.high - self.low)
        factors = (1.0, 2.0, 5.0) if room > 6 * TICK_GAP else (1.0, 3.0) if room > 2.4 * TICK_GAP else (1.0,)
        decades = range(math.floor(self.low), math.ceil(self.high) + 1)
        every = [factor * 10.0**decade for decade in decades for factor in factors]
        return [seconds for seconds in every if self.low <= math.log10(seconds) <= self.high]


def ends_of(times: Iterable[float]) -> tuple[float, float]:
    """Exponents of ten between which all of some times stand, with some air round them."""
    exponents = [math.log10(max(time, LEAST)) for time in times if time == time]
    if not exponents:
        return 0.0, 3.0
    low, high = min(exponents), max(exponents)
    air = max(AIR * (high - low), 0.05)
    return low - air, high + air


def axes_in(width: float, height: float, ends: tuple[float, float]) -> LogAxes:
    """Axes in a widget of this size; as wide as there is room for, as the two need not be of one length."""
    return LogAxes(QRectF(LEFT, TOP, max(width - LEFT - RIGHT, 1.0), max(height - TOP - BOTTOM, 1.0)), *ends)


def seconds_tick(seconds: float) -> str:
    """A time on an axis."""
    return grouped(seconds) if seconds >= 1000 else plain(seconds)


def paint_axes(painter: QPainter, axes: LogAxes, across: str, up: str) -> None:
    """Grid, numbers, diagonal, and what stands along each axis, in seconds."""
    box = axes.box
    painter.setFont(tabular(font(10)))
    for seconds in axes.ticks:
        place = axes.at(seconds, seconds)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawLine(QPointF(place.x(), box.top()), QPointF(place.x(), box.bottom()))
        painter.drawLine(QPointF(box.left(), place.y()), QPointF(box.right(), place.y()))
        painter.setPen(theme.colour("text_muted"))
        text = seconds_tick(seconds)
        painter.drawText(QRectF(place.x() - 24, box.bottom() + 2, 48, 14), Qt.AlignmentFlag.AlignCenter, text)
        beside = QRectF(0, place.y() - 8, LEFT - 5, 16)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    painter.setPen(QPen(theme.colour("text_muted"), 1.2, Qt.PenStyle.DashLine))
    painter.drawLine(box.bottomLeft(), box.topRight())
    painter.setFont(font(10.5))
    painter.setPen(theme.colour("text_muted"))
    below = QRectF(box.left(), box.bottom() + 17, box.width(), 15)
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, across)
    painter.drawText(box.adjusted(6, 3, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, up)
