"""How a quantity of every network goes while it trains, and the moment that the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, isfinite, isnan, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy

from app.kit import theme
from app.kit.announce import announce
from app.kit.charts.marks import Ending, apart
from app.kit.charts.scale import Scale, scale_of
from app.kit.export import Table
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.kit.widgets.painted import KeyFocus, Painted, set_pixels
from app.workspaces.gradients.trend_lines import Beyond, Line, beyond, paint_beyond
from app.workspaces.gradients.words import ratio_text
from engine.graph.kinds.base import Array

LEFT, BOTTOM, TOP, ENDINGS, LETTER, NARROW = 44, 22, 8, 96, 22, 300
"""Pixels for the values at the left, the steps beneath, air above, and the names at the lines' ends."""
TICK_WIDTH, LEGEND = 56, 22
"""Pixels for a step's number, and above the curves for the numbers at the moment."""


class Trend(KeyFocus, Painted):
    """``moved(step)``: another moment, by dragging or by the arrow keys."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        """The curves shown."""
        self._steps = 1
        self._step = 0
        self._band: tuple[float, float] | None = None
        self._log = True
        self._scale = scale_of(np.zeros(0), log=True)
        self._floored = False
        self.waiting: tuple[str, ...] = ()
        """The names of those that have no curve yet."""
        self.starts: tuple[Line, ...] = ()
        """Where curves will begin, which is shown until there is one."""
        self._hint = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(self.tr("Drag to see the layers after so many steps; Left and Right go step by step"))

    def show_lines(
        self,
        lines: Sequence[Line],
        steps: int,
        *,
        log: bool,
        band: tuple[float, float] | None,
        hint: str,
        waiting: Sequence[str] = (),
        starts: Sequence[Line] = (),
    ) -> None:
        """Show these over so many steps. ``band``: values between which all is well. ``hint``: said where there is no
        line. ``waiting``: names of those that have none yet, which is said beside the others; ``starts``: where these
        will begin, where that is known."""
        self.waiting, self.starts = tuple(waiting), () if lines else tuple(starts)
        self.lines, self._steps, self._band, self._log, self._hint = tuple(lines), max(steps, 1), band, log, hint
        alone = all(line.broken for line in lines)
        finite = [values_of_interest(one.values, broken=one.broken, alone=alone) for one in lines]
        finite += [one.values[np.isfinite(one.values)] for one in self.starts]
        values = np.concatenate([*finite, np.array(band if band is not None and lines else ())])
        scale = scale_of(values, log=log)
        self._scale = whole(scale, values) if alone else scale
        self._floored = log and (self._scale.below or any(bool((one <= 0.0).any()) for one in finite))
        self.update()

    def set_step(self, step: int) -> None:
        """Show this moment."""
        if step != self._step:
            self._step = step
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 90)

    # Places -------------------------------------------------------------------------------------------------------

    def _plot(self) -> QRectF:
        top = LEGEND if self.lines else TOP
        return QRectF(LEFT, top, max(self.width() - LEFT - self._room, 20), max(self.height() - top - BOTTOM, 20))

    @property
    def _room(self) -> int:
        """Pixels for the names at the lines' ends: with their values, or where it is narrow the letters alone."""
        return ENDINGS if self.width() >= NARROW else LETTER

    def x_of(self, step: float) -> float:
        """Where a step stands."""
        return self._plot().left() + step / self._steps * self._plot().width()

    def step_at(self, x: float) -> int:
        """The step at a place."""
        share = (x - self._plot().left()) / self._plot().width()
        return round(min(max(share, 0.0), 1.0) * self._steps)

    @property
    def _low(self) -> float:
        """The axis' lower end: below its decades there is a floor for 0 only where something lies on it."""
        return self._scale.low if self._floored else self._scale.bottom

    def _y(self, place: float) -> float:
        plot, scale = self._plot(), self._scale
        return plot.bottom() - (place - self._low) / (scale.top - self._low) * plot.height()

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Heights in pixels and numbers of the vertical axis."""
        found = self._scale.ticks(self._plot().height())
        return [(self._y(place), text) for place, text in found if place >= self._low]

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        self._paint_axes(painter)
        if not self.lines:
            self._paint_endings(painter, self.beginnings, self._plot().left() + 8)
            set_pixels(painter, 12, QFont.Weight.Normal)
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(self._plot(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
            return
        for line in self.lines:
            self._paint_line(painter, line)
        self._paint_endings(painter, self.endings, self._plot().right() + 8)
        self._paint_moment(painter)
        paint_beyond(painter, [(self.x_of(one.step), one) for one in self.beyond], self._plot())

    @property
    def beyond(self) -> list[Beyond]:
        """The lines that go on above the axis, each with the largest value that it comes to."""
        return [found for one in self.lines if (found := beyond(one, self._scale)) is not None]

    @property
    def endings(self) -> list[Ending]:
        """The names at the lines' ends, and what is said of those that have no line."""
        endings, bottom = [], self._plot().bottom()
        for line in self.lines:
            last, value = len(line.values) - 1, float(line.values[-1])
            told = self.tr("broke down") if line.broken else ratio_text(value)
            name = f"{line.label} {told}" if self._room == ENDINGS else line.label
            place = self._scale.top if not isfinite(value) else float(self._scale.place(line.values[-1:])[0])
            above = beyond(line, self._scale)
            y, x = self._y(place), None if above is not None and above.step == last else self.x_of(last)
            placed = line.broken or not isnan(value)  # what is no number has no place
            endings.append(Ending(y, name, line.colour, x=x) if placed else Ending(bottom, name, line.colour))
        if self._room == ENDINGS:
            later, muted = self.tr("{name} not yet"), theme.colour("text_muted")
            endings += [Ending(bottom, later.format(name=one), muted) for one in self.waiting]
        return endings

    def _paint_axes(self, painter: QPainter) -> None:
        plot = self._plot()
        painter.setPen(Qt.PenStyle.NoPen)
        if self._band is not None and self.lines:
            low, high = (self._y(float(self._scale.place(np.array([end]))[0])) for end in self._band)
            tint = QColor(theme.colour("good"))
            tint.setAlphaF(0.12)
            painter.fillRect(QRectF(plot.left(), high, plot.width(), low - high), tint)
        set_pixels(painter, 10)
        for y, text in self.ticks:
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.colour("text_muted"))
            box = QRectF(0, y - 8, LEFT - 9, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        stride = round_stride(self._steps, max(1, int(plot.width() // TICK_WIDTH)))
        for step in range(0, self._steps + 1, stride):
            box = QRectF(self.x_of(step) - 30, plot.bottom() + 6, 60, 14)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, grouped(step))
        box = QRectF(0, plot.bottom() + 6, LEFT - 10, 14)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.tr("steps"))

    def _paint_line(self, painter: QPainter, line: Line) -> None:
        path, open_ = QPainterPath(), False
        places = self._scale.place(line.values)
        stride = max(1, len(places) // 600)
        for step in [*range(0, len(places), stride), len(places) - 1]:
            if not isfinite(places[step]):
                open_ = False
                continue
            point = QPointF(self.x_of(step), self._y(float(places[step])))
            path.lineTo(point) if open_ else path.moveTo(point)
            open_ = True
        style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(line.colour, 1.8, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    @property
    def beginnings(self) -> list[Ending]:
        """Where curves will begin, and what they are there."""
        places = [(one, float(self._scale.place(one.values[:1])[0])) for one in self.starts]
        x = self.x_of(0)
        return [
            Ending(self._y(place), f"{one.label} {ratio_text(float(one.values[0]))}", one.colour, x=x)
            for one, place in places
            if isfinite(place)
        ]

    def _paint_endings(self, painter: QPainter, endings: list[Ending], left: float) -> None:
        set_pixels(painter, 11, QFont.Weight.DemiBold)
        plot = self._plot()
        for y, ending in apart(endings, plot.top() - 4, plot.bottom() + 6):
            if ending.x is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ending.colour)
                painter.drawEllipse(QPointF(ending.x, ending.y), 2.5, 2.5)
            painter.setPen(ending.colour)
            painter.drawText(QRectF(left, y - 7, ENDINGS - 8, 14), Qt.AlignmentFlag.AlignVCenter, ending.text)

    def _paint_moment(self, painter: QPainter) -> None:
        plot, x = self._plot(), self.x_of(min(self._step, self._steps))
        painter.setPen(QPen(theme.colour("text"), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "text"), 1.5))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(x, plot.bottom()), 4.5, 4.5)
        self._paint_values(painter, x)

    def _paint_values(self, painter: QPainter, x: float) -> None:
        """What every line is at the moment: a dot on it, and the number in the line above."""
        for line in self._met:
            place = float(self._scale.place(line.values[self._step : self._step + 1])[0])
            painter.setPen(QPen(theme.colour("surface"), 1.0))
            painter.setBrush(line.colour)
            painter.drawEllipse(QPointF(x, self._y(place)), 3.5, 3.5)
        self._paint_legend(painter)

    def _paint_legend(self, painter: QPainter) -> None:
        """The numbers at the moment stand above the plot, where no curve is; what has no room is left out."""
        pieces = [(self.tr("step {step}").format(step=grouped(self._step)), theme.colour("text_muted"))]
        pieces += [(f"{one.label} {mark}", one.colour) for one, mark in zip(self._met, self.marks, strict=True)]
        set_pixels(painter, 11, QFont.Weight.DemiBold)
        metrics, x = painter.fontMetrics(), self._plot().left()
        for text, ink in pieces:
            width = metrics.horizontalAdvance(text) + 2
            if x + width > self.width():
                return
            painter.setPen(ink)
            painter.drawText(QRectF(x, 1, width, LEGEND - 6), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 12

    # Hands --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.lines:
            self.moved.emit(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.lines:
            self.moved.emit(self.step_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        change = {
            Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1, Qt.Key.Key_PageUp.value: -10,
            Qt.Key.Key_PageDown.value: 10, Qt.Key.Key_Home.value: -self._steps, Qt.Key.Key_End.value: self._steps,
        }.get(event.key())  # fmt: skip
        if change is None or not self.lines:
            super().keyPressEvent(event)
            return
        step = min(max(self._step + change, 0), self._steps)
        self.moved.emit(step)
        announce(self, self._spoken(step))

    def _spoken(self, step: int) -> str:
        values = [f"{one.label} {ratio_text(float(one.values[step]))}" for one in self.lines if step < len(one.values)]
        return self.tr("Step {step}: {values}").format(step=step, values=listed(values))

    def table(self) -> Table:
        """Step by step, the value of every line; empty where a line has ended."""
        header = ("step", *(one.label for one in self.lines))
        longest = max((len(one.values) for one in self.lines), default=0)
        rows = [
            [step, *(float(one.values[step]) if step < len(one.values) else "" for one in self.lines)]
            for step in range(longest)
        ]
        return Table(header, rows)

    @property
    def _met(self) -> list[Line]:
        """The lines that go through the moment, but for those that end there, where their names say it."""
        return [one for one in self.lines if self._step < len(one.values) - 1 and isfinite(one.values[self._step])]

    @property
    def marks(self) -> list[str]:
        """The numbers at the moment."""
        return [ratio_text(float(one.values[self._step])) for one in self._met]

    @property
    def scale_shown(self) -> Scale:
        """The vertical axis."""
        return self._scale


FARTHEST = 1e6


def values_of_interest(values: Array, *, broken: bool, alone: bool) -> Array:
    """The finite ``values`` (steps + 1,) that an axis is made for: of a run that is ``broken``, beside those that are
    not, none that are beyond :data:`FARTHEST`, where it leaves the picture. ``alone``: there is no other run."""
    finite = values[np.isfinite(values)]
    return finite[finite <= FARTHEST] if broken and not alone else finite


def whole(scale: Scale, values: Array) -> Scale:
    """A log axis down to the least of the positive ``values`` (n,), however many decades that are: of runs that all
    break down it is seen from where to where they go."""
    positive = values[values > 0.0]
    if not scale.log or not positive.size:
        return scale
    return replace(scale, bottom=min(scale.bottom, float(floor(log10(float(positive.min()))))), below=False)


def round_stride(steps: int, most: int) -> int:
    """The least of 1, 2, 5, 10, 20 … so that ``steps`` have at most about so many numbers."""
    rough = max(1, ceil(steps / most))
    size = int(10 ** (len(str(rough)) - 1))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
