"""Half a function's name is not an expression: one waits for the rest of it, and shows what was there before."""

from __future__ import annotations

from itertools import count

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.workspaces.scalar_graph.model import half_at_end
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
X_PLUS_ONE = "x + 1"


def shown(bench: Bench) -> str:
    """The text that is drawn."""
    assert bench.model.worked is not None
    return bench.model.worked.shape.text


def typed_over(bench: Bench, text: str) -> None:
    """Type over an expression that is whole."""
    bench.rewrite(X_PLUS_ONE)
    bench.type(text)


def put_over(bench: Bench, text: str) -> None:
    """The same at one go, where what comes of its letters one by one is not asked."""
    bench.rewrite(X_PLUS_ONE)
    bench.edit.setFocus()
    bench.edit.selectAll()
    bench.edit.insertPlainText(text)
    bench.wait()
    assert shown(bench) == text


@pytest.mark.parametrize("text", ["s", "so", "softma", "softmax", "softmax(x,y)", "softmax([x"])
def test_what_cannot_be_read_leaves_the_last_finished_expression_in_sight(bench: Bench, text: str) -> None:
    typed_over(bench, text)
    assert bench.model.stale and bench.canvas.shown.stale
    assert shown(bench) == X_PLUS_ONE
    assert set(bench.canvas.shown.drawing.by_key) >= {"x"}
    assert "softma" not in bench.page.widget.field.lead.text()


def test_it_says_which_function_it_waits_for_and_calls_nothing_wrong(bench: Bench) -> None:
    typed_over(bench, "softma")
    field = bench.page.widget.field
    assert field.found.text() == "softmax( … ?"
    assert field.wrong.isHidden() and not bench.edit.extraSelections()
    typed_over(bench, "s")
    assert "sin(" in field.found.text() and field.found.text().endswith("… ?")
    QTest.keyClicks(bench.edit, "in(x)")
    assert not bench.model.stale and shown(bench) == "sin(x)"


def test_nothing_says_that_it_cannot_be_read_while_one_waits(bench: Bench) -> None:
    bench.act("graph_outline")
    bench.act("graph_predict")
    typed_over(bench, "x*y + si")
    frame = bench.page.widget
    dock, outline, right = frame.dock, frame.outline, frame.right
    assert dock is not None and outline is not None and right is not None

    def said() -> list[str]:
        model = outline.tree.outline
        return [dock.verdict.full_text, model.data(model.index(0, 0)), right.guess.text]

    awaited = "The expression is not finished yet."
    assert said() == ["Nothing to show: the expression is not finished", awaited, awaited]
    QTest.keyClicks(bench.edit, "(")
    unread = "The expression cannot be read yet."
    assert said() == ["Nothing to show: the expression cannot be read", unread, unread]


def test_a_letter_in_a_longer_expression_is_drawn_and_given_up_when_it_becomes_a_function(bench: Bench) -> None:
    typed_over(bench, "x*s")
    assert not bench.model.stale and shown(bench) == "x*s"
    QTest.keyClicks(bench.edit, "o")
    assert bench.model.stale and shown(bench) == "x"
    QTest.keyClicks(bench.edit, "ftmax(x,y)")
    assert bench.model.error is not None and shown(bench) == "x"


def test_a_letter_that_something_else_follows_was_a_name(bench: Bench) -> None:
    typed_over(bench, "x*t")
    QTest.keyClicks(bench.edit, "+")
    assert bench.model.stale and shown(bench) == "x*t"


def test_a_name_is_taken_as_one_once_the_cursor_or_the_keyboard_is_elsewhere(bench: Bench) -> None:
    typed_over(bench, "x*si")
    assert bench.model.stale
    QTest.keyClick(bench.edit, Qt.Key.Key_Home)
    assert not bench.model.stale and shown(bench) == "x*si"
    typed_over(bench, "co")
    assert bench.model.stale
    bench.canvas.setFocus()
    bench.qtbot.waitUntil(lambda: not bench.model.stale)
    assert shown(bench) == "co" and bench.page.widget.field.found.text().startswith("✓")


LONG = " + ".join(f"x*{number}" for number in range(20))


def typed_on(bench: Bench, text: str) -> None:
    """Type on, each letter after the work for the one before is done."""
    for letter in text:
        QTest.keyClicks(bench.edit, letter)
        bench.wait()


def test_a_long_text_goes_back_to_what_stood_before_the_name(bench: Bench) -> None:
    put_over(bench, LONG)
    typed_on(bench, " + y*z + s")
    assert shown(bench) == f"{LONG} + y*z + s"
    QTest.keyClicks(bench.edit, "i")
    assert bench.model.stale
    bench.qtbot.waitUntil(lambda: shown(bench).rstrip() == f"{LONG} + y*z")
    assert bench.canvas.shown.stale and "y" in bench.canvas.shown.drawing.by_key
    QTest.keyClicks(bench.edit, "n(x)")
    bench.qtbot.waitUntil(lambda: not bench.model.stale and shown(bench).endswith("sin(x)"))


def test_so_does_one_that_ends_in_most_of_a_name(bench: Bench) -> None:
    put_over(bench, LONG)
    typed_on(bench, " + a*b + softma")
    assert bench.model.stale
    bench.qtbot.waitUntil(lambda: shown(bench).rstrip() == f"{LONG} + a*b")
    QTest.keyClicks(bench.edit, "x(")
    bench.qtbot.waitUntil(lambda: bench.model.error is not None)
    assert shown(bench).rstrip() == f"{LONG} + a*b"


def test_a_letter_in_a_long_text_that_something_else_follows_was_a_name(bench: Bench) -> None:
    put_over(bench, LONG)
    typed_on(bench, " + x*t + ")
    bench.qtbot.waitUntil(lambda: bench.model.error is not None)
    bench.qtbot.waitUntil(lambda: shown(bench).rstrip() == f"{LONG} + x*t")


def test_what_was_typed_in_another_document_is_awaited_no_more(bench: Bench) -> None:
    typed_over(bench, "t")
    assert bench.model.half.awaited
    bench.load("", ExpressionSheet(text="t", inputs={"t": 5.0}))
    assert not bench.model.stale and shown(bench) == "t"
    assert bench.model.worked is not None and bench.model.worked.inputs == {"t": 5.0}
    assert bench.page.widget.field.found.text().startswith("✓")


def test_a_name_that_the_expression_has_already_is_no_half_of_another(bench: Bench) -> None:
    bench.rewrite("si*x + 1")
    for _ in range(6):
        QTest.keyClick(bench.edit, Qt.Key.Key_End)
        QTest.keyClick(bench.edit, Qt.Key.Key_Backspace)
    assert bench.edit.toPlainText() == "si" and not bench.model.stale
    typed_over(bench, "si = x + 1")
    QTest.keyClick(bench.edit, Qt.Key.Key_Return)
    QTest.keyClicks(bench.edit, "si")
    assert not bench.model.stale


def test_undo_never_ends_at_half_a_name(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.edit, "clock", count(0, 2).__next__)  # a pause before each letter
    typed_over(bench, "sin(x)")
    stack = bench.page.document.undo_stack
    said = []
    while bench.edit.toPlainText() != X_PLUS_ONE and stack.canUndo():
        stack.undo()
        said.append(bench.edit.toPlainText())
    assert said == [X_PLUS_ONE] and not bench.model.stale and shown(bench) == X_PLUS_ONE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("softma", ("softmax",)),
        ("x + ta", ("tan", "tanh")),
        ("so", ("softmax",)),
        ("x*s", ()),
        ("s", ("sin", "sinh", "sigmoid", "sqrt", "sign", "softmax")),
        ("t = x\nt", ()),
        ("t = x\nta", ("tan", "tanh")),
        ("t = x\nmi", ("min",)),
        ("xsi", ()),
        ("3si", ()),
        ("si ", ()),
        ("so*x + so", ()),
        ("y = ma", ("max",)),
        ("sinn", ()),
        ("sin", ("sin", "sinh")),
    ],
)
def test_which_ends_are_half_a_name(text: str, found: tuple[str, ...]) -> None:
    assert half_at_end(text) == found
