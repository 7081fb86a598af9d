"""The rows of the truth table in words, as far as they are known."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QWidget

from app.workspaces.neuron.model import NeuronModel, Stage
from app.workspaces.neuron.words import input_name, output_text, row_name, target_text, z_text

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
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
        return len(content.targets), len(content.weights) + len(Column)

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
        first = 0 if whole else self._shape[1] - len(Column)
        self.dataChanged.emit(self.index(row, first), self.index(row, self._shape[1] - 1))

    def _look(self) -> tuple[tuple[object, object], ...]:
        """Of every row what its ground goes by, and what is written in it beside the inputs."""
        reading, model = self._model.reading, self._model
        return tuple(
            (
                (number == reading.content.row, model.stage_of(number) is Stage.OUTPUT and not row.right),
                (row, model.stage_of(number), z_text(row.z, reading), reading.content.output),
            )
            for number, row in enumerate(reading.rows)
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._shape[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._shape[1]

    def column_of(self, index: Index) -> Column | int:
        """What a column shows: a :class:`Column`, or the number of an input as a negative number, −1 for x₁."""
        inputs = self._shape[1] - len(Column)
        return Column(index.column() - inputs) if index.column() >= inputs else -1 - index.column()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        inputs = self._shape[1] - len(Column)
        if section < inputs:
            return input_name(section)
        names = {Column.Z: "z", Column.OUTPUT: self.tr("output"), Column.TARGET: self.tr("target"), Column.RIGHT: ""}
        return names[Column(section - inputs)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole and self.column_of(index) is Column.TARGET:
            return self.tr("Click to change the target: the table becomes your own (Space)")
        return None

    def _text(self, index: Index) -> str:
        reading, row, column = self._model.reading, index.row(), self.column_of(index)
        verdict, stage = reading.rows[row], self._model.stage_of(row)
        if not isinstance(column, Column):
            return str(verdict.x[-1 - column])
        if column is Column.TARGET:
            return target_text(reading, row)
        if column is Column.Z:
            return z_text(verdict.z, reading) if stage >= Stage.SUM else self.tr("not yet")
        if stage < Stage.OUTPUT:
            return self.tr("not yet") if column is Column.OUTPUT else ""
        if column is Column.OUTPUT:
            return output_text(verdict.output, reading)
        return "✓" if verdict.right else "✗"

    def _spoken(self, index: Index) -> str:
        column, text = self.column_of(index), self._text(index)
        row = row_name(self._model.reading.rows[index.row()].x)
        if column is Column.RIGHT:
            words = {"✓": self.tr("right"), "✗": self.tr("wrong"), "": self.tr("not yet")}[text]
            return self.tr("{row}: {words}").format(row=row, words=words)
        name = self.headerData(index.column(), Qt.Orientation.Horizontal)
        return self.tr("{row}: {name} {value}").format(row=row, name=name, value=text)
