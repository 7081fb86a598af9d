"""A list of choices: how much of it is seen when it is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.stylesheet import stylesheet
from app.kit.widgets.choice import Choice


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The program's own looks, which are what asks for the air round a list."""
    before = qapp.styleSheet()
    qapp.setStyleSheet(stylesheet(theme.current()))
    yield
    qapp.setStyleSheet(before)


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("count", [2, 3, 10, 30])
@pytest.mark.parametrize("at_foot", [False, True])
def test_no_entry_of_an_open_list_is_cut(qtbot: QtBot, count: int, *, at_foot: bool) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    choice = Choice("of all", [(str(n), f"entry {n}") for n in range(count)], "")
    QVBoxLayout(ground).addWidget(choice)
    screen = QApplication.primaryScreen().availableGeometry()
    ground.move(40, screen.bottom() - 60 if at_foot else 40)
    ground.show()
    qtbot.waitExposed(ground)
    choice.showPopup()
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    bar = view.verticalScrollBar()
    assert (bar.maximum() > 0) == (count > choice.maxVisibleItems())
    last = view.visualRect(view.model().index(min(count, choice.maxVisibleItems()) - 1, 0))
    assert last.bottom() <= view.viewport().rect().bottom()
    assert screen.contains(view.window().geometry())
    choice.hidePopup()
