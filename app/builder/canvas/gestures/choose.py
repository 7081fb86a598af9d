"""Which gesture a press begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.gestures.edge import PickEdge
from app.builder.canvas.gestures.move import MoveBlocks
from app.builder.canvas.gestures.pan import Pan
from app.builder.canvas.gestures.resize import ResizeUnits
from app.builder.canvas.gestures.rubber_band import RubberBand
from app.builder.canvas.gestures.wire import DrawWire
from app.builder.canvas.hit import Hit, Part

if TYPE_CHECKING:
    from app.builder.canvas.view import NetworkCanvas


def gesture_for(canvas: NetworkCanvas, hit: Hit, point: QPointF, button: Qt.MouseButton, space: bool) -> Gesture | None:
    """The gesture of a press at a widget pixel; None for a button that means nothing here."""
    if button == Qt.MouseButton.MiddleButton or (space and button == Qt.MouseButton.LeftButton):
        return Pan(canvas, point)
    if button != Qt.MouseButton.LeftButton:
        return None
    block_id = hit.block_id or ""
    match hit.part:
        case Part.IN_PORT | Part.OUT_PORT:
            return DrawWire(canvas, point, block_id, forward=hit.part is Part.OUT_PORT)
        case Part.RESIZE | Part.FEWER | Part.MORE:
            return ResizeUnits(canvas, point, block_id, hit.part)
        case Part.BODY | Part.NEURON:
            return MoveBlocks(canvas, point, hit)
        case Part.EDGE | Part.WIRE:
            return PickEdge(canvas, point, hit)
    return RubberBand(canvas, point)
