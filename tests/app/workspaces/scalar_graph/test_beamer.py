"""At 150 % on a beamer: the expression is read from its head, and nothing moves from step to step."""

from __future__ import annotations

import pytest

from app.kit.formula.view import MARGIN
from app.workspaces.scalar_graph.explanations.rule import SMALLEST, held_still
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


def test_worked_lines_can_be_read_from_the_last_row(bench: Bench) -> None:
    """As rows, those of this network were shrunk to 0.6."""
    bench.page.host.window().resize(*SIZE)
    right = bench.page.widget.right
    assert right is not None
    bench.open_example(next(example for example in EXAMPLES if "tanh" in example.text))
    said = []
    for step in range(bench.model.playback.length + 1):
        bench.model.playback.go(step)
        bench.rest(0)
        for line in (line for line in right.rule.lines if line.isVisible()):
            said.append(line.laid_out.plain)
            assert line.width() - 2 * MARGIN >= SMALLEST * line.laid_out.width, said[-1]
    assert "E; arrives −0.000498608; × w₁₁; local derivative 0.9; = ∂L/∂n₁ · ∂n₁/∂x₁; one share −0.000448747" in said
    assert any(plain.startswith("E = ∂L/∂L;") for plain in said), "where there is room it is a row"


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
