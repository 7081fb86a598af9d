"""Why the logistic's derivative is y(1 − y): asked at the card, answered line by line, checked by PyTorch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.kit.formula.boxes import lay_out
from app.kit.formula.view import FormulaView
from app.kit.plain_maths import plain_text
from app.kit.widgets.outline_tree.items import OutlineItem
from app.workspaces.scalar_graph.computation import Computation, GradientOf, PassState, SlopeOf, ValueOf, compute
from app.workspaces.scalar_graph.explanations import question_about
from app.workspaces.scalar_graph.explanations.origin import fact_of
from app.workspaces.scalar_graph.explanations.rule import MOST_OPERANDS, CollapsedCard
from app.workspaces.scalar_graph.outline import outline_of
from app.workspaces.scalar_graph.player import sentence_of
from engine.autodiff.document import CollapsedNodes, ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def lines(worked: Computation, state: PassState, key: SlopeOf) -> str:
    fact = fact_of(worked, state, key)
    assert fact is not None and not isinstance(fact.formula, str)
    return lay_out(fact.formula, 16.0).plain.replace(" ", "")


def in_one(text: str = "1/(1 + exp(-x))", x: float = 2.0) -> Computation:
    """An expression whose only group of nodes is collapsed."""
    sheet = ExpressionSheet(text=text, inputs={"x": x})
    parts = compute(sheet, None)
    (group,) = parts.shape.groups
    nodes = CollapsedNodes(name=group.name, nodes=tuple(sorted(group.keys)))
    return compute(sheet.model_copy(update={"collapsed": (nodes,)}), parts)


def key_of(worked: Computation, label: str) -> str:
    return worked.graph.nodes[worked.graph.labels.index(label)].key


def collapsed(bench: Bench) -> CollapsedCard:
    """The card of the collapsed version, in front."""
    right = bench.page.widget.right
    assert right is not None
    right.show_card("collapsed")
    bench.qtbot.waitUntil(right.collapsed.isVisible)
    return right.collapsed


def test_the_button_of_the_collapsed_card_asks_and_the_lines_lead_to_the_short_form(bench: Bench) -> None:
    bench.act("graph_end")
    card = collapsed(bench)
    assert card.why.text() == "Why y · (1 − y)?"
    QTest.mouseClick(card.why, Qt.MouseButton.LeftButton)
    right = bench.page.widget.right
    assert right is not None and right.origin.isVisible()
    key = right.origin.key
    assert isinstance(key, SlopeOf)
    assert bench.model.worked is not None
    said = lines(bench.model.worked, bench.model.state, key)
    for part in ("∂y/∂v₃·∂v₃/∂v₂·∂v₂/∂v₁·∂v₁/∂x", "v₂/v₃²", "v₃=1/y", "v₂=1/y−1", "y·(1−y)"):
        assert part in said, part


def test_it_says_the_same_of_the_node_once_it_is_collapsed_and_pytorch_agrees(qapp: object) -> None:
    worked = in_one()
    state = worked.state(worked.steps)
    node = worked.graph.nodes[worked.graph.output]
    key = SlopeOf(node.key, 0)
    assert "v₃=1/y" in lines(worked, state, key)
    fact = fact_of(worked, state, key)
    assert fact is not None and fact.value is not None and fact.check is not None
    theirs = fact.check()
    assert theirs is not None and theirs.value == pytest.approx(fact.value, rel=1e-14, abs=theirs.error)
    assert fact.printed == "0.104994"
    assert [(one.key, one.printed) for one in fact.parents] == [(ValueOf(node.key), "0.880797")]


def test_a_gradient_names_the_value_that_its_formula_is_written_with(qapp: object) -> None:
    worked = in_one()
    fact = fact_of(worked, worked.state(worked.steps), GradientOf("x"))
    assert fact is not None and fact.printed == "0.104994"
    assert [one.name for one in fact.parents] == [r"\partial y/\partial y", "y"]


def test_before_the_way_back_the_number_is_not_said(qapp: object) -> None:
    worked = in_one()
    node = worked.graph.nodes[worked.graph.output]
    fact = fact_of(worked, worked.state(worked.middle), SlopeOf(node.key, 0))
    assert fact is not None and fact.value is None and fact.worked == ""


def test_a_node_that_several_have_become_is_read_at_once_with_why_its_slope_is_so_short(bench: Bench) -> None:
    bench.type("1/(1 + exp(-2*x))")
    bench.act("graph_end")
    card, right = collapsed(bench), bench.page.widget.right
    assert right is not None and card.why.text() == "Why y² − y?"
    bench.act("graph_collapse")
    right.show_card("rule")
    assert right.rule.key == bench.key_of("y") and right.rule.title.text() == "Rule of σ(−u)"
    assert not right.rule.why.isHidden() and right.rule.why.text() == "Why y² − y?"
    bench.page.document.undo_stack.undo()
    assert right.rule.key == bench.key_of("v1") and not collapsed(bench).why.isHidden()


def test_the_rule_of_a_node_that_is_clicked_is_read_until_the_next_step(bench: Bench) -> None:
    bench.act("graph_end")
    right, model = bench.page.widget.right, bench.model
    assert right is not None and model.worked is not None and right.rule.key == bench.key_of("v1")
    bench.click(bench.spot(bench.key_of("v2")))
    assert right.rule.key == bench.key_of("v2") and right.rule.title.text() == "Rule of exp"
    assert right.rule.whose.text() == "Chosen: v₂"
    assert "∂v₂/∂v₁" in right.rule.formula.laid_out.plain  # what it has handed on, for that is known
    model.playback.back()
    at_work = model.state.current
    assert at_work is not None and right.rule.key == model.worked.graph.nodes[at_work].key
    bench.act("graph_begin")
    bench.click(bench.spot(bench.key_of("v2")))
    assert right.rule.key == bench.key_of("v2") and "∂" not in right.rule.formula.laid_out.plain
    assert "not yet" in right.rule.lines[0].accessibleName()
    bench.click(bench.spot("x"))
    assert right.rule.key is None and right.rule.title.text() == "Play, or click a node, to see its rule here."


def test_every_name_of_the_lines_stands_in_sight_or_is_said_what_it_is(qapp: object) -> None:
    text = "tanh(1/(1 + exp(-x)))"
    parts, whole = compute(ExpressionSheet(text=text, inputs={"x": 2.0}), None), in_one(text)
    (group,) = parts.shape.groups
    open_ = lines(parts, parts.state(parts.steps), SlopeOf(key_of(parts, "v4"), 0, group.keys))
    assert "∂v₄/∂v₃·∂v₃/∂v₂·∂v₂/∂v₁·∂v₁/∂x" in open_ and "withinit" not in open_
    assert open_.endswith("=v₄·(1−v₄)")
    shut = lines(
        whole, whole.state(whole.steps), SlopeOf(key_of(whole, "v1"), 0)
    )  # which is what v4 was called, so v1 is no longer
    assert shut.startswith("withinitp₁=−x,v₂=e^p₁,v₃=1+v₂;")
    assert "∂v₁/∂v₃·∂v₃/∂v₂·∂v₂/∂p₁·∂p₁/∂x" in shut and shut.endswith("=v₁·(1−v₁)")


def test_the_card_of_a_group_names_its_nodes_as_the_graph_does(bench: Bench) -> None:
    bench.type("tanh(1/(1 + exp(-x)))")
    bench.act("graph_end")
    card = collapsed(bench)
    assert card.why.text() == "Why v₄ · (1 − v₄)?"


@pytest.mark.parametrize("inputs", [3, 30])
def test_a_rule_reads_what_goes_to_every_input(bench: Bench, inputs: int) -> None:
    bench.load("", ExpressionSheet(text="z = " + " + ".join(f"w{n}*2" for n in range(1, inputs + 1)) + "\ntanh(z)"))
    assert bench.model.worked is not None
    graph = bench.model.worked.graph
    bench.model.collapse(frozenset(node.key for node in graph.nodes if node.rule and node.rule.key != "tanh"), "sum")
    bench.wait()
    bench.act("graph_end")
    worked, right = bench.model.worked, bench.page.widget.right
    assert worked is not None and right is not None
    index = worked.graph.labels.index("z")
    bench.model.choose(frozenset({worked.graph.nodes[index].key}))
    card = right.rule
    bench.qtbot.waitUntil(lambda: card.accessibleDescription().count("handed on") == min(inputs, MOST_OPERANDS))
    assert ("and 6 more" in card.accessibleDescription()) is (inputs == 30)


def test_while_gradients_are_guessed_no_derivative_stands_in_symbols(bench: Bench) -> None:
    right, dock = bench.page.widget.right, bench.page.widget.dock
    assert right is not None and dock is not None
    bench.act("graph_end")
    card = collapsed(bench)
    dock.tabs.open_tab(1)

    def derivatives() -> int:
        return sum("∂" in view.accessibleName() for view in dock.rules.widget().findChildren(FormulaView))

    assert derivatives() and any(hull.markup for hull in bench.canvas.hulls)
    bench.act("graph_predict")
    bench.act("graph_step")
    assert right.asking.guesses.open and card.why.isHidden() and not derivatives()
    assert bench.canvas.hulls and not any(hull.markup for hull in bench.canvas.hulls)
    assert card.title.text() == "Derivatives are hidden until the pass is over."
    assert not any("y" in line.accessibleName() for line in card.lines if line.isVisible())
    bench.act("graph_predict")
    assert not card.why.isHidden() and derivatives() and any(hull.markup for hull in bench.canvas.hulls)


def test_sentences_and_outline_write_names_as_the_drawing_does() -> None:
    worked = compute(ExpressionSheet(text="a = w1_1_1*x1\n(a + b1_1)^2"), None)
    told: list[str] = []
    for step in range(worked.steps + 1):
        state = worked.state(step)
        told += [sentence_of(worked, state).plain, *(text for row in outline_of(worked, state) for text in words(row))]
    assert not [text for text in told if "_" in text]
    assert any("to w₁\u202f₁\u202f₁" in text for text in told)


def test_hints_write_names_as_the_drawing_does() -> None:
    """Where a node is used twice, its hint called it a1_1 beside a drawing that says a₁ ₁."""
    worked = compute(ExpressionSheet(text="a1_1 = w1_1^2\na1_1*w1_1 + a1_1"), None)
    asked = [question_about(worked, at, "", 0) for at in range(worked.middle, worked.steps)]
    hints = [question.hint for question in asked if question is not None]
    assert any("a₁\u202f₁" in hint for hint in hints) and not any("a1_1" in hint for hint in hints)


def test_what_a_slope_counts_as_at_a_corner_is_said_before_it_is_asked() -> None:
    for x, is_told in ((2.0, True), (3.0, False)):
        worked = compute(ExpressionSheet(text="abs(x - 2)", inputs={"x": x}), None)
        asked = [question_about(worked, at, "") for at in range(worked.middle, worked.steps)]
        hints = [question.hint for question in asked if question is not None]
        told = "It has a corner or a jump here; its slope counts as 0, as in PyTorch." in hints[0]
        assert told is is_told, hints


def test_the_question_writes_names_as_the_drawing_does(bench: Bench) -> None:
    card = collapsed(bench)
    card.offer_why("key", plain_text(r"a_{3\,1} - t"))
    assert card.why.text() == "Why a₃\u202f₁ − t?"


def words(item: OutlineItem) -> Iterator[str]:
    yield item.text
    for row in item.children:
        yield from words(row)


def test_a_share_through_a_group_is_not_called_the_whole(bench: Bench) -> None:
    """x reaches p through c as well; PyTorch's ∂p/∂x of the typed expression is 0.2826, that of the block 0.2227."""
    text = "a=exp(x)\nb=exp(y)\nc=exp(2*t-x*y)\np=a/(a+b+c)\n-log(p)+0.1*p^2"
    bench.load("", ExpressionSheet(text=text, inputs={"x": 2.0, "y": 1.0, "t": 1.0}))
    bench.act("graph_end")
    card, worked = collapsed(bench), bench.model.worked
    assert worked is not None and worked.short is not None
    line = next(one.accessibleName() for one in card.lines if one.accessibleName())
    assert (
        "share through p, z₁ = x" in line and "∂p/∂z₁" in line.replace(" ", "") and "∂p/∂x" not in line.replace(" ", "")
    )
    x = worked.graph.index["x"]
    assert worked.gradients.of[x] == pytest.approx(-0.387192, abs=1e-6)
    assert worked.short.handed == pytest.approx(-0.305130, abs=1e-6)
    node = worked.short.graph.nodes[worked.short.index]
    fact = fact_of(worked, bench.model.state, SlopeOf(node.key, 0, worked.short.group.keys))
    assert fact is not None and fact.check is not None and not isinstance(fact.formula, str)
    assert fact.name == r"\partial p/\partial z_{1}" and fact.printed == "0.222695"
    assert "only one share" in fact.sentence
    assert "inputs z₁ = x" in lay_out(fact.formula, 16.0).plain
    theirs = fact.check()
    assert theirs is not None and theirs.value == pytest.approx(0.222695, abs=1e-6)
