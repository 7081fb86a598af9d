"""GELU minus its tanh form on an axis of its own: in the plot of f the two lie on each other."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.charts.polyline import polyline
from app.kit.numbers import plain, scientific
from app.kit.widgets.painted import set_pixels
from app.workspaces.activations.band import Band
from app.workspaces.activations.shown import slot_colour
from engine.activations import activation
from engine.activations.difference import gelu_difference

HEIGHT, POINTS = 92, 161
LEFT, RIGHT = 44, 6


class DifferencePlot(Band):
    """The difference over the shared x axis, with the shared cursor; the largest is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(8, 18, parent, beside=(LEFT, RIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Exact GELU minus its tanh form"))
        self.slot: int | None = None

    def sizeHint(self) -> QSize:
        return QSize(180, HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It is too small to be zoomed by the wheel: the column that it lies in scrolls."""
        event.ignore()

    def paint(self, painter: QPainter) -> None:
        box, (at, most) = self.box(), gelu_difference()
        top = abs(most) * 1.15
        set_pixels(painter, 10)
        for value in (abs(most), 0.0, -abs(most)):
            y = box.center().y() - value / top * box.height() / 2
            painter.setPen(QPen(theme.colour("text_muted" if value == 0.0 else "border"), 1.0))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour("text_muted"))
            room = QRectF(0, y - 7, LEFT - 4, 14)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, scientific(value))
        self._paint_ends(painter)
        painter.setPen(QPen(theme.colour("accent"), 1.0))
        x = self.px(self.at_x)
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        self._paint_curve(painter, top)
        for place in (-abs(at), abs(at)):
            if self.low <= place <= self.high:
                y = box.center().y() - most / top * box.height() / 2
                self.paint_dot(painter, QPointF(self.px(place), y), self._ink(), 3.0, hollow=True)

    def _ink(self) -> QColor:
        return slot_colour(self.slot) if self.slot is not None else theme.colour("text_muted")

    def _paint_ends(self, painter: QPainter) -> None:
        box = self.box()
        foot = QRectF(box.left() - 10, box.bottom() + 3, box.width() + 12, 14)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, plain(self.low))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, plain(self.high))

    def _paint_curve(self, painter: QPainter, top: float) -> None:
        box = self.box()
        x = np.linspace(self.low, self.high, POINTS)
        gap = activation("gelu").value(x) - activation("gelu_tanh").value(x)
        across = box.left() + np.linspace(0.0, 1.0, POINTS) * box.width()
        up = box.center().y() - gap / top * box.height() / 2
        painter.setPen(QPen(self._ink(), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(polyline(across, up))
