"""What a line chart paints over its curves: names at their ends, marks, where the axis breaks, what is out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from app.kit import theme
from app.kit.charts.marks import (
    LINE,
    TRIANGLE,
    CurveEnding,
    EpochMark,
    apart,
    beside_arrow,
    name_box,
    paint_break,
    paint_endings,
    paint_marks,
    placed,
)
from app.kit.charts.scale import ChartScale
from app.kit.charts.series import Floats, Series, index_at, last_point
from app.kit.numbers import plain, short
from engine.formats.progress import Curve


class Shown(Protocol):
    """What of a chart is painted over: its curves and moments, its axis, and where all of that stands in pixels."""

    @property
    def series(self) -> tuple[Series, ...]: ...
    @property
    def marks(self) -> tuple[EpochMark, ...]: ...
    @property
    def scale_shown(self) -> ChartScale: ...
    @property
    def to_come(self) -> tuple[float, float] | None: ...
    def pixel_x(self, epoch: float) -> float: ...
    def pixel_y(self, value: float) -> float: ...
    def plot_box(self) -> QRectF: ...
    def font(self) -> QFont: ...
    def width(self) -> int: ...
    def getPlotItem(self) -> Any: ...  # pyqtgraph's, untyped


PIXELS = 10
PLANNED_MARGIN = 28
"""Room for the axis' last number where it stands at the plot's very edge."""
SHADE_OPACITY = 22
"""Of 255."""
DOT, MOST_DOTS = 2.3, 60
"""Radius in pixels; more of them on one line would be a thick line."""
RING = 4.2
LEAST_LABEL, MOST_LABEL = 104, 0.2
"""Of a line's label at its end: so many pixels there are always, else so much of the chart's width at the most."""
MARKS_HEIGHT = LINE + TRIANGLE + 1
STEP = 12
"""The margin for the names changes by so many pixels, so that a digit more does not shake the plot."""


class Overlay:
    """Paints in the chart's own pixels, and keeps the margins that its words need."""

    def __init__(self, chart: Shown) -> None:
        self._chart = chart
        self._curves: Sequence[Curve] = ()
        self._ends: tuple[tuple[float, float] | None, ...] = ()
        self._beyond: tuple[list[float], list[float], list[float]] = ([], [], [])
        self._margins = (-1, -1)

    @property
    def _font(self) -> QFont:
        font = QFont(self._chart.font())
        font.setPixelSize(PIXELS)
        return font

    def follow(self, curves: Sequence[Curve]) -> None:
        """These are the lines as they are drawn. They are painted more often than they change."""
        self._curves = curves
        ends = [last_point(curve) for curve in curves]
        self._ends = tuple(
            (float(curve.epochs[at]), float(curve.mean[at])) if at >= 0 else None
            for curve, at in zip(curves, ends, strict=True)
        )
        scale = self._chart.scale_shown
        self._beyond = (
            self._epochs(np.isinf),
            self._epochs(lambda mean: mean < scale.bottom) if scale.below and not scale.log else [],
            self._epochs(lambda mean: mean > scale.highest) if scale.above else [],
        )
        metrics = QFontMetrics(self._font)
        words = max((metrics.horizontalAdvance(self._name(line, metrics)) for line in self._chart.series), default=0)
        least = PLANNED_MARGIN if self._chart.to_come is not None else 6
        right = 14 + -(-words // STEP) * STEP if words else least
        top = MARKS_HEIGHT if self._chart.marks else 6
        if (right, top) != self._margins:
            self._margins = (right, top)
            self._chart.getPlotItem().setContentsMargins(0, top, right, 0)
            self._chart.getPlotItem().layout.activate()

    def _name(self, line: Series, metrics: QFontMetrics) -> str:
        """A line's name, its label elided so that the plot keeps its room; the read-out has the whole of it."""
        most = max(LEAST_LABEL, round(MOST_LABEL * self._chart.width()))
        return line.named(metrics.elidedText(line.label, Qt.TextElideMode.ElideMiddle, most))

    def paint(self, painter: QPainter) -> None:
        """Everything, over the curves."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        chart, box = self._chart, self._chart.plot_box()
        scale = chart.scale_shown
        if scale.log:
            paint_break(painter, box.left(), (chart.pixel_y(0.0) + chart.pixel_y(10.0**scale.bottom)) / 2)
        self._paint_to_come(painter, box)
        if any(self._ends):
            self._paint_dots(painter, box)
            self._paint_rings(painter, box)
            self._paint_marks(painter, box)
            self._paint_beyond(painter, box)
            self._paint_endings(painter, box)

    def _paint_to_come(self, painter: QPainter, box: QRectF) -> None:
        """A shade over the epochs that are planned and not done yet."""
        if self._chart.to_come is None:
            return
        done, planned = (self._chart.pixel_x(epoch) for epoch in self._chart.to_come)
        left, right = max(done, box.left()), min(planned, box.right())
        if right - left < 1.0:
            return
        shade = QColor(theme.colour("text_muted"))
        shade.setAlpha(SHADE_OPACITY)
        painter.fillRect(QRectF(left, box.top(), right - left, box.height()), shade)
        if done >= box.left():
            painter.setPen(QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(left, box.top()), QPointF(left, box.bottom()))

    def _paint_dots(self, painter: QPainter, box: QRectF) -> None:
        """Where the lines that want it were measured."""
        chart = self._chart
        painter.setPen(Qt.PenStyle.NoPen)
        for line, curve in zip(chart.series, self._curves, strict=True):
            if not line.dots or len(curve.steps) > MOST_DOTS:
                continue
            painter.setBrush(line.colour)
            for epoch, value in zip(curve.epochs[curve.count > 0], curve.mean[curve.count > 0], strict=True):
                at = QPointF(chart.pixel_x(float(epoch)), chart.pixel_y(float(value)))
                if box.contains(at):
                    painter.drawEllipse(at, DOT, DOT)

    def _paint_rings(self, painter: QPainter, box: QRectF) -> None:
        chart = self._chart
        painter.setBrush(theme.colour("surface"))
        for line in chart.series:
            if line.ring is None:
                continue
            at = index_at(line.curve, line.ring)
            if at < 0 or not line.curve.count[at] or line.curve.epochs[at] != line.ring:
                continue
            place = QPointF(chart.pixel_x(line.ring), chart.pixel_y(float(line.curve.mean[at])))
            if box.contains(place):
                painter.setPen(QPen(line.colour, 1.6))
                painter.drawEllipse(place, RING, RING)

    def _paint_marks(self, painter: QPainter, box: QRectF) -> None:
        chart, metrics = self._chart, painter.fontMetrics()
        marks = [(chart.pixel_x(mark.epoch), mark.label) for mark in chart.marks]
        inside = [(x, label) for x, label in marks if box.left() - 1 <= x <= box.right() + 1]
        found = placed(inside, box.left(), float(chart.width()), lambda text: float(metrics.horizontalAdvance(text)))
        paint_marks(painter, found, box.top() + 1, box.bottom())

    def endings(self, box: QRectF) -> tuple[float, list[tuple[float, CurveEnding]]]:
        """Place the lines' names: the x behind which they stand, and the height of each."""
        chart, ends = self._chart, list[CurveEnding]()
        planned = chart.to_come is not None
        x = box.right() if planned else box.left()
        metrics = QFontMetrics(self._font)
        for line, point in zip(chart.series, self._ends, strict=True):
            if point is None:
                continue
            end, height = chart.pixel_x(point[0]), chart.pixel_y(point[1])
            x = max(x, end)
            name = self._name(line, metrics)
            ends.append(CurveEnding(height, name, line.colour, line.first, end if planned else None))
        return x, apart(tuple(ends), box.top() - 4, box.bottom() + 4)

    def _paint_endings(self, painter: QPainter, box: QRectF) -> None:
        x, endings = self.endings(box)
        if x <= box.right() + 1:  # else the mouse has moved on to another stretch
            paint_endings(painter, x, endings)

    def _paint_beyond(self, painter: QPainter, box: QRectF) -> None:
        """Where a line leaves the picture: ∞ for what is no number, an arrow for what lies beyond the axis."""
        scale, (endless, below, above) = self._chart.scale_shown, (self._places(epochs) for epochs in self._beyond)
        painter.setPen(theme.colour("danger"))
        for x in endless:
            painter.drawText(QRectF(x - 10, box.top() - 2, 20, 14), Qt.AlignmentFlag.AlignCenter, "∞")
        if below:
            words = QCoreApplication.translate("Overlay", "continues below {edge}").format(edge=plain(scale.bottom))
            self._paint_arrow(painter, below[-1], box.bottom(), 1, words)
        if above:
            words = QCoreApplication.translate("Overlay", "continues above {edge}").format(edge=short(scale.highest, 2))
            self._paint_arrow(painter, above[-1], box.top(), -1, words)

    def _paint_arrow(self, painter: QPainter, x: float, y: float, way: int, words: str) -> None:
        """``way`` is 1 downwards."""
        muted = theme.colour("text_muted")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(muted)
        painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 7 * way), QPointF(x + 4, y - 7 * way), QPointF(x, y)]))
        painter.setPen(muted)
        metrics, plot = painter.fontMetrics(), self._chart.plot_box()
        end, endings = self.endings(plot)
        names = [name_box(end, middle, metrics.horizontalAdvance(name.text) + 2) for middle, name in endings]
        width, right = metrics.horizontalAdvance(words) + 2, float(self._chart.width())
        box = beside_arrow(QPointF(x, y), way, width, names, plot.left(), right)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _epochs(self, condition: Callable[[Floats], NDArray[np.bool_]]) -> list[float]:
        """Epochs of the points of any line of which something is true, in order."""
        if not self._curves:
            return []
        with np.errstate(invalid="ignore"):
            epochs = np.concatenate([curve.epochs[condition(curve.mean)] for curve in self._curves])
        return [float(epoch) for epoch in np.unique(epochs)]

    def _places(self, epochs: Sequence[float]) -> list[float]:
        """Their pixels, some pixels apart."""
        found: list[float] = []
        for x in map(self._chart.pixel_x, epochs):
            if not found or x - found[-1] > 12:
                found.append(x)
        return found
