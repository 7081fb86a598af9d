"""Gestures: what a press of the mouse, or W on the keyboard, begins; and what the hands are at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import count

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt

from app.builder.canvas.blocks import BlockLook, body_marks, caption_marks, port_mark
from app.builder.canvas.edits import Workbench
from app.builder.canvas.geometry import PITCH, SNAP, WIDEST_CAPTION, BlockShape, SceneLayout, shape_of
from app.builder.canvas.hit import NOTHING, CanvasFinder, CanvasHit, CanvasPart, grips_of
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.wires import rubber_marks, splice_marks
from app.builder.canvas.words import units_of
from app.kit.drawing.marks import Line, Mark, Point, Rectangle, rect_of
from app.kit.translation import sentence_of, worded
from engine.graph import Block, Wire, kind_of
from engine.graph.beside import add_into
from engine.graph.edit import move_blocks
from engine.graph.kinds import Arity
from engine.problems import Problem

CLICK_SLACK = 4.0
"""Pixels the pointer may stray between press and release for it to count as a click."""


ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
GUIDE_REACH = 6.0
"""Scene units within which a block is drawn to line up with another."""
_SERIAL = count()
DRAG_PER_UNIT = PITCH / 2
"""Scene units of drag for one unit more: a column grows at both ends, so half a tile's pitch follows the pointer."""


class Gesture:
    """Points are widget pixels. A gesture changes the document on release at the earliest, unless it says so."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, bench: Workbench, start: QPointF) -> None:
        self.bench = bench
        self.start = start
        self.point = start
        self.dragging = False

    def begin(self) -> None:
        """The press itself."""

    def moved(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer has moved; becomes a drag once it has left the place of the press."""
        self.point = point
        away = point - self.start
        self.dragging = self.dragging or abs(away.x()) + abs(away.y()) > CLICK_SLACK
        if self.dragging:
            self.drag(point, modifiers)

    def released(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The button is up."""
        self.point = point
        if self.dragging:
            self.drop(point, modifiers)
        else:
            self.click(modifiers)

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer moves with the button down."""

    def drop(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The end of a drag."""

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """A press and release in one place."""

    def cancel(self) -> None:
        """Escape: leave everything as it was."""

    def marks(self) -> list[Mark]:
        """Draw what the gesture shows on top, in scene units."""
        return []


class RubberBand(Gesture):
    """Starts on empty ground. With Shift or Ctrl the box adds to the selection; a plain click clears it."""

    def begin(self) -> None:
        """Remember what was selected."""
        self._before = self.bench.selection.blocks

    def _box(self) -> QRectF:
        camera = self.bench.viewport.camera
        return QRectF(camera.to_scene(self.start), camera.to_scene(self.point)).normalized()

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Select what the box touches."""
        box = self._box()
        touched = [s.id for s in self.bench.scene.layout.shapes.values() if box.intersects(s.body)]
        kept = self._before if modifiers & ADDING else ()
        self.bench.selection.choose((*kept, *touched))
        self.bench.viewport.update()

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Clear the selection."""
        if not modifiers & ADDING:
            self.bench.selection.clear()

    def cancel(self) -> None:
        """Select again what was selected before."""
        self.bench.selection.choose(self._before)

    def marks(self) -> list[Mark]:
        """Draw the box."""
        width = 1.2 / self.bench.viewport.camera.scale
        return [Rectangle(rect_of(self._box()), "accent 10%", "accent", width)] if self.dragging else []


class MoveBlocks(Gesture):
    """Starts on a block; a click selects it or opens the neuron that was clicked. One undoable step on release."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, bench: Workbench, start: QPointF, hit: CanvasHit) -> None:
        super().__init__(bench, start)
        self._hit = hit
        self._guides: list[tuple[Point, Point]] = []
        self._places: dict[str, QPointF] = {}

    def begin(self) -> None:
        """Remember where the blocks are, that Escape puts back."""
        self._shapes = dict(self.bench.scene.layout.shapes)
        self._block = self._shapes[self._hit.block_id or ""]

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Select the block, with Shift or Ctrl beside the others; a plain click on a tile opens its neuron."""
        selection = self.bench.selection
        if modifiers & ADDING:
            selection.toggle(self._block.id)
        elif self._hit.part is CanvasPart.NEURON and self._hit.unit is not None:
            selection.choose_neuron(NeuronRef(self._block.id, self._hit.unit))
        else:
            selection.choose([self._block.id])

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Show the blocks where they would be dropped."""
        selection = self.bench.selection
        if self._block.id not in selection.blocks:
            selection.choose([*(selection.blocks if modifiers & ADDING else ()), self._block.id])
        by = (point - self.start) / self.bench.viewport.camera.scale
        free = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        shift = by if free else self._snapped(by, selection.blocks)
        self._places = {
            block_id: QPointF(self._shapes[block_id].block.x, self._shapes[block_id].block.y) + shift
            for block_id in selection.blocks
        }
        places = {block_id: (at.x(), at.y()) for block_id, at in self._places.items()}
        self.bench.scene.preview(move_blocks(self.bench.edits.graph, places))

    def _snapped(self, by: QPointF, moving: tuple[str, ...]) -> QPointF:
        """The shift that lines the gripped block up with another one, or else puts it on the grid."""
        others = [s for s in self._shapes.values() if s.id not in moving]
        at = QPointF(self._block.block.x, self._block.block.y) + by
        body = self._block.body.translated(by)
        self._guides = []
        x = _nearest([(o.block.x, o) for o in others], at.x())
        y = _nearest([(o.block.y, o) for o in others], at.y())
        x_to, y_to = round(at.x() / SNAP) * SNAP, round(at.y() / SNAP) * SNAP
        if x is not None:
            x_to, bodies = x[0], (body, x[1].body)
            top, bottom = min(box.top() for box in bodies) - 20, max(box.bottom() for box in bodies) + 20
            self._guides.append(((x_to, top), (x_to, bottom)))
        if y is not None:
            y_to, bodies = y[0], (body, y[1].body)
            left, right = min(box.left() for box in bodies) - 20, max(box.right() for box in bodies) + 20
            self._guides.append(((left, y_to), (right, y_to)))
        return by + QPointF(x_to - at.x(), y_to - at.y())

    def drop(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Move them."""
        self.bench.scene.preview(None)
        self.bench.edits.move(self._places)

    def cancel(self) -> None:
        """Put them back."""
        self.bench.scene.preview(None)

    def marks(self) -> list[Mark]:
        """Draw the lines along which the block lines up with another."""
        width = 1.0 / self.bench.viewport.camera.scale
        return [Line(start, end, "accent", width, dashed=True) for start, end in self._guides]


def _nearest(marks: list[tuple[float, BlockShape]], value: float) -> tuple[float, BlockShape] | None:
    best = min(marks, key=lambda mark: abs(mark[0] - value), default=None)
    return best if best is not None and abs(best[0] - value) <= GUIDE_REACH else None


class WireBetween:
    """A wire that is being drawn: from one block's port to whichever block is aimed at."""

    def __init__(self, bench: Workbench, block_id: str, *, forward: bool) -> None:
        self.bench = bench
        self.fixed: BlockShape = bench.scene.layout[block_id]
        self.forward = forward
        self.aimed: BlockShape | None = None
        self.refusal: Problem | None = None

    def nearest(self, shapes: Iterable[BlockShape], point: QPointF) -> BlockShape | None:
        """Of blocks in reach the one whose port is nearest, of those that may be wired to if there are any."""
        return min(shapes, key=lambda shape: self._distance(shape, point), default=None)

    def _distance(self, shape: BlockShape, point: QPointF) -> tuple[bool, float]:
        port = self.port_of(shape)
        ends = (self.fixed.id, shape.id) if self.forward else (shape.id, self.fixed.id)
        refused = port is None or self.bench.edits.refusal(*ends) is not None
        return refused, QLineF(point, port or shape.body.center()).length()

    def port_of(self, shape: BlockShape) -> QPointF | None:
        """Where the wire would end at this block; None where it has no such port."""
        return shape.in_port if self.forward else shape.out_port

    def aim(self, shape: BlockShape | None) -> None:
        """Aim at another block; the message bar says why if it is refused."""
        if shape is self.aimed:
            return
        self.aimed = shape
        self.refusal = self.bench.edits.refusal(*self.ends()) if shape is not None else None
        if self.refusal is not None:
            self.bench.say(sentence_of(self.refusal))

    def ends(self) -> tuple[str, str]:
        """(source, target) if it were wired to the block aimed at."""
        aimed = self.aimed.id if self.aimed is not None else ""
        return (self.fixed.id, aimed) if self.forward else (aimed, self.fixed.id)

    def connect(self) -> bool:
        """Wire it; says whether there was something to wire."""
        return self.aimed is not None and self.bench.edits.join(*self.ends())

    def marks(self, free_end: QPointF) -> list[Mark]:
        """Draw the rubber curve, from the source's side to the target's, and the lit port at its end."""
        start = self.fixed.out_port if self.forward else self.fixed.in_port
        if start is None:
            return []
        end, good = free_end, None
        if self.aimed is not None:
            end = self.port_of(self.aimed) or self.aimed.body.center()
            good = self.refusal is None
        marks = rubber_marks(*((start, end) if self.forward else (end, start)), good=good)
        return marks if good is None else [*marks, port_mark(end, bad=not good, lit=True)]


class DrawWire(Gesture):
    """Starts on a port and ends anywhere on another block."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, bench: Workbench, start: QPointF, block_id: str, *, forward: bool) -> None:
        super().__init__(bench, start)
        self.wire = WireBetween(bench, block_id, forward=forward)

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Aim at the block under the pointer; where several are in reach, at the nearest port that may be wired to."""
        at = self.bench.viewport.camera.to_scene(point)
        others = (s for s in self.bench.scene.layout.shapes.values() if s.id != self.wire.fixed.id)
        self.wire.aim(self.wire.nearest((s for s in others if self._reaches(s, at)), at))
        self.bench.viewport.update()

    def _reaches(self, shape: BlockShape, at: QPointF) -> bool:
        layout, zoom = self.bench.scene.layout, self.bench.viewport.camera.scale
        return any(grip.adjusted(-24, -10, 24, 10).contains(at) for grip in grips_of(layout, shape, zoom))

    def drop(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Wire it; over empty ground nothing happens."""
        self.wire.connect()

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """A click on a port only selects its block."""
        self.bench.selection.choose([self.wire.fixed.id])

    def marks(self) -> list[Mark]:
        """Draw the rubber curve."""
        return self.wire.marks(self.bench.viewport.camera.to_scene(self.point)) if self.dragging else []


class KeyboardWire:
    """W: arrows go through the blocks that could take the wire, nearest first; Enter wires, Escape gives up."""

    def __init__(self, bench: Workbench, block_id: str) -> None:
        shape = bench.scene.layout[block_id]
        self.wire = WireBetween(bench, block_id, forward=shape.out_port is not None)
        others = [s for s in bench.scene.layout.shapes.values() if s.id != block_id]
        ports = [s for s in others if self.wire.port_of(s) is not None]
        self._targets = sorted(ports, key=lambda s: (s.block.x, s.block.y))
        ahead = [i for i, s in enumerate(self._targets) if self._is_ahead(s) and self._allowed(s)]
        self._index = (ahead[0] if self.wire.forward else ahead[-1]) if ahead else 0
        if self._targets:
            self.wire.aim(self._targets[self._index])

    def _is_ahead(self, shape: BlockShape) -> bool:
        ahead = shape.block.x - self.wire.fixed.block.x
        return ahead > 0 if self.wire.forward else ahead < 0

    def _allowed(self, shape: BlockShape) -> bool:
        ends = (self.wire.fixed.id, shape.id) if self.wire.forward else (shape.id, self.wire.fixed.id)
        return self.wire.bench.edits.refusal(*ends) is None

    def key(self, key: int) -> bool:
        """Take a key; False when the wire is done with."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wire.connect()
            return False
        if key == Qt.Key.Key_Escape or not self._targets:
            self.wire.aim(None)
            return False
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        self._index = (self._index + steps.get(Qt.Key(key), 0)) % len(self._targets)
        self.wire.aim(self._targets[self._index])
        return True

    def marks(self) -> list[Mark]:
        """Draw the rubber curve to the block aimed at."""
        return self.wire.marks(QPointF()) if self.wire.aimed is not None else []


class ResizeUnits(Gesture):
    """Down for more, up for fewer. The network follows while it is dragged; the whole drag is one undoable step."""

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, bench: Workbench, start: QPointF, block_id: str, part: CanvasPart) -> None:
        super().__init__(bench, start)
        self._block_id, self._part = block_id, part
        self._start = bench.edits.graph
        self._units = units_of(self._start.block(block_id)) or 1
        self._merge = f"units-{block_id}-{next(_SERIAL)}"

    def _set(self, units: int) -> None:
        self.bench.edits.set_units(self._block_id, units, self._merge, self._start)

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        if self._part is CanvasPart.RESIZE:
            down = (point.y() - self.start.y()) / self.bench.viewport.camera.scale
            self._set(self._units + round(down / DRAG_PER_UNIT))

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """The − and + buttons: one unit, ten with Shift."""
        step = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        if self._part is not CanvasPart.RESIZE:
            self._set(self._units + (step if self._part is CanvasPart.MORE else -step))
        self.bench.selection.choose([self._block_id])

    def cancel(self) -> None:
        """Back to the units it had."""
        self._set(self._units)


class Ghost:
    """Where the block would land. ``wire``: the one it would be spliced into."""

    def __init__(self, scene: Scene, kind: str) -> None:
        self._scene, self.kind = scene, kind_of(kind)
        self.at = QPointF()
        self.wire: Wire | None = None

    def hold(self, at: QPointF, finder: CanvasFinder) -> None:
        """Hold it over a scene point."""
        self.at = QPointF(round(at.x() / SNAP) * SNAP, round(at.y() / SNAP) * SNAP)
        splices = self.kind.arity is not Arity.NONE and not self.kind.is_end
        self.wire = finder.wire_under(at) if splices else None

    def marks(self) -> list[Mark]:
        """Draw the block, and the glow of the wire."""
        layout = self._scene.layout
        x, y = self.at.x(), self.at.y()
        params = self.kind.params_type()
        if self.wire is not None:
            grown, added = add_into(layout.graph, self.kind.key, self.wire, x, y)
            params = grown.block(added).params
        block = Block(id="ghost", kind=self.kind.key, params=params, x=x, y=y)
        bare = any(other.bare for other in layout.shapes.values())
        shape, looks = shape_of(block, worded(self.kind.label), None, bare=bare), BlockLook(selected=True)
        marks = splice_marks(layout, self.wire) if self.wire is not None else []
        marks += body_marks(shape, looks)
        if shape.tiles is not None:
            marks += caption_marks(shape, looks, WIDEST_CAPTION)
            marks += [Rectangle(rect_of(tile), "accent 25%", "accent 60%", corner=6.0) for tile in shape.tiles.rects()]
        lit = self.wire is not None
        ports = (shape.in_port, shape.out_port)
        return [*marks, *(port_mark(port, bad=False, lit=lit) for port in ports if port is not None)]


class Click(Gesture):
    """A click does one thing; dragging does nothing."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, bench: Workbench, start: QPointF, action: Callable[[], None]) -> None:
        super().__init__(bench, start)
        self._action = action

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Do it."""
        self._action()


def choose_line(bench: Workbench, hit: CanvasHit) -> None:
    """Select the edge (its weight can then be changed) or the plain wire (it can then be deleted)."""
    if hit.edge is not None:
        bench.selection.choose_edge(hit.edge, hit.wire)
    else:
        bench.selection.choose_wire(hit.wire)


def fold(bench: Workbench, block_id: str) -> None:
    """Unfold the image to one tile a pixel, or fold it again, and keep all of the network in sight. How it is shown is
    no part of the document."""
    bench.scene.fold(block_id)
    bench.viewport.picture_changed()


class Pan(Gesture):
    """Moves the camera along with the pointer."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def moved(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Without the slack of a click: panning starts at once."""
        self.bench.viewport.pan(point - self.point)
        self.point = point


def gesture_for(
    bench: Workbench, hit: CanvasHit, point: QPointF, button: Qt.MouseButton, space: bool
) -> Gesture | None:
    """The gesture of a press at a widget pixel; None for a button that means nothing here."""
    if button == Qt.MouseButton.MiddleButton or (space and button == Qt.MouseButton.LeftButton):
        return Pan(bench, point)
    if button != Qt.MouseButton.LeftButton:
        return None
    block_id = hit.block_id or ""
    match hit.part:
        case CanvasPart.IN_PORT | CanvasPart.OUT_PORT:
            return DrawWire(bench, point, block_id, forward=hit.part is CanvasPart.OUT_PORT)
        case CanvasPart.RESIZE | CanvasPart.FEWER | CanvasPart.MORE:
            return ResizeUnits(bench, point, block_id, hit.part)
        case CanvasPart.FOLD:
            return Click(bench, point, partial(fold, bench, block_id))
        case CanvasPart.BADGE:
            return Click(bench, point, partial(bench.selection.badge_picked.emit, block_id))
        case CanvasPart.BODY | CanvasPart.NEURON:
            return MoveBlocks(bench, point, hit)
        case CanvasPart.EDGE | CanvasPart.WIRE:
            return Click(bench, point, partial(choose_line, bench, hit))
    return RubberBand(bench, point)


class Pointing:
    """At most one gesture at a time; between gestures, what lies under the pointer is lit up."""

    def __init__(self) -> None:
        self.hovered: CanvasHit = NOTHING
        self.gesture: Gesture | None = None
        self.ghost: Ghost | None = None
        self.keyboard_wire: KeyboardWire | None = None

    def forget_gone(self, layout: SceneLayout) -> None:
        """Another layout: what was under the pointer may be gone."""
        block_id = self.hovered.block_id
        if self.hovered.wire is not None or (block_id is not None and block_id not in layout):
            self.hovered = NOTHING
        self.keyboard_wire = None
