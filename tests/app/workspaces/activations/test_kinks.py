"""Kinks of an activation of one's own as the page shows them: two slopes, and what PyTorch has agreed to take."""

from __future__ import annotations

from html import unescape

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.kit.drawing.marks import Line
from app.workspaces.activations.functions import ComparedFunction, slot_ink
from app.workspaces.activations.keys import CURSOR, RANGE, SLOPE, SLOPE_SET
from app.workspaces.activations.outline import outline_of
from app.workspaces.activations.page import ActivationsPage
from app.workspaces.activations.plots import axes_of, lines_of
from tests.app.told import every_mark
from tests.app.workspaces.activations.activations_rig import (
    Opener,
    activations_alone,
    note_of,
    press_part,
    text_of,
    type_own,
)

OWN = (SLOPE, "own-1")
pytestmark = pytest.mark.shares_window


@pytest.fixture(scope="module")
def opener() -> Opener:
    return activations_alone


def shown_as(page: ActivationsPage, qtbot: QtBot, text: str, cursor: float) -> ComparedFunction:
    """One's own activation of this text, the cursor at x."""
    type_own(page, "own-1", text)
    qtbot.waitUntil(lambda: any(one.known is not None and one.known.text == text for one in page.shown))
    page.edits.set_cursor(cursor)
    return next(one for one in page.shown if one.known is not None)


def said_on(card: QWidget) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def sentence(page: ActivationsPage) -> str:
    return page.right.origin._sentence.text()


@pytest.mark.torch
def test_a_kink_that_has_two_slopes_says_both(page: ActivationsPage, qtbot: QtBot) -> None:
    shown = shown_as(page, qtbot, "log(1+exp(abs(x)))", 0.0)
    assert text_of(page, OWN) == "−0.5 | 0.5"
    assert page.right.checks.cells["own-1", "differentiable"].accessibleName() == "own 1, differentiable: kink"
    assert "Kinks at x = 0" in page.right.checks.cells["own-1", "differentiable"].toolTip()
    axes = axes_of(page.plots.plots, page.plots.width(), page.plots.height())[1]
    assert len(lines_of(shown.scalar, SLOPE, axes)) == 2  # not joined by a steep line
    cursor = page.plots.drawing.part(CURSOR)
    assert cursor is not None and "own 1 0.6931, slope −0.5 to the left and 0.5 to the right" in cursor.spoken
    (tree, *_) = outline_of(page.document.value, page.shown, None, "", hidden=False)
    (own,) = (one for one in tree.children if one.key == "own-1")
    assert [one.note for one in own.children if one.key == ("own-1", "slope")] == [
        "−0.5 to the left and 0.5 to the right"
    ]
    press_part(page.right.numbers, OWN)
    qtbot.waitUntil(lambda: "PyTorch agrees" in page.right.origin.badge.text)
    assert "slope −0.5 to the left, 0.5 to the right, so there is no derivative" in sentence(page)
    page.edits.set_cursor(0.5)
    assert text_of(page, OWN) == "0.6225"
    assert sentence(page) == ""


def test_a_kink_with_one_slope_is_told_as_that_of_relu_is(page: ActivationsPage, qtbot: QtBot) -> None:
    shown_as(page, qtbot, "relu(x)", 0.0)
    assert text_of(page, OWN) == text_of(page, (SLOPE, "relu")) == "0.0000"
    for key in ("own-1", "relu"):
        press_part(page.right.numbers, (SLOPE, key))
        assert "slope 0 to the left, 1 to the right" in sentence(page)


def test_a_nudge_onto_a_kink_says_its_own_number_and_the_next_move_the_kinks(
    page: ActivationsPage, qtbot: QtBot
) -> None:
    shown_as(page, qtbot, "abs(x)*exp(x)", 0.1)
    QTest.keyClick(page.plots, Qt.Key.Key_Left)
    assert page.document.value.cursor == 0.0
    assert text_of(page, OWN) == "−1 | 1"
    assert note_of(page, "own-1").startswith("Δf/Δx")
    page.edits.set_cursor(1.0)
    page.edits.set_cursor(0.0)
    assert note_of(page, "own-1") == "PyTorch: 0"


@pytest.mark.torch
def test_a_tie_of_max_is_a_half_and_the_arithmetic_says_why(page: ActivationsPage, qtbot: QtBot) -> None:
    shown_as(page, qtbot, "max(x, 0)", 0.0)
    assert text_of(page, OWN) == "0 | 1"
    press_part(page.right.numbers, OWN)
    worked = page.right.origin._worked.accessibleName()
    assert "0 > 0" not in worked
    assert "1/2 = 0.5" in worked
    assert "each gets half of the slope" in sentence(page)
    assert page.right.checks.cells["own-1", "most_slope"].toolTip().startswith("[0, 1]")
    qtbot.waitUntil(lambda: "PyTorch agrees" in page.right.origin.badge.text)


def test_the_range_of_a_typed_function_is_that_of_the_shown_axis_and_says_so(
    page: ActivationsPage, qtbot: QtBot
) -> None:
    shown_as(page, qtbot, "relu(x)+abs(x-2)+max(x,1)", 1.5)  # slopes −1, 0, 1, 3
    cells = page.right.checks.cells
    assert cells["own-1", "most_slope"].accessibleName() == "own 1, highest f′: 3"
    assert "Measured at 2,000 points on −6 … 6" in unescape(cells["own-1", "most_slope"].toolTip())
    assert "Kinks at x = 0; x = 1; x = 2" in unescape(cells["own-1", "differentiable"].toolTip())
    said = "own 1 on −6 … 6: from 3 to 16, slope −1 to 3; continuous as far as 2,000 points show."
    assert said in page.right.advice.text()
    page.right.explain((RANGE, SLOPE_SET, "own-1"))
    assert page.right.origin._formula.accessibleName().endswith("[−1,3]")
    assert "Measured at 2,000 evenly spaced points from −6 to 6" in sentence(page)
    page.edits.move_axis(0.5, 1.5)
    assert "own 1 on 0.5 … 1.5: from 3 to 3.5, slope 0 to 1" in page.right.advice.text()
    assert cells["own-1", "most_output"].toolTip().startswith("[3, 3.5]")
    assert "from 0.5 to 1.5" in sentence(page)
    note = page.right.checks._note
    assert note.isVisible() and note.text() == "* measured on 0.5 … 1.5"
    assert {cells["own-1", fact].text() for fact in ("continuous", "left")} == {"✓*", "flat*"}  # type: ignore[union-attr]
    assert cells["relu", "continuous"].text() == "✓"  # type: ignore[union-attr]
    page.actions["activations_predict"].trigger()
    assert page.predicting.hiding and "own 1 on 0.5 … 1.5: from 3 to 3.5; cont" in page.right.advice.text()


def test_no_slope_is_asked_for_where_there_is_none(page: ActivationsPage, qtbot: QtBot) -> None:
    own = shown_as(page, qtbot, "log(1+exp(abs(x)))", 0.0)
    guesses = page.predicting
    assert guesses._questions((own,), 0.0, "0") == []
    assert guesses._questions((own,), 1.0, "1") != []
    relu, logistic = (one for one in page.shown if one.key in ("relu", "logistic"))
    for turn in range(4):  # whosever turn it is
        guesses._turn = turn
        assert {question.key[1] for question in guesses._questions((own, relu, logistic), 0.0, "0")} == {"logistic"}  # type: ignore[index]
    for key in [one.key for one in page.document.value.chosen if one.key != "own-1"]:
        page.edits.toggle(key)
    page.actions["activations_predict"].trigger()
    qtbot.waitUntil(lambda: "no function has one slope at this x" in said_on(page.right.guess))
    assert not guesses.hiding


def test_where_pytorch_has_no_number_none_is_agreed_on(page: ActivationsPage, qtbot: QtBot) -> None:
    shown_as(page, qtbot, "sqrt(x^2)", 0.0)
    assert text_of(page, OWN) == "−1 | 1"
    assert note_of(page, "own-1") == "PyTorch: none"
    press_part(page.right.numbers, OWN)
    said = sentence(page)
    assert "slope −1 to the left, 1 to the right" in said and said.endswith("PyTorch gives no number there.")
    assert "convention" not in said and "NaN" not in said


@pytest.mark.parametrize("text", ["sqrt(relu(x))", "x*sqrt(abs(x))"])
def test_no_places_are_announced_where_none_is_known(page: ActivationsPage, qtbot: QtBot, text: str) -> None:
    shown_as(page, qtbot, text, 0.0)
    assert "Kinks at" not in page.right.checks.cells["own-1", "differentiable"].toolTip()


@pytest.mark.parametrize(("cursor", "drawn"), [(0.0, False), (0.5, True)])
def test_at_a_kink_no_tangent_is_drawn(page: ActivationsPage, qtbot: QtBot, cursor: float, drawn: bool) -> None:
    own = shown_as(page, qtbot, "max(x, 0)", cursor)
    inks = [mark.stroke for mark in every_mark(page.plots) if isinstance(mark, Line) and mark.width == 7.0]
    assert (f"{slot_ink(own.slot)} 28%" in inks) is drawn
