"""What is written along edges, as it is painted: no number lies on another, on a node or on a leaf."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from app.workspaces.scalar_graph.canvas.painter import NearPainter
from app.workspaces.scalar_graph.canvas.state import CanvasState
from app.workspaces.scalar_graph.canvas.writing import Face, Tone, Writing
from app.workspaces.scalar_graph.computation import Computation, compute
from app.workspaces.scalar_graph.layout import Sort
from app.workspaces.scalar_graph.sources import EXAMPLES
from engine.autodiff.document import ExpressionSheet

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


class _Listening(Writing):
    """Keeps where each line was written."""

    found: list[tuple[str, QRectF]]

    def _add(self, font: Face, at: QPointF, text: str, tone: Tone) -> None:
        width, height = font.width(text), font.height - 6.0
        self.found.append((text, QRectF(at.x() - width / 2, at.y() - height / 2, width, height)))
        super()._add(font, at, text, tone)


def written(worked: Computation, scale: float, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, QRectF]]:
    """Every line of a painted drawing with all of it known, and where it stands in scene units."""
    _Listening.found = []
    monkeypatch.setattr("app.workspaces.scalar_graph.canvas.painter.Writing", _Listening)
    shape = worked.shape
    shown = CanvasState(drawing=shape.drawing, labels=shape.labels, faces=shape.faces, state=worked.state(worked.steps))
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
    whole = worked.state
    for step in range(worked.steps + 1):
        monkeypatch.setattr(type(worked), "state", lambda _self, _steps, at=step: whole(at))
        lines = written(worked, 0.8, monkeypatch)
        for (one, place), (other, there) in combinations(lines, 2):
            both = place.intersected(there)
            assert both.width() <= TOUCHING or both.height() <= TOUCHING, (step, one, other)
