"""A list of choices that does not change while the column is scrolled over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.kit.words import plain_tip


class Choice(QComboBox):
    """``picked(key)``: by hand only."""

    picked = Signal(str)

    def __init__(self, label: str, entries: Sequence[tuple[str, str]], tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setToolTip(tip)
        self.setAccessibleName(label)
        self.set_entries(entries)
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    @property
    def key(self) -> str:
        """The chosen entry's key."""
        key: str = self.currentData()
        return key

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Offer other (key, text) entries."""
        self.clear()
        for key, text in entries:
            self.addItem(text, key)
            self.setItemData(self.count() - 1, plain_tip(text), Qt.ItemDataRole.ToolTipRole)

    def choose(self, key: str) -> None:
        """Choose an entry; nothing is emitted."""
        self.setCurrentIndex(self.findData(key))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the column."""
        event.ignore()
