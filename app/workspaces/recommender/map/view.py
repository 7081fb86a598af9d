"""The map itself: what is seen of it, and what mouse and keys do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPointF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.kit.drawing.drawing import remembered
from app.kit.drawing.marks import text_width
from app.kit.drawing.view import DrawingView
from app.kit.kernels import notifier
from app.kit.scene.viewport import GESTURES, Camera, Viewport
from app.kit.widgets.per_frame import PerFrame
from app.workspaces.recommender.map.marks import (
    ANCHOR,
    DOT,
    MOST_NAME,
    RING,
    SQUARE,
    TEXT,
    VISITOR,
    MapLook,
    NameWish,
    PlacedName,
    draw_map,
    place_names,
)
from app.workspaces.recommender.map.scene import MapScene
from app.workspaces.recommender.map.turning import Turning

REACH = 9.0
"""Pixels: so near to an item the pointer is on it."""
STEP, TURN_STEP, ZOOM_STEP = 48.0, 24.0, 1.3
FLY_MS, FLY_SCALE = 600, 4.0
"""How long it takes to fly to an item, and how much larger than the whole map it is looked at then."""
ANCHORS, APART = 12, 110.0
"""So many popular items are named before all others, no two nearer than so many pixels: to find one's way by."""
FILL = 40
"""So many more popular items in view are named where there is room."""
MOST_NAMED = 300
"""So many of the watched items are named where there is room."""
EDGE = 4.0
LEAST, MOST, MARGIN = 0.02, 400.0, 10.0
DIRECTIONS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class MapView(DrawingView):
    """``item_hovered(row or None)``, ``item_picked(row)``. Drag pans; with Ctrl, or in ``turn_mode``, it turns."""

    item_hovered = Signal(object)
    item_picked = Signal(int)

    def __init__(self, scene: MapScene, turning: Turning, parent: QWidget | None = None) -> None:
        super().__init__(draw_map, None, hint=QSize(400, 240), least=QSize(240, 140), parent=parent)
        self._scene, self._turning = scene, turning
        self.yields_wheel = False
        """The map lies on a page that scrolls: the wheel is the page's until the map has the keyboard."""
        self.viewport = Viewport(self, scene, _camera())
        self.names: dict[int, PlacedName] = {}
        self.turn_mode = False
        self._pointed_row: int | None = None
        self._pressed: QPoint | None = None
        self._last = QPointF()
        self._dragging = False
        self._flight = QVariantAnimation(self)
        self._flight.setDuration(FLY_MS)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._flight.valueChanged.connect(self._fly_on)
        self._course = (QPointF(), 1.0, QPointF(), 1.0)
        self._looks = PerFrame(self)
        self._looks.taken.connect(self._look)
        self.viewport.moved.connect(self.refresh)
        scene.points_changed.connect(self.refresh)
        scene.marks_changed.connect(self.show_marks)
        scene.loaded.connect(self._load)
        notifier().loaded.connect(self.show_marks)

    # What is seen -------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Everything may lie elsewhere: what was pointed at is no longer under the pointer."""
        self._set_pointed(None)
        self.show_marks()

    @Slot()
    def show_marks(self) -> None:
        """Show what lies above the points, as it is now."""
        self._looks.offer(None)

    @Slot()
    def _load(self) -> None:
        """Another map: all of it is shown."""
        self._flight.stop()
        self._pointed_row, self.names = None, {}
        self._scene.rescale(self._aspect())
        self.viewport.fit()

    def _aspect(self) -> float:
        return (self.width() - 2 * MARGIN) / max(self.height() - 2 * MARGIN, 1.0)

    def at(self, row: int) -> QPointF:
        """Return where an item is, in pixels."""
        x, y = self._scene.places[row].tolist()
        return self.viewport.camera.to_view(QPointF(x, y))

    def way(self) -> list[QPointF]:
        """Return where the visitor was and is, in pixels."""
        return [self.viewport.camera.to_view(QPointF(x, y)) for x, y in self._scene.way().tolist()]

    @Slot(object)
    def _look(self, _when: object) -> None:
        scene, content = self._scene, self._scene.content
        if content is None:
            return
        if self.viewport.shows_all and not self.viewport.visible.contains(scene.bounds):
            self.viewport.camera.fit(scene.bounds, self.viewport.area)  # while the map turns all of it stays in sight
        camera = self.viewport.camera
        places = pixels(scene.places, camera.scale, camera.offset.x(), camera.offset.y())
        way = [(point.x(), point.y()) for point in self.way()]
        watched, shown = self._in_sight(content.watched, places), self._in_sight(content.shown, places)
        special = self._in_sight([row for row in (scene.found, self._pointed_row) if row is not None], places)
        self.names = self._place_names(places, (watched, shown, special), np.array(way).reshape(-1, 2))
        self.set_data(
            MapLook(
                content, scene.colours, places, scene.order, tuple(self.names.values()), watched, shown, special, way,
                None if self._dragging else self._pointed_row, None if self._turning.upright else scene.frame,
                self.focused_by_key, self.devicePixelRatioF(),
            )
        )  # fmt: skip

    def _in_sight(self, rows: Sequence[int], places: NDArray[np.float32]) -> list[int]:
        at = places[np.asarray(rows, np.int64)]
        inside = np.all((at > 0) & (at < (self.width(), self.height())), axis=1)  # none but finite ones
        return [row for row, seen in zip(rows, inside, strict=True) if seen]

    def _place_names(
        self, places: NDArray[np.float32], marked_rows: Sequence[list[int]], way: NDArray[np.float64]
    ) -> dict[int, PlacedName]:
        """Find places for names: what is asked for, what is popular, shown and watched, and more where there is
        room. What had a name keeps it: names do not come and go while the map moves."""
        content = self._scene.content
        assert content is not None
        watched, shown, special = marked_rows
        popular = self._scene.within(self.viewport.visible, FILL)
        named = watched[-MOST_NAMED:]  # the latest
        kept = [row for row in popular if row in self.names]
        rows = dict.fromkeys([*special, *self._anchors(popular, places), *shown, *named, *kept, *popular])
        strong = {*special, *shown, *named}
        reach = {**dict.fromkeys(watched, SQUARE), **dict.fromkeys(shown, DOT), **dict.fromkeys(special, RING)}
        wishes = [
            NameWish(
                row, (x, y), reach.get(row, ANCHOR),
                min(text_width(content.title(row), TEXT, row in strong) + 4.0, MOST_NAME), row in strong,
                urgent=row == self._scene.found,
            )
            for row, (x, y) in zip(rows, places[list(rows)].tolist(), strict=True)
        ]  # fmt: skip
        taken = np.concatenate([places[list(reach)], way])
        around = np.array([*reach.values(), *(VISITOR + 1.0,) * len(way)])[:, None]
        covered = np.concatenate([taken - around, taken + around], axis=1)
        return place_names(wishes, self.viewport.area.adjusted(EDGE, EDGE, -EDGE, -EDGE), covered, self.names)

    @staticmethod
    def _anchors(popular: list[int], places: NDArray[np.float32]) -> list[int]:
        """The most popular ones in view that keep their distance from one another."""
        chosen: list[int] = []
        for row in popular:
            if (np.abs(places[chosen] - places[row]).sum(axis=1) >= APART).all():
                chosen.append(row)
        return chosen[:ANCHORS]

    # Looking elsewhere --------------------------------------------------------------------------------------------

    def fly_to(self, row: int) -> None:
        """Bring an item into the middle, near enough to see what is around it."""
        x, y = self._scene.places[row].tolist()
        if x != x or y != y:
            return
        camera = self.viewport.camera
        whole = _camera()
        whole.fit(self._scene.bounds, self.viewport.area)
        middle = camera.to_scene(self.viewport.area.center())
        self._course = (middle, camera.scale, QPointF(x, y), max(camera.scale, whole.scale * FLY_SCALE))
        self.viewport.shows_all = False
        self._flight.stop()
        self._flight.start()

    @Slot(object)
    def _fly_on(self, share: float) -> None:
        start, scale, goal, goal_scale = self._course
        self.viewport.camera.scale = scale * (goal_scale / scale) ** share
        self.viewport.centre_on(start + (goal - start) * share)

    def pick_middle(self) -> None:
        """Pick the item that is nearest to the middle."""
        camera = self.viewport.camera
        row = self._scene.nearest(camera.to_scene(self.viewport.area.center()), float("inf"))
        if row is not None:
            self.item_picked.emit(row)

    def zoom_in(self) -> None:
        """Nearer."""
        self._flight.stop()
        self.viewport.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Farther."""
        self._flight.stop()
        self.viewport.zoom(1.0 / ZOOM_STEP)

    def show_all(self) -> None:
        """All of the map."""
        self._flight.stop()
        self.viewport.fit()

    # Mouse, wheel and keys ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._flight.stop()
        self._pressed, self._last = event.position().toPoint(), event.position()
        self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._point_to(event.position())
            return
        if not self._dragging:
            away = event.position().toPoint() - self._pressed
            if away.manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._turns(event):
                self._turning.grip()
        by, self._last = event.position() - self._last, event.position()
        if self._turns(event):
            self._turning.turn(by.x(), by.y())
        else:
            self.viewport.pan(by)

    def _turns(self, event: QMouseEvent) -> bool:
        wanted = self.turn_mode or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return wanted and self._turning.possible

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        clicked = not self._dragging
        self._pressed, self._dragging = None, False
        self.unsetCursor()
        self._point_to(event.position())
        if clicked and self._pointed_row is not None:
            self.item_picked.emit(self._pointed_row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_marks()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_marks()

    def leaveEvent(self, event: QEvent) -> None:
        self._set_pointed(None)
        super().leaveEvent(event)

    def _point_to(self, point: QPointF) -> None:
        camera = self.viewport.camera
        self._set_pointed(self._scene.nearest(camera.to_scene(point), REACH / camera.scale))

    def _set_pointed(self, row: int | None) -> None:
        if row != self._pointed_row:
            self._pointed_row = row
            self.item_hovered.emit(row)
            self.show_marks()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.yields_wheel and not self.hasFocus():
            event.ignore()
            return
        self._flight.stop()
        self.viewport.wheel(event)

    def event(self, event: QEvent) -> bool:
        return (event.type() in GESTURES and self.viewport.take_gesture(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pan, with Shift they turn; Enter picks what is nearest to the middle."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pick_middle()
        elif key in DIRECTIONS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._turning.grip()
            by = DIRECTIONS[key] * TURN_STEP
            self._turning.turn(-by.x(), -by.y())
        elif key in DIRECTIONS:
            self._flight.stop()
            self.viewport.pan(DIRECTIONS[key] * STEP)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scene.content is not None and self.viewport.shows_all:
            self._scene.rescale(self._aspect())
        self.viewport.resized(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing moves."""
        super().hideEvent(event)
        self._flight.stop()
        self._turning.rest()
        self._scene.rest()


@remembered()
def pixels(places: NDArray[np.floating], scale: float, right: float, down: float) -> NDArray[np.float32]:
    """Return where places of the scene are in the view: the same array while both stay, which is drawn once."""
    return np.asarray(places * scale + (right, down), np.float32)


def _camera() -> Camera:
    return Camera(LEAST, MOST, fit_most=MOST, margin=MARGIN)
