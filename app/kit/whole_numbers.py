"""A click into a number selects all of it, so that typing replaces it; the next click places the caret."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.kit.focused_field import FocusedField
from app.kit.numbers import read

_HELD = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WholeNumbers(FocusedField):
    """Watches the one field that has the keyboard, and selects what is in it if that is a number.

    A number is selected by the first press after the field was entered or its entry taken, and by a double click;
    Qt would take what lies before the point for a word. What was selected on entering needs no such press.
    """

    _held = False  # a hand that trembles between the press and its release narrows nothing
    _fresh = False  # nobody has typed into the number yet, nor put the caret into it

    def part_of(self, _entered: QWidget, field: QLineEdit) -> QWidget:
        """The line alone."""
        return field

    @Slot(QWidget, QWidget)
    def _watch(self, left: QWidget | None, entered: QWidget | None) -> None:
        super()._watch(left, entered)
        self._held = False
        self._fresh = isinstance(self._watched, QLineEdit) and not self._watched.hasSelectedText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select the whole number, until the button is let go."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._fresh = event.key() in _TAKING
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton and self._selects(event):
            self._held = isinstance(watched, QLineEdit) and read(watched.text()) is not None
            if self._held:
                cast(QLineEdit, watched).selectAll()
                return True
        if self._held and event.type() in _HELD:
            self._held = event.type() == QEvent.Type.MouseMove
            return True
        return False

    def _selects(self, event: QMouseEvent) -> bool:
        """Whether this is the press that selects."""
        if event.type() == QEvent.Type.MouseButtonPress:
            fresh, self._fresh = self._fresh, False
            return fresh
        return event.type() == QEvent.Type.MouseButtonDblClick
