"""The one field that has the keyboard, watched."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget
from shiboken6 import isValid


class FocusedField(QObject):
    """Filters the events of the field that has the keyboard, and of no other widget."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._watched: QWidget | None = None
        application.focusChanged.connect(self._watch)

    def part_of(self, entered: QWidget, _field: QLineEdit) -> QWidget:
        """Whose events are filtered: those of the widget that has the keyboard, of which the field may be a part."""
        return entered

    @Slot(QWidget, QWidget)
    def _watch(self, _left: QWidget | None, entered: QWidget | None) -> None:
        before, self._watched = self._watched, None
        if before is not None and isValid(before):  # one that has the keyboard as it goes is gone before that is told
            before.removeEventFilter(self)
            before.destroyed.disconnect(self._forget)
        if entered is None or not isValid(entered):
            return
        field = field_of(entered)
        self._watched = None if field is None else self.part_of(entered, field)
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self._watched.destroyed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._watched = None


def field_of(widget: QWidget) -> QLineEdit | None:
    """The line that is typed into, if the widget has one."""
    if isinstance(widget, QLineEdit):
        return widget
    return widget.lineEdit() if isinstance(widget, QAbstractSpinBox | QComboBox) else None
