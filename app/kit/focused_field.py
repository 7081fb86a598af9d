"""The one field that has the keyboard: a click selects one value whole; undo is the window’s until one types."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget
from shiboken6 import isValid

from app.kit.numbers import is_number


class FocusedField(QObject):
    """Filters the events of the field that has the keyboard, and of no other widget, for as long as ``owner`` lives."""

    def __init__(self, application: QApplication, owner: QObject) -> None:
        super().__init__(owner)
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


_IS_WHOLE = "isWhole"


def select_whole(field: QLineEdit) -> None:
    """Have a click select a field's text as it does a number: it is one value, which is typed anew, not amended."""
    field.setProperty(_IS_WHOLE, True)


def _is_one_value(field: QObject) -> bool:
    return isinstance(field, QLineEdit) and (is_number(field.text()) or bool(field.property(_IS_WHOLE)))


_HELD = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)


class WholeNumbers(FocusedField):
    """Watches the one field that has the keyboard, and selects what is in it: a number, or what is to be taken whole.

    It is selected by the first press on it, unless something is typed that is not in force yet or all was selected on
    entering, and by a double click; Qt would take what lies before the point for a word.
    """

    _held = False  # a hand that trembles between the press and its release narrows nothing
    _fresh = False  # what stands there is in force, and no press has selected it yet

    def part_of(self, _entered: QWidget, field: QLineEdit) -> QWidget:
        """The line alone."""
        return field

    @Slot(QWidget, QWidget)
    def _watch(self, left: QWidget | None, entered: QWidget | None) -> None:
        if isinstance(self._watched, QLineEdit) and isValid(self._watched):
            self._watched.textChanged.disconnect(self._renew)
            self._watched.returnPressed.disconnect(self._take)
        super()._watch(left, entered)
        self._held = False
        if isinstance(self._watched, QLineEdit):
            self._fresh = not self._watched.hasSelectedText()
            self._watched.textChanged.connect(self._renew)
            self._watched.returnPressed.connect(self._take)

    @Slot()
    def _renew(self) -> None:
        self._fresh = isinstance(self._watched, QLineEdit) and not self._watched.isModified()

    @Slot()
    def _take(self) -> None:
        self._fresh = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select all of it, until the button is let go."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton and self._selects(event):
            self._held = _is_one_value(watched)
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


KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class WindowUndo(FocusedField):
    """Fields take Ctrl+Z for themselves even when nothing has been typed into them since they took over their value.
    Watches the one field that has the keyboard, and lets the keys through to the window then."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field from claiming the keys of undo and redo."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not any(event.matches(key) for key in KEYS) or not isinstance(watched, QWidget) or is_typed_into(watched):
            return False
        event.ignore()
        return True


def is_typed_into(widget: QWidget) -> bool:
    """Whether it has an entry that is not in force yet, so that undo is of letters."""
    field = field_of(widget)
    return field is not None and field.isModified()
