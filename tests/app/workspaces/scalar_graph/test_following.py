"""A graph too large to be read whole opens where it can be read, and the view follows the pass."""

from __future__ import annotations

from app.workspaces.scalar_graph.canvas.nodes import WHOLE_FROM
from app.workspaces.scalar_graph.canvas.painter import NUMBERS_FROM
from app.workspaces.scalar_graph.examples import EXAMPLES
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

NEURON = "z = " + " + ".join(f"w{i}*x{i}" for i in range(1, 17)) + " + b\nz*sigmoid(z)"


def in_sight(bench: Bench) -> bool:
    current = bench.desk.sight.current
    assert current is not None
    viewport = bench.canvas.viewport
    box = viewport.camera.rect_to_view(bench.canvas.shown.drawing.knots[current].box)
    return viewport.area.adjusted(-1, -1, 1, 1).contains(box)


def test_a_neuron_with_sixteen_inputs_opens_legibly_at_its_end(bench: Bench) -> None:
    bench.page.document.load("neuron", ExpressionSheet(text=NEURON))
    viewport = bench.canvas.viewport
    assert viewport.camera.scale >= WHOLE_FROM
    assert in_sight(bench)
    bench.act("graph_fit")
    assert viewport.camera.scale < WHOLE_FROM and viewport.shows_all


def test_the_view_follows_each_step_clear_of_the_cards(bench: Bench) -> None:
    bench.page.document.load("neuron", ExpressionSheet(text=NEURON))
    bench.act("graph_begin")
    for _ in range(bench.desk.playback.length - 1):
        bench.act("graph_step")
        assert in_sight(bench), bench.desk.sight.step
        assert bench.canvas.viewport.camera.scale >= NUMBERS_FROM


def test_who_asked_for_the_whole_keeps_it_while_it_plays(bench: Bench) -> None:
    bench.page.document.load("neuron", ExpressionSheet(text=NEURON))
    bench.act("graph_fit")
    scale = bench.canvas.viewport.camera.scale
    bench.act("graph_step")
    bench.act("graph_step")
    assert bench.canvas.viewport.camera.scale == scale


def test_small_graphs_are_shown_whole_and_stay_so(bench: Bench) -> None:
    for example in EXAMPLES:
        bench.page.open_example(example)
        if len(bench.canvas.shown.drawing.knots) < 12:
            bench.act("graph_step")
            assert bench.canvas.viewport.shows_all, example.key
