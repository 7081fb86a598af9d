"""Undo belongs to the window, except while something is being typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.kit.focused_field import FocusedField, field_of

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
