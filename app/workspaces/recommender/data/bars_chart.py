"""A histogram that is read bar by bar, with the pointer or the arrow keys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.charts.scale import Scale, scale_of
from app.kit.export import Table
from app.kit.listing import joined
from app.kit.look import tabular
from app.kit.numbers import grouped
from app.kit.widgets.painted import KeyFocus, Painted, draw_elided, set_pixels

LEFT, BOTTOM, TOP, RIGHT = 48, 18, 16, 8
LANE, LANE_GAP = 26, 5
GAP = 1.5


@dataclass(frozen=True, slots=True)
class Bin:
    """``name``: in full, for whoever points at it; ``marked``: how many of the ``count`` are of the marked sort."""

    name: str
    count: int
    marked: int = 0


@dataclass(frozen=True, slots=True)
class Histogram:
    """``ticks``: places along the bins (0 to their number) with a text; ``what``: the head of the column of names, and
    of the counts, in a table; ``marks``: what marked ones are, or nothing; ``lane``: whether these stand in a lane of
    their own, on a scale of their own, where among all they would be too few to be seen; ``line``: a place with its
    text."""

    bins: tuple[Bin, ...]
    ticks: tuple[tuple[float, str], ...]
    what: tuple[str, str]
    marks: str = ""
    mark_colour: str = "good"
    log: bool = False
    lane: bool = False
    line: tuple[float, str] | None = None


def _up_to(counts: NDArray[np.float64]) -> Scale:
    """A linear axis from 0 to above the highest bar: one that is cut off would look like any other that is."""
    return Scale(False, 0.0, 1.05 * float(counts.max(initial=0.0)) or 1.0)


class BarsChart(KeyFocus, Painted):
    """Bars from one axis upwards; the one pointed at is told in words above them."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Histogram((), (), ("", ""))
        self.pointed = -1
        self._scale = Scale(False, 0.0, 1.0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(140, 96)

    def show_histogram(self, shown: Histogram) -> None:
        """Draw another one."""
        counts = np.array([one.count for one in shown.bins], float)
        self._scale = scale_of(counts[counts > 0], log=True) if shown.log else _up_to(counts)
        self.shown, self.pointed = shown, -1
        said = [f"{one.name}: {grouped(one.count)}" for one in shown.bins if one.count]
        self.setAccessibleDescription(joined(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 150)

    def table(self) -> Table:
        """The bins and what is counted in them."""
        marks = (self.shown.marks,) if self.shown.marks else ()
        rows = [(one.name, one.count, *((one.marked,) if marks else ())) for one in self.shown.bins]
        return Table((*self.shown.what, *marks), rows)

    def said(self, index: int) -> str:
        """A bar in words."""
        one = self.shown.bins[index]
        words = f"{one.name}: {grouped(one.count)} {self.shown.what[1]}"
        return joined((words, f"{grouped(one.marked)} {self.shown.marks}")) if self.shown.marks else words

    # Painting -----------------------------------------------------------------------------------------------------

    @property
    def _plot(self) -> QRectF:
        lane = LANE + LANE_GAP if self.shown.lane else 0
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM - lane)

    def _height(self, plot: QRectF, value: float) -> float:
        """Where a value stands."""
        low, high = self._scale.low, self._scale.top
        place = float(self._scale.place(np.array([value]))[0])
        return plot.bottom() - (place - low) / (high - low) * plot.height()

    def paint(self, painter: QPainter) -> None:
        plot = self._plot
        if not self.shown.bins or plot.width() < 20 or plot.height() < 20:
            return
        set_pixels(painter, 10)
        painter.setFont(tabular(painter.font()))
        self._paint_scale(painter, plot)
        step = plot.width() / len(self.shown.bins)
        for index, one in enumerate(self.shown.bins):
            self._paint_bar(painter, plot, index, step, one)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        if self.shown.lane:
            self._paint_lane(painter, plot, step)
        self._paint_ticks(painter, plot, step)
        if self.shown.line is not None:
            self._paint_line(painter, plot, step, *self.shown.line)
        self._paint_pointed(painter, plot)
        if self.focused_by_key:
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -1.5, -1.5), 6, 6)

    def _paint_scale(self, painter: QPainter, plot: QRectF) -> None:
        low, high = self._scale.low, self._scale.top
        for place, text in self._scale.ticks(plot.height()):
            y = plot.bottom() - (place - low) / (high - low) * plot.height()
            painter.setPen(QPen(theme.colour("grid_dots"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.colour("text_muted"))
            box = QRectF(0, y - 8, LEFT - 6, 16)
            said = text if self._scale.log else grouped(place)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)

    def _paint_bar(self, painter: QPainter, plot: QRectF, index: int, step: float, one: Bin) -> None:
        if not one.count:
            return
        left = plot.left() + index * step
        wide = max(1.0, step - (GAP if step > 4 else 0.0))
        colour = theme.colour("accent")
        if index != self.pointed:
            colour.setAlpha(150)
        self._fill(painter, plot, left, wide, one.count, colour)
        if one.marked and not self.shown.lane:
            self._fill(painter, plot, left, wide, one.marked, theme.colour(self.shown.mark_colour))

    def _fill(self, painter: QPainter, plot: QRectF, left: float, wide: float, value: float, colour: QColor) -> None:
        top = min(self._height(plot, value), plot.bottom() - 1.0)  # what is there is seen
        painter.fillRect(QRectF(left, top, wide, plot.bottom() - top), colour)

    def _paint_lane(self, painter: QPainter, plot: QRectF, step: float) -> None:
        """The marked ones below the axis, the most of them as high as the lane."""
        lane = QRectF(plot.left(), plot.bottom() + LANE_GAP, plot.width(), LANE)
        painter.fillRect(lane, theme.colour("raised"))
        most = max(one.marked for one in self.shown.bins) or 1
        for index, one in enumerate(self.shown.bins):
            if not one.marked:
                continue
            high, colour = max(1.0, one.marked / most * LANE), theme.colour(self.shown.mark_colour)
            if index != self.pointed:
                colour.setAlpha(190)
            wide = max(1.0, step - (GAP if step > 4 else 0.0))
            painter.fillRect(QRectF(lane.left() + index * step, lane.bottom() - high, wide, high), colour)
        painter.setPen(theme.colour(self.shown.mark_colour))
        box = QRectF(0, lane.top(), LEFT - 4, LANE)
        draw_elided(painter, box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.shown.marks)

    def _paint_ticks(self, painter: QPainter, plot: QRectF, step: float) -> None:
        painter.setPen(theme.colour("text_muted"))
        free, below = -1e9, self.height() - BOTTOM + 2
        for place, text in self.shown.ticks:
            x = plot.left() + place * step
            wide = painter.fontMetrics().horizontalAdvance(text)
            left = min(max(x - wide / 2, plot.left() - LEFT / 2), plot.right() - wide + RIGHT)
            if left < free:
                continue
            painter.drawText(QRectF(left, below, wide + 2, BOTTOM - 3), Qt.AlignmentFlag.AlignLeft, text)
            free = left + wide + 8

    def _paint_line(self, painter: QPainter, plot: QRectF, step: float, place: float, text: str) -> None:
        x = plot.left() + place * step
        painter.setPen(QPen(theme.colour("good"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, self.height() - BOTTOM))
        if self.pointed >= 0:
            return
        set_pixels(painter, 10, QFont.Weight.DemiBold)
        wide = painter.fontMetrics().horizontalAdvance(text)
        left = x - wide - 6 if x + wide + 6 > plot.right() else x + 6
        painter.setPen(theme.colour("good"))
        painter.drawText(QRectF(left, 0, wide + 2, TOP), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_pointed(self, painter: QPainter, plot: QRectF) -> None:
        if self.pointed < 0:
            return
        set_pixels(painter, 11, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text"))
        box = QRectF(plot.left(), 0, plot.width(), TOP)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.said(self.pointed))

    # Reading ------------------------------------------------------------------------------------------------------

    def _point(self, index: int) -> None:
        if index != self.pointed:
            self.pointed = index
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot, count = self._plot, len(self.shown.bins)
        x = event.position().x() - plot.left()
        inside = count and 0 <= x < plot.width()
        self._point(int(x / plot.width() * count) if inside else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from bar to bar."""
        last = len(self.shown.bins) - 1
        places = {
            Qt.Key.Key_Left: max(self.pointed - 1, 0),
            Qt.Key.Key_Right: min(self.pointed + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in places and last >= 0:
            self._point(places[Qt.Key(event.key())])
            self.setAccessibleDescription(self.said(self.pointed))
        else:
            super().keyPressEvent(event)
