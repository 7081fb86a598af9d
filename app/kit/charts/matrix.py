"""One block's weight matrix as a picture: a row per unit, a column per input, the bias set apart on the right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import theme
from app.kit.colourmap import diverging_colour, diverging_image, readable_on
from app.kit.export import Table
from app.kit.numbers import counted, fixed, short
from app.kit.widgets.painted import Painted, set_pixels
from app.kit.words import plain_tip

_LEFT, _BOTTOM, _BIAS_GAP, _KEY = 30, 16, 6, 74
_LARGEST_CELL = 30.0

Floats = NDArray[np.float64]


class WeightMatrix(Painted):
    """W (units, inputs) and b (units,), blue for positive and orange for negative, on one scale."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: Floats = np.zeros((0, 0))
        self._bias: Floats | None = None
        self._under: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(160, 80)

    def set_arrays(self, weights: Floats, bias: Floats | None) -> None:
        """Show this block's arrays."""
        self._weights, self._bias = weights, bias
        self.update()

    @property
    def scale(self) -> float:
        """The greatest absolute value shown: full colour."""
        arrays = [self._weights] if self._bias is None else [self._weights, self._bias]
        finite = np.concatenate([np.abs(a[np.isfinite(a)]).ravel() for a in arrays])
        return float(finite.max(initial=0.0)) or 1.0

    # Geometry -------------------------------------------------------------------------------------------------

    def _boxes(self) -> tuple[QRectF, QRectF]:
        """Where W and where b are painted."""
        units, inputs = self._weights.shape
        room_x, room_y = self.width() - _LEFT - _KEY - _BIAS_GAP, self.height() - _BOTTOM
        wide = min(_LARGEST_CELL * 2, room_x / (inputs + 1))
        high = min(_LARGEST_CELL, room_y / units)
        matrix = QRectF(_LEFT, 0, wide * inputs, high * units)
        return matrix, QRectF(matrix.right() + _BIAS_GAP, 0, min(wide, 2 * high + 8), matrix.height())

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(unit, input) under a place; the input is −1 over the bias; None elsewhere."""
        if not self._weights.size:
            return None
        matrix, bias = self._boxes()
        units, inputs = self._weights.shape
        unit = min(units - 1, max(0, int(y / matrix.height() * units)))
        if matrix.contains(x, y):
            return unit, min(inputs - 1, int((x - matrix.left()) / matrix.width() * inputs))
        if self._bias is not None and bias.contains(x, y):
            return unit, -1
        return None

    # Painting -------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 10)
        if self._weights.size:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        matrix, bias = self._boxes()
        scale = self.scale
        painter.drawImage(matrix, diverging_image(self._weights / scale))
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawRect(matrix)
        if self._bias is not None:
            painter.drawImage(bias, diverging_image(self._bias[:, None] / scale))
            painter.drawRect(bias)
        self._paint_numbers(painter, matrix, bias)
        self._paint_frame(painter, matrix, bias)
        self._paint_key(painter, bias, scale)
        self._paint_words(painter, matrix, bias)

    def _paint_numbers(self, painter: QPainter, matrix: QRectF, bias: QRectF) -> None:
        """The values themselves, where the cells are large enough to hold them."""
        units, inputs = self._weights.shape
        if matrix.width() / inputs < 36 or matrix.height() / units < 13:
            return
        for unit in range(units):
            for column in range(inputs):
                self._paint_number(painter, self._cell(matrix, bias, unit, column), self._weights[unit, column])
            if self._bias is not None:
                self._paint_number(painter, self._cell(matrix, bias, unit, -1), self._bias[unit])

    def _paint_number(self, painter: QPainter, box: QRectF, value: float) -> None:
        painter.setPen(readable_on(diverging_colour(value / self.scale)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fixed(float(value)))

    def _cell(self, matrix: QRectF, bias: QRectF, unit: int, column: int) -> QRectF:
        units, inputs = self._weights.shape
        high = matrix.height() / units
        if column < 0:
            return QRectF(bias.left(), unit * high, bias.width(), high)
        wide = matrix.width() / inputs
        return QRectF(matrix.left() + column * wide, unit * high, wide, high)

    def _paint_frame(self, painter: QPainter, matrix: QRectF, bias: QRectF) -> None:
        if self._under is not None and self._under[0] < self._weights.shape[0]:
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.drawRect(self._cell(matrix, bias, *self._under))

    def _paint_words(self, painter: QPainter, matrix: QRectF, bias: QRectF) -> None:
        units, inputs = self._weights.shape
        painter.setPen(theme.colour("text_muted"))
        below = QRectF(matrix.left(), matrix.bottom() + 2, max(matrix.width(), 60), _BOTTOM - 2)
        if matrix.width() >= 60:
            painter.drawText(
                below, Qt.AlignmentFlag.AlignLeft, counted(inputs, self.tr("1 input →"), self.tr("{count} inputs →"))
            )
        if self._bias is not None:
            under_bias = QRectF(bias.left() - 8, below.top(), bias.width() + 16, _BOTTOM - 2)
            painter.drawText(under_bias, Qt.AlignmentFlag.AlignHCenter, "b")
        high = matrix.height() / units
        stride = max(1, -(-12 // max(1, int(high))))
        for unit in range(0, units, stride):
            box = QRectF(0, unit * high - 6, _LEFT - 6, high + 12)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(unit + 1))

    def _paint_key(self, painter: QPainter, bias: QRectF, scale: float) -> None:
        """The colours' scale: +max on top, −max at the bottom."""
        height = max(40.0, min(bias.height(), 120.0))
        bar = QRectF(bias.right() + 16, 4, 8, height - 8)
        painter.drawImage(bar, diverging_image(np.linspace(1.0, -1.0, 64)[:, None]))
        painter.setPen(theme.colour("text_muted"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for y, text in ((bar.top(), f"+{short(scale, 2)}"), (bar.center().y(), "0"), (bar.bottom(), short(-scale, 2))):
            painter.drawText(QRectF(bar.right() + 5, y - 7, 48, 14), left, text)

    # Reading --------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self.cell_at(event.position().x(), event.position().y())
        if under != self._under:
            self._under = under
            self.update()
        if under is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(self.describe(*under)), self)

    def describe(self, unit: int, column: int) -> str:
        """One number in words; units and inputs count from 1."""
        if column < 0 and self._bias is not None:
            return self.tr("bias of unit {unit}: {value}").format(unit=unit + 1, value=short(self._bias[unit]))
        return self.tr("W[{unit}, {column}] = {value}, from input {column} to unit {unit}").format(
            unit=unit + 1, column=column + 1, value=short(float(self._weights[unit, column]))
        )

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        QToolTip.hideText()
        self.update()

    def table(self) -> Table:
        """A row per unit: its weights, and its bias where it has one."""
        units, inputs = self._weights.shape
        header = ("unit", *(f"w{column + 1}" for column in range(inputs)), *(("b",) if self._bias is not None else ()))
        rows = []
        for unit in range(units):
            bias = [] if self._bias is None else [float(self._bias[unit])]
            rows.append([unit + 1, *self._weights[unit].tolist(), *bias])
        return Table(header, rows)
