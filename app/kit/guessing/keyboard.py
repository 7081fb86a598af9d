"""The keyboard where something is asked: it stays with the card from question to question, and its keys answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPushButton, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""With one of these a key is no answer, but a command of the window's."""
KEYS = {"+": "+", "-": "-", "−": "-", ">": "larger", "<": "smaller"}
"""What answers by a key …"""
NUMERIC = frozenset("0123456789.,+-−")
"""… and with what a number begins."""


class Field(QLineEdit):
    """Enter is its own: what is around it does not hear of it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in ENTER:
            event.accept()


class KeyedCard(QFrame):
    """A card that can have the keyboard itself, for the questions that it asks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @contextmanager
    def keeping_keyboard(self) -> Iterator[None]:
        """Whatever part of it had the keyboard may go meanwhile: then the card itself has it."""
        focused = QApplication.focusWidget()
        had = focused is not None and self.isAncestorOf(focused)
        yield
        if had and not (focused is not None and focused.isVisible() and focused.isEnabled()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys ---------------------------------------------------------------------------------------------------------

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key means something here now."""
        raise NotImplementedError

    def _answer_key(self, event: QKeyEvent) -> None:
        """Do what the key means."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the keyboard, not shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self._takes(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes(event):
            self._answer_key(event)
        else:
            super().keyPressEvent(event)

    def _pressed(self, otherwise: QPushButton) -> QPushButton:
        """The button that Enter presses: the one that has the keyboard, else this one."""
        focused = QApplication.focusWidget()
        return focused if isinstance(focused, QPushButton) and self.isAncestorOf(focused) else otherwise
