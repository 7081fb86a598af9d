"""The network canvas: the graph as it is drawn, edited by hand and watched while it trains.

It is a plain widget with a layout of its own rather than a QGraphicsView. What changes at every frame here is not one
item but nearly all of them (every tile's heat map, the picture of all edges), so an item tree would be walked, indexed
and clipped for nothing, with a Python call for each item. Instead the layers are painted one after the other from
cached images, and the questions that remain (what lies under the pointer, what fits into view) are a few lines of
plain geometry (:mod:`app.builder.canvas.geometry`, :mod:`app.builder.canvas.hit`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.builder.canvas.actions import make_actions
from app.builder.canvas.badges import Badge
from app.builder.canvas.commands import CanvasCommands
from app.builder.canvas.drawing import CanvasDrawing
from app.builder.canvas.edges import EdgeLayer, bundles_of
from app.builder.canvas.edits import CanvasEdits, Workbench
from app.builder.canvas.gestures import Pointing
from app.builder.canvas.hit import CanvasFinder, CanvasHit, CanvasPart, show_tooltip, tooltip_of, tooltip_of_badge
from app.builder.canvas.input import CanvasInput, Navigation
from app.builder.canvas.overlays import EDGE, Overlays
from app.builder.canvas.passes import PassMoment
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import Selection
from app.builder.canvas.words import describe, describe_all
from app.builder.palette_drag import PaletteTarget
from app.kit import theme
from app.kit.drawing.marks import paint_marks
from app.kit.scene.backdrop import paint_backdrop
from app.kit.scene.viewport import GESTURES, Camera, Viewport
from app.kit.translation import sentence_of
from app.kit.widgets.painted import Painting
from app.network.document import Document
from app.network.watched import Watched
from engine.problems import Problem
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace

LEAST_WIDTH = 220
"""Pixels: with the outline and both columns it fits into the smallest window, 960 wide."""
MOST_SEEN = 50
"""So many networks are shown as they were seen before."""
FIT_LEAST = 0.1
"""Below what can be zoomed to: with less of it in sight, the mini-map would lie on the rest."""
BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class NetworkViewport(Viewport):
    """Fits the network above the zoom bar where a block or its badge would lie under it. A network that is as it was
    before, such as after undo, is seen as before."""

    def __init__(self, widget: QWidget, scene: Scene) -> None:
        super().__init__(widget, scene, Camera(fit_least=FIT_LEAST))
        self._scene = scene
        self.over: QWidget | None = None
        """What lies over the lower right corner."""
        self._seen: dict[tuple[object, ...], tuple[float, QPointF]] = {}
        """The scale and offset that showed all of a network with these bounds, in a canvas of this size."""

    def picture_changed(self) -> None:
        before = self._seen.get(self._key) if self.shows_all else None
        if before is None:
            super().picture_changed()
        elif before != (self.camera.scale, self.camera.offset):
            self.camera.scale, self.camera.offset = before
            self.moved.emit()
        self._remember()

    def fit(self) -> None:
        super().fit()
        self._keep_clear()
        self._remember()

    @property
    def _key(self) -> tuple[object, ...]:
        return self.bounds.getRect(), self.area.getRect(), self.camera.fit_most

    def _remember(self) -> None:
        """Note how all is seen now."""
        if not self.shows_all:
            return
        self._seen.pop(self._key, None)
        self._seen[self._key] = self.camera.scale, self.camera.offset
        if len(self._seen) > MOST_SEEN:
            del self._seen[next(iter(self._seen))]

    def _keep_clear(self) -> None:
        if self.over is None:
            return
        area, size = self.area, QSizeF(self.over.size())
        corner = QPointF(area.width() - size.width() - EDGE, area.height() - size.height() - EDGE)
        covered = self.camera.rect_to_scene(QRectF(corner, size))
        if any(shape.with_badges.intersects(covered) for shape in self._scene.layout.shapes.values()):
            area.setBottom(corner.y())
            self.camera.fit(self.bounds, area)
            self.moved.emit()


class NetworkCanvas(Painting, PaletteTarget):
    """Shows and edits the document's graph.

    The one place that knows all the parts: what is shown (``scene``), chosen (``selection``), pointed at
    (``pointing``) and in view (``viewport``). Each part is handed those of the others that it needs, never the canvas.
    """

    selection_changed = Signal(tuple)
    neuron_selected = Signal(str, object)
    message = Signal(str)
    link_pasted = Signal(str)

    def __init__(self, document: Document, trainer: Watched, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self.scene = Scene(document, trainer.legible, self)
        self.selection = Selection(self)
        self.pointing = Pointing()
        self.viewport = NetworkViewport(self, self.scene)
        self.edits = CanvasEdits(document, self)
        self.edges = EdgeLayer(self)
        self.bench = bench = Workbench(self.scene, self.selection, self.viewport, self.edits, self.message.emit)
        self.commands = commands = CanvasCommands(bench, self.pointing, self)
        commands.link_pasted.connect(self.link_pasted)
        self.actions_by_name: dict[str, QAction] = make_actions(commands, self.selection, self)
        self._drawing = CanvasDrawing(self.scene, self.selection, self.pointing, self.edges, self.camera)
        self._finder = CanvasFinder(self.scene, self.edges, self.camera, self.selection, self._drawing.badge_at)
        self._keys = Navigation(bench, self.pointing, commands)
        self.input = CanvasInput(bench, self.pointing, self._finder, commands, self._keys, self)
        self.overlays = Overlays(self.scene, self.selection, self.viewport, self.edges, self.actions_by_name, self)
        self.viewport.over = self.overlays.zoom_bar
        self._shows_focus, self._hint = False, ""
        self._set_up_widget()
        self._connect()
        self._follow_graph()
        if trainer.snapshot is not None:
            self.set_snapshot(trainer.snapshot)

    def _set_up_widget(self) -> None:
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(LEAST_WIDTH, 200)
        self.setAccessibleName(self.tr("Network canvas"))

    def _connect(self) -> None:
        self._document.graph_changed.connect(self._follow_graph)
        self._document.weights_loaded.connect(self._begin_afresh)
        self._trainer.snapshot_published.connect(self.set_snapshot)
        self._trainer.snapshot_withdrawn.connect(self._forget_snapshot)
        self._trainer.weights_heard.connect(self.refresh_edges)
        self.scene.layout_changed.connect(self._follow_layout)
        self.scene.legible.changed.connect(self._follow_verdicts)
        self.scene.trace_changed.connect(self._follow_trace)
        self.viewport.moved.connect(self._follow_camera)
        self.selection.blocks_changed.connect(self._tell_selection)
        self.selection.detail_changed.connect(self._tell_detail)
        self.selection.wire_changed.connect(self.update)
        self.edits.refused.connect(self._tell_refusal)
        self.edges.refreshed.connect(self.update)
        self.edges.given_up.connect(lambda _problem: self.update())
        self.overlays.weight_edited.connect(self._document.edit_weight)
        self.overlays.share_chosen.connect(self._draw_share)
        theme.notifier().changed.connect(self.refresh_edges)

    def menu_at(self, point: QPointF | None, where: QPoint) -> None:
        """Open the menu of what lies under a pixel, or of what is chosen, at a point of the screen."""
        chosen, neuron = self.selection, self.selection.neuron
        if point is not None:
            hit = self._finder.hit(point)
        elif chosen.wire is not None:
            hit = CanvasHit(CanvasPart.WIRE, edge=chosen.edge, wire=chosen.wire)
        else:
            hit = CanvasHit(CanvasPart.BODY, chosen.focus, neuron.unit if neuron is not None else None)
        self.overlays.open_menu(hit, where)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def camera(self) -> Camera:
        """Where the canvas looks."""
        return self.viewport.camera

    @property
    def snapshot(self) -> Snapshot | None:
        """The run's latest state."""
        return self.scene.snapshot

    @property
    def trace(self) -> PassTrace | None:
        """The pass that is followed."""
        return self.scene.trace

    @property
    def moment(self) -> PassMoment | None:
        """The moment of the pass that is drawn, while one is."""
        return self.scene.moment

    @Slot()
    def _follow_graph(self) -> None:
        self.selection.keep(self._document.graph)
        self.scene.follow_document()
        self.viewport.picture_changed()
        self._describe()

    @Slot()
    def _begin_afresh(self) -> None:
        """Another file: its network is shown whole, and no edge of the one before."""
        self.edges.clear()
        self.selection.clear()
        self.scene.preview(None)
        self.viewport.fit()
        self.show_trace(None)

    @Slot()
    def _follow_layout(self) -> None:
        self.pointing.forget_gone(self.scene.layout)
        self._drawing.forget_layout()
        self.refresh_edges()
        self.overlays.follow()

    @Slot()
    def _follow_camera(self) -> None:
        self.refresh_edges()
        self.overlays.camera_moved()

    @Slot(object)
    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show a newer state of the run: tiles and edges of the same weights at once, when the edges are drawn."""
        self.scene.take(snapshot)
        self._drawing.take()
        self._order_edges()
        if self.edges.current:
            self.update()

    @Slot()
    def _forget_snapshot(self) -> None:
        """The run is no longer of this network: no map, badge or number of it stays."""
        self.scene.snapshot = None
        self.scene.show_trace(None)
        self._drawing.take()
        self.refresh_edges()
        self.update()

    @Slot()
    def _follow_verdicts(self) -> None:
        dead = self._drawing.dead_units
        self._drawing.lay_badges()
        if self._drawing.dead_units != dead:
            self._order_edges()
        if self.edges.current:  # else they are painted with their edges
            self.update()

    def refresh_edges(self) -> None:
        """Have the edges drawn anew, for the present weights, places and zoom; not while nobody sees them."""
        if self.isVisible():
            self._order_edges()
            self.update()

    def _order_edges(self) -> None:
        if not self.isVisible():
            return
        bundles = bundles_of(self.scene.layout, self.scene.weights)
        dead = self._drawing.dead_units
        self.edges.refresh(bundles, self.camera, self.size(), self.devicePixelRatioF(), dead)

    @Slot(float)
    def _draw_share(self, share: float) -> None:
        self.edges.share = share
        self.refresh_edges()

    # The pass -----------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_trace(self, trace: PassTrace | None) -> None:
        """Follow one sample's pass with the neuron card; None goes back to means over the plane."""
        self.scene.show_trace(trace)
        self.update()

    @Slot(object)
    def look_at(self, row: tuple[float, ...] | None) -> None:
        """For data of images: show one, a row of the data's columns, and what every unit answers to it."""
        self.scene.look_at(row)
        if self.scene.snapshot is not None:
            self._drawing.take()
        self.update()

    @Slot(object, int, float)
    def show_stage(self, trace: PassTrace | None, index: int, progress: float) -> None:
        """Show stage ``index`` of a pass at ``progress`` (0 … 1) of its time."""
        self.scene.show_stage(trace, index, progress)
        self.update()

    @Slot()
    def _follow_trace(self) -> None:
        self.overlays.follow()
        if self.scene.snapshot is not None:
            self._drawing.take()  # the pictures tell of answers, and some are to be guessed

    # Selection ----------------------------------------------------------------------------------------------------

    @Slot(tuple)
    def _tell_selection(self, blocks: tuple[str, ...]) -> None:
        self._describe()
        self.selection_changed.emit(blocks)
        self.update()

    @Slot()
    def _tell_detail(self) -> None:
        neuron = self.selection.neuron
        focus = self.selection.focus
        self.overlays.follow()
        if neuron is not None or focus is not None:
            self.neuron_selected.emit(neuron.block_id if neuron else focus, neuron.unit if neuron else None)
        self.update()

    @Slot(object)
    def _tell_refusal(self, problem: Problem) -> None:
        self.message.emit(sentence_of(problem))

    def say_hint(self, hint: str) -> None:
        """Tell those who hear the canvas where they can hear more."""
        self._hint = hint
        self._describe()

    def _describe(self) -> None:
        """Say the focused block."""
        graph, shape = self._document.graph, self.scene.layout.shapes.get(self.selection.focus or "")
        problems = tuple(p.problem for p in self.scene.problems.get(shape.id, ())) if shape else ()
        text = describe(graph, shape.id, shape.width, problems) if shape else describe_all(graph, self._hint)
        self.setAccessibleDescription(text)

    @property
    def badges(self) -> dict[str, list[Badge]]:
        """Every block's badges, where they are drawn."""
        return self._drawing.badges

    def tooltip_at(self, point: QPointF) -> str:
        """Describe the thing under a widget pixel; empty over bare ground."""
        badge = self._drawing.badge_at(self.camera.to_scene(point))
        return tooltip_of_badge(badge) if badge else tooltip_of(self._finder.hit(point), self.scene, self.edges)

    # Events -----------------------------------------------------------------------------------------------------------

    def palette_over(self, kind: str, point: QPointF) -> None:
        """Show the ghost of a block held over the canvas."""
        self.input.palette_over(kind, point)

    def palette_left(self) -> None:
        """The block has been carried off again."""
        self.input.palette_left()

    def palette_dropped(self, kind: str, point: QPointF) -> None:
        """Add the block, into the wire beneath it if there is one."""
        self.input.palette_dropped(kind, point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self.input.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or light up what lies under the pointer."""
        self.input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self.input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to fit on empty ground."""
        self.input.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open a menu: by the mouse where it points, by the menu key of what is chosen."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_at(QPointF(event.pos()) if by_mouse else None, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.input.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that are no shortcuts."""
        if not self.input.key_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space up."""
        self.input.key_release(event)
        super().keyReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms, wheel or two fingers pan."""
        self.viewport.wheel(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from block to block and, past the last one, on to the next widget."""
        return self._keys.next_block(forward) or super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        """Tooltips of what lies under the pointer, pinching, and keys that would otherwise be shortcuts."""
        kind = event.type()
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tooltip(self, event, self.tooltip_at(QPointF(event.pos())))
            return True
        if kind in GESTURES and self.viewport.take_gesture(event):
            return True
        if kind == QEvent.Type.ShortcutOverride and self._keys.keep_key(event):
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on showing the whole network, or keep the middle in the middle."""
        self.overlays.place()
        self.viewport.resized(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody saw it."""
        super().showEvent(event)
        self.refresh_edges()
        self.overlays.follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come: show where it is if it came by keyboard."""
        self._shows_focus = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone; Space may be released elsewhere."""
        self._shows_focus = self.input.space = False
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another language or font: texts are laid out anew."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._drawing.forget_layout()
        super().changeEvent(event)

    def paint(self, painter: QPainter) -> None:
        """Paint a frame."""
        area, ratio = self.viewport.area, self.devicePixelRatioF()
        paint_backdrop(painter, area, self.camera, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_marks(painter, self._drawing.marks(area, ratio))
        self._drawing.stamp_pulses(painter, ratio)
        paint_marks(painter, self._drawing.marks_above(area, focused=self._shows_focus))
