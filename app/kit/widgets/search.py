"""What fields have at their ends: a looking glass, and a cross that empties them; both can be told by ear."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from app.kit.icons import set_icon
from app.kit.words import plain_tip


def let_clear(field: QLineEdit) -> None:
    """Give a field a cross that empties it."""
    field.setClearButtonEnabled(True)
    cross = field.findChild(QAction, "_q_qlineeditclearaction")
    if cross is not None:  # Qt's own name for it
        cross.setText(QCoreApplication.translate("SearchField", "Empty the field"))
        cross.setToolTip(plain_tip(cross.text()))


def mark_as_search(field: QLineEdit) -> None:
    """Give a field a looking glass; a click on it begins to search."""
    glass = QAction(field)
    set_icon(glass, "search")
    glass.setText(field.accessibleName())
    glass.setToolTip(plain_tip(field.toolTip() or field.accessibleName()))
    glass.triggered.connect(field.setFocus)
    field.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
