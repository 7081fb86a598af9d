"""The pill of a group lies on no node and on no number."""

from __future__ import annotations

import pytest

from app.workspaces.scalar_graph.sources import EXAMPLES, ExpressionExample
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
NEURON = ExpressionSheet(
    text="z = w1*x1 + w2*x2 + b\na = 1/(1 + exp(-z))",
    inputs={"w1": 0.648963, "x1": -0.225428, "w2": -0.431524, "x2": 0.944811, "b": 0.1},
)
SIZES = ((1440, 900), (1280, 800), (960, 600))


def covered(bench: Bench) -> int:
    """How many nodes with their numbers lie under pills."""
    canvas, drawing = bench.canvas, bench.canvas.shown.drawing
    boxes = [canvas.viewport.camera.rect_to_view(box) for box in (*(knot.cell for knot in drawing.knots), drawing.exit)]
    return sum(box.intersects(pill) for box in boxes for _, pill in canvas.pills)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_no_pill_lies_on_a_node_or_its_numbers(bench: Bench, example: ExpressionExample) -> None:
    bench.open_example(example)
    for width, height in SIZES:
        bench.page.widget.window().resize(width, height)
        bench.rest()
        assert covered(bench) == 0, (width, height)


def test_the_pill_of_a_neuron_s_logistic_covers_no_number(bench: Bench) -> None:
    bench.load("neuron", NEURON)
    assert bench.canvas.pills
    assert covered(bench) == 0


@pytest.mark.parametrize("size", [(960, 600), (1280, 800)])
def test_in_a_low_window_the_pill_of_the_logistic_covers_no_number(bench: Bench, size: tuple[int, int]) -> None:
    """At 150 % it lay on three gradients."""
    bench.page.widget.window().resize(*size)
    bench.rest(20)
    bench.load("", ExpressionSheet(text="1/(1 + exp(-x))"))
    bench.act("graph_fit")
    assert len(bench.canvas.pills) == 1
    assert covered(bench) == 0
