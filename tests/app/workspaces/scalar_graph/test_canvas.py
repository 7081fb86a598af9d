"""The graph under the hands: leaves dragged and typed, nodes chosen, groups collapsed, numbers asked about."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from shiboken6 import delete

from app.kit.announce import recorded
from app.kit.formula.boxes import lay_out
from app.kit.widgets.say_beside import BesideNote
from app.workspaces.scalar_graph.computation import GradientOf, MeasuredOf, ShareOf, ValueOf
from app.workspaces.scalar_graph.layout import Sort
from app.workspaces.scalar_graph.sources import EXAMPLES, example_named
from app.workspaces.scalar_graph.table import NodeColumn
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def test_a_leaf_is_dragged_where_it_stands_and_all_follows(bench: Bench) -> None:
    torch = pytest.importorskip("torch")
    steps = bench.page.document.undo_stack.index()
    bench.drag(bench.spot("x"), QPoint(40, 0))
    worked = bench.model.worked
    assert worked is not None
    x = worked.inputs["x"]
    assert x == pytest.approx(2.4)
    assert worked.values.of[worked.graph.output] == pytest.approx(
        torch.sigmoid(torch.tensor(x, dtype=torch.float64)).item(), abs=1e-15
    )
    assert bench.page.document.undo_stack.index() == steps + 1  # the whole drag is one step
    bench.page.document.undo_stack.undo()
    assert bench.model.worked is not None and bench.model.worked.inputs["x"] == 2.0


def test_with_shift_a_drag_is_finer(bench: Bench) -> None:
    bench.drag(bench.spot("x"), QPoint(40, 0), Qt.KeyboardModifier.ShiftModifier)
    assert bench.model.worked is not None
    assert bench.model.worked.inputs["x"] == pytest.approx(2.04)


def test_a_click_on_a_leaf_opens_a_field_to_type(bench: Bench) -> None:
    bench.click(bench.spot("x"))
    editor = bench.page.widget.stage.editor
    assert editor.open
    editor.setText("-0.75")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert bench.model.worked is not None and bench.model.worked.inputs["x"] == -0.75
    assert not editor.open


def test_tab_goes_from_leaf_to_leaf_while_values_are_typed(bench: Bench) -> None:
    bench.type("a*b")
    editor = bench.page.widget.stage.editor
    bench.click(bench.spot("a"))
    for text, key in (("3", Qt.Key.Key_Tab), ("4", Qt.Key.Key_Backtab), ("5", Qt.Key.Key_Return)):
        assert editor.open
        editor.setText(text)
        QTest.keyClick(editor, key)
    assert bench.model.worked is not None and dict(bench.model.worked.inputs) == {"a": 5.0, "b": 4.0}


def test_a_leaf_beyond_the_greatest_input_is_said(bench: Bench) -> None:
    bench.type("a*b")
    bench.click(bench.spot("a"))
    editor = bench.page.widget.stage.editor
    editor.setText("1e308")
    with recorded() as said:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert ("the maximum is 1e300", True) in said
    for note in bench.canvas.window().findChildren(BesideNote):
        delete(note)


def test_a_leaf_that_tab_goes_to_comes_into_sight(bench: Bench) -> None:
    bench.type("a*b")
    editor = bench.page.widget.stage.editor
    bench.click(bench.spot("a"))
    b = next(one for one in bench.canvas.shown.drawing.knots if one.key == "b")
    camera = bench.canvas.viewport.camera
    bench.canvas.viewport.pan(QPointF(0.0, bench.canvas.height() - camera.rect_to_view(b.box).top() + 50.0))
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.open and bench.canvas.rect().contains(editor.geometry())


def test_keys_walk_from_node_to_node_and_nudge_a_leaf(bench: Bench) -> None:
    bench.canvas.setFocus()
    QTest.keyClick(bench.canvas, Qt.Key.Key_Left)
    assert bench.canvas.shown.focus == bench.key_of("y")
    for label in ("v3", "v2", "v1", "x"):
        QTest.keyClick(bench.canvas, Qt.Key.Key_Left)
        assert bench.model.chosen == {bench.key_of(label)}
    QTest.keyClick(bench.canvas, Qt.Key.Key_Plus)
    assert bench.model.worked is not None and bench.model.worked.inputs["x"] == pytest.approx(2.1)
    QTest.keyClick(bench.canvas, Qt.Key.Key_Minus, Qt.KeyboardModifier.ShiftModifier)
    assert bench.model.worked.inputs["x"] == pytest.approx(2.09)


def test_a_frame_chooses_what_it_meets_and_shift_adds(bench: Bench) -> None:
    v1, v2 = bench.spot(bench.key_of("v1")), bench.spot(bench.key_of("v2"))
    bench.drag(v1 - QPoint(32, 45), v2 - v1 + QPoint(64, 80))
    assert bench.model.chosen == {bench.key_of("v1"), bench.key_of("v2")}
    bench.click(bench.spot(bench.key_of("y")), Qt.KeyboardModifier.ShiftModifier)
    assert bench.model.chosen == {bench.key_of(label) for label in ("v1", "v2", "y")}
    bench.click(QPoint(bench.canvas.width() - 20, bench.canvas.height() - 20))
    assert not bench.model.chosen


def test_pointing_at_a_node_lights_formula_and_drawing_and_back(bench: Bench) -> None:
    header, key = bench.page.widget.stage.header, bench.key_of("v2")
    QTest.mouseMove(bench.canvas, bench.spot(key))
    bench.qtbot.waitUntil(lambda: bench.model.pointed == key)
    assert header.formula.lit == {key}
    place = header.formula.boxes_of(bench.key_of("v1"))[0].center().toPoint()
    QTest.mouseMove(header.formula, place)
    bench.qtbot.waitUntil(lambda: bench.model.pointed == bench.key_of("v1"))
    assert bench.canvas.shown.lit == {bench.key_of("v1")}


def test_the_formula_marks_the_node_that_the_card_is_about(bench: Bench) -> None:
    formula, model = bench.page.widget.stage.header.formula, bench.model
    model.playback.go(1)
    at_work = set(formula.lit)
    model.choose(frozenset((bench.key_of("v2"),)))
    assert formula.lit == {bench.key_of("v2")} != at_work
    model.choose(frozenset())
    assert formula.lit == at_work


# Groups ---------------------------------------------------------------------------------------------------------------


def test_the_pill_collapses_the_logistic_and_it_opens_again(bench: Bench) -> None:
    bench.act("graph_end")
    parts = dict(zip(bench.model.worked.graph.labels, bench.model.worked.gradients.of, strict=True))  # type: ignore[union-attr]
    (hull,) = bench.canvas.hulls
    ((pilled, place),) = bench.canvas.pills
    assert pilled == hull
    bench.click(place.center().toPoint())
    worked = bench.model.worked
    assert worked is not None
    assert [node.name for node in worked.graph.nodes if node.is_variable] == ["x"]
    assert len(worked.graph.nodes) == 2
    assert bench.canvas.shown.drawing.knots[worked.graph.output].sort is Sort.COLLAPSED
    assert worked.gradients.of[0] == pytest.approx(parts["x"], abs=1e-12)
    bench.click(bench.spot(worked.graph.nodes[1].key))
    (opening,) = bench.canvas.hulls
    ((pilled, place),) = bench.canvas.pills
    assert pilled == opening
    bench.click(place.center().toPoint())
    assert bench.model.worked is not None and len(bench.model.worked.graph.nodes) == 6
    bench.page.document.undo_stack.undo()
    assert len(bench.model.worked.graph.nodes) == 2


def test_any_selection_collapses_by_key_and_what_cannot_is_said(bench: Bench) -> None:
    bench.model.choose(frozenset({bench.key_of("v1"), bench.key_of("v2")}))
    bench.act("graph_collapse")
    assert bench.model.worked is not None and len(bench.model.worked.graph.nodes) == 5
    bench.act("graph_open")
    assert len(bench.model.worked.graph.nodes) == 6
    bench.type("t = exp(x)\nt*sin(t) + t")
    bench.edit.setPlainText("a = exp(x)\nb = sin(x)\na*b")
    assert bench.model.worked is not None
    bench.model.choose(frozenset({"a", "b"}))
    bench.act("graph_collapse")
    assert bench.page.document.value.collapsed == ()
    assert bench.page.host.messages.text


def test_the_collapsed_version_is_known_as_far_as_its_parts_are(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    right.show_card("collapsed")
    card = right.collapsed
    assert "not yet" in card.accessibleDescription()
    bench.act("graph_end")
    assert "0.104994" in card.accessibleDescription() and "not yet" not in card.accessibleDescription()


# Where a number comes from --------------------------------------------------------------------------------------------


def test_numbers_beneath_a_node_say_where_they_come_from_and_pytorch_checks_them(bench: Bench) -> None:
    bench.rewrite("x*exp(x) + x")
    bench.act("graph_end")
    right, drawing = bench.page.widget.right, bench.canvas.shown.drawing
    assert right is not None
    leaf, inner = drawing.by_key["x"], drawing.by_key[bench.key_of("v1")]
    link = next(one for one in drawing.listed(leaf) if one.target == inner.index)
    assert link.line is not None
    for box, key in (
        (inner.value_box, ValueOf(str(inner.key))),
        (inner.gradient_box, GradientOf(str(inner.key))),
        (leaf.gradient_box, GradientOf("x")),
        (leaf.listed_box(link.line), ShareOf(str(inner.key), link.slot)),
    ):
        bench.click(bench.canvas.to_view(box.center()).toPoint())
        assert right.origin.key == key
    upstream = right.origin.parents[0]
    right.origin.go_on_to(upstream)
    assert {upstream, right.origin.key} == {GradientOf(str(inner.key))}
    bench.qtbot.waitUntil(lambda: right.origin.badge.state == "agrees")


def test_a_click_on_a_number_of_the_table_and_the_action_ask_too(bench: Bench) -> None:
    bench.act("graph_dock")
    dock, right = bench.page.widget.dock, bench.page.widget.right
    assert dock is not None and right is not None
    table = dock.table

    def click(column: NodeColumn, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = table.visualRect(table.rows.index(2, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, at)

    bench.act("graph_middle")
    click(NodeColumn.NODE)  # chooses the row, as before
    assert right.origin.key is None and bench.model.chosen == {bench.key_of("v1")}
    click(NodeColumn.GRADIENT)  # which is not known yet
    click(NodeColumn.VALUE, Qt.KeyboardModifier.ControlModifier)  # chooses several
    assert right.origin.key is None
    click(NodeColumn.VALUE)
    asked = [right.origin.key]
    bench.model.choose(frozenset({bench.key_of("v3")}))
    bench.act("graph_end")
    bench.act("graph_origin")
    assert [*asked, right.origin.key] == [ValueOf(bench.key_of("v1")), GradientOf(bench.key_of("v3"))]


def test_what_is_not_known_yet_is_not_said_by_the_card(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_begin")
    right.explain(GradientOf(bench.key_of("x")))
    fact = right._fact(GradientOf(bench.key_of("x")))
    assert fact is not None and fact.value is None and fact.worked == ""


# Examples -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [example.key for example in EXAMPLES])
def test_each_example_opens_from_the_menu_with_numbers_that_mean_something(bench: Bench, key: str) -> None:
    entries = bench.page.widget.examples.entries
    entries[key].trigger()
    bench.wait()
    worked = bench.model.worked
    assert worked is not None and not bench.model.stale and not worked.faults
    assert [name for name, entry in entries.items() if entry.isChecked()] == [key]
    assert set(worked.inputs) == set(example_named(key).inputs)
    bench.page.document.undo_stack.undo()
    assert entries["logistic"].isChecked()


def test_a_fault_marks_the_node_and_all_after_it(bench: Bench) -> None:
    bench.type("log(x) + 1")
    assert bench.model.worked is not None
    bench.model.set_input("x", -1.0)
    state = bench.model.state
    graph = bench.model.worked.graph
    assert set(state.faulty) >= {graph.index[bench.key_of("v1")], graph.output}
    assert "v₁" in state.faulty[graph.output]
    dock = bench.page.widget.dock
    assert dock is not None and dock.verdict.full_text == state.faulty[min(state.faulty)]


def test_numbers_of_cards_rows_and_the_bar_can_be_asked_about(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_end")
    right.show_card("chain")
    QTest.mouseClick(right.chain.rows, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    asked = [right.origin.key]
    QTest.mouseClick(bench.page.bar.result.value, Qt.MouseButton.LeftButton)
    asked.append(right.origin.key)
    right.show_card("nudge")
    measured = MeasuredOf("x", bench.model.nudge_by)
    for key in (GradientOf("x"), measured, ValueOf("x")):
        right.show_card("nudge")
        box = right.nudge.view.drawing.part(key)
        assert box is not None
        place = QRectF(*box.rect).center().toPoint()
        QTest.mouseClick(right.nudge.view, Qt.MouseButton.LeftButton, pos=place)
        asked.append(right.origin.key)
    right.show_card("rule")
    bench.rest()
    line = right.rule.lines[0]
    place = line.boxes_of(ShareOf(bench.key_of("v1"), 0))[-1].center().toPoint()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=place)
    asked.append(right.origin.key)
    v3, y, v1 = (bench.key_of(label) for label in ("v3", "y", "v1"))
    assert asked == [GradientOf(v3), ValueOf(y), GradientOf("x"), measured, ValueOf("x"), ShareOf(v1, 0)]


def test_a_measured_slope_says_how_it_was_measured(bench: Bench) -> None:
    """Nothing in the Nudge card but the gradient answered a click."""
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_end")
    key = MeasuredOf("x", 0.001)
    fact = right._fact(key)
    after = 1 / (1 + math.exp(-2.001))
    assert fact is not None and fact.value == pytest.approx((after - 1 / (1 + math.exp(-2))) / 0.001, rel=1e-9)
    assert fact.printed == "0.105" and "from 0.880797 to 0.880902" in fact.sentence
    assert lay_out(fact.worked, 14.0).plain == "1.05·10⁻⁴ ÷ 0.001 = 0.105"
    bench.act("graph_begin")
    bench.model.set_asking(True)
    assert right._fact(key) is None, "it would give the gradient away"
