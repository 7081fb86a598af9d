"""The network canvas: the graph as it is drawn, edited by hand and watched while it trains.

It is a plain widget with a layout of its own rather than a QGraphicsView. What changes at every frame here is not one
item but nearly all of them (every tile's heat map, the picture of all edges), so an item tree would be walked, indexed
and clipped for nothing, with a Python call for each item. Instead the layers are painted one after the other from
cached images, and the questions that remain (what lies under the pointer, what fits into view) are a few lines of
plain geometry (:mod:`app.builder.canvas.geometry`, :mod:`app.builder.canvas.hit`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QHelpEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.builder.canvas import navigation
from app.builder.canvas.actions import make_actions
from app.builder.canvas.bundles import Bundle, bundles_of
from app.builder.canvas.commands import CanvasCommands
from app.builder.canvas.edge_layer import EdgeLayer
from app.builder.canvas.edits import CanvasEdits
from app.builder.canvas.events import CanvasEvents
from app.builder.canvas.geometry import SceneLayout
from app.builder.canvas.hit import Hit, hit_test
from app.builder.canvas.input import CanvasInput
from app.builder.canvas.overlays import Overlays
from app.builder.canvas.paint.badges import Badge
from app.builder.canvas.painting import CanvasPainter
from app.builder.canvas.passes import Moment, moment_of
from app.builder.canvas.selection import EdgeRef, Selection
from app.builder.canvas.text import describe
from app.builder.canvas.tooltips import tooltip_html
from app.kit import theme
from app.kit.scene.camera import Camera
from app.kit.translation import sentence_of
from app.network.document import Document
from app.network.trainer import Trainer
from engine.graph import NetworkGraph, Wire
from engine.graph.validation import problems_by_block
from engine.problems import Problem
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class NetworkCanvas(CanvasEvents):
    """Shows and edits the document's graph.

    ``layout_now`` is what is drawn: the document's graph or, during a drag, the preview of it.
    """

    selection_changed = Signal(tuple)
    neuron_selected = Signal(str, object)
    message = Signal(str)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document, self.trainer = document, trainer
        self.camera = Camera()
        self.selection = Selection(self)
        self.edits = CanvasEdits(document, self)
        self.edges = EdgeLayer(self)
        self.layout_now = SceneLayout(document.graph, document.widths)
        self.snapshot: Snapshot | None = None
        self.trace: PassTrace | None = None
        self.moment: Moment | None = None
        self.progress = 0.0
        self.chosen_wire: Wire | None = None
        self.input = CanvasInput(self)
        self._shows_all = True
        self.shows_focus = False
        self._painter = CanvasPainter(self)
        self.overlays = Overlays(self)
        self.commands = CanvasCommands(self)
        self.actions_by_name: dict[str, QAction] = make_actions(self)
        self._set_up_widget()
        self._connect()
        self._follow_graph()
        if trainer.snapshot is not None:
            self.set_snapshot(trainer.snapshot)

    def _set_up_widget(self) -> None:
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 200)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(self.tr("Network canvas"))

    def _connect(self) -> None:
        self.document.graph_changed.connect(self._follow_graph)
        self.document.weights_loaded.connect(self._begin_afresh)
        self.trainer.snapshot_published.connect(self.set_snapshot)
        self.selection.blocks_changed.connect(self._tell_selection)
        self.selection.detail_changed.connect(self._tell_detail)
        self.edits.refused.connect(self._tell_refusal)
        self.edges.refreshed.connect(self.update)
        theme.notifier().changed.connect(self._follow_theme)

    # What is shown ------------------------------------------------------------------------------------------------

    @Slot()
    def _follow_graph(self) -> None:
        self.problems = problems_by_block(self.document.problems)
        self.selection.keep(self.document.graph.by_id)
        if self.chosen_wire is not None and self.chosen_wire not in self.document.graph.wires:
            self.chosen_wire = None
        self.preview(None)
        if self._shows_all and not self.camera.visible(QSizeF(self.size())).contains(self.layout_now.bounds):
            self.fit()
        self._describe()

    @Slot()
    def _begin_afresh(self) -> None:
        """Another file: its network is shown whole."""
        self.selection.clear()
        self.preview(None)
        self.fit()
        self.show_trace(None)

    def preview(self, graph: NetworkGraph | None) -> None:
        """Draw another graph than the document's while a gesture lasts; None ends it."""
        shown = graph if graph is not None else self.document.graph
        self.layout_now = SceneLayout(shown, self.document.widths)
        self.input.graph_changed()
        self._painter.forget_layout()
        self.refresh_edges()
        self.overlays.follow()

    @Slot(object)
    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show a newer state of the run."""
        self.snapshot = snapshot
        self._painter.take(snapshot)
        self.refresh_edges()
        self.overlays.take(snapshot)
        self.update()

    def refresh_edges(self) -> None:
        """Have the edges drawn anew, for the present weights, places and zoom; not while nobody sees them."""
        if not self.isVisible():
            return
        weights = self.snapshot.weights if self.snapshot is not None else self.document.present_weights()
        bundles = bundles_of(self.layout_now, weights)
        self.edges.refresh(bundles, self.camera, self.size(), self.devicePixelRatioF())
        self.update()

    @Slot()
    def _follow_theme(self) -> None:
        self._painter.forget_colours()
        self.refresh_edges()

    # The pass -----------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_trace(self, trace: PassTrace | None) -> None:
        """Follow one sample's pass with the neuron card; None goes back to means over the plane."""
        self.trace = trace
        if trace is None:
            self.moment, self.progress = None, 0.0
        self.overlays.follow()
        self.update()

    @Slot(object, int, float)
    def show_stage(self, trace: PassTrace | None, index: int, progress: float) -> None:
        """Show stage ``index`` of a pass at ``progress`` (0 … 1) of its time."""
        if trace is None or not 0 <= index < len(trace.stages):
            self.show_trace(None)
            return
        if trace is not self.trace:
            self.show_trace(trace)
        if self.moment is None or self.moment.stage is not trace.stages[index]:
            weights = self.snapshot.weights if self.snapshot is not None else {}
            self.moment = moment_of(trace, index, self.layout_now, weights)
        self.progress = progress
        self.update()

    # Camera -------------------------------------------------------------------------------------------------------

    def pan(self, by: QPointF) -> None:
        """Shift the picture by pixels."""
        self._shows_all = False
        self.camera.pan(by)
        self._camera_moved()

    def zoom(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom about a pixel, the middle of the canvas unless given."""
        self._shows_all = False
        self.camera.zoom(factor, anchor if anchor is not None else QRectF(self.rect()).center())
        self._camera_moved()

    def fit(self) -> None:
        """Show the whole network, and go on doing so when it or the canvas grows, until it is panned or zoomed."""
        self._shows_all = True
        self.camera.fit(self.layout_now.bounds, QRectF(self.rect()))
        self._camera_moved()

    def centre_on(self, point: QPointF) -> None:
        """Put a scene point into the middle."""
        self._shows_all = False
        self.camera.centre_on(point, QSizeF(self.size()))
        self._camera_moved()

    def reveal(self, block_id: str) -> None:
        """Bring a block into sight."""
        if block_id in self.layout_now:
            self.camera.reveal(self.layout_now[block_id].bounds, QSizeF(self.size()))
            self._camera_moved()

    def _camera_moved(self) -> None:
        self.refresh_edges()
        self.overlays.camera_moved()

    # Selection ----------------------------------------------------------------------------------------------------

    def choose_wire(self, wire: Wire | None) -> None:
        """Select a wire, so that Delete takes it away."""
        self.chosen_wire = wire
        self.update()

    @Slot(tuple)
    def _tell_selection(self, blocks: tuple[str, ...]) -> None:
        if blocks:
            self.chosen_wire = None
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

    def _describe(self) -> None:
        """Say the focused block to those who hear the canvas."""
        focus = self.selection.focus
        if focus is None or focus not in self.layout_now:
            count = len(self.document.graph.blocks)
            self.setAccessibleDescription(self.tr("%n block(s), none selected", "", count))
            return
        graph, shape = self.document.graph, self.layout_now[focus]
        sources = {w.source: graph.block(w.source) for w in graph.wires_into(focus) if w.source in graph}
        problems = tuple(p.problem for p in self.problems.get(focus, ()))
        self.setAccessibleDescription(describe(shape.block, shape.width, sources, problems))

    @property
    def badges(self) -> dict[str, list[Badge]]:
        """Every block's badges, where they are drawn."""
        return self._painter.badges

    def bundle_of(self, edge: EdgeRef | None) -> Bundle | None:
        """The edges among which this one is drawn; None when it is no longer there."""
        for bundle in self.edges.bundles if edge is not None else ():
            ends = (bundle.wire.source, bundle.wire.target)
            rows, columns = bundle.weights.shape
            if edge is not None and ends == (edge.source, edge.target) and edge.row < rows and edge.column < columns:
                return bundle
        return None

    def tooltip_at(self, point: QPointF) -> str:
        """What to say about the thing under a widget pixel; empty over bare ground."""
        return tooltip_html(self, point)

    def hit(self, point: QPointF) -> Hit:
        """What lies under a widget pixel."""
        scene = self.camera.to_scene(point)
        return hit_test(self.layout_now, self.edges.bundles, scene, self.camera.scale, self.edges.threshold)

    # Events that are the widget's own ----------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms, wheel or two fingers pan."""
        navigation.wheel(self, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from block to block and, past the last one, on to the next widget."""
        return navigation.next_block(self, forward) or super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        """Tooltips of what lies under the pointer, pinching, and keys that would otherwise be shortcuts."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            navigation.show_tooltip(self, event, self.tooltip_at(QPointF(event.pos())))
            return True
        if navigation.take_gesture(self, event) or navigation.keep_key(self, event):
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go on showing the whole network, or keep the middle in the middle."""
        self.overlays.place()
        if self._shows_all:
            self.fit()
            return
        if event.oldSize().isValid():
            grown = event.size() - event.oldSize()
            self.camera.pan(QPointF(grown.width() / 2, grown.height() / 2))
        self._camera_moved()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody saw it."""
        super().showEvent(event)
        self.refresh_edges()
        self.overlays.follow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come: show where it is if it came by keyboard."""
        self.shows_focus = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone; Space may be released elsewhere."""
        self.shows_focus = self.input.space = False
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another language or font: texts are laid out anew."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._painter.forget_layout()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all layers; see :class:`app.builder.canvas.painting.CanvasPainter`."""
        self._painter.paint(self.input.gesture)
