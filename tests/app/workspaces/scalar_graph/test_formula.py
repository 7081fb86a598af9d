"""The formula over the canvas has all definitions while there is room, and never claims more than it shows."""

from __future__ import annotations

import math

import pytest

from app.kit.formula.boxes import LaidOut, lay_out
from app.workspaces.scalar_graph.computation import compute
from app.workspaces.scalar_graph.field import AT_REST, PADDING, ROOM
from app.workspaces.scalar_graph.stage import TALLEST, USUAL, formula_of
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window

LOSS = "h = tanh(w*x+b)\n(v*h+c - t)^2"
NAMES = ("start", "first", "second", "third", "fourth", "fifth", "sixth")
CHAIN = (
    "\n".join(f"{NAMES[n]} = sigmoid(weight_{n}*{NAMES[n - 1]} + offset_{n})" for n in range(1, len(NAMES)))
    + "\n(sixth - t)^2"
)


def defines(laid: LaidOut, name: str) -> bool:
    """Whether a formula says what a name stands for."""
    return f"{name}=" in laid.plain.replace(" ", "")


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
@pytest.mark.parametrize("text", [LOSS, "t = x + y; t^2", "s = a*b\nt = s*s\nt + s", "u = x/(1 + x)\nexp(u)*u"])
def test_every_definition_is_there_and_every_step_has_its_mark(bench: Bench, size: tuple[int, int], text: str) -> None:
    bench.page.widget.window().resize(*size)
    bench.load("", ExpressionSheet(text=text))
    header, worked = bench.page.widget.stage.header, bench.model.worked
    assert worked is not None
    bench.qtbot.waitUntil(lambda: header.width() == bench.page.widget.stage.width())
    said = header.formula.laid_out.plain.replace(" ", "")
    for definition in worked.shape.program.definitions:
        assert f"{definition.name}=" in said
    for step in range(1, worked.middle + 1):
        bench.model.playback.go(step)
        node = worked.graph.nodes[worked.shape.schedule.steps[step - 1].node]
        assert node.key in header.formula.lit and header.formula.laid_out.boxes_of(node.key)
    bench.qtbot.waitUntil(lambda: header.formula.laid_out.width <= header.formula.width())
    assert header.formula.height() <= header.height()


def test_definitions_stand_before_what_is_made_of_them(qapp: object) -> None:
    found = formula_of(compute(ExpressionSheet(text="h=tanh(w*x+b)\ne=v*h+c-t\ne^2"), None), 460.0)
    assert found is not None
    plain = lay_out(found.box, found.size).plain.replace(" ", "")
    assert 0 <= plain.index("h=") < plain.index("e=") < plain.index("y=")


def test_a_text_of_many_lines_leaves_the_drawing_the_room_while_nobody_types_in_it(bench: Bench) -> None:
    edit, frame = bench.edit, bench.page.widget
    bench.canvas.setFocus()
    bench.load("", ExpressionSheet(text="t=x*y\nt^2"))
    edit.setFocus()
    assert edit.height() == 2 * edit.fontMetrics().lineSpacing() + ROOM
    bench.canvas.setFocus()
    bench.rest()
    assert edit.verticalScrollBar().value() == 0 and edit.firstVisibleBlock().blockNumber() == 0
    bench.load("", ExpressionSheet(text=CHAIN))
    high = frame.ground.height()
    line = edit.fontMetrics().lineSpacing()
    assert edit.height() == AT_REST * line + PADDING and edit.firstVisibleBlock().blockNumber() == 0
    assert frame.stage.header.formula.laid_out.height <= USUAL
    edit.setFocus()
    assert edit.height() == (len(NAMES)) * line + ROOM
    bench.canvas.setFocus()
    bench.qtbot.waitUntil(lambda: frame.ground.height() == high)
    assert edit.height() == AT_REST * line + PADDING and edit.firstVisibleBlock().blockNumber() == 0


def test_what_there_is_no_room_for_is_said(bench: Bench) -> None:
    bench.load("", ExpressionSheet(text=CHAIN))
    header, worked = bench.page.widget.stage.header, bench.model.worked
    assert worked is not None
    said = header.formula.laid_out.plain
    laid = header.formula.laid_out
    missing = [one.name for one in worked.shape.program.definitions if not defines(laid, one.name)]
    assert missing and said.partition("no room here for ")[2] == ", ".join(missing)


def test_the_saved_picture_has_what_there_is_no_room_for_in_the_window(bench: Bench) -> None:
    bench.load("", ExpressionSheet(text=CHAIN))
    stage, worked = bench.page.widget.stage, bench.model.worked
    formula = stage.header.formula_within(stage.canvas.drawn.width())
    assert worked is not None and formula is not None
    assert all(defines(formula, one.name) for one in worked.shape.program.definitions)
    assert stage.whole.width() >= formula.width and stage.whole.height() > formula.height


@pytest.mark.parametrize("widest", [140.0, 200.0, 280.0, 357.0, 460.0])
@pytest.mark.parametrize("text", [LOSS, CHAIN, "t = x + y; t^2", "x", "3"])
def test_it_keeps_to_its_room(qapp: object, widest: float, text: str) -> None:
    worked = compute(ExpressionSheet(text=text), None)
    found = formula_of(worked, widest)
    if found is None:
        return
    laid = lay_out(found.box, found.size)
    assert laid.width <= widest + 0.5 and laid.height <= TALLEST + 0.5
    there = {one.name for one in worked.shape.program.definitions if defines(laid, one.name)}
    assert there.isdisjoint(found.left_out)
    assert there | set(found.left_out) == {one.name for one in worked.shape.program.definitions}
    whole = formula_of(worked, 2000.0, math.inf)
    assert whole is not None and not whole.left_out


@pytest.mark.parametrize(("text", "said"), [("foo", "foo"), ("3", "3"), ("r = foo", "r=foo"), ("x*2", "y=x·2")])
def test_what_is_one_name_alone_is_not_said_to_equal_itself(qapp: object, text: str, said: str) -> None:
    found = formula_of(compute(ExpressionSheet(text=text), None), 400.0)
    assert found is not None and lay_out(found.box, found.size).plain.replace(" ", "") == said
