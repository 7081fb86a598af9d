"""The heat strip: one row per layer, epochs to the right, the norm's logarithm as depth of colour.

What was not measured is left blank; a norm of 0 has the palest colour.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QImage, QLinearGradient, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import theme
from app.kit.charts.curves import index_at, last_epoch
from app.kit.charts.series import Series
from app.kit.colourmap import sequential_colour, sequential_image
from app.kit.export import Table
from app.kit.numbers import decade, grouped, short
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip
from engine.training.thinning import thinned

COLUMNS = 240
_GAP = 3
_SCALE_HEIGHT = 16


class HeatStrip(Painted):
    """Rows of colour over the epochs of the run; the mouse reads a value."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: tuple[Series, ...] = ()
        self._image: QImage | None = None
        self._range, self._last = (0.0, 1.0), 0.0
        self._grid: NDArray[np.float64] = np.zeros((0, 0))
        self.setMouseTracking(True)
        self.setMinimumSize(120, 60)
        theme.notifier().changed.connect(self._recolour)

    def set_series(self, series: Sequence[Series]) -> None:
        """Show these layers, the one nearest to the input on top."""
        self._series = tuple(series)
        self._last = last_epoch([one.curve for one in self._series])
        self._epochs = np.linspace(0, self._last, COLUMNS)
        rows = [self._row(one) for one in self._series]
        self._grid = np.array(rows) if rows else np.zeros((0, COLUMNS))
        self._recolour()

    def _row(self, one: Series) -> NDArray[np.float64]:
        """The logarithm at every column: −∞ for a norm of 0, NaN for what was not measured."""
        curve = thinned(one.curve, COLUMNS // 2)
        if len(curve.steps) == 0:
            return np.full(COLUMNS, np.nan)
        at = np.clip(np.searchsorted(curve.epochs, self._epochs, side="right") - 1, 0, len(curve.steps) - 1)
        with np.errstate(divide="ignore"):
            return np.where(curve.count > 0, np.log10(curve.mean), np.nan)[at]

    def _recolour(self) -> None:
        finite = self._grid[np.isfinite(self._grid)]
        self._image = None
        if not np.isnan(self._grid).all():
            finite = finite if finite.size else np.zeros(1)  # all of them 0: any range will do
            low, high = float(np.floor(finite.min())), float(np.ceil(finite.max()))
            self._range = (low, max(high, low + 1))
            shares = (self._grid - low) / (self._range[1] - low)
            self._image = sequential_image(np.where(np.isneginf(shares), 0.0, shares))
        self.update()

    # Geometry -------------------------------------------------------------------------------------------------

    def _label_width(self) -> int:
        widths = [self.fontMetrics().horizontalAdvance(one.label) * 10 // 12 for one in self._series]
        return min(70, max(widths, default=0) + 8)

    def _cell(self, row: int) -> QRectF:
        height = (self.height() - _SCALE_HEIGHT) / max(1, len(self._series))
        gap = _GAP if height > 9 else 0
        return QRectF(0, row * height, self.width() - self._label_width(), height - gap)

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 10)
        if self._image is not None:
            self._paint_rows(painter, self._image)
            self._paint_scale(painter)

    def _paint_rows(self, painter: QPainter, image: QImage) -> None:
        stride = max(1, -(-12 // max(1, int(self._cell(0).height()))))
        for row, one in enumerate(self._series):
            cell = self._cell(row)
            painter.drawImage(cell, image, QRectF(0, row, image.width(), 1))
            last = len(self._series) - 1
            if row == last or (row % stride == 0 and last - row >= stride):
                painter.setPen(theme.colour("text_muted"))
                box = QRectF(cell.right() + 6, cell.top() - 4, self._label_width() - 6, cell.height() + 8)
                draw_elided(painter, box, Qt.AlignmentFlag.AlignVCenter, one.label)

    def _paint_scale(self, painter: QPainter) -> None:
        """The key to the colours, under the rows: 10⁻⁵ ▬▬ 1."""
        painter.setPen(theme.colour("text_muted"))
        low, high = (decade(int(v)) for v in self._range)
        metrics = painter.fontMetrics()
        box = QRectF(0, self.height() - _SCALE_HEIGHT + 3, self.width() - self._label_width(), _SCALE_HEIGHT - 3)
        left, right = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, high)
        bar = QRectF(left + 8, box.center().y() - 2, box.width() - left - right - 16, 4)
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            ramp.setColorAt(share, sequential_colour(share))
        painter.fillRect(bar, ramp)

    # Reading --------------------------------------------------------------------------------------------------

    def value_at(self, x: float, y: float) -> tuple[Series, int, float] | None:
        """(layer, step, value) under a place in the widget, None where nothing was measured."""
        for row, one in enumerate(self._series):
            cell = self._cell(row)
            if cell.contains(x, y) and len(one.curve.steps):
                index = index_at(one.curve, (x - cell.left()) / cell.width() * self._last)
                if one.curve.count[index]:
                    return one, int(one.curve.steps[index]), float(one.curve.mean[index])
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.value_at(event.position().x(), event.position().y())
        if found is None:
            QToolTip.hideText()
            return
        one, step, value = found
        text = self.tr("{layer} at step {step}: {value}").format(
            layer=one.label, step=grouped(step), value=short(value)
        )
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()

    def table(self) -> Table:
        """Layer, step and the mean of the bucket that begins there."""
        rows = [
            (one.label, step, value)
            for one in self._series
            for step, value, count in zip(
                one.curve.steps.tolist(), one.curve.mean.tolist(), one.curve.count, strict=True
            )
            if count
        ]
        return Table(("layer", "step", "value"), rows)
