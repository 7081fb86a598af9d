"""Histograms as small multiples: one cell per layer, all on one scale of height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.numbers import grouped, percent, short
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip

_TITLE, _NOTE, _AXIS, _GAP = 16, 15, 13, 14
_LEAST_WIDTH, _LEAST_HEIGHT = 116, 84


@dataclass(frozen=True, slots=True)
class Histogram:
    """One cell. ``counts`` (bins,) over ``edges`` (bins + 1,); ``note`` stands under the title, in ``note_colour``
    of the theme."""

    key: str
    title: str
    counts: NDArray[np.int64]
    edges: NDArray[np.float64]
    colour: QColor
    note: str = ""
    note_colour: str = "text_muted"
    tip: str = ""


class HistogramGrid(Painted):
    """Cells side by side, wrapped into rows where there are many; a click chooses one. It asks for the height that all
    rows need, so that in :func:`scrolled` none of them is squeezed."""

    antialiased = False

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[Histogram, ...] = ()
        self._current = ""
        self.setMouseTracking(True)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)

    def set_cells(self, cells: Sequence[Histogram], current: str = "") -> None:
        """Show these histograms; ``current`` is the key of the one to set off."""
        self._cells, self._current = tuple(cells), current
        self._ask_for_height()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_height()

    def _ask_for_height(self) -> None:
        needed = max(1, self._rows_needed()) * _LEAST_HEIGHT
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)

    # Geometry -------------------------------------------------------------------------------------------------

    def _rows_needed(self) -> int:
        """As few rows as let every cell be wide enough."""
        return -(-len(self._cells) // max(1, (self.width() + _GAP) // (_LEAST_WIDTH + _GAP)))

    def _columns(self) -> int:
        return -(-len(self._cells) // max(1, self._rows_needed()))

    def _box(self, index: int) -> QRectF:
        columns = self._columns()
        rows = -(-len(self._cells) // columns)
        width = min(420.0, (self.width() + _GAP) / columns)
        height = (self.height() + 6) / rows
        return QRectF(index % columns * width, index // columns * height, width - _GAP, height - 6)

    def _plot_box(self, box: QRectF, cell: Histogram) -> QRectF:
        return box.adjusted(0, _TITLE + (_NOTE if cell.note else 0), 0, -_AXIS)

    # Painting -------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        for index, cell in enumerate(self._cells):
            self._paint_cell(painter, self._box(index), cell)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: Histogram) -> None:
        self._paint_words(painter, box, cell)
        plot = self._plot_box(box, cell)
        painter.setPen(Qt.PenStyle.NoPen)
        if cell.key == self._current:
            painter.fillRect(plot, theme.colour("accent_soft"))
        peak = max(1, int(cell.counts.max(initial=0)))
        step = plot.width() / max(1, len(cell.counts))
        fill = QColor(cell.colour)
        fill.setAlpha(190)
        for number, amount in enumerate(cell.counts.tolist()):
            if amount:
                height = max(1.0, amount / peak * plot.height())
                left = plot.left() + number * step
                painter.fillRect(QRectF(left, plot.bottom() - height, max(1.0, step - 1), height), fill)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        self._paint_axis(painter, plot, cell)

    def _paint_words(self, painter: QPainter, box: QRectF, cell: Histogram) -> None:
        set_pixels(painter, 11, QFont.Weight.Bold)
        painter.setPen(theme.colour("text"))
        line = QRectF(box.left(), box.top(), box.width(), _TITLE)
        draw_elided(painter, line, Qt.AlignmentFlag.AlignVCenter, fitting(painter, cell.title, box.width()))
        set_pixels(painter, 10, QFont.Weight.Normal)
        painter.setPen(theme.colour(cell.note_colour))
        note = fitting(painter, cell.note, box.width())
        draw_elided(painter, line.translated(0, _NOTE), Qt.AlignmentFlag.AlignVCenter, note)

    def _paint_axis(self, painter: QPainter, plot: QRectF, cell: Histogram) -> None:
        painter.setPen(theme.colour("text_muted"))
        line = QRectF(plot.left(), plot.bottom() + 1, plot.width(), _AXIS)
        low, high = float(cell.edges[0]), float(cell.edges[-1])
        metrics, ends = painter.fontMetrics(), (short(low, 2), short(high, 2))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, ends[0])
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, ends[1])
        if low < 0 < high:
            x = plot.left() - low / (high - low) * plot.width()
            painter.setPen(QPen(theme.colour("text_muted"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(round(x), round(plot.top()), round(x), round(plot.bottom()))
            taken = [metrics.horizontalAdvance(end) + metrics.horizontalAdvance("00") for end in ends]
            if plot.left() + taken[0] < x < plot.right() - taken[1]:  # else it would be read as a digit of theirs
                painter.drawText(QRectF(x - 10, line.top(), 20, _AXIS), Qt.AlignmentFlag.AlignHCenter, "0")

    # Reading --------------------------------------------------------------------------------------------------

    def cell_at(self, x: float, y: float) -> tuple[Histogram, int] | None:
        """The cell under a place and its bin, −1 where the place is above or below the bars."""
        for index, cell in enumerate(self._cells):
            box = self._box(index)
            if box.contains(x, y):
                plot = self._plot_box(box, cell)
                number = int((x - plot.left()) / plot.width() * len(cell.counts))
                return cell, number if plot.contains(x, y) and number < len(cell.counts) else -1
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.cell_at(event.position().x(), event.position().y())
        text = self.describe(*found) if found else ""
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        else:
            QToolTip.hideText()

    def describe(self, cell: Histogram, number: int) -> str:
        """One bin in words; over the title, what the cell's note means."""
        if number < 0:
            return "\n".join(part for part in (cell.note, cell.tip) if part)
        total = max(1, int(cell.counts.sum()))
        return self.tr("{low} to {high}: {count} ({share})").format(
            low=short(float(cell.edges[number])),
            high=short(float(cell.edges[number + 1])),
            count=grouped(int(cell.counts[number])),
            share=percent(int(cell.counts[number]) / total),
        )

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.cell_at(event.position().x(), event.position().y())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found[0].key)

    def table(self) -> Table:
        """Layer, the bin's edges and its count."""
        rows = [
            (cell.title, float(cell.edges[i]), float(cell.edges[i + 1]), int(cell.counts[i]))
            for cell in self._cells
            for i in range(len(cell.counts))
        ]
        return Table(("layer", "from", "to", "count"), rows)


def scrolled(grid: HistogramGrid) -> QScrollArea:
    """Where a grid stands that may have more rows than there is height for."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(grid)
    grid.setAutoFillBackground(False)
    return area


def fitting(painter: QPainter, text: str, width: float) -> str:
    """As many of the parts between the dots as there is room for, the first one in any case."""
    parts = text.split(" · ")
    while len(parts) > 1 and painter.fontMetrics().horizontalAdvance(" · ".join(parts)) > width:
        parts.pop()
    return " · ".join(parts)
