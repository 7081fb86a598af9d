"""The canvas's pointer and keys: what a press begins, what a key does, what is held over the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.builder.canvas.commands import CanvasCommands
from app.builder.canvas.finder import Finder
from app.builder.canvas.hit import NOTHING, Part
from app.builder.canvas.navigation import Navigation
from app.builder.canvas.pointing import Pointing
from app.builder.canvas.workbench import Workbench

CURSORS = {
    Part.IN_PORT: Qt.CursorShape.CrossCursor,
    Part.OUT_PORT: Qt.CursorShape.CrossCursor,
    Part.RESIZE: Qt.CursorShape.SizeVerCursor,
    Part.NOTHING: Qt.CursorShape.ArrowCursor,
}


class CanvasInput:
    """Turns the events of ``canvas`` into gestures and commands; of the widget it sets cursor and keyboard focus."""

    def __init__(
        self, bench: Workbench, pointing: Pointing, finder: Finder, commands: CanvasCommands, keys: Navigation,
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
        from app.builder.canvas.gestures.choose import gesture_for  # not needed for the first frame

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
        elif hit.part is Part.NOTHING:
            self._bench.viewport.fit()
        elif hit.part is Part.BODY and hit.block_id is not None:
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
            from app.builder.canvas.gestures.drop import Ghost

            ghost = self._pointing.ghost = Ghost(kind)
        ghost.hold(self._bench.viewport.camera.to_scene(point), self._finder)
        self._canvas.update()

    def palette_left(self) -> None:
        """The block has been carried off again."""
        self._pointing.ghost = None
        self._canvas.update()

    def palette_dropped(self, kind: str, point: QPointF) -> None:
        """Add the block, into the wire beneath it if there is one."""
        self.palette_over(kind, point)
        ghost, self._pointing.ghost = self._pointing.ghost, None
        if ghost is not None:
            self._commands.add(kind, ghost.at, ghost.wire)
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
