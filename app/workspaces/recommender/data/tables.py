"""Tables of data: the columns with what each holds, and the first rows, sorted, narrowed and copied."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.export import ExportTable, csv_text
from app.kit.numbers import grouped, percent
from app.kit.widgets.frame import column_layout, dress_table, fill, row_layout
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import guarded
from app.kit.widgets.search import let_clear
from app.kit.words import plain_tip
from app.workspaces.recommender.data.parts import plain_header
from app.workspaces.recommender.data.words import holds_words, role_words
from engine.recommenders.data.profile.shapes import ColumnProfile, Head

LINE = 26
SPARK, LEAST_SPARK, MOST_NAME = 150, 60, 160
"""Widths in pixels: of a distribution, to which it gives way, and that a column's name asks for at the most."""
COLUMN = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
RIGHT = (3, 4)
"""The columns of numbers."""
HOLDS, BARS = 2, 5


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

    def table(self) -> ExportTable:
        """All but the distributions."""
        rows = [[column.name, column.use, column.kind, column.distinct, column.missing] for column in self.columns]
        return ExportTable(self.heads()[:BARS], rows)


class ColumnsTable(QTableView):
    """``chosen(ColumnProfile)``: another line is current."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = ColumnsModel(self)
        self.setModel(self.columns)
        self.setItemDelegateForColumn(BARS, _BarsPainter(self))
        dress_table(self, LINE, "")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (0, BARS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.sectionResized.connect(self._share_width)
        theme.follow(self.restyle)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self.setStyleSheet(plain_header())

    def table(self) -> ExportTable:
        """What the lines say."""
        return self.columns.table()

    def show_columns(self, columns: tuple[ColumnProfile, ...], rows: int) -> None:
        """Show others, the first of them chosen."""
        self.columns.set_columns(columns, rows)
        self._leave_out()
        self._share_width()
        if columns:
            self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out()
        self._share_width()

    def _share_width(self) -> None:
        """Give names and distributions what the other columns leave; distributions give way first."""
        header = self.horizontalHeader()
        room = self.viewport().width() - sum(map(header.sectionSize, range(1, BARS)))
        name = self._name_width()
        bars = max(LEAST_SPARK, header.sectionSizeHint(BARS), min(SPARK, room - name))
        header.resizeSection(BARS, bars)
        header.resizeSection(0, max(name, room - bars))

    def _leave_out(self) -> None:
        """Leave out what the columns hold where that has no room: beside the table it is told of the chosen one."""
        self.setColumnHidden(HOLDS, False)
        header = self.horizontalHeader()
        others = sum(map(header.sectionSize, range(1, BARS)))
        room = self.viewport().width() - self._name_width() - header.sectionSizeHint(BARS)
        self.setColumnHidden(HOLDS, others > room)

    def _name_width(self) -> int:
        return max(self.horizontalHeader().sectionSizeHint(0), min(self.sizeHintForColumn(0), MOST_NAME))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(COLUMN))


class _BarsPainter(QStyledItemDelegate):
    """A distribution in small; the part of a bar that has the label is stronger."""

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


SORT = Qt.ItemDataRole.UserRole
MOST_WIDE, LEAST_WIDE = 260, 64


class HeadModel(QAbstractTableModel):
    """Texts; what reads as numbers throughout a column is sorted as such, and stands to the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.head = Head(columns=(), rows=())
        self._numeric: tuple[bool, ...] = ()

    def set_head(self, head: Head) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.head = head
        columns = range(len(head.columns))
        self._numeric = tuple(all(_number(row[at]) is not None for row in head.rows if row[at]) for at in columns)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.head.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.head.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        text, numeric = self.head.rows[index.row()][index.column()], self._numeric[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == SORT:
            return _number(text) if numeric and text else text.lower()
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        if role == Qt.ItemDataRole.TextAlignmentRole and numeric:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.head.columns[section]
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.head.columns[section])
        numeric = side == Qt.Orientation.Horizontal and self._numeric[section]
        if numeric and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return section + 1 if role == Qt.ItemDataRole.DisplayRole else None


class _Narrowed(QSortFilterProxyModel):
    """Numbers before texts that are none, what is empty last; a row stays where one of its cells has the words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT)
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def lessThan(self, left: _Index, right: _Index) -> bool:
        one, other = left.data(SORT), right.data(SORT)
        if isinstance(one, float) and isinstance(other, float):
            return one < other
        return (isinstance(one, str), str(one)) < (isinstance(other, str), str(other))


class HeadTable(QFrame):
    """Rows, and above them a field that narrows them."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.model = HeadModel(self)
        self._rows = _Narrowed(self)
        self._rows.setSourceModel(self.model)
        self.view = self._view(title)
        self.finder = QLineEdit()
        self.finder.setProperty("role", "search")
        self.finder.setPlaceholderText(self.tr("Find"))
        let_clear(self.finder)
        self.finder.setAccessibleName(self.tr("Find among the first rows"))
        self.finder.setToolTip(self.tr("Rows that contain these words in any column"))
        self.finder.setMaximumWidth(200)
        self.finder.textChanged.connect(self._narrow)
        self.count = Label(role="muted")
        self.copier = CopyButton()
        self.copier.offer(self, self.view.grab, title=title, name="rows")
        self._lay_out(title)
        theme.follow(self.restyle)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self.view.setStyleSheet(plain_header())

    def _view(self, title: str) -> QTableView:
        view = QTableView()
        view.setModel(self._rows)
        dress_table(view, 24, title)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setSortingEnabled(True)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = view.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setToolTip(self.tr("Click to sort"))
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), view)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_rows)
        return view

    def _lay_out(self, title: str) -> None:
        heading = Label(title)
        heading.setStyleSheet("font-weight: 600; font-size: 12px;")
        head = fill(row_layout(spacing=10), heading, self.count, 1, self.finder, self.copier)
        fill(column_layout(self, (8, 4, 8, 4), spacing=4), head, (self.view, 1))

    def show_head(self, head: Head) -> None:
        """Show other rows, in the order in which they stand."""
        self.model.set_head(head)
        self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            wide = self.view.columnWidth(column) + 12
            self.view.setColumnWidth(column, min(max(wide, LEAST_WIDE), MOST_WIDE))
        self._narrow(self.finder.text())

    def _narrow(self, words: str) -> None:
        self._rows.setFilterFixedString(words)
        shown, all_rows = self._rows.rowCount(), self.model.rowCount()
        many = self.tr("{shown} of {all}").format(shown=grouped(shown), all=grouped(all_rows))
        self.count.setText(many if shown != all_rows else grouped(all_rows))

    def table(self) -> ExportTable:
        """The rows that are shown, in their order."""
        return ExportTable(self.model.head.columns, [self._texts(row) for row in range(self._rows.rowCount())])

    def _texts(self, row: int) -> list[str]:
        return [str(self._rows.index(row, at).data()) for at in range(self._rows.columnCount())]

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as CSV."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        QGuiApplication.clipboard().setText(
            csv_text(ExportTable(self.model.head.columns, [self._texts(at) for at in rows]))
        )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
