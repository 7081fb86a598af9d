"""What is written on a graph, as it is painted: no number lies on another, on a node or on an edge."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.kit.scene.viewport import Camera
from app.workspaces.scalar_graph.canvas.groups import Hull, hull_box, place_pills
from app.workspaces.scalar_graph.canvas.painter import NearPainter
from app.workspaces.scalar_graph.canvas.state import CanvasState
from app.workspaces.scalar_graph.canvas.writing import Face, Stamp, Tone, Writing, pill
from app.workspaces.scalar_graph.computation import Computation, compute
from app.workspaces.scalar_graph.layout import GraphDrawing, Sort
from app.workspaces.scalar_graph.names import value_text
from app.workspaces.scalar_graph.sources import EXAMPLES
from engine.autodiff import forward, graph_of, parse, text_of
from engine.autodiff.document import ExpressionSheet
from tests.engine.autodiff.random_trees import random_tree

LOSS = "h = tanh(w*x+b)\n(v*h+c - t)^2"
DEEP = "a1 = sigmoid(w1*x + b1)\na2 = sigmoid(w2*a1 + b2)\na3 = sigmoid(w3*a2 + b3)\n(a3 - t)^2"
CASES = {
    "sigmoid(a)*relu(b) + max(a,b)^2/3": {},
    LOSS: {"x": 2.4},
    DEEP: {"w2": -0.333, "t": 0.1234},
    "1/(1+exp(-w*x-b))": {"w": -1.234},
    "s = a*b\ntanh(s) + s^2*a": {"a": 0.37},
    "u = x/(1 + x)\nexp(u)*u": {"x": 0.123},
    "sigmoid(sigmoid(sigmoid(sigmoid(x))))": {"x": -3.21},
}
TOUCHING = 2.0
"""Pixels that letters keep from the edge of their line."""
MAXIMUM = "t = x*y\nmax(t, sin(t)) + t^2/(y - 2)"
POINT = {"x": 0.7, "y": 1.3, "z": -0.6}


def random_texts(count: int) -> list[str]:
    """Expressions of a size that is seen whole."""
    random, texts = np.random.default_rng(27), list[str]()
    while len(texts) < count:
        tree = random_tree(random, 4)
        graph = graph_of(parse(text_of(tree)))
        fits = graph.variables and len(graph.operations) >= 3 and len(graph.nodes) <= 30
        if fits and not forward(graph, POINT).faults:
            texts.append(text_of(tree))
    return texts


def network(*hidden: int) -> tuple[str, dict[str, float]]:
    """A playground's network of two inputs as a graph, with its loss."""
    random, lines, before = np.random.default_rng(hidden), list[str](), ["x1", "x2"]
    inputs = {"x1": 0.7, "x2": -1.31, "t": 1.0}
    for layer, units in enumerate((*hidden, 1), 1):
        names = [f"a_{layer}_{unit}" for unit in range(1, units + 1)]
        for unit, name in enumerate(names, 1):
            weights = [f"w_{layer}_{unit}_{number}" for number in range(1, len(before) + 1)]
            inputs |= {weight: float(random.normal()) for weight in (*weights, f"b_{layer}_{unit}")}
            products = (f"{weight}*{operand}" for weight, operand in zip(weights, before, strict=True))
            lines.append(f"{name} = tanh({' + '.join(products)} + b_{layer}_{unit})")
        before = names
    return "\n".join((*lines, f"L = 0.5*({before[0]} - t)^2")), inputs


NETWORKS = [(1,), (3,), (5,), (3, 2), (2, 4), (2, 2, 2), (5, 4, 2)]
EXPRESSIONS = [
    *CASES.items(),
    *((example.text, dict(example.inputs)) for example in EXAMPLES),
    (MAXIMUM, {"x": 1.0, "y": 1.7}),
    *((text, {"x": 2.0, "y": 2.0}) for text in ("x/x", "x^x", "x*x*y", "x*exp(x) + x", "(x + y)^2")),
]


class _Listening(Writing):
    """Keeps where each line is to be written; nothing is."""

    found: list[tuple[str, QRectF]]

    def _add(self, font: Face, at: QPointF, text: str, tone: Tone) -> None:
        width, height = font.width(text), font.height - 6.0
        self.found.append((text, QRectF(at.x() - width / 2, at.y() - height / 2, width, height)))


def _kept_pill(at: QPointF) -> Stamp:
    stamp = pill(at)
    _Listening.found.append(("not yet", stamp.area.adjusted(1, 1, -1, -1)))
    return stamp


def written(
    worked: Computation, scale: float, monkeypatch: pytest.MonkeyPatch, step: int | None = None
) -> list[tuple[str, QRectF]]:
    """Every line of a painted drawing at a step, the last if None, and where it stands in scene units."""
    _Listening.found = []
    monkeypatch.setattr("app.workspaces.scalar_graph.canvas.painter.Writing", _Listening)
    monkeypatch.setattr("app.workspaces.scalar_graph.canvas.painter.pill", _kept_pill)
    shape, done = worked.shape, worked.steps if step is None else step
    shown = CanvasState(drawing=shape.drawing, faces=shape.faces, state=worked.state(done))
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    NearPainter(shown).paint(painter, shape.drawing.bounds, scale)
    painter.end()
    return _Listening.found


def computed(text: str, inputs: Mapping[str, float]) -> Computation:
    return compute(ExpressionSheet(text=text, inputs=dict(inputs)), None)


def boxes_of(places: Iterable[QRectF]) -> NDArray[np.float64]:
    """(n, 4): left, top, right and bottom."""
    return np.array([place.getCoords() for place in places], dtype=float).reshape(-1, 4)


def overlaps(ones: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n, m): which boxes lie on which by more than letters keep from the edge of their line."""
    sizes = np.minimum(ones[:, None, 2:], others[:, 2:]) - np.maximum(ones[:, None, :2], others[:, :2])
    return (sizes > TOUCHING).all(axis=2)


def away(points: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, m): how far n points are from m boxes."""
    outside = np.maximum(boxes[:, :2] - points[:, None], points[:, None] - boxes[:, 2:])
    return np.hypot(*np.moveaxis(np.maximum(outside, 0.0), 2, 0))


def lane_points(drawing: GraphDrawing) -> NDArray[np.float64]:
    """(n, 2): points all along the lanes of all edges."""
    lanes = [lane for link in drawing.links for lane in link.lanes if lane is not None]
    paths = [lane.path for lane in (*lanes, *drawing.exit_lanes)]
    return np.array([path.pointAtPercent(share / 75).toTuple() for path in paths for share in range(76)])


def assert_legible(
    worked: Computation, points: NDArray[np.float64], scale: float, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Fail where a line lies on another, on a node or outside the drawing, or where a lane runs through it."""
    drawing, lines = worked.shape.drawing, written(worked, scale, monkeypatch, step)
    places, boxes = boxes_of(place for _, place in lines), boxes_of(knot.box for knot in drawing.knots)
    assert not np.triu(overlaps(places, places), 1).any(), (scale, step, lines)
    assert all(drawing.bounds.contains(place) for _, place in lines), (scale, step, lines)
    centres = np.array([knot.centre.toTuple() for knot in drawing.knots])
    radii = (math.inf if knot.sort is Sort.LEAF else knot.box.width() / 2 - TOUCHING for knot in drawing.knots)
    on_node = overlaps(boxes, places) & (away(centres, places) < np.array([*radii])[:, None])
    assert not on_node.any(), (scale, step, lines)
    left, top, right, bottom = places.T
    across, down = points.T[:, :, None]
    assert not ((across > left) & (across < right) & (down > top) & (down < bottom)).any(), (scale, step, lines)


@pytest.mark.parametrize(("text", "inputs"), EXPRESSIONS)
def test_every_number_is_legible(
    qapp: QApplication, text: str, inputs: Mapping[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step, at the scales of a window of 1280 × 800 and with room to spare."""
    worked = computed(text, inputs)
    points = lane_points(worked.shape.drawing)
    for scale, step in product((0.64, 1.15), range(worked.steps + 1)):
        assert_legible(worked, points, scale, monkeypatch, step)


@pytest.mark.parametrize("text", random_texts(30))
def test_every_number_of_any_expression_is_legible(
    qapp: QApplication, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of values alone, and with all gradients."""
    worked = computed(text, POINT)
    points = lane_points(worked.shape.drawing)
    for scale, step in product((0.64, 0.9), (worked.middle, worked.steps)):
        assert_legible(worked, points, scale, monkeypatch, step)


@pytest.mark.parametrize("hidden", NETWORKS)
def test_every_number_of_a_network_is_legible(
    qapp: QApplication, hidden: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    worked = computed(*network(*hidden))
    points = lane_points(worked.shape.drawing)
    for scale, step in product((0.64, 1.0), (worked.middle + 4, worked.steps)):
        assert_legible(worked, points, scale, monkeypatch, step)


@pytest.mark.parametrize("scale", [0.64, 1.15])
def test_all_numbers_of_a_picture_have_as_many_digits(
    qapp: QApplication, scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four and six stood side by side."""
    worked = computed(*network(3, 2))
    numbers = {text.removeprefix("E = ") for text, _ in written(worked, scale, monkeypatch)} - {"seed", "1"}
    gradients = (gradient for gradient in worked.gradients.of if gradient is not None)
    of = [*worked.values.of, *gradients, *(share.product for share in worked.handed.values())]
    assert any(numbers <= {value_text(number, digits) for number in of} for digits in range(4, 7))


@pytest.mark.parametrize("hidden", [(2,), (3, 2), (2, 2, 2)])
def test_no_pill_of_a_group_lies_on_a_number_or_on_a_node(qapp: QApplication, hidden: tuple[int, ...]) -> None:
    worked = computed(*network(*hidden))
    drawing = worked.shape.drawing
    groups = worked.shape.groups
    assert groups
    camera = Camera(0.02, 4.0, fit_most=1.15, margin=10.0)
    area = QRectF(0.0, 0.0, 1400.0, 900.0)
    camera.fit(drawing.bounds, area)
    hulls = [Hull(group.keys, hull_box(drawing, group.keys), "collapse 4 nodes") for group in groups]
    for _, place in place_pills(hulls, drawing, camera, area):
        assert not any(place.intersects(camera.rect_to_view(knot.cell)) for knot in drawing.knots)
