"""Where there is no derivative, as at the corner of √(x²), that is told of the function and is no fault."""

from __future__ import annotations

import math

import pytest

from app.workspaces.scalar_graph.names import kink_sentence
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window

CORNER = (
    "sqrt(v₁) has a corner here, as |x| has at 0: slope −1 to the left, 1 to the right along x,"
    " so there is no derivative."
)


def load(bench: Bench, text: str, **inputs: float) -> None:
    value = bench.page.document.value.model_copy(update={"text": text, "inputs": inputs})
    bench.page.document.load("", value)
    bench.act("graph_end")


def test_a_corner_is_told_where_a_kink_of_abs_is(bench: Bench) -> None:
    load(bench, "sqrt(x^2)", x=0.0)
    worked, dock = bench.model.worked, bench.page.widget.dock
    bench.open_plot()
    assert worked is not None and dock is not None
    x = worked.graph.index["x"]
    assert worked.hollow[x] == CORNER
    assert dock.verdict.full_text == CORNER
    assert bench.model.state.gradients[x] is not None and math.isnan(bench.model.state.gradients[x] or 0.0)
    assert x in bench.model.state.hollow  # and all that follows from it is marked as no number
    bench.qtbot.waitUntil(lambda: dock.curve.note.full_text == "kink: slope −1 left, 1 right")
    bench.model.set_input("x", 2.0)
    assert bench.model.worked is not None and not bench.model.worked.hollow
    assert "gradients known" in dock.verdict.full_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sqrt(x^4)", "∞ × 0 along x"),
        ("sqrt(x^2)^2", "no finite slope along v₁"),
        ("sqrt(x^2) - abs(x)", "∞ × 0 along x"),
        ("sqrt(x^2)*0 + x", "no finite slope along v₁"),
        ("sqrt(1 - cos(x)) - abs(x)/sqrt(2)", "∞ × 0 along x"),
        ("sqrt(x)", "no finite slope along x"),
        ("x^x", "no slope along its exponent x"),
        ("x^2/sqrt(x^2)", "divides by 0"),
    ],
)
def test_what_is_no_corner_is_not_told_as_one(bench: Bench, text: str, said: str) -> None:
    load(bench, text, x=0.0)
    dock = bench.page.widget.dock
    assert dock is not None
    assert said in dock.verdict.full_text and "corner" not in dock.verdict.full_text


def test_a_root_of_squares_that_is_squared_again_has_a_derivative(bench: Bench) -> None:
    """x² + y², whose derivative along both is 0 at the origin; its root has a corner there."""
    load(bench, "sqrt(x^2 + y^2)^2", x=0.0, y=0.0)
    worked = bench.model.worked
    assert worked is not None and not worked.corners
    assert "no finite slope along v₃" in worked.hollow[worked.graph.index["x"]]
    load(bench, "sqrt(x^2 + y^2)", x=0.0, y=0.0)
    assert bench.model.worked is not None and set(bench.model.worked.corners) == {
        *bench.model.worked.graph.variables.values()
    }


def test_a_corner_within_a_collapsed_node_is_told_too(bench: Bench) -> None:
    load(bench, "sqrt(x^2) + x", x=1.0)
    bench.model.choose(frozenset({bench.key_of("v1"), bench.key_of("v2")}))
    bench.act("graph_collapse")
    bench.model.set_input("x", 0.0)
    dock = bench.page.widget.dock
    assert dock is not None and "has a corner here" in dock.verdict.full_text


def test_zero_to_the_power_of_zero_is_not_done(bench: Bench) -> None:
    """PyTorch puts 0 for the rule's 1·log(0), and being equal to it proves nothing."""
    load(bench, "x^x*log(1 + y^2) - x/y", x=0.0, y=1.0)
    worked, dock = bench.model.worked, bench.page.widget.dock
    assert worked is not None and dock is not None
    assert worked.graph.index["x"] in bench.model.state.hollow
    assert "no slope along its exponent x" in dock.verdict.full_text
    bench.model.choose(frozenset({bench.key_of("v1")}))
    right = bench.page.widget.right
    assert right is not None
    lines = [line.accessibleName() for line in right.rule.lines]
    assert any("by convention; the rule gives −∞" in line for line in lines)


def test_a_kink_beside_a_jump_is_called_a_kink(bench: Bench) -> None:
    load(bench, "abs(x) + relu(2*x) + sign(x)", x=0.0)
    worked, dock = bench.model.worked, bench.page.widget.dock
    assert worked is not None and dock is not None
    kink = worked.kink_at(worked.graph.index["x"])
    assert kink is not None
    where = "jump at sign(x), kinks at abs(x), relu(v₂)"
    assert kink_sentence(kink) == f"{where[:1].upper()}{where[1:]}: the result jumps, so it has no slope."
    bench.qtbot.waitUntil(lambda: dock.verdict.full_text.endswith(where))
