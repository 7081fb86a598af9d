"""Lines to type in, of which Escape takes back first what was typed: only then is it the page's."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class Entry(QLineEdit):
    """A value that is changed by typing. What it shows by itself is :meth:`show_text`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""

    def show_text(self, text: str) -> None:
        """Show a text that is in force."""
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def renew_text(self, text: str) -> None:
        """Another text is in force: what is just being typed stays, and Escape gives the new one."""
        if self.hasFocus() and self.typed:
            self._shown = text
        else:
            self.show_text(text)

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not in force yet."""
        return self.text() != self._shown

    def take_back(self) -> None:
        """Show again what is in force."""
        self.show_text(self._shown)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.typed:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape with something typed is the field's own, not a shortcut of the page."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape and self.typed:
            event.accept()
            return True
        return super().event(event)
