"""Residuals of a regression: predicted against true values, and how the differences are spread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.numbers import short, within
from app.kit.widgets.painted import Painted, draw_plate, set_pixels
from engine.training.evaluation import Evaluation

MOST_POINTS = 1500
BINS = 31
FOOT = 18.0


class ResidualsView(Painted):
    """Above: a point for every row, right on the diagonal. Below: the histogram of true minus predicted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evaluation: Evaluation | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Residuals"))
        self.setToolTip(
            self.tr("Above: predicted against true values, right where they lie on the line. Below: true − predicted.")
        )

    @property
    def evaluation(self) -> Evaluation | None:
        """What is shown."""
        return self._evaluation

    def set_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show other residuals, or none."""
        self._evaluation = evaluation
        self.update()

    def table(self) -> Table:
        """One row per row of the data: true and predicted value in the target's units, and their difference."""
        header = (self.tr("true"), self.tr("predicted"), self.tr("true − predicted"))
        found = self._evaluation
        columns = (found.true, found.predicted, found.residuals) if found is not None else ((), (), ())
        return Table(header, [tuple(map(float, row)) for row in zip(*columns, strict=True)])

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 11)
        if self._evaluation is not None and len(self._evaluation.residuals):
            height = self.height()
            self._paint_scatter(painter, QRectF(1, 1, self.width() - 2, height * 0.6 - FOOT), self._evaluation)
            top = height * 0.6 + 8
            self._paint_histogram(painter, QRectF(1, top, self.width() - 2, height - top - FOOT), self._evaluation)

    def _frame(self, painter: QPainter, box: QRectF, low: str, caption: str, high: str) -> None:
        draw_plate(painter, box, 6)
        foot = QRectF(box.x(), box.bottom() + 2, box.width(), 15)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, caption)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, high)

    def _paint_scatter(self, painter: QPainter, box: QRectF, found: Evaluation) -> None:
        step = -(-len(found.true) // MOST_POINTS)
        true, predicted = found.true[::step], np.nan_to_num(found.predicted[::step])
        low, high = float(min(true.min(), predicted.min())), float(max(true.max(), predicted.max()))
        span = (high - low) or 1.0
        self._frame(painter, box, within(low, low, high), self.tr("true → · predicted ↑"), within(high, low, high))
        inner = box.adjusted(6, 6, -6, -6)
        painter.setPen(QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(inner.bottomLeft(), inner.topRight())
        painter.setPen(Qt.PenStyle.NoPen)
        dot = theme.colour("accent")
        dot.setAlphaF(0.65)
        painter.setBrush(dot)
        for x, y in zip((true - low) / span, (predicted - low) / span, strict=True):
            painter.drawEllipse(QPointF(inner.x() + x * inner.width(), inner.bottom() - y * inner.height()), 2.2, 2.2)

    def _paint_histogram(self, painter: QPainter, box: QRectF, found: Evaluation) -> None:
        finite = found.residuals[np.isfinite(found.residuals)]
        reach = float(np.abs(finite).max()) if len(finite) else 1.0
        reach = reach or 1.0
        counts, _ = np.histogram(finite, bins=BINS, range=(-reach, reach))
        self._frame(painter, box, short(-reach), self.tr("true − predicted"), short(reach))
        inner = box.adjusted(4, 6, -4, -1)
        width, most = inner.width() / BINS, max(int(counts.max()), 1)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = BINS // 2
        for at, count in enumerate(counts):
            painter.setBrush(theme.colour("text_muted" if at == middle else "negative" if at < middle else "positive"))
            height = inner.height() * count / most
            painter.drawRect(QRectF(inner.x() + at * width + 0.5, inner.bottom() - height, width - 1, height))
