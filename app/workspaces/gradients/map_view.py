"""The map of depth × scale: where the signal arrives, where it vanishes and where it explodes; a cell is a click."""

from __future__ import annotations

import math
from math import isfinite, log, log10

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy

from app.kit import theme
from app.kit.announce import announce
from app.kit.colourmap import diverging_colour, sequential_colour
from app.kit.export import Table
from app.kit.numbers import significant
from app.kit.widgets.painted import KeyFocus, Painted, set_pixels
from app.workspaces.gradients.map_words import GUESS, cell_words, end_words, is_beside, key_words
from engine.gradients.experiment import Configuration
from engine.gradients.scan import Map

LEFT, BOTTOM, TOP = 44, 34, 6


class MapView(KeyFocus, Painted):
    """``chosen(depth, scale)``: a cell by mouse, which may be dragged from cell to cell, or by keyboard; ``settled``:
    the mouse has let go."""

    chosen = Signal(int, float)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._map: Map | None = None
        self._here: tuple[int, float] | None = None
        self._cell: tuple[int, int] | None = None
        self._hidden = False
        self.setAccessibleName(self.tr("Ratio over depth and scale"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_map(self, known: Map | None, configuration: Configuration) -> None:
        """Show what is known of the map, and where on it the configuration lies."""
        self._hidden = False
        if known is None or self._map is None or known.values.shape != self._map.values.shape:
            self._point_at(None)
        self._map, self._here = known, (configuration.depth, configuration.scale)
        self._name()
        self.update()

    def hide_map(self) -> None:
        """Show nothing until it has been guessed."""
        self._map, self._hidden = None, True
        self._point_at(None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 110)

    # Places -------------------------------------------------------------------------------------------------------

    def _plot(self) -> QRectF:
        return QRectF(LEFT, TOP, max(self.width() - LEFT - RIGHT, 20), max(self.height() - TOP - BOTTOM, 20))

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a cell is; rows go down, the deepest first."""
        assert self._map is not None
        plot, rows, columns = self._plot(), len(self._map.depths), len(self._map.scales)
        width, height = plot.width() / columns, plot.height() / rows
        return QRectF(plot.left() + column * width, plot.bottom() - (row + 1) * height, width, height)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Row (of depths) and column (of scales) at a point."""
        plot = self._plot()
        if self._map is None or not plot.contains(point):
            return None
        rows, columns = len(self._map.depths), len(self._map.scales)
        row = int((plot.bottom() - point.y()) / plot.height() * rows)
        column = int((point.x() - plot.left()) / plot.width() * columns)
        return min(row, rows - 1), min(column, columns - 1)

    def _place(self, depth: float, scale: float) -> QPointF:
        """Where a depth and a scale are, between the cells too."""
        assert self._map is not None
        depths, scales = np.array(self._map.depths, dtype=float), np.log10(self._map.scales)
        row = float(np.interp(depth, depths, np.arange(len(depths))))
        column = float(np.interp(log10(max(scale, 1e-9)), scales, np.arange(len(scales))))
        box = self.cell_box(0, 0)
        return QPointF(
            self._plot().left() + (column + 0.5) * box.width(), self._plot().bottom() - (row + 0.5) * box.height()
        )

    def _cell_here(self, known: Map) -> tuple[int, int]:
        """The cell that is nearest to the configuration."""
        depth, scale = self._here or (known.depths[0], known.scales[0])
        away = np.abs(np.log(known.scales) - log(max(scale, known.scales[0])))
        return int(np.abs(np.array(known.depths) - depth).argmin()), int(away.argmin())

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        if self._map is None:
            painter.setPen(theme.colour("text_muted"))
            text = self.tr("?\nhidden until you guess") if self._hidden else self.tr("measuring …")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for row in range(len(self._map.depths)):
            for column in range(len(self._map.scales)):
                self._paint_cell(painter, row, column)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        self._paint_edge(painter)
        self._paint_here(painter)
        foot = paint_legend(painter, self._map, self._plot(), self.height())
        self._paint_read_out(painter, self._plot().right() + 12, foot + 6)
        if not self._map.complete:
            plot = self._plot()
            painter.fillRect(QRectF(plot.left(), 1, plot.width(), 3), theme.colour("track"))
            painter.fillRect(QRectF(plot.left(), 1, self._map.done * plot.width(), 3), theme.colour("accent"))

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        assert self._map is not None
        box = self.cell_box(row, column).adjusted(0, 0, 0.6, 0.6)
        paint_value(painter, box, self._map, float(self._map.values[row, column]))
        if is_beside(self._map, row, column):
            paint_beside(painter, box)

    def _paint_axes(self, painter: QPainter) -> None:
        assert self._map is not None
        set_pixels(painter, 10)
        painter.setPen(theme.colour("text_muted"))
        for row, depth in enumerate(self._map.depths):
            if depth % 10 == 0 or row == 0:
                box = self.cell_box(row, 0)
                place = QRectF(0, box.center().y() - 8, LEFT - 6, 16)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(depth))
        for column, scale in enumerate(self._map.scales):
            if abs(log10(scale) - round(log10(scale))) < 1e-6:
                box = self.cell_box(0, column)
                place = QRectF(box.center().x() - 30, box.bottom() + 3, 60, 12)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, significant(scale))
        plot = self._plot()
        foot = QRectF(plot.left(), plot.bottom() + 16, plot.width(), 14)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self.tr("scale (depth upwards)"))

    def _paint_edge(self, painter: QPainter) -> None:
        """Where theory has the ratio at 1."""
        assert self._map is not None
        path, begun = QPainterPath(), False
        for depth, scale in zip(self._map.depths, self._map.edge, strict=True):
            if isfinite(scale):
                point = self._place(depth, float(scale))
                path.lineTo(point) if begun else path.moveTo(point)
                begun = True
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("surface"), 3.4))
        painter.drawPath(path)
        painter.setPen(QPen(theme.colour("text"), 1.6, Qt.PenStyle.DashLine))
        painter.drawPath(path)

    def _paint_here(self, painter: QPainter) -> None:
        if self._here is not None:
            place = self._place(*self._here)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("surface"), 4.0))
            painter.drawEllipse(place, 6, 6)
            painter.setPen(QPen(theme.colour("text"), 2.0))
            painter.drawEllipse(place, 6, 6)
        if self._cell is not None:
            painter.setPen(QPen(theme.colour("text"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell_box(*self._cell))

    def _paint_read_out(self, painter: QPainter, x: float, y: float) -> None:
        if self._cell is not None:
            painter.setPen(theme.colour("text"))
            room = QRectF(x, y, RIGHT - 14, self.height() - y)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, self.spoken(*self._cell))

    def spoken(self, row: int, column: int) -> str:
        """A cell in words."""
        assert self._map is not None
        return cell_words(self._map, row, column)

    # Hands --------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        moved = cell != self._cell
        self._point_at(cell)
        if moved and cell is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.settled.emit()
        super().mouseReleaseEvent(event)

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        if cell != self._cell:
            self._cell = cell
            self.setCursor(Qt.CursorShape.PointingHandCursor if cell is not None else Qt.CursorShape.ArrowCursor)
            self._name()
            self.update()

    def _name(self) -> None:
        name = self.tr("Ratio over depth and scale")
        self.setAccessibleName(name if self._cell is None else f"{name}: {self.spoken(*self._cell)}")

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._point_at(cell)
            self._choose(cell)

    def _choose(self, cell: tuple[int, int]) -> None:
        assert self._map is not None
        self.chosen.emit(self._map.depths[cell[0]], self._map.scales[cell[1]])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Return takes the one they have come to."""
        steps = {
            Qt.Key.Key_Left.value: (0, -1), Qt.Key.Key_Right.value: (0, 1), Qt.Key.Key_Up.value: (1, 0),
            Qt.Key.Key_Down.value: (-1, 0),
        }  # fmt: skip
        step = steps.get(event.key())
        if self._map is not None and step is not None:
            rows, columns = len(self._map.depths), len(self._map.scales)
            row, column = self._cell or self._cell_here(self._map)
            self._point_at((min(max(row + step[0], 0), rows - 1), min(max(column + step[1], 0), columns - 1)))
            assert self._cell is not None
            announce(self, self.spoken(*self._cell))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cell is not None:
            self._choose(self._cell)
            self.settled.emit()
        else:
            super().keyPressEvent(event)

    def table(self) -> Table:
        """A row for every depth, a column for every scale: the figure that the cell shows."""
        if self._map is None:
            return Table((), ())
        header = ("depth", *(repr(scale) for scale in self._map.scales))
        rows = [
            [depth, *(float(v) for v in line)] for depth, line in zip(self._map.depths, self._map.values, strict=True)
        ]
        return Table(header, rows)


RIGHT = 132
"""The room for the key, in pixels."""
STEP, LEAST_STEP, TOLD = 15, 11, 34
"""Pixels of a row of the key at most and at least, and of what is told of a cell beneath."""
FULL = 10.0
"""So many decades from 1 have the full colour."""


def paint_value(painter: QPainter, box: QRectF, known: Map, value: float) -> None:
    """A cell. What is not known yet is an empty place: no colour of the key, or it would say something already."""
    if math.isnan(value):
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(theme.colour("surface"))
        painter.drawRect(box)
        return
    painter.fillRect(box, _colour(known, value))
    if math.isinf(value):
        painter.fillRect(box, QBrush(theme.colour("text_muted"), Qt.BrushStyle.BDiagPattern))


def _colour(known: Map, value: float) -> QColor:
    """Of the signal on both sides of 1; of the loss the stronger, the further it is below that of a mere guess."""
    if known.kind == "loss":
        return sequential_colour(math.sqrt(min(max(1.0 - value / GUESS, 0.0), 1.0)))  # a little is seen already
    return diverging_colour(max(-1.0, min(1.0, value / FULL)))


def legend_of(known: Map) -> list[tuple[float, str]]:
    """The values whose signs are explained, and what they stand for: of what is there, and no more."""
    rows = key_words(known)
    if np.isnan(known.values).any():
        rows.append((math.nan, _tr("not yet")))
    for end, told in end_words(known).items():
        if (known.values == end).any():
            rows.append((end, told))
    return rows


def has_beside(known: Map) -> bool:
    """Whether there are cells whose figure is of the layers beside a saturated one."""
    return known.beside is not None and bool((known.beside & ~np.isnan(known.values)).any())


def paint_beside(painter: QPainter, box: QRectF) -> None:
    """The sign of a cell whose figure is of the layers beside a saturated one."""
    painter.fillRect(box, QBrush(theme.colour("text_muted"), Qt.BrushStyle.Dense6Pattern))


def has_edge(known: Map) -> bool:
    """Whether theory has an edge on this map."""
    return bool(np.isfinite(known.edge).any())


def paint_legend(painter: QPainter, known: Map, plot: QRectF, height: float) -> float:
    """The key, to the right of the ``plot`` in a drawing of so many pixels; y where it ends."""
    set_pixels(painter, 10)
    x, y, rows = plot.right() + 12, plot.top(), legend_of(known)
    step = step_of(len(rows) + has_beside(known) + has_edge(known), height - y)
    for value, text in rows:
        paint_value(painter, QRectF(x, y, 12, step - 1), known, value)
        y = _write(painter, QRectF(x, y, RIGHT, step), text)
    if has_beside(known):
        paint_beside(painter, QRectF(x, y, 12, step - 1))
        y = _write(painter, QRectF(x, y, RIGHT, step), _tr("beside a saturated one"))
    if has_edge(known):
        painter.setPen(QPen(theme.colour("text"), 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, y + step / 2), QPointF(x + 14, y + step / 2))
        y = _write(painter, QRectF(x, y, RIGHT, step), _tr("predicted edge"))
    return y


def step_of(rows: int, room: float) -> float:
    """Pixels from one row of the key to the next, so that beneath them a cell can be told of."""
    return min(max((room - TOLD) / rows, LEAST_STEP), STEP)


def _write(painter: QPainter, row: QRectF, text: str) -> float:
    """A row's words, right of its sign; y of the next."""
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(row.adjusted(18, 0, 18, -1), Qt.AlignmentFlag.AlignVCenter, text)
    return row.bottom()


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapView", text)
