"""Miniatures: the plane or the cube of a small table in a square, with its rows as points."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from app.kit.drawing.columns import Lines
from app.kit.drawing.marks import Disc, Group, Line, Mark, Path, Point, Polyline, Rect, Rectangle, call
from app.workspaces.neuron.plane import round_off
from engine.neuron.boundary import half_space, section
from engine.neuron.tables import Row, Targets, inputs_of, rows
from engine.neuron.unit import Unit

LOW, HIGH = -0.42, 1.42
"""How far a miniature reaches."""
CUBE_EDGES = tuple(
    (one, other) for one, other in combinations(rows(3), 2) if sum(a != b for a, b in zip(one, other, strict=True)) == 1
)
CORNER = 6.0

Drawn = tuple[Unit, str]
"""A unit and the ink of its line."""


def in_miniature(point: tuple[float, ...], box: Rect) -> Point:
    """Return the pixel of a point of one, two or three inputs; the third comes to the right and down: seen so, the
    plane of majority does not stand on its edge."""
    left, top, width, height = box
    across = point[0]
    up = point[1] if len(point) > 1 else 0.5
    if len(point) > 2:
        across, up = 0.72 * across + 0.34 * point[2] - 0.03, 0.76 * up - 0.28 * point[2] + 0.26
    return left + (across - LOW) / (HIGH - LOW) * width, top + (HIGH - up) / (HIGH - LOW) * height


def miniature(box: Rect, targets: Targets, unit: Unit | None, radius: float) -> list[Mark]:
    """Draw the rows of a table, blue where it is to fire, and the dashed line or plane of a unit that does it."""
    inputs = inputs_of(targets)
    marks: list[Mark] = []
    if inputs == 3:
        marks.append(Lines(tuple((*in_miniature(a, box), *in_miniature(b, box)) for a, b in CUBE_EDGES), "track"))
    if inputs == 3 and unit is not None:
        plane = tuple(in_miniature(point, box) for point in section(unit, 0.0, 1.0))
        marks.append(
            Polyline(points=plane, closed=True, stroke="text_muted", width=1.3, fill="text_muted 16%", dashed=True)
        )
    elif unit is not None and (line := _line_of(unit, box)) is not None:
        (x, y), (dx, dy) = line[0], (0.06 * (b - a) for a, b in zip(*line, strict=True))
        marks.append(Line((x + dx, y + dy), (line[1][0] - dx, line[1][1] - dy), "text_muted", 1.3, dashed=True))
    return [*marks, *_points(box, targets, radius)]


def half_planes(box: Rect, drawn: tuple[Drawn, ...], fires: tuple[Row, ...], done: Targets) -> list[Mark]:
    """Draw the cells that units' lines cut, blue where their bits are among ``fires``, with the rows of a table."""
    whole = QPainterPath()
    whole.addRect(QRectF(*box))
    halves = [_half(unit, box) for unit, _ink in drawn]
    marks: list[Mark] = [Rectangle(box, "negative 20% on surface")]
    for bits in fires:
        cell = whole
        for half, inside in zip(halves, bits, strict=True):
            cell = cell.intersected(half) if inside else cell.subtracted(half)
        marks.append(Path(cell, fill="positive 22% on surface"))
    for unit, ink in drawn:
        line = _line_of(unit, box)
        if line is not None:
            marks.append(Line(*line, ink, 2.0, cap="round"))
    return [
        Group(call(tuple, tuple(marks)), clip=box),
        round_off(box, CORNER, "surface"),
        *_points(box, done, min(5.0, box[2] / 16)),
        Rectangle(box, "", "border", corner=CORNER),
    ]


def _points(box: Rect, targets: Targets, radius: float) -> list[Mark]:
    return [
        Disc(*in_miniature(point, box), radius, "positive" if target else "negative")
        for point, target in zip(rows(inputs_of(targets)), targets, strict=True)
    ]


def _line_of(unit: Unit, box: Rect) -> tuple[Point, Point] | None:
    """Return the line of a unit of one or two inputs; None where it is out of sight."""
    ends = [in_miniature(point, box) for point in section(unit, LOW, HIGH)]
    if unit.inputs == 1 and ends:
        return (ends[0][0], box[1]), (ends[0][0], box[1] + box[3])
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _half(unit: Unit, box: Rect) -> QPainterPath:
    """Return where a unit fires; one of a single input does the same at every height."""
    path = QPainterPath()
    flat = Unit((*unit.weights, 0.0)[:2], unit.bias)
    corners = half_space(flat, LOW, HIGH)
    if corners:
        path.addPolygon(QPolygonF([QPointF(*in_miniature(corner, box)) for corner in corners]))
        path.closeSubpath()
    return path
