"""The pass, node by node: what is not known yet says so everywhere, what is asked, nudged, checked and copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.kit.announce import recorded
from app.workspaces.scalar_graph import WORKSPACE
from app.workspaces.scalar_graph.computation import ComputationPhase, ValueOf
from app.workspaces.scalar_graph.explanations.slope import MovedNumber
from app.workspaces.scalar_graph.outline import NODES
from app.workspaces.scalar_graph.sources import example_named
from app.workspaces.scalar_graph.table import NodeColumn
from engine import extras
from engine.formats.expression import EXPRESSION
from tests.app.told import everything_told, shown_choices
from tests.app.workspaces.scalar_graph.conftest import Bench
from tests.copied import run_copied

pytestmark = pytest.mark.shares_window

SPACE = Qt.Key.Key_Space


def cells(bench: Bench, column: NodeColumn) -> list[str]:
    dock = bench.page.widget.dock
    assert dock is not None
    return [dock.table.rows.text(row, column) for row in range(dock.table.rows.rowCount())]


def test_at_the_beginning_only_inputs_and_constants_are_known(bench: Bench) -> None:
    bench.act("graph_begin")
    assert cells(bench, NodeColumn.VALUE) == ["1", "2", "not yet", "not yet", "not yet", "not yet"]
    assert cells(bench, NodeColumn.GRADIENT) == ["not needed"] + 5 * ["not yet"]
    assert bench.page.bar.result.value.text() == bench.page.bar.slope.value.text() == "not yet"
    right = bench.page.widget.right
    assert right is not None
    right.show_card("chain")
    assert right is not None
    right.show_card("nudge")
    assert right is not None
    assert all(link.product is None for link in right.chain.links)
    assert right.nudge.numbers.slopes[1].text == "not yet"


def test_steps_go_forward_then_turn_then_back_and_each_is_announced(bench: Bench) -> None:
    bench.act("graph_begin")
    with recorded() as said:
        for _ in range(9):
            bench.act("graph_step")
    assert bench.model.state.complete
    sentences = [text for text, _ in said if text.startswith("Step")]
    assert len(sentences) == 9
    assert "hands −0.104994 to v₁" in sentences[7]
    assert cells(bench, NodeColumn.GRADIENT) == ["not needed", "0.104994", "−0.104994", "−0.775803", "−0.775803", "1"]
    bench.act("graph_back")
    assert cells(bench, NodeColumn.GRADIENT)[1] == "not yet"
    assert bench.model.state.phase is ComputationPhase.BACKWARD


def test_every_product_in_sight_checks_by_hand(bench: Bench) -> None:
    bench.act("graph_end")
    for handed in bench.model.state.handed.values():
        assert handed.product == handed.upstream * handed.local


def test_space_plays_while_the_canvas_has_the_keyboard_and_types_in_the_field(bench: Bench) -> None:
    bench.model.playback.set_speed(100.0)
    bench.act("graph_begin")
    bench.canvas.setFocus()
    QTest.keyClick(bench.canvas, SPACE)
    assert bench.model.playback.playing
    bench.qtbot.waitUntil(lambda: bench.model.state.complete)
    bench.edit.setFocus()
    QTest.keyClick(bench.edit, SPACE)
    assert not bench.model.playback.playing
    assert bench.edit.toPlainText().count(" ") == 3


def test_the_scrubber_goes_to_any_step(bench: Bench) -> None:
    bar = bench.page.widget.player.bar
    QTest.keyClick(bar.scrubber, Qt.Key.Key_Home)
    assert bench.model.state.step == 0
    QTest.keyClick(bar.scrubber, Qt.Key.Key_End)
    assert bench.model.state.complete


def test_gradients_of_a_node_that_fans_out_are_added(bench: Bench) -> None:
    bench.type("x*exp(x) + x")
    assert bench.model.worked is not None
    graph = bench.model.worked.graph
    bench.act("graph_middle")
    x = graph.index["x"]
    seen = []
    while not bench.model.state.complete:
        bench.act("graph_step")
        seen.append(bench.model.state.gradients[x])
    assert seen[:-1] == [None] * (len(seen) - 1)  # a part of the sum is not the gradient
    edges = bench.model.state.handed.items()
    shares = [one.product for (child, slot), one in edges if graph.nodes[child].parents[slot] == x]
    assert len(shares) == 3
    assert seen[-1] == pytest.approx(sum(shares), rel=1e-15)


def test_what_was_known_stays_known_while_a_leaf_is_dragged(bench: Bench) -> None:
    bench.act("graph_end")
    bench.drag(bench.spot("x"), QPoint(25, 0))
    assert bench.model.state.complete
    bench.act("graph_back")
    bench.model.set_input("x", 1.0)
    assert bench.model.state.step == bench.model.state.steps - 1


# PyTorch, finite differences, code, plot ------------------------------------------------------------------------------


@pytest.mark.torch
def test_pytorch_and_finite_differences_are_asked_in_the_background(bench: Bench) -> None:
    bench.act("graph_end")
    bench.qtbot.waitUntil(lambda: bench.page.checks.found is not None)
    assert cells(bench, NodeColumn.CHECK)[1:] == 5 * ["✓ diff 0"]
    assert cells(bench, NodeColumn.DIFFERENCE)[1:] == ["0.104994", "−0.104994", "−0.775803", "−0.775803", "1"]
    dock = bench.page.widget.dock
    assert dock is not None and dock.verdict.full_text == "5 of 5 gradients known, each equal to PyTorch bit for bit"
    bench.model.set_input("x", 1.0)
    assert "not yet checked" in dock.verdict.full_text
    assert cells(bench, NodeColumn.CHECK)[1] == "asking …"


def test_without_pytorch_arithmetic_and_finite_differences_are_asked(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    bench.act("graph_end")
    bench.model.set_input("x", 1.0)
    dock = bench.page.widget.dock
    assert dock is not None and dock.verdict.full_text == "5 of 5 gradients known; not yet checked"
    bench.qtbot.waitUntil(lambda: bench.page.checks.found is not None)
    assert dock.verdict.full_text.startswith("5 of 5 gradients known, at most ")
    assert dock.verdict.full_text.endswith(" from finite differences")
    assert all(text.startswith("✓ diff ") for text in cells(bench, NodeColumn.CHECK)[1:])
    assert dock.table.rows.heading(NodeColumn.CHECK) == "check"
    assert dock.table.rows.table().header[-1] == "checked gradient"


def test_what_nobody_has_an_answer_to_is_not_counted_as_compared(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    bench.type("relu(x) + x")
    bench.model.set_input("x", 0.0)
    bench.act("graph_end")
    bench.qtbot.waitUntil(lambda: bench.page.checks.found is not None)
    checked = bench.page.checks.found
    assert checked is not None
    given = [index for index, live in enumerate(checked.worked.graph.live) if live]
    known = [index for index in given if checked.gradient(index) is not None]
    assert len(known) < len(given), "at its kink, relu has no slope that differences could find"
    assert checked.compared(bench.model.state).gradients == len(known)


def test_the_code_does_the_same_in_pytorch(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    dock = bench.page.widget.dock
    assert dock is not None
    dock.tabs.open_tab(2)
    bench.qtbot.waitUntil(lambda: "torch" in dock.code.lines.toPlainText())
    dock.code.copy.click()
    code = QGuiApplication.clipboard().text()
    run_copied(code)
    assert bench.model.worked is not None
    printed = [float(line) for line in capsys.readouterr().out.split()]
    ours = [gradient for gradient in bench.model.worked.gradients.of if gradient is not None]
    assert printed == pytest.approx(ours, abs=1e-15)


def test_the_point_is_dragged_along_the_plot_and_the_tangent_waits_for_the_pass(bench: Bench) -> None:
    dock = bench.page.widget.dock
    bench.open_plot()
    assert dock is not None
    card = dock.curve
    bench.qtbot.waitUntil(lambda: card.curve is not None)
    assert card.curve is not None and card.curve.slope is None
    assert card.curve.measured == pytest.approx(0.105, abs=1e-3)
    plot = card.plot
    middle = QPoint(plot.width() // 2, plot.height() // 2)
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=middle)
    assert bench.model.worked is not None and bench.model.worked.inputs["x"] != 2.0
    bench.act("graph_end")
    bench.qtbot.waitUntil(lambda: card.curve is not None and card.curve.slope is not None)


def test_a_nudge_measures_what_the_gradient_says(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_nudge")
    assert QApplication.focusWidget() is right.nudge.by.number
    right.nudge.by.number.nudge(1.0)
    bench.qtbot.waitUntil(lambda: bench.model.nudge_by == pytest.approx(0.002))
    assert right.nudge.numbers.moves[0].change == "+0.002"
    measured = bench.model.measured("x")
    bench.act("graph_end")
    gradient = bench.model.state.gradients[bench.model.worked.graph.index["x"]]  # type: ignore[union-attr]
    assert measured == pytest.approx(gradient, rel=2e-3)
    assert right.nudge.numbers.slopes[1].text == "0.104994"


# Predict, then reveal -------------------------------------------------------------------------------------------------


def test_a_guess_is_asked_for_before_each_gradient_and_takes_the_step(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_middle")
    bench.act("graph_predict")
    assert not right.guess.isHidden()
    bench.act("graph_step")  # the seed
    assert shown_choices(right.guess)
    at = bench.model.state.step
    right.guess.choose("-")
    assert bench.model.state.step == at + 1
    assert right.asking.guesses.score.right == 1
    assert not right.asking.guesses.open  # what was answered is still in sight
    bench.act("graph_step")
    assert right.asking.guesses.open and bench.model.state.step == at + 1
    bench.act("graph_step")
    assert bench.model.state.step == at + 1 and "Guess first" in right.guess._verdict.text()
    right.guess.revealed.emit()
    assert bench.model.state.step == at + 2


def test_after_an_answer_enter_or_its_button_lead_to_the_next_question(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_begin")
    bench.act("graph_predict")
    onwards = right.guess.findChild(QPushButton, "guess_next")
    assert onwards is not None and onwards.isVisible() and onwards.text() == "Next question"
    QTest.mouseClick(onwards, Qt.MouseButton.LeftButton)
    assert right.asking.guesses.open and onwards.isHidden()
    at = bench.model.state.step
    right.guess.setFocus()
    QTest.keyClicks(right.guess, "-")
    assert bench.model.state.step == at + 1 and onwards.isVisible()
    bench.qtbot.waitUntil(right.guess.hasFocus)
    QTest.keyClick(right.guess, Qt.Key.Key_Return)
    assert right.asking.guesses.open and onwards.isHidden() and bench.model.state.step == at + 1
    while not bench.model.state.complete:
        right.guess.revealed.emit()
        QTest.keyClick(right.guess, Qt.Key.Key_Return)
    assert onwards.isHidden()


def test_a_question_is_announced_only_where_one_comes(bench: Bench) -> None:
    right, worked = bench.page.widget.right, bench.model.worked
    assert right is not None and worked is not None
    onwards = right.guess.findChild(QPushButton, "guess_next")
    assert onwards is not None
    bench.act("graph_end")
    bench.model.playback.go(worked.middle + 2)
    bench.act("graph_predict")
    for at in range(worked.middle + 2, worked.steps):
        assert bench.model.state.step == at and not right.asking.guesses.open
        assert right.guess.text.startswith("Nothing more is asked") and onwards.text() == "Go on"
        bench.act("graph_step")
    bench.model.playback.go(worked.middle)
    assert "first question" in right.guess.text and onwards.text() == "Next question"


def test_the_end_is_the_next_question_and_counts_nothing(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_begin")
    bench.act("graph_predict")
    worked = bench.model.worked
    assert worked is not None
    bench.act("graph_end")
    assert right.asking.guesses.open and bench.model.state.step == worked.middle + 1
    bench.act("graph_end")
    assert bench.model.state.step == worked.middle + 1 and "Guess first" in right.guess._verdict.text()
    right.guess.revealed.emit()
    bench.act("graph_end")
    assert right.asking.guesses.open and right.asking.guesses.score.asked == 0


def test_what_is_measured_waits_for_the_guess_even_where_nothing_is_asked(bench: Bench) -> None:
    right, dock = bench.page.widget.right, bench.page.widget.dock
    bench.open_plot()
    assert right is not None
    right.show_card("nudge")
    assert right is not None and dock is not None
    bench.act("graph_middle")
    bench.qtbot.waitUntil(lambda: "measured" in dock.curve.note.full_text)
    bench.act("graph_predict")
    assert not right.asking.guesses.open  # the seed comes next, which nobody is asked about
    assert right.nudge.numbers.slopes[0].text == "after your guess" and not right.nudge.numbers.moves
    assert "measured" not in dock.curve.note.full_text
    while not bench.model.state.complete:
        bench.act("graph_end")
        right.guess.revealed.emit()
    assert right.nudge.numbers.slopes[0].text == "0.105" and right.nudge.numbers.moves


def test_before_the_result_is_reached_nothing_of_it_is_told(bench: Bench) -> None:
    right, dock = bench.page.widget.right, bench.page.widget.dock
    assert right is not None
    right.show_card("nudge")
    assert right is not None and dock is not None
    bench.act("graph_begin")
    assert right.nudge.numbers.moves[1] == MovedNumber(ValueOf(bench.key_of("y")), "y", "not yet")
    assert right.nudge.numbers.slopes[0].text == "not yet"
    bench.act("graph_middle")
    assert right.nudge.numbers.moves[1].before == "0.880797"


def test_going_on_without_a_guess_counts_nothing_and_playing_waits(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_middle")
    bench.act("graph_predict")
    bench.act("graph_step")
    right.guess.revealed.emit()
    bench.act("graph_step")
    assert right.asking.guesses.score.asked == 0
    bench.model.set_input("x", 1.5)
    bench.act("graph_middle")
    bench.model.playback.set_speed(100.0)
    bench.act("graph_play")
    bench.qtbot.waitUntil(lambda: not bench.model.playback.playing)
    assert not bench.model.state.complete and right.asking.guesses.open


def test_a_gradient_that_is_asked_for_stands_nowhere_else(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.act("graph_outline")
    bench.act("graph_middle")
    bench.act("graph_predict")
    asked, known = [], {"1"}
    while not bench.model.state.complete:
        bench.act("graph_step")
        question = right.asking.guesses.question
        if question is None or not right.asking.guesses.open:
            continue
        size = question.shown.lstrip("−")
        if size not in known:  # else it is the same size as one that is in sight already
            asked.append(size)
            assert size not in everything_told(bench.page.widget.window())
        right.asking.guesses.give_up()
        assert size in everything_told(bench.page.widget.window())
        known.add(size)
    assert asked == ["0.775803", "0.104994"]


# Outline and files ----------------------------------------------------------------------------------------------------


def test_the_outline_is_in_step_and_its_numbers_can_be_typed_over(bench: Bench) -> None:
    bench.act("graph_outline")
    outline = bench.page.widget.outline
    assert outline is not None and outline.isVisible()
    model = outline.tree.outline
    nodes = model.index_of(NODES)
    assert model.rowCount(nodes) == 4
    spoken = [model.data(model.index(row, 0, nodes), Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert all("not yet" in text for text in spoken)
    bench.act("graph_end")
    spoken = [model.data(model.index(row, 0, nodes), Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert "gradient −0.104994" in spoken[0]
    outline.tree.number_edited.emit("x", 0.5)
    assert bench.model.worked is not None and bench.model.worked.inputs["x"] == 0.5
    outline.tree.chosen.emit(bench.key_of("v2"))
    assert bench.model.chosen == {bench.key_of("v2")}
    bench.act("graph_outline")
    assert not outline.isVisible()


def test_an_expression_is_saved_with_its_inputs_and_groups_and_opens_again(bench: Bench, tmp_path: Path) -> None:
    bench.model.set_input("x", -1.25)
    bench.act("graph_collapse")
    path = tmp_path / "logistic.loom"
    bench.page.document.save(path)
    assert WORKSPACE.reads(path) and not bench.page.document.unsaved
    kept = bench.page.document.value
    bench.type("x*y")
    assert bench.page.open_file(path) == ()
    assert bench.page.document.value == kept
    assert bench.model.worked is not None and len(bench.model.worked.graph.nodes) == 2
    assert bench.page.document.path == path


def test_every_action_has_a_key_and_a_tip(bench: Bench) -> None:
    for name, action in bench.page.actions:
        assert action.shortcuts(), name
        assert action.toolTip() != action.text(), name


def test_what_has_no_moment_of_its_own_opens_at_the_turn_and_says_so(bench: Bench, tmp_path: Path) -> None:
    def told() -> tuple[int, bool]:
        return bench.model.state.step, "at the turn" in bench.page.widget.player.sentence.plain

    bench.open_example(example_named("square"))
    worked = bench.model.worked
    assert worked is not None and told() == (worked.middle, True)
    bench.act("graph_end")
    assert told() == (worked.steps, False)
    bench.page.document.save(tmp_path / "a.loom")
    bench.page.open_file(tmp_path / "a.loom")
    assert told() == (worked.steps, False), "a file opens where it was saved"
    EXPRESSION.write(tmp_path / "b.loom", "", bench.page.document.value)
    bench.page.open_file(tmp_path / "b.loom")
    assert told() == (worked.middle, True), "and at the turn where it says nothing of that"
