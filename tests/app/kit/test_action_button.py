"""A button shows its action as it is now, and holds to it by no more than it did at first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.kit.widgets.action_button import ActionButton, action_button


@pytest.fixture
def action(qapp: object) -> QAction:
    return QAction("Undo")


def listeners(action: QAction) -> int:
    return action.receivers(SIGNAL("changed()"))


def test_an_action_that_changes_all_day_is_listened_to_once(qtbot: QtBot, action: QAction) -> None:
    button = action_button(action, "pill")
    qtbot.addWidget(button)
    before = listeners(action)
    for edit in range(50):
        action.setText(f"Undo {edit}")
    assert button.text() == "Undo 49" and listeners(action) == before


def test_all_that_is_shown_follows(qtbot: QtBot, action: QAction) -> None:
    button = ActionButton(action)
    qtbot.addWidget(button)
    picture = QPixmap(8, 8)
    picture.fill(Qt.GlobalColor.red)
    action.setText("Save &as && close")
    action.setToolTip("a tip")
    action.setStatusTip("a status")
    action.setWhatsThis("this")
    action.setIcon(QIcon(picture))
    action.setCheckable(True)
    action.setChecked(True)
    action.setEnabled(False)
    assert (button.text(), button.toolTip(), button.statusTip()) == ("Save as && close", "a tip", "a status")
    assert button.whatsThis() == "this" and button.icon().pixmap(8, 8).toImage() == picture.toImage()
    assert button.isCheckable() and button.isChecked() and not button.isEnabled()
    action.setEnabled(True)
    action.setChecked(False)
    button.click()
    assert action.isChecked() and button.isChecked()


def test_it_shows_what_qt_s_own_would_and_the_dots(qtbot: QtBot, action: QAction) -> None:
    ours, qt_s = ActionButton(), QToolButton()
    for button in (ours, qt_s):
        qtbot.addWidget(button)
        button.setDefaultAction(action)
    for text in ("Play", "&Play", "A && B", ""):
        action.setText(text)
        assert ours.text() == qt_s.text()
    action.setText("Open a run…")
    assert ours.text() == "Open a run…" and qt_s.text() == "Open a run"
    ours.setDefaultAction(action)
    assert ours.text() == "Open a run…"


def test_actions_beside_the_default_one_are_qt_s_matter(qtbot: QtBot, action: QAction) -> None:
    button, other = ActionButton(action), QAction("Other")
    qtbot.addWidget(button)
    button.addAction(other)
    other.setText("Another")
    assert button.text() == "Undo" and button.actions() == [action, other]
    button.removeAction(other)
    button.removeAction(action)
    assert button.defaultAction() is None
