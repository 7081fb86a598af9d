"""Numbers of the drawing hide neither one another nor a node, and each value is printed once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from itertools import combinations, product

import pytest
from PySide6.QtCore import QRectF

from app.workspaces.scalar_graph.canvas.painter import number_size
from app.workspaces.scalar_graph.canvas.state import CanvasState, HitPart, hit_at
from app.workspaces.scalar_graph.canvas.writing import Tone, Writing, gradient_tone
from app.workspaces.scalar_graph.computation import Computation, compute
from app.workspaces.scalar_graph.layout import WIDTH, DrawnEdge, Sort
from app.workspaces.scalar_graph.names import value_text
from app.workspaces.scalar_graph.sources import EXAMPLES
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
FAN = "s = a*b\ntanh(s) + s^2*a"
SHORT = 24.0
"""Scene units: the width of a number such as 0.7."""
FAR_AWAY = 22.0


def drawn(text: str, inputs: Mapping[str, float] | None = None) -> Computation:
    return compute(ExpressionSheet(text=text, inputs=dict(inputs or {})), None)


SHEETS = [
    *((example.text, example.inputs) for example in EXAMPLES),
    *((text, {"x": 1.0, "y": 2.0}) for text in ("(x + y)^2", "x^x", "x*exp(x) + x", "x*x*y")),
]


def overlapping(worked: Computation) -> int:
    """How many pairs of numbers, or of a number and a node, lie on one another."""
    labels, nodes = worked.shape.labels, [knot.box for knot in worked.shape.drawing.knots]
    pairs = [*combinations(labels.numbers, 2), *product(labels.numbers, nodes)]
    both = (one.intersected(other) for one, other in pairs)
    return sum(box.width() > 8.0 and box.height() > 4.0 for box in both)


@pytest.mark.parametrize(("text", "inputs"), SHEETS)
def test_in_the_examples_no_number_lies_on_another_or_on_a_node(
    qapp: object, text: str, inputs: Mapping[str, float]
) -> None:
    assert overlapping(drawn(text, inputs)) == 0


@pytest.mark.parametrize(("text", "inputs"), SHEETS)
def test_a_value_is_printed_once_and_a_gradient_at_each_edge(
    qapp: object, text: str, inputs: Mapping[str, float]
) -> None:
    shape = drawn(text, inputs).shape
    pairs = list(zip(shape.drawing.links, shape.labels.links, strict=True))
    said = Counter(link.source for link, label in pairs if label.value_at is not None)
    inner = {link.source for link, _ in pairs if shape.graph.nodes[link.source].rule is not None}
    assert said == Counter(inner)
    assert all((label.gradient_at is not None) is not (link.idle or link.plain) for link, label in pairs)


def distance(link: DrawnEdge, box: QRectF) -> float:
    """Return how far an edge passes from a box."""
    away = (link.at(share / 100) - box.center() for share in range(101))
    sides = ((max(abs(way.x()) - box.width() / 2, 0.0), max(abs(way.y()) - box.height() / 2, 0.0)) for way in away)
    return min(math.hypot(*side) for side in sides)


def test_most_short_numbers_stand_at_their_own_edge(qapp: object) -> None:
    """In the middle of rooms for eight digits, a third were nearer to another edge, and most far from their own."""
    count = far = strayed = 0
    for text, inputs in SHEETS:
        shape = drawn(text, inputs).shape
        for link, label in zip(shape.drawing.links, shape.labels.links, strict=True):
            rooms = (label.value_at, label.value_side), (label.gradient_at, label.gradient_side)
            for (at, side), is_value in zip(rooms, (True, False), strict=True):
                if at is None:
                    continue
                links = shape.drawing.links
                others = (one for one in links if (one.source != link.source if is_value else one is not link))
                short = QRectF(at.x() - SHORT / 2 + side * (WIDTH - SHORT) / 2, at.y() - 6.0, SHORT, 12.0)
                own = distance(link, short)
                count, far = count + 1, far + (own > FAR_AWAY)
                strayed += own > min((distance(other, short) for other in others), default=math.inf)
    assert strayed <= 0.05 * count and far <= 0.05 * count


def crossing(link: DrawnEdge, box: QRectF) -> bool:
    """Return whether one of the lanes of an edge runs through a box."""
    paths = (lane.path for lane in link.lanes if lane is not None)
    return any(box.contains(path.pointAtPercent(share / 200)) for path in paths for share in range(201))


@pytest.mark.parametrize("text", ["x/x", "x^x", "x*x*y"])
def test_no_lane_runs_through_a_number_between_two_edges(qapp: object, text: str) -> None:
    worked = drawn(text, {"x": 2.0, "y": 2.0})
    shape, writing = worked.shape, Writing()
    handed = {(edge.child, edge.slot): edge.handed for edge in worked.gradients.edges}
    for link, label in zip(shape.drawing.links, shape.labels.links, strict=True):
        back = handed.get((link.target, link.slot))
        for at, side, number in (
            (label.value_at, label.value_side, worked.values.of[link.source]),
            (label.gradient_at, label.gradient_side, back),
        ):
            if at is None or number is None:
                continue
            width = min(writing.width(value_text(number), 13.0, strong=True), WIDTH)
            box = QRectF(at.x() + side * (WIDTH - width) / 2 - width / 2, at.y() - 5.0, width, 10.0)
            others = (other for other in shape.drawing.links if other is not link)
            assert not any(crossing(other, box) for other in others), value_text(number)


@pytest.mark.parametrize("text", ["x", "3"])
def test_a_graph_without_edges_has_no_numbers_at_edges(qapp: object, text: str) -> None:
    assert drawn(text).shape.labels.links == ()


def test_the_value_stands_above_a_level_edge_and_the_gradient_beneath(qapp: object) -> None:
    shape = drawn("1/(1 + exp(-x))").shape
    for link, label in zip(shape.drawing.links, shape.labels.links, strict=True):
        level = link.at(0.5).y()
        assert label.value_at is None or label.value_at.y() < level - 10.0
        assert label.gradient_at is None or label.gradient_at.y() > level + 10.0


def test_a_gradient_of_0_is_known_and_not_a_dashed_not_yet() -> None:
    assert gradient_tone(0.0) is Tone.ZERO and gradient_tone(None) is Tone.UNKNOWN
    assert gradient_tone(1e-300) is Tone.POSITIVE and gradient_tone(0.0, broken=True) is Tone.FAULT


@pytest.mark.parametrize("key", ["softmax", "network"])
@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_softmax_and_the_small_network_are_wholly_in_sight_and_legible(
    bench: Bench, key: str, size: tuple[int, int]
) -> None:
    window = bench.page.widget.window()
    window.resize(*size)
    bench.rest()
    bench.open_example(next(one for one in EXAMPLES if one.key == key))
    bench.rest()
    canvas, viewport = bench.canvas, bench.canvas.viewport
    assert viewport.shows_all and canvas.legible
    assert viewport.area.contains(viewport.camera.rect_to_view(canvas.drawn))
    assert number_size(viewport.camera.scale) * viewport.camera.scale >= 9.5, "pixels on the screen"
    assert canvas.height() >= 0.6 * window.height()


def test_what_is_opened_looks_the_same_whatever_stood_there(bench: Bench) -> None:
    """After the network, y stood over x."""
    sheet = ExpressionSheet(text="(x + y)^2")
    seen = set()
    for example in EXAMPLES:
        bench.open_example(example)
        bench.load("", sheet)
        labels, drawing = drawn(sheet.text).graph.labels, bench.canvas.shown.drawing
        tops = sorted((knot for knot in drawing.knots if knot.sort is Sort.LEAF), key=lambda knot: knot.centre.y())
        seen.add(tuple(labels[knot.index] for knot in tops))
    assert seen == {("x", "y")}


def test_a_number_is_hit_where_it_is_drawn(qapp: object) -> None:
    shape = drawn(FAN).shape
    shown = CanvasState(drawing=shape.drawing, labels=shape.labels, faces=shape.faces)
    for link, label in zip(shape.drawing.links, shape.labels.links, strict=True):
        for at, part in ((label.value_at, HitPart.VALUE), (label.gradient_at, HitPart.PRODUCT)):
            if at is not None:
                found = hit_at(shown, at, numbers=True)
                assert found.part is part and found.knot is not None
                assert (found.knot.index, found.slot) == (link.target, link.slot)


def test_under_a_leaf_that_fans_out_stands_its_whole_gradient(qapp: object) -> None:
    worked = drawn("x*exp(x) + x", {"x": 0.5})
    x = worked.graph.index["x"]
    assert set(worked.shape.labels.sums) == {x}
    assert worked.shape.labels.sums[x].top() >= worked.shape.drawing.knots[x].box.bottom()


def test_no_edge_runs_behind_the_box_of_a_leaf(qapp: object) -> None:
    drawing = drawn("s = 1/(1+exp(-a*b))\nc = s*log(2)\nc - abs(a-2)").shape.drawing
    for link in drawing.links:
        for knot in drawing.knots:
            if knot.index not in (link.source, link.target):
                points = [link.at(share / 200) for share in range(201)]
                assert not any(knot.box.contains(point) for point in points), (link.source, knot.key)
