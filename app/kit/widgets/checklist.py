"""A list of things to tick, with the same boxes as elsewhere."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

import assets
from app.kit import theme
from app.kit.widgets.frame import WholeRows
from app.kit.words import plain_tip


class CheckList(QListWidget):
    """``toggled(key, on)``: by hand only."""

    toggled = Signal(str, bool)

    def __init__(self, label: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setToolTip(plain_tip(tip))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # what is too long is elided
        WholeRows(self)
        self.itemChanged.connect(self._changed)
        theme.follow(self._style)

    def _style(self) -> None:
        colours = theme.current()
        tick = assets.path(f"icons/tick-{colours.name}.svg").as_posix()
        self.setStyleSheet(
            f"QListWidget {{ border: 1px solid {colours.border}; border-radius: 7px; }}"
            f" QListWidget::indicator {{ width: 14px; height: 14px; border: 1px solid {colours.text_muted};"
            f" background: {colours.surface}; border-radius: 4px; }}"
            f" QListWidget::indicator:checked {{ background: {colours.accent}; border-color: {colours.accent};"
            f' image: url("{tick}"); }}'
            f" QListWidget::indicator:disabled {{ background: {colours.raised}; border-color: {colours.border}; }}"
        )

    def add(self, key: str, text: str, tip: str, *, ticked: bool = False) -> None:
        """One more line."""
        blocked = self.blockSignals(True)
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setCheckState(_state(ticked))
        item.setToolTip(plain_tip(tip))
        self.blockSignals(blocked)

    def set_ticked(self, keys: Collection[str]) -> None:
        """Tick exactly these; nothing is emitted."""
        blocked = self.blockSignals(True)
        for item in self.lines():
            item.setCheckState(_state(item.data(Qt.ItemDataRole.UserRole) in keys))
        self.blockSignals(blocked)

    def set_off(self, key: str) -> None:
        """One line that cannot be chosen; all others can."""
        blocked = self.blockSignals(True)
        for item in self.lines():
            flags = Qt.ItemFlag.ItemIsUserCheckable
            off = item.data(Qt.ItemDataRole.UserRole) == key
            item.setFlags(flags if off else flags | Qt.ItemFlag.ItemIsEnabled)
        self.blockSignals(blocked)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Keys of the ticked lines, in their order."""
        items = (item for item in self.lines() if item.checkState() == Qt.CheckState.Checked)
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items)

    def show_only(self, text: str) -> None:
        """Hide the lines that do not hold a text."""
        for item in self.lines():
            item.setHidden(text.casefold() not in item.text().casefold())

    def lines(self) -> list[QListWidgetItem]:
        """Every line."""
        return [self.item(row) for row in range(self.count())]

    def _changed(self, item: QListWidgetItem) -> None:
        self.toggled.emit(item.data(Qt.ItemDataRole.UserRole), item.checkState() == Qt.CheckState.Checked)


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
