"""The confusion matrix: rows are true classes, columns what the network took them for."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.charts.colourmap import diverging_colour, readable_on
from app.kit.export import Table
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip

EDGE, FOOT = 74.0, 34.0
LEAST_CELL = 15.0
"""Smaller cells show no number."""


def _cell_colour(share: float, *, right: bool) -> QColor:
    """Blue for what was right and orange for what was wrong, by the share of the true class. The root lets single
    mistakes be seen beside hundreds."""
    if share == 0.0:
        return theme.colour("surface")
    return diverging_colour(0.25 + 0.75 * share if right else -(0.25 + 0.75 * math.sqrt(share)))


class ConfusionView(Painted):
    """Cells coloured by their share of the true class; the diagonal is what was right, the rest are mistakes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._classes: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Confusion matrix"))

    @property
    def counts(self) -> NDArray[np.int64]:
        """The matrix shown, (k, k)."""
        return self._counts

    def set_counts(self, counts: NDArray[np.int64], classes: tuple[str, ...]) -> None:
        """Show other counts, (k, k), true by predicted."""
        self._counts, self._classes = counts, classes
        right, total = int(np.trace(counts)), int(counts.sum())
        text = self.tr("{right} of {total} right").format(right=right, total=total)
        self.setAccessibleDescription(text)
        self.update()

    def table(self) -> Table:
        """One row per true class: its name, then how often it was taken for each class."""
        rows = [(name, *counts) for name, counts in zip(self._classes, self._counts.tolist(), strict=True)]
        return Table((self.tr("true, by predicted"), *self._classes), rows)

    def _grid(self) -> QRectF:
        return QRectF(EDGE, 4.0, max(self.width() - EDGE - 2, 1.0), max(self.height() - FOOT - 4, 1.0))

    def _cell(self, true: int, predicted: int) -> QRectF:
        grid, count = self._grid(), max(len(self._classes), 1)
        width, height = grid.width() / count, grid.height() / count
        box = QRectF(grid.x() + predicted * width, grid.y() + true * height, width, height)
        gap = 1.0 if count <= 20 else 0.0
        return box.adjusted(gap, gap, -gap, -gap)

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 11)
        self._paint_cells(painter)
        self._paint_names(painter)

    def _paint_cells(self, painter: QPainter) -> None:
        totals = np.maximum(self._counts.sum(axis=1), 1)
        for true, row in enumerate(self._counts):
            for predicted, count in enumerate(row):
                share = float(count / totals[true])
                box, colour = self._cell(true, predicted), _cell_colour(share, right=true == predicted)
                painter.setPen(QPen(theme.colour("border"), 1.0) if not count else Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawRoundedRect(box, 3, 3)
                if min(box.width(), box.height()) >= LEAST_CELL and (count or len(self._classes) <= 5):
                    painter.setPen(readable_on(colour) if count else theme.colour("text_muted"))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))

    def _paint_names(self, painter: QPainter) -> None:
        grid = self._grid()
        painter.setPen(theme.colour("text_muted"))
        for index, name in enumerate(self._classes):
            cell = self._cell(index, index)
            if cell.height() >= 12:
                left = QRectF(0, cell.y(), EDGE - 8, cell.height())
                draw_elided(painter, left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            if cell.width() >= 12:
                below = QRectF(cell.x() - 2, grid.bottom() + 2, cell.width() + 4, 14)
                draw_elided(painter, below, Qt.AlignmentFlag.AlignCenter, name)
        caption = QRectF(grid.x(), grid.bottom() + 17, grid.width(), 15)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self.tr("predicted"))
        painter.drawText(QRectF(0, grid.bottom() + 2, EDGE - 8, 14), Qt.AlignmentFlag.AlignRight, self.tr("true ↑"))

    def event(self, event: QEvent) -> bool:
        """The tooltip tells the cell under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.tip_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """What the tooltip says at a place."""
        for true, name in enumerate(self._classes):
            for predicted, other in enumerate(self._classes):
                if self._cell(true, predicted).contains(point):
                    count, total = int(self._counts[true, predicted]), int(self._counts[true].sum())
                    text = self.tr("{count} of {total} rows of “{true}” were taken for “{predicted}”")
                    return text.format(count=count, total=total, true=name, predicted=other)
        return self.tr("Each row of cells is a true class, each column what the network took it for")
