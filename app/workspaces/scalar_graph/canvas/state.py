"""What the canvas shows, as plain data, and what lies under a point, beside a node and in a tooltip."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from app.workspaces.scalar_graph.computation import PassState
from app.workspaces.scalar_graph.layout import COLUMN, EMPTY, Faces, GraphDrawing, Knot, Sort
from app.workspaces.scalar_graph.names import gradient_text, name_text, not_yet, value_text


@dataclass(slots=True)
class CanvasState:
    """What the painter paints: the drawing, what is known, and what is lit or chosen."""

    drawing: GraphDrawing = EMPTY
    faces: Faces = field(default_factory=Faces)
    state: PassState = field(default_factory=PassState)
    chosen: Collection[Hashable] = frozenset()
    lit: Collection[Hashable] = frozenset()
    focus: Hashable | None = None
    pulled: Hashable | None = None
    with_values: bool = True
    with_gradients: bool = True
    with_names: bool = True
    stale: bool = False


REACH = 4.0


class HitPart(Enum):
    """What of the drawing it is."""

    NODE = "node"
    VALUE = "value"
    PRODUCT = "product"
    GRADIENT = "gradient"
    EXIT = "exit"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ScalarCanvasHit:
    """``knot``: the node; of a product the one that the edge ends at, and ``slot`` which of its inputs that is."""

    part: HitPart
    knot: Knot | None = None
    slot: int = 0


NOTHING = ScalarCanvasHit(HitPart.NOTHING)


def hit_at(shown: CanvasState, point: QPointF, *, numbers: bool) -> ScalarCanvasHit:
    """What is under a scene point; ``numbers``: whether those of the nodes can be read at this zoom."""
    drawing = shown.drawing
    for index in drawing.knots_in(QRectF(point.x() - 1, point.y() - 1, 2, 2)):
        knot = drawing.knots[index]
        if knot.box.adjusted(-REACH, -REACH, REACH, REACH).contains(point):
            return ScalarCanvasHit(HitPart.NODE, knot)
        if numbers and knot.cell.contains(point):
            return _number_at(drawing, knot, point)
    if drawing.knots and drawing.exit.contains(point):
        return ScalarCanvasHit(HitPart.EXIT, drawing.knots[drawing.output])
    return NOTHING


def _number_at(drawing: GraphDrawing, knot: Knot, point: QPointF) -> ScalarCanvasHit:
    for part, box in ((HitPart.VALUE, knot.value_box), (HitPart.GRADIENT, knot.gradient_box)):
        if box.contains(point):
            return ScalarCanvasHit(part, knot)
    for link in drawing.listed(knot):
        if link.line is not None and knot.listed_box(link.line).contains(point):
            return ScalarCanvasHit(HitPart.PRODUCT, drawing.knots[link.target], link.slot)
    return NOTHING


def tip_of(found: ScalarCanvasHit, shown: CanvasState) -> str:
    """The tooltip; empty over bare ground."""
    if found.part is HitPart.VALUE:
        return QCoreApplication.translate("GraphTips", "The node's value; click to see where it comes from")
    if found.part is HitPart.PRODUCT:
        return QCoreApplication.translate(
            "GraphTips", "What arrives (E) times the local derivative goes back along this edge; click for more"
        )
    if found.part is HitPart.GRADIENT:
        return QCoreApplication.translate(
            "GraphTips", "The node's gradient: how fast the result changes with it; click to see where it comes from"
        )
    if found.knot is None:
        return ""
    fault = shown.state.faulty.get(found.knot.index)
    return fault if fault else f"{_numbers(found.knot, shown)}\n{_manner(found.knot)}"


def _numbers(knot: Knot, shown: CanvasState) -> str:
    """What is known of a node, for when it is too small to be read."""
    state, name = shown.state, name_text(shown.faces.labels[knot.index])
    value, gradient = state.values[knot.index], state.gradients[knot.index]
    known = f"{name} = {value_text(value) if value is not None else not_yet()}"
    outward = shown.drawing.out_of.get(knot.index, ())
    if outward and all(shown.drawing.links[link].idle for link in outward):
        return known
    result = name_text(shown.faces.labels[shown.drawing.output])
    return f"{known}, ∂{result}/∂{name} = {gradient_text(gradient) if gradient is not None else not_yet()}"


def _manner(knot: Knot) -> str:
    """What can be done with a node."""
    if knot.sort is Sort.LEAF:
        return QCoreApplication.translate(
            "GraphTips", "An input: drag it to the left or right, click to type, + and − to nudge it"
        )
    if knot.sort is Sort.COLLAPSED:
        return QCoreApplication.translate("GraphTips", "Several nodes in one; double-click to open it again")
    if knot.sort is Sort.CONSTANT:
        return QCoreApplication.translate("GraphTips", "A constant: nothing changes it, so it needs no gradient")
    return QCoreApplication.translate(
        "GraphTips", "Click to select it; double-click to see where its number comes from"
    )


def neighbour(drawing: GraphDrawing, knot: Knot, across: int, down: int) -> Knot | None:
    """The node to the left that feeds this one, the one to the right that it feeds, or the next one above or below."""
    if across:
        links = drawing.into if across < 0 else drawing.out_of
        ends = [drawing.links[i] for i in links.get(knot.index, ())]
        found = [drawing.knots[link.source if across < 0 else link.target] for link in ends]
        return min(found, key=lambda other: abs(other.centre.y() - knot.centre.y()), default=None)
    column = [
        other
        for other in drawing.knots
        if abs(other.centre.x() - knot.centre.x()) < COLUMN * 0.6 and (other.centre.y() - knot.centre.y()) * down > 1.0
    ]
    return min(column, key=lambda other: abs(other.centre.y() - knot.centre.y()), default=None)
