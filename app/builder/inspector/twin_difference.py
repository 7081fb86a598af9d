"""GELU's tanh approximation minus the exact one, on a scale of its own."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.builder.inspector.activation_curves import twin_difference
from app.builder.inspector.activation_plot import LEFT, RIGHT, polyline
from app.kit import theme
from app.kit.numbers import scientific, short
from app.kit.widgets.painted import Painted, draw_plate, set_pixels

HEIGHT, TOP = 72, 20


class TwinDifference(Painted):
    """The curve, and how large the difference is at most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Difference of the two GELUs"))
        self.setToolTip(self.tr("The two curves lie on each other; this is what is left between them, enlarged"))

    @property
    def words(self) -> str:
        """The largest difference and where it is."""
        z, difference = twin_difference()
        at = int(np.abs(difference).argmax())
        text = self.tr("tanh − exact: at most {most}, at x = ±{x}")
        return text.format(most=scientific(abs(float(difference[at]))), x=short(abs(float(z[at]))))

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter) -> None:
        draw_plate(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8)
        self._paint_curve(painter, QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -7))
        set_pixels(painter, 10)
        painter.setPen(theme.colour("text_muted"))
        words = QRectF(9, 3, self.width() - 18, TOP - 4)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.words)

    def _paint_curve(self, painter: QPainter, box: QRectF) -> None:
        difference = twin_difference()[1]
        middle = box.center().y()
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        painter.setPen(QPen(theme.colour("good"), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(polyline(difference / float(np.abs(difference).max()), box, -1.05, 1.05))
