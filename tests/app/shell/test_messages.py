"""The strip of messages: what a page says is about that page, and covers no other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.stylesheet import stylesheet
from app.shell.messages import WIDEST, MessageBar, PageMessages
from app.workspaces.workspace import Offer

LINE, BAR = 18, 52
"""Of text, and of the top bar, in pixels."""


class Pages:
    """A window with a top bar, and the strip over one of two pages."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(900, 400 + BAR)
        self.top_bar = QWidget(self.window)
        self.top_bar.setGeometry(0, 0, 900, BAR)
        self.grounds = {name: QWidget(self.window) for name in ("first", "second")}
        QCursor.setPos(0, 0)  # a message stays while the pointer is on it
        for ground in self.grounds.values():
            ground.setGeometry(0, BAR, 900, 400)
        self.bar = MessageBar(self.top_bar, self.window)
        self.said = PageMessages(self.bar, "first")
        self.window.show()
        self.go("first")

    def go(self, page: str) -> None:
        self.bar.move_to(self.grounds[page], page)


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
    assert pages.bar.text == "It broke down."
    pages.bar._reading.timeout.emit()
    assert pages.bar.isHidden() and pages.bar.text == ""
    pages.go("first")
    assert pages.bar.text == "It broke down."
    pages.bar._reading.timeout.emit()
    assert pages.bar.text == "It broke down."


def test_what_waits_for_an_answer_folds_away_once_it_can_have_been_read(pages: Pages) -> None:
    folded: list[object] = []
    pages.bar.folded.connect(folded.append)
    pages.said.say("Unsaved work can be recovered.", "warning", [("Recover", lambda: None), ("Discard", lambda: None)])
    assert pages.bar._reading.isActive() and pages.bar._reading.interval() < 30_000
    pages.bar._reading.timeout.emit()
    assert pages.bar.isHidden() and pages.bar.text == "Unsaved work can be recovered."
    assert [said.text for said in folded] == [pages.bar.text]
    pages.bar.unfold()
    assert not pages.bar.isHidden() and len(pages.bar.buttons) == 2 and folded[-1] is None
    pages.bar._reading.timeout.emit()
    pages.bar.say("Something else.")
    assert folded[-1] is None and pages.bar.text == "Something else."


def test_nothing_moves_under_a_pointer_that_is_on_its_way(pages: Pages) -> None:
    """A press meant for an offer, or for a button above the strip, would hit what comes to lie there."""
    pages.said.say("Unsaved work can be recovered.", "warning", [("Recover", lambda: None)])
    beside = QPoint(10, pages.bar.y() - 5)
    QCursor.setPos(pages.window.mapToGlobal(beside))
    pages.bar._reading.timeout.emit()
    assert not pages.bar.isHidden() and pages.bar._reading.isActive()
    QCursor.setPos(pages.window.mapToGlobal(QPoint(10, 10)))
    pages.bar._reading.timeout.emit()
    assert pages.bar.isHidden()


@pytest.mark.parametrize("has_room", [True, False])
def test_a_lasting_one_stays_where_it_hides_nothing(pages: Pages, has_room: bool) -> None:
    """In a low window it lay over the top bar's buttons until it was answered."""
    ground = pages.grounds["first"]
    ground.setMinimumHeight(0 if has_room else ground.height())
    pages.bar.say("Unsaved work can be recovered.", "warning", [("Recover", lambda: None)], lasting=True)
    pages.bar._reading.timeout.emit()
    assert pages.bar.isVisible() is has_room and pages.bar.text == "Unsaved work can be recovered."


def test_a_pointer_that_rests_below_holds_no_message_without_buttons(pages: Pages) -> None:
    pages.said.say("It came in.", "success")
    for moved, is_hidden in ((0, False), (1, False), (1, True)):
        QCursor.setPos(pages.window.mapToGlobal(QPoint(10 + moved, pages.bar.y() + 5)))
        pages.bar._reading.timeout.emit()
        assert pages.bar.isHidden() is is_hidden


def test_what_goes_by_itself_covers_no_page_and_changes_no_picture(pages: Pages) -> None:
    """“Saved” took room from the drawing, whose pictures became smaller and grew again six seconds later; then it lay
    over the axis of a histogram."""
    ground = pages.grounds["first"]
    pages.said.say("Saved as spirals.loom", "success", passing=True)
    assert ground.contentsMargins().bottom() == 0 and pages.top_bar.geometry().contains(pages.bar.geometry())
    assert pages.bar.width() < WIDEST and pages.bar._text.heightForWidth(pages.bar._text.width()) < 2 * LINE
    pages.said.say("It broke down.", "problem")
    assert ground.contentsMargins().bottom() > 0
    pages.said.say("Taken back.", "notice", passing=True)
    assert ground.contentsMargins().bottom() == 0


@pytest.mark.parametrize(("offers", "ends_at"), [((), 300), ((), 520), ((("Undo", lambda: None),), 400)])
def test_it_lies_where_the_top_bar_is_free(pages: Pages, offers: tuple[Offer, ...], ends_at: int) -> None:
    for left, right in ((0, 200), (200, ends_at), (880, 900)):
        QPushButton(pages.top_bar).setGeometry(left, 0, right - left, BAR)
        pages.top_bar.children()[-1].show()
    pages.said.say("step replaced logistic in Dense 3 of the playground", "notice", offers, passing=True)
    assert pages.bar.x() > ends_at and pages.bar.geometry().right() < 880
    assert pages.top_bar.geometry().contains(pages.bar.geometry())
    assert pages.bar._text.height() >= pages.bar._text.heightForWidth(pages.bar._text.width())


def test_it_covers_nothing_of_a_full_bar_and_changes_no_picture(pages: Pages) -> None:
    """“Solved” hid the losses that it was about, for as long as it took to read."""
    for number in range(9):
        QPushButton(pages.top_bar).setGeometry(100 * number, 0, 95, BAR)
        pages.top_bar.children()[-1].show()
    pages.said.say("Saved as spirals.loom. " * 9, "success", passing=True)
    ground = pages.grounds["first"]
    assert not pages.bar.geometry().intersects(pages.top_bar.geometry())
    assert ground.geometry().bottom() - pages.bar.geometry().bottom() < 20 and ground.contentsMargins().bottom() == 0


@pytest.mark.parametrize("said_by", ["the page", "the window"])
def test_what_was_said_in_passing_leaves_with_the_page_in_sight(pages: Pages, said_by: str) -> None:
    say = pages.said.say if said_by == "the page" else pages.bar.say
    say("Saved as spirals.loom", "success", passing=True)
    pages.go("second")
    assert pages.bar.isHidden() and pages.bar.text == ""


def test_a_click_takes_it_off_what_it_lies_over(pages: Pages) -> None:
    pages.said.say("Saved.", "success", passing=True)
    QTest.mouseClick(pages.bar, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert pages.bar.isHidden() and pages.bar.text == ""
    pages.said.say("It broke down.", "problem")
    QTest.mouseClick(pages.bar, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert pages.bar.isHidden() and pages.bar.text == "It broke down."


@pytest.mark.parametrize("text", ["", "  "])
def test_it_is_never_empty(pages: Pages, text: str) -> None:
    pages.said.say("It came in.", "success")
    pages.said.amend(text)
    assert pages.bar.isHidden()
    pages.said.say("It came in.", "success")
    pages.said.say(text, "problem", [("Go back", lambda: None)])
    assert pages.bar.isHidden() and not pages.bar.buttons


LONG = "Neuroloom was not closed properly. 3 documents of 2026-11-30 22:18 can be recovered: " + ", ".join(
    f"“A network with a name of some length {number}” (Playground)" for number in range(3)
)


@pytest.mark.parametrize("width", [260, 373, 653])
def test_text_and_buttons_are_whole_however_narrow_the_ground_is(pages: Pages, width: int) -> None:
    pages.window.setStyleSheet(stylesheet(theme.current()))
    ground = pages.grounds["first"]
    ground.setGeometry(300, 60, width, 330)
    pages.bar.move_to(ground, "first")
    pages.said.say(LONG, "warning", [("Restore last good weights", lambda: None), ("Discard all", lambda: None)])
    bar, label = pages.bar, pages.bar._text
    pages.window.grab()
    assert label.width() >= 220
    assert label.height() >= label.heightForWidth(label.width())
    for button in bar.buttons:
        assert button.width() >= button.sizeHint().width() and button.height() >= button.sizeHint().height()
        assert bar.rect().contains(QRect(button.mapTo(bar, QPoint()), button.size()))
    assert pages.window.rect().contains(bar.geometry())


def test_buttons_stand_under_a_text_that_would_be_a_tall_column_beside_them(pages: Pages) -> None:
    bar, offers = pages.bar, [("Recover all", lambda: None), ("Discard all", lambda: None), ("Open it", lambda: None)]
    bar.say("A few words.", offers=offers)
    assert bar.buttons[0].mapTo(bar, QPoint()).y() < bar._text.geometry().bottom()
    bar.say("Work that is long to tell of. " * 20, offers=offers)
    pages.window.grab()
    assert bar.buttons[0].mapTo(bar, QPoint()).y() > bar._text.geometry().bottom()


@pytest.mark.parametrize("width", [900, 1280])
def test_an_offer_that_comes_later_leaves_those_that_stand_under_the_pointer(pages: Pages, width: int) -> None:
    text, pressed = "Dense 1 overflowed at step 2. The learning rate is 1·10⁹.", list[str]()
    pages.window.resize(width, 400 + BAR)
    pages.grounds["first"].resize(width, 400)
    pages.said.say(text, "problem", [("Restore last good weights", lambda: pressed.append("restore"))])
    pages.window.grab()
    restore = pages.bar.buttons[0]
    spot = restore.mapTo(pages.window, restore.rect().center())
    pages.said.amend(text, [("Learning rate 0.03", lambda: pressed.append("cure"))])
    pages.window.grab()
    assert len(pages.bar.buttons) == 2 and pages.window.childAt(spot) is restore
