"""The rows kept from training as a table that is sorted, filtered and searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.kit.export import Table
from app.kit.numbers import grouped, probability, read
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.content import Kept, KeptRow

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
        self._kept = Kept((), (), 0, 0, "", ())
        self._words: Sequence[str] = ()
        self._filter: Filter = "all"
        self._wanted = ""
        self._by: tuple[int, Qt.SortOrder] | None = None
        self._shown: list[int] = []

    @property
    def kept(self) -> Kept:
        """All rows, whatever is shown of them."""
        return self._kept

    def set_kept(self, kept: Kept) -> None:
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

    def table(self) -> Table:
        """The rows that are shown, with every column."""
        header = ("row", *self._kept.columns, "probability", "outcome")
        rows = (self.at(place) for place in range(len(self._shown)))
        return Table(header, [(row.row, *row.cells, row.probability, int(row.yes)) for row in rows])


def _passes(row: KeptRow, which: Filter) -> bool:
    if which == "near":
        return abs(row.probability - 0.5) <= NEAR
    return which == "all" or not row.right


def _words(columns: Sequence[str], row: KeptRow) -> str:
    """All that a search may find of a row."""
    pairs = (f"{name}={cell}" for name, cell in zip(columns, row.cells, strict=True))
    return f"{row.row} {' '.join(pairs)}".casefold()
