"""f and f' of an activation over the live histogram of a layer's own z; a second activation beside it to compare."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.builder.inspector.activation_curves import HIGH, LOW, TWINS, Array, curves_of, reading_at
from app.kit import theme
from app.kit.export import Table
from app.kit.numbers import plain, short
from app.kit.widgets.painted import Painted, draw_elided, draw_plate, set_pixels
from engine.activations import activation

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 118, 19, 12, 22, 9
BOUNDED, UNBOUNDED = (-1.2, 1.3), (-1.2, 2.4)
"""What the vertical axis spans; a curve that goes on is cut there, so that f' stays readable."""
HISTOGRAM_SHARE = 0.6
TICKS = (-6, -3, 0, 3, 6)


def polyline(y: Array, box: QRectF, low: float, high: float) -> QPolygonF:
    """A curve over the whole width of the box, ``low`` at its bottom and ``high`` at its top."""
    across = box.x() + np.linspace(0.0, 1.0, len(y)) * box.width()
    up = box.bottom() - (np.clip(y, low - 1.0, high + 1.0) - low) / (high - low) * box.height()
    return QPolygonF([QPointF(x, v) for x, v in zip(across.tolist(), up.tolist(), strict=True)])


class ActivationPlot(Painted):
    """``f`` in the positive colour, ``f'`` in the negative one; what it is compared with in dashes. Hovering reads
    both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = "tanh"
        self._alpha: float | None = None
        self._other: str | None = None
        self._histogram: NDArray[np.int64] | None = None
        self._left_out = ""
        self._hover: float | None = None
        self._lines: dict[str, tuple[QPolygonF, QPolygonF]] = {}
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The activation and its derivative"))
        self.setToolTip(
            self.tr(
                "f and its derivative f′, over how often each z has lately occurred in this layer.\n"
                "Where f′ is near zero, hardly any gradient comes through.\n"
                "What lies beyond is not drawn: it is counted in words."
            )
        )

    def set_function(self, key: str, alpha: float | None) -> None:
        """Plot another activation."""
        if (key, alpha) != (self._key, self._alpha):
            self._key, self._alpha = key, alpha
            self._redraw()

    def set_other(self, key: str | None) -> None:
        """Compare with a second activation, or with none."""
        if key != self._other:
            self._other = key
            self._redraw()

    def set_histogram(self, histogram: NDArray[np.int64] | None, left_out: str = "") -> None:
        """Show another histogram of z, (32,) over the range of the contract. ``left_out``: what it does not hold, in
        words."""
        self._histogram, self._left_out = histogram, left_out
        self.setAccessibleDescription(left_out)
        self.update()

    @property
    def key(self) -> str:
        """The activation that is plotted."""
        return self._key

    @property
    def shows_difference(self) -> bool:
        """Whether the two curves are so close that only their difference tells them apart."""
        return {self._key, self._other} == set(TWINS)

    @property
    def readout(self) -> str:
        """x, f and f' under the pointer; empty when it is elsewhere."""
        if self._hover is None:
            return ""
        f, slope = reading_at(self._key, self._alpha, self._hover)
        words = self.tr("x = {x}   f = {f}   f′ = {slope}")
        return words.format(x=short(self._hover), f=short(f), slope=short(slope))

    def table(self) -> Table:
        """z, f and f′ over the plot's range; those of the second activation beside them where there is one."""
        shown = curves_of(self._key, self._alpha)
        header, columns = ["z", f"{self._key} f", f"{self._key} f′"], [shown.z, shown.f, shown.slope]
        if self._other is not None and self._other != self._key:
            other = curves_of(self._other, None)
            header += [f"{self._other} f", f"{self._other} f′"]
            columns += [other.f, other.slope]
        return Table(tuple(header), np.stack(columns, axis=1).tolist())

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box = self._box()
        share = (event.position().x() - box.x()) / max(box.width(), 1.0)
        self._hover = min(max(LOW + share * (HIGH - LOW), LOW), HIGH)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def _redraw(self) -> None:
        self._lines.clear()
        self.update()

    # Places -------------------------------------------------------------------------------------------------------

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def _span(self) -> tuple[float, float]:
        keys = [key for key in (self._key, self._other) if key is not None]
        bounded = all(np.isfinite(activation(key).output_range).all() for key in keys)
        return BOUNDED if bounded else UNBOUNDED

    def _x(self, z: float) -> float:
        box = self._box()
        return box.x() + (z - LOW) / (HIGH - LOW) * box.width()

    def _y(self, value: float) -> float:
        box, (low, high) = self._box(), self._span()
        return box.bottom() - (value - low) / (high - low) * box.height()

    def _polylines(self, key: str, alpha: float | None) -> tuple[QPolygonF, QPolygonF]:
        """f and f' on the widget, kept until something changes."""
        if key not in self._lines:
            curves, box = curves_of(key, alpha), self._box()
            self._lines[key] = (polyline(curves.f, box, *self._span()), polyline(curves.slope, box, *self._span()))
        return self._lines[key]

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        draw_plate(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8)
        self._paint_axes(painter)
        painter.setClipRect(self._box().adjusted(-1, -1, 1, 1))
        self._paint_histogram(painter)
        self._paint_curves(painter)
        painter.setClipping(False)
        self._paint_legend(painter)

    def _paint_axes(self, painter: QPainter) -> None:
        box, (low, high) = self._box(), self._span()
        set_pixels(painter, 9)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        x, y = round(self._x(0.0)) + 0.5, round(self._y(0.0)) + 0.5
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(theme.colour("text_muted"))
        for tick in TICKS:
            room = QRectF(self._x(tick) - 15, box.bottom(), 30, BOTTOM - 1)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, plain(tick))
        for value in range(round(low), round(high) + 1):
            room = QRectF(0, self._y(value) - 6, LEFT - 5, 12)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, plain(value))

    def _paint_histogram(self, painter: QPainter) -> None:
        counts = self._histogram
        if counts is None or not counts.any():
            return
        box, colour = self._box(), theme.colour("positive")
        colour.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        width, most = box.width() / len(counts), float(counts.max())
        for at, count in enumerate(counts.tolist()):
            height = HISTOGRAM_SHARE * box.height() * count / most
            painter.drawRect(QRectF(box.x() + at * width + 0.5, box.bottom() - height, width - 1.0, height))

    def _paint_curves(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._other is not None and self._other != self._key:
            self._stroke(painter, self._polylines(self._other, None), dashed=True)
        self._stroke(painter, self._polylines(self._key, self._alpha))
        if self._hover is not None:
            self._paint_pointer(painter, self._hover)

    @staticmethod
    def _stroke(painter: QPainter, lines: tuple[QPolygonF, QPolygonF], *, dashed: bool = False) -> None:
        """f' first: f lies on top."""
        for line, name in zip(reversed(lines), ("negative", "positive"), strict=True):
            pen = QPen(theme.colour(name), 1.5 if dashed else 2.0)
            if dashed:
                pen.setDashPattern([3.0, 2.5])
            painter.setPen(pen)
            painter.drawPolyline(line)

    def _paint_pointer(self, painter: QPainter, z: float) -> None:
        box, x = self._box(), self._x(z)
        painter.setPen(QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(QPen(theme.colour("surface"), 1.5))
        for value, name in zip(reading_at(self._key, self._alpha, z), ("positive", "negative"), strict=True):
            painter.setBrush(theme.colour(name))
            painter.drawEllipse(QPointF(x, self._y(value)), 4.0, 4.0)

    def _paint_legend(self, painter: QPainter) -> None:
        line = QRectF(9, 2, self.width() - 18, TOP - 3)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        font = QFont(self.font())
        font.setPixelSize(13)
        font.setItalic(True)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour("positive"))
        painter.drawText(line, left, "f")
        painter.setPen(theme.colour("negative"))
        painter.drawText(line.adjusted(16, 0, 0, 0), left, "f ′")
        font = QFont(self.font())
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if self.readout else "text_muted"))
        room = line.adjusted(38, 0, 0, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_elided(painter, room, right, self.readout or self._live_words(painter, room.width()))

    def _live_words(self, painter: QPainter, width: float) -> str:
        """What the bars are, and what they leave out, which is said in any case."""
        if self._histogram is None:
            return ""
        live = self.tr("bars: z of this layer, live")
        if not self._left_out:
            return live
        both = f"{live} · {self._left_out}"
        return both if painter.fontMetrics().horizontalAdvance(both) <= width else self._left_out
