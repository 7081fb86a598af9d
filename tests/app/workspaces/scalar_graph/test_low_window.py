"""In a window as small as there is one, the graph has room, and nothing lies on it."""

from __future__ import annotations

from itertools import combinations

import pytest

from app.workspaces.scalar_graph.examples import EXAMPLES, ExpressionExample
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window

LEAST = 150
"""Pixels that a graph has at least from top to bottom."""


def resize(bench: Bench, width: int, height: int) -> None:
    window = bench.page.widget.window()
    window.resize(width, height)
    bench.qtbot.waitUntil(lambda: (window.width(), window.height()) == (width, height))
    bench.rest()


def test_the_canvas_keeps_a_least_height_and_the_dock_comes_back(bench: Bench) -> None:
    bench.act("graph_dock")
    bench.rest()
    dock = bench.page.widget.panels["bottom"]
    before = dock.height()
    resize(bench, 960, 600)
    assert bench.canvas.viewport.area.height() >= LEAST
    assert bench.page.widget.stage.header.formula.isHidden()
    assert dock.height() >= dock.minimumSizeHint().height() > 100
    resize(bench, 1440, 900)
    assert dock.height() == before and bench.page.widget.stage.header.formula.isVisible()


def test_the_result_is_in_sight_where_a_graph_is_opened(bench: Bench) -> None:
    resize(bench, 960, 600)
    for example in EXAMPLES:
        bench.open_example(example)
        bench.rest(30)
        viewport = bench.canvas.viewport
        shown = viewport.camera.rect_to_view(bench.canvas.shown.drawing.exit)
        assert viewport.area.contains(shown), example.key


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_pills_lie_on_no_node_and_not_on_one_another(bench: Bench, example: ExpressionExample) -> None:
    resize(bench, 960, 600)
    bench.open_example(example)
    canvas = bench.canvas
    for _ in range(bench.model.playback.length - bench.model.playback.at + 1):
        bench.rest(20)
        chips = [place for _, place in canvas.pills]
        assert not any(one.intersects(other) for one, other in combinations(chips, 2))
        view = canvas.viewport.camera.rect_to_view
        nodes = [*(view(knot.box) for knot in canvas.shown.drawing.knots), view(canvas.shown.drawing.exit)]
        assert not any(chip.intersects(node) for chip in chips for node in nodes), bench.model.state.step
        assert all(canvas.rect().toRectF().contains(chip) for chip in chips)
        bench.act("graph_step")
