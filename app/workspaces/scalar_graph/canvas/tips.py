"""What is said of what lies under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.workspaces.scalar_graph.canvas.drawing import Knot, Sort
from app.workspaces.scalar_graph.canvas.hit import Hit, Part
from app.workspaces.scalar_graph.canvas.shown import Shown, not_yet
from app.workspaces.scalar_graph.sight import gradient_text, value_text


def tip_of(found: Hit, shown: Shown) -> str:
    """The tooltip; empty over bare ground."""
    if found.part is Part.VALUE:
        return QCoreApplication.translate(
            "GraphTips", "The value that goes forward along this edge; click: where does it come from?"
        )
    if found.part is Part.PRODUCT:
        return QCoreApplication.translate(
            "GraphTips", "What arrives (E) times the local derivative goes back along this edge; click for more"
        )
    if found.knot is None:
        return ""
    fault = shown.sight.faulty.get(found.knot.index)
    return fault if fault else f"{_numbers(found.knot, shown)}\n{_manner(found.knot)}"


def _numbers(knot: Knot, shown: Shown) -> str:
    """What is known of a node, for when it is too small to be read."""
    sight, name = shown.sight, shown.faces.labels[knot.index]
    value, gradient = sight.values[knot.index], sight.gradients[knot.index]
    known = f"{name} = {value_text(value) if value is not None else not_yet()}"
    outward = shown.drawing.out_of.get(knot.index, ())
    if outward and all(shown.drawing.links[link].idle for link in outward):
        return known
    result = shown.faces.labels[shown.drawing.output]
    return f"{known}, ∂{result}/∂{name} = {gradient_text(gradient) if gradient is not None else not_yet()}"


def _manner(knot: Knot) -> str:
    """What can be done with a node."""
    if knot.sort is Sort.LEAF:
        return QCoreApplication.translate(
            "GraphTips", "An input: drag it to the left or right, click to type, + and − to nudge it"
        )
    if knot.sort is Sort.COLLAPSED:
        return QCoreApplication.translate("GraphTips", "Several nodes in one; a double click opens it again")
    if knot.sort is Sort.CONSTANT:
        return QCoreApplication.translate("GraphTips", "A constant: nothing changes it, so it needs no gradient")
    return QCoreApplication.translate(
        "GraphTips", "Click to choose it; a double click says where its number comes from"
    )
