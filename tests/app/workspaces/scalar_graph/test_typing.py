"""An expression that is typed: what is found in it, what is wrong with it, and every edit taken back."""

from __future__ import annotations

from itertools import count

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest

from app.workspaces.scalar_graph.field import TypingRun
from app.workspaces.scalar_graph.sources import example_named
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
SMALLEST = (853, 533)
"""1280 × 800 at 150 %, in pixels of its own."""


def test_a_typed_letter_shows_in_the_graph_at_once(bench: Bench) -> None:
    bench.type("x*y")
    assert bench.model.worked is not None
    assert tuple(bench.model.worked.graph.variables) == ("x", "y")
    QTest.keyClicks(bench.edit, "+z")
    assert set(bench.canvas.shown.drawing.by_key) >= {"x", "y", "z"}
    assert bench.page.widget.field.found.text().endswith("5 nodes, 3 leaves")


def test_a_line_that_only_ends_is_no_step_of_its_own(bench: Bench) -> None:
    for text in ("t = x*y; max(t, sin(t))", "x/x"):
        bench.edit.selectAll()
        QTest.keyClicks(bench.edit, text)
        QTest.keyClick(bench.edit, Qt.Key.Key_Return)
    texts = []
    for _ in range(3):
        texts.append(bench.model.document.value.text.rstrip())
        bench.model.document.undo_stack.undo()
    assert texts[0] == "x/x" and len(set(texts)) == len(texts)


def test_what_is_wrong_is_said_with_its_place_and_the_last_graph_stays_pale(bench: Bench) -> None:
    bench.type("x + 1")
    nodes = len(bench.canvas.shown.drawing.knots)
    QTest.keyClicks(bench.edit, " + sinn(x)")
    field = bench.page.widget.field
    assert "sinn" in field.wrong.full_text and not field.wrong.isHidden()
    marked = bench.edit.extraSelections()[0]
    assert marked.cursor.selectedText() == "sinn"
    assert marked.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    assert bench.canvas.shown.stale
    assert len(bench.canvas.shown.drawing.knots) >= nodes
    assert bench.page.bar.result.value.text() == "–"
    assert bench.page.widget.dock is not None
    assert bench.page.widget.dock.table.rows.rowCount() == 0
    for _ in range(6):
        QTest.keyClick(bench.edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(bench.edit, "2")
    QTest.keyClick(bench.edit, Qt.Key.Key_Backspace)
    bench.type("x + 2")
    assert not bench.canvas.shown.stale and field.wrong.isHidden()


@pytest.mark.parametrize(
    "text", ['__import__("os")', "9**9**9**9", "(" * 200 + "x", "lambda: 1", "x.y"], ids=lambda t: t[:12]
)
def test_rubbish_is_one_sentence_and_nothing_is_lost(bench: Bench, text: str) -> None:
    bench.type("x + 1")
    bench.edit.insertPlainText(text)
    bench.qtbot.waitUntil(lambda: bench.model.stale)
    assert bench.page.widget.field.wrong.full_text
    assert bench.page.model.worked is not None


def test_definitions_make_the_field_grow(bench: Bench) -> None:
    bench.type("t = x + y")
    height = bench.edit.height()
    QTest.keyClick(bench.edit, Qt.Key.Key_Return)
    QTest.keyClicks(bench.edit, "t^2")
    assert bench.edit.height() > height
    assert bench.model.worked is not None and "t" in bench.model.worked.graph.index


@pytest.mark.parametrize(("size", "lines"), [((1280, 800), 4), ((960, 600), 3), ((853, 533), 2)])
def test_definitions_are_seen_also_while_nobody_types(bench: Bench, size: tuple[int, int], lines: int) -> None:
    """One line of four stood there. A low window, as at 150 %, leaves the drawing its height."""
    bench.page.host.window().setMinimumSize(*SMALLEST)
    bench.page.host.window().resize(*size)
    bench.rest()
    bench.open_example(example_named("network"))
    bench.canvas.setFocus()
    edit = bench.edit
    assert edit.blockCount() == 4 and edit.viewport().height() // edit.fontMetrics().lineSpacing() == lines


def test_undo_takes_typing_back_burst_by_burst(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = bench.page.document.undo_stack
    now = 0.0
    monkeypatch.setattr(bench.edit, "clock", lambda: now)
    before = bench.edit.toPlainText()
    bench.type("alpha")
    bench.type("beta*(1 +")
    now = 5.0  # a pause, but what stands there cannot be read
    QTest.keyClicks(bench.edit, "gamma)")
    now = 10.0
    QTest.keyClicks(bench.edit, "/2")
    said = []
    while stack.canUndo():
        stack.undo()
        said.append(bench.edit.toPlainText())
        assert not bench.model.stale
    assert said == ["beta*(1 +gamma)", "alpha", before]
    while stack.canRedo():
        stack.redo()
    assert bench.edit.toPlainText() == "beta*(1 +gamma)/2"
    assert bench.model.worked is not None and tuple(bench.model.worked.inputs) == ("beta", "gamma")


def test_a_line_is_a_step_of_its_own(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.edit, "clock", lambda: 0.0)
    bench.type("s = x + y\ns*log(2)")
    bench.page.document.undo_stack.undo()
    assert bench.edit.toPlainText() == "s = x + y\n" and not bench.model.stale


def test_the_undo_key_in_the_field_is_the_windows(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.edit, "clock", count(0, 2).__next__)  # a pause before each letter
    bench.type("x + 1")
    stack = bench.page.document.undo_stack
    steps = stack.index()
    QTest.keyClick(bench.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (bench.edit.toPlainText(), stack.index()) == ("x ", steps - 1)
    QTest.keyClick(bench.edit, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert (bench.edit.toPlainText(), stack.index()) == ("x + 1", steps)


def test_a_run_ends_where_the_cursor_was_moved() -> None:
    run = TypingRun("")
    first = number(run, "a")
    run.interrupt()  # by the letter itself
    assert number(run, "ab") == first
    run.interrupt()
    run.interrupt()  # by hand
    assert number(run, "abc") != first


def number(run: TypingRun, text: str, now: float = 0.0) -> int:
    """The run of a text that can be read."""
    found = run.number_of(text, now)
    run.readable = True
    return found


def test_a_run_ends_where_deleting_begins_and_after_a_pause() -> None:
    run = TypingRun("")
    runs = [number(run, "a"), number(run, "ab", 0.9), number(run, "abc", 2.0), number(run, "ab", 2.1)]
    assert runs == [runs[0], runs[0], runs[0] + 1, runs[0] + 2]


def test_nodes_stay_where_they_are_while_one_types(bench: Bench) -> None:
    bench.type("x*exp(y)")
    before = {key: knot.centre for key, knot in bench.canvas.shown.drawing.by_key.items()}
    QTest.keyClicks(bench.edit, " + z")
    after = bench.canvas.shown.drawing.by_key
    assert len(after) == len(before) + 2
    moved = [key for key, centre in before.items() if (after[key].centre - centre).manhattanLength() > 1.0]
    assert not moved


def test_a_thousand_nodes_are_worked_out_in_the_background_and_stepped_through(bench: Bench) -> None:
    text = "\n".join(["d0 = x"] + [f"d{i} = sin(d{i - 1} + x)" for i in range(1, 500)])
    bench.page.model.rewrite(text, "a long chain")
    bench.qtbot.waitUntil(lambda: bench.model.worked is not None and bench.model.worked.shape.text == text)
    assert bench.model.worked is not None
    graph = bench.model.worked.graph
    assert len(graph.nodes) == 999
    bench.act("graph_end")
    assert bench.model.state.gradients[graph.index["x"]] is not None
    assert not bench.canvas.legible
    bench.canvas.grab()  # from afar
    bench.act("graph_zoom_actual")
    assert bench.canvas.legible
    bench.canvas.grab()
    dock = bench.page.widget.dock
    assert dock is not None and dock.table.rows.rowCount() == 999


def test_two_edits_while_a_large_graph_is_being_worked_out_both_hold(bench: Bench) -> None:
    text = "x*y + " + " + ".join(40 * ["sin(x)"])
    bench.model.rewrite(text, "a long sum")
    bench.qtbot.waitUntil(lambda: not bench.model.behind)
    bench.model.set_input("x", 2.0)
    bench.model.set_input("y", 3.0)  # the numbers in sight are still those before both
    assert bench.page.document.value.inputs == {"x": 2.0, "y": 3.0}
    bench.qtbot.waitUntil(lambda: bench.model.worked is not None and bench.model.worked.inputs["y"] == 3.0)
    assert bench.model.worked is not None and bench.model.worked.inputs["x"] == 2.0


def test_a_node_of_the_text_before_takes_no_edit_of_the_text_that_is_there(bench: Bench) -> None:
    text = " + ".join(40 * ["sin(x)"])
    bench.model.rewrite(text, "a long sum")
    bench.qtbot.waitUntil(lambda: not bench.model.behind)
    nodes = frozenset(node.key for node in bench.model.worked.graph.nodes[1:3])  # type: ignore[union-attr]
    bench.model.rewrite(f"q*q + {text}", "longer")
    assert bench.model.behind and not bench.model.stale
    before = bench.page.document.value
    bench.model.collapse(nodes, "one")
    assert bench.page.document.value == before
    bench.qtbot.waitUntil(lambda: not bench.model.behind)
