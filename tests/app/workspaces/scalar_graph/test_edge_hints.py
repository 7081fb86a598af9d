"""Where a graph does not fit, the edges of the canvas say how much lies beyond, and lead there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from app.workspaces.scalar_graph.edge_hints import EDGE, LEFT, RIGHT
from tests.app.workspaces.scalar_graph.conftest import Bench

LONG = "tanh(tanh(tanh(tanh(tanh(tanh(w*x + b)*w + b)*w + b)*w + b)*w + b)*w + b)"


def out_of_sight(bench: Bench) -> tuple[int, int]:
    """To the left and to the right, counted node by node."""
    canvas = bench.canvas
    middles = [canvas.to_view(knot.centre).x() for knot in canvas.shown.drawing.knots]
    middles.append(canvas.to_view(canvas.shown.drawing.exit.center()).x())
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


def test_the_node_at_work_is_read_together_with_the_inputs_where_both_have_room(bench: Bench) -> None:
    bench.type(LONG)
    room = bench.canvas.viewport
    bounds = room.bounds
    room.read(bounds.center(), 0.5)
    assert bench.canvas.to_view(bounds.topLeft()).x() < room.area.left()  # its middle is further than the inputs reach
    near = bench.canvas.shown.drawing.by_key[bench.key_of("v2")].centre
    room.read(near, 0.1)
    assert bench.canvas.to_view(bounds.topLeft()).x() >= room.area.left()
    assert bench.canvas.to_view(near).x() < room.area.right()


def test_it_hides_no_node_where_there_is_a_free_place(bench: Bench) -> None:
    bench.type(LONG)
    canvas, left = bench.canvas, bench.page.widget.stage.hints.buttons[LEFT]
    camera, area = canvas.viewport.camera, canvas.viewport.area
    boxes = [camera.rect_to_view(knot.box) for knot in canvas.shown.drawing.knots]
    place = QRectF(left.geometry())
    heights = (area.top() + EDGE, area.center().y() - place.height() / 2, area.bottom() - EDGE - place.height())
    free = [not any(box.intersects(QRectF(place).translated(0, y - place.y())) for box in boxes) for y in heights]
    assert any(free) and not any(box.intersects(place) for box in boxes)
    assert place.left() >= area.left() and area.contains(place)
