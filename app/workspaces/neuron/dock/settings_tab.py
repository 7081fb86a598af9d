"""All settings of a grid at once: a map over two weights, and how many settings do how many rows."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.export import Table
from app.kit.numbers import grouped, typed
from app.kit.typeset import paint_line, typeset
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.painted import Painted
from app.kit.widgets.per_frame import PerFrame
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.stage.shapes import between
from engine.neuron.settings import Counts, Grid, grid_for, search, slice_at, slice_of

MAP, EDGE = 176.0, 24.0
BAR, LEAST_ROW = 15.0, 14.0
WRAPPED = Qt.TextFlag.TextWordWrap.value


def shade(count: int, total: int) -> QColor:
    """The colour of settings that do so many rows: green for the whole table, else greyer the fewer."""
    if count == total:
        return theme.colour("good")
    return between(theme.colour("surface"), theme.colour("text_muted"), 0.06 + 0.5 * count / total)


def _picture(counts: Counts, total: int) -> QImage:
    """Rows right over the first axis (to the right) and the second (upwards), a pixel a setting."""
    colours = np.array([shade(count, total).rgb() for count in range(total + 1)], np.uint32)
    pixels = np.ascontiguousarray(colours[counts.T[::-1]])
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()


class SettingsMap(Painted):
    """Rows right over two parameters, the others as they are; a click or drag puts a setting in."""

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._gesture = ""
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._pick)
        self.setFixedWidth(int(MAP + EDGE + 30))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Map of settings"))
        self.setToolTip(self.tr("Each cell is a setting; click one to take it"))
        model.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(int(MAP + EDGE + 30), int(MAP + EDGE))

    @property
    def _grid(self) -> Grid:
        return grid_for(len(self._model.content.weights))

    def area(self) -> QRectF:
        """Where the map is."""
        side = min(MAP, self.height() - EDGE)
        return QRectF(EDGE, 2, side, side)

    def paint(self, painter: QPainter) -> None:
        content, box, grid = self._model.content, self.area(), self._grid
        counts = slice_at(content.targets, content.weights, content.bias)
        painter.drawImage(box, _picture(counts, len(content.targets)))
        self._paint_axes(painter, box, grid)
        first, second = self._parameters()
        at = QPointF(self._along(first, box), box.bottom() - (self._along(second, box) - box.left()))
        painter.setPen(QPen(theme.colour("text"), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 6, 6)

    def _parameters(self) -> tuple[float, float]:
        content = self._model.content
        return (content.weights[0], content.bias if len(content.weights) == 1 else content.weights[1])

    def _along(self, value: float, box: QRectF) -> float:
        high = self._grid.high
        held = max(-high, min(high, value))
        return box.left() + (held + high + self._grid.step / 2) / (2 * high + self._grid.step) * box.width()

    def _paint_axes(self, painter: QPainter, box: QRectF, grid: Grid) -> None:
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.setFont(look.font(10))
        painter.setPen(theme.colour("text_muted"))
        for value in (-grid.high, 0.0, grid.high):
            text = typed(value)
            x = self._along(value, box)
            painter.drawText(QRectF(x - 16, box.bottom() + 2, 32, 13), Qt.AlignmentFlag.AlignCenter, text)
            y = box.bottom() - (x - box.left())
            painter.drawText(QRectF(0, y - 7, EDGE - 4, 14), Qt.AlignmentFlag.AlignRight, text)
        flat = len(self._model.content.weights) == 1
        for name, place in (("w_1", QPointF(box.center().x() + 26, box.bottom() + 14)),
                            ("b" if flat else "w_2", QPointF(2, box.center().y() - 14))):  # fmt: skip
            paint_line(painter, typeset(name, 14), place.x(), place.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = new_gesture("map")
            self._frames.offer(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._gesture:
            self._frames.offer(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._frames.flush()
        self._gesture = ""
        self._model.sheet.settle()

    @Slot(object)
    def _pick(self, at: QPointF) -> None:
        box, grid = self.area(), self._grid
        values = grid.values()
        across = min(grid.side - 1, max(0, int((at.x() - box.left()) / box.width() * grid.side)))
        up = min(grid.side - 1, max(0, int((box.bottom() - at.y()) / box.height() * grid.side)))
        content = self._model.content
        first, second = float(values[across]), float(values[up])
        if len(content.weights) == 1:
            self._model.set_parameters((first,), second, self._gesture)
        else:
            self._model.set_parameters((first, second, *content.weights[2:]), content.bias, self._gesture)


class SettingsBars(Painted):
    """How many settings do how many rows."""

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        model.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.setAccessibleName(self._title())
        self.setAccessibleDescription(self._words())
        self.update()

    def _title(self) -> str:
        found = search(self._model.content.targets)
        return self.tr("{solved} of {count} settings do the whole table").format(
            solved=grouped(found.solved), count=grouped(found.settings)
        )

    def _words(self) -> str:
        grid = grid_for(len(self._model.content.weights))
        high, step = typed(grid.high), typed(grid.step)
        words = self.tr("Every weight and the bias from −{high} to {high} in steps of {step}, all looked at.")
        return words.format(high=high, step=step)

    def _slice_words(self) -> str:
        """At which of the grid's values the map is, which may not be the parameters' own."""
        match [typed(value) for value in slice_of(self._model.content.weights, self._model.content.bias)]:
            case [bias]:
                return self.tr("The map is the slice at b = {bias}: move b to leaf through them.").format(bias=bias)
            case [weight, bias]:
                words = self.tr("The map is the slice at w₃ = {weight}, b = {bias}: move them to leaf through.")
                return words.format(weight=weight, bias=bias)
        return self.tr("The map shows all of them.")

    def paint(self, painter: QPainter) -> None:
        found = search(self._model.content.targets)
        total = len(found.by_rows) - 1
        title, muted = look.font(13.5, QFont.Weight.DemiBold), look.font(11.5)
        top = self._paint_words(painter, 1, self._title(), title, "text") + 3
        top += self._paint_words(painter, top, self._words(), muted) + 6
        foot = self._words_height(painter, self._slice_words(), muted) + 4
        if self.height() - top - foot < LEAST_ROW * (total + 1):
            foot = 0.0  # the numbers matter more
        height = min(26.0, (self.height() - top - foot) / (total + 1))
        most = max(found.by_rows)
        for number, count in enumerate(reversed(found.by_rows)):
            rows = total - number
            y = top + number * height
            self._paint_bar(painter, QRectF(0, y, self.width(), height), rows, total, count, count / most)
        if foot:
            self._paint_words(painter, top + 4 + (total + 1) * height, self._slice_words(), muted)

    def _words_height(self, painter: QPainter, text: str, font: QFont) -> float:
        """How high a sentence is in as many lines as it takes."""
        painter.setFont(font)
        return painter.boundingRect(QRectF(0, 0, self.width(), 200), WRAPPED, text).height()

    def _paint_words(self, painter: QPainter, y: float, text: str, font: QFont, ink: str = "text_muted") -> float:
        """A sentence, whole; its height."""
        height = self._words_height(painter, text, font)
        painter.setPen(theme.colour(ink))
        painter.drawText(QRectF(0, y, self.width(), height + 2), WRAPPED, text)
        return height

    def _paint_bar(self, painter: QPainter, box: QRectF, rows: int, total: int, count: int, share: float) -> None:
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.figures(12))
        painter.setPen(theme.colour("text"))
        painter.drawText(box, left, self.tr("{rows} of {total}").format(rows=rows, total=total))
        room = box.width() - 64 - 70
        bar = QRectF(
            64, box.center().y() - min(BAR, box.height() - 4) / 2, max(2.0, share * room), min(BAR, box.height() - 4)
        )
        if count:
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.setBrush(shade(rows, total))
            painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(theme.colour("text" if count else "text_muted"))
        place = QRectF(bar.right() + 8 if count else 64, box.top(), 90, box.height())
        painter.drawText(place, left, grouped(count))


class SettingsTab(QWidget):
    """The map beside the bars."""

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.map, self.bars = SettingsMap(model), SettingsBars(model)
        row.addWidget(self.map)
        row.addWidget(self.bars, 1)
        self._model = model

    def table(self) -> Table:
        """How many settings do how many rows."""
        return Table(("rows_right", "settings"), list(enumerate(search(self._model.content.targets).by_rows)))
