"""Where the numbers of a drawing stand: beneath their nodes, each once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest

from app.workspaces.scalar_graph.canvas.painter import number_size
from app.workspaces.scalar_graph.canvas.state import NOTHING, CanvasState, HitPart, ScalarCanvasHit, hit_at
from app.workspaces.scalar_graph.canvas.writing import Tone, gradient_tone
from app.workspaces.scalar_graph.computation import Computation, compute
from app.workspaces.scalar_graph.layout import Sort
from app.workspaces.scalar_graph.sources import EXAMPLES
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
FAN = "s = a*b\ntanh(s) + s^2*a"


def drawn(text: str, inputs: Mapping[str, float] | None = None) -> Computation:
    return compute(ExpressionSheet(text=text, inputs=dict(inputs or {})), None)


SHEETS = [
    *((example.text, example.inputs) for example in EXAMPLES),
    *((text, {"x": 1.0, "y": 2.0}) for text in ("(x + y)^2", "x^x", "x*exp(x) + x", "x*x*y")),
]


@pytest.mark.parametrize(("text", "inputs"), SHEETS)
def test_beneath_each_node_stand_its_value_and_its_gradient(
    qapp: object, text: str, inputs: Mapping[str, float]
) -> None:
    """The result and its gradient, the seed, stand in the box behind it; a leaf's value stands on the leaf."""
    shape = drawn(text, inputs).shape
    for knot in shape.drawing.knots:
        is_inner = knot.index != shape.graph.output
        assert knot.value_box.isEmpty() is not (is_inner and shape.graph.nodes[knot.index].rule is not None)
        assert knot.gradient_box.isEmpty() is not (is_inner and shape.graph.live[knot.index])
        if not knot.value_box.isEmpty() and not knot.gradient_box.isEmpty():
            assert knot.box.bottom() <= knot.value_box.top() < knot.gradient_box.top()


@pytest.mark.parametrize(("text", "inputs"), SHEETS)
def test_where_several_gradients_arrive_each_stands_where_its_own_edge_begins(
    qapp: object, text: str, inputs: Mapping[str, float]
) -> None:
    shape = drawn(text, inputs).shape
    for knot in shape.drawing.knots:
        links = list(shape.drawing.listed(knot))
        assert len(links) == knot.listed != 1
        assert sorted(link.line for link in links if link.line is not None) == list(range(knot.listed))
        for link in links:
            assert link.line is not None
            begin, box = link.points[0], knot.listed_box(link.line)
            assert begin.y() == box.center().y() and 0.0 < begin.x() - box.right() < 8.0


@pytest.mark.parametrize(("text", "inputs"), SHEETS)
def test_no_two_nodes_with_their_numbers_meet(qapp: object, text: str, inputs: Mapping[str, float]) -> None:
    cells = [knot.cell for knot in drawn(text, inputs).shape.drawing.knots if knot.sort is not Sort.CONSTANT]
    assert not any(one.intersects(other) for one, other in combinations(cells, 2))


@pytest.mark.parametrize("text", ["x", "3"])
def test_a_graph_without_edges_has_no_numbers_beneath_its_node(qapp: object, text: str) -> None:
    (knot,) = drawn(text).shape.drawing.knots
    assert knot.value_box.isEmpty() and knot.gradient_box.isEmpty() and not knot.listed


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
    shown = CanvasState(drawing=shape.drawing, faces=shape.faces)
    for knot in shape.drawing.knots:
        for box, part in ((knot.value_box, HitPart.VALUE), (knot.gradient_box, HitPart.GRADIENT)):
            if not box.isEmpty():
                assert hit_at(shown, box.center(), numbers=True) == ScalarCanvasHit(part, knot)
                assert hit_at(shown, box.center(), numbers=False) == NOTHING
        for link in shape.drawing.listed(knot):
            assert link.line is not None
            found = hit_at(shown, knot.listed_box(link.line).center(), numbers=True)
            assert found == ScalarCanvasHit(HitPart.PRODUCT, shape.drawing.knots[link.target], link.slot)


def test_no_edge_runs_behind_the_box_of_a_leaf(qapp: object) -> None:
    drawing = drawn("s = 1/(1+exp(-a*b))\nc = s*log(2)\nc - abs(a-2)").shape.drawing
    for link in drawing.links:
        for knot in drawing.knots:
            if knot.index not in (link.source, link.target):
                points = [link.at(share / 200) for share in range(201)]
                assert not any(knot.box.contains(point) for point in points), (link.source, knot.key)
