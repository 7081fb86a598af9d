"""The plane of the inputs, and what it shares with the cube: a point for each row, and the point in both hulls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QImage, QPainterPath

from app.kit.colourmap import diverging_image
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import (
    Disc,
    Formula,
    Group,
    Line,
    Mark,
    Path,
    Picture,
    Point,
    Polyline,
    Rect,
    Rectangle,
    Text,
    call,
    text_height,
    text_width,
)
from app.kit.export import ExportTable
from app.workspaces.neuron.model import ALL, NeuronModel, PartKey, SignalStage, UnitPart, is_lit
from app.workspaces.neuron.words import fraction_name, row_name
from engine.neuron.boundary import field, foot, half_space, section
from engine.neuron.cube import Sight
from engine.neuron.parting import hull_edges
from engine.neuron.reading import NeuronReading
from engine.neuron.unit import Unit

RADIUS = 10.0
RING = 9.0
"""The ring of a row that is wrong lies so far out, with its pen."""
EDGE = 0.9
"""Half of the pale edge of a disc."""
NAME = 11.0
ARROW_KEYS = {key: key for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)}
"""Keys that move and turn the boundary, or the cube."""
LINE, TURN, CUBE = "line", "turn", "cube"
"""Keys of what is dragged: the boundary, its arrow, the cube as a whole. Rows have their numbers."""


@dataclass(frozen=True, slots=True)
class InputsData:
    """A reading, of which rows the output is known, whether boundary and ground would tell what is to be guessed, the
    part that is pointed at, and from where the cube is seen."""

    reading: NeuronReading
    known: tuple[bool, ...]
    secret: bool
    lit: PartKey | None
    sight: Sight

    @property
    def inputs(self) -> int:
        """Return how many inputs there are."""
        return len(self.reading.content.weights)


def inputs_data(model: NeuronModel, sight: Sight) -> InputsData:
    """Return what the model shows now."""
    known = tuple(model.stage_of(row) is SignalStage.OUTPUT for row in range(len(model.content.targets)))
    return InputsData(model.reading, known, model.secret, model.pointed_key, sight)


def point_marks(data: InputsData, row: int, point: Point, radius: float = RADIUS) -> list[Mark]:
    """Draw a row's disc with its target; a ring round the row that is looked at, and one where it is wrong."""
    (x, y), verdict = point, data.reading.rows[row]
    fill = "positive" if verdict.target else "negative"
    marks: list[Mark] = []
    if row == data.reading.content.row:
        marks.append(Disc(x, y, radius + 4.5, stroke="text", width=2.0))
    if data.known[row] and not verdict.right:
        marks.append(Disc(x, y, radius + 8.0, stroke="danger", width=2.4))
    tip = _tr("inputs {row}, target {target}").format(row=row_name(verdict.x), target=int(verdict.target))
    hand = Qt.CursorShape.PointingHandCursor
    return [
        *marks,
        Disc(x, y, radius + EDGE, "surface"),
        Disc(x, y, radius - EDGE, fill, key=row, tip=tip, reach=RADIUS, cursor=hand),
        Text(
            "1" if verdict.target else "0", (x - radius, y - radius, 2 * radius, 2 * radius), radius * 1.15,
            f"readable {fill}", bold=True,
        ),
    ]  # fmt: skip


def meeting_marks(
    point: Point, words: str, room: Rect, *, small: bool = False, points: Sequence[Point] = ()
) -> list[Mark]:
    """Draw the point that lies in both hulls, its name where that has room, off these ``points``."""
    left, top, width, height = name_place(point, words, room, small=small, points=points)
    return [
        Disc(*point, 4.5, "surface", "danger", 2.0),
        Rectangle((left - 3, top, width + 6, height), "surface 72%", corner=4.0),
        Text(words, (left, top, width, height), NAME, "danger", bold=True),
    ]


def name_place(middle: Point, words: str, room: Rect, *, small: bool = False, points: Sequence[Point] = ()) -> Rect:
    """Return where the name of a point stands: under it, over it or beside it, the first place that lies on none of
    the others; ``small``: at its own height, between the rows of points, for one beneath it would lie on a point."""
    (x, y), (left, _top, across, _height) = middle, room
    width, height = text_width(words, NAME, True) + 4, text_height(NAME, True)
    lefts = [min(max(side, left + 4), left + across - width - 2) for side in (x + 12, x - 12 - width)]
    tops = [y - height / 2]
    if not small:
        tops = [y + 10, y - 10 - height, y - height / 2, y + 30, y - 30 - height]
    places = [(side, top, width, height) for top in tops for side in lefts]
    return min(places, key=lambda place: sum(_overlap(place, point) for point in points))


def _overlap(box: Rect, point: Point) -> float:
    """Return how many pixels the ring round a point reaches into a box; 0 where it is clear."""
    (left, top, width, height), (x, y) = box, point
    aside, off = max(left - x, x - left - width, 0.0), max(top - y, y - top - height, 0.0)
    return max(0.0, RADIUS + RING - math.hypot(aside, off))


def round_off(rect: Rect, corner: float, ink: str) -> Mark:
    """Cover the corners of a picture, so that it has round ones: quicker than a clip that is round."""
    left, top, width, height = rect
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    path.addRect(left - 1, top - 1, width + 2, height + 2)
    path.addRoundedRect(left, top, width, height, corner, corner)
    return Path(path, fill=ink)


def inputs_table(reading: NeuronReading, known: tuple[bool, ...]) -> ExportTable:
    """Return a row of the truth table each: inputs, z, output, target; what is not known yet stays empty."""
    names = tuple(f"x{number}" for number in range(1, len(reading.content.weights) + 1))
    rows = [
        (*row.x, row.z if is_known else None, row.output if is_known else None, row.target_value)
        for row, is_known in zip(reading.rows, known, strict=True)
    ]
    return ExportTable((*names, "z", "output", "target"), rows)


LOW, HIGH = -0.4, 1.4
SIDE = 64
"""Cells of the picture of a soft output."""
ARROWS = (44.0, 64.0, 30.0, 84.0)
"""Pixels from the line to the tip of its arrow, of which the first is taken that leads to no point …"""
CLEAR = 34.0
"""… nor nearer to one than this, so that both can be taken hold of."""
GRAB_PIXELS = 9.0
"""So near, in pixels, line and arrow are taken hold of."""
LEAST_NAMED = 150.0
"""The height from which on there is room for words between the points."""
LEFT, BOTTOM, CORNER = 22.0, 20.0, 8.0


@dataclass(frozen=True, slots=True)
class PlaneScale:
    """Where the square of the inputs lies; a single input lies half way up."""

    left: float
    top: float
    side: float

    @property
    def rect(self) -> Rect:
        """The square."""
        return self.left, self.top, self.side, self.side

    def place(self, x: Sequence[float]) -> Point:
        """Return the pixel of a point of the plane."""
        up = x[1] if len(x) > 1 else 0.5
        share, rise = (x[0] - LOW) / (HIGH - LOW), (up - LOW) / (HIGH - LOW)
        return self.left + share * self.side, self.top + (1 - rise) * self.side

    def point(self, x: float, y: float, inputs: int) -> tuple[float, ...]:
        """Return the inputs at a pixel."""
        span = HIGH - LOW
        across, up = LOW + (x - self.left) / self.side * span, HIGH - (y - self.top) / self.side * span
        return (across, up)[:inputs]


def plane_scale(width: float, height: float) -> PlaneScale:
    """Return the largest square that there is room for: else w would not stand upright on its line."""
    room = width - LEFT - 2
    side = max(20.0, min(room, height - BOTTOM - 2))
    return PlaneScale(LEFT + (room - side) / 2, 2.0, side)


def boundary(unit: Unit, scale: PlaneScale) -> tuple[Point, Point] | None:
    """Return the ends of the line between firing and silence, as far as it is in sight."""
    ends = [scale.place(end) for end in section(unit, LOW, HIGH)]
    if unit.inputs == 1 and len(ends) == 1:
        return (ends[0][0], scale.top), (ends[0][0], scale.top + scale.side)
    return (ends[0], ends[1]) if len(ends) == 2 else None


def arrow(data: InputsData, scale: PlaneScale) -> tuple[Point, Point] | None:
    """Return foot and tip of the arrow along w, across the line."""
    unit, why = data.reading.unit, data.reading.why_none
    base = foot(unit, (0.5,) * unit.inputs)
    if base is None:
        return None
    x, y = scale.place(base)
    along = scale.place([c + w for c, w in zip(base, unit.weights, strict=True)])
    aside, down = along[0] - x, along[1] - y
    length = math.hypot(aside, down)
    if not length:
        return None
    tips = [(x + aside * pixels / length, y + down * pixels / length) for pixels in ARROWS]
    points = [scale.place(row.x) for row in data.reading.rows]
    if why is not None:
        points.append(scale.place(tuple(map(float, why.meeting))))
    inside = QRectF(*scale.rect).adjusted(14, 14, -14, -14)
    free = (
        tip
        for tip in tips
        if inside.contains(*tip) and all(abs(tip[0] - p[0]) + abs(tip[1] - p[1]) > CLEAR for p in points)
    )
    return (x, y), next(free, tips[0])


def draw_plane(data: InputsData, frame: Frame) -> Drawing:
    """Draw the plane; while its rows are being guessed, neither line nor ground. Keys: rows, ``LINE`` and ``TURN``."""
    scale = plane_scale(frame.width, frame.height)
    inside: list[Mark] = [Rectangle(scale.rect, "surface")] if data.secret else _ground(data.reading.unit, scale)
    inside += _grid(data, scale)
    over: list[Mark] = []
    if not data.secret:
        handle = arrow(data, scale)
        if scale.side >= LEAST_NAMED:
            inside += _names(data.reading.unit, scale, handle or ())
        over = _boundary_marks(data, frame, scale, handle)
    points = [
        mark for row, verdict in enumerate(data.reading.rows) for mark in point_marks(data, row, scale.place(verdict.x))
    ]
    return Drawing(
        (
            Group(call(tuple, tuple(inside)), clip=scale.rect),
            Group(call(tuple, tuple(over)), clip=scale.rect),
            round_off(scale.rect, CORNER, "surface"),
            *_axes(scale, flat=data.inputs == 1),
            *points,
            *_meeting(data, scale),
        ),
        actions=ARROW_KEYS,
        numbers=call(inputs_table, data.reading, data.known),
        tip=_tr(
            "Drag the line to move it (changes b), or its arrow to turn it (changes w). Click a point to apply "
            "its inputs; double-click to change its target. Keys: ↑ ↓ move it, ← → turn it."
        ),
    )


def _ground(unit: Unit, scale: PlaneScale) -> list[Mark]:
    """Draw where it fires, and by degrees where its output is soft."""
    left, top, side, _ = scale.rect
    if unit.output != "step":
        return [Picture(scale.rect, call(_soft_image, unit)), Rectangle(scale.rect, "surface 45%")]
    if unit.inputs == 2:
        fires = tuple(scale.place(corner) for corner in half_space(unit, LOW, HIGH))
    else:
        line = boundary(unit, scale)
        if line is None:
            start, end = (left, left + side) if unit.fires((0,)) else (left, left)
        else:
            start, end = (line[0][0], left + side) if unit.weights[0] > 0 else (left, line[0][0])
        fires = ((start, top), (end, top), (end, top + side), (start, top + side))
    return [
        Rectangle(scale.rect, "negative 20% on surface"),
        Polyline(points=fires, closed=True, fill="positive 20% on surface"),
    ]


def _soft_image(unit: Unit) -> QImage:
    return diverging_image(field(unit, LOW, HIGH, SIDE))


def _grid(data: InputsData, scale: PlaneScale) -> list[Mark]:
    """Draw lines at 0 and 1, and the convex hulls of both sides where they meet."""
    bottom, right = scale.top + scale.side, scale.left + scale.side
    lines = []
    for value in (0.0, 1.0):
        x, y = scale.place((value, value))
        lines.append((x, scale.top, x, bottom))
        if data.inputs == 2:
            lines.append((scale.left, y, right, y))
    marks: list[Mark] = [Lines(tuple(lines), "text_muted 28%")]
    if data.reading.why_none is not None:
        for side in (True, False):
            points = tuple(row.x for row in data.reading.rows if row.target is side)
            for first, second in hull_edges(points):
                ends = scale.place(points[first]), scale.place(points[second])
                marks.append(Line(*ends, "danger", 1.4, dashed=True, cap="flat"))
    return marks


def _names(unit: Unit, scale: PlaneScale, taken: tuple[Point, ...]) -> list[Mark]:
    """Draw which side fires, in a corner of it; not where the side is too narrow for the words."""
    corners = {(0, 0): (LOW, LOW), (0, 1): (LOW, HIGH), (1, 0): (HIGH, LOW), (1, 1): (HIGH, HIGH)}
    if unit.inputs == 1:
        corners = {(0, 1): (LOW, HIGH), (1, 1): (HIGH, HIGH)}
    zs = {corner: unit.binary_z(point[: unit.inputs]) for corner, point in corners.items()}
    marks: list[Mark] = []
    for corner, words, fires in (
        (max(zs, key=lambda place: zs[place]), _tr("z ≥ 0: fires"), True),
        (min(zs, key=lambda place: zs[place]), _tr("z < 0: silent"), False),
    ):
        align = ("right" if corner[0] else "left") + (" top" if corner[1] else " bottom")
        box = (scale.left + 8, scale.top + 5, scale.side - 16, scale.side - 10)
        text = Text(words, box, 11, "positive_text" if fires else "negative_text", align, bold=True)
        ink = QRectF(*text.ink_rect)
        needed, own = ink.adjusted(-8, -8, 8, 8), ink.adjusted(-2, -2, 2, 2)
        ends = (own.topLeft(), own.topRight(), own.bottomLeft(), own.bottomRight())
        is_at_home = all(unit.fires(scale.point(end.x(), end.y(), unit.inputs)) is fires for end in ends)
        if is_at_home and not any(needed.contains(*point) for point in taken):
            marks.append(text)
    return marks


def _boundary_marks(
    data: InputsData, frame: Frame, scale: PlaneScale, handle: tuple[Point, Point] | None
) -> list[Mark]:
    marks: list[Mark] = []
    line = boundary(data.reading.unit, scale)
    if line is not None:
        lit = is_lit((UnitPart.THRESHOLD, ALL), data.lit) or frame.pointed == LINE
        marks.append(
            Line(
                *line, "accent" if lit else "text", 3.0 if lit else 2.2, cap="round", key=LINE,
                tip=_tr("the line where z = 0"), reach=GRAB_PIXELS, drag=True, cursor=Qt.CursorShape.SizeAllCursor,
            )
        )  # fmt: skip
    return marks if handle is None else [*marks, *_arrow_marks(data, frame, *handle)]


def _arrow_marks(data: InputsData, frame: Frame, start: Point, tip: Point) -> list[Mark]:
    lit = frame.pointed == TURN or (data.lit is not None and data.lit[0] is UnitPart.WEIGHT)
    ink, (x, y) = "accent" if lit else "text", tip
    length = max(1.0, math.hypot(x - start[0], y - start[1]))
    dx, dy = (x - start[0]) / length, (y - start[1]) / length
    head = ((x + 2 * dx, y + 2 * dy), *((x - 8 * dx - s * dy, y - 8 * dy + s * dx) for s in (4.5, -4.5)))
    beside = -12 if dx > 0 else 12
    marks: list[Mark] = [
        Line(start, tip, ink, 2.0, cap="round"),
        Polyline(points=head, closed=True, fill=ink),
        Formula("w", x - 6 * dx - beside * dy, y - 6 * dy + beside * dx + 4, 15, ink, "across"),
    ]
    if data.inputs == 2:
        hand, words = Qt.CursorShape.OpenHandCursor, _tr("w, perpendicular to the line")
        marks.append(Disc(x, y, GRAB_PIXELS, key=TURN, tip=words, reach=GRAB_PIXELS, drag=True, cursor=hand))
    return marks


def _axes(scale: PlaneScale, *, flat: bool) -> list[Mark]:
    bottom = scale.top + scale.side
    marks: list[Mark] = [Formula("x_1", scale.place((0.5,))[0], bottom + 14, 15, align="across")]
    if not flat:
        marks.append(Formula("x_2", scale.left - 5, scale.place((0.5, 0.5))[1] + 4, 15, align="right"))
    for value in (0, 1):
        x, y = scale.place((value, value))
        marks.append(Text(str(value), (x - 10, bottom + 3, 20, 14), 11, "text_muted"))
        if not flat:
            marks.append(Text(str(value), (scale.left - 20, y - 8, 16, 16), 11, "text_muted"))
    return marks


def _meeting(data: InputsData, scale: PlaneScale) -> list[Mark]:
    why, small = data.reading.why_none, scale.side < LEAST_NAMED
    if why is None:
        return []
    point = fraction_name(why.meeting)
    words = point if small else _tr("{point} lies on both").format(point=point)
    return meeting_marks(scale.place(tuple(map(float, why.meeting))), words, scale.rect, small=small)


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeuronPlane", text)
