"""The right column at its narrowest: whatever the numbers and names are, nothing of it is cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSplitter

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Text, text_width
from app.workspaces.scalar_graph.explanations.slope import draw_nudge
from app.workspaces.scalar_graph.field import ExpressionField
from app.workspaces.scalar_graph.page import RIGHT_LEAST, sheet_of
from app.workspaces.scalar_graph.sources import example_named
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
LONG = ExpressionSheet(
    text="longest_result_of_all = the_first_hidden_weight^3 * 1e-7 * x",
    inputs={"the_first_hidden_weight": -1.234567, "x": 0.0333333},
)


def _narrow(bench: Bench) -> None:
    """Give the right column as little as the splitter allows."""
    right = bench.page.widget.panels["right"]
    halves = right.parentWidget()
    assert isinstance(halves, QSplitter)
    halves.setSizes([2000, RIGHT_LEAST])
    bench.qtbot.waitUntil(lambda: right.width() == RIGHT_LEAST)


@pytest.mark.parametrize("asking", [False, True])
@pytest.mark.parametrize("sheet", [sheet_of(example_named("network")), LONG])
def test_the_right_column_is_never_wider_than_its_panel(bench: Bench, sheet: ExpressionSheet, *, asking: bool) -> None:
    bench.load("", sheet)
    _narrow(bench)
    column = bench.page.widget.right
    assert column is not None and bench.model.worked is not None
    bench.page.actions["graph_predict"].setChecked(asking)
    body = column.widget()
    assert body is not None
    steps = ("graph_begin", "graph_middle", "graph_step", "graph_end")
    for name, card in ((name, card) for name in steps for card in column.cards):
        bench.act(name)
        column.show_card(card)
        for leaf in list(bench.model.worked.graph.variables)[-2:]:
            bench.model.choose(frozenset({leaf}))
            bench.qtbot.waitUntil(lambda: body.width() == column.viewport().width() <= RIGHT_LEAST)


def test_a_slope_is_written_as_large_as_it_goes_into_its_box(bench: Bench) -> None:
    bench.load("", sheet_of(example_named("network")))
    bench.act("graph_end")
    _narrow(bench)
    column = bench.page.widget.right
    assert column is not None
    column.show_card("nudge")
    numbers, width = column.nudge.numbers, column.nudge.view.width()
    texts = [mark for mark in draw_nudge(numbers, Frame(width, 300)).marks if isinstance(mark, Text)]
    assert all(next(mark for mark in texts if mark.text == slope.text).shrink for slope in numbers.slopes)
    for move in numbers.moves:
        words = (move.before, move.after, move.change)
        before, after, change = (next(mark for mark in texts if mark.text == text) for text in words)
        assert before.rect[0] + text_width(before.text, before.size) <= after.rect[0]
        assert after.rect[0] + text_width(after.text, after.size) <= width
        assert change.rect[1] > after.rect[1], "there is no room beside it"


def test_what_was_counted_gives_way_to_the_expression(bench: Bench) -> None:
    """At 150 % of 1280 × 800 "[1, 0, 0])" lay under "✓ 20 nodes, 3 leaves"."""
    field = ExpressionField()
    bench.qtbot.addWidget(field)
    field.resize(800, 40)
    field.edit.show_text("cross_entropy([z1, z2, z3], [1, 0, 0])")
    field.show()
    field.say_found("20 nodes, 3 leaves", "y")
    assert field.found.text() == "✓ 20 nodes, 3 leaves"
    text = field.edit.fontMetrics().horizontalAdvance(field.edit.toPlainText())
    field.resize(text + 130, 40)
    bench.qtbot.waitUntil(lambda: field.edit.viewport().width() >= text)
    assert field.found.text() == "✓" and field.found.toolTip() == "20 nodes, 3 leaves"
    field.resize(800, 40)
    assert field.found.text() == "✓ 20 nodes, 3 leaves"
