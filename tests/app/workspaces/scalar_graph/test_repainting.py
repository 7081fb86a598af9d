"""Only what has changed is painted again; nothing that has may be left out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.kit import look, theme
from app.shell.main_window import MainWindow
from app.workspaces.scalar_graph.computation import compute
from app.workspaces.scalar_graph.explanations.rule import RuleCard
from app.workspaces.scalar_graph.names import word_of
from engine.autodiff.document import ExpressionSheet
from engine.autodiff.nudge import nudge
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def test_pictures_of_nodes_that_are_kept_while_one_types_are_those_of_the_nodes(bench: Bench) -> None:
    canvas = bench.canvas
    for text in ("x + y*3", "x + y*34", "y + x*34", "sin(x) + y*34", "a = sin(x); a + y*34"):
        bench.type(text)
        shown = canvas.grab().toImage()
        canvas._stamps._kept.clear()
        assert canvas.grab().toImage() == shown, text


def test_colours_and_fonts_that_are_kept_are_nobodys_to_change(bench: Bench) -> None:
    usual = theme.current().name
    try:
        for name in ("dark", "light", "dark"):
            theme.set_theme(name)
            colour = theme.colour("accent")
            assert colour.name() == theme.current().accent
            colour.setAlphaF(0.1)
            assert theme.colour("accent").alphaF() == 1.0
    finally:
        theme.set_theme(usual)
    font = look.tabular(look.font(12))
    font.setPixelSize(40)
    assert look.tabular(look.font(12)).pixelSize() == 12
    other = look.font(13)
    assert look.tabular(other).pixelSize() == 13 and look.tabular(look.font(12)).pixelSize() == 12


def test_the_field_looks_wrong_as_long_as_it_is_and_in_the_theme_in_force(bench: Bench) -> None:
    field, usual = bench.page.widget.field, theme.current().name
    bench.type("x + 1")
    assert theme.current().danger not in field.styleSheet()
    bench.type("x + ")
    assert theme.current().danger in field.styleSheet()
    try:
        theme.set_theme("light" if usual == "dark" else "dark")
        assert theme.current().danger in field.styleSheet()
        bench.type("x + 2")
        assert theme.current().border in field.styleSheet() and theme.current().danger not in field.styleSheet()
    finally:
        theme.set_theme(usual)


def test_the_pictures_of_the_dock_have_two_pixels_to_each_of_its_own_at_least(bench: Bench) -> None:
    dock = bench.page.widget.dock
    assert dock is not None
    bench.act("graph_dock")
    for copier, drawn in ((dock.copier, dock.table), (dock.curve.copier, dock.curve.plot)):
        copier.copy_picture()
        picture = QGuiApplication.clipboard().image()
        assert picture.width() >= 2 * drawn.width() and picture.height() >= 2 * drawn.height()


def test_what_is_shown_of_a_large_graph_comes_with_its_numbers(bench: Bench) -> None:
    bench.load("large", ExpressionSheet(text="+".join(f"x{number}" for number in range(200)), inputs={}))
    bench.qtbot.waitUntil(lambda: bench.model.worked is not None and len(bench.model.worked.graph.variables) == 200)
    model = bench.model
    model.choose(frozenset({"x7"}))
    bench.qtbot.waitUntil(lambda: model.leaf == "x7")
    model.set_nudge(0.25)
    model.set_input("x7", 3.0)
    bench.qtbot.waitUntil(lambda: model.worked is not None and model.worked.inputs["x7"] == 3.0)
    worked = model.worked
    assert worked is not None
    found = model.nudge_of("x7")
    assert found is worked.nudged("x7", 0.25) and found == nudge(worked.graph, worked.inputs, "x7", 0.25)
    assert worked.nudged("x7", 0.5) == nudge(worked.graph, worked.inputs, "x7", 0.5)
    assert worked.nudged("x8", 0.5) == nudge(worked.graph, worked.inputs, "x8", 0.5)
    assert worked.path_to(worked.graph.index["x7"])[-1].parent == worked.graph.index["x7"]


def test_after_a_failure_of_our_own_no_view_keeps_numbers_of_another_text(bench: Bench) -> None:
    bench.type("x*y")
    bench.model.playback.go(bench.model.playback.length)
    bench.model.worked = compute(ExpressionSheet(text="x + 1", inputs={}), None)
    bench.model._fail(None)
    assert bench.model.worked is None and bench.page.widget.dock is not None
    assert bench.page.widget.dock.table.rows.rowCount() == 0
    assert bench.page.bar.result.value.text() == "–"


def test_the_rules_head_follows_node_direction_and_expression(bench: Bench) -> None:
    card = RuleCard(bench.model)
    bench.qtbot.addWidget(card)
    card.resize(700, 150)
    card.show()
    for text in ("exp(x*y)", "log(x*y)"):
        bench.type(text)
        bench.model.playback.go(0)
        for _ in range(bench.model.playback.length):
            bench.model.playback.step()
            fresh = RuleCard(bench.model)
            bench.qtbot.addWidget(fresh)
            fresh.resize(card.size())
            fresh.show()
            shown = [(one.title.text(), one.formula.laid_out.plain, one.key) for one in (card, fresh)]
            assert shown[0] == shown[1]
            fresh.hide()
    before = card.lines[0].laid_out.plain
    bench.model.set_input("x", 1.5)
    assert card.lines[0].laid_out.plain != before


def test_the_point_of_the_curve_is_of_now_while_a_new_curve_is_being_worked_out(bench: Bench) -> None:
    bench.type("x*y")
    assert bench.page.widget.dock is not None
    bench.open_plot()
    card = bench.page.widget.dock.curve
    bench.qtbot.waitUntil(lambda: card.curve is not None and card.curve.name == "x")
    bench.model.playback.go(bench.model.playback.length)
    bench.model.set_input("x", 3.0)  # nobody has come to working out the curve anew
    assert card.curve is not None and card.curve.at == (3.0, 3.0)


def test_while_a_leaf_is_dragged_only_its_numbers_are_told_of(bench: Bench) -> None:
    told: list[str] = []
    for name in ("accepted", "reshaped", "worked_changed", "state_changed"):
        getattr(bench.model, name).connect(lambda name=name: told.append(name))
    bench.model.set_input("x", 1.5)
    assert told == ["worked_changed", "state_changed"]
    told.clear()
    bench.model.rewrite("x + ", "")
    assert told == []
    bench.model.rewrite("x*y", "")
    assert told == ["accepted", "reshaped", "worked_changed", "state_changed"]
    told.clear()
    bench.model.rewrite("x*", "")
    bench.model.rewrite("x*y", "")
    assert told == ["accepted", "worked_changed", "state_changed"]


def test_cards_are_written_when_their_page_comes_into_sight(bench: Bench) -> None:
    """Qt switches a page's updates off while a stack of pages brings it into sight: cards are shown in just that."""
    window = bench.page.widget.window()
    assert isinstance(window, MainWindow)
    right, stack = bench.page.widget.right, window.pages.stack
    assert right is not None
    elsewhere = QWidget()
    stack.addWidget(elsewhere)
    stack.setCurrentWidget(elsewhere)
    bench.model.playback.go(1)
    stack.setCurrentWidget(bench.page.widget)
    assert right.rule.isVisible() and any(line.isVisible() for line in right.rule.lines)
    key = right.rule.key
    assert bench.model.worked is not None and key is not None
    assert word_of(bench.model.worked.graph.nodes[bench.model.worked.graph.index[str(key)]]) in right.rule.title.text()


def test_only_the_card_in_sight_is_written_and_it_says_the_last_value(bench: Bench) -> None:
    right, model = bench.page.widget.right, bench.model
    assert right is not None
    bench.act("graph_end")
    before = right.chain.links
    for value in (1.0, 1.25, 1.5, 1.75):
        model.set_input("x", value)
    assert model.worked is not None and right.chain.links is before
    right.show_card("chain")
    assert right.chain.links[-1].product == model.worked.gradients.of[model.worked.graph.index["x"]]
    right.show_card("nudge")
    assert right.nudge.numbers.moves[0].before == "1.75"


def test_the_curve_in_the_end_is_of_the_last_numbers_of_all_inputs(bench: Bench) -> None:
    dock, model = bench.page.widget.dock, bench.model
    assert dock is not None
    bench.type("x*y")
    bench.act("graph_end")
    model.choose(frozenset({"x"}))
    bench.open_plot()
    card = dock.curve
    for value in (1.0, 1.25, 1.5, 1.75):
        model.set_input("y", value)

    def drawn() -> bool:
        return card.curve is not None and card.curve.name == "x" and card.curve.ys[-1] == 1.75 * card.curve.xs[-1]

    bench.qtbot.waitUntil(drawn)
    assert card.curve is not None and card.curve.slope == 1.75


def test_a_card_that_comes_while_the_window_is_not_painted_is_written(bench: Bench) -> None:
    window = bench.page.widget.window()
    card = RuleCard(bench.model, window)
    window.setUpdatesEnabled(False)
    card.show()
    window.setUpdatesEnabled(True)
    assert card.key is not None and card.title.text() and card.accessibleDescription()
