"""The map as a drawing: points, names, the watched and the shown, the visitor's way, and what is pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from app.kit.drawing.columns import Dots
from app.kit.drawing.drawing import Drawing, Frame, remembered
from app.kit.drawing.marks import (
    Disc,
    Group,
    Line,
    Mark,
    Picture,
    Point,
    Polyline,
    Rect,
    Rectangle,
    Text,
    call,
    text_width,
)
from app.kit.drawing.view import DrawingView
from app.kit.kernels import notifier
from app.kit.scene.viewport import GESTURES, Camera, Viewport
from app.kit.widgets.per_frame import PerFrame
from app.workspaces.recommender.map.scene import Coloured, MapContent, MapScene, Turning
from engine.network import warm

TEXT, NAME_HEIGHT = 11, 15.0
SQUARE, DOT, ANCHOR, RING, VISITOR, STOP = 3.6, 4.2, 3.4, 7.5, 10.0, 7.0
"""Half sides and radii of the marks, in pixels."""
MOST_NAME, WIDEST_CARD = 190.0, 300.0
GAP = 4.0
"""Pixels between a mark and its name."""
COMPASS = 26.0
MOST_DOTS = 1500
"""So many points are drawn while the kernels are not loaded."""
_SIDES = np.array([(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])
_ALIGNMENTS = ("left middle", "right middle", "centre", "centre")


# Names ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NameWish:
    """A name to be placed. ``reach``: how far its mark extends from ``point``, in pixels; ``width``: of the text.
    ``urgent``: it is placed over marks where no side is free, since somebody has asked for this one."""

    row: int
    point: Point
    reach: float
    width: float
    strong: bool
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name in its place; ``side``: which of the four sides of its mark."""

    row: int
    box: QRectF
    strong: bool
    side: int


def place_names(
    wishes: Sequence[NameWish], room: QRectF, taken: NDArray[np.floating], before: dict[int, PlacedName]
) -> dict[int, PlacedName]:
    """Return as many of the names as find a free place, the first ones first; ``taken`` (n, 4): left, top, right and
    bottom of what they must not cover.

    Each stays on the side on which it was ``before``, where that is still free.
    """
    if not wishes:
        return {}
    offered = _boxes(wishes)
    low, high = np.array([room.left(), room.top()]), np.array([room.right(), room.bottom()])
    inside = np.all((offered[..., :2] >= low) & (offered[..., 2:] <= high), axis=2)
    possible = inside & _apart(offered.reshape(-1, 4), taken).reshape(inside.shape)
    pressed = np.array([wish.urgent for wish in wishes]) & ~possible.any(axis=1)
    possible[pressed] = inside[pressed]
    boxes = np.empty((len(wishes), 4))
    placed: dict[int, PlacedName] = {}
    for number in np.flatnonzero(possible.any(axis=1)).tolist():
        wish, free = wishes[number], possible[number] & _apart(offered[number], boxes[: len(placed)])
        kept = before.get(wish.row)
        side = kept.side if kept is not None and free[kept.side] else int(free.argmax())
        if free[side]:
            left, top, right, bottom = offered[number, side].tolist()
            boxes[len(placed)] = offered[number, side]
            placed[wish.row] = PlacedName(wish.row, QRectF(left, top, right - left, bottom - top), wish.strong, side)
    return placed


def _boxes(wishes: Sequence[NameWish]) -> NDArray[np.float64]:
    """Return the places on the four sides of each, (wishes, 4, 4): left, top, right and bottom."""
    told = np.array([(*wish.point, wish.reach, wish.width) for wish in wishes])[:, None]
    size = np.concatenate([told[..., 3:], np.full_like(told[..., 3:], NAME_HEIGHT)], axis=2)
    corners = told[..., :2] + _SIDES * (told[..., 2:3] + GAP) + (_SIDES - 1.0) / 2.0 * size
    return np.concatenate([corners, corners + size], axis=2)


def _apart(boxes: NDArray[np.float64], taken: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which of the boxes cover none of those that are taken."""
    mine = boxes[:, None]
    apart = (taken[:, :2] >= mine[..., 2:]) | (taken[:, 2:] <= mine[..., :2])
    return np.asarray(np.all(np.any(apart, axis=2), axis=1))


# The drawing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class MapLook:
    """What is seen of a map. ``places`` (n, 2): of all items, in pixels; ``order``: the most important first. ``names``
    have their place; ``watched``, ``shown`` and ``special`` are rows in sight. ``way``: where the visitor was and is.
    ``pointed``: the row that has a card. ``turned``: the frame, where it is not that of the first two directions.
    ``focused``: it has the keyboard. ``ratio``: device pixels a pixel."""

    content: MapContent
    colours: Coloured
    places: NDArray[np.float32]
    order: NDArray[np.int32]
    names: tuple[PlacedName, ...]
    watched: Sequence[int]
    shown: Sequence[int]
    special: Sequence[int]
    way: Sequence[Point]
    pointed: int | None
    turned: NDArray[np.floating] | None
    focused: bool
    ratio: float

    def at(self, row: int) -> Point:
        """Return where an item is."""
        x, y = self.places[row].tolist()
        return x, y


def draw_map(look: MapLook | None, frame: Frame) -> Drawing:
    """Draw the map; nothing of it is keyed: a place means the item that is nearest to it."""
    if look is None:
        return Drawing()
    marked = {*look.content.watched, *look.content.shown}
    boxes = [(name.box.left(), name.box.top(), name.box.width(), name.box.height()) for name in look.names]
    marks: list[Mark] = [*_points(look, frame)]
    marks += [Rectangle((x - 1, y + 1, wide + 2, high - 2), "surface 88%") for x, y, wide, high in boxes]
    marks += [_own_point(look, name.row) for name in look.names if name.row not in marked]
    marks += [
        Rectangle((x - SQUARE, y - SQUARE, 2 * SQUARE, 2 * SQUARE), "surface", "text", 1.6, 1.5)
        for x, y in map(look.at, look.watched)
    ]
    marks += [Disc(*look.at(row), DOT, "accent", "surface", 1.2) for row in look.shown]
    marks += _names(look, boxes)
    for row in look.special:
        if row not in marked:
            marks.append(_own_point(look, row))
        marks.append(Disc(*look.at(row), RING, "", "text", 1.5))
    marks += _way_marks(look)
    if look.turned is not None:
        marks += _compass(look.turned, (46.0, frame.height - 46.0))
    if look.focused:
        marks += _focus_marks(frame)
    if look.pointed is not None:
        marks += _hover_card(look, look.pointed, frame)
    return Drawing(tuple(marks))


def _points(look: MapLook, frame: Frame) -> Iterator[Mark]:
    """Yield a picture of all points; the most important ones as dots until the kernels are loaded that draw it."""
    if warm.ready():
        image = call(_image_of_points, look.places, look.colours, look.order, frame.width, frame.height, look.ratio)
        yield Picture((0, 0, frame.width, frame.height), image)
    else:
        yield Group(call(_dots, look.places, look.colours, look.order), True, (0, 0, frame.width, frame.height))


def _dots(places: NDArray[np.float32], colours: Coloured, order: NDArray[np.int32]) -> Iterator[Mark]:
    """Yield the points of the most important items."""
    rows = order[:MOST_DOTS]
    placed = rows[np.isfinite(places[rows]).all(axis=1)]
    for code, colour in enumerate(colours.palette.tolist()):
        points = places[placed[colours.codes[placed] == code]].tolist()
        if points:
            yield Dots(tuple(map(tuple, points)), 2.0, QColor.fromRgb(colour).name())


def _image_of_points(
    places: NDArray[np.float32], colours: Coloured, order: NDArray[np.int32], width: int, height: int, ratio: float
) -> QImage:
    # numba takes its time to load, so it is imported where no window waits for it.
    from engine.raster.points import PointFrame, PointLook, draw_points

    frame = PointFrame(round(width * ratio), round(height * ratio), ratio, (0.0, 0.0))
    pixels = draw_points(places, colours.codes, order, PointLook(colours.palette, ratio=ratio), frame)
    high, wide = pixels.shape
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, wide, high, 4 * wide, kind).copy()  # which owns its pixels


def _own_point(look: MapLook, row: int) -> Mark:
    """Return an item's own point once more, so that it is seen in a crowd."""
    return Disc(*look.at(row), ANCHOR + 0.6, look.colours.colour(row).name(), "surface", 1.2)


def _names(look: MapLook, boxes: Sequence[Rect]) -> list[Mark]:
    return [
        Text(
            look.content.titles[name.row], box, TEXT, "text" if name.strong else "text_muted", _ALIGNMENTS[name.side],
            name.strong, elide=True,
        )
        for name, box in sorted(zip(look.names, boxes, strict=True), key=lambda placed: placed[0].strong)
    ]  # fmt: skip


def _way_marks(look: MapLook) -> Iterator[Mark]:
    """Yield the trail from its first stop on, and the visitor at its end."""
    if not look.way:
        return
    yield Polyline(points=tuple(look.way), stroke="text", width=1.2)
    stops = look.way if look.content.user is None else look.way[:-1]
    for number, (x, y) in enumerate(stops, 1):
        yield Disc(x, y, STOP, "surface", "text", 1.4)
        yield Text(str(number), _round_box(x, y, STOP), 9, bold=True)
    if look.content.user is not None:
        x, y = look.way[-1]
        yield Disc(x, y, VISITOR, "text", "surface", 1.4)
        yield Text("u", _round_box(x, y, VISITOR), 12, "surface", bold=True)


def _compass(turned: NDArray[np.floating], middle: Point) -> Iterator[Mark]:
    """Yield how the principal directions lie in the view: a spoke each, as long as it is turned to the eye."""
    x, y = middle
    yield Disc(x, y, COMPASS + 11, "surface 85%", "border")
    for number, (across, up) in enumerate(turned.tolist(), 1):
        length = hypot(across, up)
        ink = f"text {round(25 + 75 * min(length, 1.0))}%"
        yield Line(middle, (x + across * COMPASS, y - up * COMPASS), ink, 1.5)
        if length > 0.3:
            beyond = COMPASS + 6 / length
            yield Text(str(number), _round_box(x + across * beyond, y - up * beyond, 7), 10, ink, bold=True)


def _focus_marks(frame: Frame) -> list[Mark]:
    """Return a frame, and a cross on what Enter picks."""
    x, y = frame.width / 2, frame.height / 2
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1))
    cross = [Line((x + 4 * a, y + 4 * b), (x + 11 * a, y + 11 * b), "accent", 1.5) for a, b in ways]
    return [Rectangle((1, 1, frame.width - 2, frame.height - 2), "", "accent", 1.5, 6), *cross]


def _hover_card(look: MapLook, row: int, frame: Frame) -> list[Mark]:
    title, about = look.content.titles[row], look.content.described(row)
    width = min(WIDEST_CARD, max(text_width(title, 12, True), text_width(about, 12, True)) + 20)
    height = 44.0 if about else 26.0
    x, y = look.at(row)
    left = x + 14 if x + 14 + width <= frame.width - 4 else x - 14 - width
    top = y + 14 if y + 14 + height <= frame.height - 4 else y - 14 - height
    words = (left + 10, top + 4, width - 20, height - 8)
    return [
        Rectangle((left, top, width, height), "raised 96%", "border", 1.0, 7),
        Text(title, words, 12, align="left top", bold=True, elide=True),
        Text(about, words, 11, "text_muted", "left bottom", elide=True),
    ]


def _round_box(x: float, y: float, reach: float) -> Rect:
    return x - reach, y - reach, 2 * reach, 2 * reach


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
    """``item_picked(row)``. Drag pans; with Ctrl, or in ``turn_mode``, it turns."""

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
                min(text_width(content.titles[row], TEXT, row in strong) + 4.0, MOST_NAME), row in strong,
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
