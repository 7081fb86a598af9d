"""How wires without single edges look: thin curves, ribbons of many weights, and the wire that is being drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from app.builder.canvas.edges import Bundle
from app.builder.canvas.geometry import SceneLayout
from app.kit import look, theme
from app.kit.scene.curves import curve, loose_curve
from engine.graph import Wire

MOST_STRANDS = 16
MOST_DOTTED = 128
CLEARANCE = 14.0
"""Scene units that a wire keeps from the blocks it goes round …"""
BENEATH = 54.0
"""… and from their lower edges, where handles and badges are."""


def wire_path(layout: SceneLayout, wire: Wire) -> QPainterPath | None:
    """The wire's middle line from port to port, beneath the blocks that stand in its way; None without a port."""
    start, end = layout[wire.source].out_port, layout[wire.target].in_port
    if start is None or end is None:
        return None
    obstacles = _in_the_way(layout, wire, start, end)
    return detour(start, end, obstacles) if obstacles else loose_curve(start, end)


def drawn_curves(layout: SceneLayout, wire: Wire) -> QPainterPath | None:
    """The curves of a wire without weights: a strand for each of some units, or its middle line; None without a port.

    They are what is painted and what the pointer finds.
    """
    source, target = layout[wire.source], layout[wire.target]
    middle = wire_path(layout, wire)
    straight = middle is not None and middle.elementCount() == 4 and source.body.right() < target.body.left()
    if not straight or source.tiles is None or source.tiles.compact:
        return middle
    strands = QPainterPath()
    last = source.pins.size - 1
    chosen = sorted({round(last * share / (MOST_STRANDS - 1)) for share in range(MOST_STRANDS)})
    inset = min(16.0, target.body.height() / 3)
    ends = np.linspace(target.body.top() + inset, target.body.bottom() - inset, len(chosen))
    for unit, end in zip(chosen, ends, strict=True):
        curve(QPointF(source.body.right(), source.pins[unit]), QPointF(target.body.left(), end), strands)
    return strands


def _in_the_way(layout: SceneLayout, wire: Wire, start: QPointF, end: QPointF) -> list[QRectF]:
    """The bodies that the straight line from port to port would run through."""
    bodies = [s.body for s in layout.shapes.values() if s.id not in (wire.source, wire.target)]
    found = []
    for body in bodies:
        if start.x() < body.left() and body.right() < end.x():
            share = (body.center().x() - start.x()) / (end.x() - start.x())
            height = start.y() + share * (end.y() - start.y())
            if body.top() - CLEARANCE < height < body.bottom() + CLEARANCE:
                found.append(body)
    return found


def detour(start: QPointF, end: QPointF, obstacles: list[QRectF]) -> QPainterPath:
    """A path that dips beneath the obstacles and comes up again."""
    low = max(body.bottom() for body in obstacles) + BENEATH
    left = min(body.left() for body in obstacles) - CLEARANCE
    right = max(body.right() for body in obstacles) + CLEARANCE
    path = QPainterPath(start)
    for corner, goal in ((start, QPointF(left, low)), (QPointF(right, low), end)):
        path.lineTo(corner)
        middle = (corner.x() + goal.x()) / 2
        path.cubicTo(QPointF(middle, corner.y()), QPointF(middle, goal.y()), goal)
    return path


def paint_plain_wire(painter: QPainter, layout: SceneLayout, wire: Wire, *, selected: bool, hovered: bool) -> None:
    """Draw one wire in scene units."""
    middle, curves = wire_path(layout, wire), drawn_curves(layout, wire)
    if middle is None or curves is None:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if curves != middle:
        painter.setPen(look.pen(look.faded("text_muted", 0.45), 1.1))
        painter.drawPath(curves)
        if not (selected or hovered):
            return
    colour = theme.colour("accent") if selected or hovered else look.faded("text_muted", 0.75)
    painter.setPen(look.pen(colour, 3.0 if selected else 2.0))
    painter.drawPath(middle)


def paint_silent_edges(painter: QPainter, bundles: list[Bundle], dead: Mapping[str, Collection[int]]) -> None:
    """The edges of dead units, dotted: no signal goes through them and no gradient comes back. In scene units. What is
    drawn as a ribbon has no edges of its own to mark; there the unit's tile says it."""
    path = QPainterPath()
    for bundle in bundles:
        if bundle.ribbon:
            continue
        rows, columns = bundle.weights.shape
        into = [(row, column) for row in dead.get(bundle.wire.target, ()) if row < rows for column in range(columns)]
        out = [(row, column) for column in dead.get(bundle.wire.source, ()) if column < columns for row in range(rows)]
        for row, column in (into + out)[:MOST_DOTTED]:
            curve(*bundle.ends(row, column), path)
    if path.isEmpty():
        return
    line = look.pen(look.faded("text_muted", 0.6), 1.1)
    line.setDashPattern([0.1, 4.0])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line)
    painter.drawPath(path)


def paint_rubber(painter: QPainter, start: QPointF, end: QPointF, *, good: bool | None) -> None:
    """The wire that is being drawn by hand: accent over a possible target, red over a refused one."""
    name = "text_muted" if good is None else "accent" if good else "danger"
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line = look.pen(theme.colour(name), 2.4)
    if good is None:
        line.setDashPattern([3.0, 2.5])
    painter.setPen(line)
    painter.drawPath(loose_curve(start, end))
    painter.setBrush(theme.colour(name))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(end, 4.0, 4.0)


def paint_highlight(painter: QPainter, layout: SceneLayout, wire: Wire) -> None:
    """The glow of a wire that a dropped block would be spliced into."""
    path = wire_path(layout, wire)
    if path is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen(look.faded("accent", 0.32), 22.0))
        painter.drawPath(path)
        painter.setPen(look.pen(theme.colour("accent"), 2.5))
        painter.drawPath(path)
