"""The small widgets that float over the canvas: neuron card, edge editor, mini-map, share of edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QRectF, Slot

from app.builder.canvas.edge_editor import EdgeEditor
from app.builder.canvas.neuron_card import NeuronCard
from app.builder.canvas.neuron_line import neuron_line
from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.share_control import ShareControl
from app.builder.canvas.text import unit_name
from app.kit.scene.curves import curve
from app.kit.scene.minimap import MiniMap
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from app.builder.canvas.view import NetworkCanvas

EDGE = 10
READABLE_MS = 120
"""Numbers that change more often than this cannot be read."""


class Overlays(QObject):
    """Places the widgets and keeps their numbers up to date."""

    def __init__(self, canvas: NetworkCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.neuron_card = NeuronCard(canvas)
        self.edge_editor = EdgeEditor(canvas)
        self.minimap = MiniMap(canvas)
        self.share = ShareControl(canvas)
        self._since_shown = QElapsedTimer()
        self._opened: NeuronRef | None = None
        for editor in (self.neuron_card, self.edge_editor):
            editor.weight_edited.connect(canvas.document.edit_weight)
        self.neuron_card.closed.connect(lambda: canvas.selection.choose_neuron(None))
        self.share.share_chosen.connect(self._choose_share)
        canvas.edges.refreshed.connect(self._follow_edges)

    def take(self, snapshot: Snapshot) -> None:
        """A newer snapshot: at a pace that can be read while training, at once otherwise."""
        fresh = not self._since_shown.isValid() or self._since_shown.elapsed() >= READABLE_MS
        if fresh or not self._canvas.trainer.running:
            self.follow()

    def follow(self) -> None:
        """Show the open neuron or the selected edge."""
        self._since_shown.start()
        self._follow_neuron()
        self._follow_edge()
        self.minimap.setVisible(bool(self._canvas.layout_now.shapes))
        self.minimap.update()

    def _follow_neuron(self) -> None:
        canvas = self._canvas
        neuron = canvas.selection.neuron
        line = None
        if neuron is not None and canvas.snapshot is not None:
            line = neuron_line(canvas.snapshot, canvas.trace, neuron)
        if line is not None:
            self.neuron_card.show_line(line, self._sample(line.samples, canvas.trace))
        self.neuron_card.setVisible(line is not None)
        self.place()
        if neuron != self._opened:
            self._opened = neuron
            if line is not None and neuron is not None:
                self._uncover(neuron)

    def _uncover(self, neuron: NeuronRef) -> None:
        """Pan a neuron that its own card would cover out from under it."""
        canvas = self._canvas
        tiles = canvas.layout_now[neuron.block_id].tiles
        card = QRectF(self.neuron_card.geometry()).adjusted(-EDGE, -EDGE, EDGE, EDGE)
        if tiles is not None:
            tile = canvas.camera.rect_to_view(tiles.rect(neuron.unit))
            if tile.intersects(card):
                canvas.pan(QPointF(card.left() - tile.right(), 0.0))

    def _sample(self, samples: int, trace: PassTrace | None) -> str:
        if samples == 0:
            return self._canvas.tr("means over the plane shown")
        if samples == 1 and trace is not None and trace.rows:
            return self._canvas.tr("sample {row}").format(row=trace.rows[0])
        if samples == 1:
            return self._canvas.tr("the typed input")
        return self._canvas.tr("means over %n sample(s)", "", samples)

    def _follow_edge(self) -> None:
        canvas = self._canvas
        edge, bundle = canvas.selection.edge, canvas.bundle_of(canvas.selection.edge)
        if edge is not None and bundle is not None:
            target, source = canvas.layout_now[edge.target].block, canvas.layout_now[edge.source].block
            name = f"{unit_name(source, edge.column)} → {unit_name(target, edge.row)}  w ="
            self.edge_editor.show_edge(edge, name, float(bundle.weights[edge.row, edge.column]))
        self.edge_editor.setVisible(edge is not None and bundle is not None)
        self._place_edge_editor()

    @Slot()
    def _follow_edges(self) -> None:
        edges = self._canvas.edges
        self.share.show_share(edges.drawn_share, edges.edges, chosen_by_person=edges.share is not None)
        self.share.move(EDGE, self._canvas.height() - self.share.height() - EDGE)

    @Slot(float)
    def _choose_share(self, share: float) -> None:
        self._canvas.edges.share = share
        self._canvas.refresh_edges()

    # Places -------------------------------------------------------------------------------------------------------

    def place(self) -> None:
        """Into the corners."""
        width, height = self._canvas.width(), self._canvas.height()
        self.neuron_card.move(width - self.neuron_card.width() - EDGE, EDGE)
        self.minimap.move(width - self.minimap.width() - EDGE, height - self.minimap.height() - EDGE)
        self.share.move(EDGE, height - self.share.height() - EDGE)
        self._place_edge_editor()

    def camera_moved(self) -> None:
        """The edge's editor goes along with its edge."""
        self._place_edge_editor()
        self.minimap.update()

    def _place_edge_editor(self) -> None:
        canvas = self._canvas
        edge, bundle = canvas.selection.edge, canvas.bundle_of(canvas.selection.edge)
        if edge is None or bundle is None:
            return
        middle = curve(*bundle.ends(edge.row, edge.column)).pointAtPercent(0.5)
        at = canvas.camera.to_view(middle) - QPointF(self.edge_editor.width() / 2, self.edge_editor.height() + 8)
        right = canvas.width() - self.edge_editor.width() - EDGE
        bottom = canvas.height() - self.edge_editor.height() - EDGE
        self.edge_editor.move(round(min(max(at.x(), EDGE), right)), round(min(max(at.y(), EDGE), bottom)))
