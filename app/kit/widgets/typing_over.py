"""How a row of an outline is typed over: what was typed is handed to the model unless nothing was."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget

Index = QModelIndex | QPersistentModelIndex


class TypingOver(QStyledItemDelegate):
    """The editor is a line of text, with what the model gives as ``EditRole``."""

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text())


def number_box(row: QRect, width: int) -> QRect:
    """Where the number of a row stands: at its right end."""
    width = min(width, row.width())
    return QRect(row.right() - width + 1, row.top(), width, row.height())
