"""A double click on a number selects all of it: Qt would take what lies before its point for a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.kit.numbers import read
from app.kit.window_undo import field_of

_HELD = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)


class WholeNumbers(QObject):
    """Watches the one field that has the keyboard; what is in it and is no number is selected as ever."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._watched: QLineEdit | None = None
        self._held = False  # a hand that trembles between the second press and its release narrows nothing
        application.focusChanged.connect(self._watch)

    @Slot(QWidget, QWidget)
    def _watch(self, _left: QWidget | None, entered: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
        self._held, self._watched = False, None if entered is None else field_of(entered)
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self._watched.destroyed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select the whole number, until the button is let go."""
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(watched, QLineEdit):
            self._held = read(watched.text()) is not None
            if self._held:
                watched.selectAll()
                return True
        if self._held and event.type() in _HELD:
            self._held = event.type() == QEvent.Type.MouseMove
            return True
        return False
