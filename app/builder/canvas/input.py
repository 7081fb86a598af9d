"""The canvas's pointer and keys: which gesture is under way, what is hovered, what is held over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from app.builder.canvas import navigation
from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.gestures.choose import gesture_for
from app.builder.canvas.gestures.drop import Ghost
from app.builder.canvas.gestures.wire import KeyboardWire
from app.builder.canvas.hit import NOTHING, Hit, Part

if TYPE_CHECKING:
    from app.builder.canvas.view import NetworkCanvas

CURSORS = {
    Part.IN_PORT: Qt.CursorShape.CrossCursor,
    Part.OUT_PORT: Qt.CursorShape.CrossCursor,
    Part.RESIZE: Qt.CursorShape.SizeVerCursor,
    Part.NOTHING: Qt.CursorShape.ArrowCursor,
}


class CanvasInput:
    """At most one gesture at a time; between gestures, what lies under the pointer is lit up."""

    def __init__(self, canvas: NetworkCanvas) -> None:
        self._canvas = canvas
        self.gesture: Gesture | None = None
        self.hovered: Hit = NOTHING
        self.ghost: Ghost | None = None
        self.keyboard_wire: KeyboardWire | None = None
        self.space = False

    # Mouse --------------------------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if self.gesture is not None:
            return
        point = event.position()
        self.keyboard_wire = None
        self.gesture = gesture_for(self._canvas, self._canvas.hit(point), point, event.button(), self.space)
        if self.gesture is not None:
            self.gesture.begin()
            self._canvas.setCursor(self.gesture.cursor)

    def move(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or light up what lies under the pointer."""
        if self.gesture is not None:
            self.gesture.moved(event.position(), event.modifiers())
            return
        hit = self._canvas.hit(event.position())
        if hit != self.hovered:
            self.hovered = hit
            self._canvas.setCursor(CURSORS.get(hit.part, Qt.CursorShape.PointingHandCursor))
            self._canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.released(event.position(), event.modifiers())
            self._canvas.unsetCursor()
            self._canvas.update()

    def double_click(self, event: QMouseEvent) -> None:
        """On empty ground: zoom to fit. Elsewhere the second press is a press like the first."""
        if event.button() == Qt.MouseButton.LeftButton and self._canvas.hit(event.position()).part is Part.NOTHING:
            self._canvas.fit()
        else:
            self.press(event)

    def leave(self) -> None:
        """Nothing is under the pointer any more."""
        self.hovered = NOTHING
        self._canvas.update()

    def graph_changed(self) -> None:
        """What was under the pointer may be gone."""
        block_id = self.hovered.block_id
        if self.hovered.wire is not None or (block_id is not None and block_id not in self._canvas.layout_now):
            self.hovered = NOTHING
        if self.keyboard_wire is not None:
            self.keyboard_wire = None

    # Keys ---------------------------------------------------------------------------------------------------------

    def key_press(self, event: QKeyEvent) -> bool:
        """Escape ends a gesture, Space pans; the rest is in :mod:`app.builder.canvas.navigation`. False: not for us."""
        if event.key() == Qt.Key.Key_Space:
            self.space = True
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
            return True
        if event.key() == Qt.Key.Key_Escape and self.gesture is not None:
            gesture, self.gesture = self.gesture, None
            gesture.cancel()
            self._canvas.unsetCursor()
            self._canvas.update()
            return True
        return navigation.key_press(self._canvas, event)

    def key_release(self, event: QKeyEvent) -> None:
        """Space up: no more panning."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.space = False
            self._canvas.unsetCursor()

    # Palette ------------------------------------------------------------------------------------------------------

    def palette_over(self, kind: str, point: QPointF) -> None:
        """Show the ghost of a block held over a widget pixel."""
        canvas = self._canvas
        if self.ghost is None or self.ghost.kind.key != kind:
            self.ghost = Ghost(kind)
        self.ghost.hold(canvas.camera.to_scene(point), canvas.layout_now, canvas.edges.bundles)
        canvas.update()

    def palette_left(self) -> None:
        """The block has been carried off again."""
        self.ghost = None
        self._canvas.update()

    def palette_dropped(self, kind: str, point: QPointF) -> None:
        """Add the block, into the wire beneath it if there is one."""
        self.palette_over(kind, point)
        ghost, self.ghost = self.ghost, None
        if ghost is not None:
            self._canvas.commands.add(kind, ghost.at, ghost.wire)
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
