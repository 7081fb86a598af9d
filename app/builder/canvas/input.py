"""The canvas's pointer and keys: what a press begins, what a key does, what is held over the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.builder.canvas.commands import CanvasCommands
from app.builder.canvas.edits import Workbench
from app.builder.canvas.geometry import SNAP
from app.builder.canvas.gestures import Ghost, Pointing, gesture_for
from app.builder.canvas.hit import NOTHING, CanvasFinder, CanvasPart
from app.builder.canvas.selection import NeuronRef
from engine.graph.model import topological_order

DIRECTIONS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


CURSORS = {
    CanvasPart.IN_PORT: Qt.CursorShape.CrossCursor,
    CanvasPart.OUT_PORT: Qt.CursorShape.CrossCursor,
    CanvasPart.RESIZE: Qt.CursorShape.SizeVerCursor,
    CanvasPart.NOTHING: Qt.CursorShape.ArrowCursor,
}


class Navigation:
    """Takes keys; what is selected goes with them, and comes into sight."""

    def __init__(self, bench: Workbench, pointing: Pointing, commands: CanvasCommands) -> None:
        self._bench, self._pointing, self._commands = bench, pointing, commands

    def keep_key(self, event: QEvent) -> bool:
        """Whether a key that may be a shortcut is none: while a wire is being chosen, Enter and Escape belong to it;
        where something else is chosen, Escape lets go of that first."""
        if self._pointing.keyboard_wire is None and not (_is_escape(event) and self._holds):
            return False
        event.accept()
        return True

    @property
    def _holds(self) -> bool:
        selection = self._bench.selection
        return bool(selection.neuron or selection.blocks or selection.edge or selection.wire)

    def key_press(self, event: QKeyEvent) -> bool:
        """Take a key; False when it means nothing here."""
        key = Qt.Key(event.key())
        if self._pointing.keyboard_wire is not None:
            if not self._pointing.keyboard_wire.key(key):
                self._pointing.keyboard_wire = None
            self._bench.viewport.update()
            return True
        if key == Qt.Key.Key_Escape:
            return self._step_back()
        if key in DIRECTIONS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self.next_neuron(DIRECTIONS[key])
        if key in DIRECTIONS and self._bench.selection.blocks:
            self._commands.nudge(DIRECTIONS[key] * SNAP)
            return True
        return False

    def _step_back(self) -> bool:
        """Escape closes the neuron first, then lets go of the selection."""
        selection = self._bench.selection
        if selection.neuron is not None:
            selection.choose_neuron(None)
            return True
        held = bool(selection.blocks or selection.edge or selection.wire)
        selection.clear()
        return held

    def next_block(self, forward: bool) -> bool:
        """Select the next block in the order of the pass; False past the last, so that Tab leaves the canvas."""
        order = [b for part in topological_order(self._bench.edits.graph) for b in part]
        if not order:
            return False
        before_first = -1 if forward else len(order)
        focus = self._bench.selection.focus
        index = (before_first if focus is None else order.index(focus)) + (1 if forward else -1)
        if not 0 <= index < len(order):
            return False
        self._bench.selection.choose([order[index]])
        self._reveal(order[index])
        return True

    def next_neuron(self, direction: QPointF) -> bool:
        """From the open neuron to its neighbour above or below or, in a grid, beside it; past the edge to the nearest
        one of the block on that side."""
        selection, layout = self._bench.selection, self._bench.scene.layout
        if selection.neuron is None:
            self._commands.open_neuron()
            return selection.neuron is not None
        shape = layout[selection.neuron.block_id]
        columns = shape.tiles.columns if shape.tiles is not None else 1
        unit = selection.neuron.unit + int(direction.x() + columns * direction.y())
        if direction.x() == 0 or unit // columns == selection.neuron.unit // columns:
            if 0 <= unit < shape.width:
                selection.choose_neuron(NeuronRef(shape.id, unit))
                return True
            if direction.x() == 0:
                return True
        ahead = [
            other for other in layout.shapes.values()
            if other.tiles is not None and (other.block.x - shape.block.x) * direction.x() > 0
        ]  # fmt: skip
        if ahead:
            nearest = min(ahead, key=lambda s: abs(s.block.x - shape.block.x) + abs(s.block.y - shape.block.y))
            height = shape.pins[selection.neuron.unit]
            unit = int(abs(nearest.pins - height).argmin())
            selection.choose_neuron(NeuronRef(nearest.id, unit))
            self._reveal(nearest.id)
        return True

    def _reveal(self, block_id: str) -> None:
        """Bring a block into sight."""
        layout = self._bench.scene.layout
        if block_id in layout:
            self._bench.viewport.reveal(layout[block_id].bounds)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


class CanvasInput:
    """Turns the events of ``canvas`` into gestures and commands; of the widget it sets cursor and keyboard focus."""

    def __init__(
        self, bench: Workbench, pointing: Pointing, finder: CanvasFinder, commands: CanvasCommands, keys: Navigation,
        canvas: QWidget,
    ) -> None:  # fmt: skip
        self._bench, self._pointing, self._finder = bench, pointing, finder
        self._commands, self._keys, self._canvas = commands, keys, canvas
        self.space = False

    # Mouse --------------------------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if self._pointing.gesture is not None:
            return
        point = event.position()
        self._pointing.keyboard_wire = None
        self._pointing.gesture = gesture_for(self._bench, self._finder.hit(point), point, event.button(), self.space)
        if self._pointing.gesture is not None:
            self._pointing.gesture.begin()
            self._canvas.setCursor(self._pointing.gesture.cursor)

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or light up what lies under the pointer."""
        if self._pointing.gesture is not None:
            self._pointing.gesture.moved(event.position(), event.modifiers())
            return
        hit = self._finder.hit(event.position())
        if hit != self._pointing.hovered:
            self._pointing.hovered = hit
            self._canvas.setCursor(CURSORS.get(hit.part, Qt.CursorShape.PointingHandCursor))
            self._canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self._pointing.gesture = self._pointing.gesture, None
        if gesture is not None:
            gesture.released(event.position(), event.modifiers())
            self._canvas.unsetCursor()
            self._canvas.update()

    def double_click(self, event: QMouseEvent) -> None:
        """On empty ground zoom to fit; rename a block. Elsewhere the second press is a press like the first."""
        hit = self._finder.hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            self.press(event)
        elif hit.part is CanvasPart.NOTHING:
            self._bench.viewport.fit()
        elif hit.part is CanvasPart.BODY and hit.block_id is not None:
            self._commands.rename(hit.block_id)
        else:
            self.press(event)

    def leave(self) -> None:
        """Nothing is under the pointer any more."""
        self._pointing.hovered = NOTHING
        self._canvas.update()

    # Keys ---------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        """Escape ends a gesture, Space pans; the rest is in :class:`Navigation`. False: not for us."""
        if event.key() == Qt.Key.Key_Space:
            self.space = True
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
            return True
        if event.key() == Qt.Key.Key_Escape and self._pointing.gesture is not None:
            gesture, self._pointing.gesture = self._pointing.gesture, None
            gesture.cancel()
            self._canvas.unsetCursor()
            self._canvas.update()
            return True
        return self._keys.key_press(event)

    def key_release(self, event: QKeyEvent) -> None:
        """Space up: no more panning."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.space = False
            self._canvas.unsetCursor()

    # Palette ------------------------------------------------------------------------------------------------------

    def palette_over(self, kind: str, point: QPointF) -> None:
        """Show the ghost of a block held over a widget pixel."""
        ghost = self._pointing.ghost
        if ghost is None or ghost.kind.key != kind:
            ghost = self._pointing.ghost = Ghost(self._bench.scene, kind)
        ghost.hold(self._bench.viewport.camera.to_scene(point), self._finder)
        self._canvas.update()

    def palette_left(self) -> None:
        """The block has been carried off again."""
        self._pointing.ghost = None
        self._canvas.update()

    def palette_dropped(self, kind: str, point: QPointF) -> None:
        """Add the block, into the wire beneath it or behind the block beneath it."""
        self.palette_over(kind, point)
        ghost, self._pointing.ghost = self._pointing.ghost, None
        if ghost is not None:
            self._commands.add_onto(kind, ghost.at, ghost.wire)
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
