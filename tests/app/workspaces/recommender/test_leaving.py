"""Escape on the page of the recommenders: not one too many."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.leaving import GuardedStack


@pytest.mark.parametrize("edited", [False, True])
def test_escape_leaves_at_once_unless_edits_would_be_lost(qtbot: QtBot, edited: bool) -> None:
    stack, field, left, held = GuardedStack(lambda: edited), QLineEdit(), list[int](), list[int]()
    stack.addWidget(field)
    qtbot.addWidget(stack)
    QShortcut(QKeySequence("Esc"), stack).activated.connect(lambda: left.append(1))
    stack.held.connect(lambda: held.append(1))
    stack.show()
    stack.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (len(left), len(held)) == ((0, 1) if edited else (1, 0))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(left) == (1 if edited else 2) and len(held) == edited
    stack.forget()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(held) == 2 * edited, "what is shown next asks anew"
