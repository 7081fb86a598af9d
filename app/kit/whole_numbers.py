"""A double click on a number selects all of it: Qt would take what lies before its point for a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app.kit.focused_field import FocusedField
from app.kit.numbers import read

_HELD = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)


class WholeNumbers(FocusedField):
    """Watches the one field that has the keyboard; what is in it and is no number is selected as ever."""

    _held = False  # a hand that trembles between the second press and its release narrows nothing

    def part_of(self, _entered: QWidget, field: QLineEdit) -> QWidget:
        """The line alone."""
        return field

    @Slot(QWidget, QWidget)
    def _watch(self, left: QWidget | None, entered: QWidget | None) -> None:
        self._held = False
        super()._watch(left, entered)

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
