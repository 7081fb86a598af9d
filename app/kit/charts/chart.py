"""A line chart over the steps of a run: bands and lines, a log or linear axis, a read-out under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.kit import theme
from app.kit.charts.axes import StepAxis, ValueAxis
from app.kit.charts.curves import Floats, axis_range, index_at, middle, positive, thinned, value_range
from app.kit.export import Table
from app.kit.numbers import grouped, short
from engine.training.snapshot import Curve

POINT_BUDGET = 800
"""Points on all lines of a chart together: keeps a redraw within a few milliseconds."""

MOST_POINTS = 160
"""Points on one line: few enough that the line shows the trend, and the band round it the spread."""

AXIS_PIXELS = 10
AXIS_WIDTH = 36


@dataclass(frozen=True, slots=True)
class Series:
    """One curve of a chart. ``label`` names it in the read-out and in the CSV header."""

    label: str
    colour: QColor
    curve: Curve


class LineChart(pg.PlotWidget):
    """Curves against the step. Wheel and drag zoom and move along the steps; a double click shows all again."""

    hovered = Signal(object)  # the step under the mouse, or None

    def __init__(self, parent: QWidget | None = None, *, log: bool = True) -> None:
        self._values = ValueAxis()
        super().__init__(parent, axisItems={"left": self._values, "bottom": StepAxis()}, enableMenu=False)
        self._log = self._values.log = log
        self._series: tuple[Series, ...] = ()
        self._lines: list[pg.PlotCurveItem] = []
        self._bands: list[pg.PlotCurveItem] = []
        self._epochs_per_step = 0.0
        self._limits: tuple[float, float] | None = None
        self._following = True
        self._build()
        theme.follow(self.restyle)

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.getPlotItem().ctrlMenu.setParent(self, Qt.WindowType.Popup)  # never shown, and gone with the chart
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.getViewBox().setDefaultPadding(0)
        self.getPlotItem().setContentsMargins(0, 6, 6, 0)  # room for the topmost number
        self.getViewBox().setLimits(xMin=0)
        self.getViewBox().sigRangeChangedManually.connect(self._stop_following)
        self.setRange(xRange=(0, 100), yRange=(-3, 0) if self._log else (0, 1), disableAutoRange=True)
        self._marker = pg.InfiniteLine(angle=90, movable=False)
        self._marker.hide()
        self.addItem(self._marker, ignoreBounds=True)
        self._step_word = QLabel(self.tr("step"), self)
        self._hint = QLabel(self.tr("Press Play, and a curve grows here."), self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._read_out = QLabel(self)
        self._read_out.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._read_out.setTextFormat(Qt.TextFormat.RichText)
        self._read_out.hide()

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colours = theme.current()
        self.setBackground(theme.colour("surface"))
        font = QFont(self.font())
        font.setPixelSize(AXIS_PIXELS)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(theme.colour("text_muted"))
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=4, hideOverlappingLabels=True)
            axis.setTickPen(pg.mkPen(colours.border))
        self.getAxis("left").setStyle(hideOverlappingLabels=False)
        self.getAxis("left").setWidth(AXIS_WIDTH)
        self.getAxis("bottom").setHeight(18)
        self.getPlotItem().showGrid(x=False, y=True, alpha=0.9)
        for name in ("left", "bottom"):
            self.getAxis(name).setZValue(-1000)  # the grid belongs under the curves
        self._step_word.setStyleSheet(f"background: transparent; color: {colours.text_muted}; font-size: 10px;")
        self._hint.setStyleSheet(f"background: transparent; color: {colours.text_muted}; font-size: 12px;")
        self._marker.setPen(pg.mkPen(colours.text_muted, width=1, style=Qt.PenStyle.DashLine))
        self._read_out.setStyleSheet(
            f"background: {colours.raised}; color: {colours.text}; border: 1px solid {colours.border};"
            "border-radius: 6px; padding: 4px 6px; font-size: 11px;"
        )
        self._draw()

    # What is shown --------------------------------------------------------------------------------------------

    @property
    def series(self) -> tuple[Series, ...]:
        """The curves shown."""
        return self._series

    @property
    def log(self) -> bool:
        """Whether the vertical axis is logarithmic."""
        return self._log

    def set_log(self, log: bool) -> None:
        """Choose the logarithmic or the linear axis."""
        if log != self._log:
            self._log = self._values.log = log
            self._limits = None
            self._values.picture = None
            self._draw()

    def set_series(self, series: Sequence[Series], epochs_per_step: float = 0.0) -> None:
        """Show these curves. ``epochs_per_step`` lets the read-out name the epoch too."""
        self._series, self._epochs_per_step = tuple(series), epochs_per_step
        self._draw()
        if self._marker.isVisible():
            self._show_read_out(float(self._marker.value()))

    def _draw(self) -> None:
        self._provide_items(len(self._series))
        budget = min(MOST_POINTS, max(60, POINT_BUDGET // max(1, len(self._series))))
        curves = [thinned(one.curve, budget) for one in self._series]
        for one, curve, line, band in zip(self._series, curves, self._lines, self._bands, strict=True):
            steps = curve.steps.astype(np.float64)
            line.setData(steps, self._place(middle(curve, self._log)), connect="finite")
            line.setPen(pg.mkPen(one.colour, width=1.0))  # a wider pen goes through Qt's stroker
            self._draw_band(band, curve, one.colour)
        self._hint.setVisible(not any(len(curve.steps) > 1 for curve in curves))
        self._fit(curves)

    def _provide_items(self, wanted: int) -> None:
        while len(self._lines) < wanted:
            self._bands.append(pg.PlotCurveItem(pen=None))
            self._lines.append(pg.PlotCurveItem(antialias=True))
            self.addItem(self._bands[-1])
            self.addItem(self._lines[-1])
        while len(self._lines) > wanted:
            self.removeItem(self._lines.pop())
            self.removeItem(self._bands.pop())

    def _draw_band(self, band: pg.PlotCurveItem, curve: Curve, colour: QColor) -> None:
        low, high = self._place(positive(curve.low) if self._log else curve.low), self._place(curve.high)
        sound = np.isfinite(low) & np.isfinite(high)
        if not np.any(high[sound] > low[sound]):
            band.setData([], [])
            return
        steps = curve.steps[sound].astype(np.float64)
        tint = QColor(colour)
        tint.setAlpha(max(10, 60 // max(1, len(self._series))))  # many bands lie on top of each other
        band.setData(np.r_[steps, steps[::-1]], np.r_[low[sound], high[sound][::-1]])
        band.setBrush(tint)
        band.setFillLevel("enclosed")

    def _place(self, values: Floats) -> Floats:
        if not self._log:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            exponents: Floats = np.log10(values)
        return exponents

    def _fit(self, curves: list[Curve]) -> None:
        """Let the axes follow the curves, unless the mouse has chosen a stretch of steps."""
        if self._following:
            last = max((int(s.curve.steps[-1]) for s in self._series if len(s.curve.steps)), default=0)
            self.setXRange(0.0, float(max(last, 10)), padding=0)
        found = value_range(curves, self._log)
        limits = axis_range(*found, self._log) if found else ((-3.0, 0.0) if self._log else (0.0, 1.0))
        if limits != self._limits:
            self._limits = limits
            self.setYRange(*limits, padding=0.05)  # the outermost numbers need room too

    def _stop_following(self) -> None:
        self._following = False

    def show_all(self) -> None:
        """Go back to every step after a zoom."""
        self._following = True
        self._draw()

    # The read-out ---------------------------------------------------------------------------------------------

    def read_at(self, step: float) -> tuple[tuple[Series, float], ...]:
        """Each curve's value at a step: the line's height there."""
        found = []
        for one in self._series:
            index = index_at(one.curve, step)
            if index >= 0:
                found.append((one, float(middle(one.curve, self._log)[index])))
        return tuple(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = self.getViewBox().mapSceneToView(QPointF(event.position()))
        low, high = self.getViewBox().viewRange()[0]
        if low <= place.x() <= high and self._series:
            self.hover(place.x())
        else:
            self.end_hover()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.end_hover()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()

    def hover(self, step: float) -> None:
        """Put the marker at a step and read every curve there."""
        self._marker.setValue(step)
        self._marker.show()
        self._show_read_out(step)
        self.hovered.emit(step)

    def end_hover(self) -> None:
        """Take marker and read-out away."""
        if self._marker.isVisible():
            self._marker.hide()
            self._read_out.hide()
            self.hovered.emit(None)

    @property
    def read_out(self) -> str:
        """The read-out's text as shown, empty when there is none."""
        return self._read_out.text() if self._read_out.isVisibleTo(self) else ""

    def _show_read_out(self, step: float) -> None:
        head = self.tr("step {step}").format(step=grouped(step))
        if self._epochs_per_step > 0:
            epoch = self.tr("epoch {epoch}").format(epoch=grouped(step * self._epochs_per_step, 1))
            head = f"{head} · {epoch}"
        rows = "".join(
            f"<tr><td style='color:{one.colour.name()}'>●&nbsp;</td><td>{escape(one.label)}&nbsp;&nbsp;</td>"
            f"<td align='right'>{short(value)}</td></tr>"
            for one, value in self.read_at(step)
        )
        self._read_out.setText(f"<b>{head}</b><table cellspacing='0'>{rows}</table>")
        self._read_out.adjustSize()
        self._place_read_out(step)
        self._read_out.show()

    def _place_read_out(self, step: float) -> None:
        """Beside the marker, on the side that has room."""
        x = self.getViewBox().mapViewToScene(QPointF(step, 0.0)).x()
        width = self._read_out.width()
        left = x + 10 if x + 14 + width < self.width() else x - 10 - width
        self._read_out.move(round(max(0.0, left)), 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_read_out"):
            self.end_hover()
            self._hint.adjustSize()
            self._hint.move((self.width() + AXIS_WIDTH - self._hint.width()) // 2, self.height() // 2 - 14)
            self._step_word.adjustSize()
            self._step_word.move(AXIS_WIDTH - self._step_word.width() - 6, self.height() - 17)

    def table(self) -> Table:
        """Step by step, the least and greatest value of every curve; empty where a curve has none there."""
        steps = sorted({int(step) for one in self._series for step in one.curve.steps})
        header = ["step"]
        columns: list[dict[int, tuple[float, float]]] = []
        for one in self._series:
            header += [f"{one.label} min", f"{one.label} max"]
            values = zip(one.curve.low.tolist(), one.curve.high.tolist(), strict=True)
            columns.append(dict(zip(one.curve.steps.tolist(), values, strict=True)))
        rows = [[step, *(v for c in columns for v in c.get(step, ("", "")))] for step in steps]
        return Table(tuple(header), rows)
