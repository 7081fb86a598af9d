"""At 150 % on a beamer: the expression is read from its head, and nothing moves from step to step."""

from __future__ import annotations

import pytest

from app.kit.formula.boxes import lay_out
from app.workspaces.scalar_graph.explanations.rule import SIZE as SIZE_OF_LINES
from app.workspaces.scalar_graph.explanations.rule import SMALLEST, backward_rows, held_still
from app.workspaces.scalar_graph.sources import EXAMPLES, ExpressionExample
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
SIZE = (853, 533)
"""1280×800 at 150 %, in pixels of its own."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_the_player_stays_where_it_is_through_the_pass(bench: Bench, example: ExpressionExample) -> None:
    bench.page.host.window().resize(*SIZE)
    bench.open_example(example)
    bench.rest()
    player, places = bench.page.widget.player, set()
    for step in range(bench.model.playback.length + 1):
        bench.model.playback.go(step)
        bench.rest(0)
        places.add((player.mapTo(bench.page.widget, player.rect().topLeft()).y(), player.height()))
    assert len(places) == 1


def test_a_worked_line_that_would_be_too_small_for_the_last_row_is_turned_upright(bench: Bench) -> None:
    bench.page.host.window().resize(*SIZE)
    right = bench.page.widget.right
    assert right is not None
    bench.open_example(next(example for example in EXAMPLES if "tanh" in example.text))
    bench.act("graph_end")
    bench.rest()
    worked, state, index = bench.model.worked, bench.model.state, right.rule.reading.index
    assert worked is not None and index is not None
    rows = [
        lay_out(row, SIZE_OF_LINES)
        for row in backward_rows(worked.graph, index, lambda slot: state.handed.get((index, slot)), (), {})
    ]
    lines = [line.laid_out for line in right.rule.lines if line.isVisible()]
    room = right.rule.lines[0].width()
    assert len(lines) == len(rows) and all(room < SMALLEST * row.width for row in rows)
    for line, row in zip(lines, rows, strict=True):
        assert line.width < 0.8 * row.width, line.plain
        assert sorted(map(str, (part.key for part in line.keyed))) == sorted(map(str, (part.key for part in row.keyed)))
    assert lines[0].plain.startswith("E −0.000498608 arrives; × ")
    bench.page.host.window().resize(1440, 900)
    bench.open_example(next(example for example in EXAMPLES if example.text.startswith("1/(1")))
    bench.act("graph_end")
    bench.rest()
    assert right.rule.lines[0].laid_out.plain.startswith("E × "), "where there is room it is a row"


def test_a_long_expression_is_read_from_its_head_while_nobody_types(bench: Bench) -> None:
    bench.page.host.window().resize(*SIZE)
    edit = bench.edit
    bench.type(" + ".join(f"x{number}^2" for number in range(1, 30)))
    assert edit.horizontalScrollBar().value() > 0, "while one types, the end is in sight"
    bench.canvas.setFocus()
    assert edit.horizontalScrollBar().value() == 0
    bench.rewrite(" + ".join(f"y{number}^2" for number in range(1, 30)))
    assert edit.horizontalScrollBar().value() == 0


def test_a_local_derivative_says_what_it_holds_still(bench: Bench) -> None:
    right = bench.page.widget.right
    assert right is not None
    bench.type("x*exp(x)")
    bench.act("graph_end")
    worked = bench.model.worked
    assert worked is not None
    product = worked.graph.output
    said = "∂y/∂x is local: v₁ depends on x too, but is held fixed here."
    assert held_still(worked.graph, product) == said
    assert right.rule.local.isHidden(), "exp has one operand"
    bench.model.choose(frozenset({worked.graph.nodes[product].key}))
    assert right.rule.local.text() == said
    bench.rewrite("x*exp(y)")
    assert bench.model.worked is not None and not held_still(bench.model.worked.graph, bench.model.worked.graph.output)
