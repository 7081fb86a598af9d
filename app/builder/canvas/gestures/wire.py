"""Drawing a wire from port to port; and the same by keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter

from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.hit import grips_of
from app.builder.canvas.paint.blocks import paint_port
from app.builder.canvas.paint.wires import paint_rubber
from app.builder.canvas.workbench import Workbench
from app.kit.translation import sentence_of
from engine.problems import Problem


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

    def paint(self, painter: QPainter, free_end: QPointF) -> None:
        """The rubber curve, from the source's side to the target's, and the lit port at its end."""
        start = self.fixed.out_port if self.forward else self.fixed.in_port
        if start is None:
            return
        end, good = free_end, None
        if self.aimed is not None:
            end = self.port_of(self.aimed) or self.aimed.body.center()
            good = self.refusal is None
        paint_rubber(painter, *((start, end) if self.forward else (end, start)), good=good)
        if good is not None:
            paint_port(painter, end, bad=not good, lit=True)


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

    def paint(self, painter: QPainter) -> None:
        """The rubber curve."""
        if self.dragging:
            self.wire.paint(painter, self.bench.viewport.camera.to_scene(self.point))


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

    def paint(self, painter: QPainter) -> None:
        """The rubber curve to the block aimed at."""
        if self.wire.aimed is not None:
            self.wire.paint(painter, QPointF())
