"""Keys, wheel and touch on the canvas: going from block to block, nudging, zooming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QToolTip

from app.builder.canvas.gestures.move import SNAP
from app.builder.canvas.selection import NeuronRef
from engine.graph.model import topological_order

if TYPE_CHECKING:
    from app.builder.canvas.view import NetworkCanvas

WHEEL_ZOOM = 1.0015
"""Zoom factor for each of the wheel's eighths of a degree."""
DIRECTIONS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


def wheel(canvas: NetworkCanvas, event: QWheelEvent) -> None:
    """Ctrl and wheel zooms about the pointer; a wheel or two fingers pan, Shift turning it sideways."""
    turned = event.angleDelta()
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        canvas.zoom(WHEEL_ZOOM ** (turned.y() or turned.x()), event.position())
    else:
        by = QPointF(event.pixelDelta()) if not event.pixelDelta().isNull() else QPointF(turned) / 2
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not by.x()
        canvas.pan(QPointF(by.y(), 0) if sideways else by)
    event.accept()


def take_gesture(canvas: NetworkCanvas, event: QEvent) -> bool:
    """Pinch, on a touch screen or a touch pad."""
    if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
        canvas.zoom(1.0 + event.value(), event.position())
        return True
    if event.type() == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            canvas.zoom(pinch.scaleFactor(), QPointF(canvas.mapFromGlobal(pinch.centerPoint().toPoint())))
            return True
    return False


def keep_key(canvas: NetworkCanvas, event: QEvent) -> bool:
    """While a wire is being chosen by keyboard, Enter and Escape belong to it and are no shortcuts."""
    if event.type() == QEvent.Type.ShortcutOverride and canvas.input.keyboard_wire is not None:
        event.accept()
        return True
    return False


def key_press(canvas: NetworkCanvas, event: QKeyEvent) -> bool:
    """Take a key; False when it means nothing here."""
    key = Qt.Key(event.key())
    if canvas.input.keyboard_wire is not None:
        if not canvas.input.keyboard_wire.key(key):
            canvas.input.keyboard_wire = None
        canvas.update()
        return True
    if key == Qt.Key.Key_Escape:
        return _step_back(canvas)
    if key in DIRECTIONS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return next_neuron(canvas, DIRECTIONS[key])
    if key in DIRECTIONS and canvas.selection.blocks:
        canvas.commands.nudge(DIRECTIONS[key] * SNAP)
        return True
    return False


def _step_back(canvas: NetworkCanvas) -> bool:
    """Escape closes the neuron first, then lets go of the selection."""
    if canvas.selection.neuron is not None:
        canvas.selection.choose_neuron(None)
        return True
    held = bool(canvas.selection.blocks or canvas.selection.edge or canvas.chosen_wire)
    canvas.selection.clear()
    canvas.choose_wire(None)
    return held


def next_block(canvas: NetworkCanvas, forward: bool) -> bool:
    """Select the next block in the order of the pass; False past the last, so that Tab leaves the canvas."""
    order = [b for part in topological_order(canvas.document.graph) for b in part]
    if not order:
        return False
    before_first = -1 if forward else len(order)
    focus = canvas.selection.focus
    index = (before_first if focus is None else order.index(focus)) + (1 if forward else -1)
    if not 0 <= index < len(order):
        return False
    canvas.selection.choose([order[index]])
    canvas.reveal(order[index])
    return True


def next_neuron(canvas: NetworkCanvas, direction: QPointF) -> bool:
    """From the open neuron to its neighbour above or below, or to the nearest in the block beside it."""
    selection, layout = canvas.selection, canvas.layout_now
    if selection.neuron is None:
        canvas.commands.open_neuron()
        return selection.neuron is not None
    shape = layout[selection.neuron.block_id]
    if direction.x() == 0:
        unit = selection.neuron.unit + int(direction.y())
        if 0 <= unit < shape.width:
            selection.choose_neuron(NeuronRef(shape.id, unit))
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
        canvas.reveal(nearest.id)
    return True


def show_tooltip(canvas: NetworkCanvas, event: QHelpEvent, text: str) -> None:
    """Show or hide the tooltip."""
    if text:
        QToolTip.showText(event.globalPos(), text, canvas)
    else:
        QToolTip.hideText()
        event.ignore()
