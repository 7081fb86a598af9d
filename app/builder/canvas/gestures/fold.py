"""Clicking the button below an image of pixels."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.workbench import Workbench


class Fold(Gesture):
    """A click unfolds the image to one tile a pixel, or folds it again. How it is shown is no part of the document."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, bench: Workbench, start: QPointF, block_id: str) -> None:
        super().__init__(bench, start)
        self._block_id = block_id

    def click(self, modifiers: Qt.KeyboardModifier) -> None:
        """Do it, and keep all of the network in sight."""
        self.bench.scene.fold(self._block_id)
        self.bench.viewport.picture_changed()
