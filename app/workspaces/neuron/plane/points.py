"""What plane and cube of the inputs share: their data, a point for each row, and the point that lies in both hulls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPainterPath

from app.kit.drawing.marks import Disc, Mark, Path, Point, Rect, Rectangle, Text, text_height, text_width
from app.kit.export import Table
from app.workspaces.neuron.model import NeuronModel, Stage
from app.workspaces.neuron.parts import Key
from app.workspaces.neuron.words import row_name
from engine.neuron.cube import Sight
from engine.neuron.reading import Reading

RADIUS = 10.0
RING = 9.0
"""The ring of a row that is wrong lies so far out, with its pen."""
EDGE = 0.9
"""Half of the pale edge of a disc."""
NAME = 11.0
ARROW_KEYS = {key: key for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)}
"""What moves and turns the boundary, or the cube."""
LINE, TURN, CUBE = "line", "turn", "cube"
"""Keys of what is dragged: the boundary, its arrow, the cube as a whole. Rows have their numbers."""


@dataclass(frozen=True, slots=True)
class InputsData:
    """A reading, of which rows the output is known, whether boundary and ground would tell what is to be guessed, the
    part that is pointed at, and from where the cube is seen."""

    reading: Reading
    known: tuple[bool, ...]
    secret: bool
    lit: Key | None
    sight: Sight

    @property
    def inputs(self) -> int:
        """How many inputs there are."""
        return len(self.reading.content.weights)


def inputs_data(model: NeuronModel, sight: Sight) -> InputsData:
    """Return what the model shows now."""
    known = tuple(model.stage_of(row) is Stage.OUTPUT for row in range(len(model.content.targets)))
    return InputsData(model.reading, known, model.secret, model.key, sight)


def point_marks(data: InputsData, row: int, at: Point, radius: float = RADIUS) -> list[Mark]:
    """Draw a row's disc with its target; a ring round the row that is looked at, and a red one where it is wrong."""
    (x, y), verdict = at, data.reading.rows[row]
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
    at: Point, words: str, room: Rect, *, small: bool = False, points: Sequence[Point] = ()
) -> list[Mark]:
    """Draw the point that lies in both hulls, its name where that has room, off these ``points``."""
    left, top, width, height = name_place(at, words, room, small=small, points=points)
    return [
        Disc(*at, 4.5, "surface", "danger", 2.0),
        Rectangle((left - 3, top, width + 6, height), "surface 72%", corner=4.0),
        Text(words, (left, top, width, height), NAME, "danger", bold=True),
    ]


def name_place(at: Point, words: str, room: Rect, *, small: bool = False, points: Sequence[Point] = ()) -> Rect:
    """Return where the name of a point stands: under it, over it or beside it, the first place that lies on none of
    the others; ``small``: at its own height, between the rows of points, for one beneath it would lie on a point."""
    (x, y), (left, _top, across, _height) = at, room
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


def inputs_table(data: InputsData) -> Table:
    """Return a row of the truth table each: inputs, z, output, target; what is not known yet stays empty."""
    names = tuple(f"x{number}" for number in range(1, data.inputs + 1))
    rows = [
        (*row.x, row.z if known else None, row.output if known else None, row.target_value)
        for row, known in zip(data.reading.rows, data.known, strict=True)
    ]
    return Table((*names, "z", "output", "target"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeuronPlane", text)
