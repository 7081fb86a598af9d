"""The heading over the canvas: a fault's sentence is there to its last word, however many lines it takes."""

from __future__ import annotations

import pytest

from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
FAULT = ExpressionSheet(
    text="the_very_first_part = w*x + b\ny = log(the_very_first_part) * 1/(x - 2) + exp(w)/(1 + exp(-x)) + 5",
    inputs={"w": -1.0, "x": 2.0, "b": 1.0},
)


def test_a_long_sentence_is_shown_whole_and_the_drawing_begins_below_it(bench: Bench) -> None:
    stage = bench.page.widget.stage
    header = stage.header
    usual = header.height()
    bench.load("", FAULT)
    bench.act("graph_end")
    stage.window().resize(1280, 800)
    bench.qtbot.waitUntil(lambda: header.now.isVisible() and header.now.heightForWidth(header.now.width()) > 60)
    bench.qtbot.waitUntil(lambda: header.now.height() >= header.now.heightForWidth(header.now.width()))
    assert header.now.geometry().bottom() < header.height() and header.height() > usual
    assert stage.canvas.viewport.area.top() >= header.height()
    bench.desk.set_input("x", 3.0)
    bench.desk.set_input("w", 1.0)
    bench.qtbot.waitUntil(lambda: not bench.desk.sight.faulty)
    bench.qtbot.waitUntil(lambda: header.height() == max(usual, header.formula.sizeHint().height() + 12))


def test_the_heading_of_a_window_that_was_small_is_no_higher(bench: Bench) -> None:
    window, header = bench.page.widget.window(), bench.page.widget.stage.header
    bench.edit.insertPlainText(",")
    high = header.height()
    for width, height in ((960, 600), (1440, 900)):
        window.resize(width, height)
        bench.qtbot.waitUntil(lambda width=width: window.width() == width)  # type: ignore[misc]
    bench.qtbot.waitUntil(lambda: not header.now.isHidden())
    bench.qtbot.waitUntil(lambda: header.height() == high)
