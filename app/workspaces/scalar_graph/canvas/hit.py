"""What lies under a point of the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from app.workspaces.scalar_graph.canvas.drawing import EXIT_WIDTH, Drawing, Knot
from app.workspaces.scalar_graph.canvas.shown import Shown

REACH = 4.0


class Part(Enum):
    """What of the drawing it is."""

    NODE = "node"
    VALUE = "value"
    PRODUCT = "product"
    EXIT = "exit"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Hit:
    """``knot``: the node, or the one that the edge ends at; ``slot``: which of its inputs the edge is."""

    part: Part
    knot: Knot | None = None
    slot: int = 0


NOTHING = Hit(Part.NOTHING)


def hit_at(shown: Shown, point: QPointF, *, numbers: bool) -> Hit:
    """What is under a scene point; ``numbers``: whether those of the edges can be read at this zoom."""
    drawing = shown.drawing
    near = QRectF(point.x() - 1, point.y() - 1, 2, 2)
    for index in drawing.knots_in(near):
        knot = drawing.knots[index]
        if knot.box.adjusted(-REACH, -REACH, REACH, REACH).contains(point):
            return Hit(Part.NODE, knot)
    if drawing.knots and drawing.exit.contains(point):
        return Hit(Part.EXIT, drawing.knots[drawing.output])
    return _number_at(drawing, shown, point, near) if numbers else NOTHING


def _number_at(drawing: Drawing, shown: Shown, point: QPointF, near: QRectF) -> Hit:
    wide = near.adjusted(-EXIT_WIDTH, -60, EXIT_WIDTH, 60)
    for index in drawing.links_in(wide):
        link = drawing.links[index]
        if link.plain:
            continue
        above, below = shown.labels.links[index].boxes
        for part, box in ((Part.VALUE, above), (Part.PRODUCT, below)):
            if box.contains(point):
                return Hit(part, drawing.knots[link.target], link.slot)
    return NOTHING
