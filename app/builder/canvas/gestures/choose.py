"""Which gesture a press begins."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from app.builder.canvas.gestures.base import Gesture
from app.builder.canvas.gestures.edge import PickEdge
from app.builder.canvas.gestures.fold import Fold
from app.builder.canvas.gestures.move import MoveBlocks
from app.builder.canvas.gestures.pan import Pan
from app.builder.canvas.gestures.resize import ResizeUnits
from app.builder.canvas.gestures.rubber_band import RubberBand
from app.builder.canvas.gestures.wire import DrawWire
from app.builder.canvas.hit import Hit, Part
from app.builder.canvas.workbench import Workbench


def gesture_for(bench: Workbench, hit: Hit, point: QPointF, button: Qt.MouseButton, space: bool) -> Gesture | None:
    """The gesture of a press at a widget pixel; None for a button that means nothing here."""
    if button == Qt.MouseButton.MiddleButton or (space and button == Qt.MouseButton.LeftButton):
        return Pan(bench, point)
    if button != Qt.MouseButton.LeftButton:
        return None
    block_id = hit.block_id or ""
    match hit.part:
        case Part.IN_PORT | Part.OUT_PORT:
            return DrawWire(bench, point, block_id, forward=hit.part is Part.OUT_PORT)
        case Part.RESIZE | Part.FEWER | Part.MORE:
            return ResizeUnits(bench, point, block_id, hit.part)
        case Part.FOLD:
            return Fold(bench, point, block_id)
        case Part.BODY | Part.NEURON:
            return MoveBlocks(bench, point, hit)
        case Part.EDGE | Part.WIRE:
            return PickEdge(bench, point, hit)
    return RubberBand(bench, point)
