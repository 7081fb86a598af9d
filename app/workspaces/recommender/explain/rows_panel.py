"""Rows kept from training: a table to sort, filter and search in, from which one is chosen to be explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Literal, cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.export import ExportTable, csv_text
from app.kit.look import font, pen
from app.kit.numbers import NOTHING, grouped, probability, read
from app.kit.widgets.frame import column_layout, dress_table, fill, row_layout
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.painted import guarded, set_pixels
from app.kit.widgets.search import let_clear, mark_as_search
from app.kit.widgets.segments import Segments
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.explainer import KeptRow, KeptRows
from app.workspaces.recommender.fields import ValueField

Filter = Literal["all", "wrong", "near"]
NEAR = 0.1
"""A probability within so much of ½ counts as near 50 %."""
KEPT_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class KeptModel(QAbstractTableModel):
    """A row's number, its cells, and at the end its probability. Sorting and searching go by whole lists: a row each
    through Qt's own filters would take a tenth of a second for five thousand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = KeptRows((), (), 0, 0, "", ())
        self._words: Sequence[str] = ()
        self._filter: Filter = "all"
        self._wanted = ""
        self._by: tuple[int, Qt.SortOrder] | None = None
        self._shown: list[int] = []

    @property
    def kept(self) -> KeptRows:
        """All rows, whatever is shown of them."""
        return self._kept

    def set_kept(self, kept: KeptRows) -> None:
        """Show other rows, or these and further ones, filtered and sorted as before."""
        known = len(self._kept.rows)
        if kept.columns != self._kept.columns or kept.rows[:known] != self._kept.rows:
            known, self._by = 0, None
        self._words = [*self._words[:known], *(_words(kept.columns, row) for row in kept.rows[known:])]
        self._kept = kept
        self._arrange()

    def narrow(self, which: Filter, wanted: str) -> None:
        """Show only the rows of a filter in which all words of a search are found; ``column=value`` is one word."""
        self._filter, self._wanted = which, wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column: numbers as such, before texts; −1 puts the rows back in their own order."""
        self._by = None if column < 0 else (column, order)
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        wanted = self._wanted.casefold().replace(" = ", "=").replace("= ", "=").replace(" =", "=").split()
        rows = self._kept.rows
        self._shown = [
            at
            for at, row in enumerate(rows)
            if _passes(row, self._filter) and all(word in self._words[at] for word in wanted)
        ]
        if self._by is not None:
            column, order = self._by
            self._shown.sort(key=lambda at: self._key(rows[at], column), reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def _key(self, row: KeptRow, column: int) -> tuple[bool, float, str]:
        if column == 0:
            return False, row.row, ""
        if column > len(self._kept.columns):
            return False, row.probability, ""
        text = row.cells[column - 1]
        number = read(text)
        return number is None, number or 0.0, text.casefold()

    # What is where ------------------------------------------------------------------------------------------------

    def at(self, place: int) -> KeptRow:
        """The row that is shown at a place."""
        return self._kept.rows[self._shown[place]]

    def place_of(self, row: int) -> int | None:
        """Where a row of the data is shown."""
        return next((place for place, at in enumerate(self._shown) if self._kept.rows[at].row == row), None)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._kept.columns) + 2

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.at(index.row()), index.column()
        if role == KEPT_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._verdict(row)
        return None

    def _text(self, row: KeptRow, column: int) -> str:
        if column == 0:
            return grouped(row.row)
        return probability(row.probability) if column > len(self._kept.columns) else row.cells[column - 1]

    def _tip(self, row: KeptRow, column: int) -> str:
        if 0 < column <= len(self._kept.columns):
            return plain_tip(f"{self._kept.columns[column - 1]}: {row.cells[column - 1]}")
        return plain_tip(self._verdict(row))

    def _verdict(self, row: KeptRow) -> str:
        truth = self.tr("in truth yes") if row.yes else self.tr("in truth no")
        said = self.tr("P({goal}) = {probability}, {truth}: right") if row.right else self.tr(
            "P({goal}) = {probability}, {truth}: wrong"
        )  # fmt: skip
        return said.format(goal=self._kept.goal, probability=probability(row.probability), truth=truth)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return self.tr("row")
        if section > len(self._kept.columns):
            return self.tr("P({goal})").format(goal=self._kept.goal)
        return self._kept.columns[section - 1]

    def table(self) -> ExportTable:
        """The rows that are shown, with every column."""
        header = ("row", *self._kept.columns, "probability", "outcome")
        rows = (self.at(place) for place in range(len(self._shown)))
        return ExportTable(header, [(row.row, *row.cells, row.probability, int(row.yes)) for row in rows])


def _passes(row: KeptRow, which: Filter) -> bool:
    if which == "near":
        return abs(row.probability - 0.5) <= NEAR
    return which == "all" or not row.right


def _words(columns: Sequence[str], row: KeptRow) -> str:
    """All that a search may find of a row."""
    pairs = (f"{name}={cell}" for name, cell in zip(columns, row.cells, strict=True))
    return f"{row.row} {' '.join(pairs)}".casefold()


ROW_HEIGHT, HEADER_HEIGHT, LEAST_ROWS = 26, 30, 3
"""Of the table: in pixels, and how many rows are in sight below its header however low the page is."""
CHANCE_WIDTH, NUMBER_WIDTH, MOST_CELL, MOST_TEXT = 102, 64, 66, 240
"""Widths in pixels: of a row's probability and its number, and the most that a column of numbers, and one of texts,
takes for its cells' sake."""
FAIR = 1.2
"""Of an equal share of the room, as much as a column of texts may take where wider ones are cut all the same."""
BAR = 26.0
LOOKED_AT = 100
"""Rows from which it is told how a column is best shown."""


class RowsPanel(QWidget):
    """``row_chosen(row)``: by hand only."""

    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = KeptModel(self)
        self.count = Label(role="muted")
        self.finder = _finder(self.tr("Find rows: words, or column = value (Ctrl+F)"))
        self.filters = Segments(
            (
                ("all", self.tr("All"), self.tr("Every held-out row")),
                ("wrong", self.tr("Wrong"), self.tr("Rows where the less likely outcome occurred")),
                ("near", self.tr("≈ 50 %"), self.tr("Rows between 40 % and 60 %, where the model is least sure")),
            )
        )
        self.view = _RowsView(self.model)
        self.nothing = ElidedLabel(self.tr("No row matches all of this."), "muted")
        self.nothing.hide()
        self._lay_out()
        self.finder.textChanged.connect(self._narrow)
        self.filters.chosen.connect(self._narrow)
        self.view.chosen.connect(self.row_chosen)

    def _lay_out(self) -> None:
        title = Label(self.tr("Held-out rows"), role="heading")
        self.copier = CopyButton()
        self.copier.offer(self.model, self.view.grab, title=title.text(), name="rows")
        head = fill(row_layout(), title, 1, self.count, self.copier)
        choosing = fill(row_layout(spacing=8), (self.finder, 1), (self.filters, 0, Qt.AlignmentFlag.AlignVCenter))
        rows = column_layout(self, (0, 10, 0, 0), spacing=8)
        for line in (head, choosing):
            line.setContentsMargins(14, 0, 10, 0)
            rows.addLayout(line)
        fill(rows, (self.view, 1), self.nothing)
        self.nothing.setContentsMargins(14, 0, 14, 10)

    def show_kept(self, kept: KeptRows) -> None:
        """Show these rows."""
        marked, other = self.view.marked, kept.columns != self.model.kept.columns
        self.model.set_kept(kept)
        if other:
            self.view.show_columns(kept.foremost)
            example = min(kept.foremost, key=len, default="")
            self.finder.setPlaceholderText(self.tr("{column} = …").format(column=example))
        if marked is not None:
            self.view.mark(marked, bring=False)
        self._say_count()

    def choose(self, row: int) -> None:
        """Mark the row that is explained; nothing is emitted."""
        if row != self.view.marked:
            self.view.mark(row)

    @Slot()
    def _narrow(self) -> None:
        marked = self.view.marked
        self.model.narrow(cast(Filter, self.filters.key), self.finder.text())
        if marked is not None:
            self.view.mark(marked, bring=False)
        self.nothing.setVisible(not self.model.rowCount() and bool(self.model.kept.rows))
        self._say_count()

    def _say_count(self) -> None:
        """Say how many rows are shown, and of how many: no count is told as whole while rows are still coming."""
        kept, shown = self.model.kept, self.model.rowCount()
        listed = len(kept.rows)
        narrowed = self.filters.key != "all" or bool(self.finder.text().strip())
        if kept.loading:
            said = self.tr("loading …, {shown} so far") if narrowed else self.tr("loading …, {listed} of {kept}")
        elif not narrowed:
            said = self.tr("{kept} of {total}") if listed == kept.kept else self.tr("the first {listed} of {kept}")
        else:
            said = self.tr("{shown} of {kept}") if listed == kept.kept else self.tr("{shown} of the first {listed}")
        numbers = {"shown": shown, "listed": listed, "kept": kept.kept, "total": kept.total}
        texts = {name: grouped(number) for name, number in numbers.items()}
        self.count.setText(said.format(**texts))
        about = self.tr("{shown} rows are shown; {kept} of the {total} rows were kept from training")
        if kept.loading:
            about = self.tr("{listed} of {kept} rows are loaded; the count isn't final yet")
        elif listed < kept.kept:
            about = self.tr("{shown} rows are shown, of the first {listed} of the {kept} that were kept from training")
        self.count.setToolTip(plain_tip(about.format(**texts)))


def _finder(tip: str) -> ValueField:
    field = ValueField()
    field.setProperty("role", "search")
    field.setToolTip(plain_tip(tip))
    field.setAccessibleName(tip)
    field.setMinimumWidth(96)
    let_clear(field)
    mark_as_search(field)
    return field


class _RowsView(QTableView):
    """``chosen(row)``: another row is current, by hand."""

    chosen = Signal(int)

    def __init__(self, model: KeptModel) -> None:
        super().__init__()
        self._rows = model
        self._least_widths: dict[int, int] = {}  # of the columns that are shown first, from left to right
        self._chosen_by_hand = False
        self._marked: int | None = None
        self.setModel(model)
        self.setItemDelegate(_RowPainter(self))
        self.setStyleSheet(
            "QTableView { border: none; } QHeaderView::section { font-size: 11px; padding: 4px 4px 4px 5px; }"
            " QHeaderView::section:first { padding-left: 14px; }"
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        dress_table(self, ROW_HEIGHT, self.tr("Held-out rows"))
        self.setMinimumHeight(HEADER_HEIGHT + LEAST_ROWS * ROW_HEIGHT)
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(self._take)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setToolTip(self.tr("Click to sort; right-click to choose the columns"))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    # Columns ------------------------------------------------------------------------------------------------------

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show as many of these columns as have room between the number and the probability."""
        self._chosen_by_hand, self._least_widths = False, {}
        header, columns = self.horizontalHeader(), self._rows.kept.columns
        fixed, stretched = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
        for at, width in ((0, NUMBER_WIDTH), (len(columns) + 1, CHANCE_WIDTH)):
            self.setColumnHidden(at, False)
            header.setSectionResizeMode(at, fixed)
            self.setColumnWidth(at, width)
        for at, name in enumerate(columns, 1):
            of_numbers = self._is_of_numbers(at - 1)
            width = self._width_of(at - 1, MOST_CELL if of_numbers else 0)
            self.setColumnHidden(at, name not in names)
            header.setSectionResizeMode(at, fixed if of_numbers else stretched)
            if of_numbers:
                self.setColumnWidth(at, width)
            if name in names:
                self._least_widths[at] = width
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Leave out columns that have no room for their names before the probability, unless a person has chosen
        them."""
        if self._chosen_by_hand:
            return
        whole = room = self.viewport().width() - NUMBER_WIDTH - CHANCE_WIDTH
        for column, width in self._least_widths.items():
            self.setColumnHidden(column, width > room)
            room -= width if width <= room else 0
        shown = [column for column in self._least_widths if not self.isColumnHidden(column)]
        texts = {column: self._width_of(column - 1) for column in shown if not self._is_of_numbers(column - 1)}
        self._share_out(texts, whole - sum(self._least_widths[column] for column in shown if column not in texts))

    def _share_out(self, texts: Mapping[int, int], room: int) -> None:
        """Give columns of texts the widths that they need, as far as there is room; the widest share what is left."""
        header, fixed, stretched = self.horizontalHeader(), QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
        for before, (column, width) in enumerate(sorted(texts.items(), key=itemgetter(1))):
            left = len(texts) - before
            fits = left > 1 and width <= FAIR * room / left
            header.setSectionResizeMode(column, fixed if fits else stretched)
            if fits:
                self.setColumnWidth(column, width)
                room -= width

    def _is_of_numbers(self, column: int) -> bool:
        """Whether a column's first cells are numbers, or empty."""
        cells = [row.cells[column] for row in self._rows.kept.rows[:LOOKED_AT]]
        return all(cell == NOTHING or read(cell) is not None for cell in cells)

    def _width_of(self, column: int, most: int = MOST_TEXT) -> int:
        """Pixels that a column's name and its first cells need, of these at most so many."""
        kept, width = self._rows.kept, QFontMetrics(font(12)).horizontalAdvance
        name = width(kept.columns[column])
        widest = max((width(row.cells[column]) for row in kept.rows[:LOOKED_AT]), default=0)
        return max(name, min(most, widest)) + 14

    @Slot(QPoint)
    def _offer_columns(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, name in enumerate(self._rows.kept.columns):
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at + 1))
            action.toggled.connect(lambda shown, at=at: self._choose_column(at + 1, shown=shown))
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _choose_column(self, column: int, *, shown: bool) -> None:
        self._chosen_by_hand = True
        self.setColumnHidden(column, not shown)

    # The row that is explained ------------------------------------------------------------------------------------

    @property
    def marked(self) -> int | None:
        """The row that is explained."""
        return self._marked

    def mark(self, row: int, *, bring: bool = True) -> None:
        """Make a row current, and ``bring`` it into sight; nothing is emitted. One that is filtered out is marked once
        it is shown again."""
        self._marked = row
        place = self._rows.place_of(row)
        with QSignalBlocker(self.selectionModel()):
            if place is None:
                self.clearSelection()
                self.setCurrentIndex(QModelIndex())
            else:
                self.selectRow(place)
        if place is not None and bring:
            self.scrollTo(self._rows.index(place, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - bar.value() % ROW_HEIGHT)  # no row is half under the header
        self.viewport().update()

    @Slot(QModelIndex, QModelIndex)
    def _take(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and (row := self._rows.at(current.row()).row) != self._marked:
            self._marked = row
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy takes the row's every column along."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            whole = self._rows.table()
            QGuiApplication.clipboard().setText(
                csv_text(ExportTable(whole.header, [whole.rows[self.currentIndex().row()]]))
            )  # fmt: skip
        else:
            super().keyPressEvent(event)


class _RowPainter(QStyledItemDelegate):
    """Texts as they are; a probability with its bar, and whether it was right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: KeptRow = index.data(KEPT_ROLE)
        view = cast(_RowsView, self.parent())
        chosen = row.row == view.marked
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs lack it
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if chosen:
                painter.fillRect(box, theme.colour("accent_soft"))
            if chosen and index.column() == 0:
                painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
            set_pixels(painter, 12, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
            if index.column() == index.model().columnCount() - 1:
                self._paint_chance(painter, box, row)
            else:
                painter.setPen(theme.colour("text_muted" if index.column() == 0 else "text"))
                room = box.adjusted(14 if index.column() == 0 else 5, 0, -4, 0)
                text = painter.fontMetrics().elidedText(
                    index.data(), Qt.TextElideMode.ElideRight, int(room.width())
                )  # fmt: skip
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        finally:
            painter.restore()

    def _paint_chance(self, painter: QPainter, box: QRectF, row: KeptRow) -> None:
        track = QRectF(box.left() + 5, box.center().y() - 2.5, BAR, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, 3, 3)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), max(2.5, BAR * row.probability), 6), 3, 3)
        painter.setPen(theme.colour("text"))
        words = QRectF(track.right(), box.top(), box.right() - track.right() - 22, box.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                         probability(row.probability))  # fmt: skip
        x, y = box.right() - 12, box.center().y() + 0.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if row.right:
            painter.setPen(pen(theme.colour("good"), 1.5))
            painter.drawPolyline([QPointF(x - 4, y), QPointF(x - 1, y + 3), QPointF(x + 4, y - 3.5)])
        else:
            painter.setPen(pen(theme.colour("danger"), 1.8))
            painter.drawEllipse(QPointF(x, y), 3.6, 3.6)
