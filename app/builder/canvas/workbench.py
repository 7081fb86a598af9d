"""What gestures, keys and commands work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.builder.canvas.edits import CanvasEdits
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import Selection
from app.kit.scene.viewport import Viewport


@dataclass(frozen=True, slots=True)
class Workbench:
    """What is shown, what is chosen, what part is in view, how to change the document, and how to say a sentence."""

    scene: Scene
    selection: Selection
    viewport: Viewport
    edits: CanvasEdits
    say: Callable[[str], None]
