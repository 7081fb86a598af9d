"""Paints the canvas, layer by layer, from what is shown, chosen and pointed at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from app.builder.canvas.badges import Badge, MarkLayer, Marks, badges_of, marks_of, note_of, paint_badge, paint_note
from app.builder.canvas.blocks import (
    BlockLook,
    Run,
    caption_marks,
    caption_size,
    paint_answers,
    paint_class_names,
    paint_feature_names,
    paint_fold,
    paint_handles,
    paint_neuron_ring,
    paint_number,
    paint_port,
    paint_ribbon,
    paint_ribbon_label,
    paint_run,
    paint_shares,
    paint_strands,
    paint_under,
    runs_of,
)
from app.builder.canvas.edges import Bundle, EdgeLayer
from app.builder.canvas.geometry import WIDEST_CAPTION, BlockShape
from app.builder.canvas.gestures import Pointing
from app.builder.canvas.hit import Part
from app.builder.canvas.pass_drawing import (
    paint_change,
    paint_edge_label,
    paint_flows,
    paint_gradients,
    paint_loss,
    paint_numbers,
    paint_symbol,
)
from app.builder.canvas.passes import ARRIVE, Moment
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import EdgeRef, NeuronRef, Selection
from app.builder.canvas.tiles import TileStrip, answer_shares, output_shares, pictures_of
from app.builder.canvas.wires import paint_plain_wire, paint_silent_edges
from app.builder.canvas.words import pretty_feature
from app.kit import look, theme
from app.kit.drawing.marks import paint_marks
from app.kit.numbers import significant
from app.kit.scene.backdrop import paint_backdrop
from app.kit.scene.curves import curve
from app.kit.scene.viewport import Camera
from engine.graph import Port
from engine.training.trace import Phase, unit_in_sight
from engine.training.verdicts import Trouble

EDGE, HEIGHT = 14.0, 18.0
SWATCH = 18.0
LEAST_WIDTH = 420.0
"""A narrower canvas has no room for it."""


def legend_words(scene: Scene) -> str:
    """What a tile shows of these data; empty while nothing is known."""
    snapshot = scene.snapshot
    if snapshot is None:
        return ""
    if scene.pixels is not None:
        return QCoreApplication.translate("Legend", "tile: its weights over the pixels · bar below: its answer now")
    if len(scene.columns) <= 2 or snapshot.decision is None or max(snapshot.decision.columns) >= len(scene.columns):
        return QCoreApplication.translate("Legend", "tile: its output over the plane")
    across, up = (pretty_feature(scene.columns[column]) for column in snapshot.decision.columns)
    text = QCoreApplication.translate(
        "Legend", "tile: a slice over {across} and {up}, the other features at their mean"
    )
    return text.format(across=across, up=up)


def paint_legend(painter: QPainter, area: QRectF, scene: Scene) -> None:
    """Draw it, in widget pixels; what does not fit is left out from its end."""
    words = legend_words(scene)
    if not words or area.width() < LEAST_WIDTH:
        return
    weight = QCoreApplication.translate("Legend", "weight −, +")
    painter.setFont(look.font(11.5))
    metrics = painter.fontMetrics()
    room = area.width() - 2 * EDGE - 2 * SWATCH - 12
    text = metrics.elidedText(f"{weight} · {words}", Qt.TextElideMode.ElideRight, int(room))
    left = area.right() - EDGE - metrics.horizontalAdvance(text)
    box = QRectF(left, area.top() + 8.0, area.right() - EDGE - left + 1.0, HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.faded("window", 0.8))
    painter.drawRoundedRect(box.adjusted(-2 * SWATCH - 12, 0, 6, 0), 5, 5)
    for place, colour in ((2, "negative"), (1, "positive")):
        painter.setBrush(theme.colour(colour))
        painter.drawRoundedRect(QRectF(left - place * (SWATCH + 4), box.center().y() - 2.5, SWATCH, 5), 2, 2)
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class CanvasPainter:
    """Keeps what is costly to work out (tiles, badges) from one frame to the next."""

    def __init__(
        self, scene: Scene, selection: Selection, pointing: Pointing, edges: EdgeLayer, camera: Camera
    ) -> None:
        self._scene, self._selection, self._pointing = scene, selection, pointing
        self._edges, self._camera = edges, camera
        self._strips: dict[str, TileStrip] = {}
        self._mark_layers: dict[str, MarkLayer] = {}
        self._runs: tuple[Run, ...] = ()
        self.badges: dict[str, list[Badge]] = {}
        self._note: tuple[str, QRectF] | None = None
        self.marks: dict[str, Marks] = {}
        self.dead_units: dict[str, list[int]] = {}
        """By block id, the units through which nothing passes."""

    def take(self) -> None:
        """Show the latest snapshot's pictures."""
        for shape in self._scene.layout.shapes.values():
            if shape.tiles is not None:
                self._strip(shape.id).show(shape.block, pictures_of(shape, self._scene))

    def forget_run(self) -> None:
        """Nothing is known of this network: blank tiles."""
        for strip in self._strips.values():
            strip.forget_maps()

    def forget_layout(self) -> None:
        """The graph has changed: blocks may be gone, and badges lie elsewhere."""
        shapes = self._scene.layout.shapes
        self._strips = {block_id: strip for block_id, strip in self._strips.items() if block_id in shapes}
        self._find_runs()
        self.lay_badges()

    def _find_runs(self) -> None:
        layout = self._scene.layout
        self._runs = runs_of((s for s in layout.shapes.values() if s.tiles is not None), layout.caption_rooms)

    def forget_colours(self) -> None:
        """The theme has changed."""
        for strip in self._strips.values():
            strip.forget_colours()

    def _strip(self, block_id: str) -> TileStrip:
        return self._strips.setdefault(block_id, TileStrip())

    def lay_badges(self) -> None:
        """Lay the verdicts of the snapshot whose numbers are written out."""
        snapshot = self._scene.legible.snapshot
        self.badges = {}
        self.marks = marks_of(snapshot)
        self._mark_layers = {block_id: self._mark_layers.get(block_id, MarkLayer()) for block_id in self.marks}
        self.dead_units = {
            block_id: [unit for unit, (trouble, _) in marks.items() if trouble is Trouble.DEAD]
            for block_id, marks in self.marks.items()
        }
        judged = snapshot.verdicts if snapshot is not None else ()
        for shape in self._scene.layout.shapes.values():
            verdicts = tuple(v for v in judged if v.block_id == shape.id)
            if verdicts:
                room = self._scene.layout.caption_rooms.get(shape.id, WIDEST_CAPTION)
                self.badges[shape.id] = badges_of(shape, verdicts, room)
        self._note = note_of(self.badges, self._scene.layout.shapes)

    # One frame ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, area: QRectF, ratio: float, *, focused: bool) -> None:
        """Paint everything into a widget's area, in its pixels, ``ratio`` device pixels each."""
        paint_backdrop(painter, area, self._camera, ratio)
        if not self._scene.layout.shapes:
            _paint_hint(painter, area)
        else:
            paint_legend(painter, area, self._scene)
        self._edges.paint(painter, self._camera, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._in_scene(painter, self._paint_ribbons)
        self._in_scene(painter, self._paint_wires)
        self._in_scene(painter, self._paint_ribbon_labels)
        self._in_scene(painter, self._paint_bodies)
        self._paint_tiles(painter, area, ratio)
        self._in_scene(painter, self._paint_words)
        self._paint_marks(painter, ratio)
        self._in_scene(painter, self._paint_fronts)
        self._paint_pass(painter, ratio)
        self._in_scene(painter, self._paint_hands)
        if focused:
            _paint_focus(painter, area)

    def _in_scene(self, painter: QPainter, paint: Callable[[QPainter], None]) -> None:
        painter.save()
        painter.setTransform(self._camera.transform, True)
        paint(painter)
        painter.restore()

    def _paint_ribbons(self, painter: QPainter) -> None:
        """The edges of grids, bundled; those of the open unit and of the one under the pointer one by one."""
        ribbons = [bundle for bundle in self._edges.bundles if bundle.ribbon]
        for bundle in ribbons:
            paint_ribbon(painter, bundle)
        hovered, chosen = self._pointing.hovered, self._selection.neuron
        under = None if hovered.unit is None else NeuronRef(hovered.block_id or "", hovered.unit)
        for neuron in dict.fromkeys((under, chosen)):
            for bundle in ribbons:
                strands = bundle.strands(neuron.block_id, neuron.unit) if neuron is not None else []
                if strands:
                    paint_strands(painter, bundle, strands, chosen=neuron == chosen)

    def _paint_ribbon_labels(self, painter: QPainter) -> None:
        """Over every wire, each on its plate."""
        for bundle in self._edges.bundles:
            if bundle.ribbon:
                paint_ribbon_label(painter, bundle)

    def _paint_wires(self, painter: QPainter) -> None:
        paint_silent_edges(painter, self._edges.bundles, self.dead_units)
        layout, selection, hovering = self._scene.layout, self._selection, self._pointing.hovered.wire
        drawn = {bundle.wire for bundle in self._edges.bundles}
        for wire in layout.graph.wires:
            if wire.source not in layout or wire.target not in layout:
                continue
            chosen, hovered = wire == selection.wire, wire == hovering
            if wire not in drawn or (chosen and selection.edge is None):
                paint_plain_wire(painter, layout, wire, selected=chosen, hovered=hovered)

    def _paint_bodies(self, painter: QPainter) -> None:
        for shape in self._scene.layout.shapes.values():
            paint_under(painter, shape, self._look(shape))

    def _paint_tiles(self, painter: QPainter, area: QRectF, ratio: float) -> None:
        camera = self._camera
        for shape in self._scene.layout.shapes.values():
            if shape.tiles is not None and camera.rect_to_view(shape.body).intersects(area):
                self._strip(shape.id).paint(painter, shape.tiles, camera, ratio)

    def _paint_words(self, painter: QPainter) -> None:
        self._paint_edges_on_top(painter)
        rooms, size = self._scene.layout.caption_rooms, caption_size(self._camera.scale)
        in_runs = {shape.id for run in self._runs for shape in run}
        for run in self._runs:
            paint_run(painter, run, size)
        for shape in self._scene.layout.shapes.values():
            if shape.id in rooms:
                if shape.id in in_runs:
                    paint_number(painter, shape, self._look(shape), rooms[shape.id], size)
                else:
                    paint_marks(painter, caption_marks(shape, self._look(shape), rooms[shape.id], size))
            paint_feature_names(painter, shape)
            self._paint_many(painter, shape)

    def _paint_marks(self, painter: QPainter, ratio: float) -> None:
        for block_id, layer in self._mark_layers.items():
            shape = self._scene.layout.shapes.get(block_id)
            if shape is not None and shape.tiles is not None:
                layer.paint(painter, shape.tiles, self.marks[block_id], self._camera, ratio)

    def _paint_fronts(self, painter: QPainter) -> None:
        busy = self._scene.moment is not None
        for shape in self._scene.layout.shapes.values():
            looks = self._look(shape)
            self._paint_ports(painter, shape, looks)
            self._paint_rings(painter, shape)
            if looks.selected or looks.hovered:
                paint_handles(painter, shape)
            if not busy:
                for badge in self.badges.get(shape.id, ()):
                    paint_badge(painter, badge)
        if not busy and self._note is not None:
            paint_note(painter, self._note)

    def _paint_many(self, painter: QPainter, shape: BlockShape) -> None:
        """What belongs to images and to classes."""
        if shape.tiles is None:
            return
        if shape.picture is not None:
            hovered = self._pointing.hovered
            paint_fold(painter, shape, lit=hovered.part is Part.FOLD and hovered.block_id == shape.id)
        elif shape.block.declaration.is_end and shape.width == len(self._scene.classes):
            if self._scene.pixels is not None:
                paint_shares(painter, shape.tiles, self._scene.classes, output_shares(shape, self._scene))
            else:
                paint_class_names(painter, shape.tiles, self._scene.classes)
        elif (answers := answer_shares(shape, self._scene)) is not None:
            paint_answers(painter, shape.tiles, answers)

    def _look(self, shape: BlockShape) -> BlockLook:
        problems = self._scene.problems.get(shape.id, ())
        return BlockLook(
            selected=shape.id in self._selection.blocks,
            hovered=self._pointing.hovered.block_id == shape.id,
            used=all(p.blocking for p in problems),
            bad_ports=frozenset(p.port for p in problems if p.blocking),
        )

    def _paint_ports(self, painter: QPainter, shape: BlockShape, looks: BlockLook) -> None:
        graph, hovered = self._scene.layout.graph, self._pointing.hovered
        ends = (
            (Port.INPUT, Part.IN_PORT, shape.in_port, bool(graph.wires_into(shape.id))),
            (Port.OUTPUT, Part.OUT_PORT, shape.out_port, bool(graph.wires_from(shape.id))),
        )
        for port, part, at, wired in ends:
            if at is None:
                continue
            bad = port in looks.bad_ports
            lit = hovered.part is part and hovered.block_id == shape.id
            if bad or lit or not wired or looks.selected or looks.hovered or shape.tiles is None or shape.bare:
                paint_port(painter, at, bad=bad, lit=lit)

    def _paint_rings(self, painter: QPainter, shape: BlockShape) -> None:
        neuron, hovered = self._selection.neuron, self._pointing.hovered
        if shape.tiles is None:
            return
        if hovered.part is Part.NEURON and hovered.block_id == shape.id and hovered.unit is not None:
            paint_neuron_ring(painter, shape.tiles.rect(hovered.unit), chosen=False)
        if neuron is not None and neuron.block_id == shape.id and neuron.unit < shape.tiles.units:
            paint_neuron_ring(painter, shape.tiles.rect(neuron.unit), chosen=True)

    def _paint_edges_on_top(self, painter: QPainter) -> None:
        for edge in dict.fromkeys((self._pointing.hovered.edge, self._selection.edge)):
            bundle = self._edges.bundle_of(edge)
            if edge is not None and bundle is not None:
                self._paint_edge(painter, bundle, edge)

    def _paint_edge(self, painter: QPainter, bundle: Bundle, edge: EdgeRef) -> None:
        weight = float(bundle.weights[edge.row, edge.column])
        path = curve(*bundle.ends(edge.row, edge.column))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen(theme.colour("surface"), 6.5))
        painter.drawPath(path)
        painter.setPen(look.pen(look.signed(weight), 3.4))
        painter.drawPath(path)
        if edge != self._selection.edge:
            paint_edge_label(painter, bundle, edge.row, edge.column, f"w = {significant(weight)}")

    def _paint_pass(self, painter: QPainter, ratio: float) -> None:
        scene, bundles, camera = self._scene, self._edges.bundles, self._camera
        moment = scene.moment
        if moment is None:
            return
        layout, progress = scene.layout, scene.progress
        neuron = self._selection.neuron
        unit = unit_in_sight(moment.stage, (neuron.block_id, neuron.unit) if neuron is not None else None)
        paint_flows(painter, moment, progress, layout, bundles, camera, ratio)
        self._in_scene(painter, lambda p: paint_change(p, moment, unit, progress, bundles))
        self._paint_pass_numbers(painter, moment, progress)
        if progress >= ARRIVE:
            self._in_scene(painter, lambda p: paint_gradients(p, moment, unit, bundles))
        self._in_scene(painter, lambda p: self._paint_unit_in_sight(p, moment, unit))
        outputs = [s for s in layout.shapes.values() if s.block.declaration.is_end]
        if outputs and (moment.stage.phase is not Phase.FORWARD):
            self._in_scene(painter, lambda p: paint_loss(p, outputs[0], moment))

    def _paint_pass_numbers(self, painter: QPainter, moment: Moment, progress: float) -> None:
        """Value at the top of each tile, δ at its foot."""
        layout, camera = self._scene.layout, self._camera
        symbols: dict[str, str] = {}
        backward = moment.stage.phase is Phase.BACKWARD
        for below, numbers in ((False, moment.numbers(progress)), (True, moment.signals(progress))):
            for block_id, shown in numbers.items():
                if block_id not in layout:
                    continue
                fresh = block_id == moment.stage.block_id and progress >= ARRIVE and below == backward
                paint_numbers(painter, layout[block_id], shown, camera, fresh=fresh, below=below)
                symbol = shown.symbol if shown is not None else "δ"
                symbols[block_id] = f"{symbols[block_id]}, {symbol}" if below and block_id in symbols else symbol
        for block_id, symbol in symbols.items():
            room = not layout[block_id].block.declaration.is_end or moment.loss is None
            if room and block_id not in self._selection.blocks:  # there a selected block has its handle
                paint_symbol(painter, layout[block_id], symbol, camera)

    def _paint_unit_in_sight(self, painter: QPainter, moment: Moment, unit: int) -> None:
        """A ring round the unit that the player works out."""
        stage, layout = moment.stage, self._scene.layout
        tiles = layout[stage.block_id].tiles if stage.block_id in layout else None
        if tiles is not None and unit < tiles.units and stage.phase is not Phase.LOSS:
            paint_neuron_ring(painter, tiles.rect(unit), chosen=True)

    def _paint_hands(self, painter: QPainter) -> None:
        """The gesture under way and what is held over the canvas."""
        pointing = self._pointing
        if pointing.gesture is not None:
            pointing.gesture.paint(painter)
        if pointing.ghost is not None:
            pointing.ghost.paint(painter, self._scene.layout)
        if pointing.keyboard_wire is not None:
            pointing.keyboard_wire.paint(painter)


def _paint_hint(painter: QPainter, area: QRectF) -> None:
    """What to do with an empty canvas."""
    painter.setPen(theme.colour("text"))
    painter.setFont(look.font(20, QFont.Weight.DemiBold))
    title = QCoreApplication.translate("Canvas", "Weave your first network")
    painter.drawText(area.adjusted(20, -40, -20, -40), Qt.AlignmentFlag.AlignCenter, title)
    painter.setPen(theme.colour("text_muted"))
    painter.setFont(look.font(13.5))
    painter.drawText(
        area.adjusted(20, 50, -20, 50),
        Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
        QCoreApplication.translate(
            "Canvas",
            "Drag an Input, a Dense and an Output block here from the palette, or press A.\n"
            "Then drag from one block's port to the next, or press W, and press Play.",
        ),
    )


def _paint_focus(painter: QPainter, area: QRectF) -> None:
    """The frame that shows where the keyboard is."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(look.faded("accent", 0.45), 1.5))
    painter.drawRect(area.adjusted(0.75, 0.75, -0.75, -0.75))
