"""Paints the canvas, layer by layer, from what the widget knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from app.builder.canvas.bundles import Bundle, weighs
from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.hit import Part
from app.builder.canvas.maps import raw_maps
from app.builder.canvas.numbers import number
from app.builder.canvas.paint.badges import Badge, badges_of, paint_badge
from app.builder.canvas.paint.blocks import (
    BlockLook,
    paint_caption,
    paint_feature_names,
    paint_handles,
    paint_neuron_ring,
    paint_port,
    paint_under,
)
from app.builder.canvas.paint.passes import paint_change, paint_edge_label, paint_flows, paint_loss, paint_numbers
from app.builder.canvas.paint.tiles import TileStrip
from app.builder.canvas.paint.wires import paint_plain_wire
from app.builder.canvas.passes import ARRIVE
from app.builder.canvas.selection import EdgeRef
from app.kit import look, theme
from app.kit.scene.backdrop import paint_backdrop
from engine.graph import Port
from engine.training.snapshot import Snapshot
from engine.training.trace import Phase

if TYPE_CHECKING:
    from app.builder.canvas.view import NetworkCanvas


class CanvasPainter:
    """Keeps what is costly to work out (tiles, badges) from one frame to the next."""

    def __init__(self, canvas: NetworkCanvas) -> None:
        self._canvas = canvas
        self._strips: dict[str, TileStrip] = {}
        self.badges: dict[str, list[Badge]] = {}

    def take(self, snapshot: Snapshot) -> None:
        """Show the snapshot's heat maps and verdicts."""
        for shape in self._canvas.layout_now.shapes.values():
            if shape.tiles is not None:
                self._strip(shape.id).show(shape.block, raw_maps(shape.block, snapshot))
        self._lay_badges()

    def forget_layout(self) -> None:
        """The graph has changed: blocks may be gone, and badges lie elsewhere."""
        shapes = self._canvas.layout_now.shapes
        self._strips = {block_id: strip for block_id, strip in self._strips.items() if block_id in shapes}
        self._lay_badges()

    def forget_colours(self) -> None:
        """The theme has changed."""
        for strip in self._strips.values():
            strip.forget_colours()

    def _strip(self, block_id: str) -> TileStrip:
        return self._strips.setdefault(block_id, TileStrip())

    def _lay_badges(self) -> None:
        snapshot = self._canvas.snapshot
        self.badges = {}
        for shape in self._canvas.layout_now.shapes.values():
            verdicts = tuple(v for v in snapshot.verdicts if v.block_id == shape.id) if snapshot is not None else ()
            if verdicts:
                self.badges[shape.id] = badges_of(shape, verdicts)

    # One frame ----------------------------------------------------------------------------------------------------

    def paint(self, gesture: Gesture | None) -> None:
        """Paint everything."""
        canvas = self._canvas
        painter = QPainter(canvas)
        try:
            ratio = canvas.devicePixelRatioF()
            paint_backdrop(painter, QRectF(canvas.rect()), canvas.camera, ratio)
            if not canvas.layout_now.shapes:
                self._paint_hint(painter)
            canvas.edges.paint(painter, canvas.camera, ratio)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._in_scene(painter, self._paint_wires)
            self._in_scene(painter, self._paint_bodies)
            self._paint_tiles(painter, ratio)
            self._in_scene(painter, self._paint_fronts)
            self._paint_pass(painter, ratio)
            self._in_scene(painter, lambda p: self._paint_gesture(p, gesture))
            if canvas.shows_focus:
                self._paint_focus(painter)
        finally:
            painter.end()

    def _in_scene(self, painter: QPainter, paint) -> None:
        painter.save()
        painter.setTransform(self._canvas.camera.transform, True)
        paint(painter)
        painter.restore()

    def _paint_hint(self, painter: QPainter) -> None:
        canvas = self._canvas
        middle = QRectF(canvas.rect())
        painter.setPen(theme.colour("text"))
        painter.setFont(look.font(20, QFont.Weight.DemiBold))
        painter.drawText(middle.adjusted(20, -40, -20, -40), Qt.AlignmentFlag.AlignCenter,
                         canvas.tr("Weave your first network"))  # fmt: skip
        painter.setPen(theme.colour("text_muted"))
        painter.setFont(look.font(13.5))
        painter.drawText(
            middle.adjusted(20, 50, -20, 50),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
            canvas.tr(
                "Drag an Input, a Dense and an Output block here from the palette, or press A.\n"
                "Then drag from one block's port to the next, or press W, and press Play."
            ),
        )

    def _paint_wires(self, painter: QPainter) -> None:
        canvas = self._canvas
        layout = canvas.layout_now
        drawn = {bundle.wire for bundle in canvas.edges.bundles}
        for wire in layout.graph.wires:
            if wire.source not in layout or wire.target not in layout:
                continue
            chosen, hovered = wire == canvas.chosen_wire, wire == canvas.input.hovered.wire
            if wire not in drawn or not weighs(layout, wire) or (chosen and canvas.selection.edge is None):
                paint_plain_wire(painter, layout, wire, selected=chosen, hovered=hovered)

    def _paint_bodies(self, painter: QPainter) -> None:
        for shape in self._canvas.layout_now.shapes.values():
            paint_under(painter, shape, self._look(shape))

    def _paint_tiles(self, painter: QPainter, ratio: float) -> None:
        camera = self._canvas.camera
        area = QRectF(self._canvas.rect())
        for shape in self._canvas.layout_now.shapes.values():
            if shape.tiles is not None and camera.rect_to_view(shape.body).intersects(area):
                self._strip(shape.id).paint(painter, shape.tiles, camera, ratio)

    def _paint_fronts(self, painter: QPainter) -> None:
        canvas = self._canvas
        self._paint_edges_on_top(painter)
        busy = canvas.moment is not None
        for shape in canvas.layout_now.shapes.values():
            looks = self._look(shape)
            paint_caption(painter, shape, looks)
            paint_feature_names(painter, shape)
            self._paint_ports(painter, shape, looks)
            self._paint_rings(painter, shape)
            if looks.selected or looks.hovered:
                paint_handles(painter, shape)
            if not busy:
                for badge in self.badges.get(shape.id, ()):
                    paint_badge(painter, badge)

    def _look(self, shape: BlockShape) -> BlockLook:
        canvas = self._canvas
        problems = canvas.problems.get(shape.id, ())
        selected = shape.id in canvas.selection.blocks
        return BlockLook(
            selected=selected,
            hovered=canvas.input.hovered.block_id == shape.id,
            used=all(p.blocking for p in problems),
            bad_ports=frozenset(p.port for p in problems if p.blocking),
        )

    def _paint_ports(self, painter: QPainter, shape: BlockShape, looks: BlockLook) -> None:
        canvas = self._canvas
        graph = canvas.layout_now.graph
        ends = (
            (Port.INPUT, Part.IN_PORT, shape.in_port, bool(graph.wires_into(shape.id))),
            (Port.OUTPUT, Part.OUT_PORT, shape.out_port, bool(graph.wires_from(shape.id))),
        )
        for port, part, at, wired in ends:
            if at is None:
                continue
            bad = port in looks.bad_ports
            lit = canvas.input.hovered.part is part and canvas.input.hovered.block_id == shape.id
            if bad or lit or not wired or looks.selected or looks.hovered or shape.tiles is None:
                paint_port(painter, at, bad=bad, lit=lit)

    def _paint_rings(self, painter: QPainter, shape: BlockShape) -> None:
        neuron, hovered = self._canvas.selection.neuron, self._canvas.input.hovered
        if shape.tiles is None:
            return
        if hovered.part is Part.NEURON and hovered.block_id == shape.id and hovered.unit is not None:
            paint_neuron_ring(painter, shape.tiles.rect(hovered.unit), chosen=False)
        if neuron is not None and neuron.block_id == shape.id and neuron.unit < shape.tiles.units:
            paint_neuron_ring(painter, shape.tiles.rect(neuron.unit), chosen=True)

    def _paint_edges_on_top(self, painter: QPainter) -> None:
        canvas = self._canvas
        for edge in dict.fromkeys((canvas.input.hovered.edge, canvas.selection.edge)):
            bundle = canvas.bundle_of(edge)
            if edge is not None and bundle is not None:
                self._paint_edge(painter, bundle, edge)

    def _paint_edge(self, painter: QPainter, bundle: Bundle, edge: EdgeRef) -> None:
        from app.kit.scene.curves import curve

        weight = float(bundle.weights[edge.row, edge.column])
        path = curve(*bundle.ends(edge.row, edge.column))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen(theme.colour("surface"), 6.5))
        painter.drawPath(path)
        painter.setPen(look.pen(look.signed(weight), 3.4))
        painter.drawPath(path)
        if edge != self._canvas.selection.edge:
            paint_edge_label(painter, bundle, edge.row, edge.column, f"w = {number(weight)}")

    def _paint_pass(self, painter: QPainter, ratio: float) -> None:
        canvas = self._canvas
        moment = canvas.moment
        if moment is None:
            return
        layout, progress = canvas.layout_now, canvas.progress
        paint_flows(painter, moment, progress, layout, canvas.edges.bundles, canvas.camera, ratio)
        self._in_scene(painter, lambda p: paint_change(p, moment, progress, canvas.edges.bundles))
        for block_id, shown in moment.numbers(progress).items():
            if block_id in layout:
                fresh = block_id == moment.stage.block_id and progress >= ARRIVE
                paint_numbers(painter, layout[block_id], shown, canvas.camera, fresh=fresh)
        outputs = [s for s in layout.shapes.values() if s.block.declaration.is_end]
        if outputs and (moment.stage.phase is not Phase.FORWARD):
            self._in_scene(painter, lambda p: paint_loss(p, outputs[0], moment))

    def _paint_gesture(self, painter: QPainter, gesture: Gesture | None) -> None:
        canvas = self._canvas
        if gesture is not None:
            gesture.paint(painter)
        if canvas.input.ghost is not None:
            canvas.input.ghost.paint(painter, canvas.layout_now)
        if canvas.input.keyboard_wire is not None:
            canvas.input.keyboard_wire.paint(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen(look.faded("accent", 0.45), 1.5))
        painter.drawRect(QRectF(self._canvas.rect()).adjusted(0.75, 0.75, -0.75, -0.75))
