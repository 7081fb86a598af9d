"""What an outline says, as Qt's item model: rows are known by their keys, so that they stay through changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.kit.listing import joined
from app.kit.numbers import read, significant, typed
from app.kit.words import plain_tip

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
"""The whole :class:`OutlineItem` of a row, for what paints it."""
NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A row and those under it. ``number`` can be typed over; ``note`` is what else is to be said, in small print.

    ``key`` is any hashable that no other row of the tree has.
    """

    key: Hashable
    text: str
    children: tuple[OutlineItem, ...] = ()
    number: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    item: OutlineItem
    parent: Hashable | None
    number: int
    depth: int

    @property
    def said(self) -> tuple[str, float | None, str]:
        return self.item.text, self.item.number, self.item.note


class OutlineModel(QAbstractItemModel):
    """The rows of a tree of items.

    ``number_edited(key, value)``: what was typed. ``refused(text)``: what was typed is no number.
    """

    number_edited = Signal(object, float)
    refused = Signal(str)

    def __init__(self, shown: Callable[[float], str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Callable[[float], str] = shown or (lambda number: significant(number, 4))
        self._top: tuple[OutlineItem, ...] = ()
        self._rows: dict[Hashable, _Row] = {}
        self._ids: dict[Hashable, int] = {}  # a key keeps its number for as long as it is there
        self._keys: dict[int, Hashable] = {}
        self._next_id = 1

    # Keys and indices ---------------------------------------------------------------------------------------------

    def key(self, index: Index) -> Hashable | None:
        """The key of a row; None where there is none."""
        return self._keys.get(index.internalId()) if index.isValid() else None

    def index_of(self, key: Hashable | None) -> QModelIndex:
        """Where a row stands; an invalid index where it does not."""
        row = self._rows.get(key)
        return QModelIndex() if row is None else self.createIndex(row.number, 0, self._ids[key])

    def depth(self, key: Hashable) -> int:
        """How many rows it lies under."""
        return self._rows[key].depth

    def branches(self) -> Iterator[Hashable]:
        """The keys of rows that have others under them."""
        return (key for key, row in self._rows.items() if row.item.children)

    # Following ----------------------------------------------------------------------------------------------------

    def show(self, items: Sequence[OutlineItem]) -> tuple[list[Hashable], set[Hashable]]:
        """Show other items: the keys of rows that say something else, and those of the rows that are new.

        Raises ValueError where two rows have one key.
        """
        rows = dict(_rows(items))
        before, known = self._rows, self._rows.keys()
        places = [(key, row.parent, row.number) for key, row in rows.items()]
        if places == [(key, row.parent, row.number) for key, row in before.items()]:
            self._top, self._rows = tuple(items), rows
            return [key for key, row in rows.items() if row.said != before[key].said], set()
        new = rows.keys() - known
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [self.key(index) for index in held]
        self._number(rows, new)
        self._top, self._rows = tuple(items), rows
        self.changePersistentIndexList(held, [self.index_of(key) for key in keys])
        self.layoutChanged.emit()
        return list(rows), new

    def _number(self, rows: Collection[Hashable], new: Collection[Hashable]) -> None:
        for key in [key for key in self._ids if key not in rows]:
            del self._keys[self._ids.pop(key)]
        for key in new:
            self._ids[key], self._keys[self._next_id] = self._next_id, key
            self._next_id += 1

    def tell(self, index: QModelIndex) -> None:
        """Say that a row says something else."""
        self.dataChanged.emit(index, index)

    # Qt's questions -----------------------------------------------------------------------------------------------

    def _under(self, index: Index) -> tuple[OutlineItem, ...]:
        key = self.key(index)
        return self._top if key is None else self._rows[key].item.children

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        under = self._under(parent)
        if column != 0 or not 0 <= row < len(under):
            return QModelIndex()
        return self.createIndex(row, 0, self._ids[under[row].key])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt's other parent() is QObject's
        key = self.key(index)
        return QModelIndex() if key is None else self.index_of(self._rows[key].parent)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return len(self._under(parent))

    def columnCount(self, _parent: Index = NO_INDEX) -> int:
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        key = self.key(index)
        if key is None:
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found if self._rows[key].item.number is None else found | Qt.ItemFlag.ItemIsEditable

    def written(self, number: float) -> str:
        """A number as the rows have it."""
        return self._shown(number)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key = self.key(index)
        if key is None:
            return None
        item = self._rows[key].item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role == Qt.ItemDataRole.EditRole:
            return "" if item.number is None else typed(item.number)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.spoken(item))
        return item if role == ITEM else None

    def spoken(self, item: OutlineItem) -> str:
        """A row as one hears it."""
        number = "" if item.number is None else self._shown(item.number)
        return joined((f"{item.text} {number}".strip(), item.note))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Passes on what was typed; whoever hears it answers by showing other items."""
        key = self.key(index)
        if key is None or role != Qt.ItemDataRole.EditRole or self._rows[key].item.number is None:
            return False
        text = str(value).strip()
        if text in ("", self.data(index, Qt.ItemDataRole.EditRole)):
            return False
        number = read(text)
        if number is None:
            self.refused.emit(text)
            return False
        self.number_edited.emit(key, number)
        return True


def _rows(items: Sequence[OutlineItem]) -> Iterator[tuple[Hashable, _Row]]:
    """Every row with its key, those above before those under them."""
    seen: set[Hashable] = set()
    stack: list[tuple[OutlineItem, Hashable | None, int, int]] = []
    stack.extend((item, None, number, 0) for number, item in reversed(list(enumerate(items))))
    while stack:
        item, parent, number, depth = stack.pop()
        if item.key in seen:
            raise ValueError(f"two rows of an outline have the key {item.key!r}")
        seen.add(item.key)
        yield item.key, _Row(item, parent, number, depth)
        under = [(child, item.key, place, depth + 1) for place, child in enumerate(item.children)]
        stack.extend(reversed(under))
