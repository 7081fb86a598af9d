"""Lists of choices, which show all their entries when they are opened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, takewhile

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from app.kit.widgets.painted import guarded
from app.kit.words import plain_tip

_INSET = 4
_MOST_SEEN = 14
"""So many entries are seen at once of those that do not all fit the screen."""
_BESIDE = 40
"""Pixels of the list beside its entries' texts: borders, air and a scroll bar."""


class ComboBox(QComboBox):
    """A box whose open list shows all its entries where they fit the screen, and scrolls where they don't."""

    def minimumSizeHint(self) -> QSize:
        """What its present entries need: Qt keeps the least width of an entry that has been given fewer words."""
        adjusts = self.sizeAdjustPolicy() == QComboBox.SizeAdjustPolicy.AdjustToContents
        return self.sizeHint() if adjusts else super().minimumSizeHint()

    def showPopup(self) -> None:
        """The list is as wide as its entries need, and as high: Qt forgets the air that a style sheet gives it, which
        would cut the last one in half, and keeps to one side of the box."""
        view, space = self.view(), self.screen().availableGeometry()
        heights = accumulate(view.sizeHintForRow(row) for row in range(self.count()))
        fitting = sum(1 for _ in takewhile(lambda height: height <= space.height() - _BESIDE, heights))
        self.setMaxVisibleItems(self.count() if fitting == self.count() else _MOST_SEEN)
        view.setMinimumWidth(max(self.width(), view.sizeHintForColumn(0) + _BESIDE))
        super().showPopup()
        popup, place = view.window(), view.window().geometry()
        rows = min(self.count(), self.maxVisibleItems())
        missing = sum(view.sizeHintForRow(row) for row in range(rows)) - view.viewport().height()
        if missing <= 0:
            return
        is_above = place.bottom() < self.mapToGlobal(self.rect().center()).y()
        place = place.adjusted(0, -missing, 0, 0) if is_above else place.adjusted(0, 0, 0, missing)
        place.translate(0, max(0, space.top() - place.top()) - max(0, place.bottom() - space.bottom()))
        popup.setGeometry(place)


class Choice(ComboBox):
    """A list of choices that does not change while the column is scrolled over it. ``picked(key)``: by hand only."""

    picked = Signal(str)

    def __init__(self, label: str, entries: Sequence[tuple[str, str]], tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setToolTip(plain_tip(tip))
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

    def _elided(self, option: QStyleOptionComboBox) -> str:
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width() - _INSET
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A style sheet's box cuts a long text off; here it is elided."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._elided(option)  # type: ignore[attr-defined]  # the stubs lack it
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the column."""
        event.ignore()
