"""A row of chips of which exactly one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.kit.widgets.flow import FlowLayout
from app.kit.words import plain_tip


def chip(text: str, tip: str = "", *, checkable: bool = True) -> QPushButton:
    """A small round button."""
    button = QPushButton(text)
    button.setProperty("role", "chip")
    button.setCheckable(checkable)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(text)
    return button


class Segments(QWidget):
    """``chosen(key)``: another one, by hand only."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """``entries``: key, text and tooltip of each segment; the first is chosen."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        row = FlowLayout(self, 4)
        for key, text, tip in entries:
            button = chip(text, tip)
            button.clicked.connect(lambda _checked=False, key=key: self._press(key))
            self._group.addButton(button)
            self.buttons[key] = button
            row.addWidget(button)
        self._before = next(iter(self.buttons))
        self.choose(self._before)

    def _press(self, key: str) -> None:
        """A press on the one that is chosen already chooses nothing."""
        if key != self._before:
            self._before = key
            self.chosen.emit(key)

    @property
    def key(self) -> str:
        """The chosen segment."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose a segment; nothing is emitted."""
        self._before = key
        self.buttons[key].setChecked(True)

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide a segment; a hidden one is not chosen any more."""
        self.buttons[key].setVisible(shown)
        if not shown and self.buttons[key].isChecked():
            first = next(k for k, button in self.buttons.items() if k != key and not button.isHidden())
            self.choose(first)
            self.chosen.emit(first)
