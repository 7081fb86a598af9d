"""The small widgets of the canvas: neuron card, weight editor, mini-map, zoom, share of edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget

from app.builder.canvas.actions import fill_menu
from app.builder.canvas.edges import Bundle, EdgeLayer
from app.builder.canvas.hit import CanvasHit
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import EdgeRef, NeuronRef, Selection
from app.builder.canvas.words import unit_name
from app.kit.numbers import grouped, percent
from app.kit.scene.viewport import Viewport
from app.kit.widgets.labels import Label
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from app.builder.canvas.minimap import MiniMap
    from app.builder.canvas.neuron_card import NeuronCard
    from app.builder.canvas.neuron_line import NeuronLine
    from app.builder.canvas.weight_editor import EdgeEditor


EDGE = 10
CARD_WIDTH = 300
SHARE_LEAST = 120
"""Pixels beside the zoom bar; where there are fewer, the share of edges goes to the upper corner."""


class ShareControl(QFrame):
    """Stands in the corner of the canvas while not every edge is drawn."""

    share_chosen = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._text = Label()
        self._text.setProperty("role", "muted")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(1, 100)
        self._slider.setToolTip(self.tr("The share of edges drawn, strongest |w| first. Drawing all takes longer."))
        self._slider.setAccessibleName(self.tr("Share of edges drawn, in per cent"))
        self._slider.valueChanged.connect(lambda percent: self.share_chosen.emit(percent / 100))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(11, 7, 11, 8)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addWidget(self._slider)
        self.hide()

    def fit_into(self, width: int) -> None:
        """Take no more than ``width`` pixels: in a narrow canvas the words take two lines."""
        self._text.setWordWrap(False)
        wanted = self.sizeHint().width()
        self._text.setWordWrap(wanted > width)
        self.setFixedWidth(min(wanted, width))
        self.setFixedHeight(self._column.heightForWidth(width) if wanted > width else self.sizeHint().height())

    def show_share(self, share: float, edges: int, *, chosen_by_person: bool) -> None:
        """Follow what is drawn; away while that is every edge and nobody has asked for fewer."""
        percent = max(1, round(100 * share))
        count = grouped(edges)
        self._text.setText(
            self.tr("All {count} edges are drawn").format(count=count)
            if percent >= 100
            else self.tr("The strongest {percent} % of {count} edges are drawn").format(percent=percent, count=count)
        )
        if not self._slider.isSliderDown():
            self._slider.blockSignals(True)
            self._slider.setValue(percent)
            self._slider.blockSignals(False)
        self.setVisible(percent < 100 or chosen_by_person)


class ZoomBar(QFrame):
    """Fit, smaller, the scale (a click shows the picture at its own size), larger: four actions of the picture's."""

    def __init__(self, fit: QAction, smaller: QAction, actual: QAction, larger: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 1, 3, 1)
        row.setSpacing(0)
        self._scale = self._button(actual, "100 %")
        self._scale.setMinimumWidth(46)
        for button in (self._button(fit, ""), self._button(smaller, "−"), self._scale, self._button(larger, "+")):
            row.addWidget(button)
        self.adjustSize()

    def _button(self, action: QAction, text: str) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each is an action with a key of its own
        button.setIconSize(QSize(15, 15))
        button.setMinimumSize(22, 22)
        button.setText(text)
        if not text:
            button.setIcon(action.icon())
            action.changed.connect(lambda: button.setIcon(action.icon()))
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        return button

    def show_scale(self, scale: float) -> None:
        """Say how large the picture is shown."""
        self._scale.setText(percent(scale))


class Overlays(QObject):
    """Places the widgets over ``canvas`` and keeps their numbers up to date.

    ``weight_edited``: block id, ``W`` or ``b``, index, value. ``share_chosen``: the share of edges to draw.
    ``card_made``: the neuron's card, once, for whoever has a place for it beside the canvas. ``number_picked``: the
    Source of a number of the pass of which one wants to know where it comes from.
    """

    weight_edited = Signal(str, str, tuple, float)
    share_chosen = Signal(float)
    card_made = Signal(object)
    number_picked = Signal(object)

    def __init__(
        self,
        scene: Scene,
        selection: Selection,
        viewport: Viewport,
        edges: EdgeLayer,
        actions: Mapping[str, QAction],
        canvas: QWidget,
    ) -> None:
        super().__init__(canvas)
        self._scene, self._selection, self._viewport, self._edges = scene, selection, viewport, edges
        self._canvas, self._actions = canvas, actions
        self._card: NeuronCard | None = None
        self._offers: list[tuple[QAction, str]] = []
        fit, smaller, actual, larger = (actions[f"zoom_{name}"] for name in ("fit", "out", "actual", "in"))
        self.zoom_bar = ZoomBar(fit, smaller, actual, larger, canvas)
        self.share = ShareControl(canvas)
        scene.legible.changed.connect(self.follow)
        scene.moment_changed.connect(self._follow_neuron)
        selection.edge_picked.connect(lambda: self.edge_editor.take_keyboard())
        self.share.share_chosen.connect(self.share_chosen)
        edges.refreshed.connect(self._follow_edges)
        selection.blocks_changed.connect(self._show_minimap)

    @cached_property
    def minimap(self) -> MiniMap:
        """The map of the whole; made when not all of it is in view."""
        from app.builder.canvas.minimap import MiniMap

        minimap = MiniMap(self._viewport, self._bars, self._canvas)
        minimap.setToolTip(self.tr("The whole network. Drag to look at another part of it."))
        return minimap

    @cached_property
    def edge_editor(self) -> EdgeEditor:
        """The card of the selected edge; made when it is first asked for."""
        from app.builder.canvas.weight_editor import EdgeEditor

        editor = EdgeEditor(self._canvas)
        editor.weight_edited.connect(self.weight_edited)
        editor.number_picked.connect(self.number_picked)
        editor.left.connect(self._canvas.setFocus)
        editor.deleted.connect(self._actions["delete"].trigger)
        return editor

    @property
    def neuron_card(self) -> NeuronCard:
        """The card of the open neuron; made when the first one is opened."""
        if self._card is None:
            from app.builder.canvas.neuron_card import NeuronCard

            self._card = NeuronCard()
            self.card_made.emit(self._card)
            if self._card.parent() is None:  # nobody has a place for it: a canvas by itself shows it in its corner
                self._card.setParent(self._canvas)
            self._card.weight_edited.connect(self.weight_edited)
            self._card.number_picked.connect(self.number_picked)
            self._card.closed.connect(lambda: self._selection.choose_neuron(None))
            for action, text in self._offers:
                self._card.offer(action, text)
        return self._card

    def offer(self, action: QAction, text: str) -> None:
        """Something that can be done with the open neuron where it weighs what it gets, on its card and in its menu;
        ``text``: what they call it."""
        self._offers.append((action, text))
        if self._card is not None:
            self._card.offer(action, text)

    def open_menu(self, hit: CanvasHit, where: QPoint) -> None:
        """Choose what was hit, and open a menu of what can be done with it at a point of the screen."""
        self._choose(hit)
        menu = QMenu(self._canvas)
        menu.setToolTipsVisible(True)
        if self._selection.neuron is not None and hit.unit is not None:
            self.fill_menu(menu, self._selection.neuron)
        shape = self._scene.layout.shapes.get(hit.block_id or "")
        fill_menu(menu, self._actions, self._selection, shape, on_wire=hit.wire is not None)
        if shape is not None and self._has_signal(shape.id):
            asked = menu.addAction(self.tr("Where does its ‖δ‖ come from?"))
            asked.triggered.connect(partial(self._selection.badge_picked.emit, shape.id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _has_signal(self, block_id: str) -> bool:
        """Return whether a badge of the block has a number."""
        snapshot = self._scene.legible.snapshot
        return snapshot is not None and any(
            verdict.block_id == block_id and verdict.delta is not None for verdict in snapshot.verdicts
        )

    def _choose(self, hit: CanvasHit) -> None:
        """Choose what was hit, unless it is one of several blocks that are chosen; empty ground leaves all as it is."""
        selection = self._selection
        if hit.wire is not None:
            selection.choose_wire(hit.wire)
        elif hit.block_id is not None and (len(selection.blocks) < 2 or hit.block_id not in selection.blocks):
            neuron = NeuronRef(hit.block_id, hit.unit) if hit.unit is not None else None
            if neuron is not None and self._weighs(neuron):
                selection.choose_neuron(neuron)
            else:
                selection.choose([hit.block_id])

    def fill_menu(self, menu: QMenu, neuron: NeuronRef) -> None:
        """Put what can be done with a neuron into a menu; whatever is chosen there opens it first."""
        for action, text in self._offers if self._weighs(neuron) else ():
            entry = menu.addAction(action.icon(), text)
            entry.setShortcut(action.shortcut())
            entry.setToolTip(action.toolTip())
            entry.triggered.connect(partial(self._do, action, neuron))

    def _weighs(self, neuron: NeuronRef) -> bool:
        """Return whether it has weights of its own: an input's features and what joins others have none."""
        snapshot = self._scene.legible.snapshot
        return snapshot is not None and (neuron.block_id, "W") in snapshot.weights

    def _do(self, action: QAction, neuron: NeuronRef) -> None:
        self._selection.choose_neuron(neuron)
        action.trigger()

    @Slot()
    def follow(self) -> None:
        """Show the open neuron or the selected edge."""
        self._follow_neuron()
        self._follow_edge()
        self._show_minimap()

    @Slot()
    def _follow_neuron(self) -> None:
        scene, neuron = self._scene, self._selection.neuron
        line, snapshot = None, scene.legible.snapshot
        if neuron is not None and snapshot is not None:
            from app.builder.canvas.neuron_line import neuron_line

            line = neuron_line(snapshot, scene.trace, neuron, with_delta=scene.shows_delta(neuron.block_id))
        if line is not None:
            self.neuron_card.show_line(line, self._sample(line, scene.trace))
        if self._card is not None:
            self._card.setVisible(line is not None)
        self.place()

    def _sample(self, line: NeuronLine, trace: PassTrace | None) -> str:
        """Whose numbers the card shows."""
        rows = line.rows
        if line.waits:
            return self.tr("the pass hasn't reached this yet; only its weights")
        if rows == 0 or trace is None:
            return self.tr("no pass is playing; only its weights")
        if not trace.rows:
            return self.tr("the typed input")
        if rows == 1:
            return self.tr("sample {row}").format(row=trace.rows[0])
        return self.tr("sample {row}, the first of {rows}").format(row=trace.rows[0], rows=rows)

    def _follow_edge(self) -> None:
        edge, layout = self._selection.edge, self._scene.layout
        bundle = self._edges.bundle_of(edge)
        if edge is not None and bundle is not None:
            target, source = layout[edge.target], layout[edge.source]
            where = self.tr("{from_unit} of {source} → {to_unit} of {target}").format(
                from_unit=unit_name(source.block, edge.column), source=source.name,
                to_unit=unit_name(target.block, edge.row), target=target.name,
            )  # fmt: skip
            in_pass = self._scene.trace is not None
            self.edge_editor.show_edge(edge, where, self._weight(edge, bundle), in_pass=in_pass)
            self.edge_editor.show()
        elif "edge_editor" in self.__dict__:
            self.edge_editor.hide()

    def _weight(self, edge: EdgeRef, bundle: Bundle) -> float:
        """An edge's weight as everything beside the canvas has it; before there is a run, as it is drawn."""
        snapshot = self._scene.legible.snapshot
        matrix = snapshot.weights.get((edge.target, "W")) if snapshot is not None else None
        known = matrix is not None and matrix.shape == bundle.weights.shape
        return float((matrix if matrix is not None and known else bundle.weights)[edge.row, edge.column])

    @Slot()
    def _follow_edges(self) -> None:
        edges = self._edges
        self.share.show_share(edges.drawn_share, edges.edges, chosen_by_person=edges.share is not None)
        self._place_share()

    def _bars(self) -> Iterator[tuple[QRectF, bool]]:
        """The blocks, for the mini-map, and whether they are chosen."""
        for shape in self._scene.layout.shapes.values():
            yield shape.body, shape.id in self._selection.blocks

    # Places -------------------------------------------------------------------------------------------------------

    def place(self) -> None:
        """Into the corners."""
        width, height = self._size
        if self._card is not None and self._card.parent() is self._canvas:
            self._card.resize(CARD_WIDTH, self._card.heightForWidth(CARD_WIDTH))
            self._card.move(width - CARD_WIDTH - EDGE, EDGE)
        zoom = self.zoom_bar
        zoom.move(width - zoom.width() - EDGE, height - zoom.height() - EDGE)
        self._place_minimap()
        self._place_share()

    def _place_minimap(self) -> None:
        if "minimap" in self.__dict__:
            minimap, foot = self.minimap, self.zoom_bar.y() - EDGE // 2
            minimap.move(self._size[0] - minimap.width() - EDGE, foot - minimap.height())

    @property
    def _size(self) -> tuple[int, int]:
        area = self._viewport.area
        return round(area.width()), round(area.height())

    def _place_share(self) -> None:
        (width, height), beside = self._size, self.zoom_bar.x() - 2 * EDGE
        is_narrow = beside < SHARE_LEAST
        self.share.fit_into(width - 2 * EDGE if is_narrow else beside)
        self.share.move(EDGE, EDGE if is_narrow else height - self.share.height() - EDGE)

    def camera_moved(self) -> None:
        """The mini-map shows what is in sight, and goes when that is everything."""
        self._show_minimap()
        self.zoom_bar.show_scale(self._viewport.camera.scale)

    @Slot()
    def _show_minimap(self) -> None:
        scene, viewport = self._scene, self._viewport
        whole = scene.layout.bounds
        if self._canvas.isVisible() and not whole.isEmpty() and not viewport.visible.contains(whole):
            self.minimap.show()
            self.minimap.follow()
            self._place_minimap()
        elif "minimap" in self.__dict__:
            self.minimap.hide()
