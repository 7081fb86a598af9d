"""Where a graph does not fit, the edges of the canvas say how much lies beyond, and lead there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtTest import QTest

from app.workspaces.scalar_graph.stage import LEFT, RIGHT
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
LONG = "tanh(tanh(tanh(tanh(tanh(tanh(w*x + b)*w + b)*w + b)*w + b)*w + b)*w + b)"


def out_of_sight(bench: Bench) -> tuple[int, int]:
    """To the left and to the right, counted node by node, as beside the field: constants are none of them."""
    canvas, worked = bench.canvas, bench.model.worked
    assert worked is not None
    knots = [knot for knot in canvas.shown.drawing.knots if not worked.graph.nodes[knot.index].is_constant]
    middles = [canvas.to_view(knot.centre).x() for knot in knots]
    area = canvas.viewport.area
    return sum(x < area.left() for x in middles), sum(x > area.right() for x in middles)


def test_a_graph_that_is_seen_whole_has_none(bench: Bench) -> None:
    assert all(button.isHidden() for button in bench.page.widget.stage.hints.buttons)
    bench.type(LONG)
    bench.act("graph_fit")
    assert all(button.isHidden() for button in bench.page.widget.stage.hints.buttons)


def test_the_edge_says_how_many_lie_beyond_and_a_click_leads_to_them(bench: Bench) -> None:
    bench.type(LONG)
    left, right = (bench.page.widget.stage.hints.buttons[way] for way in (LEFT, RIGHT))
    before, _ = out_of_sight(bench)
    assert before > 3 and left.isVisible() and left.text() == f"◂ {before} more"
    assert f"{before} nodes" in left.accessibleName() and right.isHidden()
    for _ in range(20):
        if left.isHidden():
            break
        QTest.mouseClick(left, Qt.MouseButton.LeftButton)
        now, beyond = out_of_sight(bench)
        assert now < before and left.isVisible() is (now > 0)
        assert not now or left.text() == f"◂ {now} more"
        assert right.isVisible() is (beyond > 0)
        before = now
    assert out_of_sight(bench)[0] == 0 and right.isVisible()
    assert bench.canvas.viewport.camera.rect_to_view(bench.canvas.drawn).left() >= bench.canvas.viewport.area.left()


def test_no_more_lie_beyond_the_edges_than_there_are(bench: Bench) -> None:
    bench.type("+".join(f"{number}*sin({number}*x)" for number in range(2, 30)))
    worked, viewport = bench.model.worked, bench.canvas.viewport
    assert worked is not None
    viewport.pan(QPointF(-1e6, 0.0))
    beyond = bench.canvas.shown.drawing.beyond(QRectF(1e6, -1e6, 10.0, 2e6))
    nodes = len(worked.graph.operations) + len(worked.graph.variables)
    assert beyond == (nodes, 0, 0, 0)
    assert bench.page.widget.field.found.toolTip().startswith(f"{nodes} nodes"), "its text gives way to so long a sum"


def test_the_node_at_work_is_read_together_with_the_inputs_where_both_have_room(bench: Bench) -> None:
    bench.type(LONG)
    room = bench.canvas.viewport
    bounds = room.bounds
    room.read(QPointF(bounds.right() - 300.0, bounds.center().y()), 0.5)
    assert bench.canvas.to_view(bounds.topLeft()).x() < room.area.left()  # its middle is further than the inputs reach
    near = bench.canvas.shown.drawing.by_key[bench.key_of("v2")].centre
    room.read(near, 0.1)
    assert bench.canvas.to_view(bounds.topLeft()).x() >= room.area.left()
    assert bench.canvas.to_view(near).x() < room.area.right()


def test_they_hide_nothing_of_the_drawing_and_take_no_room_from_the_formula(bench: Bench) -> None:
    """In a corner of the canvas they lay on numbers."""
    for size in ((1280, 800), (853, 533)):
        bench.page.host.window().resize(*size)
        bench.type(LONG)
        bench.rest()
        stage = bench.page.widget.stage
        assert any(button.isVisible() for button in stage.hints.buttons)
        canvas, hints = (QRect(part.mapTo(stage, QPoint()), part.size()) for part in (stage.canvas, stage.hints))
        assert not canvas.intersects(hints) and stage.rect().contains(hints)
        formula = stage.header.formula
        assert formula.isHidden() or formula.width() >= formula.sizeHint().width()
