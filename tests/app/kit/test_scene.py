"""Looking about in a picture that is no network: viewport, mini-map, curves and playhead know nothing of one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QAccessible, QColor, QNativeGestureEvent, QPainter, QPaintEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.builder.canvas.minimap import MiniMap
from app.kit import theme
from app.kit.scene.backdrop import paint_backdrop
from app.kit.scene.curves import curve, height_at, loose_curve
from app.kit.scene.playhead import STAGE_SECONDS, Playhead
from app.kit.scene.viewport import GESTURES, MAX_SCALE, MIN_SCALE, Camera, Viewport

SCENE = Path(__file__).resolve().parents[3] / "app" / "kit" / "scene"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Islands:
    """A picture: rectangles somewhere in a plane."""

    def __init__(self) -> None:
        self.rects = [QRectF(-300.0, -40.0, 80.0, 60.0), QRectF(120.0, 30.0, 200.0, 90.0)]

    @property
    def bounds(self) -> QRectF:
        whole = QRectF()
        for rect in self.rects:
            whole = whole.united(rect)
        return whole


class Chart(QWidget):
    """Shows the islands."""

    def __init__(self) -> None:
        super().__init__()
        self.islands = Islands()
        self.viewport = Viewport(self, self.islands)
        self.map = MiniMap(self.viewport, self.bars, self)
        self.viewport.moved.connect(self.map.follow)

    def bars(self) -> list[tuple[QRectF, bool]]:
        return [(rect, number == 1) for number, rect in enumerate(self.islands.rects)]

    def resizeEvent(self, event) -> None:
        self.viewport.resized(event)

    def wheelEvent(self, event) -> None:
        self.viewport.wheel(event)

    def event(self, event) -> bool:
        return (event.type() in GESTURES and self.viewport.take_gesture(event)) or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            paint_backdrop(painter, self.viewport.area, self.viewport.camera, self.devicePixelRatioF())
            painter.setTransform(self.viewport.camera.transform, True)
            for rect in self.islands.rects:
                painter.fillRect(rect, Qt.GlobalColor.red)
        finally:
            painter.end()


@pytest.fixture
def chart(qtbot) -> Chart:
    widget = Chart()
    widget.resize(800, 400)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def whole_in_view(chart: Chart) -> bool:
    return chart.viewport.visible.contains(chart.islands.bounds)


def turn(chart: Chart, by: QPoint, modifiers=Qt.KeyboardModifier.NoModifier, at: QPointF | None = None) -> None:
    at = at if at is not None else QPointF(200.0, 100.0)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(chart, QWheelEvent(at, at, QPoint(), by, none, modifiers, phase, False))


def test_the_whole_picture_is_in_view_in_a_widget_of_any_size(chart: Chart) -> None:
    for size in (QSize(800, 400), QSize(300, 300), QSize(1000, 250)):
        chart.resize(size)
        assert whole_in_view(chart)
        assert chart.viewport.camera.to_view(chart.islands.bounds.center()) == chart.viewport.area.center()


def test_a_picture_that_grows_stays_in_view_until_somebody_looks_elsewhere(chart: Chart) -> None:
    chart.islands.rects.append(QRectF(900.0, 700.0, 50.0, 50.0))
    assert not whole_in_view(chart)
    chart.viewport.picture_changed()
    assert whole_in_view(chart)
    chart.viewport.pan(QPointF(5.0, 0.0))
    chart.islands.rects.append(QRectF(-2000.0, 0.0, 50.0, 50.0))
    offset = chart.viewport.camera.offset
    chart.viewport.picture_changed()
    assert chart.viewport.camera.offset == offset


def test_a_picture_that_changes_within_what_is_shown_moves_nothing(chart: Chart, qtbot) -> None:
    chart.islands.rects.append(QRectF(0.0, 0.0, 10.0, 10.0))
    with qtbot.assertNotEmitted(chart.viewport.moved):
        chart.viewport.picture_changed()


def test_after_a_pan_a_resize_keeps_the_middle_in_the_middle(chart: Chart) -> None:
    chart.viewport.pan(QPointF(60.0, -20.0))
    middle, scale = chart.viewport.visible.center(), chart.viewport.camera.scale
    chart.resize(600, 500)
    away = chart.viewport.visible.center() - middle
    assert abs(away.x()) < 1e-9 and abs(away.y()) < 1e-9
    assert chart.viewport.camera.scale == scale


@pytest.mark.parametrize(
    "look",
    [
        lambda v: v.pan(QPointF(3.0, 4.0)),
        lambda v: v.zoom(1.5),
        lambda v: v.fit(),
        lambda v: v.centre_on(QPointF(9.0, 9.0)),
        lambda v: v.reveal(QRectF(5000.0, 0.0, 10.0, 10.0)),
    ],
)
def test_whoever_looks_elsewhere_is_told_of(chart: Chart, qtbot, look) -> None:
    with qtbot.waitSignal(chart.viewport.moved):
        look(chart.viewport)


def test_zoom_keeps_what_is_under_its_anchor_and_is_held(chart: Chart) -> None:
    anchor = QPointF(130.0, 310.0)
    fixed = chart.viewport.camera.to_scene(anchor)
    for factor, scale in ((100.0, MAX_SCALE), (1e-6, MIN_SCALE)):
        chart.viewport.zoom(factor, anchor)
        assert chart.viewport.camera.scale == scale
        assert (chart.viewport.camera.to_scene(anchor) - fixed).manhattanLength() < 1e-6


def test_zoom_without_an_anchor_is_about_the_middle(chart: Chart) -> None:
    middle = chart.viewport.visible.center()
    chart.viewport.zoom(0.5)
    assert (chart.viewport.visible.center() - middle).manhattanLength() < 1e-9


def test_reveal_pans_no_further_than_it_must(chart: Chart) -> None:
    chart.viewport.zoom(4.0)
    far = QRectF(1500.0, 0.0, 20.0, 20.0)
    chart.viewport.reveal(far)
    assert chart.viewport.visible.contains(far)
    assert chart.viewport.visible.right() - far.right() < 20.0
    offset = chart.viewport.camera.offset
    chart.viewport.reveal(far)
    assert chart.viewport.camera.offset == offset


def test_the_wheel_pans_shift_turns_it_sideways_and_ctrl_zooms_about_the_pointer(chart: Chart) -> None:
    camera = chart.viewport.camera
    before = camera.offset
    turn(chart, QPoint(0, 120))
    assert camera.offset - before == QPointF(0.0, 60.0)
    turn(chart, QPoint(0, 120), SHIFT)
    assert camera.offset - before == QPointF(60.0, 60.0)
    at, scale = QPointF(250.0, 90.0), camera.scale
    fixed = camera.to_scene(at)
    turn(chart, QPoint(0, 240), CONTROL, at)
    assert camera.scale > scale
    assert (camera.to_scene(at) - fixed).manhattanLength() < 1e-9


def test_a_pinch_zooms(chart: Chart) -> None:
    at, pad = QPointF(100.0, 100.0), QPointingDevice.primaryPointingDevice()
    scale = chart.viewport.camera.scale
    zoom = Qt.NativeGestureType.ZoomNativeGesture
    QApplication.sendEvent(chart, QNativeGestureEvent(zoom, pad, 2, at, at, at, 0.25, QPointF()))
    assert chart.viewport.camera.scale == pytest.approx(1.25 * scale)


def test_the_ground_and_the_picture_are_painted_where_the_camera_says(chart: Chart) -> None:
    image = chart.grab().toImage()
    ratio = image.devicePixelRatio()
    inside = chart.viewport.camera.to_view(chart.islands.rects[0].center()) * ratio
    assert image.pixelColor(inside.toPoint()) == Qt.GlobalColor.red


def test_a_click_on_the_map_looks_there(chart: Chart) -> None:
    chart.viewport.zoom(4.0, QPointF(0.0, 0.0))
    goal = chart.islands.rects[1].center()
    assert not chart.viewport.visible.contains(goal)
    on_map = chart.map._to_map(QRectF(goal, QSizeF())).topLeft().toPoint()
    QTest.mouseClick(chart.map, Qt.MouseButton.LeftButton, pos=on_map)
    assert chart.viewport.visible.contains(goal)


def test_a_drag_on_the_map_carries_the_view_along(chart: Chart) -> None:
    before, scale = chart.viewport.visible.center(), chart.map._scale()
    start = chart.map.rect().center()
    QTest.mousePress(chart.map, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(chart.map, start + QPoint(8, 0))
    QTest.mouseRelease(chart.map, Qt.MouseButton.LeftButton, pos=start + QPoint(8, 0))
    moved = chart.viewport.visible.center() - before
    assert moved.x() == pytest.approx(8 / scale) and moved.y() == pytest.approx(0.0, abs=1e-9)


def test_the_maps_parts_have_names_for_those_who_hear_them(chart: Chart) -> None:
    interface = chart.map.accessible_interface()
    names = [interface.child(index).text(QAccessible.Text.Name) for index in range(interface.childCount())]
    assert names == ["The whole network. Click to look there", "The part in view. Drag to look elsewhere"]


def distance(one: QColor, other: QColor) -> int:
    return sum(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


def test_the_map_shows_each_mark_and_the_chosen_ones_stronger(chart: Chart) -> None:
    image = chart.map.grab().toImage()
    plain, chosen = (
        image.pixelColor((chart.map._to_map(rect).center() * image.devicePixelRatio()).toPoint())
        for rect in chart.islands.rects
    )
    assert distance(chosen, theme.colour("accent")) < 6 < 60 < distance(plain, theme.colour("accent"))
    assert distance(plain, theme.colour("surface")) > 60


def test_a_curve_is_where_its_heights_say() -> None:
    start, end = QPointF(10.0, -5.0), QPointF(210.0, 95.0)
    path = curve(start, end)
    for share in (0.0, 0.2, 0.5, 0.9, 1.0):
        point = path.pointAtPercent(share)
        height = float(height_at(point.x(), start.x(), start.y(), end.x(), end.y()))
        assert height == pytest.approx(point.y(), abs=1e-6)


def test_a_loose_curve_leaves_and_arrives_outwards_even_backwards() -> None:
    path = loose_curve(QPointF(100.0, 0.0), QPointF(-100.0, 40.0))
    assert path.boundingRect().right() > 100.0 and path.boundingRect().left() < -100.0


def test_the_playhead_goes_through_any_number_of_stages(qtbot) -> None:
    playhead = Playhead()
    playhead.load(3)
    playhead.advance(1.5 * STAGE_SECONDS)
    assert (playhead.index, playhead.progress) == (1, pytest.approx(0.5))
    playhead.step()
    assert playhead.position == 2.0
    playhead.speed = 1000.0
    with qtbot.waitSignal(playhead.playing_changed, check_params_cb=lambda playing: not playing):
        playhead.play()
    assert playhead.at_end


def test_scene_imports_nothing_but_the_kit_and_the_rasteriser() -> None:
    files = sorted(SCENE.glob("*.py"))
    assert len(files) > 3
    named = {
        name
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        )
    }  # fmt: skip
    ours = {name for name in named if name.partition(".")[0] in ("app", "engine")}
    assert not {name for name in ours if not name.startswith(("app.kit", "engine.raster"))}


def test_where_there_is_little_room_a_fit_leaves_little_free() -> None:
    """At 150 % a network was fitted at 23 %, in 89 of the 145 pixels that its canvas had."""
    camera = Camera(least=0.1)
    camera.fit(QRectF(0.0, 0.0, 400.0, 400.0), QRectF(0.0, 0.0, 285.0, 145.0))
    assert camera.rect_to_view(QRectF(0.0, 0.0, 400.0, 400.0)).height() > 0.85 * 145.0
