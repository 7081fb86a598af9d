"""The whole network stays in view as it grows, until somebody pans or zooms."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtTest import QTest

from engine.formats.base import NetworkFile
from engine.graph import Wire
from engine.graph.build import feed_forward
from tests.app.builder.canvas_rig import Rig

FAR = QPointF(4000.0, 300.0)


@pytest.fixture
def rig(qtbot) -> Rig:
    return Rig(qtbot)


def all_in_view(rig: Rig) -> bool:
    canvas = rig.canvas
    return canvas.camera.visible(QSizeF(canvas.size())).contains(canvas.scene.layout.bounds)


def test_a_splice_that_makes_room_keeps_the_output_in_view(rig: Rig) -> None:
    rig.canvas.viewport.fit()
    for _ in range(6):
        into = Wire(source="dense-1", target=next(w.target for w in rig.graph.wires if w.source == "dense-1"))
        rig.canvas.edits.add("dense", QPointF(300.0, 100.0), into)
        assert all_in_view(rig)
    while rig.document.undo_stack.canUndo():
        rig.document.undo_stack.undo()
        assert all_in_view(rig)


def test_undo_of_a_block_that_made_the_network_smaller_shows_it_as_before(rig: Rig) -> None:
    rig.canvas.viewport.fit()
    camera = rig.canvas.camera
    before = camera.scale, camera.offset
    rig.canvas.edits.add("dense", FAR)
    assert camera.scale < before[0]
    rig.document.undo_stack.undo()
    assert (camera.scale, camera.offset) == before


def test_an_edit_that_stays_in_view_moves_nothing(rig: Rig) -> None:
    rig.canvas.viewport.fit()
    scale, offset = rig.canvas.camera.scale, QPointF(rig.canvas.camera.offset)
    rig.canvas.edits.remove(["dense-2"])
    assert (rig.canvas.camera.scale, rig.canvas.camera.offset) == (scale, offset)


def test_who_has_panned_is_not_moved(rig: Rig) -> None:
    rig.canvas.viewport.fit()
    rig.canvas.viewport.pan(QPointF(30.0, 0.0))
    offset = QPointF(rig.canvas.camera.offset)
    rig.canvas.edits.add("dense", FAR)
    assert not all_in_view(rig)
    assert rig.canvas.camera.offset == offset


def test_another_file_is_shown_whole_wherever_one_had_panned_to(rig: Rig) -> None:
    rig.canvas.viewport.centre_on(FAR)
    old = rig.document
    rig.document.load_file(NetworkFile(feed_forward([8] * 9), old.hyper, old.data, {}), None)
    assert all_in_view(rig)


def test_a_drag_on_the_mini_map_carries_the_view_along(rig: Rig) -> None:
    canvas, mini_map = rig.canvas, rig.canvas.overlays.minimap
    canvas.viewport.fit()
    assert not mini_map.isVisible()
    canvas.viewport.zoom(2.0)
    assert mini_map.isVisible()
    scale = mini_map._scale()
    before = canvas.camera.to_scene(QPointF(500.0, 300.0))
    start = mini_map.rect().center()
    QTest.mousePress(mini_map, Qt.MouseButton.LeftButton, pos=start)
    for x in range(1, 11):
        QTest.mouseMove(mini_map, start + QPoint(x, 0))
    QTest.mouseRelease(mini_map, Qt.MouseButton.LeftButton, pos=start + QPoint(10, 0))
    moved = canvas.camera.to_scene(QPointF(500.0, 300.0)) - before
    assert abs(moved.x() - 10 / scale) < 1.0 and abs(moved.y()) < 1e-9


@pytest.mark.parametrize(
    ("hidden", "size"),
    [((8, 8, 8), (340, 212)), ((4,) * 5, (640, 212)), ((8,) * 6, (480, 212)), ((2,), (360, 256))],
)
def test_no_badge_lies_under_the_zoom_bar(qtbot, hidden: tuple[int, ...], size: tuple[int, int]) -> None:
    """At 150 % it covered the last one."""
    rig = Rig(qtbot, feed_forward(hidden))
    rig.canvas.resize(*size)
    rig.canvas.viewport.fit()
    camera, bar = rig.canvas.camera, QRectF(rig.canvas.overlays.zoom_bar.geometry())
    badges = [badge for block in rig.canvas.badges.values() for badge in block]
    assert badges
    for badge in badges:
        assert not camera.rect_to_view(badge.rect).intersects(bar), badge.words


def test_a_deep_network_is_shown_whole_in_a_small_canvas(qtbot) -> None:
    """At 150 % it was shown at 20 %, cut at both ends, and the mini-map lay on its last layers."""
    rig = Rig(qtbot, feed_forward((8,) * 12))
    rig.canvas.resize(360, 200)
    rig.canvas.viewport.fit()
    assert all_in_view(rig)
    assert not rig.canvas.overlays.minimap.isVisible()
    fitted = rig.canvas.camera.scale
    rig.canvas.viewport.zoom(0.8)
    assert rig.canvas.camera.scale == fitted
