"""The truth table: z, output and target of every row; a click on a target changes it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.kit import look, theme
from app.kit.charts.colourmap import readable_on
from app.kit.widgets.painted import draw_shrunk, guarded
from app.workspaces.neuron.model import NeuronModel, Stage
from app.workspaces.neuron.truth_model import Column, Index, TruthModel

DISC = 9.0
INPUT_WIDTH, LEAST_WIDTH, MANY, WIDE = 36, 24, 7, 290
"""Pixels of an input's column, and of one of a table of so many columns that is not so wide."""
ROOMY = 60
"""A column of numbers narrower than this has less air at its right."""
TALL, LOW = 31, 24
"""Heights of a row for up to four rows and for more, or where there is less room."""
HEADER = 26


class _Delegate(QStyledItemDelegate):
    """Paints numbers in the colour of their sign, outputs and targets as discs."""

    def __init__(self, model: NeuronModel, source: TruthModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._source = model, source

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, QRectF(option.rect), index)  # type: ignore[attr-defined]  # the stubs lack it
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, box: QRectF, index: Index) -> None:
        row, column = index.row(), self._source.column_of(index)
        verdict, stage = self._model.reading.rows[row], self._model.stage_of(row)
        wrong = stage is Stage.OUTPUT and not verdict.right
        if row == self._model.content.row:
            painter.fillRect(box, theme.colour("accent_soft"))
        elif wrong:
            painter.fillRect(box, look.faded("danger", 0.07))
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        known = column is Column.TARGET or (column is Column.OUTPUT and stage is Stage.OUTPUT)
        if known and (self._model.content.output == "step" or column is Column.TARGET):
            self._paint_disc(painter, box.center(), text, verdict.target if column is Column.TARGET else verdict.fires)
            return
        painter.setFont(look.figures(13, self._weight(column, known)))
        painter.setPen(self._ink(column, row, stage))
        if (column is Column.Z and stage < Stage.SUM) or (column is Column.OUTPUT and not known):
            painter.setFont(look.font(11))
            painter.setPen(theme.colour("text_muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        place = box.adjusted(2, 0, -4 if box.width() < ROOMY else -8, 0) if column is Column.Z else box
        draw_shrunk(painter, place, right if column is Column.Z else Qt.AlignmentFlag.AlignCenter, text)

    @staticmethod
    def _weight(column: Column | int, known: bool) -> QFont.Weight:
        strong = column in (Column.Z, Column.RIGHT) or known
        return QFont.Weight.DemiBold if strong else QFont.Weight.Medium

    def _ink(self, column: Column | int, row: int, stage: Stage) -> object:
        verdict = self._model.reading.rows[row]
        if column is Column.Z and stage >= Stage.SUM:
            return look.signed_text(verdict.z) if verdict.z else theme.colour("text")
        if column is Column.OUTPUT:
            return look.signed_text(1.0 if verdict.fires else -1.0)
        if column is Column.RIGHT:
            return theme.colour("good" if verdict.right else "danger")
        return theme.colour("text")

    @staticmethod
    def _paint_disc(painter: QPainter, at: QPointF, text: str, fires: bool) -> None:
        fill = look.signed(1 if fires else -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(at, DISC, DISC)
        painter.setPen(readable_on(fill))
        painter.setFont(look.font(11, QFont.Weight.DemiBold))
        painter.drawText(QRectF(at.x() - DISC, at.y() - DISC, 2 * DISC, 2 * DISC), Qt.AlignmentFlag.AlignCenter, text)


class TruthTable(QTableView):
    """``flipped(row)``: a target was clicked, or Space pressed. ``asked(row, column)``: z or an output was clicked
    twice, or Return pressed: where does it come from?"""

    flipped = Signal(int)
    asked = Signal(int, int)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.source = TruthModel(model, self)
        self.setModel(self.source)
        self.setItemDelegate(_Delegate(model, self.source, self))
        self.setAccessibleName(self.tr("Truth table"))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet(
            "QTableView, QHeaderView { border: none; background: transparent; }"
            " QHeaderView::section { padding: 2px 0; }"
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.horizontalHeader().setFixedHeight(HEADER)
        self.clicked.connect(self._click)
        self.source.modelReset.connect(self._shape)
        model.changed.connect(self._follow)
        self._shape()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, rows are too, so that the last is not cut."""
        super().resizeEvent(event)
        self._size_rows()
        self._size_columns()

    def _size_rows(self) -> None:
        rows = self.source.rowCount()
        fits = rows <= 4 and self.height() >= HEADER + rows * TALL
        self.verticalHeader().setDefaultSectionSize(TALL if fits else LOW)

    @Slot()
    def _shape(self) -> None:
        rows = self.source.rowCount()
        height = TALL if rows <= 4 else LOW
        self._size_rows()
        self._size_columns()
        self.setMaximumHeight(HEADER + rows * height + 2)
        self.setMinimumHeight(HEADER + min(rows, 4) * LOW)
        self.updateGeometry()

    def _size_columns(self) -> None:
        """Inputs and ticks are narrow; the rest share what is left."""
        header, columns = self.horizontalHeader(), self.source.columnCount()
        width = INPUT_WIDTH if columns < MANY or self.width() >= WIDE else LEAST_WIDTH
        for column in range(columns):
            narrow = column < columns - len(Column) or column == columns - 1
            mode = QHeaderView.ResizeMode.Fixed if narrow else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, mode)
            if narrow:
                header.resizeSection(column, width)

    def sizeHint(self) -> QSize:
        rows = self.source.rowCount()
        return QSize(300, HEADER + rows * (TALL if rows <= 4 else LOW) + 2)

    @Slot()
    def _follow(self) -> None:
        """The keyboard's place follows the row that is looked at."""
        row = self._model.content.row
        if self.currentIndex().row() != row:
            column = max(0, self.currentIndex().column())
            self.setCurrentIndex(self.source.index(row, column))

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        column = self.source.column_of(index)
        self._model.look_at(index.row())
        if column is Column.TARGET:
            self.flipped.emit(index.row())
        elif column in (Column.Z, Column.OUTPUT):
            self.asked.emit(index.row(), int(column))

    def event(self, event: QEvent) -> bool:
        """Space flips the target here, and is no shortcut of the page; with Shift it is."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_space(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if _is_space(event) and index.isValid():
            self.flipped.emit(index.row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._click(index)
        else:
            super().keyPressEvent(event)
            if self.currentIndex().isValid() and self.currentIndex().row() != index.row():
                self._model.look_at(self.currentIndex().row())


def _is_space(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier
