"""What the hands are at: what lies under the pointer, the gesture under way, what is held over the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.builder.canvas.geometry import SceneLayout
from app.builder.canvas.hit import NOTHING, Hit

if TYPE_CHECKING:  # the gestures are loaded with the first press
    from app.builder.canvas.gestures.base import Gesture
    from app.builder.canvas.gestures.drop import Ghost
    from app.builder.canvas.gestures.wire import KeyboardWire


class Pointing:
    """At most one gesture at a time; between gestures, what lies under the pointer is lit up."""

    def __init__(self) -> None:
        self.hovered: Hit = NOTHING
        self.gesture: Gesture | None = None
        self.ghost: Ghost | None = None
        self.keyboard_wire: KeyboardWire | None = None

    def forget_gone(self, layout: SceneLayout) -> None:
        """Another layout: what was under the pointer may be gone."""
        block_id = self.hovered.block_id
        if self.hovered.wire is not None or (block_id is not None and block_id not in layout):
            self.hovered = NOTHING
        self.keyboard_wire = None
