"""Buttons for actions."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QActionEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from app.kit.icons import set_icon
from app.kit.words import letters, plain_tip

_KEY = re.compile(r"&(.)")
"""An "&" makes a key of the letter behind it, and a letter of another "&"."""


class ActionButton(QToolButton):
    """Text, icon, tips, state and what it does are those of its default action.

    Qt's own button leaves out the dots of an action that opens something. It also (6.11) takes over an action that has
    changed by making it the default once more, and each time connects to its ``changed`` once more: what undo says
    changes with every edit, and took longer with each.
    """

    def __init__(self, action: QAction | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if action is not None:
            self.setDefaultAction(action)

    def setDefaultAction(self, action: QAction) -> None:
        super().setDefaultAction(action)
        self._follow(action)

    def actionEvent(self, event: QActionEvent) -> None:
        """Follow the default action; what else becomes of actions is Qt's."""
        if event.type() is QEvent.Type.ActionChanged and event.action() is self.defaultAction():
            self._follow(event.action())
        else:
            super().actionEvent(event)

    def _follow(self, action: QAction) -> None:
        self.setText(letters(_KEY.sub(r"\1", action.text())))
        self.setIcon(action.icon())
        self.setToolTip(action.toolTip())
        self.setStatusTip(action.statusTip())
        self.setWhatsThis(action.whatsThis())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        self.setEnabled(action.isEnabled())


def icon_button(icon: str, text: str, key: str = "") -> QToolButton:
    """A button that shows an icon alone; ``text`` is said and shown as its tip."""
    button = QToolButton()
    set_icon(button, icon)
    button.setToolTip(plain_tip(text))
    button.setAccessibleName(text)
    button.setShortcut(key)
    return button


def action_button(action: QAction, role: str) -> ActionButton:
    """One that shows its text alone; ``role``: its look, ``pill`` or ``chip``."""
    button = ActionButton(action)
    button.setProperty("role", role)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
