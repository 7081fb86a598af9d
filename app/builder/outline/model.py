"""The outline as Qt's item model: rows keep their identity through edits, so that what is open stays open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.builder.outline.content import NETWORK, Content, OutlinePart, OutlinePlace, OutlineRow, Readings, row
from app.kit.numbers import read, written
from app.kit.words import wrapped_tip

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""The whole :class:`app.builder.outline.content.OutlineRow`, for what paints it."""
NO_INDEX = QModelIndex()


@dataclass(slots=True)
class Branch:
    """The rows under one that somebody has looked at, and where each of them stands."""

    rows: list[OutlinePlace] = field(default_factory=list)
    order: dict[OutlinePlace, int] = field(default_factory=dict)

    def settle(self) -> None:
        """The rows have changed: note anew where each stands."""
        self.order = {place: number for number, place in enumerate(self.rows)}


class NetworkOutlineModel(QAbstractItemModel):
    """Rows of a :class:`Content`. Only branches that were looked at are kept; of the rest nothing is made.

    ``renamed(block id, title)`` and ``weight_edited(block id, "W" or "b", index, value)``: what was typed;
    ``refused(text)``: what was typed where a number belongs and is none.
    """

    renamed = Signal(str, str)
    weight_edited = Signal(str, str, tuple, float)
    refused = Signal(str)

    def __init__(self, content: Content, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self._branches: dict[OutlinePlace | None, Branch] = {None: Branch([NETWORK], {NETWORK: 0})}
        self._ids: dict[OutlinePlace, int] = {}
        self._places: dict[int, OutlinePlace] = {}
        self._numbers = count(1)

    # Places and indices -------------------------------------------------------------------------------------------

    def place(self, index: Index) -> OutlinePlace | None:
        """Return the place of an index; None without one."""
        return self._places.get(index.internalId()) if index.isValid() else None

    def index_of(self, place: OutlinePlace | None) -> QModelIndex:
        """Where a row stands; an invalid index where it does not."""
        if place is None:
            return QModelIndex()
        parent = place.parent
        if parent is not None and not self.index_of(parent).isValid():
            return QModelIndex()
        number = self._branch(parent).order.get(place)
        return QModelIndex() if number is None else self.createIndex(number, 0, self._id(place))

    def _id(self, place: OutlinePlace) -> int:
        found = self._ids.get(place)
        if found is None:
            found = self._ids[place] = next(self._numbers)
            self._places[found] = place
        return found

    def _branch(self, place: OutlinePlace | None) -> Branch:
        found = self._branches.get(place)
        if found is None:
            assert place is not None
            found = self._branches[place] = Branch(self.content.children(place))
            found.settle()
        return found

    # Qt's questions -----------------------------------------------------------------------------------------------

    def index(self, row_number: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        if not self.hasIndex(row_number, column, parent):
            return QModelIndex()
        place = self._branch(self.place(parent)).rows[row_number]
        return self.createIndex(row_number, column, self._id(place))

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt's other parent() is QObject's
        place = self.place(index)
        return self.index_of(place.parent) if place is not None else QModelIndex()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        if parent.isValid() and (parent.column() > 0 or self.place(parent) is None):
            return 0
        return len(self._branch(self.place(parent)).rows)

    def hasChildren(self, parent: Index = NO_INDEX) -> bool:
        """Told of a unit without making the rows of its weights."""
        place = self.place(parent)
        if place is not None and place.part is OutlinePart.UNIT and place not in self._branches:
            return place.block_id in self.content.graph and self.content.fan_in(place) > 0
        return self.rowCount(parent) > 0

    def columnCount(self, _parent: Index = NO_INDEX) -> int:
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        place = self.place(index)
        if place is None:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if place.part in (OutlinePart.SOURCE, OutlinePart.TARGET, OutlinePart.WEIGHT):
            usual |= Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsEditable if self._typed(place) is not None else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self.place(index)
        if place is None:
            return None
        if role == Qt.ItemDataRole.EditRole:
            return self._typed(place)
        if role not in _TEXTS:
            return None
        return _TEXTS[role](row(self.content, place))

    def _typed(self, place: OutlinePlace) -> str | None:
        """Return the text that the row's editor begins with; None where nothing can be typed."""
        if place.part is OutlinePart.BLOCK:
            return self.content.names.get(place.block_id)
        value = self.value(place)
        return None if value is None else written(value)

    def value(self, place: OutlinePlace) -> float | None:
        """The weight or bias of a row, if it has one."""
        if place.part is OutlinePart.WEIGHT:
            return self.content.weight(place)
        return self.content.bias(place) if place.part is OutlinePart.UNIT else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Passes on what was typed; the document answers by showing itself anew."""
        place = self.place(index)
        if place is None or role != Qt.ItemDataRole.EditRole or self._typed(place) in (None, str(value)):
            return False
        if place.part is OutlinePart.BLOCK:
            self.renamed.emit(place.block_id, str(value).strip())
            return True
        number = read(str(value))
        if number is None:
            if typed := str(value).strip():
                self.refused.emit(typed)
            return False
        is_weight = place.part is OutlinePart.WEIGHT
        at = (place.unit, place.column) if is_weight else (place.unit,)
        self.weight_edited.emit(place.block_id, "W" if is_weight else "b", at, number)
        return True

    # Following the document ---------------------------------------------------------------------------------------

    def show(self, content: Content) -> None:
        """Show another state of the document: rows come, go and move; those that stay are the same as before, in words
        that :meth:`read` makes known."""
        self.content = content
        waiting: list[OutlinePlace] = [NETWORK]
        while waiting:
            place = waiting.pop(0)
            branch = self._branches.get(place)
            if branch is not None:
                self._follow(place, branch, content.children(place))
                waiting += branch.rows

    def read(self, readings: Readings, seen: list[QModelIndex]) -> None:
        """Show newer numbers of the same document, in the rows that are ``seen``: of the others nothing is kept that
        could be out of date, and a network has tens of thousands."""
        self.content = replace(self.content, readings=readings)
        for index in seen:
            self.dataChanged.emit(index, index)

    def _follow(self, place: OutlinePlace, branch: Branch, wanted: list[OutlinePlace]) -> None:
        if branch.rows == wanted:
            return
        self._remove(place, branch, set(wanted))
        number = 0
        while number < len(wanted):
            if wanted[number] in branch.order:
                self._move(place, branch, branch.order[wanted[number]], number)
                number += 1
            else:
                number += self._insert(place, branch, wanted, number)

    def _remove(self, place: OutlinePlace, branch: Branch, kept: set[OutlinePlace]) -> None:
        last = len(branch.rows) - 1
        while last >= 0:
            if branch.rows[last] in kept:
                last -= 1
                continue
            first = last
            while first > 0 and branch.rows[first - 1] not in kept:
                first -= 1
            self.beginRemoveRows(self.index_of(place), first, last)
            gone = branch.rows[first : last + 1]
            del branch.rows[first : last + 1]
            branch.settle()
            for below in gone:
                self._forget(below)
            self.endRemoveRows()
            last = first - 1

    def _forget(self, place: OutlinePlace) -> None:
        """Let go of a row and of all that was looked at under it."""
        for under in self._branches.pop(place, Branch()).rows:
            self._forget(under)
        self._places.pop(self._ids.pop(place, 0), None)

    def _move(self, place: OutlinePlace, branch: Branch, old: int, new: int) -> None:
        if old == new:
            return
        parent = self.index_of(place)
        self.beginMoveRows(parent, old, old, parent, new)
        branch.rows.insert(new, branch.rows.pop(old))
        branch.settle()
        self.endMoveRows()

    def _insert(self, place: OutlinePlace, branch: Branch, wanted: list[OutlinePlace], at: int) -> int:
        """Insert the new rows that follow one another from ``at`` on; how many they are."""
        end = at
        while end < len(wanted) and wanted[end] not in branch.order:
            end += 1
        self.beginInsertRows(self.index_of(place), at, end - 1)
        branch.rows[at:at] = wanted[at:end]
        branch.settle()
        self.endInsertRows()
        return end - at


_TEXTS: dict[int, Callable[[OutlineRow], object]] = {
    int(Qt.ItemDataRole.DisplayRole): lambda row: row.name,
    int(Qt.ItemDataRole.AccessibleTextRole): lambda row: row.spoken,
    int(Qt.ItemDataRole.ToolTipRole): lambda row: wrapped_tip("", row.spoken),
    int(ROW): lambda row: row,
}
"""The parts of a row by Qt's roles and ours."""
