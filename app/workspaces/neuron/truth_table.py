"""The truth table: z, output and target of every row, as far as they are known; a click on a target changes it."""

from __future__ import annotations

from enum import IntEnum
from typing import cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
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
from app.kit.colourmap import readable_on
from app.kit.widgets.painted import draw_shrunk, guarded
from app.workspaces.neuron.model import NeuronModel, SignalStage
from app.workspaces.neuron.words import input_name, output_text, row_name, target_text, z_text

Index = QModelIndex | QPersistentModelIndex


class TruthColumn(IntEnum):
    """Columns after those of the inputs."""

    Z = 0
    OUTPUT = 1
    TARGET = 2
    RIGHT = 3


class TruthModel(QAbstractTableModel):
    """The rows of the table in words, as far as they are known."""

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shape = self._size()
        self._written = self._look()
        model.changed.connect(self._follow)

    def _size(self) -> tuple[int, int]:
        content = self._model.content
        return len(content.targets), len(content.weights) + len(TruthColumn)

    @Slot()
    def _follow(self) -> None:
        if self._size() != self._shape:
            self.beginResetModel()
            self._shape, self._written = self._size(), self._look()
            self.endResetModel()
        else:
            before, self._written = self._written, self._look()
            for row, (was, now) in enumerate(zip(before, self._written, strict=True)):
                if was != now:  # a number that is dragged changes some rows, sixty times a second
                    self._say_changed(row, whole=was[0] != now[0])

    def _say_changed(self, row: int, *, whole: bool) -> None:
        first = 0 if whole else self._shape[1] - len(TruthColumn)
        self.dataChanged.emit(self.index(row, first), self.index(row, self._shape[1] - 1))

    def _look(self) -> tuple[tuple[object, object], ...]:
        """Of every row what its ground goes by, and what is written in it beside the inputs."""
        reading, model = self._model.reading, self._model
        return tuple(
            (
                (number == reading.content.row, model.stage_of(number) is SignalStage.OUTPUT and not row.right),
                (row, model.stage_of(number), z_text(row.z, reading), reading.content.output),
            )
            for number, row in enumerate(reading.rows)
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._shape[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._shape[1]

    def column_of(self, index: Index) -> TruthColumn | int:
        """Return what a column shows: a :class:`TruthColumn`, or the number of an input as a negative number, −1 for
        x₁."""
        inputs = self._shape[1] - len(TruthColumn)
        return TruthColumn(index.column() - inputs) if index.column() >= inputs else -1 - index.column()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        inputs = self._shape[1] - len(TruthColumn)
        if section < inputs:
            return input_name(section)
        names = {
            TruthColumn.Z: "z",
            TruthColumn.OUTPUT: self.tr("output"),
            TruthColumn.TARGET: self.tr("target"),
            TruthColumn.RIGHT: "",
        }
        return names[TruthColumn(section - inputs)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole and self.column_of(index) is TruthColumn.TARGET:
            return self.tr("Click to change the target: the table becomes your own (Space)")
        return None

    def _text(self, index: Index) -> str:
        reading, row, column = self._model.reading, index.row(), self.column_of(index)
        verdict, stage = reading.rows[row], self._model.stage_of(row)
        if not isinstance(column, TruthColumn):
            return str(verdict.x[-1 - column])
        if column is TruthColumn.TARGET:
            return target_text(reading, row)
        if column is TruthColumn.Z:
            return z_text(verdict.z, reading) if stage >= SignalStage.SUM else self.tr("not yet")
        if stage < SignalStage.OUTPUT:
            return self.tr("not yet") if column is TruthColumn.OUTPUT else ""
        if column is TruthColumn.OUTPUT:
            return output_text(verdict.output, reading)
        return "✓" if verdict.right else "✗"

    def _spoken(self, index: Index) -> str:
        column, text = self.column_of(index), self._text(index)
        row = row_name(self._model.reading.rows[index.row()].x)
        if column is TruthColumn.RIGHT:
            words = {"✓": self.tr("right"), "✗": self.tr("wrong"), "": self.tr("not yet")}[text]
            return self.tr("{row}: {words}").format(row=row, words=words)
        name = self.headerData(index.column(), Qt.Orientation.Horizontal)
        return self.tr("{row}: {name} {value}").format(row=row, name=name, value=text)


DISC = 9.0
INPUT_WIDTH, LEAST_WIDTH, MANY, WIDE, SNUG = 36, 20, 7, 290, 250
"""Pixels of an input's column, and of one of a table of so many columns that is not so wide, or of a narrower one."""
APART = 6
"""Pixels between the heads of two columns at least."""
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
        wrong = stage is SignalStage.OUTPUT and not verdict.right
        if row == self._model.content.row:
            painter.fillRect(box, theme.colour("accent_soft"))
        elif wrong:
            painter.fillRect(box, look.faded("danger", 0.07))
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        known = column is TruthColumn.TARGET or (column is TruthColumn.OUTPUT and stage is SignalStage.OUTPUT)
        if known and (self._model.content.output == "step" or column is TruthColumn.TARGET):
            self._paint_disc(
                painter, box.center(), text, verdict.target if column is TruthColumn.TARGET else verdict.fires
            )
            return
        painter.setFont(look.figures(13, self._weight(column, known)))
        painter.setPen(self._ink(column, row, stage))
        if (column is TruthColumn.Z and stage < SignalStage.SUM) or (column is TruthColumn.OUTPUT and not known):
            painter.setFont(look.font(11))
            painter.setPen(theme.colour("text_muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        place = box.adjusted(2, 0, -4 if box.width() < ROOMY else -8, 0) if column is TruthColumn.Z else box
        draw_shrunk(painter, place, right if column is TruthColumn.Z else Qt.AlignmentFlag.AlignCenter, text)

    @staticmethod
    def _weight(column: TruthColumn | int, known: bool) -> QFont.Weight:
        strong = column in (TruthColumn.Z, TruthColumn.RIGHT) or known
        return QFont.Weight.DemiBold if strong else QFont.Weight.Medium

    def _ink(self, column: TruthColumn | int, row: int, stage: SignalStage) -> object:
        verdict = self._model.reading.rows[row]
        if column is TruthColumn.Z and stage >= SignalStage.SUM:
            return look.signed_text(verdict.z) if verdict.z else theme.colour("text")
        if column is TruthColumn.OUTPUT:
            return look.signed_text(1.0 if verdict.fires else -1.0)
        if column is TruthColumn.RIGHT:
            return theme.colour("good" if verdict.right else "danger")
        return theme.colour("text")

    @staticmethod
    def _paint_disc(painter: QPainter, middle: QPointF, text: str, fires: bool) -> None:
        fill = look.signed(1 if fires else -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(middle, DISC, DISC)
        painter.setPen(readable_on(fill))
        painter.setFont(look.font(11, QFont.Weight.DemiBold))
        painter.drawText(
            QRectF(middle.x() - DISC, middle.y() - DISC, 2 * DISC, 2 * DISC), Qt.AlignmentFlag.AlignCenter, text
        )


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
        self.horizontalHeader().setMinimumSectionSize(LEAST_WIDTH)
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
        """Inputs and ticks are narrow; the rest share what is left, and z gives way to the heads of the others."""
        header, columns = self.horizontalHeader(), self.source.columnCount()
        width = INPUT_WIDTH if self.width() >= (WIDE if columns >= MANY else SNUG) else LEAST_WIDTH
        share = (self.viewport().width() - (columns - 3) * width) // 3
        for column in range(columns):
            kind = self.source.column_of(self.source.index(0, column))
            mode = QHeaderView.ResizeMode.Stretch if kind is TruthColumn.Z else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
            if kind in (TruthColumn.OUTPUT, TruthColumn.TARGET):
                name = str(self.source.headerData(column, Qt.Orientation.Horizontal))
                header.resizeSection(column, max(share, header.fontMetrics().horizontalAdvance(name) + APART))
            elif kind is not TruthColumn.Z:
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
        if column is TruthColumn.TARGET:
            self.flipped.emit(index.row())
        elif column in (TruthColumn.Z, TruthColumn.OUTPUT):
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
