"""What is typed into the name's field of Qt's file dialog is the file that is meant."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLineEdit, QWidget


class TypedName(QObject):
    """Qt selects in its list what the name begins like while it is typed, and Return takes what is selected: of a whole
    path a folder on the way, which it enters. While the list of completions is open, Return leaves that open as well.
    And a name that is typed with its ending over one that keeps its own has two."""

    def __init__(self, dialog: QFileDialog, field: QLineEdit) -> None:
        super().__init__(dialog)
        self._dialog, self._field = dialog, field
        field.installEventFilter(self)
        completer = field.completer()
        self._popup: QWidget | None = None if completer is None else completer.popup()
        if self._popup is not None:
            self._popup.installEventFilter(self)
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave and dialog.defaultSuffix():
            field.textEdited.connect(self._with_one_ending)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if self._popup is not None and self._popup.isVisible():
            self._popup.hide()
        for name in ("listView", "treeView"):
            view = self._dialog.findChild(QAbstractItemView, name)
            if view is not None:
                view.clearSelection()
        if watched is self._popup:
            QCoreApplication.sendEvent(self._field, QKeyEvent(event.type(), event.key(), event.modifiers()))
            return True
        return False

    @Slot(str)
    def _with_one_ending(self, text: str) -> None:
        ending = f".{self._dialog.defaultSuffix()}"
        if text.endswith(2 * ending):
            self._field.setText(text.removesuffix(ending))
