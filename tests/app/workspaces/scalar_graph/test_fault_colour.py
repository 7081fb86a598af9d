"""What means nothing has one colour on the canvas: the value that is not finite, all after it, and every gradient."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from app.kit import theme
from app.workspaces.scalar_graph.canvas.writing import Tone, tone_of
from app.workspaces.scalar_graph.layout import DrawnEdge
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


@pytest.mark.parametrize(
    ("value", "broken", "tone"),
    [
        (None, False, Tone.UNKNOWN), (0.0, False, Tone.POSITIVE), (-2.0, False, Tone.NEGATIVE),
        (float("nan"), False, Tone.FAULT), (float("inf"), False, Tone.FAULT), (float("-inf"), False, Tone.FAULT),
        (1.0, True, Tone.FAULT), (None, True, Tone.UNKNOWN),
    ],
)  # fmt: skip
def test_the_tone_of_a_number(value: float | None, broken: bool, tone: Tone) -> None:
    assert tone_of(value, broken=broken) is tone


def _colours(bench: Bench, link: DrawnEdge, *, back: bool) -> set[str]:
    """Of the pixels round the middle of a lane."""
    lane = link.lanes[1 if back else 0]
    assert lane is not None
    viewport, point = bench.canvas.viewport, lane.path.pointAtPercent(0.3)
    viewport.zoom(2.0 / viewport.camera.scale)  # a lane covers whole pixels
    viewport.pan(viewport.area.center() - bench.canvas.to_view(point))
    picture = bench.canvas.grab().toImage()
    at = bench.canvas.to_view(point).toPoint()
    ratio = picture.devicePixelRatio()
    return {
        QColor(picture.pixelColor(int(ratio * (at.x() + dx)), int(ratio * (at.y() + dy)))).name()
        for dx in range(-2, 3)
        for dy in range(-2, 3)
    }


def _link(bench: Bench, source: str, target: str) -> DrawnEdge:
    drawing = bench.canvas.shown.drawing
    ends = drawing.by_key[bench.key_of(source)].index, drawing.by_key[bench.key_of(target)].index
    return next(link for link in drawing.links if (link.source, link.target) == ends)


def test_lanes_after_a_fault_and_every_lane_back_have_its_colour(bench: Bench) -> None:
    bench.type("exp(1/x)")
    bench.model.set_input("x", 0.0)
    bench.act("graph_end")
    bench.act("graph_fit")
    danger = theme.current().danger
    assert danger in _colours(bench, _link(bench, "v1", "y"), back=False)
    assert danger not in _colours(bench, _link(bench, "x", "v1"), back=False)
    for link in (_link(bench, "x", "v1"), _link(bench, "v1", "y")):
        assert danger in _colours(bench, link, back=True)
    bench.model.set_input("x", 1.0)
    for link in (_link(bench, "x", "v1"), _link(bench, "v1", "y")):
        for back in (False, True):
            assert danger not in _colours(bench, link, back=back)
