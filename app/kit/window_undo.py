"""Undo belongs to the window, except while something is being typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget

KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class WindowUndo(QObject):
    """Fields take Ctrl+Z for themselves even when nothing has been typed into them since they took over their value.
    Watches the one field that has the keyboard, and lets the keys through to the window then."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._watched: QWidget | None = None
        application.focusChanged.connect(self._watch)

    @Slot(QWidget, QWidget)
    def _watch(self, _left: QWidget | None, entered: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
            self._watched = None
        if entered is not None and field_of(entered) is not None:
            entered.installEventFilter(self)
            entered.destroyed.connect(self._forget)
            self._watched = entered

    @Slot()
    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field from claiming the keys of undo and redo."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not any(event.matches(key) for key in KEYS) or not isinstance(watched, QWidget) or is_typed_into(watched):
            return False
        event.ignore()
        return True


def field_of(widget: QWidget) -> QLineEdit | None:
    """The line that is typed into, if the widget has one."""
    if isinstance(widget, QLineEdit):
        return widget
    return widget.lineEdit() if isinstance(widget, QAbstractSpinBox | QComboBox) else None


def is_typed_into(widget: QWidget) -> bool:
    """Whether it has an entry that is not in force yet, so that undo is of letters."""
    field = field_of(widget)
    return field is not None and field.isModified()
