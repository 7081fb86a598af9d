"""The strip of messages: what a page says is about that page, and covers no other."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.shell.messages import MessageBar, PageMessages


class Pages:
    """A window with the strip over one of two pages."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(900, 400)
        self.grounds = {name: QWidget(self.window) for name in ("first", "second")}
        self.bar = MessageBar(self.window)
        self.said = PageMessages(self.bar, "first")
        self.window.show()
        self.go("first")

    def go(self, page: str) -> None:
        self.bar.float_over(self.grounds[page], 0, page)


@pytest.fixture
def pages(qtbot: QtBot) -> Pages:
    return Pages(qtbot)


def test_what_waits_for_an_answer_leaves_with_its_page_and_comes_back_with_it(pages: Pages) -> None:
    answered: list[str] = []
    pages.said.say("One undo away.", "notice", [("Go back", lambda: answered.append("yes"))])
    pages.go("second")
    assert pages.bar.isHidden() and pages.said.text == "One undo away."
    pages.go("first")
    assert not pages.bar.isHidden() and pages.bar.text == "One undo away."
    pages.bar.buttons[0].click()
    assert answered == ["yes"]
    pages.go("second")
    pages.go("first")
    assert pages.bar.text == ""


def test_what_says_something_alone_leaves_for_good(pages: Pages) -> None:
    pages.said.say("It came in.", "success")
    pages.go("second")
    assert pages.bar.isHidden()
    pages.go("first")
    assert pages.bar.text == ""


def test_what_has_ended_meanwhile_does_not_come_back(pages: Pages) -> None:
    pages.said.say("Loading", "notice", [("Cancel", lambda: None)])
    pages.go("second")
    pages.said.amend("Loading 50 %")
    assert pages.bar.isHidden() and pages.said.text == "Loading 50 %"
    pages.bar.say("Of the window.")
    pages.said.dismiss()
    assert pages.bar.text == "Of the window."
    pages.bar.dismiss()
    pages.go("first")
    assert pages.bar.text == ""


def test_a_page_out_of_sight_speaks_in_passing_and_its_question_waits_for_it(pages: Pages) -> None:
    pages.go("second")
    pages.said.say("It broke down.", "problem", [("Go back", lambda: None)])
    assert pages.bar.text == "It broke down." and pages.bar._passing.isActive()
    pages.bar._passing.timeout.emit()
    assert pages.bar.isHidden()
    pages.go("first")
    assert pages.bar.text == "It broke down." and not pages.bar._passing.isActive()
