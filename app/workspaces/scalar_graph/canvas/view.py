"""The canvas of the computation graph: what it shows, which parts are painted again, and what mouse and keys do."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from itertools import compress
from operator import ne

from PySide6.QtCore import QEvent, QMarginsF, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import look, theme
from app.kit.scene.backdrop import paint_backdrop
from app.kit.scene.viewport import GESTURES
from app.kit.widgets.drag_number import NumberDrag
from app.kit.widgets.painted import KeyFocus, guarded
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.groups import HEIGHT, Hull, Pill, paint_grounds, paint_pills, place_pills
from app.workspaces.scalar_graph.canvas.painter import (
    FarPainter,
    Motion,
    NearPainter,
    are_numbers_legible,
    crowded,
    paint_motion,
)
from app.workspaces.scalar_graph.canvas.state import CanvasState, HitPart, ScalarCanvasHit, hit_at, neighbour, tip_of
from app.workspaces.scalar_graph.canvas.viewport import GraphViewport, PassFollower
from app.workspaces.scalar_graph.canvas.writing import Stamps
from app.workspaces.scalar_graph.computation import PassState
from app.workspaces.scalar_graph.layout import Faces, GraphDrawing, Knot, Sort

MOST_NODES = 160
"""In a larger graph looking for what has changed takes as long as painting what is in sight of it."""
LARGE_SHARE = 0.4
"""Where more of the nodes are others, all of it is painted."""
NODE = QMarginsF(16.0, 16.0, 16.0, 4.0)
"""Scene units round a node and its numbers: its flag, its ring."""
LANES = QMarginsF(16.0, 16.0, 16.0, 16.0)
EXIT = QMarginsF(100.0, 24.0, 60.0, 50.0)
"""Its lanes come from the left, the seed stands beneath."""


def changed_areas(shown: CanvasState, before: PassState, now: PassState) -> list[QRectF] | None:
    """Parts of the scene, which may overlap; None where it may be anywhere."""
    count = len(shown.drawing.knots)
    if not 0 < len(before.values) == len(now.values) == count <= MOST_NODES:
        return None
    if (before.faulty, before.hollow, before.largest) != (now.faulty, now.hollow, now.largest):
        return None
    values = set(compress(range(count), map(ne, before.values, now.values)))
    slopes = set(compress(range(count), map(ne, before.gradients, now.gradients)))
    at_work = {node for node in (before.current, now.current) if node is not None and before.current != now.current}
    if len(values | slopes) > LARGE_SHARE * count:
        return None
    links = [
        link
        for link in shown.drawing.links
        if before.handed.get((link.target, link.slot)) != now.handed.get((link.target, link.slot))
        or link.source in values
        or link.target in at_work
    ]
    nodes = values | slopes | at_work | {link.source for link in links}
    areas = [shown.drawing.knots[index].cell.marginsAdded(NODE) for index in nodes]
    areas += [link.path.controlPointRect().marginsAdded(LANES) for link in links]
    if shown.drawing.output in values | slopes:
        areas.append(shown.drawing.exit.marginsAdded(EXIT))
    return areas


AROUND = 40.0
"""Scene units: rings, flags and numbers of a drawing reach no further beyond it."""


MOST_PIECES = 16
"""Of so many rectangles each is looked up in the drawing by itself; of more, what holds them all."""


DRAG_START = 4.0
"""Pixels that a press may move and still be a click."""
STEP, FINE = 0.1, 0.01
"""What a nudge by keys changes a leaf by, and with Shift."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NUDGES = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0, Qt.Key.Key_Underscore: -1.0}
ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class CanvasGestures:
    """Turns the canvas' events into what they mean; one gesture at a time."""

    def __init__(self, canvas: GraphCanvas) -> None:
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._button = Qt.MouseButton.NoButton
        self._leaf: Knot | None = None
        self._drag = NumberDrag()
        self._pulling = False
        self._frame: QRectF | None = None

    # The mouse ----------------------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begin: what it becomes shows when it moves."""
        self._pressed, self._button = event.position(), event.button()
        found = self._canvas.hit(event.position())
        knot = found.knot if found.part is HitPart.NODE else None
        self._leaf = knot if knot is not None and knot.sort is Sort.LEAF else None

    def move(self, event: QMouseEvent) -> None:
        """Drag what was pressed, or say what is pointed at."""
        if self._pressed is None:
            self._point(event.position())
            return
        moved = event.position() - self._pressed
        if self._button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton) or (
            event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self._canvas.viewport.pan(moved)
            self._pressed = event.position()
        elif moved.manhattanLength() < DRAG_START and not self._pulling and self._frame is None:
            return
        elif self._leaf is not None:
            self._pull(event)
        else:
            self._frame = QRectF(self._pressed, event.position()).normalized()
            self._canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture; a press that did not move is a click."""
        pressed, self._pressed = self._pressed, None
        if self._pulling:
            self._pulling = False
            self._canvas.shown.pulled = None
            self._canvas.let_go.emit()
        elif self._frame is not None:
            self._choose_framed(event)
        elif pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            self._click(event)
        self._canvas.update()

    def _point(self, point: QPointF) -> None:
        found = self._canvas.hit(point)
        leaf = found.part is HitPart.NODE and found.knot is not None and found.knot.sort is Sort.LEAF
        hand = found.part is not HitPart.NOTHING or self._canvas.hull(point) is not None
        cursor = Qt.CursorShape.SizeHorCursor if leaf else Qt.CursorShape.PointingHandCursor
        self._canvas.setCursor(cursor if hand else Qt.CursorShape.ArrowCursor)
        self._canvas.point_at(found.knot.key if found.knot is not None and found.part is not HitPart.EXIT else None)

    def _pull(self, event: QMouseEvent) -> None:
        leaf, canvas = self._leaf, self._canvas
        if leaf is None or self._pressed is None:
            return
        if not self._pulling:
            value = canvas.shown.state.values[leaf.index]
            self._drag.begin(value if value is not None else 0.0, self._pressed.x())
            self._pulling = True
            canvas.shown.pulled = leaf.key
        canvas.pulled.emit(leaf.key, self._drag.value_at(event.position().x(), event.modifiers()))

    def _choose_framed(self, event: QMouseEvent) -> None:
        """Everything that the frame meets; with Shift or Ctrl in addition."""
        canvas, frame = self._canvas, self._frame
        self._frame = None
        if frame is None:
            return
        scene = canvas.viewport.camera.rect_to_scene(frame)
        inside = {knot.key for knot in canvas.shown.drawing.knots if scene.intersects(knot.box)}
        canvas.choose(inside | set(canvas.shown.chosen) if event.modifiers() & ADDING else inside)

    def _click(self, event: QMouseEvent) -> None:
        canvas = self._canvas
        hull = canvas.hull(event.position())
        found = canvas.hit(event.position())
        if hull is not None:
            canvas.hull_clicked.emit(hull)
        elif found.part in (HitPart.VALUE, HitPart.PRODUCT, HitPart.GRADIENT, HitPart.EXIT):
            canvas.number_asked.emit(found)
        elif found.knot is None:
            canvas.choose(())
        elif event.modifiers() & ADDING:
            canvas.choose(set(canvas.shown.chosen) ^ {found.knot.key})
        else:
            canvas.shown.focus = found.knot.key
            if set(canvas.shown.chosen) == {found.knot.key}:
                canvas.chosen_again.emit()
            canvas.choose({found.knot.key})
            if found.knot.sort is Sort.LEAF:
                canvas.typing_asked.emit(found.knot)

    # The keys -----------------------------------------------------------------------------------------------------

    def keeps(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas' own although it may be a shortcut elsewhere."""
        key = Qt.Key(event.key())
        return (key in ARROWS or key in NUDGES) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )

    def key(self, event: QKeyEvent) -> bool:
        """Arrows walk, + and − nudge, Enter types into a leaf or opens; False for any other key."""
        key, focus = Qt.Key(event.key()), self._focused()
        if key in ARROWS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._walk(*ARROWS[key], adding=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        if key in NUDGES and focus is not None and focus.sort is Sort.LEAF:
            self._nudge(focus, NUDGES[key] * (FINE if event.modifiers() & ADDING else STEP))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focus is not None:
            (self._canvas.typing_asked if focus.sort is Sort.LEAF else self._canvas.opened).emit(focus)
            return True
        return False

    def _focused(self) -> Knot | None:
        drawing, key = self._canvas.shown.drawing, self._canvas.shown.focus
        return drawing.by_key.get(key) if key is not None else None

    def _walk(self, across: int, down: int, *, adding: bool) -> None:
        canvas, focus = self._canvas, self._focused()
        drawing = canvas.shown.drawing
        if not drawing.knots:
            return
        going = neighbour(drawing, focus, across, down) if focus is not None else drawing.knots[drawing.output]
        if going is None:
            return
        chosen: set[Hashable] = set(canvas.shown.chosen)
        canvas.focus_on(going)
        if adding:
            canvas.choose(chosen | {going.key})

    def _nudge(self, leaf: Knot, by: float) -> None:
        value = self._canvas.shown.state.values[leaf.index]
        if value is not None:
            self._canvas.pulled.emit(leaf.key, round(value + by, 10))
            self._canvas.let_go.emit()

    # Painting -----------------------------------------------------------------------------------------------------

    def paint_frame(self, painter: QPainter) -> None:
        """The frame that is being drawn."""
        if self._frame is not None:
            painter.setPen(QPen(theme.colour("accent"), 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(look.faded("accent", 0.10))
            painter.drawRect(self._frame)


class GraphCanvas(KeyFocus, QWidget):
    """Shows a drawing and what is known of it; knows what is under a pixel, and tells what hands do there.

    ``chosen(keys)``: by hand; ``chosen_again``: the one that is chosen already; ``pointed(key)``: the node under the
    pointer, or None; ``number_asked(hit)``: a number of an edge or the result was clicked; ``pulled(key, value)`` and
    ``let_go``: a leaf is dragged; ``typing_asked(knot)``: a leaf was clicked; ``hull_clicked(hull)``.
    """

    chosen = Signal(object)
    chosen_again = Signal()
    pointed = Signal(object)
    number_asked = Signal(object)
    pulled = Signal(object, float)
    let_go = Signal()
    typing_asked = Signal(object)
    hull_clicked = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = CanvasState()
        self.hulls: tuple[Hull, ...] = ()
        """The groups that have a ground."""
        self.pills: tuple[Pill, ...] = ()
        """The groups that have a pill, each with its place in pixels of the widget."""
        self._inner = QRectF()
        self._due = QRegion()
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._paint_due)
        self.motion: Motion | None = None
        self.viewport = GraphViewport(self, self)
        self.following = PassFollower(self.viewport, self.shown)
        self._stamps = Stamps()
        self._near, self._far = NearPainter(self.shown, self._stamps), FarPainter(self.shown)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 150)
        self.viewport.moved.connect(self._move)
        self.gestures = CanvasGestures(self)
        self._pointed: Hashable | None = None
        theme.notifier().changed.connect(self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Computation graph"))

    def choose(self, keys: Collection[Hashable]) -> None:
        """Choose nodes; ``chosen`` follows."""
        chosen = frozenset(keys)
        if chosen != self.shown.chosen:
            self.shown.chosen = chosen
            self.chosen.emit(chosen)
            self.update_drawing()

    def focus_on(self, knot: Knot) -> None:
        """Bring the keyboard's ring to a node, and it into sight."""
        self.shown.focus = knot.key
        self.choose({knot.key})
        self.viewport.reveal(knot.box.adjusted(-20, -20, 20, 40))
        self.update()

    def point_at(self, key: Hashable | None) -> None:
        """The pointer has come to a node, or left it."""
        if key != self._pointed:
            self._pointed = key
            self.pointed.emit(key)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def bounds(self) -> QRectF:
        """What the viewport fits."""
        total = self._inner
        for hull in self.hulls:
            total = total.united(hull.box.adjusted(0.0, -HEIGHT / 2, 0.0, 0.0))
        return total

    @property
    def drawn(self) -> QRectF:
        """What the graph and its numbers take."""
        return self._inner

    def show_drawing(self, drawing: GraphDrawing, faces: Faces, *, afresh: bool) -> None:
        """Show another drawing; ``afresh``: it is another expression, to be seen whole."""
        shown = self.shown
        shown.drawing, shown.faces = drawing, faces
        self._inner = drawing.bounds
        shown.chosen = frozenset(key for key in shown.chosen if key in drawing.by_key)
        if shown.focus not in drawing.by_key:
            shown.focus = None
        self._near, self._far = NearPainter(shown, self._stamps), FarPainter(shown)
        if afresh:
            self.following.open()
        else:
            self.viewport.picture_changed()
        self._move()

    def show_state(self, state: PassState, *, follow: bool = True) -> None:
        """Show what is known at another moment; with ``follow``, the node at work comes into sight, large enough to be
        read, unless the whole was asked for."""
        before, self.shown.state = self.shown.state, state
        if follow and state.step != before.step:
            self.following.follow()
        areas = changed_areas(self.shown, before, state)
        if areas is None:
            self.update_drawing()
        else:
            self._update_areas(areas)

    def show_motion(self, motion: Motion | None) -> None:
        """Show what is on its way, or that nothing is."""
        if motion != self.motion:
            self.motion = motion
            self.update_drawing()

    def show_hulls(self, hulls: tuple[Hull, ...]) -> None:
        """Show which groups of nodes can be collapsed."""
        if hulls != self.hulls:
            self.hulls = hulls
            self.viewport.picture_changed()
            self._move()

    def show_stale(self, stale: bool) -> None:
        """Whether the drawing is of an expression before the one that is being typed."""
        if stale is not self.shown.stale:
            self.shown.stale = stale
            self._update(self.rect())

    def light(self, keys: Collection[Hashable]) -> None:
        """Light the nodes of these keys."""
        lit = frozenset(keys)
        if lit != self.shown.lit:
            self.shown.lit = lit
            self.update_drawing()

    def update_drawing(self) -> None:
        """Have painted anew what may have changed while everything stays in its place: not what lies upon the canvas
        beside the drawing, which would be painted as well."""
        reach = self._inner.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        self._update(self.viewport.camera.rect_to_view(reach).toAlignedRect())

    def _move(self) -> None:
        """All of it lies elsewhere, or it is another drawing."""
        self.pills = place_pills(self.hulls, self.shown.drawing, self.viewport.camera, self.viewport.area)
        self._update(self.rect())

    def _update_areas(self, areas: Iterable[QRectF]) -> None:
        """The same of parts of the scene alone."""
        region, camera = QRegion(), self.viewport.camera
        for area in areas:
            region += camera.rect_to_view(area).toAlignedRect()
        self._update(region)

    def _update(self, area: QRegion | QRect) -> None:
        """Have so much painted in the next turn of the event loop: a hand that comes in between is heard."""
        self._due += QRegion(area)
        self._turn.start()

    @Slot()
    def _paint_due(self) -> None:
        due, self._due = self._due, QRegion()
        self.update(due)

    def to_view(self, point: QPointF) -> QPointF:
        """A scene point in pixels of the widget."""
        return self.viewport.camera.to_view(point)

    # Looking ------------------------------------------------------------------------------------------------------

    @property
    def legible(self) -> bool:
        """Whether numbers of nodes and edges are drawn."""
        return are_numbers_legible(self.viewport.camera.scale)

    def _crowded(self) -> bool:
        return crowded(len(self.shown.drawing.knots_in(self._visible)), self.viewport.camera.scale)

    @property
    def _visible(self) -> QRectF:
        return self.viewport.camera.visible(self.rect().toRectF().size())

    def hit(self, point: QPointF) -> ScalarCanvasHit:
        """What is under a pixel."""
        return hit_at(self.shown, self.viewport.camera.to_scene(point), numbers=self.legible)

    def hull(self, point: QPointF) -> Hull | None:
        """The hull whose pill is under a pixel."""
        return next((hull for hull, box in self.pills if box.contains(point)), None)

    # Painting -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._draw(painter, event.region())
        finally:
            painter.end()

    def _draw(self, painter: QPainter, region: QRegion) -> None:
        """Ground, hulls, the graph from near or from afar, and the hands."""
        camera = self.viewport.camera
        paint_backdrop(painter, QRectF(self.rect()), camera, self.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        far = self._crowded()
        paint_grounds(painter, self.hulls, camera)
        painter.save()
        painter.setTransform(camera.transform, combine=True)
        if far:
            self._far.paint(painter, camera.scale)
        else:
            whole = not 1 < region.rectCount() <= MOST_PIECES
            pieces = [region.boundingRect()] if whole else list(region)  # type: ignore[call-overload]  # it can be walked
            wanted = [camera.rect_to_scene(QRectF(piece)) for piece in pieces]
            self._near.paint(painter, self._visible, camera.scale, wanted)
        if self.motion is not None and not far and self.motion.node < len(self.shown.drawing.knots):
            paint_motion(painter, self.motion, self.shown.drawing)
        painter.restore()
        paint_pills(painter, self.pills)
        self.gestures.paint_frame(painter)
        if self.focused_by_key:
            painter.setPen(QPen(look.faded("accent", 0.5), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))

    # Events -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A collapsed node opens; any other shows where its number comes from."""
        found = self.hit(event.position())
        if found.part is HitPart.NODE and found.knot is not None:
            self.opened.emit(found.knot)

    def leaveEvent(self, event: QEvent) -> None:
        self.point_at(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms, wheel or two fingers pan."""
        self.viewport.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.gestures.key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.viewport.resized(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in GESTURES and self.viewport.take_gesture(event):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = tip_of(self.hit(QPointF(event.pos())), self.shown)
            QToolTip.showText(event.globalPos(), plain_tip(text), self) if text else QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.gestures.keeps(event):
            event.accept()
            return True
        return super().event(event)
