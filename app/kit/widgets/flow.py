"""Rows with too little room: widgets in lines like words, or the least important ones give way."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down; ``spacing`` pixels between.

    ``columns_of``: items stand in equal columns that fill the line, each at least this many pixels wide.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 6, *, columns_of: int | None = None) -> None:
        self._heights: dict[int, int] = {}  # by width: whoever lays out asks for the same again and again
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._columns_of = columns_of
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """All items on one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(len(shown) - 1, 0)
        return QSize(sum(size.width() for size in shown) + gaps, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def clear(self) -> None:
        """Remove and delete every widget."""
        self._heights.clear()
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """How high all lines are together; what stands on a line is centred in its height."""
        y = rect.y()
        for line in self._lines(rect.width()):
            height, x = max(size.height() for _, size in line), rect.x()
            for item, size in line if place else ():
                item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What is shown, line by line, with the size of each."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        column, taken = self._column_width(width), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width() if column is None else column, width))
            if not lines or taken + size.width() > width:
                lines.append([])
                taken = 0
            lines[-1].append((item, size))
            taken += size.width() + self.spacing()
        return lines

    def _column_width(self, width: int) -> int | None:
        """With ``columns_of`` all items take one width, at least that many pixels, that fills the line."""
        if self._columns_of is None or width <= 0:
            return None
        columns = max(1, (width + self.spacing()) // (self._columns_of + self.spacing()))
        return (width - (columns - 1) * self.spacing()) // columns


def give_way(row: QLayout, width: int, parts: Iterable[tuple[QWidget, bool]]) -> None:
    """Show the parts of a row that are wanted, then hide one after another, in this order, until the rest fits into
    ``width`` pixels."""
    every = tuple(parts)
    for widget, wanted in every:
        widget.setVisible(wanted)
    for widget, _ in every:
        if _least_width(row) <= width:
            return
        widget.hide()


def _least_width(row: QLayout) -> int:
    """What it needs now: rows within it do not hear at once that something of theirs has been hidden."""
    for at in range(row.count()):
        item = row.itemAt(at)
        inner = item.layout() if item is not None else None
        if inner is not None:
            inner.invalidate()
            row.invalidate()
    return row.minimumSize().width()
