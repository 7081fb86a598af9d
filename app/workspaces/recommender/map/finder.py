"""Finding items by a part of their title: an index of titles, the field, and the list of what it has found or, while it
is empty, of what is in view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.kit.widgets.search import let_clear, mark_as_search
from app.kit.words import plain_tip

WIDTH, LEAST_WIDTH, LIST_WIDTH = 170, 96, 260
SHOWN_ROWS = 8
MOST = 12
_ROW_ROLE = Qt.ItemDataRole.UserRole


class TitleIndex:
    """All titles as one text, the most important first, so that a search is a search in a text."""

    def __init__(self, titles: Sequence[str], order: Sequence[int]) -> None:
        self._order = order
        folded = [titles[row].casefold().replace("\n", " ") for row in order]
        self._text = "\n".join(folded)
        self._starts = [0, *accumulate(len(title) + 1 for title in folded)]

    def find(self, part: str, most: int = MOST) -> list[int]:
        """Rows of items with this in their title: those that begin with it, then the others, the most important
        first."""
        wanted = part.strip().casefold()
        if not wanted or "\n" in wanted:
            return []
        beginning = self._rows("\n" + wanted, most)
        if self._text.startswith(wanted):
            beginning.insert(0, self._order[0])
        return list(dict.fromkeys([*beginning, *self._rows(wanted, most)]))[:most]

    def _rows(self, wanted: str, most: int) -> list[int]:
        found: list[int] = []
        at = self._text.find(wanted)
        while at >= 0 and len(found) < most:
            index = bisect_right(self._starts, at + wanted.startswith("\n")) - 1
            found.append(self._order[index])
            at = self._text.find(wanted, self._starts[index + 1] - wanted.startswith("\n"))
        return found


class ItemList(QListWidget):
    """Items by their row: a list that screen readers read. ``chosen(row)``; ``left``: back to the field."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.hide()

    def offer(self, name: str, rows: Sequence[tuple[int, str]]) -> None:
        """Show other items; ``name``: what they are, for those who hear it."""
        self.setAccessibleName(name)
        self.clear()
        for row, title in rows:
            item = QListWidgetItem(title)
            item.setData(_ROW_ROLE, row)
            item.setToolTip(plain_tip(title))
            self.addItem(item)
        self.setCurrentRow(0)

    @property
    def rows(self) -> list[int]:
        """The items offered."""
        return [int(self.item(index).data(_ROW_ROLE)) for index in range(self.count())]

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(int(item.data(_ROW_ROLE)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and self.currentRow() <= 0):
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._choose(self.currentItem())
        else:
            super().keyPressEvent(event)


class MapFinder(QLineEdit):
    """``found(row)``: an item was chosen. The list hangs below the field, within ``ground``."""

    found = Signal(int)

    def __init__(
        self,
        search: Callable[[str], list[tuple[int, str]]],
        in_view: Callable[[], list[tuple[int, str]]],
        ground: QWidget,
    ) -> None:
        super().__init__(ground)
        self.search, self._in_view, self._ground = search, in_view, ground
        self.list = ItemList(ground)
        self.setProperty("role", "search")
        self.setPlaceholderText(self.tr("Find an item"))
        self.setAccessibleName(self.tr("Find an item"))
        self.setToolTip(self.tr("Find an item by a part of its title and fly there (Ctrl+F); ↓ lists what is in view"))
        let_clear(self)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMaximumWidth(WIDTH)
        mark_as_search(self)
        self.textEdited.connect(self._look)
        self.textChanged.connect(self._emptied)
        self.list.chosen.connect(self._choose)
        self.list.left.connect(self._return)

    @Slot(str)
    def _look(self, part: str) -> None:
        self._offer(self.tr("Items found"), self.search(part))

    def look_again(self) -> None:
        """Other titles can be found now than when this was typed."""
        if self.text() and self.hasFocus():
            self._look(self.text())

    @Slot(str)
    def _emptied(self, text: str) -> None:
        if not text:
            self.list.hide()

    def _offer(self, name: str, rows: list[tuple[int, str]]) -> None:
        self.list.offer(name, rows)
        corner = self.mapTo(self._ground, QPoint(self.width() - LIST_WIDTH, self.height() + 4))
        height = min(len(rows), SHOWN_ROWS) * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth()
        self.list.setGeometry(max(corner.x(), 0), corner.y(), LIST_WIDTH, height)
        self.list.setVisible(bool(rows))
        self.list.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first, the arrow down goes into the list, Escape empties the field."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.isVisible() and self.list.rows:
            self._choose(self.list.rows[0])
        elif key == Qt.Key.Key_Down:
            if not self.text():
                self._offer(self.tr("Items in view"), self._in_view())
            if self.list.isVisible():
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Escape and (self.text() or self.list.isVisible()):
            self.clear()
            self.list.hide()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape is the field's own while there is something to take back."""
        held = bool(self.text()) or self.list.isVisible()
        override = event.type() == QEvent.Type.ShortcutOverride
        if held and override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    @Slot(int)
    def _choose(self, row: int) -> None:
        self.list.hide()
        self.found.emit(row)

    @Slot()
    def _return(self) -> None:
        self.list.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
