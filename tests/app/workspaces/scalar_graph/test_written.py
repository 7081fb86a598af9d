"""What is written along edges, as it is painted: no number lies on another, on a node or on a leaf."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from app.workspaces.scalar_graph.canvas.painter import NearPainter
from app.workspaces.scalar_graph.canvas.state import CanvasState
from app.workspaces.scalar_graph.canvas.writing import Face, Tone, Writing
from app.workspaces.scalar_graph.computation import Computation, compute
from app.workspaces.scalar_graph.layout import DrawnEdge, EdgeLabels, GraphDrawing, Sort
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
CAPITALS = 0.72
"""How high digits are, as a share of their size."""
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


class _Listening(Writing):
    """Keeps where each line was written."""

    found: list[tuple[str, QRectF]]

    def _add(self, font: Face, at: QPointF, text: str, tone: Tone) -> None:
        width, height = font.width(text), font.height - 6.0
        self.found.append((text, QRectF(at.x() - width / 2, at.y() - height / 2, width, height)))
        super()._add(font, at, text, tone)


def written(
    worked: Computation, scale: float, monkeypatch: pytest.MonkeyPatch, step: int | None = None
) -> list[tuple[str, QRectF]]:
    """Every line of a painted drawing at a step, the last if None, and where it stands in scene units."""
    _Listening.found = []
    monkeypatch.setattr("app.workspaces.scalar_graph.canvas.painter.Writing", _Listening)
    shape, done = worked.shape, worked.steps if step is None else step
    shown = CanvasState(drawing=shape.drawing, labels=shape.labels, faces=shape.faces, state=worked.state(done))
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    NearPainter(shown).paint(painter, shape.drawing.bounds.adjusted(-400, -400, 400, 400), scale)
    painter.end()
    return _Listening.found


def _away(point: QPointF, box: QRectF) -> float:
    """How far a point is from a box."""
    across = max(box.left() - point.x(), point.x() - box.right(), 0.0)
    return math.hypot(across, max(box.top() - point.y(), point.y() - box.bottom(), 0.0))


@pytest.mark.parametrize("scale", [0.72, 1.0])
@pytest.mark.parametrize(("text", "inputs"), [*CASES.items(), *((one.text, dict(one.inputs)) for one in EXAMPLES)])
def test_no_number_is_painted_on_another_or_on_a_node(
    qapp: object, text: str, inputs: Mapping[str, float], scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked = compute(ExpressionSheet(text=text, inputs=dict(inputs)), None)
    lines = written(worked, scale, monkeypatch)
    assert len(lines) > 5
    for (one, place), (other, there) in combinations(lines, 2):
        both = place.intersected(there)
        assert both.width() <= TOUCHING or both.height() <= TOUCHING, (one, other, both)
    drawing = worked.shape.drawing
    for said, place in lines:
        for knot in drawing.knots:
            both = place.intersected(knot.box)
            touching = both.width() <= TOUCHING or both.height() <= TOUCHING
            beside = knot.sort is not Sort.LEAF and _away(knot.centre, place) >= knot.box.width() / 2 - TOUCHING
            assert touching or beside, (said, worked.graph.labels[knot.index], both)


@pytest.mark.parametrize("text", [LOSS, DEEP])
def test_nor_at_any_step(qapp: object, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    worked = compute(ExpressionSheet(text=text, inputs=CASES[text]), None)
    for step in range(worked.steps + 1):
        lines = written(worked, 0.8, monkeypatch, step)
        for (one, place), (other, there) in combinations(lines, 2):
            both = place.intersected(there)
            assert both.width() <= TOUCHING or both.height() <= TOUCHING, (step, one, other)


def lane_points(link: DrawnEdge) -> NDArray[np.float64]:
    """(m, 2): points all along both lanes of an edge."""
    paths = (lane.path for lane in link.lanes if lane is not None)
    return np.array([path.pointAtPercent(share / 200).toTuple() for path in paths for share in range(201)])


def distance(points: NDArray[np.float64], box: QRectF) -> float:
    """How far the nearest of the points is from a box."""
    away = np.abs(points - np.array(box.center().toTuple())) - np.array([box.width(), box.height()]) / 2
    return float(np.hypot(*np.maximum(away, 0.0).T).min())


@pytest.mark.parametrize("scale", [0.64, 0.9, 1.15])
@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        *((example.text, dict(example.inputs)) for example in EXAMPLES),
        (MAXIMUM, {"x": 1.0, "y": 1.7}),
        *((text, POINT) for text in random_texts(30)),
    ],
)
def test_numbers_lie_apart_and_nearest_to_their_own_edges(
    qapp: object, text: str, inputs: Mapping[str, float], scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step, at the scales of windows of 1280 × 800, 1440 × 900, and with room to spare."""
    worked = compute(ExpressionSheet(text=text, inputs=dict(inputs)), None)
    drawing, labels = worked.shape.drawing, worked.shape.labels
    lanes = [lane_points(link) for link in drawing.links]
    seen = set[tuple[str, float, float]]()
    for step in range(worked.steps + 1):
        lines = written(worked, scale, monkeypatch, step)
        for (one, place), (other, there) in combinations(lines, 2):
            both = place.intersected(there)
            assert both.width() <= TOUCHING or both.height() <= TOUCHING, (step, one, other)
        for said, place in lines:
            high = CAPITALS * place.height()
            digits = QRectF(place.left(), place.center().y() - high / 2, place.width(), high)
            if (said, place.x(), place.y()) not in seen:
                seen.add((said, place.x(), place.y()))
                assert_nearest(drawing, labels, lanes, said, digits)
    assert any(label.gradient_at is not None for label in labels.links)


def assert_nearest(
    drawing: GraphDrawing, labels: EdgeLabels, lanes: Sequence[NDArray[np.float64]], said: str, digits: QRectF
) -> None:
    """Fail where a number of an edge is nearer to an edge that it is not true of."""
    for number, (link, label) in enumerate(zip(drawing.links, labels.links, strict=True)):
        for at_gradient, room in enumerate(label.boxes):
            if room.contains(digits.center()) and not link.plain:
                own = distance(lanes[number], digits)
                for other, points in enumerate(lanes):
                    as_true = not at_gradient and drawing.links[other].source == link.source
                    assert other == number or as_true or own <= distance(points, digits), (said, number, other)
