"""One unit's weights as an image, each over the pixel that it weighs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import theme
from app.kit.colourmap import diverging_image
from app.kit.numbers import significant
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip

SIDE = 112
RADIUS = 7.0


class WeightImage(Painted):
    """Blue where ink excites, orange where it holds back, on the unit's own scale. Pixels that never carry ink have
    weights that say nothing: they are crossed out. ``picked(index)``: the weight of this pixel was clicked, while it is
    known where weights come from."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: NDArray[np.float64] = np.zeros((1, 1))
        self._inked: NDArray[np.bool_] = np.ones((1, 1), dtype=bool)
        self._explained = False
        self.setFixedSize(SIDE, SIDE)
        self.setAccessibleName(self.tr("Weights as an image"))

    def show_weights(self, weights: NDArray[np.float64], inked: NDArray[np.bool_]) -> None:
        """Weights (height, width), and which pixels carry ink in any training image."""
        self._weights, self._inked = weights, inked
        self.update()

    def set_explained(self, on: bool) -> None:
        """Whether a click on a weight says where it comes from."""
        self._explained = on
        self.setCursor(Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._explained and event.button() == Qt.MouseButton.LeftButton:
            line, column = self._pixel_at(event.position())
            self.picked.emit(line * self._weights.shape[1] + column)
        else:
            super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def _box_of(self, line: int, column: int) -> QRectF:
        high, wide = self._weights.shape
        across, down = self.width() / wide, self.height() / high
        return QRectF(column * across, line * down, across, down)

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        frame = QPainterPath()
        frame.addRoundedRect(box, RADIUS, RADIUS)
        painter.setClipPath(frame)
        shown = np.where(self._inked, self._weights, 0.0)
        most = float(np.abs(np.nan_to_num(shown)).max(initial=0.0)) or 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QRectF(self.rect()), diverging_image(shown / most))
        painter.setPen(QPen(theme.colour("text_muted"), 0.8))
        for line, column in np.argwhere(~self._inked).tolist():
            cell = self._box_of(line, column).adjusted(3, 3, -3, -3)
            painter.drawLine(cell.topLeft(), cell.bottomRight())
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawPath(frame)

    def _pixel_at(self, point: QPointF) -> tuple[int, int]:
        """(line, column) of the pixel under a place."""
        high, wide = self._weights.shape
        line = min(max(int(point.y() / self.height() * high), 0), high - 1)
        return line, min(max(int(point.x() / self.width() * wide), 0), wide - 1)

    def tip_at(self, point: QPointF) -> str:
        """The weight under a place."""
        line, column = self._pixel_at(point)
        if not self._inked[line, column]:
            text = self.tr("Line {line}, column {column}: no training image has ink here, so its weight never learns")
            return text.format(line=line + 1, column=column + 1)
        text = self.tr("Line {line}, column {column}: w = {weight}")
        return text.format(line=line + 1, column=column + 1, weight=significant(float(self._weights[line, column])))

    def event(self, event: QEvent) -> bool:
        """The tooltip tells the weight under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.tip_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)
