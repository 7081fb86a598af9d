"""While the text cannot be read, no value is taken and lost and no definition made up; a file keeps what is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from engine.autodiff import graph_of, parse
from engine.autodiff.document import CollapsedNodes, ExpressionSheet
from engine.formats.expression import EXPRESSION
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window

READABLE, UNREADABLE = ExpressionSheet(text="y = x; y*2", inputs={"x": 1.5}), "y = x; x = y"


def test_a_leaf_in_the_drawing_is_neither_dragged_nor_typed_into_and_that_is_said(bench: Bench) -> None:
    bench.load("", READABLE)
    bench.rewrite(UNREADABLE)
    messages, stage = bench.page.host.messages, bench.page.widget.stage
    bench.drag(bench.spot("x"), QPoint(60, 0))
    assert "keep their values" in messages.text and bench.model.document.value.inputs["x"] == 1.5
    messages.say("another")
    bench.click(bench.spot("x"))
    assert stage.editor.isHidden() and "keep their values" in messages.text


@pytest.mark.parametrize(("before", "after"), [("foo", "foo(x)+1"), ("a", "a + * b"), ("2", "2 2")])
def test_no_definition_is_made_up(bench: Bench, before: str, after: str) -> None:
    for text in (before, after):
        bench.rewrite(text)
        lead = bench.page.widget.field.lead
        assert lead.isHidden() or lead.text() == "y ="


def test_a_file_keeps_only_groups_and_inputs_of_its_own_expression(bench: Bench, tmp_path: Path) -> None:
    bench.load("", ExpressionSheet(text="1/(1 + exp(-x))", inputs={"x": 0.5, "q": 3.0}))
    worked = bench.model.worked
    assert worked is not None
    keys = frozenset(worked.graph.nodes[index].key for index in worked.graph.operations)
    bench.model.collapse(keys, "g")
    assert len(bench.model.worked.graph.operations) == 1  # type: ignore[union-attr]
    path = tmp_path / "one.loom"
    bench.page.document.save(path)
    _, kept = EXPRESSION.read(path)
    assert kept.collapsed == (CollapsedNodes(name="g", nodes=tuple(sorted(keys))),) and kept.inputs == {"x": 0.5}
    bench.rewrite("tanh(a)*b")
    bench.page.document.save(path)
    assert not bench.page.document.unsaved
    _, kept = EXPRESSION.read(path)
    assert kept.collapsed == () and "x" not in kept.inputs
    bench.page.document.undo_stack.undo()
    assert len(bench.model.worked.graph.operations) == 1  # type: ignore[union-attr]  # undo still has it
    bench.rewrite(UNREADABLE)
    bench.page.document.save(path)
    assert len(EXPRESSION.read(path)[1].collapsed) == 1  # of what cannot be read nobody knows


@pytest.mark.parametrize(
    ("text", "lead"), [("foo", "y ="), ("foo + 1", "y ="), ("3", "y ="), ("y", ""), ("y + 1", "v1 =")]
)
def test_what_stands_before_the_text_says_nothing_that_it_does_not(bench: Bench, text: str, lead: str) -> None:
    bench.rewrite(text)
    said = bench.page.widget.field.lead
    assert ("" if said.isHidden() else said.text()) == lead


def test_a_variable_that_a_younger_function_is_called_as_is_renamed_on_opening(bench: Bench, tmp_path: Path) -> None:
    old = ExpressionSheet(text="tan*x + erf", inputs={"tan": 3.0, "x": 2.0, "erf": 1.0})
    EXPRESSION.write(tmp_path / "old.loom", "Mine", old)
    page = bench.page
    (said,) = page.open_file(tmp_path / "old.loom")
    bench.wait()
    assert "tan, erf" in said.sentence and "tan1, erf1" in said.sentence
    worked = bench.model.worked
    assert worked is not None and bench.model.error is None
    assert worked.values.of[worked.graph.output] == 7.0
    assert page.document.unsaved and page.document.title == "Mine"
    page.undo_stack.undo()
    bench.wait()
    assert page.document.value == old and not page.document.unsaved


def test_one_that_calls_another_younger_function_opens_and_keeps_what_is_collapsed(
    bench: Bench, tmp_path: Path
) -> None:
    keys = tuple(sorted(node.key for node in graph_of(parse("sinh(x)")).nodes if node.key != "x"))
    old = ExpressionSheet(text="erf*x + sinh(x)", collapsed=(CollapsedNodes(name="g", nodes=keys),))
    EXPRESSION.write(tmp_path / "old.loom", "Mine", old)
    (said,) = bench.page.open_file(tmp_path / "old.loom")
    assert "erf1" in said.sentence and bench.page.document.value.text == "erf1*x + sinh(x)"
    assert bench.page.document.value.collapsed == old.collapsed
    bench.wait()


def test_one_that_is_brought_back_is_renamed_too(bench: Bench, tmp_path: Path) -> None:
    old = ExpressionSheet(text="tan*x", inputs={"tan": 3.0, "x": 2.0})
    sheet = bench.page.document
    EXPRESSION.write(tmp_path / "old.loom", "Mine", old)
    (said,) = sheet.recover(tmp_path / "old.loom")
    assert "tan1" in said.sentence and sheet.value.inputs == {"tan1": 3.0, "x": 2.0} and sheet.unsaved
    sheet.undo_stack.undo()
    assert sheet.value == old and sheet.unsaved
    sheet.undo_stack.redo()
    assert sheet.value.text == "tan1*x"
    bench.wait()


def test_nothing_is_said_of_an_expression_that_can_be_read(bench: Bench, tmp_path: Path) -> None:
    EXPRESSION.write(tmp_path / "new.loom", "New", ExpressionSheet(text="tan(x)", inputs={"x": 2.0}))
    assert bench.page.open_file(tmp_path / "new.loom") == () and not bench.page.document.unsaved
    bench.wait()
