"""Menus stay one column, however long they are."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.kit.dress import dress


def test_a_menu_longer_than_the_screen_scrolls_in_one_column(qtbot: QtBot) -> None:
    dress(cast(QApplication, QApplication.instance()))
    menu = QMenu()
    qtbot.addWidget(menu)
    for number in range(120):
        menu.addAction(f"Command {number}")
    menu.popup(QPoint(0, 0))
    assert len({menu.actionGeometry(action).x() for action in menu.actions()}) == 1
    menu.close()
