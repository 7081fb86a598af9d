"""The page of activations, by mouse and by keyboard, in a window of its own."""

from __future__ import annotations

import re
from collections.abc import Hashable
from html import unescape
from math import isclose
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.kit import announce
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Formula, Line, Rect, Text, text_width
from app.kit.formula.boxes import LaidOut
from app.kit.numbers import read
from app.workspaces.activations.fact_list import FactList
from app.workspaces.activations.functions import (
    SLOPE_DECIMALS,
    ComparedFunction,
    shown_in,
    slot_ink,
    value_decimals,
    value_text,
)
from app.workspaces.activations.gelu_part import GeluDifference, difference_axes, draw_difference
from app.workspaces.activations.keys import (
    CURSOR,
    GAP,
    GIVEN,
    OUTPUT_SET,
    RANGE,
    SLOPE,
    SLOPE_SET,
    X,
    Y,
)
from app.workspaces.activations.page import ActivationsPage
from app.workspaces.activations.right_panel import RULE
from app.workspaces.activations.words import advice_on, slope_text
from engine.activations import ACTIVATIONS
from engine.activations.comparison import FIRST, OwnActivation, with_chosen, with_own
from engine.activations.scalar import scalar_of
from engine.formats.comparison import COMPARISON
from engine.guesses import CLOSE
from tests.app.told import every_mark, everything_told, written
from tests.app.window_rig import Opened
from tests.app.workspaces.activations.activations_rig import (
    LEFT,
    NONE,
    SHIFT,
    Opener,
    activations_alone,
    at,
    chosen,
    drag,
    note_of,
    place_at,
    place_of,
    press_part,
    tabled,
    text_of,
    type_own,
)
from tests.copied import run_copied

pytestmark = pytest.mark.shares_window


@pytest.fixture(scope="module")
def opener() -> Opener:
    return activations_alone


# What is compared -------------------------------------------------------------------------------------------------


def test_a_tile_takes_a_function_in_and_out_and_undo_brings_it_back(page: ActivationsPage, opened: Opened) -> None:
    tile, height = page.left.board.tiles["silu"], page.right.numbers.height()
    QTest.mouseClick(tile, LEFT)
    assert chosen(page)[-1] == "silu"
    assert page.right.numbers.height() > height
    assert tile.isChecked()
    assert "silu" in tabled(page)
    colours = {one.key: one.colour.name() for one in page.shown}
    assert len(set(colours.values())) == 5
    QTest.mouseClick(page.left.board.tiles["tanh"], LEFT)
    assert "tanh" not in chosen(page)
    assert {one.key: one.colour.name() for one in page.shown} == {k: c for k, c in colours.items() if k != "tanh"}
    opened.actions["undo"].trigger()
    opened.actions["undo"].trigger()
    assert page.document.value == FIRST
    assert page.right.numbers.height() == height


def test_every_tile_has_room_for_its_name(page: ActivationsPage) -> None:
    for key, tile in page.left.board.tiles.items():
        font = QFont(tile.font())
        font.setPixelSize(10)
        font.setWeight(QFont.Weight.DemiBold)
        width = QFontMetrics(font).horizontalAdvance(tile.text())
        assert width <= tile.width() - 2, f"“{tile.text()}” is cut off in its tile: give {key} a short_label"


def test_tiles_are_walked_and_taken_by_keys(page: ActivationsPage) -> None:
    tiles = page.left.board.tiles
    tiles["identity"].setFocus()
    QTest.keyClick(tiles["identity"], Qt.Key.Key_Right)
    assert tiles["step"].hasFocus()
    QTest.keyClick(tiles["step"], Qt.Key.Key_Return)
    assert chosen(page)[-1] == "step"


def test_the_column_keeps_its_width_with_gelu_open(page: ActivationsPage, qtbot: QtBot) -> None:
    """A sentence of one line pushed tiles and fields out of sight at the right."""
    page.left.sections["gelu"].set_open(True)
    qtbot.waitUntil(page.left.gelus.isVisible)
    assert page.left.body.minimumSizeHint().width() <= page.left.viewport().width()


def test_the_numbers_of_the_difference_are_whole(qapp: QApplication) -> None:
    """The lower end of its axis had lost its minus sign."""
    drawing = draw_difference(GeluDifference(), Frame(190.0, 110.0))
    numbers = [mark for mark in drawing.marks if isinstance(mark, Text) and mark.align == "right middle"]
    assert len(numbers) == 3
    assert all(text_width(mark.text, mark.size) <= mark.rect[2] for mark in numbers)


def test_the_chips_choose_among_the_two_gelus(page: ActivationsPage, qtbot: QtBot) -> None:
    page.left.sections["gelu"].set_open(True)
    chips = page.left.gelus.chips
    assert chips["exact"].isChecked()
    QTest.mouseClick(chips["both"], LEFT)
    assert {"gelu", "gelu_tanh"} <= set(chosen(page))
    QTest.mouseClick(chips["tanh"], LEFT)
    assert "gelu" not in chosen(page)
    plot = page.left.gelus.plot
    most = plot.drawing.part((GAP,))
    assert most is not None and most.text == "4.7·10⁻⁴" and "at |x| = 2.70" in written(plot)
    press_part(plot, (GAP,))
    card = page.right.origin
    assert card.key == (GAP,)
    first, second, printed = (float(number) for number in re.findall(r"\d+\.\d+", card._worked.text))
    assert round(abs(first - second), 7) == printed  # it checks by hand
    qtbot.waitUntil(lambda: card.badge.state == "agrees")


def test_what_belongs_to_one_function_is_in_sight_only_with_it(page: ActivationsPage) -> None:
    section = page.left.sections["gelu"]
    assert section.isVisible() and not page.left.gelus.isVisible() and section.heading.hint == "exact"
    page.edits.toggle("gelu_tanh")
    assert section.heading.hint == "both"
    for key in ("gelu", "gelu_tanh"):
        page.edits.toggle(key)
    assert not section.isVisible() and not page.left.parameters.isVisible()
    page.edits.toggle("elu")
    assert [field for field, slider in page.left.parameters.sliders.items() if slider.isVisible()] == ["alpha"]


def test_the_axis_can_be_reset_once_it_was_moved(page: ActivationsPage) -> None:
    pill = page.bar.pills[1]
    assert pill.isHidden()
    page.edits.move_axis(-2.0, 2.0)
    assert pill.isVisible()
    pill.click()
    assert pill.isHidden() and page.document.value.low == FIRST.low


def test_a_sixth_function_says_whose_place_it_takes_and_undo_brings_that_back(page: ActivationsPage) -> None:
    for key in ("silu", "elu"):
        QTest.mouseClick(page.left.board.tiles[key], LEFT)
    assert chosen(page) == ["tanh", "relu", "gelu", "silu", "elu"]
    said = page.host.messages.text
    assert "ELU replaced logistic" in said
    page.document.undo_stack.undo()
    assert chosen(page) == ["logistic", "tanh", "relu", "gelu", "silu"]


def test_ranges_say_how_they_were_found(page: ActivationsPage) -> None:
    QTest.mouseClick(page.right.checks.cells["gelu", "most_output"], LEFT)
    card = page.right.origin
    assert card.key == (RANGE, OUTPUT_SET, "gelu")
    found = page._fact_of(card.key)
    assert found is not None
    assert found.value == np.inf
    card.go_on_to(card.parents[0])
    lower = page._fact_of(cast(Hashable, card.key))
    assert lower is not None
    assert lower.value == pytest.approx(-0.16997, abs=1e-4)  # Hendrycks and Gimpel's GELU has its least there


def test_a_symbol_of_the_gelus_formulas_lights_the_cursor(page: ActivationsPage) -> None:
    page.left.sections["gelu"].set_open(True)
    formula = page.left.gelus.formulas[0]
    QTest.mouseMove(formula, formula.boxes_of((X, "gelu"))[0].center().toPoint())
    assert page.plots.plots.lit == {(X, "gelu")}
    page.links.point_at((Y, "gelu"))
    assert formula.lit == {(Y, "gelu")}


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("relu", "gelu"), "For a hidden layer: ReLU, GELU, sloped"),
        (("relu",), "ReLU can die"),
        (("logistic", "tanh"), "logistic, tanh: no slope at either end"),
        (("step",), "none of these"),
        (("identity",), "a straight line"),
        (("softmax",), "for an output"),
    ],
)
def test_the_check_list_says_which_a_hidden_layer_should_take(qapp: object, keys: tuple[str, ...], words: str) -> None:
    compared = with_chosen(FIRST.model_copy(update={"chosen": ()}), dict.fromkeys(keys, True))
    assert words in advice_on(shown_in(compared, {}), hidden=False)
    assert not advice_on(shown_in(compared, {}), hidden=True)  # it speaks of slopes, which are to be guessed


def test_facts_about_slopes_that_are_to_be_guessed_are_questions(page: ActivationsPage) -> None:
    page.actions["activations_predict"].setChecked(True)
    cells = page.right.checks.cells
    asked = {fact for (_key, fact), cell in cells.items() if cell.text() == "?"}
    page.actions["activations_predict"].setChecked(False)
    assert asked == {"left", "right", "least_slope", "most_slope"}
    assert not any(cell.text() == "?" for cell in cells.values())


def test_no_word_of_the_bar_is_cut_where_there_is_little_room(page: ActivationsPage) -> None:
    bar = page.bar
    styles = {}
    for width in (1200, 330):
        bar.resize(width, 60)
        styles[width] = {pill.toolButtonStyle() for pill in bar.pills}
        needed = sum(pill.sizeHint().width() for pill in bar.pills)
        assert needed <= width
    assert styles[1200] == {Qt.ToolButtonStyle.ToolButtonTextOnly}
    assert styles[330] == {Qt.ToolButtonStyle.ToolButtonIconOnly}
    assert all(pill.accessibleName() for pill in bar.pills)


def test_in_a_narrow_window_the_columns_take_turns_beside_the_plots(page: ActivationsPage, opened: Opened) -> None:
    frame, plots = page.widget, page.plots
    assert not frame.switch.isVisible()
    opened.window.resize(853, 580)  # 1280 × 800 and more at 150 %
    assert frame.right.isVisible() and not frame.left.isVisible() and frame.switch.isVisible()
    assert plots.width() >= 400 and frame.right.geometry().right() < frame.width()
    QTest.mouseClick(frame.switch.buttons["compare"], LEFT)
    assert frame.left.isVisible() and not frame.right.isVisible() and plots.width() >= 500
    QTest.mouseClick(frame.switch.buttons["facts"], LEFT)
    opened.window.resize(1280, 800)
    assert frame.left.isVisible() and frame.right.isVisible() and not frame.switch.isVisible()


def test_in_a_narrow_window_a_question_is_in_sight_or_it_is_said_where(page: ActivationsPage, opened: Opened) -> None:
    opened.window.resize(853, 580)
    page.widget.show_column("compare")
    page.actions["activations_predict"].setChecked(True)
    assert page.right.guess.isVisible(), "it was under the other word of the switch"
    assert "on the right" in written(page.plots)
    page.widget.show_column("compare")
    assert "under “Facts”" in written(page.plots)
    page.widget.show_column("facts")
    page.actions["activations_predict"].setChecked(False)


# The cursor -------------------------------------------------------------------------------------------------------


def test_the_cursor_follows_the_mouse_in_every_plot_and_the_numbers_follow_it(page: ActivationsPage) -> None:
    page.left.sections["gelu"].set_open(True)
    small = page.left.gelus.plot
    axis = difference_axes(GeluDifference(), small.width()).across
    ways = [(page.plots, place_at(page, -2.0, plot), place_at(page, -1.0, plot)) for plot in range(3)]
    ways.append((small, at(small, axis.place(-2.0), 40), at(small, axis.place(-1.0), 40)))
    for view, start, end in ways:
        drag(view, start, end)
        x = page.document.value.cursor
        assert abs(x + 1.0) < 12.0 / 100
        assert x == round(x, 2)
        printed, slope = float(text_of(page, (Y, "tanh")).replace("−", "-")), text_of(page, (SLOPE, "tanh"))
        assert printed == pytest.approx(np.tanh(x), abs=5e-6)
        assert f"{1 - printed**2:.4f}" == slope  # it checks by hand
        assert slope == f"{1 - np.tanh(x) ** 2:.4f}"
        assert page.plots.plots.text == f"{x:.2f}".replace("-", "−") and page.plots.plots.text in written(page.plots)


def test_a_drag_is_one_step(page: ActivationsPage, opened: Opened) -> None:
    before = page.document.undo_stack.count()
    drag(page.plots, place_at(page, -2.0), place_at(page, 2.0))
    drag(page.plots, place_at(page, 2.0), place_at(page, 3.0))
    assert page.document.undo_stack.count() == before + 2
    opened.actions["undo"].trigger()
    assert isclose(page.document.value.cursor, 2.0, abs_tol=0.03)


def test_keys_nudge_the_cursor_and_say_what_it_did(page: ActivationsPage) -> None:
    plot = page.plots
    with announce.recorded() as said:
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert page.document.value.cursor == 1.3
    rise = (np.tanh(1.3) - np.tanh(1.2)) / 0.1
    assert f"{rise:.4f}" in note_of(page, "tanh") and note_of(page, "tanh") in written(page.right.numbers)
    assert any("1.30" in text and "tanh" in text for text, _ in said)
    QTest.keyClick(plot, Qt.Key.Key_Left, SHIFT)
    assert page.document.value.cursor == 1.29
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert page.document.value.cursor == 0.0
    page.edits.set_cursor(2.0)
    assert note_of(page, "tanh") == ""  # what a nudge said holds for that place alone


def test_what_a_nudge_said_holds_for_the_function_that_was_there(page: ActivationsPage) -> None:
    page.edits.toggle("leaky_relu")
    page.edits.set_cursor(-1.2)
    QTest.keyClick(page.plots, Qt.Key.Key_Left)
    assert note_of(page, "leaky_relu") == "Δf/Δx 0.0100"
    page.edits.set_parameter("gamma", 0.5)
    assert (text_of(page, (SLOPE, "leaky_relu")), note_of(page, "leaky_relu")) == ("0.5000", "")


def test_a_nudge_does_not_tell_the_slope_that_is_to_be_guessed(page: ActivationsPage, opened: Opened) -> None:
    QTest.keyClick(page.plots, Qt.Key.Key_Right)
    assert all(note_of(page, key) for key in tabled(page))
    opened.actions["activations_predict"].trigger()
    assert not any(note_of(page, key) for key in tabled(page))
    QTest.keyClick(page.plots, Qt.Key.Key_Right)
    assert page.predicting.hiding
    assert not any(note_of(page, key) for key in tabled(page))


def test_no_range_gives_the_slope_away_that_is_to_be_guessed(page: ActivationsPage, opened: Opened) -> None:
    leaky = with_chosen(FIRST.model_copy(update={"chosen": ()}), {"leaky_relu": True})
    page.document.load("", leaky)
    page.edits.set_parameter("gamma", 1.0)
    cell = page.right.checks.cells["leaky_relu", "most_slope"]
    assert "{1}" in cell.toolTip() and cell.text() == "1"
    opened.actions["activations_predict"].trigger()
    opened.actions["activations_outline"].trigger()
    told = everything_told(page.right.checks) + everything_told(page.widget.outline)
    assert page.predicting.hiding and "{1}" not in told and cell.text() == "?"
    assert page._fact_of((RANGE, SLOPE_SET, "leaky_relu")) is None
    page.right.guess.choose("1.02")
    assert page.right.guess._verdict.text() == "Near enough: it is 1.0000."
    assert "{1}" in cell.toolTip() and cell.text() == "1"


def test_a_slope_is_printed_as_exactly_as_it_is_asked_for(page: ActivationsPage, opened: Opened) -> None:
    page.document.load("", with_chosen(FIRST.model_copy(update={"chosen": ()}), {"tanh": True}))
    page.edits.set_cursor(5.1)
    opened.actions["activations_predict"].trigger()
    assert page.predicting.hiding
    page.right.guess.choose("0.0015")
    assert page.predicting.hiding, "further off than what is stated"
    page.right.guess.choose("0.00015")
    assert page.right.guess._verdict.text() == "Right: 1.5·10⁻⁴."
    assert text_of(page, (SLOPE, "tanh")) == "1.5·10⁻⁴" and text_of(page, (Y, "tanh")) == "0.999926"


@pytest.mark.parametrize("key", ["tanh", "logistic", "gelu", "silu", "softplus", "elu"])
def test_a_printed_slope_is_true_and_follows_from_the_printed_value(key: str) -> None:
    function = ComparedFunction(key, key, 0, scalar_of(ACTIVATIONS[key]))
    for x in np.linspace(-12.0, 12.0, 241).round(2).tolist():
        y, slope = function.scalar.at(x)
        printed, value = read(slope_text(function, x)), read(value_text(y, value_decimals(function, x)))
        assert printed is not None and abs(printed - slope) <= CLOSE * abs(slope)
        assert value is not None and function.scalar.by_value is not None
        assert value_text(function.scalar.by_value(x, value), SLOPE_DECIMALS) == slope_text(function, x)


def test_what_a_cell_tells_does_not_hang_on_words_that_a_language_has_but_one_of(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A translation may say “yes” and “flat” in one and the same way."""
    monkeypatch.setattr(FactList, "tr", lambda _self, text: "so" if text in ("yes", "flat") else text, raising=False)
    checks = FactList()
    qtbot.addWidget(checks)
    relu, tanh = (
        ComparedFunction(key, key, slot, scalar_of(ACTIVATIONS[key])) for slot, key in enumerate(("relu", "tanh"))
    )
    checks.show_functions((relu, tanh))
    for key in ("relu", "tanh"):
        assert checks.cells[key, "left"].accessibleName() == f"{key}, saturates left: so"
        assert "exactly 0 (flat)" in unescape(checks.cells[key, "left"].toolTip())


def test_the_pill_is_dragged_and_typed(page: ActivationsPage) -> None:
    plots = page.plots
    middle = place_of(plots, CURSOR)
    drag(plots, middle, middle + QPoint(60, 0))
    assert page.document.value.cursor > 1.3
    press_part(plots, CURSOR)
    assert plots.editor is not None
    plots.editor.setText("0.12345")
    QTest.keyClick(plots.editor, Qt.Key.Key_Return)
    assert page.document.value.cursor == 0.12345
    assert "x = 0.12345" in written(plots)


def test_the_wheel_zooms_about_the_pointer_and_a_double_click_shows_all(page: ActivationsPage, qtbot: QtBot) -> None:
    plot = page.plots
    place = QPointF(place_at(page, 3.0))
    wheel = QWheelEvent(
        place, plot.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot, wheel)
    value = page.document.value
    assert isclose(value.high - value.low, 12.0 / 1.2, rel_tol=1e-9)
    assert place_at(page, 3.0) == place.toPoint()
    drag(plot, place.toPoint(), place.toPoint() + QPoint(50, 0), SHIFT)
    assert page.document.value.low < value.low
    QTest.mouseDClick(plot, LEFT, NONE, place.toPoint())
    assert (page.document.value.low, page.document.value.high) == (-6.0, 6.0)


def turn_of_wheel(plot: QWidget) -> QWheelEvent:
    place = QPointF(plot.rect().center())
    return QWheelEvent(
        place, plot.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


def test_the_wheel_over_the_small_plot_scrolls_the_panel(page: ActivationsPage) -> None:
    page.left.sections["gelu"].set_open(True)
    plot, value = page.left.gelus.plot, page.document.value
    page.left.verticalScrollBar().setValue(0)
    for focus in (False, True):
        plot.setFocus() if focus else page.plots.setFocus()
        event = turn_of_wheel(plot)
        QApplication.sendEvent(plot, event)
        assert not event.isAccepted() or page.left.verticalScrollBar().value() > 0
        assert page.document.value == value


def test_the_slider_of_leaky_relu_stands_beside_it_and_moves_its_slope(page: ActivationsPage) -> None:
    slider = page.left.parameters.sliders["gamma"]
    assert not slider.isVisible()
    page.edits.toggle("leaky_relu")
    assert slider.isVisible() and not page.left.parameters.sliders["alpha"].isVisible()
    for _ in range(5):
        QTest.keyClick(slider.number, Qt.Key.Key_Right)
    assert page.document.value.gamma == pytest.approx(0.06)
    assert "leaky_relu" in chosen(page)
    page.edits.set_cursor(-2.0)
    assert [text_of(page, (kind, "leaky_relu")) for kind in (Y, SLOPE)] == ["−0.12000", "0.0600"]


# Links and origins ------------------------------------------------------------------------------------------------


def test_what_is_pointed_at_lights_up_wherever_it_stands(page: ActivationsPage) -> None:
    numbers, plots = page.right.numbers, page.plots
    symbol = next(mark for mark in every_mark(numbers) if isinstance(mark, Formula) and mark.rects_of((Y, "logistic")))
    x, y, width, height = symbol.rects_of((Y, "logistic"))[0]
    QTest.mouseMove(numbers, at(numbers, x + width / 2, y + height / 2))
    assert plots.plots.lit == numbers.numbers.lit == {(Y, "logistic")}
    page.links.point_at((X, "gelu"))
    lines = [mark for mark in every_mark(plots) if isinstance(mark, Line) and mark.stroke == "accent"]
    assert [line.width for line in lines] == [3.0, 3.0, 3.0]  # one in each plot, none through a heading
    assert any(isinstance(mark, Formula) and mark.lit == {(X, "gelu")} for mark in every_mark(numbers))
    for away in (QPoint(1, 0), QPoint(0, 0)):
        QTest.mouseMove(plots, place_of(plots, (SLOPE, "tanh")) + away)
    assert numbers.numbers.lit == {(SLOPE, "tanh")}


def test_a_number_says_where_it_comes_from_and_pytorch_agrees(page: ActivationsPage, qtbot: QtBot) -> None:
    card = page.right.origin
    press_part(page.right.numbers, (SLOPE, "logistic"))
    assert card.isVisible()
    assert card.key == (SLOPE, "logistic")
    assert card._worked.text == "0.76852(1 − 0.76852) = 0.1779"
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    card.go_on_to(card.parents[0])
    assert card.key == (Y, "logistic")
    card.go_on_to(card.parents[0])
    assert card.key == (X, "logistic")
    page.edits.toggle("logistic")
    page.edits.toggle("relu")
    card.show((SLOPE, "relu"))
    assert not card.isVisible()  # it is compared no more


@pytest.mark.parametrize(
    ("key", "field", "value", "slope"),
    [("leaky_relu", "gamma", "max(0, −1.2) + 0.3min(0, −1.2) = −0.36", ""),
     ("elu", "alpha", "0.3(e^(−1.2) − 1) = −0.20964", "−0.20964 + 0.3 = 0.09036")],
)  # fmt: skip
def test_what_is_worked_out_with_a_parameter_checks_by_hand(
    page: ActivationsPage, key: str, field: str, value: str, slope: str
) -> None:
    page.edits.toggle(key)
    page.edits.set_parameter(field, 0.3)
    page.edits.set_cursor(-1.2)
    card = page.right.origin
    for kind, worked in ((Y, value), (SLOPE, slope)):
        card.show((kind, key))
        assert card._worked.text == worked
        assert (GIVEN, key, field) in card.parents
    card.go_on_to((GIVEN, key, field))
    assert card._value.text() == "0.3"


@pytest.mark.parametrize(("key", "worked"), [("softplus", "ln(1 + e^(−1.53)) = 0.19601"), ("step", "")])
def test_a_negative_number_is_put_into_one_pair_of_brackets_at_most(
    page: ActivationsPage, key: str, worked: str
) -> None:
    page.edits.toggle(key)
    page.edits.set_cursor(-1.53)
    card = page.right.origin
    card.show((Y, key))
    assert card._worked.text == worked
    for kind in (Y, SLOPE):
        for function in page.shown:
            card.show((kind, function.key))
            assert "((" not in card._worked.text.replace(" ", "")


def test_the_arithmetic_of_ones_own_is_of_the_parameter_that_is_dragged_now(
    page: ActivationsPage, qtbot: QtBot
) -> None:
    """The facts of a function follow a moment later; what is worked out does not wait for them."""
    page.document.load("", with_own(FIRST, OwnActivation(key="own-1", text="tanh(b*x)", parameters={"b": 2.0})))
    qtbot.waitUntil(lambda: any(one.key == "own-1" for one in page.shown))
    page.edits.set_cursor(0.5)
    page.right.explain((SLOPE, "own-1"))
    page.edits.set_own_parameter("own-1", "b", 3.0)
    y = np.tanh(1.5)
    assert page.right.origin._worked.text.replace(" ", "") == f"3·(1−{y:.5f}²)={3 * (1 - y * y):.4g}"
    given = page._fact_of((GIVEN, "own-1", "b"))
    assert given is not None
    assert given.value == 3.0
    (own,) = [one.scalar for one in page.shown if one.key == "own-1"]
    assert own.by_value is not None
    assert own.by_value(0.5, y) == pytest.approx(own.at(0.5)[1])


@pytest.mark.parametrize(("kind", "which"), [(Y, 0), (SLOPE, 1)])
def test_the_code_of_ones_own_prints_the_number_that_is_shown(
    page: ActivationsPage, qtbot: QtBot, kind: str, which: int, capsys: pytest.CaptureFixture[str]
) -> None:
    page.document.load("", with_own(FIRST, OwnActivation(key="own-1", text="x*tanh(b*x)", parameters={"b": 2.0})))
    qtbot.waitUntil(lambda: any(one.key == "own-1" for one in page.shown))
    fact = page._fact_of((kind, "own-1"))
    assert fact is not None
    run_copied(fact.lines_of_code)
    shown = next(one for one in page.shown if one.key == "own-1").scalar.at(page.document.value.cursor)[which]
    assert float(capsys.readouterr().out) == pytest.approx(shown, rel=1e-14)


def test_a_click_on_a_point_asks_for_its_origin(page: ActivationsPage) -> None:
    press_part(page.plots, (SLOPE, "tanh"))
    assert page.right.origin.key == (SLOPE, "tanh")
    assert page.document.value.cursor == 1.2


# Predict first ----------------------------------------------------------------------------------------------------


def test_a_guess_is_held_to_the_parameter_that_is_set_now(page: ActivationsPage, opened: Opened) -> None:
    leaky = with_chosen(FIRST.model_copy(update={"chosen": ()}), {"leaky_relu": True})
    page.document.load("", leaky.model_copy(update={"cursor": -1.0}))
    opened.actions["activations_predict"].trigger()
    assert page.predicting.hiding
    page.edits.set_parameter("gamma", 0.3)
    assert page.predicting.hiding
    page.right.guess.choose("0.3")
    assert page.right.guess.score_text == "first tries: 1 of 1 right"


def test_a_file_opens_with_the_question_that_was_answered_though_an_expression_is_still_to_be_read(
    page: ActivationsPage, qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    type_own(page, "own-1", "x*tanh(x)")
    qtbot.waitUntil(lambda: "own-1" in chosen(page))
    page.edits.set_cursor(-0.7)
    opened.actions["activations_predict"].trigger()
    page.right.guess.revealed.emit()
    asked = page.right.guess._text.text()
    assert not page.predicting.hiding
    page.document.save(tmp_path / "answered.loom")
    page.document.new()
    page.document.open(tmp_path / "answered.loom")
    assert page.predicting.hiding and "own-1" not in [function.key for function in page.shown]
    qtbot.waitUntil(lambda: "own-1" in [function.key for function in page.shown])
    assert page.right.guess._text.text() == asked and not page.predicting.hiding


def test_a_file_opens_with_the_open_question_where_another_was_answered_at_this_x(
    page: ActivationsPage, opened: Opened, tmp_path: Path
) -> None:
    opened.actions["activations_predict"].trigger()
    page.right.guess.revealed.emit()
    page.edits.toggle("leaky_relu")
    asked = page.right.guess._text.text()
    assert page.predicting.hiding
    page.document.save(tmp_path / "open.loom")
    page.document.new()
    page.document.open(tmp_path / "open.loom")
    assert page.right.guess._text.text() == asked and page.predicting.hiding


# One's own --------------------------------------------------------------------------------------------------------


def test_an_expression_is_compared_as_it_is_typed(page: ActivationsPage, qtbot: QtBot, opened: Opened) -> None:
    type_own(page, "own-1", "x*tanh(b*x)")
    qtbot.waitUntil(lambda: any(one.text == "x*tanh(b*x)" for one in page.document.value.own))
    assert chosen(page)[-1] == "own-1"
    assert "own-1" in page.left.board.tiles
    assert "own-2" in page.left.own.editors
    torch = pytest.importorskip("torch")
    x = torch.tensor(1.2, dtype=torch.float64, requires_grad=True)
    y = x * torch.tanh(x)
    y.backward()
    value_by_torch = float(y.detach())
    assert text_of(page, (Y, "own-1")) == f"{value_by_torch:.5f}"
    assert x.grad is not None
    assert text_of(page, (SLOPE, "own-1")) == f"{float(x.grad):.4f}"
    slider = page.left.own.editors["own-1"].sliders["b"]
    QTest.keyClick(slider.number, Qt.Key.Key_PageUp)
    value = page.document.value.own[0].parameters["b"]
    assert value == pytest.approx(1.1)
    assert text_of(page, (Y, "own-1")) == f"{1.2 * np.tanh(value * 1.2):.5f}"
    qtbot.waitUntil(lambda: page.shown[-1].known is not None and page.shown[-1].known.parameters == {"b": value})
    press_part(page.right.numbers, (SLOPE, "own-1"))
    qtbot.waitUntil(lambda: page.right.origin.badge.state == "agrees")


def test_enter_puts_what_was_left_out_back_into_the_comparison(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x*x")
    qtbot.waitUntil(lambda: "own-1" in chosen(page))
    field = page.left.own.editors["own-1"].field
    QTest.keyClick(field, Qt.Key.Key_Return)
    page.edits.toggle("own-1")
    assert "own-1" not in chosen(page)
    QTest.keyClicks(field, "*x")
    QTest.keyClick(field, Qt.Key.Key_Return)  # before anybody has read it
    qtbot.waitUntil(lambda: "own-1" in chosen(page))
    assert [one.text for one in page.document.value.own] == ["x*x*x"]
    page.document.undo_stack.undo()  # typing and coming into sight are one step
    assert "own-1" not in chosen(page) and page.document.value.own[0].text == "x*x"
    QTest.keyClick(field, Qt.Key.Key_Return)  # with nothing typed
    assert "own-1" in chosen(page)


def test_enter_does_not_show_what_cannot_be_read(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x*x")
    qtbot.waitUntil(lambda: "own-1" in chosen(page))
    page.edits.toggle("own-1")
    field = page.left.own.editors["own-1"].field
    QTest.keyClicks(field, "*")
    qtbot.waitUntil(lambda: page.left.own.editors["own-1"].unread)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "own-1" not in chosen(page)


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_what_grows_beyond_all_numbers_is_drawn_without_a_warning(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "exp(1000*x)")
    qtbot.waitUntil(lambda: "own-1" in [one.key for one in page.shown])
    assert not page.widget.grab().isNull()
    assert page.left.own.editors["own-1"].problem.isHidden()


def test_what_was_being_typed_does_not_come_into_the_document_that_is_opened_next(
    page: ActivationsPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.own.looked_at) as looked:
        type_own(page, "own-1", "x*b")
    assert looked.args is not None
    page.document.new()
    assert page.left.own.editors["own-1"].field.text() == ""
    page.own.looked_at.emit(looked.args[0])  # what a thread had begun before
    assert page.document.value == FIRST
    type_own(page, "own-1", "x*")
    qtbot.waitUntil(lambda: not page.left.own.editors["own-1"].problem.isHidden())
    page.document.new()
    editor = page.left.own.editors["own-1"]
    assert editor.problem.isHidden() and editor.field.text() == ""


def test_a_parameter_beyond_the_track_is_shown_as_it_is(page: ActivationsPage, qtbot: QtBot) -> None:
    own = OwnActivation(key="own-1", text="a*x", parameters={"a": 900.0})
    page.document.load("", with_own(FIRST, own))
    qtbot.waitUntil(lambda: "a" in page.left.own.editors["own-1"].sliders)
    assert page.left.own.editors["own-1"].sliders["a"].value == 900.0


def test_what_is_wrong_is_said_with_the_column_and_what_is_drawn_is_named(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x")
    qtbot.waitUntil(lambda: bool(page.document.value.own))
    editor = page.left.own.editors["own-1"]
    QTest.keyClicks(editor.field, "+*2")
    qtbot.waitUntil(lambda: "column 3" in editor.problem.text())
    assert "Still drawn: x" in editor.problem.text()
    (stale,) = [one for one in page.shown if one.stale]
    assert stale.ink == f"{slot_ink(stale.slot)} 50%"
    said = "own 1 is still x; what you've typed can't be read."
    assert page.right.still.text() == said and said in written(page.plots)
    QTest.keyClick(editor.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # of letters: nothing is in force
    qtbot.waitUntil(lambda: editor.problem.isHidden())
    assert editor.field.text() == "x" and not any(one.stale for one in page.shown)
    assert page.right.still.isHidden() and "tangents" in written(page.plots)
    QTest.keyClicks(editor.field, "+*2")
    qtbot.waitUntil(lambda: not editor.problem.isHidden())
    assert page.document.value.own[0].text == "x"
    for text, words in (("sigmod(x)", "sigmoid"), ("y", "no x in it"), ("lambda x: x", "column"), ("x" * 500, "400")):
        type_own(page, "own-1", text)
        qtbot.waitUntil(lambda words=words: words in editor.problem.text())  # type: ignore[misc]
    assert page.document.value.own[0].text == "x"


def test_the_place_that_is_wrong_is_marked_in_the_text(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = page.left.own.editors["own-1"]
    for text, letters in (("x*sigmoid(1.7*x", "("), ("x + 2 $ 3", "$"), ("x*", "*")):
        type_own(page, "own-1", text)
        qtbot.waitUntil(lambda: not page.own.reading)
        (mark,) = editor.field.extraSelections()
        assert mark.cursor.selectedText() == letters  # type: ignore[attr-defined]
        (column,) = re.findall(r"column (\d+)", editor.problem.text())
        assert mark.cursor.selectionStart() == min(int(column), len(text)) - 1  # type: ignore[attr-defined]
    QTest.keyClicks(editor.field, "3")
    qtbot.waitUntil(lambda: not editor.field.extraSelections())


def test_the_whole_of_a_long_text_is_in_sight_and_stays_one_line(page: ActivationsPage, qtbot: QtBot) -> None:
    field = page.left.own.editors["own-1"].field
    one_line = field.height()
    QApplication.clipboard().setText("x*sigmoid(1.7*x) +\n0.25*tanh(x)*exp(-x^2) + 0*x")
    field.setFocus()
    field.paste()
    assert "\n" not in field.text()
    qtbot.waitUntil(lambda: field.height() > one_line)
    assert not field.verticalScrollBar().isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "\n" not in field.text()
    qtbot.waitUntil(lambda: bool(page.document.value.own))
    page.document.undo_stack.undo()
    assert field.text() == "" and field.height() == one_line


def test_an_emptied_field_takes_the_activation_away(page: ActivationsPage, qtbot: QtBot, opened: Opened) -> None:
    type_own(page, "own-1", "x^2")
    qtbot.waitUntil(lambda: bool(page.document.value.own))
    page.edits.settle()
    field = page.left.own.editors["own-1"].field
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert page.document.value == FIRST
    opened.actions["undo"].trigger()
    assert "own-1" in chosen(page)
    qtbot.waitUntil(lambda: "own-1" in tabled(page))


def rule_on(page: ActivationsPage, key: str) -> str:
    """A slope's rule at the cursor as it is written."""
    numbers, part = page.right.numbers, page.right.numbers.drawing.part((RULE, key))
    assert part is not None
    (formula,) = [
        mark for mark in every_mark(numbers) if isinstance(mark, Formula) and inside(part.rect, mark.baseline)
    ]
    assert isinstance(formula.maths, LaidOut)
    return "".join(formula.maths.plain.split())


def inside(rect: Rect, y: float) -> bool:
    return rect[1] <= y < rect[1] + rect[3]


def test_the_rule_is_that_of_the_branch_on_which_the_cursor_is(page: ActivationsPage, qtbot: QtBot) -> None:
    """Beside a slope of 0 stood “1 (x > 0)”."""
    for key in ("gelu", "logistic", "leaky_relu", "step"):
        page.edits.toggle(key)
    page.document.load("", with_own(page.document.value, OwnActivation(key="own-1", text="max(-1, min(x, abs(x)/2))")))
    qtbot.waitUntil(lambda: {"own-1", "step", "leaky_relu"} <= tabled(page))
    for x, expected in (
        (-1.5, {"relu": "0(x<0)", "leaky_relu": "γ(x<0)", "step": "0(x<0)", "own-1": "0(x<−1)"}),
        (0.0, {"relu": "0(x=0)", "leaky_relu": "γ(x=0)", "step": "0(x=0)"}),
        (0.8, {"relu": "1(x>0)", "leaky_relu": "1(x>0)", "step": "0(x>0)", "own-1": "1/2(x>0)"}),
    ):
        page.edits.set_cursor(x)
        assert {key: rule_on(page, key) for key in expected} == expected
    page.edits.set_cursor(-1.5)
    page.right.explain((SLOPE, "relu"))
    assert "".join(page.right.origin._formula.text.split()) == "f'(x)=0(x<0)"
    assert not page.right.origin._worked.isVisible(), "nothing is worked out"
    page.edits.set_cursor(0.0)
    page.right.explain((SLOPE, "step"))
    assert "f jumps at x = 0, so there is no derivative" in page.right.origin._sentence.text()


def test_the_cursor_in_the_bar_says_where_it_comes_from(page: ActivationsPage) -> None:
    QTest.mouseClick(page.bar.cursor_x.value, LEFT)
    assert page.right.origin.key == (X, "") and page.right.origin._value.text() == "1.2"


def test_a_long_rule_is_a_link_to_the_card(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x*tanh(log(1+exp(x)))*sin(x)")
    qtbot.waitUntil(lambda: "own-1" in tabled(page))
    numbers = page.right.numbers
    assert rule_on(page, "own-1") == "byitsrule" and "beats" not in written(numbers)
    press_part(numbers, (RULE, "own-1"))
    assert page.right.origin.key == (SLOPE, "own-1")


# The document, the outline, pictures -------------------------------------------------------------------------------


def test_a_comparison_is_saved_and_opened(page: ActivationsPage, opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    page.edits.toggle("silu")
    page.edits.set_parameter("gamma", 0.3)
    type_own(page, "own-1", "x*sigmoid(b*x)")
    qtbot.waitUntil(lambda: bool(page.document.value.own))
    value, path = page.document.value, tmp_path / "mine.loom"
    page.document.save(path)
    page.document.new()
    assert page.document.value == FIRST
    opened.window.files.open(path)
    qtbot.waitUntil(lambda: page.document.value == value)
    assert opened.window.pages.current is page


def test_a_file_with_an_expression_that_cannot_be_read_opens_and_says_so(
    page: ActivationsPage, opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = OwnActivation(key="own-1", text='__import__("os").system("true")')
    path = tmp_path / "broken.loom"
    COMPARISON.write(path, "broken", with_own(FIRST, broken))
    opened.window.files.open(path)
    qtbot.waitUntil(lambda: "column" in page.left.own.editors["own-1"].problem.text())
    assert [one.key for one in page.shown] == ["logistic", "tanh", "relu", "gelu"]
    assert page.left.own.editors["own-1"].field.text() == broken.text
    assert "own-1" in page.left.board.tiles


def test_a_file_that_is_no_comparison_leaves_what_is_open(
    page: ActivationsPage, opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "bad.loom"
    path.write_text('{"format": "neuroloom-comparison", "version": 1, "title": "", "content": {"gamma": 7}}')
    opened.window.files.open(path)
    assert page.document.value == FIRST
    assert "gamma" in opened.window.messages.text


def test_the_outline_keeps_step_and_takes_numbers(page: ActivationsPage, opened: Opened) -> None:
    opened.actions["activations_outline"].trigger()
    tree = page.widget.outline
    assert tree.isVisible()
    tree.number_edited.emit(CURSOR, -0.5)
    assert page.document.value.cursor == -0.5
    assert tree.outline.index_of(("tanh", "slope")).isValid()
    tree.number_edited.emit("high", 3.0)
    assert page.document.value.high == 3.0
    page.edits.toggle("tanh")
    assert not tree.outline.index_of(("tanh", "slope")).isValid()
    tree.chosen.emit(("gelu", "y"))
    assert page.plots.plots.lit == {(Y, "gelu")}


def test_the_picture_is_saved_as_numbers_and_as_a_drawing(page: ActivationsPage, tmp_path: Path) -> None:
    table = page.plots.table()
    assert table.header[:3] == ("x", "logistic f", "tanh f")
    row = min(table.rows, key=lambda row: abs(float(str(row[0])) - 3.0))
    x = float(str(row[0]))
    assert float(str(row[table.header.index("tanh f")])) == pytest.approx(np.tanh(x))
    assert float(str(row[table.header.index("tanh f′")])) == pytest.approx(1 - np.tanh(x) ** 2)
    page.plots.copier.save_drawing(str(tmp_path / "picture.svg"))
    assert "<path" in (tmp_path / "picture.svg").read_text()
