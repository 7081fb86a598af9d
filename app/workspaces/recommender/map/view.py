"""The map itself: points, what lies above them, and what mouse and keys do."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPointF, QRectF, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from app.kit import look, theme
from app.kit.scene.viewport import GESTURES, Camera, Viewport
from app.kit.widgets.painted import KeyFocus, Painted, draw_elided, set_pixels
from app.workspaces.recommender.map.job import Order, Picture
from app.workspaces.recommender.map.layer import AT_ONCE, PointLayer
from app.workspaces.recommender.map.marks import Marks
from app.workspaces.recommender.map.scene import MapScene
from app.workspaces.recommender.map.turning import Turning

REACH = 9.0
"""Pixels: so near to an item the pointer is on it."""
STEP, TURN_STEP, ZOOM_STEP = 48.0, 24.0, 1.3
FLY_MS, FLY_SCALE = 600, 4.0
"""How long it takes to fly to an item, and how much larger than the whole map it is looked at then."""
BEYOND = 80
"""Pixels beyond each edge that a picture from the background has too, so that panning meets no blank strip."""
WIDEST_CARD = 300.0
LEAST, MOST, MARGIN = 0.02, 400.0, 10.0
DIRECTIONS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class MapView(KeyFocus, Painted):
    """``item_hovered(row or None)``, ``item_picked(row)``. Drag pans; with Ctrl, or in ``turn_mode``, it turns."""

    item_hovered = Signal(object)
    item_picked = Signal(int)

    def __init__(self, scene: MapScene, turning: Turning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene, self._turning = scene, turning
        self.yields_wheel = False
        """The map lies on a page that scrolls: the wheel is the page's until the map has the keyboard."""
        self.viewport = Viewport(self, scene, _camera())
        self.layer = PointLayer(self)
        self.marks = Marks(scene, self.viewport)
        self.turn_mode = False
        self._stale = False
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
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 140)
        self.viewport.moved.connect(self.refresh)
        scene.points_changed.connect(self.refresh)
        scene.marks_changed.connect(self.update)
        scene.loaded.connect(self._load)
        self.layer.arrived.connect(self._take)
        self.layer.wanted.connect(self.refresh)

    # The picture --------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Have the points drawn anew, at the next painting. What was pointed at is no longer under the pointer."""
        self._stale = True
        self._set_pointed(None)
        self.update()

    @Slot()
    def _load(self) -> None:
        """Another map: all of it is shown."""
        self._flight.stop()
        self.layer.clear()
        self.marks.pointed = None
        self.marks.labels = {}
        self._scene.rescale(self._aspect())
        self._scene.settle()
        self.viewport.fit()

    def _aspect(self) -> float:
        return (self.width() - 2 * MARGIN) / max(self.height() - 2 * MARGIN, 1.0)

    def _order(self) -> Order | None:
        view = self._scene.view
        if view is None or not self.width() or not self.height():
            return None
        camera, ratio = self.viewport.camera, self.devicePixelRatioF()
        beyond = BEYOND if len(self._scene.order) > AT_ONCE else 0
        origin = camera.to_scene(QPointF(-beyond, -beyond))
        colours = self._scene.colours
        return Order(
            view,
            self._scene.places if self._scene.shown is view else None,
            colours.codes,
            colours.palette,
            self._scene.order,
            round((self.width() + 2 * beyond) * ratio),
            round((self.height() + 2 * beyond) * ratio),
            ratio,
            camera.scale * ratio,
            (origin.x(), origin.y()),
        )

    @Slot(object)
    def _take(self, picture: Picture) -> None:
        if len(picture.order.view.coordinates) == len(self._scene.order):
            self._scene.take(picture)
            self.update()

    def paint(self, painter: QPainter) -> None:
        if self._stale:
            self._stale = False
            order = self._order()
            if order is not None:
                self.layer.order(order)
        if self.viewport.shows_all and self._scene.shown is not None:
            self._keep_all()
        self.layer.paint(painter, self.viewport.camera, self.devicePixelRatioF())
        self.marks.paint(painter)
        if self._scene.content is not None and not self._turning.upright:
            self.marks.paint_compass(painter, QPointF(46, self.height() - 46))
        if self.focused_by_key:
            self._paint_focus(painter)
        if self.marks.pointed is not None and not self._dragging:
            self._paint_card(painter, self.marks.pointed)

    def _keep_all(self) -> None:
        """While the map turns all of it stays in sight."""
        if not self.viewport.visible.contains(self._scene.bounds):
            self.viewport.camera.fit(self._scene.bounds, self.viewport.area)
            self.refresh()

    def _paint_focus(self, painter: QPainter) -> None:
        """A frame, and a cross on what Enter picks."""
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        middle = QRectF(self.rect()).center()
        for away in (QPointF(1, 0), QPointF(0, 1)):
            painter.drawLine(middle + away * 4, middle + away * 11)
            painter.drawLine(middle - away * 4, middle - away * 11)

    def _paint_card(self, painter: QPainter, row: int) -> None:
        content = self._scene.content
        assert content is not None
        lines = [content.title(row), content.described(row)]
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        width = min(WIDEST_CARD, max(metrics.horizontalAdvance(line) for line in lines) + 20)
        height = 44.0 if lines[1] else 26.0
        box = QRectF(0, 0, width, height)
        point = self.marks.at(row)
        box.moveTopLeft(point + QPointF(14, 14))
        if box.right() > self.width() - 4:
            box.moveRight(point.x() - 14)
        if box.bottom() > self.height() - 4:
            box.moveBottom(point.y() - 14)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(look.faded("raised", 0.96))
        painter.drawRoundedRect(box, 7, 7)
        words = box.adjusted(10, 4, -10, -4)
        side = Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.colour("text"))
        set_pixels(painter, 12, QFont.Weight.DemiBold)
        draw_elided(painter, words, side | Qt.AlignmentFlag.AlignTop, lines[0])
        painter.setPen(theme.colour("text_muted"))
        set_pixels(painter, 11, QFont.Weight.Normal)
        if lines[1]:
            draw_elided(painter, words, side | Qt.AlignmentFlag.AlignBottom, lines[1])

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
            self._point_at(event.position())
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
        self._point_at(event.position())
        if clicked and self.marks.pointed is not None:
            self.item_picked.emit(self.marks.pointed)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_pointed(None)
        super().leaveEvent(event)

    def _point_at(self, point: QPointF) -> None:
        camera = self.viewport.camera
        self._set_pointed(self._scene.nearest(camera.to_scene(point), REACH / camera.scale))

    def _set_pointed(self, row: int | None) -> None:
        if row != self.marks.pointed:
            self.marks.pointed = row
            self.item_hovered.emit(row)
            self.update()

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
            self._scene.settle()
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
        self.layer.rest()


def _camera() -> Camera:
    return Camera(LEAST, MOST, fit_most=MOST, margin=MARGIN)
