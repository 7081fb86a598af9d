"""How wires without single edges look: thin curves, ribbons of many weights, and the wire that is being drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from app.builder.canvas.edges import Bundle
from app.builder.canvas.geometry import SceneLayout
from app.builder.canvas.selection import EdgeRef
from app.kit import inks
from app.kit.drawing.marks import Disc, Mark, Path, Rectangle, Text, text_width
from app.kit.numbers import grouped
from app.kit.scene.curves import curve, loose_curve
from engine.graph import Wire

MOST_STRANDS = 16
CLEARANCE = 14.0
"""Scene units that a wire keeps from the blocks it goes round …"""
BENEATH = 54.0
"""… and from their lower edges, where handles and badges are."""
MARGIN = 6.0
"""How far a ribbon reaches beyond the first and the last wire in it."""
LABEL_ROOM = 74.0
"""A ribbon shorter than this bears no label."""


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


def wire_marks(layout: SceneLayout, wire: Wire, *, selected: bool, hovered: bool) -> list[Mark]:
    """Draw one wire without weights, lit along its own curves."""
    curves = drawn_curves(layout, wire)
    if curves is None:
        return []
    is_lit, is_line = selected or hovered, curves == wire_path(layout, wire)
    width = (3.0 if selected else 2.0) if is_line else (1.8 if selected else 1.1)
    return [Path(curves, "accent" if is_lit else f"text_muted {75 if is_line else 45}%", width)]


def ribbon_band(bundle: Bundle) -> QPainterPath:
    """Return the outline of the band that stands for all edges between two blocks, in scene units."""
    left, right = QPointF(bundle.x0, bundle.y0.min() - MARGIN), QPointF(bundle.x1, bundle.y1.min() - MARGIN)
    band = curve(left, right)
    band.lineTo(QPointF(bundle.x1, bundle.y1.max() + MARGIN))
    half = (bundle.x1 - bundle.x0) / 2
    band.cubicTo(
        QPointF(bundle.x1 - half, bundle.y1.max() + MARGIN),
        QPointF(bundle.x0 + half, bundle.y0.max() + MARGIN),
        QPointF(bundle.x0, bundle.y0.max() + MARGIN),
    )
    band.closeSubpath()
    return band


def ribbon_mark(bundle: Bundle, *, chosen: bool = False) -> Path:
    """Draw all edges between two blocks as one band."""
    return Path(ribbon_band(bundle), fill="accent 13%" if bundle.pixels or chosen else "text_muted 10%")


def ribbon_label_marks(bundle: Bundle) -> list[Mark]:
    """Draw how many edges a ribbon stands for: ``64 × 32``."""
    if bundle.x1 - bundle.x0 < LABEL_ROOM:
        return []
    rows, columns = bundle.weights.shape
    text = f"{grouped(columns)} × {grouped(rows)}"
    width = text_width(text, 11.5, bold=True) + 14
    height = (bundle.y0.min() + bundle.y0.max() + bundle.y1.min() + bundle.y1.max()) / 4
    box = (bundle.x0 + bundle.x1 - width) / 2, float(height) - 10, width, 20.0
    return [Rectangle(box, "surface", corner=10.0), Text(text, box, 11.5, "accent", bold=True)]


def strand_marks(bundle: Bundle, strands: list[tuple[int, int]], *, chosen: bool) -> list[Mark]:
    """Draw one unit's edges out of a ribbon, coloured by sign, as wide as they are strong among themselves."""
    weights = np.nan_to_num([bundle.weights[row, column] for row, column in strands])
    most = float(np.abs(weights).max(initial=0.0)) or 1.0
    marks: list[Mark] = []
    for strand in np.argsort(np.abs(weights)):
        share = abs(float(weights[strand])) / most
        ink = f"{inks.sign_ink(float(weights[strand]))} {round((25 + 60 * share) * (1.0 if chosen else 0.6))}%"
        marks.append(Path(curve(*bundle.ends(*strands[strand])), ink, 0.6 + 3.4 * share))
    return marks


def edge_marks(bundle: Bundle, edge: EdgeRef) -> list[Mark]:
    """Draw one edge on top of all others."""
    path = curve(*bundle.ends(edge.row, edge.column))
    weight = float(bundle.weights[edge.row, edge.column])
    return [Path(path, "surface", 6.5), Path(path, inks.sign_ink(weight), 3.4)]


def rubber_marks(start: QPointF, end: QPointF, *, good: bool | None) -> list[Mark]:
    """Draw the wire that is being drawn by hand: accent over a possible target, danger over a refused one."""
    ink = "text_muted" if good is None else "accent" if good else "danger"
    return [Path(loose_curve(start, end), ink, 2.4, dashed=good is None), Disc(end.x(), end.y(), 4.0, ink)]


def splice_marks(layout: SceneLayout, wire: Wire) -> list[Mark]:
    """Draw the glow of a wire that a dropped block would be spliced into."""
    path = wire_path(layout, wire)
    return [] if path is None else [Path(path, "accent 32%", 22.0), Path(path, "accent", 2.5)]
