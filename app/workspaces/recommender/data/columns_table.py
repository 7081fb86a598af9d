"""The columns of a table, one a line: what each holds, what it is used as, and its distribution in small."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.kit import theme
from app.kit.export import Table
from app.kit.numbers import grouped, percent
from app.kit.widgets.painted import guarded
from app.kit.words import plain_tip
from app.workspaces.recommender.data.parts import plain_header
from app.workspaces.recommender.data.words import holds_words, role_words
from engine.recommenders.data.profile.shapes import ColumnProfile

LINE, SPARK = 26, 150
COLUMN = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
RIGHT = (3, 4)
"""The columns of numbers."""
BARS = 5


class ColumnsModel(QAbstractTableModel):
    """Name, use, what it holds, how many differ, how many are missing, and the distribution, which is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[ColumnProfile, ...] = ()
        self._rows = 0

    def set_columns(self, columns: tuple[ColumnProfile, ...], rows: int) -> None:
        """Show others."""
        self.beginResetModel()
        self.columns, self._rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else BARS + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.columns[index.row()]
        if role == COLUMN:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(one.name) if index.column() == 0 else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in RIGHT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, one: ColumnProfile, column: int) -> str:
        missing = percent(one.missing / self._rows) if one.missing and self._rows else "0"
        texts = (one.name, role_words(one.use), holds_words(one), grouped(one.distinct), missing, "")
        return texts[column]

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads()[section]
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section in RIGHT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def heads(self) -> tuple[str, ...]:
        """What the columns are called."""
        return (
            self.tr("column"), self.tr("used as"), self.tr("holds"), self.tr("different"), self.tr("missing"),
            self.tr("distribution"),
        )  # fmt: skip

    def table(self) -> Table:
        """All but the distributions."""
        rows = [[one.name, one.use, one.kind, one.distinct, one.missing] for one in self.columns]
        return Table(self.heads()[:BARS], rows)


class ColumnsTable(QTableView):
    """``chosen(ColumnProfile)``: another line is current."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = ColumnsModel(self)
        self.setModel(self.columns)
        self.setItemDelegateForColumn(BARS, _BarsPainter(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LINE)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(BARS, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(BARS, SPARK)
        theme.follow(self.restyle)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self.setStyleSheet(plain_header())

    def table(self) -> Table:
        """What the lines say."""
        return self.columns.table()

    def show_columns(self, columns: tuple[ColumnProfile, ...], rows: int) -> None:
        """Show others, the first of them chosen."""
        self.columns.set_columns(columns, rows)
        if columns:
            self.selectRow(0)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(COLUMN))


class _BarsPainter(QStyledItemDelegate):
    """A distribution in small; what of a bar has the label is darker."""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        one: ColumnProfile = index.data(COLUMN)
        if one.bars is None or not one.bars.counts:
            return
        box = QRectF(option.rect).adjusted(6, 5, -6, -5)  # type: ignore[attr-defined]  # the stubs lack it
        counts = one.bars.counts
        yes = one.bars.positive or (0,) * len(counts)
        most, step = max(counts) or 1, min(box.width() / len(counts), 14.0)
        pale = theme.colour("accent")
        pale.setAlpha(110)
        for at, (count, marked) in enumerate(zip(counts, yes, strict=True)):
            for value, colour in ((count, pale), (marked, theme.colour("accent"))):
                height = max(1.0, value / most * box.height()) if value else 0.0
                left, wide = box.left() + at * step, max(1.0, step - 1)
                painter.fillRect(QRectF(left, box.bottom() - height, wide, height), colour)
