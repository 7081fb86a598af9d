"""Predict, then reveal: what is hidden, what counts, and that nobody is held up."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question
from app.kit.widgets.frame import scrolled
from engine.guesses import MOST_KEPT, GuessRecord, Kind, Mistake
from tests.app.told import shown_choices

SIGN = Question("sign", Kind.SIGN, -0.42, "z_1")
SIZE = Question("size", Kind.SIZE, 0.1, r"\delta_1", than=-0.4)
VALUE = Question("value", Kind.VALUE, 2.0, "y", text="How much is y?", hint="Hint: twice one.", printed="2.000")


@pytest.fixture
def card(qtbot: QtBot) -> GuessCard:
    made = GuessCard()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def guesses(card: GuessCard) -> Guesses:
    made = Guesses(card, card)
    made.set_on(True)
    return made


def test_off_it_hides_nothing(card: GuessCard) -> None:
    guesses = Guesses(card, card)
    assert not guesses.look_at(SIGN) and not guesses.open


def test_a_sign_is_chosen_and_then_the_number_may_be_shown(guesses: Guesses, card: GuessCard, qtbot: QtBot) -> None:
    with recorded() as said:
        assert guesses.look_at(SIGN)
        assert card.text == "Which sign will the result have?"
        assert shown_choices(card) == ("positive", "negative")
        with qtbot.waitSignal(guesses.settled):
            qtbot.mouseClick(card._choices["-"], Qt.MouseButton.LeftButton)
    assert not guesses.open
    assert card._verdict.text() == "Right, negative: −0.42."
    assert shown_choices(card) == ("positive", "✓ negative")
    assert card.score_text == "first tries: 1 of 1 right"
    assert [text for text, _ in said] == ["Which sign will the result have?", "Right, negative: −0.42."]


def test_a_size_is_compared_and_a_wrong_answer_is_marked(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(SIZE)
    assert card.text == "Will the result be larger or smaller in size than its factor −0.4?"
    card.choose("larger")
    assert shown_choices(card) == ("✗ larger", "✓ smaller")
    assert card._verdict.text() == "Not quite, it is smaller: 0.1. Its size is 0.25 times 0.4."
    assert card.score_text == "first tries: 0 of 1 right" and not guesses.open, "the other one is no second try"


def test_a_wrong_sign_of_a_sum_is_told_with_what_its_terms_come_to(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(replace(SIGN, sums=((0.331, 0.074, -0.198, -0.627),)))
    card.choose("+")
    assert card._verdict.text() == (
        "Not quite, it is negative: −0.42. The positive terms add up to 0.405, the negative ones to −0.825."
    )


def test_a_second_try_that_a_file_has_kept_of_two_answers_is_none_any_more(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(SIGN)
    card.choose("+")
    record = guesses.record()
    assert record is not None
    kept = record.met[0].model_copy(update={"again": True})
    guesses.take_up(record.model_copy(update={"met": [kept]}))
    assert not guesses.look_at(SIGN) and card._verdict.text() == "Not quite, it is negative: −0.42."


def test_a_wrong_value_is_diagnosed_and_tried_again(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(replace(VALUE, mistakes=((Mistake.HALF, 4.0),)))
    card.choose("4.1")
    assert card._verdict.text() == "That's twice as much: the ½ is missing. Try once more."
    assert guesses.open and card._field.isEnabled()
    guesses.look_at(SIGN)
    guesses.look_at(replace(VALUE, mistakes=((Mistake.HALF, 4.0),)))
    assert card._verdict.text().startswith("That's twice"), "elsewhere and back, what was said is still there"
    card.choose("-2")
    assert card._verdict.text() == "Not quite: it is 2.000. The size is right, the sign isn't."
    assert not guesses.open and card.score_text == "first tries: 0 of 1 right"


@pytest.mark.parametrize(
    ("sums", "hint"),
    [
        (((0.331, 0.074, -0.198, -0.264),), "add up the positive terms"),
        (((0.9, 0.074, -0.198, -0.264),), "one term is larger than all those of the other sign"),
        (((-0.8455, -0.2, -0.1, 0.5, 0.3),), "one term is larger than all those of the other sign"),
        (((-0.8455, -0.2, 0.5, 0.3), (-0.5455, 0.5, -0.5, 0.3)), "add up the positive terms"),
        ((), "two negative factors make a positive product"),
    ],
)
def test_a_hint_about_a_sign_holds_for_its_terms(
    guesses: Guesses, card: GuessCard, sums: tuple[tuple[float, ...], ...], hint: str
) -> None:
    guesses.look_at(replace(SIGN, sums=sums))
    assert hint in card._hint.text()


@pytest.mark.parametrize(("typed", "verdict"), [("2", "Right: 2.000."), ("1.95", "Near enough: it is 2.000.")])
def test_a_value_is_typed_and_stands_as_it_was_printed(
    guesses: Guesses, card: GuessCard, qtbot: QtBot, typed: str, verdict: str
) -> None:
    guesses.look_at(VALUE)
    assert (card.text, card._hint.text()) == ("How much is y? (±5 %)", "Hint: twice one.")
    qtbot.keyClicks(card._field, typed)
    qtbot.keyClick(card._field, Qt.Key.Key_Return)
    assert card._verdict.text() == verdict


@pytest.mark.parametrize(
    ("typed", "verdict"), [("0", "Near enough: it is 2.5·10⁻⁵."), ("0.002", "Not quite. Try once more.")]
)
def test_a_value_within_the_stated_tolerance_is_right(
    guesses: Guesses, card: GuessCard, typed: str, verdict: str
) -> None:
    guesses.look_at(replace(VALUE, truth=2.5e-5, printed="2.5·10⁻⁵", tolerance=0.001))
    assert card.text == "How much is y? (±5 % or ±0.001)"
    card.choose(typed)
    assert card._verdict.text() == verdict


def test_a_term_of_a_sum_with_the_wrong_sign_is_diagnosed(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(replace(VALUE, truth=3.57, printed="3.570", sums=((2.0, 1.453, 0.117),)))
    card.choose("0.664")
    assert card._verdict.text() == "One term of the sum has the wrong sign. Try once more."


def test_a_point_is_the_windows_shortcut_once_a_value_is_answered(held: Guesses, card: GuessCard, qtbot: QtBot) -> None:
    held.look_at(VALUE)
    qtbot.keyClicks(card, "2")
    qtbot.keyClick(card._field, Qt.Key.Key_Return)
    assert card.hasFocus() and not held.open
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier, ".")
    override.ignore()
    card.event(override)
    assert not override.isAccepted()


def test_a_hint_names_the_formula_that_is_not_in_sight(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(replace(VALUE, hint="", function="SiLU′", digits=3))
    assert card._hint.text() == "Hint: you need the formula of SiLU′."


def test_a_question_and_what_comes_of_the_answer_are_scrolled_to(
    guesses: Guesses, card: GuessCard, qtbot: QtBot
) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addSpacing(400)
    column.addWidget(card)
    column.addSpacing(400)
    place = scrolled(holder)
    qtbot.addWidget(place)
    place.resize(280, 170)
    place.show()
    guesses.look_at(VALUE)
    qtbot.waitUntil(lambda: in_sight(card._text))
    place.verticalScrollBar().setValue(place.verticalScrollBar().maximum())
    card.choose("4")
    qtbot.waitUntil(lambda: all(map(in_sight, (card._text, card._verdict, card._hint))))


def in_sight(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


def test_a_long_diagnosis_and_the_hint_can_both_be_read_where_there_is_no_room_for_both(
    guesses: Guesses, card: GuessCard, qtbot: QtBot
) -> None:
    place = scrolled(card)
    qtbot.addWidget(place)
    place.resize(260, 90)
    place.show()
    card.show()
    hint = "Hint: everything you need is in view; 3 digits of each number are enough."
    guesses.look_at(replace(VALUE, hint=hint, mistakes=((Mistake.OWN_FACTOR, 4.0),)))
    card.choose("4")
    for part in (card._verdict, card._hint):

        def read(part: QWidget = part) -> bool:
            place.ensureWidgetVisible(part, 0, 0)
            return part.height() >= part.heightForWidth(part.width()) > 0 and in_sight(part)

        qtbot.waitUntil(read)
    assert place.verticalScrollBar().maximum() > 0


def test_what_is_no_number_is_no_answer(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(VALUE)
    with recorded() as said:
        card.choose("a <b>lot</b>")
    assert [text for text, _ in said] == [card._verdict.text()]
    assert guesses.open and card._verdict.text().startswith("“a <b>lot</b>” isn't a number")
    assert card._verdict.textFormat() == Qt.TextFormat.PlainText


def test_going_on_without_an_answer_reveals_and_does_not_count(guesses: Guesses, card: GuessCard, qtbot: QtBot) -> None:
    guesses.look_at(SIGN)
    with qtbot.waitSignal(guesses.settled):
        qtbot.mouseClick(card._reveal, Qt.MouseButton.LeftButton)
    assert not guesses.open and guesses.score.asked == 0
    assert card._verdict.text() == "It is −0.42." and not shown_choices(card)
    guesses.give_up()
    assert guesses.score.asked == 0


def test_coming_back_shows_what_came_of_it_and_asks_no_more(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(VALUE)
    card.choose("7")
    card.choose("9")
    guesses.look_at(SIZE)
    assert guesses.open
    assert not guesses.look_at(VALUE)
    assert card._verdict.text().startswith("Not quite")
    card.choose("2")
    assert (guesses.score.right, guesses.score.asked) == (0, 1)


def test_what_was_seen_is_not_asked_and_where_there_is_nothing_it_says_so(guesses: Guesses, card: GuessCard) -> None:
    assert not guesses.look_at(SIGN, seen=True)
    assert "already seen" in card.text
    assert not guesses.look_at(None, note="Nothing here.")
    assert card.text == "Nothing here."
    assert not guesses.look_at(SIGN), "it has been seen"


def test_switched_off_and_on_again_it_asks_what_is_new(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(SIGN)
    guesses.set_on(False)
    assert not guesses.open
    guesses.set_on(True)
    assert guesses.look_at(SIGN)


def test_numbers_that_are_printed_alike_are_not_compared(guesses: Guesses, card: GuessCard) -> None:
    alike = Question("alike", Kind.SIZE, 0.30001, "y", than=-0.30004)
    assert not alike.tells and guesses.look_at(alike)
    assert card.shows_field and not shown_choices(card), "it asks for the value instead"
    mine = Question("mine", Kind.SIZE, 1.21e-9, "r", 1.19e-9, text="More?", printed="1.2·10⁻⁹", than_printed="1.2·10⁻⁹")
    assert not guesses.look_at(mine, note="Both look the same.")
    assert card.text == "Both look the same."
    assert Question("other", Kind.SIZE, 1.3e-9, "r", 1.2e-9, printed="1.3·10⁻⁹", than_printed="1.2·10⁻⁹").tells


def test_what_is_printed_as_0_has_no_sign_and_may_be_typed_as_0(guesses: Guesses, card: GuessCard) -> None:
    tiny = Question("tiny", Kind.SIGN, 4e-5, "z", printed="0.000")
    assert guesses.look_at(tiny) and card.shows_field
    card.choose("0")
    assert card._verdict.text() == "Right: 0.000."


def test_whoever_would_go_on_is_told_what_is_waited_for(guesses: Guesses, card: GuessCard) -> None:
    guesses.insist()
    assert card._verdict.text() == "", "nothing is asked"
    guesses.look_at(SIGN)
    with recorded() as said:
        guesses.insist()
    assert guesses.open and card._verdict.text() == "Guess first, or reveal it."
    assert [text for text, _ in said] == ["Guess first, or reveal it. Which sign will the result have?"]
    assert not guesses.settled_before(SIGN)
    card.choose("-")
    assert guesses.settled_before(SIGN)


def test_a_hint_of_a_question_s_own_stays_where_the_page_becomes_narrow(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(VALUE)
    for compact in (True, False, True):
        card.set_compact(compact)
        assert not card._hint.isHidden()


@pytest.mark.parametrize("compact", [True, False])
def test_before_it_has_asked_a_card_says_so_and_takes_no_more_room(card: GuessCard, compact: bool) -> None:
    card.set_compact(compact)
    shown = [part for part in card.findChildren(QWidget) if not part.isHidden()]
    assert set(shown) == {card._title, card._score, card._text} and not card.score_text
    assert card.text == "Not worked out yet."
    assert card.minimumSizeHint().height() == card.heightForWidth(card.width())


@pytest.mark.parametrize("compact", [True, False])
def test_what_comes_next_is_offered_once_a_question_is_settled(
    guesses: Guesses, card: GuessCard, qtbot: QtBot, compact: bool
) -> None:
    card.set_compact(compact)
    card.offer_next("Next row")
    guesses.look_at(SIGN)
    assert not card._next.isVisible()
    card.choose("-")
    assert card._next.isVisible() and card._next.text() == "Next row"
    with qtbot.waitSignal(card.went_on):
        qtbot.mouseClick(card._next, Qt.MouseButton.LeftButton)
    card.offer_next("")
    assert not card._next.isVisible()


def test_what_comes_next_has_a_line_of_its_own_where_the_answers_leave_no_room(
    guesses: Guesses, card: GuessCard
) -> None:
    """The card of the Graph's column became wider than the column."""
    card.set_compact(True)
    card.offer_next("Next question")
    guesses.look_at(SIGN)
    card.choose("-")
    shown = [button for button in card.findChildren(QPushButton) if button.isVisible()]
    assert len(shown) == 3
    assert card.minimumSizeHint().width() < sum(button.sizeHint().width() for button in shown)


# The keyboard ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(guesses: Guesses, card: GuessCard, qtbot: QtBot) -> Guesses:
    """With the keyboard in its hands."""
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    card.setFocus()
    return guesses


def test_it_keeps_the_keyboard_from_question_to_question(held: Guesses, card: GuessCard, qtbot: QtBot) -> None:
    held.look_at(SIGN)
    qtbot.keyClick(card, Qt.Key.Key_Minus)
    assert card._verdict.text() == "Right, negative: −0.42." and card.hasFocus()
    held.look_at(SIZE)
    qtbot.keyClicks(card, ">")
    assert shown_choices(card) == ("✗ larger", "✓ smaller") and card.hasFocus()


def test_a_digit_begins_a_value_and_enter_answers_then_goes_on(held: Guesses, card: GuessCard, qtbot: QtBot) -> None:
    card.offer_next("Next row")
    held.look_at(VALUE)
    qtbot.keyClick(card, Qt.Key.Key_2)
    assert card._field.hasFocus() and card._field.text() == "2"
    with qtbot.assertNotEmitted(card.went_on):
        qtbot.keyClick(card._field, Qt.Key.Key_Return)
    assert card._verdict.text() == "Right: 2.000." and card.hasFocus()
    with qtbot.waitSignal(card.went_on):
        qtbot.keyClick(card, Qt.Key.Key_Return)


def test_enter_presses_the_button_that_has_the_keyboard(held: Guesses, card: GuessCard, qtbot: QtBot) -> None:
    held.look_at(SIGN)
    card._choices["+"].setFocus()
    qtbot.keyClick(card._choices["+"], Qt.Key.Key_Return)
    assert shown_choices(card) == ("✗ positive", "✓ negative") and card.hasFocus()


def test_keys_that_mean_nothing_here_are_left_to_the_window(held: Guesses, card: GuessCard) -> None:
    none, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
    for question, key, text, modifiers, taken in (
        (SIGN, Qt.Key.Key_Plus, "+", none, True),
        (SIGN, Qt.Key.Key_1, "1", none, False),
        (SIGN, Qt.Key.Key_Space, " ", none, False),
        (VALUE, Qt.Key.Key_2, "2", none, True),
        (VALUE, Qt.Key.Key_2, "2", alt, False),
    ):
        held.look_at(question)
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
        override.ignore()
        card.event(override)
        assert override.isAccepted() is taken


def test_a_number_typed_on_after_its_sign_is_no_answer_to_the_next_question(
    held: Guesses, card: GuessCard, qtbot: QtBot
) -> None:
    card.offer_next("Next question")
    held.look_at(SIGN)
    card.went_on.connect(lambda: held.look_at(VALUE))
    for key, text in ((Qt.Key.Key_Minus, "-"), (Qt.Key.Key_0, "0"), (Qt.Key.Key_Period, "."), (Qt.Key.Key_4, "4")):
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
        override.ignore()
        card.event(override)
        assert override.isAccepted(), f"{text} would be a shortcut of the window's"
        qtbot.keyClicks(card, text)
    with qtbot.assertNotEmitted(card.went_on):
        qtbot.keyClick(card, Qt.Key.Key_Return)  # ends the number
    with qtbot.waitSignal(card.went_on):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert card.shows_field and card._field.text() == ""
    qtbot.keyClick(card, Qt.Key.Key_2)
    assert card._field.text() == "2" and card._field.hasFocus()


def test_digits_typed_into_a_question_before_it_is_painted_are_the_last_answers(
    held: Guesses, card: GuessCard, qtbot: QtBot
) -> None:
    held.look_at(SIGN)
    qtbot.keyClicks(card, "-0")
    card.setUpdatesEnabled(False)
    held.look_at(VALUE)
    qtbot.keyClicks(card, ".42")
    assert card._field.text() == "" and card.hasFocus()
    card.setUpdatesEnabled(True)
    card.repaint()
    qtbot.keyClicks(card, "2")
    assert card._field.text() == "2"


@pytest.mark.parametrize("typed", ["-.42", "-,42", "--0.42", "-+0.42"])
def test_nothing_that_is_typed_after_an_answer_goes_on_by_itself(
    held: Guesses, card: GuessCard, qtbot: QtBot, typed: str
) -> None:
    held.look_at(SIGN)
    qtbot.keyClicks(card, typed[0])
    for key in typed[1:]:
        override = QKeyEvent(QEvent.Type.ShortcutOverride, 0, Qt.KeyboardModifier.NoModifier, key)
        override.ignore()
        card.event(override)
        assert override.isAccepted(), f"{key} would be a shortcut of the window's"
        qtbot.keyClicks(card, key)
    assert card.score_text == "first tries: 1 of 1 right"


def test_elsewhere_the_keyboard_stays_where_it_is(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    card, other = GuessCard(window), QLineEdit(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    guesses = Guesses(card, card)
    guesses.set_on(True)
    guesses.look_at(SIGN)
    card.choose("-")
    guesses.look_at(VALUE)
    assert other.hasFocus()


def test_what_was_answered_is_taken_up_in_another_window(guesses: Guesses, card: GuessCard, qtbot: QtBot) -> None:
    revealed = replace(VALUE, key=("value", 0.1, (Kind.VALUE, 3)))
    guesses.look_at(SIGN)
    card.choose("-")
    guesses.look_at(revealed)
    guesses.give_up()
    guesses.look_at(replace(SIGN, key="seen"), seen=True)
    guesses.look_at(VALUE)
    card.choose("5")
    record = guesses.record(turn=3)
    assert record is not None
    other = GuessCard()
    qtbot.addWidget(other)
    again = Guesses(other, other)
    again.take_up(GuessRecord.model_validate(json.loads(record.model_dump_json())))
    again.set_on(True)
    assert other.score_text == "first tries: 1 of 2 right" and again.record(turn=3) == record
    assert again.look_at(VALUE) and other._verdict.text() == "Not quite. Try once more."
    other.choose("2")
    assert other.score_text == "first tries: 1 of 2 right", "a second try does not count"
    assert not again.look_at(SIGN) and other._verdict.text() == "Right, negative: −0.42."
    assert not again.look_at(revealed) and other._verdict.text() == "It is 2.000."
    assert not again.look_at(replace(SIGN, key="seen"))


def test_whoever_stops_guessing_begins_afresh(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(SIZE)
    card.choose("larger")
    guesses.look_at(SIGN)
    card.choose("-")
    guesses.set_on(False)
    assert guesses.record() is None and not card.score_text
    guesses.set_on(True)
    assert guesses.record() == GuessRecord() and not card.score_text
    assert guesses.look_at(SIGN) and guesses.open and not card._verdict.text()


def test_an_answer_in_a_file_that_is_none_to_its_question_is_not_taken(guesses: Guesses, card: GuessCard) -> None:
    guesses.look_at(VALUE)
    card.choose("3")
    record = guesses.record()
    assert record is not None
    guesses.take_up(record.model_copy(update={"met": [record.met[0].model_copy(update={"answer": "+"})]}))
    assert guesses.look_at(VALUE) and card._verdict.text() == ""
    guesses.take_up(record.model_copy(update={"met": [record.met[0].model_copy(update={"answer": None})]}))
    assert guesses.look_at(VALUE) and card._verdict.text() == ""


def test_what_a_file_keeps_of_guesses_is_bounded(guesses: Guesses, card: GuessCard) -> None:
    for number in range(MOST_KEPT + 5):
        guesses.look_at(replace(SIGN, key=number))
        card.choose("-")
    record = guesses.record()
    assert record is not None and len(record.met) == MOST_KEPT and record.right == MOST_KEPT + 5
    for wrong in ({"right": 3, "asked": 2}, {"met": [{"question": "x", "answer": "maybe"}]}, {"turn": -1}):
        with pytest.raises(ValidationError):
            GuessRecord.model_validate(wrong)
