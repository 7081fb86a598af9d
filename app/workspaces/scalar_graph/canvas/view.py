"""The canvas of the computation graph: a widget that paints it, and passes on what hands do with it."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from PySide6.QtCore import QEvent, QMarginsF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import look
from app.kit.scene.backdrop import paint_backdrop
from app.kit.scene.viewport import GESTURES
from app.kit.widgets.painted import Painting
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas import dropping
from app.workspaces.scalar_graph.canvas.drawing import Drawing, Knot
from app.workspaces.scalar_graph.canvas.far import FarPainter, crowded
from app.workspaces.scalar_graph.canvas.following import Following
from app.workspaces.scalar_graph.canvas.hands import Hands
from app.workspaces.scalar_graph.canvas.hit import Hit, Part, hit_at
from app.workspaces.scalar_graph.canvas.hulls import HEIGHT, Hull, hull_at, paint_grounds, paint_pills
from app.workspaces.scalar_graph.canvas.labels import Labels
from app.workspaces.scalar_graph.canvas.motion import Motion, Tether, paint_motion, paint_tether, tether_box
from app.workspaces.scalar_graph.canvas.painter import NUMBERS_FROM, NearPainter
from app.workspaces.scalar_graph.canvas.room import Room
from app.workspaces.scalar_graph.canvas.shown import Faces, Shown
from app.workspaces.scalar_graph.canvas.tips import tip_of
from app.workspaces.scalar_graph.sight import Sight

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)

AROUND = 40.0
"""Scene units: rings, flags and numbers of a drawing reach no further beyond it."""


class GraphCanvas(Painting, QWidget):
    """Shows a drawing and what is known of it.

    ``chosen(keys)``: by hand; ``pointed(key)``: the node under the pointer, or None; ``number_asked(hit)``: a number of
    an edge or the result was clicked; ``pulled(key, value)`` and ``let_go``: a leaf is dragged; ``typing_asked(knot)``:
    a leaf was clicked; ``hull_clicked(hull)``; ``dropped(template, key)``: an operation fell on a node.
    """

    antialiased = False

    chosen = Signal(object)
    pointed = Signal(object)
    number_asked = Signal(object)
    pulled = Signal(object, float)
    let_go = Signal()
    typing_asked = Signal(object)
    hull_clicked = Signal(object)
    opened = Signal(object)
    dropped = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self.hulls: tuple[Hull, ...] = ()
        self._inner = QRectF()
        self._covered = QRect()
        self.motion: Motion | None = None
        self.tether: Tether | None = None
        self.viewport = Room(self, self)
        self.following = Following(self.viewport)
        self.hands = Hands(self)
        self._near, self._far = NearPainter(self.shown), FarPainter(self.shown)
        self._by_key = False
        self._pointed: Hashable | None = None
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 150)
        self.setAccessibleName(self.tr("Computation graph"))
        self.viewport.moved.connect(self.update)

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

    def show_drawing(self, drawing: Drawing, labels: Labels, faces: Faces, *, afresh: bool) -> None:
        """Show another drawing; ``afresh``: it is another expression, to be seen whole."""
        shown = self.shown
        shown.drawing, shown.labels, shown.faces = drawing, labels, faces
        self._inner = drawing.bounds.united(labels.box)
        shown.chosen = frozenset(key for key in shown.chosen if key in drawing.by_key)
        if shown.focus not in drawing.by_key:
            shown.focus = None
        self._near, self._far = NearPainter(shown), FarPainter(shown)
        if afresh:
            self.following.open(drawing, shown=self.isVisible())
        else:
            self.viewport.picture_changed()
        self.update()

    def show_sight(self, sight: Sight, *, follow: bool = True) -> None:
        """Show what is known at another moment; with ``follow``, the node at work comes into sight, large enough to be
        read, unless the whole was asked for."""
        moved = sight.step != self.shown.sight.step
        self.shown.sight = sight
        if follow and moved:
            self.following.follow(self.shown.drawing, sight)
        self._update_drawing()

    def show_motion(self, motion: Motion | None) -> None:
        """Show what is on its way, or that nothing is."""
        if motion != self.motion:
            self.motion = motion
            self._update_drawing()

    def show_hulls(self, hulls: tuple[Hull, ...]) -> None:
        """Show which groups of nodes can be collapsed."""
        if hulls != self.hulls:
            self.hulls = hulls
            self.viewport.picture_changed()
            self.update()

    def show_stale(self, stale: bool) -> None:
        """Whether the drawing is of an expression before the one that is being typed."""
        if stale is not self.shown.stale:
            self.shown.stale = stale
            self.update()

    def light(self, keys: Collection[Hashable]) -> None:
        """Light the nodes of these keys."""
        lit = frozenset(keys)
        if lit != self.shown.lit:
            self.shown.lit = lit
            self._update_drawing()

    def choose(self, keys: Collection[Hashable]) -> None:
        """Choose nodes; ``chosen`` follows."""
        chosen = frozenset(keys)
        if chosen != self.shown.chosen:
            self.shown.chosen = chosen
            self.chosen.emit(chosen)
            self._update_drawing()

    def show_tether(self, key: Hashable | None, foot: float = 0.0) -> None:
        """From a node down to a card whose upper edge is at ``foot``, in pixels; from none, nothing."""
        tether = (key, foot) if key is not None else None
        if tether != self.tether:
            for one in (self.tether, tether):
                self.update(tether_box(one, self.shown.drawing, self.to_view))
            self.tether = tether

    def _update_drawing(self) -> None:
        """Have painted anew what may have changed while everything stays in its place: not what lies upon the canvas
        beside the drawing, which would be painted as well."""
        reach = self._inner.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        area = self.viewport.camera.rect_to_view(reach).toAlignedRect().intersected(self.rect())
        self.update(QRegion(area) - QRegion(self._covered))

    def focus_on(self, knot: Knot) -> None:
        """Bring the keyboard's ring to a node, and it into sight."""
        self.shown.focus = knot.key
        self.choose({knot.key})
        self.viewport.reveal(knot.box.adjusted(-20, -20, 20, 40))
        self.update()

    def cover(self, area: QRect) -> None:
        """What lies upon so much of the canvas hides it: there is nothing to be painted there."""
        self._covered = area

    def take_room(self, above: float, below: float) -> None:
        """Cards lie over so many pixels at the top and at the foot."""
        self.viewport.take(QMarginsF(8, above, 8, below))

    def to_view(self, point: QPointF) -> QPointF:
        """A scene point in pixels of the widget."""
        return self.viewport.camera.to_view(point)

    # Looking ------------------------------------------------------------------------------------------------------

    @property
    def legible(self) -> bool:
        """Whether numbers of edges are drawn."""
        return self.viewport.camera.scale >= NUMBERS_FROM and not self._crowded()

    def _crowded(self) -> bool:
        drawing = self.shown.drawing
        return crowded(drawing, len(drawing.knots_in(self._visible)), self.viewport.camera.scale)

    @property
    def _visible(self) -> QRectF:
        return self.viewport.camera.visible(self.rect().toRectF().size())

    def hit(self, point: QPointF) -> Hit:
        """What is under a pixel."""
        return hit_at(self.shown, self.viewport.camera.to_scene(point), numbers=self.legible)

    def hull(self, point: QPointF) -> Hull | None:
        """The hull whose pill is under a pixel."""
        return hull_at(self.hulls, point, self.viewport.camera, self.width())

    def point_at(self, key: Hashable | None) -> None:
        """The pointer has come to a node, or left it."""
        if key != self._pointed:
            self._pointed = key
            self.pointed.emit(key)

    # Painting -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def paint(self, painter: QPainter) -> None:
        """Ground, hulls, the graph from near or from afar, the card's tether, and the hands."""
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
            self._near.paint(painter, self._visible, camera.scale)
        if self.motion is not None and not far and self.motion.node < len(self.shown.drawing.knots):
            paint_motion(painter, self.motion, self.shown.drawing)
        painter.restore()
        paint_pills(painter, self.hulls, camera, self.width())
        paint_tether(painter, self.tether, self.shown.drawing, self.to_view)
        self.hands.paint(painter)
        if self._by_key and self.hasFocus():
            painter.setPen(QPen(look.faded("accent", 0.5), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))

    # Events -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A collapsed node opens; any other shows where its number comes from."""
        found = self.hit(event.position())
        if found.part is Part.NODE and found.knot is not None:
            self.opened.emit(found.knot)

    def leaveEvent(self, event: QEvent) -> None:
        self.point_at(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms, wheel or two fingers pan."""
        self.viewport.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hands.key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.viewport.resized(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in GESTURES and self.viewport.take_gesture(event):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = tip_of(self.hit(QPointF(event.pos())), self.shown)
            QToolTip.showText(event.globalPos(), plain_tip(text), self) if text else QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.hands.keeps(event):
            event.accept()
            return True
        return super().event(event)

    # Operations that fall on a node -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropping.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        dropping.move(self, event)

    def dropEvent(self, event: QDropEvent) -> None:
        dropping.drop(self, event)
