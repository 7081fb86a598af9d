"""An activation of one's own that is left half typed: what stood there before comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.workspaces.activations import functions
from app.workspaces.activations.outline import PARAMETER, outline_of
from app.workspaces.activations.own_editor import OwnEditor
from app.workspaces.activations.page import ActivationsPage
from engine.activations.comparison import FIRST, OwnActivation, with_own
from engine.activations.typed import Typed, read
from tests.app.kit.background_rig import Gate, put_hook
from tests.app.workspaces.activations.activations_rig import Opener, activations_alone, chosen, type_own

pytestmark = pytest.mark.shares_window


@pytest.fixture(scope="module")
def opener() -> Opener:
    return activations_alone


def texts(page: ActivationsPage) -> list[str]:
    return [one.text for one in page.document.value.own]


def finished(page: ActivationsPage, qtbot: QtBot, text: str) -> OwnEditor:
    """An expression that was typed and finished."""
    type_own(page, "own-1", text)
    qtbot.waitUntil(lambda: texts(page) == [text])
    editor = page.left.own.editors["own-1"]
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    return editor


def half_typed(page: ActivationsPage, qtbot: QtBot) -> None:
    """``x*2`` can be read, ``x*2(`` cannot."""
    type_own(page, "own-1", "x*2")
    qtbot.waitUntil(lambda: texts(page) == ["x*2"])
    QTest.keyClicks(page.left.own.editors["own-1"].field, "(")
    qtbot.waitUntil(lambda: not page.left.own.editors["own-1"].problem.isHidden())


def test_what_was_finished_last_comes_back_when_an_entry_ends_unread(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = finished(page, qtbot, "x*tanh(b*x)")
    page.edits.set_own_parameter("own-1", "b", 2.0)
    before, steps = page.document.value, page.document.undo_stack.count()
    half_typed(page, qtbot)
    assert texts(page) == ["x*2"]  # while one types
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert page.document.value == before
    assert page.document.undo_stack.count() == steps  # nothing has happened
    assert editor.field.text() == "x*2("
    assert editor.problem.text().endswith("Still drawn: x*tanh(b*x)")
    qtbot.waitUntil(lambda: any(one.stale for one in page.shown))
    assert page.right.still.text().startswith("own 1 is still x*tanh(b*x);")
    QTest.keyClicks(editor.field, "x)")  # 2 is no function
    qtbot.waitUntil(lambda: not page.own.reading)
    type_own(page, "own-1", "cos(x)")
    qtbot.waitUntil(lambda: texts(page) == ["cos(x)"])
    assert editor.problem.isHidden()


def test_the_text_stays_to_be_mended_where_the_keyboard_goes_elsewhere(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = finished(page, qtbot, "x^2")
    half_typed(page, qtbot)
    page.plots.setFocus()
    assert texts(page) == ["x^2"]
    assert editor.field.text() == "x*2(" and not editor.problem.isHidden()
    page.edits.set_cursor(0.5)
    assert editor.field.text() == "x*2("
    page.document.undo_stack.undo()
    page.document.undo_stack.undo()
    assert page.document.value == FIRST
    assert editor.field.text() == "" and editor.problem.isHidden()


def test_nothing_comes_of_a_first_entry_that_cannot_be_read(page: ActivationsPage, qtbot: QtBot) -> None:
    page.edits.toggle("silu")
    compared = chosen(page)
    half_typed(page, qtbot)
    assert chosen(page) != compared  # it has taken the place of the first
    QTest.keyClick(page.left.own.editors["own-1"].field, Qt.Key.Key_Return)
    assert texts(page) == [] and chosen(page) == compared


def test_what_is_read_after_the_entry_has_ended_is_taken_back_as_well(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = finished(page, qtbot, "x^2")
    type_own(page, "own-1", "x*2")
    qtbot.waitUntil(lambda: texts(page) == ["x*2"])
    QTest.keyClicks(editor.field, "(")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)  # before anybody has read it
    qtbot.waitUntil(lambda: texts(page) == ["x^2"])
    page.document.undo_stack.undo()
    assert page.document.value == FIRST


def test_another_window_in_front_ends_no_entry(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = finished(page, qtbot, "x^2")
    half_typed(page, qtbot)
    away = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(editor.field, away)
    assert texts(page) == ["x*2"]


def test_what_was_undone_meanwhile_does_not_come_back(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = finished(page, qtbot, "x^2")
    half_typed(page, qtbot)
    page.document.undo_stack.undo()
    page.document.undo_stack.undo()
    assert page.document.value == FIRST
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert page.document.value == FIRST


def test_an_entry_of_which_nothing_could_be_read_leaves_everything(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = finished(page, qtbot, "x^2")
    before = page.document.value
    type_own(page, "own-1", "y)")
    qtbot.waitUntil(lambda: not editor.problem.isHidden() and not page.own.reading)
    page.plots.setFocus()
    assert page.document.value == before
    page.edits.toggle("silu")
    assert editor.field.text() == "y)" and editor.problem.text().endswith("Still drawn: x^2")


def wait_read(page: ActivationsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.own.reading)


@pytest.mark.parametrize("half", ["s", "si", "sigm", "sigmoid", "tanh", "a", "slo"])
def test_a_name_that_is_being_typed_is_no_parameter(page: ActivationsPage, qtbot: QtBot, half: str) -> None:
    editor = finished(page, qtbot, "x^2")
    type_own(page, "own-1", f"x*{half}")
    wait_read(page, qtbot)
    assert texts(page) in (["x^2"], ["x"]) and not editor.sliders  # “x” was whole on the way there
    assert editor.problem.isHidden() and not editor.field.extraSelections()
    assert editor.hint.isHidden() is (half == "slo")
    assert half == "slo" or f"{half}" in editor.hint.text()


def test_the_rest_of_a_function_s_name_is_drawn_and_the_hint_goes(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x*sigm")
    editor = page.left.own.editors["own-1"]
    assert editor.hint.text() == "sigmoid(…) ?"
    QTest.keyClicks(editor.field, "oid(x)")
    qtbot.waitUntil(lambda: texts(page) == ["x*sigmoid(x)"])
    assert editor.hint.isHidden() and editor.problem.isHidden() and not editor.sliders


def test_a_function_s_name_without_its_end_is_refused_and_the_function_named(
    page: ActivationsPage, qtbot: QtBot
) -> None:
    editor = finished(page, qtbot, "x^2")
    for text, name, function in (("x*sigm", "sigm", "sigmoid"), ("x*sigmod+1", "sigmod", "sigmoid")):
        type_own(page, "own-1", text)
        QTest.keyClick(editor.field, Qt.Key.Key_Return)
        said = f"“{name}” isn't a function. Did you mean {function}(…)?"
        qtbot.waitUntil(lambda said=said: editor.problem.text().startswith(said))  # type: ignore[misc]
        (mark,) = editor.field.extraSelections()
        assert mark.cursor.selectedText() == name  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: texts(page) == ["x^2"])
        assert editor.field.text() == text and not editor.sliders


@pytest.mark.parametrize("name", ["b", "a", "s", "beta", "slope", "w12"])
def test_a_name_of_its_own_is_a_parameter_once_it_is_whole(page: ActivationsPage, qtbot: QtBot, name: str) -> None:
    type_own(page, "own-1", f"x*{name}")
    editor = page.left.own.editors["own-1"]
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tuple(editor.sliders) == (name,))
    assert texts(page) == [f"x*{name}"]


def test_a_name_that_begins_no_function_s_is_whole_after_a_while(page: ActivationsPage, qtbot: QtBot) -> None:
    type_own(page, "own-1", "x*kappa")
    editor = page.left.own.editors["own-1"]
    assert editor.waiting
    qtbot.waitUntil(lambda: tuple(editor.sliders) == ("kappa",))


def test_what_a_document_has_as_a_parameter_stays_one(page: ActivationsPage, qtbot: QtBot) -> None:
    own = OwnActivation(key="own-1", text="x*sigm", parameters={})
    page.document.load("", with_own(FIRST, own))
    editor = page.left.own.editors["own-1"]
    qtbot.waitUntil(lambda: tuple(editor.sliders) == ("sigm",))
    editor.field.setFocus()
    QTest.keyClick(editor.field, Qt.Key.Key_End)
    QTest.keyClicks(editor.field, " + 1")
    qtbot.waitUntil(lambda: texts(page) == ["x*sigm + 1"])
    assert tuple(editor.sliders) == ("sigm",) and editor.problem.isHidden()


@pytest.fixture
def held_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """An expression in z is read only once this is open; those in x are read beside it."""
    gate = Gate()

    def patient(text: str) -> Typed:
        if "z" in text:
            gate.pass_through()
        return read(text)

    monkeypatch.setattr(functions, "read", patient)
    yield gate
    gate.open()


def test_what_is_typed_in_one_field_is_read_beside_what_is_typed_in_the_next(
    page: ActivationsPage, qtbot: QtBot, held_back: Gate
) -> None:
    first = finished(page, qtbot, "x^2")
    type_own(page, "own-1", "cos(z)")
    QTest.keyClick(first.field, Qt.Key.Key_Tab)
    type_own(page, "own-2", "x^3")
    qtbot.waitUntil(lambda: texts(page) == ["x^2", "x^3"])
    assert first.field.text() == "cos(z)"  # nobody has said yet that it cannot be read
    held_back.open()
    qtbot.waitUntil(lambda: texts(page) == ["cos(z)", "x^3"])
    assert first.field.text() == "cos(z)" and first.problem.isHidden()
    assert page.entries._ended == set() and set(page.entries._before) == {"own-2"}


def test_emptying_a_field_leaves_what_is_typed_in_another(page: ActivationsPage, qtbot: QtBot, held_back: Gate) -> None:
    first = finished(page, qtbot, "x^2")
    type_own(page, "own-2", "cos(z)")
    first.field.setFocus()
    first.field.selectAll()
    QTest.keyClick(first.field, Qt.Key.Key_Delete)
    assert texts(page) == []
    held_back.open()
    qtbot.waitUntil(lambda: texts(page) == ["cos(z)"])
    assert page.left.own.editors["own-2"].field.text() == "cos(z)"
    assert page.entries._ended == set()


def test_a_reading_that_breaks_down_is_an_entry_that_cannot_be_read(
    page: ActivationsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_hook(monkeypatch)
    editor = finished(page, qtbot, "x^2")

    def broken(*_given: object) -> None:
        raise MemoryError

    monkeypatch.setattr(functions, "read", broken)
    type_own(page, "own-1", "x^4")
    page.plots.setFocus()
    qtbot.waitUntil(lambda: not editor.problem.isHidden())
    assert texts(page) == ["x^2"] and page.entries._before == {}
    assert editor.problem.text().endswith("Still drawn: x^2")


def test_what_was_emptied_first_comes_back_as_well(page: ActivationsPage, qtbot: QtBot) -> None:
    editor = finished(page, qtbot, "x*tanh(x)")
    before, steps = page.document.value, page.document.undo_stack.count()
    editor.field.selectAll()
    QTest.keyClick(editor.field, Qt.Key.Key_Delete)
    assert texts(page) == []
    QTest.keyClicks(editor.field, "(")
    qtbot.waitUntil(lambda: not page.own.reading)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert page.document.value == before and page.document.undo_stack.count() == steps
    assert editor.field.text() == "(" and editor.problem.text().endswith("Still drawn: x*tanh(x)")


def test_a_parameter_may_be_called_as_a_row_of_the_outline_is(page: ActivationsPage, qtbot: QtBot) -> None:
    finished(page, qtbot, "x*y + slope")
    outline = page.widget.outline
    outline.show_items(outline_of(page.document.value, page.shown, None, "", hidden=False))
    page.edits.set_number(("own-1", PARAMETER, "y"), 0.5)
    assert page.document.value.own[0].parameters["y"] == 0.5
