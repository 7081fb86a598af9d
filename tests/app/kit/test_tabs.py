"""Tabs that fold what they show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit.widgets.tabs import FOLDED, FoldingTabs


@pytest.fixture
def tabs(qtbot: QtBot) -> FoldingTabs:
    made = FoldingTabs()
    qtbot.addWidget(made)
    for text in ("Why", "All settings", "Train it"):
        made.addTab(text)
    made.resize(400, 34)
    made.show()
    return made


def test_a_click_opens_a_tab_and_folds_it_again(tabs: FoldingTabs) -> None:
    told: list[int] = []
    tabs.turned.connect(told.append)
    assert tabs.front == FOLDED
    for tab in (0, 2, 2, 2, 1):
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(tab).center())
    assert told == [0, 2, FOLDED, 2, 1]


def test_the_wheel_chooses_no_tab(tabs: FoldingTabs) -> None:
    """It scrolled a page, and as the tabs came under the pointer another was in front."""
    tabs.setCurrentIndex(0)
    place = QPointF(tabs.rect().center())
    event = QWheelEvent(
        place, tabs.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tabs, event)
    assert tabs.currentIndex() == 0 and not event.isAccepted()


def test_keys_choose_a_tab_and_open_it(tabs: FoldingTabs) -> None:
    told: list[int] = []
    tabs.turned.connect(told.append)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert told == [], "what is folded stays so"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(tabs, key)
    assert told == [1, 2, FOLDED]


def test_a_tab_that_is_open_already_is_told_once(tabs: FoldingTabs) -> None:
    told: list[int] = []
    tabs.turned.connect(told.append)
    for tab in (1, 1, FOLDED, FOLDED):
        tabs.open_tab(tab)
    assert told == [1, FOLDED]
