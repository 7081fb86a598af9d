"""In a window as small as there is one, the graph has room, and nothing lies on it."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter

from app.shell.main_window import MainWindow
from app.workspaces.scalar_graph.sources import EXAMPLES, ExpressionExample
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


def test_the_whole_curve_is_seen_and_the_dock_can_be_dragged_where_everything_is_large(bench: Bench) -> None:
    """As in a window of 1280 × 800 pixels at 150 %."""
    bench.page.widget.window().setMinimumSize(853, 533)
    resize(bench, 853, 533)
    panel, dock = bench.page.widget.panels["bottom"], bench.page.widget.dock
    assert dock is not None
    closed = panel.height()
    assert closed <= 42, "of its own pixels: 62 of the screen's"
    bench.open_plot()
    bench.rest()
    splitter, plot = panel.parentWidget(), dock.curve.plot
    assert isinstance(splitter, QSplitter)
    handle, opened = splitter.handle(1), panel.height()
    for by in (-15, -15, 60):
        middle, before = handle.rect().center(), panel.height()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseMove(handle, middle + QPoint(0, by))
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center())
        bench.rest()
        assert abs(panel.height() - max(before - by, opened)) < 5
        assert plot.visibleRegion().boundingRect().height() == plot.height() >= 60
    bench.act("graph_dock")
    bench.rest()
    assert panel.height() == closed


def test_the_title_has_the_room_there_is_and_the_legend_is_whole_or_away(bench: Bench) -> None:
    window = bench.page.widget.window()
    window.setMinimumSize(853, 533)
    resize(bench, 960, 600)
    assert isinstance(window, MainWindow)
    legends = set()
    for example in EXAMPLES:
        bench.open_example(example)
        bench.rest(30)
        title, legend = window.top_bar.title, bench.page.widget.stage.header.caption
        assert title.text() == bench.page.document.title
        assert bench.page.bar.slope.geometry().right() < bench.page.bar.width()
        assert legend.text() in legend._texts
        legends.add(legend.text())
    assert len(legends) >= 2
