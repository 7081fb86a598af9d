"""Rows of items as a list shows them: a model that keeps what is chosen where no row comes or goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.workspaces.recommender.follow.content import Item

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ItemRow(Protocol):
    """A row of an ``item``; ``spoken``: all of it, for those who hear it."""

    @property
    def item(self) -> Item: ...

    @property
    def spoken(self) -> str: ...


R = TypeVar("R", bound=ItemRow)


class ItemRows(QAbstractListModel, Generic[R]):
    """``rows`` in order; under :data:`ROW` each of them whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[R, ...] = ()

    def set_rows(self, found: Iterable[R]) -> None:
        """Show others. As many as before are the same rows with other content, and what is chosen stays chosen."""
        rows = tuple(found)
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows != self.rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.item.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None
