"""The cube of three inputs, seen from a side, with the plane between firing and silence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QCoreApplication, Qt

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Formula, Group, Line, Mark, Point, Polyline, Rectangle, call
from app.workspaces.neuron.model import ALL, UnitPart, is_lit
from app.workspaces.neuron.plane import (
    ARROW_KEYS,
    CUBE,
    LINE,
    InputsData,
    inputs_table,
    meeting_marks,
    point_marks,
)
from app.workspaces.neuron.words import fraction_name
from engine.neuron.boundary import section
from engine.neuron.cube import Sight
from engine.neuron.parting import hull_edges
from engine.neuron.tables import rows

LOW, HIGH = -0.15, 1.15
RINGS = 20.0
"""Pixels that are kept free for the rings round a corner."""
CORNERS = rows(3)
BEHIND, BEFORE = 8.5, 9.5
"""Radii of the corners behind the plane and before it."""


@dataclass(frozen=True, slots=True)
class CubeScale:
    """Where a point of space is seen."""

    width: float
    height: float
    sight: Sight

    @property
    def edge(self) -> float:
        """The pixels of an edge that is seen in full."""
        across, up = self.sight.reach
        return max(20.0, min((self.width / 2 - RINGS) / across, (self.height / 2 - RINGS) / up))

    def place(self, point: tuple[float, ...]) -> Point:
        """Return the pixel of a point of space."""
        right, up, _towards = self.sight.seen(point)
        return self.width / 2 + right * self.edge, self.height / 2 - up * self.edge

    def nearness(self, point: tuple[float, ...]) -> float:
        """Return how far towards the eye a point is."""
        return self.sight.seen(point)[2]


def draw_cube(data: InputsData, frame: Frame) -> Drawing:
    """Draw the cube from the back to the front; while its rows are being guessed, without the plane. Keys: rows,
    ``LINE`` for the plane, and ``CUBE``."""
    scale = CubeScale(frame.width, frame.height, data.sight)
    order = sorted(range(len(CORNERS)), key=lambda row: scale.nearness(CORNERS[row]))
    ground = (1.0, 1.0, frame.width - 2.0, frame.height - 2.0)
    points = {row: point_marks(data, row, scale.place(CORNERS[row]), BEHIND) for row in order[:4]}
    points |= {row: point_marks(data, row, scale.place(CORNERS[row]), BEFORE) for row in order[4:]}
    hand = Qt.CursorShape.OpenHandCursor
    return Drawing(
        (
            Rectangle(
                ground, "raised", "border", corner=8.0, key=CUBE, tip=_tr("the cube of inputs"), drag=True, cursor=hand
            ),
            *_edges(scale, behind=True),
            *(mark for row in order[:4] for mark in points[row]),
            *([] if data.secret else [_plane(data, frame, scale, ground)]),
            *_edges(scale, behind=False),
            *_axes(scale),
            *_hulls(data, scale),
            *(mark for row in order[4:] for mark in points[row]),
            *_meeting(data, scale, ground),
        ),
        actions=ARROW_KEYS,
        numbers=call(inputs_table, data.reading, data.known),
        tip=_tr(
            "Drag to turn the cube (or use the arrow keys); drag the plane to move it (changes b). Click a "
            "corner to apply its inputs; double-click to change its target."
        ),
    )


def _edges(scale: CubeScale, *, behind: bool) -> list[Mark]:
    back = min(CORNERS, key=scale.nearness)
    return [
        Line(scale.place(corner), scale.place(other), "text_muted 55%", dashed=behind, cap="flat")
        for corner, other in combinations(CORNERS, 2)
        if sum(a != b for a, b in zip(corner, other, strict=True)) == 1 and (back in (corner, other)) is behind
    ]


def _plane(data: InputsData, frame: Frame, scale: CubeScale, ground: tuple[float, float, float, float]) -> Mark:
    lit = is_lit((UnitPart.THRESHOLD, ALL), data.lit) or frame.pointed == LINE
    plane = Polyline(
        points=tuple(scale.place(corner) for corner in section(data.reading.unit, LOW, HIGH)), closed=True,
        stroke="accent" if lit else "text", width=2.4 if lit else 1.4, fill="accent 22%", key=LINE,
        tip=_tr("the plane where z = 0"), drag=True, cursor=Qt.CursorShape.SizeAllCursor,
    )  # fmt: skip
    left, top, width, height = ground
    return Group(call(tuple, (plane,)), clip=(left + 1, top + 1, width - 2, height - 2))


def _hulls(data: InputsData, scale: CubeScale) -> list[Mark]:
    why = data.reading.why_none
    if why is None:
        return []
    sides = [tuple(CORNERS[share.row] for share in shares) for shares in (why.fires, why.silent)]
    return [
        Line(scale.place(points[first]), scale.place(points[second]), "danger", 1.5, dashed=True, cap="flat")
        for points in sides
        for first, second in hull_edges(points)
    ]


def _meeting(data: InputsData, scale: CubeScale, ground: tuple[float, float, float, float]) -> list[Mark]:
    why = data.reading.why_none
    if why is None:
        return []
    words = _tr("{point} lies on both").format(point=fraction_name(why.meeting))
    meeting, corners = scale.place(tuple(map(float, why.meeting))), [scale.place(corner) for corner in CORNERS]
    return meeting_marks(meeting, words, ground, points=corners)


def _axes(scale: CubeScale) -> list[Mark]:
    """Draw the names of the axes, away from the middle of the cube."""
    marks: list[Mark] = []
    for axis in range(3):
        x, y = scale.place(tuple(0.5 if index == axis else 0.0 for index in range(3)))
        aside, down = x - scale.width / 2, y - scale.height / 2
        share = 15 / max(1.0, math.hypot(aside, down))
        marks.append(Formula(f"x_{axis + 1}", x + aside * share, y + down * share + 4, 15, align="across"))
    return marks


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeuronCube", text)
