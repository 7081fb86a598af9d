"""What cannot be said with a plain number is said: kinks, ∞, no number at all, and what nobody has compared yet."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.workspaces.scalar_graph.computation import MeasuredOf
from app.workspaces.scalar_graph.explanations.rule import local_text
from app.workspaces.scalar_graph.model import FIRST_NUDGE
from app.workspaces.scalar_graph.sources import example_named
from app.workspaces.scalar_graph.table import NodeColumn, NodeTable
from engine.autodiff.document import ExpressionSheet
from engine.autodiff.grammar import LONGEST_TEXT
from engine.problems import Problem
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def show(bench: Bench, text: str, action: str = "graph_end", **inputs: float) -> NodeTable:
    """Another expression at these inputs, checked."""
    bench.load("", bench.page.document.value.model_copy(update={"text": text, "inputs": inputs}))
    bench.act(action)
    bench.qtbot.waitUntil(lambda: bench.page.checks.of(bench.model.worked) is not None)
    dock = bench.page.widget.dock
    assert dock is not None
    return dock.table


def row_of(bench: Bench, label: str) -> int:
    worked = bench.model.worked
    assert worked is not None
    return worked.graph.labels.index(label)


def dot(bench: Bench) -> QWidget:
    """The coloured dot of the verdict."""
    dock = bench.page.widget.dock
    assert dock is not None
    return dock.dot


def test_at_a_kink_both_slopes_are_told_and_that_the_gradient_is_a_convention(bench: Bench) -> None:
    table = show(bench, "tanh(a*b)+max(a,b)^2/b", a=1.0, b=1.0)
    right, dock = bench.page.widget.right, bench.page.widget.dock
    bench.open_plot()
    assert right is not None
    right.show_card("nudge")
    assert right is not None and dock is not None
    said = right.nudge.note.text()
    assert "max(a, b)" in said and "0.41997" in said and "2.41997" in said and "1.41997" in said
    row = row_of(bench, "a")
    assert table.rows.text(row, NodeColumn.DIFFERENCE) == "∧ 1.41998"
    assert table.rows.text(row_of(bench, "v1"), NodeColumn.DIFFERENCE) == "0.419974"
    assert "0.41997" in table.rows.data(table.rows.index(row, NodeColumn.DIFFERENCE), 3)  # the tooltip
    bench.qtbot.waitUntil(lambda: "0.41997" in dock.curve.note.full_text)
    curve = dock.curve.curve
    assert curve is not None and curve.sides == pytest.approx((0.41997434, 2.41997434))
    assert "kink at max(a, b)" in dock.verdict.full_text


@pytest.mark.parametrize("text", ["abs(x)", "relu(x)", "min(x, 0)", "max(0, x)", "sqrt(x)"])
def test_no_kink_passes_without_a_word(bench: Bench, text: str) -> None:
    show(bench, text, x=0.0)
    right = bench.page.widget.right
    assert right is not None
    right.show_card("nudge")
    assert right is not None and text in right.nudge.note.text()
    bench.model.set_input("x", 0.5)
    assert right.nudge.note.text() == ""


def test_a_nudge_across_a_kink_says_so(bench: Bench) -> None:
    show(bench, "relu(x)", x=-0.0005)
    right = bench.page.widget.right
    assert right is not None
    right.show_card("nudge")
    assert right is not None and "relu(x)" in right.nudge.note.text()
    bench.model.set_nudge(-0.001)
    assert right.nudge.note.text() == ""


def test_a_jump_is_called_a_jump(bench: Bench) -> None:
    table = show(bench, "sign(x) + x^2", x=0.0)
    right, dock = bench.page.widget.right, bench.page.widget.dock
    bench.open_plot()
    assert right is not None
    right.show_card("nudge")
    assert right is not None and dock is not None
    bench.qtbot.waitUntil(lambda: "jump" in dock.curve.note.full_text)
    row = row_of(bench, "x")
    tip = table.rows.data(table.rows.index(row, NodeColumn.DIFFERENCE), 3)
    for said in (right.nudge.note.text(), dock.verdict.full_text, dock.curve.note.full_text, tip):
        assert "jump" in said.lower() and "kink" not in said.lower()
    bench.model.set_input("x", -0.0005)
    assert "the jump of sign(x)" in right.nudge.note.text() and "kink" not in right.nudge.note.text()


def test_a_kink_is_not_told_while_the_gradient_is_guessed(bench: Bench) -> None:
    show(bench, "abs(x)", "graph_middle", x=0.0)
    right = bench.page.widget.right
    assert right is not None
    right.show_card("nudge")
    assert right is not None
    bench.model.set_asking(True)
    assert right.nudge.note.text() == ""


@pytest.mark.torch
def test_two_infinities_agree_and_are_no_difference_of_0(bench: Bench) -> None:
    table = show(bench, "1/(x-2)", x=2.0)
    assert theme.current().danger in dot(bench).styleSheet()
    row = row_of(bench, "x")
    assert table.rows.text(row, NodeColumn.CHECK) == "both −∞"
    assert table.rows.colour(row, NodeColumn.CHECK) == theme.colour("danger")
    assert table.rows.text(row, NodeColumn.DIFFERENCE) == "–"
    assert table.rows.colour(row, NodeColumn.GRADIENT) == theme.colour("danger")
    right = bench.page.widget.right
    assert right is not None
    right.show_card("nudge")
    assert right is not None and right.nudge.numbers.slopes[0].text == "not measurable"
    assert right._fact(MeasuredOf("x", bench.model.nudge_by)) is None, "a click on that told of an infinite slope"
    assert "divides by 0" in right.nudge.note.text()


@pytest.mark.torch
def test_a_finite_slope_of_what_is_no_number_is_marked(bench: Bench) -> None:
    table = show(bench, "log(-x)", x=2.0)
    assert theme.current().danger in dot(bench).styleSheet()
    row = row_of(bench, "x")
    assert table.rows.text(row, NodeColumn.GRADIENT) == "! 0.5"
    assert table.rows.text(row, NodeColumn.CHECK) == "both 0.5"
    assert bench.page.bar.slope.value.text() == "! 0.5"
    assert theme.current().danger in bench.page.bar.slope.value.styleSheet()
    assert table.rows.colour(row, NodeColumn.VALUE) != theme.colour("danger")  # x itself is as good as any
    assert "means anything" in bench.page.widget.player.sentence.plain
    bench.model.set_input("x", -2.0)
    assert theme.current().danger not in bench.page.bar.slope.value.styleSheet()


def test_a_value_is_fine_where_only_the_slope_is_not(bench: Bench) -> None:
    table = show(bench, "sqrt(x)", x=0.0)
    row = row_of(bench, "x")
    assert table.rows.colour(row, NodeColumn.VALUE) != theme.colour("danger")
    assert table.rows.colour(row, NodeColumn.GRADIENT) == theme.colour("danger")
    bench.act("graph_middle")
    assert not bench.model.state.faulty  # on the way forward all is well


@pytest.mark.torch
def test_the_verdict_speaks_of_what_is_in_sight_alone(bench: Bench) -> None:
    show(bench, "1/(1 + exp(-x))", "graph_middle", x=2.0)
    dock = bench.page.widget.dock
    assert dock is not None and dock.verdict.full_text.startswith("No gradient yet")
    assert theme.current().text_muted in dock.dot.styleSheet()
    bench.act("graph_step")
    assert dock.verdict.full_text == "1 of 5 gradients known, each equal to PyTorch bit for bit"
    assert theme.current().good in dock.dot.styleSheet()


def test_a_title_goes_with_the_text_that_it_was_given_for(bench: Bench) -> None:
    document = bench.page.document
    bench.open_example(example_named("neuron"))
    bench.model.set_input("x", 1.0)
    assert document.title == "A neuron with squared error"
    bench.type("sin(x)")
    assert document.title == "Expression"
    while document.value.text != example_named("neuron").text:
        document.undo_stack.undo()
    assert document.title == "A neuron with squared error"


def test_a_group_s_pill_names_what_its_card_names(bench: Bench) -> None:
    bench.open_example(example_named("network"))
    worked = bench.model.worked
    assert worked is not None
    (group,) = worked.shape.groups
    short = worked.short
    assert short is not None
    on_card = local_text(short.graph, short)
    assert group.markup == on_card.replace("−", "-") == "y - t"
    bench.open_example(example_named("logistic"))
    assert bench.model.worked is not None
    assert [one.markup for one in bench.model.worked.shape.groups] == ["y(1 - y)"]


@pytest.mark.parametrize(
    ("targets", "markup"),
    [
        ("[0, 1, 0]", "p - t"),
        ("[0.4, 0.5, 0.1]", "p - t"),
        ("[t, 0.5, 0.1]", r"\Sigma t \cdot p - t"),
        ("[1, 1, 0]", r"\Sigma t \cdot p - t"),
    ],
)
def test_the_pill_of_a_cross_entropy_holds_for_its_targets(bench: Bench, targets: str, markup: str) -> None:
    bench.rewrite(f"cross_entropy([z1,z2,z3],{targets})")
    assert bench.model.worked is not None
    assert [group.markup for group in bench.model.worked.shape.groups] == [markup]


def test_an_expression_that_could_not_be_saved_is_not_taken(bench: Bench) -> None:
    before = bench.page.document.value.text
    said: list[object] = []
    bench.model.complained.connect(said.append)
    bench.edit.setPlainText("x" + "+x" * 10_000)
    assert bench.edit.toPlainText() == bench.page.document.value.text == before
    assert [problem.code for problem in said if isinstance(problem, Problem)] == ["expression.text-full"]
    most = "x" + " " * (LONGEST_TEXT - 1)
    bench.edit.setPlainText(most)
    assert bench.page.document.value.text == most


def test_asking_that_begins_at_the_end_goes_back_to_the_turn(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_end")
    bench.act("graph_collapse")
    assert bench.model.state.complete
    bench.act("graph_predict")
    assert right.asking.guesses.open and not bench.model.state.complete
    question = right.asking.guesses.question
    assert question is not None and question.hint.startswith("Back at the turning point. ")
    assert bench.model.worked is not None and bench.model.state.step == bench.model.worked.middle + 1


def test_what_is_collapsed_at_the_end_is_asked_about(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_predict")
    while not bench.model.state.complete:
        bench.act("graph_step")
        right.asking.guesses.give_up()
    bench.act("graph_collapse")
    assert right.asking.guesses.open and not bench.model.state.complete
    right.asking.guesses.give_up()
    assert bench.model.state.complete


@pytest.mark.parametrize("whole", [False, True])
def test_undo_of_another_expression_brings_back_the_step_and_what_was_known(bench: Bench, whole: bool) -> None:
    bench.rewrite("log(1+exp(-y*(w*x+b)))")
    bench.act("graph_predict")
    right, worked = bench.page.widget.right, bench.model.worked
    assert right is not None and worked is not None
    while bench.model.state.step < (worked.steps if whole else worked.middle + 3):
        right.asking.guesses.give_up()
        bench.act("graph_step")
    at, known, asked = bench.model.playback.at, bench.model.state.gradients, right.asking.guesses.question
    bench.rewrite("w*x+b")
    assert bench.model.worked is not None and not bench.model.state.complete
    for _ in range(2 * bench.model.worked.steps):
        right.asking.guesses.give_up()
        bench.act("graph_step")
    assert bench.model.state.complete
    bench.page.document.undo_stack.undo()
    bench.wait()
    assert bench.model.playback.at == at and list(bench.model.state.gradients) == list(known)
    if asked is not None:
        assert right.asking.guesses.question is not None and right.asking.guesses.question.key == asked.key
    bench.page.document.undo_stack.redo()
    bench.wait()
    assert bench.model.state.complete, "nor is the other one asked about anew"


@pytest.mark.parametrize(
    ("text", "x", "by", "said"),
    [
        ("log(x)", 0.05, -0.1, "Nudge the other way, or less."),
        ("log(x)", 1e-300, -0.1, "number. Nudge the other way."),
        ("sqrt(0.0025 - x^2)", 0.0, 0.1, "number. Nudge less."),
        ("sqrt(x*(0.05 - x))", 1e-300, -0.1, "number. Nudge the other way, and less."),
        ("(-2)^x", 2.0, 0.1, "However little you nudge it"),
        ("x^x", -2.0, 0.1, "However little you nudge it"),
        ("(-2)^x + abs(x - 2)", 2.0, 0.1, "However little you nudge it"),
    ],
)
def test_only_a_nudge_that_helps_is_advised(bench: Bench, text: str, x: float, by: float, said: str) -> None:
    bench.load("", ExpressionSheet(text=text, inputs={"x": x}))
    bench.act("graph_end")
    bench.model.set_nudge(by)
    right = bench.page.widget.right
    assert right is not None
    right.show_card("nudge")
    assert right is not None and said in right.nudge.note.text()


def test_a_small_nudge_is_not_shown_as_none(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    right.show_card("nudge")
    assert right is not None
    shown = {1e-6: "+1·10⁻⁶", -1.25e-5: "−1.25·10⁻⁵", 0.0: "0.0000", -0.1: "−0.1000", FIRST_NUDGE: "+0.0010"}
    for by, text in shown.items():
        right.nudge.by.set_value(by)
        assert right.nudge.by.number.text == text
