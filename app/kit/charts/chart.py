"""A line chart over the epochs of a run: lines with their names at their ends, ranges, marks, a read-out under the
mouse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.kit import theme
from app.kit.charts.axes import EpochAxis, ValueAxis
from app.kit.charts.marks import LINE, EpochMark
from app.kit.charts.overlay import MARKS_HEIGHT, Overlay
from app.kit.charts.readout import ReadOut
from app.kit.charts.scale import EXPLODED, ChartScale, chart_scale
from app.kit.charts.series import (
    CurveReading,
    Series,
    begun_or_reached,
    covers,
    finite_means,
    index_at,
    last_epoch,
    last_point,
    table_of,
)
from app.kit.export import ExportTable
from app.kit.numbers import epoch_text, grouped, short
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import guarded
from app.kit.widgets.wheels import scrolls_past
from engine.formats.progress import Curve
from engine.training.thinning import thinned

for _item in (pg.AxisItem, pg.InfiniteLine, pg.PlotCurveItem, pg.ViewBox):
    _item.paint = guarded(_item.paint)  # Qt calls it in the midst of the view's own paint event

POINT_BUDGET = 1200
"""Points on all lines of a chart together: keeps a redraw within a few milliseconds."""

MOST_POINTS = 240
"""Points on one line."""


def points_a_line(lines: int) -> int:
    """Return how many points each line of so many has at most."""
    return min(MOST_POINTS, max(60, POINT_BUDGET // max(1, lines)))


BAND_OPACITY = 24
"""Of 255: a range is seen, and drowns no line."""

BEYOND_OPACITY = 90
"""Of 255: it is told from what has been done."""


def _tinted(colour: QColor, opacity: int) -> QColor:
    tint = QColor(colour)
    tint.setAlpha(opacity)
    return tint


AXIS_PIXELS = 10
AXIS_WIDTH, AXIS_HEIGHT = 36, 18
NUMBER_HALF = 8
"""Half the height of an axis' number, in pixels, and a little air."""
OVERHANG = 30
"""So many pixels an axis' last number may jut out: there is room for the lines' names."""

HINT_GAP, HINT_LEAST = 12, 80
"""Of the words on an empty chart: the gap beside them, and their least width, in pixels."""
HINT_PLACES = (0.5, 0.72, 0.28)
"""Where they may stand, as shares of the plot's height, the best first …"""
HINT_CLEAR = 44.0
"""… and so many pixels from any point are enough."""
NAME_HALF = 7.0
"""Half the height of the name beside a point."""

READ_OUT_GAP, READ_OUT_MARGIN = 10, 4
"""Pixels from the marker to the read-out, and from that to the edge."""

FEWEST_EPOCHS = 10.0
"""The axis shows so many from the start, so that a line grows into it."""


class LineChart(pg.PlotWidget):
    """Curves against the epoch. Wheel and drag zoom and move along it; a double click shows all again.

    ``least``: what a linear axis shows at the lowest; values beneath run out of the picture, and it says so.
    ``bound``: the greatest value that there can be, where a linear axis ends.
    """

    hovered = Signal(object)  # the epoch under the mouse, or None

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        log: bool = True,
        least: float | None = None,
        bound: float = np.inf,
        hint: str = "",
    ) -> None:
        """``hint``: what an empty chart says; how a curve comes to be there, unless given."""
        self._log, self._least, self._bound, self._words = log, least, bound, hint
        self._planned: tuple[float, float] | None = None
        self._scale = chart_scale(np.zeros(0), log=log)
        super().__init__(
            parent,
            axisItems={"left": ValueAxis(lambda: self._scale), "bottom": EpochAxis()},
            enableMenu=False,
        )
        self._series: tuple[Series, ...] = ()
        self._marks: tuple[EpochMark, ...] = ()
        self._drawn: Sequence[Curve] = ()
        self._lines: list[pg.PlotCurveItem] = []
        self._bands: list[pg.PlotCurveItem] = []
        self._beyond: list[pg.PlotCurveItem] = []
        self._following = True
        self._overlay = Overlay(self)
        self._build()
        theme.follow(self.restyle)

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the chart itself takes the keyboard, and has a name
        self.getPlotItem().ctrlMenu.setParent(self, Qt.WindowType.Popup)  # never shown, and gone with the chart
        self.hideButtons()
        for name in ("left", "bottom", "right", "top"):
            self.getAxis(name).enableAutoSIPrefix(False)  # of a title: none has one, and each range would write it anew
        self.setMouseEnabled(x=True, y=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.getViewBox().setDefaultPadding(0)
        self.getViewBox().setLimits(xMin=0)
        self.getViewBox().sigRangeChangedManually.connect(self._stop_following)
        self.setRange(xRange=(0, FEWEST_EPOCHS), yRange=self._y_range(), disableAutoRange=True, padding=0)
        self._marker = pg.InfiniteLine(angle=90, movable=False)
        self._marker.hide()
        self.addItem(self._marker, ignoreBounds=True)
        self._hint = Label(self._words or self.tr("A curve grows here while the network trains."), self)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.read_out = ReadOut(self)

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
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=4, hideOverlappingLabels=OVERHANG)
            axis.setTickPen(pg.mkPen(colours.border))
        self.getAxis("left").setWidth(AXIS_WIDTH)
        self.getAxis("bottom").setHeight(AXIS_HEIGHT)
        self.getPlotItem().showGrid(x=False, y=True, alpha=0.9)
        for name in ("left", "bottom"):
            self.getAxis(name).setZValue(-1000)  # the grid belongs under the curves
        self._hint.setStyleSheet(f"background: {colours.surface}; color: {colours.text_muted}; font-size: 12px;")
        self._marker.setPen(pg.mkPen(colours.text_muted, width=1, style=Qt.PenStyle.DashLine))
        self.read_out.restyle()
        self._draw()

    # What is shown --------------------------------------------------------------------------------------------

    @property
    def series(self) -> tuple[Series, ...]:
        """The curves shown."""
        return self._series

    @property
    def marks(self) -> tuple[EpochMark, ...]:
        """The moments marked."""
        return self._marks

    @property
    def scale_shown(self) -> ChartScale:
        """The vertical axis."""
        return self._scale

    @property
    def log(self) -> bool:
        """Whether the vertical axis is logarithmic."""
        return self._log

    def set_axis(self, *, log: bool, least: float | None = None, bound: float = np.inf) -> None:
        """Choose the logarithmic or the linear axis, and the ends of a linear one."""
        if (log, least, bound) != (self._log, self._least, self._bound):
            self._log, self._least, self._bound = log, least, bound
            self._draw()

    @property
    def height_of_names(self) -> int:
        """The height in pixels that a chart needs to name all its lines at their ends."""
        return AXIS_HEIGHT + MARKS_HEIGHT + LINE * len(self._series)

    @property
    def to_come(self) -> tuple[float, float] | None:
        """The epochs that are still to come, from and to, where it is planned how long the run is to be."""
        return self._planned

    def set_planned(self, span: tuple[float, float] | None) -> None:
        """Show the epochs that are still to come, from and to, in a shade; takes hold with the next curves."""
        self._planned = span

    def set_series(self, series: Sequence[Series], marks: Sequence[EpochMark] = ()) -> None:
        """Show these curves, and these moments on them."""
        self._series, self._marks = tuple(series), tuple(marks)
        self._draw()
        if self._marker.isVisible():
            self._show_read_out(float(self._marker.value()))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)

    def _draw(self) -> None:
        self._provide_items(len(self._series))
        budget = points_a_line(len(self._series))
        self._drawn = curves = [thinned(one.curve, budget, exact_end=not one.averaged) for one in self._series]
        beyond = [thinned(one.beyond, budget) if one.beyond is not None else None for one in self._series]
        self._fit(curves, [curve for curve in beyond if curve is not None])
        for curve, line, one in zip(beyond, self._beyond, self._series, strict=True):
            line.setData(
                *([], []) if curve is None else (curve.epochs, self._scale.place(curve.mean)), connect="finite"
            )
            line.setPen(pg.mkPen(_tinted(one.colour, BEYOND_OPACITY), width=1.0))
        for one, curve, line, band in zip(self._series, curves, self._lines, self._bands, strict=True):
            line.setData(curve.epochs, self._scale.place(curve.mean), connect="finite")
            style = Qt.PenStyle.DashLine if one.dashed else Qt.PenStyle.SolidLine
            line.setPen(pg.mkPen(one.colour, width=1.0, style=style))  # a wider pen goes through Qt's stroker
            self._draw_band(band, one)
        self._overlay.follow(curves)
        self._place_hint()
        self.scene().prepareForPaint()  # pyqtgraph would move its items in the paint, and then paint them once more
        self.viewport().update()

    def _provide_items(self, wanted: int) -> None:
        while len(self._lines) < wanted:
            self._bands.append(pg.PlotCurveItem(pen=None))
            self._beyond.append(pg.PlotCurveItem(antialias=True))
            self._lines.append(pg.PlotCurveItem(antialias=True))
            for items in (self._bands, self._beyond, self._lines):
                self.addItem(items[-1])
        while len(self._lines) > wanted:
            for items in (self._lines, self._beyond, self._bands):
                self.removeItem(items.pop())

    def _draw_band(self, band: pg.PlotCurveItem, one: Series) -> None:
        if one.band is None or len(one.band.steps) < 2:
            band.setData([], [])
            return
        curve = thinned(one.band, MOST_POINTS)
        seen = curve.count > 0
        low, high = self._scale.place(curve.low[seen]), self._scale.place(curve.high[seen])
        epochs = curve.epochs[seen]
        band.setData(np.r_[epochs, epochs[::-1]], np.r_[low, high[::-1]])
        band.setBrush(_tinted(one.colour, BAND_OPACITY))
        band.setFillLevel("enclosed")

    def _fit(self, curves: list[Curve], beyond: list[Curve]) -> None:
        """Let the axes follow the curves, unless the mouse has chosen a stretch of epochs."""
        if self._following:
            planned = FEWEST_EPOCHS if self._planned is None else self._planned[1]
            marked = max((mark.epoch for mark in self._marks), default=0.0)  # after the last point of means of steps
            self.setXRange(0.0, max(last_epoch(curves), planned, marked), padding=0)
        most = EXPLODED * begun_or_reached(curves)
        values = finite_means([*curves, *beyond])
        scale = chart_scale(values, log=self._log, least=self._least, most=most, bound=self._bound)
        if scale != self._scale:
            self._scale = scale
            self.getAxis("left").picture = None
            self.setYRange(*self._y_range(), padding=0)

    def _y_range(self) -> tuple[float, float]:
        height = max(self.getViewBox().height(), 4 * NUMBER_HALF)
        share = max(0.055, NUMBER_HALF / (height - 2 * NUMBER_HALF))  # a number that juts out is not written at all
        air = share * (self._scale.top - self._scale.low)
        return self._scale.low - air, self._scale.top + air

    def _stop_following(self) -> None:
        self._following = False

    def show_all(self) -> None:
        """Go back to every epoch after a zoom."""
        self._following = True
        self._draw()

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        painter.save()
        try:
            painter.resetTransform()
            self._overlay.paint(painter)
        finally:
            painter.restore()

    # The read-out ---------------------------------------------------------------------------------------------

    def read_at(self, epoch: float) -> tuple[CurveReading, ...]:
        """What each curve has at an epoch: the line's height there. A curve that has nothing there, as it has not begun
        or has ended, is left out; beyond all curves their ends are read."""
        curves = [drawn if one.averaged else one.curve for one, drawn in zip(self._series, self._drawn, strict=True)]
        begun = [float(curve.epochs[0]) for curve in curves if len(curve.epochs)]
        epoch = max(min(epoch, last_epoch(curves)), min(begun, default=0.0))
        found = []
        for one, curve in zip(self._series, curves, strict=True):
            index = index_at(curve, epoch)
            if covers(curve, epoch) and curve.count[index]:
                at, step, value = curve.epochs[index], curve.steps[index], curve.mean[index]
                found.append(CurveReading(one, float(value), float(at), int(step)))
        return tuple(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = self.getViewBox().mapSceneToView(QPointF(event.position()))
        low, high = self.getViewBox().viewRange()[0]
        if low <= place.x() <= high and any(last_point(one.curve) >= 0 for one in self._series):
            self.hover(place.x())
        else:
            self.end_hover()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.end_hover()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It zooms, unless what the chart lies in scrolls."""
        if scrolls_past(self):
            event.ignore()
        else:
            super().wheelEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()

    def hover(self, epoch: float) -> None:
        """Put the marker at an epoch and read every curve there."""
        self._marker.setValue(epoch)
        self._marker.show()
        self._show_read_out(epoch)
        self.hovered.emit(epoch)

    def end_hover(self) -> None:
        """Take marker and read-out away."""
        if self._marker.isVisible():
            self._marker.hide()
            self.read_out.hide()
            self.hovered.emit(None)

    def _show_read_out(self, epoch: float) -> None:
        found = self.read_at(epoch)
        read = max((reading.epoch for reading in found), default=epoch)  # the point, not the place of the mouse
        steps = {reading.step for reading in found if reading.epoch == read}
        head = self.tr("epoch {epoch}").format(epoch=epoch_text(read))
        if len(steps) == 1:  # of runs whose epochs have other numbers of steps there is not one
            head = self.tr("epoch {epoch} · step {step}").format(epoch=epoch_text(read), step=grouped(*steps))
        rows = [(reading.series.colour.name(), reading.series.label, short(reading.value)) for reading in found]
        low, high = self.getViewBox().viewRange()[0]
        near = (high - low) / 60
        remarks = [mark.label for mark in self._marks if abs(mark.epoch - epoch) <= near]
        self.read_out.say(head, rows, remarks)
        self.read_out.move(self._place_of_read_out(self.pixel_x(epoch)))

    def _place_of_read_out(self, x: float) -> QPoint:
        """Where the read-out hides least of the curves: right or left of a place, at the top or at the bottom."""
        card, box = self.read_out.size(), self.plot_box()
        right = max(0.0, min(x + READ_OUT_GAP, self.width() - card.width()))
        left = max(0.0, x - READ_OUT_GAP - card.width())
        top, bottom = READ_OUT_MARGIN, max(READ_OUT_MARGIN, box.bottom() - READ_OUT_MARGIN - card.height())
        places = [QRectF(side, y, card.width(), card.height()) for y in (top, bottom) for side in (right, left)]
        best = min(places, key=lambda place: (place.left() < x < place.right(), self._hidden_by(place)))
        return best.topLeft().toPoint()

    def _hidden_by(self, place: QRectF) -> float:
        """How much of the curves lies in a place of the widget: the sum of their shares."""
        start, unit = (self.getViewBox().mapViewToScene(QPointF(at, at)) for at in (0.0, 1.0))
        hidden = 0.0
        for curve in (curve for curve in self._drawn if len(curve.epochs)):
            x = start.x() + (unit.x() - start.x()) * curve.epochs
            y = start.y() + (unit.y() - start.y()) * self._scale.place(curve.mean)
            inside = (place.left() <= x) & (x <= place.right()) & (place.top() <= y) & (y <= place.bottom())
            hidden += float(inside.mean())
        return hidden

    # Geometry -------------------------------------------------------------------------------------------------

    def pixel_x(self, epoch: float) -> float:
        """Where an epoch stands in the widget."""
        return float(self.getViewBox().mapViewToScene(QPointF(epoch, 0.0)).x())

    def pixel_y(self, value: float) -> float:
        """Where a value stands in the widget."""
        place = float(self._scale.place(np.array([value]))[0])
        return float(self.getViewBox().mapViewToScene(QPointF(0.0, place)).y())

    def plot_box(self) -> QRectF:
        """Where the curves are drawn, in the widget."""
        return QRectF(self.getViewBox().sceneBoundingRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "read_out"):
            self.end_hover()
            self.setYRange(*self._y_range(), padding=0)
            self._place_hint()

    def _place_hint(self) -> None:
        """In the middle, as wide as there is room for; above or below it where a first point lies there; nowhere once a
        curve has grown, or where first points and their names leave no room."""
        if any(curve.count.sum() > 1 for curve in self._drawn):
            self._hint.hide()
            return
        room = max(self.width() - AXIS_WIDTH - HINT_GAP, HINT_LEAST)
        wide = min(self._hint.fontMetrics().horizontalAdvance(self._hint.text()) + 4, room)
        self._hint.resize(wide, self._hint.heightForWidth(wide))
        box, half = self.plot_box(), self._hint.height() / 2
        _, endings = self._overlay.endings(box)
        names = [*(height for height, _ in endings), *(ending.y for _, ending in endings)]
        places = [box.top() + share * box.height() for share in HINT_PLACES]

        def clearance(y: float) -> float:
            return min((*(abs(y - at) for at in names), HINT_CLEAR))

        free = max(places, key=clearance)
        self._hint.move((self.width() + AXIS_WIDTH - wide) // 2, round(free - half))
        self._hint.setVisible(clearance(free) > half + NAME_HALF)

    def table(self) -> ExportTable:
        """Bucket by bucket: mean, least and greatest value of every curve; empty where a curve has none there."""
        return table_of(self._series)
