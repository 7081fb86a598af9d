"""A sentence in pieces: what it says is what is seen, in the present look, and only other lines ask for other room."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.widgets.phrase import Phrase, Piece

RED, SHORT = "#ff0000", [Piece("Step 3. ", strong=True), Piece("n1 works out "), Piece("1.25", "#ff0000", True)]


class Requests(QObject):
    """Counts how often a widget is asked to lay itself out."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def phrase(qtbot: QtBot) -> Phrase:
    window = QWidget()
    qtbot.addWidget(window)
    shown = Phrase(window)
    column = QVBoxLayout(window)
    column.addWidget(shown)
    column.addStretch(1)
    window.resize(400, 200)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: shown.width() > 300)
    return shown


def _picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def _colours(widget: QWidget) -> Counter[str]:
    picture = _picture(widget)
    return Counter(picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height()))


def test_only_other_lines_ask_for_other_room(phrase: Phrase, qtbot: QtBot) -> None:
    window, requests = phrase.window(), Requests()
    phrase.say(SHORT)
    one = phrase.heightForWidth(phrase.width())
    qtbot.waitUntil(lambda: phrase.height() == one)
    window.installEventFilter(requests)
    before = _picture(phrase)
    phrase.say([*SHORT[:2], Piece("1.26", RED, True)])
    assert _picture(phrase) != before and requests.count == 0
    assert not phrase.say([*SHORT[:2], Piece("1.26", RED, True)])
    phrase.say([*SHORT, Piece(" and hands this on to everyone who asks for it, one after another")])
    qtbot.waitUntil(lambda: requests.count > 0 and phrase.height() > one)
    assert phrase.height() == phrase.heightForWidth(phrase.width())
    window.resize(1200, 200)
    qtbot.waitUntil(lambda: phrase.height() == one)


def test_it_takes_as_many_lines_as_a_label_of_qts(phrase: Phrase) -> None:
    label = QLabel(phrase.window())
    label.setWordWrap(True)
    for count in (1, 5, 20, 60):
        words = "some words of differing length " * count
        phrase.say([Piece(words[:7]), Piece(words[7:])])
        label.setText(words)
        line = phrase.fontMetrics().height()
        assert abs(phrase.heightForWidth(390) - label.heightForWidth(390)) < line / 2 + count / 8


def test_pieces_have_their_own_weight_and_colour_wherever_letters_take_two_units(phrase: Phrase) -> None:
    assert _colours(phrase)[RED] == 0
    phrase.say([Piece("𝛿𝛿 ")])
    plain = _picture(phrase)
    phrase.say([Piece("𝛿𝛿 "), Piece("■", RED)])
    assert _colours(phrase)[RED] > 0
    width = phrase.fontMetrics().horizontalAdvance("𝛿𝛿 ")
    assert _picture(phrase).copy(0, 0, width - 1, 16) == plain.copy(0, 0, width - 1, 16)
    phrase.say([Piece("weight")])
    thin = _picture(phrase)
    phrase.say([Piece("weight", strong=True)])
    assert _picture(phrase) != thin


def test_it_follows_theme_and_font(phrase: Phrase) -> None:
    usual = theme.current().name
    phrase.say([Piece("■■■■")])
    try:
        for name in ("dark", "light"):
            theme.set_theme(name)
            assert _colours(phrase)[theme.current().text] > 0
    finally:
        theme.set_theme(usual)
    before, font = phrase.heightForWidth(400), phrase.font()
    font.setPixelSize(40)
    phrase.setFont(font)
    assert phrase.heightForWidth(400) > 1.5 * before


def test_markup_is_letters_and_those_who_hear_it_hear_it(phrase: Phrase) -> None:
    phrase.say([Piece("<b>x</b> & y")], "")
    assert phrase.plain == "<b>x</b> & y"
    read = QAccessible.queryAccessibleInterface(phrase)
    assert read is not None and read.role() == QAccessible.Role.StaticText
    assert read.text(QAccessible.Text.Name) == "<b>x</b> & y"
    phrase.say(SHORT, "Step three")
    assert read.text(QAccessible.Text.Name) == "Step three"
