"""While one steps through a graph, zoom and cards stay where they are, and a number reads as it did."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect

from app.workspaces.scalar_graph.examples import EXAMPLES, example_named
from app.workspaces.scalar_graph.sight import gradient_text, value_text
from tests.app.workspaces.scalar_graph.conftest import Bench
from tests.bench.expressions import NETWORK

pytestmark = pytest.mark.shares_window
SHOWN_WITH_CARDS = ("square", "logistic", "neuron", "fan_out", "vanishing")


class LayoutRequests(QObject):
    """How often a window was asked to lay itself out."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.mark.parametrize("key", SHOWN_WITH_CARDS)
def test_zoom_and_cards_keep_their_place_through_the_pass(bench: Bench, key: str) -> None:
    bench.open_example(next(one for one in EXAMPLES if one.key == key))
    stage = bench.page.widget.stage
    assert not stage.cramped
    bench.act("graph_begin")
    bench.rest()  # the field has taken its lines
    scales, tops, places = set[float](), set[int](), list[QRect]()
    for _ in range(bench.desk.playback.length):
        bench.act("graph_step")
        bench.rest(30)  # cards whose content is another ask for their size in the next turn
        scales.add(round(stage.canvas.viewport.camera.scale, 6))
        if stage.rule.isVisible():
            tops.add(stage.rule.geometry().top())
        place = stage.collapsed.geometry() if stage.collapsed.isVisible() else QRect()
        places.append(place)
    assert len(scales) == len(tops) == 1 and places == len(places) * [places[0]], (scales, tops, places)


@pytest.mark.parametrize("key", ["square", "logistic", "fan_out", "vanishing"])
def test_a_rules_card_is_as_wide_as_it_gets_from_the_first_step(bench: Bench, key: str) -> None:
    bench.open_example(next(one for one in EXAMPLES if one.key == key))
    rule, widths = bench.page.widget.stage.rule, set[int]()
    bench.act("graph_begin")
    bench.rest()
    for _ in range(bench.desk.playback.length):
        bench.act("graph_step")
        bench.rest(20)
        assert rule.isVisible() and rule.sizeHint().width() <= rule.width()
        widths.add(rule.width())
    assert len(widths) == 1, widths


def test_the_right_column_keeps_its_places_on_either_way(bench: Bench) -> None:
    bench.rewrite(NETWORK)
    desk, right = bench.desk, bench.page.widget.right
    assert right is not None and desk.worked is not None and bench.page.widget.stage.cramped
    body = right.widget()
    assert body is not None
    middle, end = desk.worked.middle, desk.worked.steps
    for way in (range(1, middle + 1), range(middle + 2, end)):  # after the seed, which is none
        heights, tops = set[int](), set[int]()
        for step in way:
            desk.playback.go(step)
            bench.qtbot.waitUntil(lambda: right.rule.isVisible() and not right.rule._later.isActive())
            bench.rest(15)
            heights.add(right.rule.height())
            tops.add(right.nudge.mapTo(body, QPoint()).y())
        assert len(heights) == len(tops) == 1, (heights, tops)


def test_a_step_does_not_lay_the_window_out_anew(bench: Bench) -> None:
    bench.rewrite(NETWORK)
    checks, desk = bench.page.checks, bench.desk
    bench.qtbot.waitUntil(lambda: checks.of(desk.worked) is not None)
    desk.playback.go(3)
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


def test_why_stays_under_the_pointer(bench: Bench) -> None:
    bench.open_example(example_named("logistic"))
    stage, places = bench.page.widget.stage, list[QRect]()
    bench.act("graph_middle")
    for _ in range(bench.desk.playback.length - bench.desk.playback.at):
        bench.act("graph_step")
        bench.rest(30)
        assert stage.collapsed.why.isVisible()
        places.append(stage.collapsed.why.geometry())
    assert places == len(places) * [places[0]]


def test_a_number_that_is_handed_on_reads_as_it_did() -> None:
    for number in (0.104993585, -0.77580349, 1.0, 1e-7 / 3, -123456.789):
        assert gradient_text(number) == value_text(number)


def test_between_the_numbers_of_a_rule_stands_nothing_that_is_no_sign(bench: Bench) -> None:
    bench.open_example(example_named("neuron"))
    bench.act("graph_begin")
    bench.act("graph_step")
    bench.rest(30)
    line = bench.page.widget.stage.rule.lines[0]
    assert "0.8" in line.accessibleName() and "," not in line.accessibleName()
