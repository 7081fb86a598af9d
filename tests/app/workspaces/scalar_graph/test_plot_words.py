"""The plot says where one stands, in names and words that the graph and the panel use."""

from __future__ import annotations

import pytest

from app.kit.drawing.marks import Formula
from app.kit.formula.boxes import lay_out, typeset
from app.kit.formula.trees import markup_of_name
from app.kit.formula.view import MathLabel
from app.kit.plain_maths import plain_text
from app.workspaces.scalar_graph import plot as curve_card
from app.workspaces.scalar_graph.computation import ValueOf
from app.workspaces.scalar_graph.explanations.rule import rule_box
from app.workspaces.scalar_graph.names import expression_text, name_text
from engine.autodiff import text_of
from engine.autodiff.graph import in_labels
from engine.problems import Problem
from tests.app.kit.background_rig import Faults, put_hook
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
LEAST_SIZE = 14.0


def test_the_heading_says_where_one_stands(bench: Bench) -> None:
    dock = bench.page.widget.dock
    bench.open_plot()
    assert dock is not None
    bench.act("graph_begin")
    bench.qtbot.waitUntil(lambda: plain_text(dock.curve.point.text) == "x = 2")
    bench.act("graph_end")
    bench.qtbot.waitUntil(lambda: plain_text(dock.curve.point.text) == "x = 2, y = 0.880797")


def test_a_name_is_written_as_in_the_graph(bench: Bench) -> None:
    assert name_text("w4_1_1") == "w₄\u202f₁\u202f₁"
    assert name_text("w12") == plain_text(markup_of_name("w12")) == "w₁₂"
    bench.type("w4_1_1^2")
    dock, right = bench.page.widget.dock, bench.page.widget.right
    bench.open_plot()
    assert dock is not None and right is not None
    right.show_card("nudge")
    bench.qtbot.waitUntil(lambda: r"w_{4\,1\,1}" in dock.curve.title.text)
    part = right.nudge.view.drawing.part(ValueOf("w4_1_1"))
    assert part is not None and part.spoken.startswith("w₄\u202f₁\u202f₁: 1 → 1.001")
    assert "w₄\u202f₁\u202f₁ = 1" in dock.curve.plot.accessibleDescription()
    slope = bench.page.bar.slope
    assert slope.caption.text == r"\partial y/\partial w_{4\,1\,1}"
    assert slope.caption.sizeHint().width() <= slope.width()


def test_a_caption_has_the_room_of_a_long_name(bench: Bench) -> None:
    bench.type("learning_rate^2")
    slope = bench.page.bar.slope
    assert plain_text(slope.caption.text) == "∂y/∂learning_rate"
    assert slope.caption.sizeHint().width() <= slope.width()
    bench.type("a_name_that_goes_on_and_on^2")
    assert plain_text(slope.caption.text) == "∂y/∂a_name_that_g…"


def test_a_name_with_several_indices_can_be_read_wherever_it_stands(bench: Bench) -> None:
    """Its figures are as high as those of a text of ten pixels, and it is not squeezed."""
    bench.page.host.window().resize(1280, 800)
    bench.type("t = w4_1_1*x1 + w4_1_2*x2\ntanh(t)")
    bench.model.choose(frozenset({"w4_1_1"}))
    bench.act("graph_end")
    dock, right, stage = bench.page.widget.dock, bench.page.widget.right, bench.page.widget.stage
    bench.open_plot()
    assert dock is not None and right is not None
    bench.qtbot.waitUntil(lambda: r"w_{4\,1\,1}" in dock.curve.title.text)
    dock.tabs.open_tab(3)
    right.show_card("nudge")
    maths = [mark for mark in right.nudge.view.drawing.marks if isinstance(mark, Formula)]
    said = [mark for mark in maths if r"w_{4\,1\,1}" in str(mark.maths)]
    assert len(said) == 3 and all(mark.size >= LEAST_SIZE for mark in said)
    assert all(typeset(str(mark.maths), mark.size).width <= mark.widest for mark in said)
    for label in (bench.page.bar.slope.caption, dock.curve.title):
        assert isinstance(label, MathLabel) and r"w_{4\,1\,1}" in label.text
        assert label._size >= LEAST_SIZE
        bench.qtbot.waitUntil(lambda label=label: label.width() >= label.sizeHint().width())  # type: ignore[misc]
    assert stage.header.formula.laid_out.size >= LEAST_SIZE
    bench.qtbot.waitUntil(lambda: stage.header.formula.width() >= stage.header.formula.sizeHint().width())


def test_what_cannot_be_measured_is_said_in_the_same_words(bench: Bench) -> None:
    bench.type("1/(x - 2)")
    dock, right = bench.page.widget.dock, bench.page.widget.right
    bench.open_plot()
    assert dock is not None and right is not None
    right.show_card("nudge")
    bench.act("graph_middle")
    said = right.nudge.numbers.slopes[0].text
    assert said == "not measurable"
    bench.qtbot.waitUntil(lambda: said in dock.curve.note.full_text)
    assert "NaN" not in dock.curve.note.full_text


def test_a_curve_that_cannot_be_worked_out_is_said_and_the_former_one_goes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    dock = bench.page.widget.dock
    bench.open_plot()
    assert dock is not None
    card = dock.curve
    bench.qtbot.waitUntil(lambda: card.curve is not None)
    faults = Faults(curve_card.run_of)
    monkeypatch.setattr(curve_card, "run_of", faults)
    hook = put_hook(monkeypatch)
    faults.errors = [MemoryError("no room")]
    bench.model.set_input("x", 0.75)
    bench.qtbot.waitUntil(lambda: card.curve is None)
    said = card.note.full_text
    assert "couldn't be computed" in said and "enough memory" in said
    assert card.note.accessibleName() in ("", said)
    bench.model.set_input("x", 0.5)
    bench.qtbot.waitUntil(lambda: card.curve is not None)
    assert "couldn't" not in card.note.full_text
    assert [type(error) for error in hook.errors] == [MemoryError]


def test_a_constant_in_a_rule_is_a_number_with_a_minus(bench: Bench) -> None:
    bench.type("1/(1 + exp(-2*x))")
    worked = bench.model.worked
    assert worked is not None
    index = worked.graph.labels.index("v1")
    node = worked.graph.nodes[index]
    assert node.rule is not None and text_of(in_labels(worked.graph, index, node.rule.formula)) == "-2*x"
    said = lay_out(rule_box(worked.graph, index, slopes=True), 16.0).plain
    assert "−2" in said and "-" not in said


def test_a_sentence_names_nodes_as_the_graph_does(bench: Bench) -> None:
    """A faulty slope was told of v1 beside a drawing that says v₁; a number such as 1e5 has no index."""
    bench.type("sqrt(w1_2^3)")
    bench.model.set_input("w1_2", 0.0)
    bench.act("graph_end")
    worked = bench.model.worked
    assert worked is not None
    said = " ".join(worked.hollow.values())
    assert "v₁" in said and "v1" not in said
    assert expression_text("max(v1, 1e5*w1_2)") == "max(v₁, 1e5*w₁\u202f₂)"
    bench.type("t1 = u*w; s1 = sin(t1); t1*s1")
    told: list[Problem] = []
    bench.model.complained.connect(told.append)
    bench.model.collapse(frozenset(bench.key_of(label) for label in ("t1", "s1")), "both")
    assert "t₁ and s₁" in told[0].sentence
