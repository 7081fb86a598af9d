"""Escape on the page: it leads back to all runs, and asks for a second one where that would lose edits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

AGAIN_MS = 5_000
"""So long a second Escape counts as the answer."""


class GuardedStack(QStackedWidget):
    """``held``: an Escape came that would have lost edits, and is held back; the next one, soon after, is not."""

    held = Signal()

    def __init__(self, loses: Callable[[], bool], parent: QWidget | None = None) -> None:
        """``loses``: whether leaving what is shown loses edits."""
        super().__init__(parent)
        self._loses = loses
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)

    @property
    def asking(self) -> bool:
        """Whether an Escape has just been held back."""
        return self._again.isActive()

    def _holds(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return escape and not self.asking and self._loses()

    def event(self, event: QEvent) -> bool:
        """Keep the key from being the shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and self._holds(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._holds(event):
            self._again.start()
            self.held.emit()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Another thing is shown: an Escape from before says nothing of it."""
        self._again.stop()
