"""Shares of a gradient are called shares, wherever they stand; the last of them asks for the sum."""

from __future__ import annotations

import pytest

from app.kit.formula.boxes import lay_out
from app.workspaces.scalar_graph.computation import Computation, compute
from app.workspaces.scalar_graph.explanations import question_about
from app.workspaces.scalar_graph.explanations.rule import backward_rows
from app.workspaces.scalar_graph.names import gradient_text, share_markup, slope_markup
from engine.autodiff.document import CollapsedNodes, ExpressionSheet
from engine.autodiff.torch_twin import by_torch
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
TEXT = "s = a*b\ntanh(s) + s^2*a"


@pytest.fixture
def fan(bench: Bench) -> Bench:
    bench.type(TEXT)
    bench.model.set_input("a", 1.5)
    bench.model.set_input("b", -0.5)
    return bench


@pytest.fixture
def worked(qapp: object) -> Computation:
    """The same without a window."""
    return compute(ExpressionSheet(text=TEXT, inputs={"a": 1.5, "b": -0.5}), None)


@pytest.mark.torch
def test_questions_ask_for_what_pytorch_says_or_name_a_share(worked: Computation) -> None:
    theirs = by_torch(worked.graph, worked.inputs).gradients
    gradients = {slope_markup(worked.graph, index): theirs[index] for index in range(len(worked.graph.nodes))}
    s = worked.graph.labels.index("s")
    kinds = []
    for at in range(worked.middle + 1, worked.steps):
        question = question_about(worked, at, "")
        assert question is not None
        kinds.append(question.name in gradients)
        if question.name in gradients:
            assert question.truth == pytest.approx(gradients[question.name], rel=1e-12)
        else:
            child = worked.shape.schedule.steps[at].node
            uses = worked.graph.nodes[child].parents
            assert question.name in {share_markup(worked.graph, child, one) for one in uses}
            assert "one share" in question.hint
    assert set(kinds) == {True, False}
    sums = [one for at in range(worked.middle + 1, worked.steps) if (one := question_about(worked, at, "")) is not None]
    asked = next(one for one in sums if one.name == slope_markup(worked.graph, s))
    assert asked.printed == "−1.65341" and asked.truth == pytest.approx(-1.6534, abs=1e-4)


def test_the_right_gradient_is_judged_right(fan: Bench) -> None:
    right = fan.page.widget.right
    assert right is not None
    worked = fan.model.worked
    assert worked is not None
    s = worked.graph.labels.index("s")
    last = worked.shape.schedule.gradient[s]
    assert last is not None
    fan.act("graph_middle")
    fan.act("graph_predict")
    while fan.model.state.step < last - 1 or not right.asking.guesses.open:
        right.asking.guesses.give_up()
        fan.act("graph_step")
    assert right.asking.guesses.open
    right.guess.choose("−1.653" if right.guess.shows_field else "-")
    assert right.asking.guesses.score.right == 1
    assert fan.model.state.gradients[s] == pytest.approx(-1.6534, abs=1e-4)


def test_the_rule_names_a_share_by_the_way_it_came(worked: Computation) -> None:
    graph, state = worked.graph, worked.state(worked.steps)
    power = next(i for i, node in enumerate(graph.nodes) if node.rule is not None and node.rule.key == "^2.0")
    (row,) = backward_rows(graph, power, lambda slot: state.handed.get((power, slot)), (), {})
    told = lay_out(row, 16.0).plain
    assert "=∂y/∂v₂·∂v₂/∂s" in told.replace(" ", "") and "one share" in told


def test_where_paths_meet_the_rule_adds_them(fan: Bench) -> None:
    worked, right = fan.model.worked, fan.page.widget.right
    assert worked is not None and right is not None
    fan.act("graph_end")
    s = worked.graph.labels.index("s")
    fan.model.choose(frozenset({worked.graph.nodes[s].key}))
    said, arrived = right.rule.paths.laid_out.plain, worked.gradients.of[s]
    shares = [edge.handed for edge in worked.gradients.edges if worked.graph.nodes[edge.child].parents[edge.slot] == s]
    assert arrived is not None and len(shares) == 2 and sum(shares) == pytest.approx(arrived, rel=1e-15)
    assert all(gradient_text(number) in said for number in (*shares, arrived))
    assert right.rule.paths.isVisible() and said.count("through") == 2
    fan.model.choose(frozenset({fan.key_of("v2")}))
    assert not right.rule.paths.isVisible(), "one path leads to it"


def test_asked_again_after_the_turn(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_predict")
    bench.model.playback.go(bench.model.playback.length)
    assert "back to the turn" in right.guess.text
    bench.act("graph_back")
    assert "Nothing more is asked" in right.guess.text and "forward" not in right.guess.text
    bench.act("graph_middle")
    assert "forward" in right.guess.text
    bench.act("graph_step")
    assert right.asking.guesses.open and bench.model.measured("x") is None
    bench.model.playback.set_speed(100.0)
    bench.act("graph_play")
    bench.qtbot.waitUntil(lambda: not bench.model.playback.playing)
    assert right.asking.guesses.open and not bench.model.state.complete


def test_a_question_about_the_parts_is_another_than_one_about_the_group() -> None:
    sheet = ExpressionSheet(text="sin(x*y) + exp(z*w)", inputs={})
    parts = compute(sheet, None)
    sine = next(node for node in parts.graph.nodes if node.rule is not None and node.rule.key == "sin")
    group = CollapsedNodes(name="s", nodes=(sine.key, parts.graph.nodes[sine.parents[0]].key))
    whole = compute(sheet.model_copy(update={"collapsed": (group,)}), parts)
    assert whole.middle == parts.middle - 1
    questions = [question_about(one, parts.middle + 1, "") for one in (parts, whole)]
    assert questions[0] is not None and questions[1] is not None
    assert questions[0].key != questions[1].key


def test_what_constants_alone_come_to_hands_nothing_back(qapp: object) -> None:
    sheet = ExpressionSheet(text="s = 1/(1+exp(-a*b))\nc = s*log(2)\nc - abs(a-2)", inputs={"a": 1.5, "b": 2.0})
    worked = compute(sheet, None)
    drawing = worked.shape.drawing
    idle = {worked.graph.labels[link.source] for link in drawing.links if link.idle}
    assert idle == {"1", "2", "v5"}
    assert all(link.lanes[1] is None for link in drawing.links if link.idle)
    handed = worked.state(worked.steps).handed
    assert all(((link.target, link.slot) in handed) is not link.idle for link in drawing.links)
