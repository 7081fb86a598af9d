"""While one steps through a graph, the view stays where it is, and a number reads as it did."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject

from app.workspaces.scalar_graph.names import gradient_text, value_text
from app.workspaces.scalar_graph.sources import EXAMPLES, example_named
from checks.bench.expressions import NETWORK
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


class LayoutRequests(QObject):
    """How often a window was asked to lay itself out."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.mark.parametrize("key", [example.key for example in EXAMPLES])
def test_the_view_stays_where_it_is_through_the_pass(bench: Bench, key: str) -> None:
    bench.open_example(example_named(key))
    bench.act("graph_begin")
    bench.rest()  # the field has taken its lines
    camera, scales = bench.canvas.viewport.camera, set[tuple[float, float, float]]()
    for _ in range(bench.model.playback.length):
        bench.act("graph_step")
        bench.rest(20)
        scales.add((round(camera.scale, 6), round(camera.offset.x(), 3), round(camera.offset.y(), 3)))
    assert len(scales) == 1, scales


def test_a_step_does_not_lay_the_window_out_anew(bench: Bench) -> None:
    bench.rewrite(NETWORK)
    checks, model = bench.page.checks, bench.model
    bench.qtbot.waitUntil(lambda: checks.of(model.worked) is not None)
    model.playback.go(3)
    asked = LayoutRequests()
    bench.page.widget.window().installEventFilter(asked)

    def settled() -> bool:
        before = asked.count
        bench.rest(150)
        return asked.count == before

    bench.qtbot.waitUntil(settled)
    asked.count = 0
    for _ in range(6):  # each with as many digits as the one before
        bench.act("graph_step")
        bench.rest(30)
    assert asked.count == 0


def test_a_number_that_is_handed_on_reads_as_it_did() -> None:
    for number in (0.104993585, -0.77580349, 1.0, 1e-7 / 3, -123456.789):
        assert gradient_text(number) == value_text(number)


def test_digits_are_one_style() -> None:
    """1.6 stood beside 1.70000, which is 1.7 but for a rounding error."""
    numbers = {
        0.9 + 0.7: "1.6",
        1.6 + 0.1: "1.7",
        1.7**2: "2.89",
        1.7 - 2.0: "−0.3",
        10 / 3: "3.33333",
        123456.7: "123457",
    }
    assert [value_text(number) for number in numbers] == list(numbers.values())


def test_between_the_numbers_of_a_rule_stands_nothing_that_is_no_sign(bench: Bench) -> None:
    bench.open_example(example_named("neuron"))
    bench.act("graph_begin")
    bench.act("graph_step")
    bench.rest(30)
    line = bench.page.widget.right.rule.lines[0]  # type: ignore[union-attr]
    assert "0.8" in line.accessibleName() and "," not in line.accessibleName()
