"""Numbers of the drawing hide neither one another nor a node."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from app.workspaces.scalar_graph.canvas.drawing import Sort
from app.workspaces.scalar_graph.canvas.hit import Part, hit_at
from app.workspaces.scalar_graph.canvas.ink import Tone
from app.workspaces.scalar_graph.canvas.labels import sum_lines, sum_middle
from app.workspaces.scalar_graph.canvas.nodes import Nodes, needless_box
from app.workspaces.scalar_graph.canvas.shown import Shown
from app.workspaces.scalar_graph.canvas.ways import UNDER_LIKE, LanePoints, Way, edges_of
from app.workspaces.scalar_graph.canvas.writing import Writing, face
from app.workspaces.scalar_graph.examples import EXAMPLES
from app.workspaces.scalar_graph.worked import Worked, work_out
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
FAN = "s = a*b\ntanh(s) + s^2*a"


def drawn(text: str, inputs: Mapping[str, float] | None = None) -> Worked:
    return work_out(ExpressionSheet(text=text, inputs=dict(inputs or {})), None)


@pytest.mark.parametrize("text", [FAN, "x*exp(x) + x", "1/(1 + exp(-x))", "(x + y)^2", "s = a*b\nt = s*s\nt + s"])
def test_in_small_graphs_no_number_lies_on_another_or_on_a_node(qapp: object, text: str) -> None:
    shape = drawn(text).shape
    pairs = [one for one in zip(shape.drawing.links, shape.labels.links, strict=True) if not one[0].plain]
    values = {(link.source, link.target): label.boxes[0] for link, label in pairs}  # of s·s, one: they are the same
    boxes = [*values.values(), *(label.boxes[1] for _, label in pairs), *shape.labels.sums.values()]
    for one, other in combinations(boxes, 2):
        both = one.intersected(other)
        assert both.width() * both.height() < 0.3 * min(one.width() * one.height(), other.width() * other.height())
    for box in boxes:
        for knot in shape.drawing.knots:
            both = box.intersected(knot.box)
            assert both.width() * both.height() < 0.15 * box.width() * box.height()


def far(at: QPointF, way: Way) -> float:
    """How far a point is from an edge."""
    return float(np.hypot(*(way.at(np.linspace(0.0, 1.0, 200)) - (at.x(), at.y())).T).min())


def astray(text: str, inputs: Mapping[str, float]) -> tuple[list[tuple[str, str]], int]:
    """The edges one of whose numbers is nearer to another edge, and how many numbers there are."""
    shape = drawn(text, inputs).shape
    ways = [Way(link) for link in shape.drawing.links]

    found, count = [], 0
    for own, link, label in zip(ways, shape.drawing.links, shape.labels.links, strict=True):
        for box in [] if link.plain else label.boxes[: 1 if link.idle else 2]:
            count += not box.isEmpty()
            others = [far(box.center(), way) for way in ways if way is not own]
            if not box.isEmpty() and others and far(box.center(), own) >= min(others):
                found.append((shape.graph.labels[link.source], shape.graph.labels[link.target]))
    return found, count


@pytest.mark.parametrize("text", ["z = w*x + b\n0.5*(z - t)^2", "t = x + y\nz = t^2", "1/(1 + exp(-x))", "(a*b + c)*d"])
def test_in_a_small_graph_every_number_is_nearest_to_its_own_edge(qapp: object, text: str) -> None:
    assert astray(text, {})[0] == []


def test_no_value_stands_where_the_gradient_of_another_edge_is_looked_for(qapp: object) -> None:
    """b's −0.5 stood 13 units under the edge from v₁ to z."""
    shape = drawn("z = w*x + b\n0.5*(z - t)^2", {"w": 0.8, "x": 2.0, "b": -0.5, "t": 0.5}).shape
    labels = shape.graph.labels
    pairs = {(labels[link.source], labels[link.target]): (link, label) for link, label in zip(
        shape.drawing.links, shape.labels.links, strict=True)}  # fmt: skip
    value = pairs["b", "z"][1].value_at
    assert value is not None
    level, ends = pairs["v1", "z"][0].at(0.5).y(), [pairs["v1", "z"][0].at(share).x() for share in (0.0, 1.0)]
    assert not ends[0] < value.x() < ends[1] or value.y() - level > UNDER_LIKE


SHEETS = [
    *((example.text, example.inputs) for example in EXAMPLES),
    *((text, {"x": 1.0, "y": 2.0}) for text in ("(x + y)^2", "x^x", "x*exp(x) + x", "x*x*y")),
]


@pytest.mark.parametrize(("text", "inputs"), SHEETS)
def test_a_number_is_at_its_own_edge_on_its_side_or_a_line_leads_there(
    qapp: object, text: str, inputs: Mapping[str, float]
) -> None:
    """13 of 90 products stood over theirs: "1×1 = 1" from × to + of x·eˣ + x was one. Of x^x, both edges were one
    arrow."""
    shape = drawn(text, inputs).shape
    ways, led, count = [Way(link) for link in shape.drawing.links], 0, 0
    for own, link, label in zip(ways, shape.drawing.links, shape.labels.links, strict=True):
        wanted = [not link.plain and label.value_at is not None, not link.idle and not link.plain]
        line = own.at(np.linspace(0.0, 1.0, 400))
        for under, (box, leader, written) in enumerate(zip(label.boxes, label.leaders, wanted, strict=True)):
            if not written:
                continue
            count += 1
            at = box.center()
            level = np.interp(at.x(), *line.T)
            aside = at.y() < level if under else at.y() > level
            strays = aside or far(at, own) >= min((far(at, way) for way in ways if way is not own), default=np.inf)
            assert leader is not None or not strays
            if leader is not None:
                led += 1
                assert leader.p1() == at and far(leader.p2(), own) < 1.0
    assert led <= max(4, 0.1 * count)  # or nobody would know any more what they are for


@pytest.mark.parametrize(("text", "inputs"), SHEETS)
def test_in_the_examples_no_number_lies_on_another_or_on_a_node(
    qapp: object, text: str, inputs: Mapping[str, float]
) -> None:
    shape = drawn(text, inputs).shape
    pairs = [one for one in zip(shape.drawing.links, shape.labels.links, strict=True) if not one[0].plain]
    boxes = [box for link, label in pairs for box in label.boxes[: 1 if link.idle else 2]]
    nodes = [knot.box for knot in shape.drawing.knots]
    for one, other in [*combinations([*boxes, *shape.labels.sums.values()], 2), *product(boxes, nodes)]:
        both = one.intersected(other)
        assert both.width() < 2.0 or both.height() < 2.0


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


@pytest.mark.parametrize("text", ["h=tanh(w*x+b)\ne=v*h+c-t\ne^2", "relu(w*x+b)*v+c", "1/(1 + exp(-x))"])
def test_no_number_lies_on_the_lane_of_another_edge(qapp: object, text: str) -> None:
    shape = drawn(text).shape
    ways = [Way(link) for link in shape.drawing.links]
    for number, (link, label) in enumerate(zip(shape.drawing.links, shape.labels.links, strict=True)):
        if link.plain:
            continue
        others = LanePoints([way for one, way in enumerate(ways) if one != number])
        written = label.boxes[: 1 if link.idle else 2]
        assert others.inside(np.array([edges_of(box) for box in written])).max() <= 1.0


def test_a_number_is_hit_where_it_is_drawn(qapp: object) -> None:
    shape = drawn(FAN).shape
    shown = Shown(drawing=shape.drawing, labels=shape.labels, faces=shape.faces)
    for link, label in zip(shape.drawing.links, shape.labels.links, strict=True):
        found = hit_at(shown, label.boxes[1].center(), numbers=True)
        assert found.part in (Part.PRODUCT, Part.VALUE) and found.knot is not None
        exact = found.part is Part.PRODUCT and (found.knot.index, found.slot) == (link.target, link.slot)
        assert exact or label.boxes[1].intersects(label.boxes[0])


def test_every_example_has_room_for_its_sums(bench: Bench) -> None:
    for example in EXAMPLES:
        bench.open_example(example)
        shown = bench.canvas.shown
        fans = [knot for knot in shown.drawing.knots if len(shown.drawing.out_of.get(knot.index, ())) > 1]
        assert {knot.index for knot in fans if knot.sort.value != "constant"} == set(shown.labels.sums)


@pytest.mark.parametrize("size", [9.0, 10.5, 12.5])
def test_summands_beside_a_leaf_never_touch_it(qapp: object, size: float) -> None:
    shape, beside = drawn("a*exp(b) + b*exp(a) + a*b", {"a": -0.5, "b": -1.2345}).shape, 0
    drawing = shape.drawing
    for parts in (["(−0.00041218)", "(−0.74348)", "(−1.2345·10⁻⁸)"], ["(−0.28960)", "(−0.74348)", "(−0.11111)"]):
        for index, box in shape.labels.sums.items():
            knot = drawing.knots[index]
            lines = sum_lines(parts)
            assert " ".join(lines) == " + ".join(parts)
            for line in lines:
                width = face(size, strong=False).width(line)
                middle = sum_middle(knot, box, width)
                if box.right() > knot.box.left():
                    away = knot.sort is Sort.LEAF and width > box.width()
                    assert middle == (box.right() - width / 2 if away else box.center().x())
                    continue
                beside += 1
                assert middle + width / 2 <= knot.box.left() - 6.0
                assert "·" in parts[-1] or size > 10.5 or middle - width / 2 >= box.left() - 2.0
    assert beside


def test_no_edge_runs_behind_the_box_of_a_leaf(bench: Bench) -> None:
    bench.load("", ExpressionSheet(text="s = 1/(1+exp(-a*b))\nc = s*log(2)\nc - abs(a-2)"))
    drawing = bench.canvas.shown.drawing
    for link in drawing.links:
        for knot in drawing.knots:
            if knot.index not in (link.source, link.target):
                points = [link.at(share / 200) for share in range(201)]
                assert not any(knot.box.contains(point) for point in points), (link.source, knot.key)


def test_what_a_constant_says_of_itself_does_not_run_through_the_edge_of_a_group(bench: Bench) -> None:
    bench.type("1/(1 + exp(-2*x))")
    canvas = bench.canvas
    (frame,) = canvas.shown.frames
    nodes, worked = Nodes(canvas.shown), bench.desk.worked
    assert worked is not None
    said = {}
    for knot in canvas.shown.drawing.knots:
        side = nodes.needless(knot)
        if knot.sort is Sort.CONSTANT:
            box = needless_box(knot, side)
            assert frame.contains(box) or not frame.intersects(box)
            assert not any(box.intersects(other.box) for other in canvas.shown.drawing.knots)
            said[worked.graph.labels[knot.index]] = side
        else:
            assert side == 0.0
    assert said == {"-2": -1.0, "1": 1.0}


@pytest.mark.parametrize("inputs", [3, 8])
@pytest.mark.parametrize("activation", ["z*sigmoid(z)", "1/(1 + exp(-z))", "tanh(z)"])
def test_about_the_activation_of_a_neuron_numbers_keep_clear_of_edges(
    qapp: object, inputs: int, activation: str
) -> None:
    total = " + ".join(f"w{i}*a{i}" for i in range(1, inputs + 1))
    shape = drawn(f"z = {total} + b\na = {activation}").shape
    pairs = [one for one in zip(shape.drawing.links, shape.labels.links, strict=True) if not one[0].plain]
    boxes = [box for _, label in pairs for box in label.boxes if not box.isEmpty()]
    crossed = 0
    for link in shape.drawing.links:
        count = max(3, int(link.path.length() / 9))
        points = [link.at(n / count) for n in range(count + 1)]
        crossed += sum(box.contains(point) for box in boxes for point in points)
    assert crossed < 0.75 * len(boxes)


def test_from_afar_a_value_in_larger_print_comes_no_nearer_to_its_arrow(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[QPointF, float]] = []
    number = Writing.number

    def noted(self: Writing, at: QPointF, text: str, tone: Tone, size: float) -> None:
        written.append((at, size))
        number(self, at, text, tone, size)

    bench.load("", ExpressionSheet(text="tanh(exp(sin(x)))"))
    bench.act("graph_middle")
    monkeypatch.setattr(Writing, "number", noted)
    edge = next(link for link in bench.canvas.shown.drawing.links if not link.plain).at(0.5).y()
    gaps, sizes = [], []
    for scale in (1.0, 0.72):
        bench.canvas.viewport.zoom(scale / bench.canvas.viewport.camera.scale)
        written.clear()
        bench.canvas.grab()
        over = [(at, size) for at, size in written if at.y() < edge]
        assert len(over) >= 3
        sizes.append(over[0][1])
        gaps.append(min(edge - at.y() - face(size, strong=True).height / 2 for at, size in over))
    assert sizes[1] > sizes[0] + 1.0 and gaps[1] >= gaps[0]
