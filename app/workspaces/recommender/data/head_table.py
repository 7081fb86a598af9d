"""The first rows of data as a table: sorted by a click, narrowed by words, copied."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.export import Table, csv_text
from app.kit.numbers import grouped
from app.kit.widgets.labels import Label
from app.kit.widgets.search import let_clear
from app.kit.words import plain_tip
from app.workspaces.recommender.data.parts import plain_header
from engine.recommenders.data.profile.shapes import Head

SORT = Qt.ItemDataRole.UserRole
MOST_WIDE, LEAST_WIDE = 260, 64
_Index = QModelIndex | QPersistentModelIndex


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
        self.finder.setToolTip(self.tr("Rows that have these words in one of their columns"))
        self.finder.setMaximumWidth(200)
        self.finder.textChanged.connect(self._narrow)
        self.count = Label()
        self.count.setProperty("role", "muted")
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
        view.setAccessibleName(title)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(False)
        view.setSortingEnabled(True)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(24)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
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
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(heading)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.finder)
        head.addWidget(self.copier)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.view, 1)

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

    def table(self) -> Table:
        """The rows that are shown, in their order."""
        return Table(self.model.head.columns, [self._texts(row) for row in range(self._rows.rowCount())])

    def _texts(self, row: int) -> list[str]:
        return [str(self._rows.index(row, at).data()) for at in range(self._rows.columnCount())]

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as CSV."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        QGuiApplication.clipboard().setText(csv_text(Table(self.model.head.columns, [self._texts(at) for at in rows])))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
