"""Draws a frame of the canvas as marks, from what is shown, chosen and pointed at."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from app.builder.canvas.badges import (
    Badge,
    UnitTroubles,
    badge_marks,
    badge_size,
    badges_of,
    note_mark,
    note_of,
    troubles_of,
    unit_mark_groups,
)
from app.builder.canvas.blocks import (
    BlockLook,
    Run,
    answer_marks,
    body_marks,
    caption_marks,
    caption_size,
    class_name_marks,
    feature_name_marks,
    fold_marks,
    handle_marks,
    number_mark,
    port_mark,
    ring_mark,
    run_marks,
    runs_of,
    share_marks,
)
from app.builder.canvas.edges import EdgeLayer
from app.builder.canvas.geometry import WIDEST_CAPTION, BlockShape
from app.builder.canvas.gestures import Pointing
from app.builder.canvas.hit import CanvasPart
from app.builder.canvas.pass_drawing import (
    change_marks,
    edge_label_marks,
    gradient_marks,
    loss_marks,
    number_marks,
    number_room,
    stamp_pulses,
    symbol_marks,
)
from app.builder.canvas.passes import ARRIVE, PassMoment
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import NeuronRef, Selection
from app.builder.canvas.tiles import TileStrip, answer_shares, output_shares, pictures_of
from app.builder.canvas.wires import (
    edge_marks,
    ribbon_label_marks,
    ribbon_mark,
    strand_marks,
    wire_marks,
)
from app.builder.canvas.words import pretty_feature
from app.kit.drawing.marks import Group, Mark, Rectangle, Text, call, rect_of, text_width
from app.kit.numbers import significant
from app.kit.scene.viewport import Camera
from engine.graph import Port
from engine.training.trace import Phase, unit_in_sight
from engine.training.verdicts import Trouble

EDGE, HEIGHT = 14.0, 18.0
"""Pixels: of the legend, from the right edge, and its height."""
SWATCH = 18.0
LEAST_WIDTH = 420.0
"""A narrower canvas has no room for the legend."""


def legend_words(scene: Scene) -> str:
    """Say what a tile shows of these data; nothing while nothing is known."""
    snapshot = scene.snapshot
    if snapshot is None:
        return ""
    if scene.pixels is not None:
        return QCoreApplication.translate("Legend", "tile: its weights over the pixels · bar below: its current output")
    if len(scene.columns) <= 2 or snapshot.decision is None or max(snapshot.decision.columns) >= len(scene.columns):
        return QCoreApplication.translate("Legend", "tile: its output over the plane")
    across, up = (pretty_feature(scene.columns[column]) for column in snapshot.decision.columns)
    text = QCoreApplication.translate(
        "Legend", "tile: a slice over {across} and {up}, the other features at their mean"
    )
    return text.format(across=across, up=up)


def legend_marks(area: QRectF, scene: Scene) -> list[Mark]:
    """Draw what the colours of wires and the pictures of tiles mean, in the upper right corner."""
    words = legend_words(scene)
    if not words or area.width() < LEAST_WIDTH:
        return []
    text = f"{QCoreApplication.translate('Legend', 'weight −, +')} · {words}"
    swatches = 2 * (SWATCH + 4)
    width = min(text_width(text, 11.5), area.width() - 2 * EDGE - swatches - 4)
    left, top = area.right() - EDGE - width, area.top() + 8.0
    marks: list[Mark] = [
        Rectangle((left - swatches - 4, top, width + swatches + 10, HEIGHT), "window 80%", corner=5.0),
        Text(text, (left, top, width + 1, HEIGHT), 11.5, "text_muted", "left middle", elide=True),
    ]
    for place, ink in ((2, "negative"), (1, "positive")):
        box = (left - place * (SWATCH + 4), top + HEIGHT / 2 - 2.5, SWATCH, 5.0)
        marks.append(Rectangle(box, ink, corner=2.0))
    return marks


def _hint_marks(area: QRectF) -> list[Mark]:
    """Draw what to do with an empty canvas."""
    title = QCoreApplication.translate("Canvas", "Weave your first network")
    text = QCoreApplication.translate(
        "Canvas",
        "Drag an Input, a Dense and an Output block here from the palette, or press A.\n"
        "Then drag from one block's port to the next, or press W, and press Play.",
    )
    return [
        Text(title, rect_of(area.adjusted(20, -40, -20, -40)), 20.0, bold=True),
        Text(text, rect_of(area.adjusted(20, 50, -20, 50)), 13.5, "text_muted", wrap=True),
    ]


class CanvasDrawing:
    """Draws frames. Keeps what is costly to work out (tiles, badges) from one frame to the next."""

    def __init__(
        self, scene: Scene, selection: Selection, pointing: Pointing, edges: EdgeLayer, camera: Camera
    ) -> None:
        self._scene, self._selection, self._pointing = scene, selection, pointing
        self._edges, self._camera = edges, camera
        self._strips: dict[str, TileStrip] = {}
        self._runs: tuple[Run, ...] = ()
        self.badges: dict[str, list[Badge]] = {}
        self._note: tuple[str, QRectF] | None = None
        self._badge_size = 1.0
        self._troubles: dict[str, UnitTroubles] = {}
        self._unit_marks: list[Group] = []
        self.dead_units: dict[str, list[int]] = {}
        """By block id, the units through which nothing passes."""

    def take(self) -> None:
        """Show the latest snapshot's pictures, blank tiles without one."""
        for shape in self._shapes:
            if shape.tiles is not None:
                self._strip(shape.id).show(shape.block, pictures_of(shape, self._scene))

    def forget_layout(self) -> None:
        """The graph has changed: blocks may be gone, and badges lie elsewhere."""
        layout = self._scene.layout
        self._strips = {block_id: strip for block_id, strip in self._strips.items() if block_id in layout}
        self._runs = runs_of((s for s in layout.shapes.values() if s.tiles is not None), layout.caption_rooms)
        self.lay_badges()

    @property
    def _shapes(self) -> list[BlockShape]:
        return list(self._scene.layout.shapes.values())

    def _strip(self, block_id: str) -> TileStrip:
        return self._strips.setdefault(block_id, TileStrip())

    def badge_at(self, point: QPointF) -> Badge | None:
        """Return the badge that is drawn under a scene point: none while a moment of a pass is."""
        badges = (badge for group in self.badges.values() for badge in group)
        return next((b for b in badges if b.rect.contains(point)), None) if self._scene.moment is None else None

    def lay_badges(self) -> None:
        """Lay the verdicts of the snapshot whose numbers are written out."""
        self._badge_size = badge_size(self._camera.scale)
        snapshot = self._scene.legible.snapshot
        self.badges = {}
        self._troubles = troubles_of(snapshot)
        self.dead_units = {
            block_id: [unit for unit, (trouble, _) in troubles.items() if trouble is Trouble.DEAD]
            for block_id, troubles in self._troubles.items()
        }
        judged = snapshot.verdicts if snapshot is not None else ()
        for shape in self._shapes:
            verdicts = tuple(v for v in judged if v.block_id == shape.id)
            if verdicts:
                room = self._scene.layout.caption_rooms.get(shape.id, WIDEST_CAPTION)
                self.badges[shape.id] = badges_of(shape, verdicts, room, self._badge_size)
        self._note = note_of(self.badges, self._scene.layout.shapes, self._badge_size)

    # One frame ----------------------------------------------------------------------------------------------------

    def marks(self, area: QRectF, ratio: float) -> list[Mark]:
        """Draw everything beneath the pulses of a pass, in a widget's pixels, ``ratio`` device pixels each."""
        layout, camera = self._scene.layout, self._camera
        if self._badge_size != badge_size(camera.scale):
            self.lay_badges()
        looks = {shape.id: self._look(shape) for shape in self._shapes}
        self._unit_marks = unit_mark_groups(self._troubles, layout.shapes, camera, ratio, self._unit_marks)
        edges = self._edges.picture(camera, ratio)
        bodies = [mark for shape in self._shapes for mark in body_marks(shape, looks[shape.id])]
        tiles = [
            self._strip(shape.id).picture(shape.tiles, camera, ratio)
            for shape in self._shapes
            if shape.tiles is not None and camera.rect_to_view(shape.body).intersects(area)
        ]
        return [
            *(legend_marks(area, self._scene) if looks else _hint_marks(area)),
            *([edges] if edges is not None else []),
            self._in_scene([*self._wires(), *bodies]),
            *tiles,
            self._in_scene([*self._edges_on_top(), *self._words(looks)]),
            *self._unit_marks,
            self._in_scene(self._fronts(looks)),
        ]

    def _in_scene(self, marks: list[Mark]) -> Group:
        camera = self._camera
        return Group(call(list, marks), shift=(camera.offset.x(), camera.offset.y()), scale=camera.scale)

    def _wires(self) -> list[Mark]:
        """Draw plain wires and ribbons, and of these the edges of the open unit and of the one under the pointer."""
        layout, selection, hovered = self._scene.layout, self._selection, self._pointing.hovered
        ribbons = [bundle for bundle in self._edges.bundles if bundle.ribbon]
        marks: list[Mark] = [ribbon_mark(bundle) for bundle in ribbons]
        under = None if hovered.unit is None else NeuronRef(hovered.block_id or "", hovered.unit)
        for neuron in dict.fromkeys((under, selection.neuron)):
            for bundle in ribbons if neuron is not None else ():
                strands = bundle.strands(neuron.block_id, neuron.unit) if neuron is not None else []
                marks += strand_marks(bundle, strands, chosen=neuron == selection.neuron)
        weighed = {bundle.wire: bundle for bundle in self._edges.bundles}
        for wire in layout.graph.wires:
            chosen = wire == selection.wire and selection.edge is None
            if chosen and wire in weighed:
                marks.append(ribbon_mark(weighed[wire], chosen=True))  # all that Delete would take away
            if wire.source in layout and wire.target in layout and (wire not in weighed or chosen):
                marks += wire_marks(layout, wire, selected=chosen, hovered=wire == hovered.wire)
        return [*marks, *(mark for bundle in ribbons for mark in ribbon_label_marks(bundle))]

    def _words(self, looks: dict[str, BlockLook]) -> list[Mark]:
        rooms, size = self._scene.layout.caption_rooms, caption_size(self._camera.scale)
        in_runs = {shape.id for run in self._runs for shape in run}
        marks = [mark for run in self._runs for mark in run_marks(run, size)]
        for shape in self._shapes:
            if shape.id in in_runs:
                marks.append(number_mark(shape, looks[shape.id], rooms[shape.id], size))
            elif shape.id in rooms:
                marks += caption_marks(shape, looks[shape.id], rooms[shape.id], size)
            marks += feature_name_marks(shape)
            marks += self._beside_tiles(shape)
        return marks

    def _beside_tiles(self, shape: BlockShape) -> list[Mark]:
        """Draw what belongs to images and to classes."""
        if shape.tiles is None:
            return []
        scene, hovered = self._scene, self._pointing.hovered
        if shape.picture is not None:
            return fold_marks(shape, lit=hovered.part is CanvasPart.FOLD and hovered.block_id == shape.id)
        if shape.block.declaration.is_end and shape.width == len(scene.classes):
            if scene.pixels is not None:
                return share_marks(shape.tiles, scene.classes, output_shares(shape, scene))
            return class_name_marks(shape.tiles, scene.classes)
        answers = answer_shares(shape, scene)
        return [] if answers is None else answer_marks(shape.tiles, answers)

    def _fronts(self, looks: dict[str, BlockLook]) -> list[Mark]:
        idle, marks = self._scene.moment is None, list[Mark]()
        for shape in self._shapes:
            look = looks[shape.id]
            marks += self._ports(shape, look)
            marks += self._rings(shape)
            if look.selected or look.hovered:
                marks += handle_marks(shape)
            for badge in self.badges.get(shape.id, ()) if idle else ():
                marks += badge_marks(badge)
        return [*marks, note_mark(self._note, self._badge_size)] if idle and self._note is not None else marks

    def _look(self, shape: BlockShape) -> BlockLook:
        problems = self._scene.problems.get(shape.id, ())
        return BlockLook(
            selected=shape.id in self._selection.blocks,
            hovered=self._pointing.hovered.block_id == shape.id,
            used=all(p.blocking for p in problems),
            bad_ports=frozenset(p.port for p in problems if p.blocking),
        )

    def _ports(self, shape: BlockShape, look: BlockLook) -> list[Mark]:
        graph, hovered = self._scene.layout.graph, self._pointing.hovered
        ends = (
            (Port.INPUT, CanvasPart.IN_PORT, shape.in_port, bool(graph.wires_into(shape.id))),
            (Port.OUTPUT, CanvasPart.OUT_PORT, shape.out_port, bool(graph.wires_from(shape.id))),
        )
        always = look.selected or look.hovered or shape.tiles is None or shape.bare
        marks: list[Mark] = []
        for port, part, place, wired in ends:
            bad, lit = port in look.bad_ports, hovered.part is part and hovered.block_id == shape.id
            if place is not None and (bad or lit or always or not wired):
                marks.append(port_mark(place, bad=bad, lit=lit))
        return marks

    def _rings(self, shape: BlockShape) -> list[Mark]:
        neuron, hovered = self._selection.neuron, self._pointing.hovered
        if shape.tiles is None:
            return []
        marks: list[Mark] = []
        if hovered.part is CanvasPart.NEURON and hovered.block_id == shape.id and hovered.unit is not None:
            marks.append(ring_mark(shape.tiles.rect(hovered.unit), chosen=False))
        if neuron is not None and neuron.block_id == shape.id and neuron.unit < shape.tiles.units:
            marks.append(ring_mark(shape.tiles.rect(neuron.unit), chosen=True))
        return marks

    def _edges_on_top(self) -> list[Mark]:
        """Draw the edge under the pointer, with its weight, and the chosen one, whose weight is in its card."""
        marks: list[Mark] = []
        for edge in dict.fromkeys((self._pointing.hovered.edge, self._selection.edge)):
            bundle = self._edges.bundle_of(edge)
            if edge is not None and bundle is not None:
                marks += edge_marks(bundle, edge)
                if edge != self._selection.edge:
                    weight = significant(float(bundle.weights[edge.row, edge.column]))
                    marks += edge_label_marks(bundle, edge.row, edge.column, f"w = {weight}")
        return marks

    # A pass and the hands -----------------------------------------------------------------------------------------

    def stamp_pulses(self, painter: QPainter, ratio: float) -> None:
        """Paint the pulses of a pass: a thousand marks a frame would be too slow."""
        scene = self._scene
        if scene.moment is not None:
            bundles = self._edges.bundles
            stamp_pulses(painter, scene.moment, scene.progress, scene.layout, bundles, self._camera, ratio)

    def marks_above(self, area: QRectF, *, focused: bool) -> list[Mark]:
        """Draw what lies over the pulses: the numbers of a pass, the gesture under way, the frame of the keyboard."""
        pointing, moment = self._pointing, self._scene.moment
        hands: list[Mark] = []
        for held in (pointing.gesture, pointing.ghost, pointing.keyboard_wire):
            hands += held.marks() if held is not None else ()
        frame = Rectangle(rect_of(area.adjusted(0.75, 0.75, -0.75, -0.75)), "", "accent 45%", 1.5)
        passing = self._pass(moment) if moment is not None else []
        return [*passing, self._in_scene(hands), *([frame] if focused else [])]

    def _pass(self, moment: PassMoment) -> list[Mark]:
        bundles, progress = self._edges.bundles, self._scene.progress
        neuron, stage = self._selection.neuron, moment.stage
        unit = unit_in_sight(stage, (neuron.block_id, neuron.unit) if neuron is not None else None)
        above = gradient_marks(moment, unit, bundles) if progress >= ARRIVE else []
        outputs = [shape for shape in self._shapes if shape.block.declaration.is_end]
        if outputs and stage.phase is not Phase.FORWARD:
            above += loss_marks(outputs[0], moment)
        changes = self._in_scene(change_marks(moment, unit, progress, bundles))
        at_work = NeuronRef(stage.block_id, unit) if stage.phase is not Phase.LOSS else None
        rings = [mark for ref in dict.fromkeys((at_work, neuron)) for mark in self._number_ring(ref)]
        return [changes, *self._pass_numbers(moment, progress), *rings, self._in_scene(above)]

    def _number_ring(self, neuron: NeuronRef | None) -> list[Mark]:
        """Draw the ring round a neuron and its numbers in a pass, in widget pixels."""
        tiles = self._scene.layout[neuron.block_id].tiles if neuron and neuron.block_id in self._scene.layout else None
        if neuron is None or tiles is None or neuron.unit >= tiles.units:
            return []
        return [ring_mark(number_room(self._camera.rect_to_view(tiles.rect(neuron.unit))), chosen=True)]

    def _pass_numbers(self, moment: PassMoment, progress: float) -> list[Mark]:
        """Draw a value at the top of each tile, δ at its foot."""
        layout, camera = self._scene.layout, self._camera
        marks: list[Mark] = []
        symbols: dict[str, str] = {}
        backward = moment.stage.phase is Phase.BACKWARD
        for below, numbers in ((False, moment.numbers(progress)), (True, moment.signals(progress))):
            for block_id, shown in numbers.items():
                if block_id not in layout:
                    continue
                fresh = block_id == moment.stage.block_id and progress >= ARRIVE and below == backward
                marks += number_marks(layout[block_id], shown, camera, fresh=fresh, below=below)
                symbol = shown.symbol if shown is not None else "δ"
                symbols[block_id] = f"{symbols[block_id]}, {symbol}" if below and block_id in symbols else symbol
        for block_id, symbol in symbols.items():
            room = not layout[block_id].block.declaration.is_end or moment.loss is None
            if room and block_id not in self._selection.blocks:  # there a selected block has its handle
                marks += symbol_marks(layout[block_id], symbol, camera)
        return marks
