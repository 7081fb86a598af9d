"""A preview of an import: its first rows, and how each column is read."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QFormLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.kit import theme
from app.kit.listing import joined
from app.kit.numbers import grouped
from app.kit.translation import sentence_of
from app.kit.widgets.choice import Choice
from app.kit.words import plain_tip
from app.network.file_look import FileLook

if TYPE_CHECKING:
    from engine.data.files import ColumnSummary, FileSummary


MOST_COLUMNS = 60
"""So many are shown; all can be chosen."""
NARROWEST, WIDEST = 84, 220
ROW_HEIGHT = 22
_PADDING = 22
_SLACK = 6  # eliding rounds otherwise than measuring


class ImportPreview(QTableWidget):
    """One cell at a time can be reached with the arrow keys; Tab leaves the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[ColumnSummary, ...] = ()
        self._headers: list[QTableWidgetItem] = []
        self._cells: list[list[QTableWidgetItem]] = []  # by column
        self._used: frozenset[str] = frozenset()
        self._target = ""
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        self.setAccessibleName(self.tr("The first rows of the file"))
        theme.follow(self._colour)

    def show_look(self, look: FileLook) -> None:
        """Show another look into the file."""
        self._columns = look.summary.columns[:MOST_COLUMNS]
        self.setColumnCount(len(self._columns))
        self.setRowCount(len(look.rows))
        self._headers = [QTableWidgetItem() for _ in self._columns]
        self._cells = [[_cell(cells[at], column) for cells in look.rows] for at, column in enumerate(self._columns)]
        for at, column in enumerate(self._columns):
            self.setHorizontalHeaderItem(at, self._headers[at])
            for row, item in enumerate(self._cells[at]):
                self.setItem(row, at, item)
            self.setColumnWidth(at, self._width(at, column))
        self._label()
        shown = self.horizontalHeader().sizeHint().height() + len(look.rows) * ROW_HEIGHT
        self.setFixedHeight(shown + self.horizontalScrollBar().sizeHint().height() + 2 * self.frameWidth())

    def show_use(self, target: str, used: Collection[str]) -> None:
        """Show what becomes of the columns."""
        if (target, used) != (self._target, self._used):
            self._target, self._used = target, frozenset(used)
            self._label()

    def _width(self, at: int, column: ColumnSummary) -> int:
        cells = [item.text() for item in self._cells[at]]
        texts = [*cells, column.name, kind_words(column), *(_with_missing(use, column) for use in self._uses())]
        metrics = self._metrics()
        wanted = max(metrics.horizontalAdvance(text) for text in texts) + _PADDING
        return max(NARROWEST, min(wanted, WIDEST))

    def _metrics(self) -> QFontMetrics:
        """Of the header, which is the boldest text in the table."""
        font = QFont(self.horizontalHeader().font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font)

    def _uses(self) -> tuple[str, str, str]:
        return self.tr("target"), self.tr("input"), self.tr("left out")

    def _label(self) -> None:
        target, used, left_out = self._uses()
        metrics = self._metrics()
        for at, column in enumerate(self._columns):
            use = target if column.name == self._target else used if column.name in self._used else left_out
            lines = [" ".join(column.name.split()), kind_words(column), _with_missing(use, column)]
            room = self.columnWidth(at) - _PADDING + _SLACK
            header = self._headers[at]
            header.setText("\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines))
            header.setTextAlignment(_alignment(column) | Qt.AlignmentFlag.AlignVCenter)
            why = [sentence_of(column.left_out)] if column.left_out else []
            header.setToolTip(plain_tip("\n".join([*lines, *why])))
            header.setData(Qt.ItemDataRole.AccessibleTextRole, joined(lines))
        self._colour()

    def _colour(self) -> None:
        """What is left out is faint, the target in the accent colour."""
        colours = theme.current()
        for at, column in enumerate(self._columns):
            taken = column.name in self._used or column.name == self._target
            brush = QBrush(QColor(colours.text if taken else colours.text_muted))
            for item in self._cells[at]:
                item.setForeground(brush)
            strong = QColor(colours.accent if column.name == self._target else colours.text_muted)
            self._headers[at].setForeground(QBrush(strong))


def kind_words(column: ColumnSummary) -> str:
    """Describe what a column holds."""
    if column.dates is not None:
        words = QCoreApplication.translate("ImportPreview", "date → days")
    elif column.kind.value == "number":
        words = QCoreApplication.translate("ImportPreview", "number")
    elif column.kind.value == "category":
        many = QCoreApplication.translate("ImportPreview", "category, {count} values")
        one = QCoreApplication.translate("ImportPreview", "category, one value")
        words = one if column.levels == 1 else many.format(count=grouped(column.levels))
    else:
        words = QCoreApplication.translate("ImportPreview", "cannot be used")
    return words


def _with_missing(use: str, column: ColumnSummary) -> str:
    if not column.missing:
        return use
    words = QCoreApplication.translate("ImportPreview", "{use}, {count} missing")
    return words.format(use=use, count=grouped(column.missing))


def _cell(text: str, column: ColumnSummary) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(_alignment(column) | Qt.AlignmentFlag.AlignVCenter)
    item.setToolTip(plain_tip(text))
    return item


def _alignment(column: ColumnSummary) -> Qt.AlignmentFlag:
    """Numbers and dates stand to the right, under one another."""
    number = column.kind.value == "number"
    return Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft


_HEADERS = {"yes": True, "no": False}


class ImportReadings(QObject):
    """Three lines of a form; those that the file does not ask for are hidden. ``changed``: by hand only."""

    changed = Signal()

    def __init__(self, form: QFormLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        header = [("", self.tr("decide from the file")), ("yes", self.tr("are the names")), ("no", self.tr("are data"))]
        self.header = Choice(self.tr("First line"), header, self.tr("Whether the first line holds the columns' names"))
        dates = [
            ("days", self.tr("count the days since the earliest")),
            ("day-first", self.tr("count the days; 03/04 is in April")),
            ("month-first", self.tr("count the days; 03/04 is in March")),
            ("leave-out", self.tr("leave them out")),
            ("texts", self.tr("treat them as text")),
        ]
        self.dates = Choice(self.tr("Dates"), dates, self.tr("What to do with columns of dates"))
        decimal = [
            ("", self.tr("decide from the file")),
            ("point", self.tr("point: 1,234.5")),
            ("comma", self.tr("comma: 1.234,5")),
        ]
        self.decimal = Choice(self.tr("Decimal sign"), decimal, self.tr("How numbers are written in this file"))
        form.addRow(self.tr("First &line"), self.header)
        form.addRow(self.tr("&Dates"), self.dates)
        form.addRow(self.tr("Decimal &sign"), self.decimal)
        for choice in (self.header, self.dates, self.decimal):
            choice.picked.connect(lambda _key: self.changed.emit())

    def show_for(self, summary: FileSummary) -> None:
        """Show the lines that concern this file."""
        dated = any(column.dates is not None for column in summary.columns)
        written = any(column.numerals is not None for column in summary.columns)
        self._form.setRowVisible(self.dates, dated or self.dates.key != "days")
        self._form.setRowVisible(self.decimal, written or bool(self.decimal.key))

    def fields(self) -> dict[str, Any]:
        """The choices, as fields of a data choice."""
        return {"header": _HEADERS.get(self.header.key), "dates": self.dates.key, "decimal": self.decimal.key or None}
