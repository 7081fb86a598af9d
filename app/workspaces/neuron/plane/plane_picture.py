"""How the plane of one or two inputs looks: where it fires, its line with an arrow, the rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen, QPolygonF

from app.kit import look, theme
from app.kit.charts.colourmap import diverging_image
from app.kit.typeset import paint_line, typeset
from app.workspaces.neuron.model import NeuronModel, Stage
from app.workspaces.neuron.parts import ALL, Part, is_lit
from app.workspaces.neuron.plane.marks import RADIUS, paint_cross, paint_point
from app.workspaces.neuron.words import fraction_name
from engine.neuron.boundary import field, foot, half_space, section
from engine.neuron.parting import hull_edges
from engine.neuron.tables import Row

LOW, HIGH = -0.4, 1.4
SIDE = 64
"""Cells of the picture of a soft output."""
ARROWS = (44.0, 64.0, 30.0, 84.0)
"""Pixels from the line to the tip of its arrow, of which the first is taken that leads to no point …"""
CLEAR = 34.0
"""… nor nearer to one than this, so that both can be taken hold of."""
LEAST_NAMED = 150.0
"""The height from which on there is room for words between the points."""
LEFT, BOTTOM = 22.0, 20.0


Paint = Callable[[QPainter], None]
Keep = Callable[[QPainter, Hashable, Paint], None]
"""Paints a part of a picture, which goes by no more than it is told: at once, or as a picture that is kept."""


def directly(painter: QPainter, _goes_by: Hashable, paint: Paint) -> None:
    """Paint a part at once."""
    paint(painter)


class PlanePicture:
    """The plane in a box. ``held``: what is being dragged, ``line`` or ``turn``."""

    def __init__(self, model: NeuronModel) -> None:
        self._model = model
        self._box, self._area = QRectF(), QRectF()
        self.held: str | None = None

    # Places ----------------------------------------------------------------------------------------------------------

    @property
    def flat(self) -> bool:
        """Whether there is one input alone, so that the plane is a line."""
        return len(self._model.content.weights) == 1

    @property
    def box(self) -> QRectF:
        """All the room that there is."""
        return self._box

    @box.setter
    def box(self, box: QRectF) -> None:
        side = box.adjusted(LEFT, 2, -2, -BOTTOM)
        extra = max(0.0, side.width() - 1.35 * side.height()) / 2
        self._box, self._area = box, side.adjusted(extra, 0, -extra, 0)

    def area(self) -> QRectF:
        """Where the plane is; as wide as there is room, for its two axes need not be equal."""
        return self._area

    def place(self, x: Row | tuple[float, ...]) -> QPointF:
        """A point of the plane in the widget; a single input lies half way up."""
        box, span = self.area(), HIGH - LOW
        up = x[1] if len(x) > 1 else 0.5
        across = box.left() + (x[0] - LOW) / span * box.width()
        return QPointF(across, box.bottom() - (up - LOW) / span * box.height())

    def point_of(self, at: QPointF) -> tuple[float, ...]:
        """The inputs at a place of the widget."""
        box, span = self.area(), HIGH - LOW
        across = LOW + (at.x() - box.left()) / box.width() * span
        up = LOW + (box.bottom() - at.y()) / box.height() * span
        return (across,) if self.flat else (across, up)

    def row_at(self, at: QPointF) -> int | None:
        """The row whose point is there."""
        for row, verdict in enumerate(self._model.reading.rows):
            if (self.place(verdict.x) - at).manhattanLength() <= 2 * RADIUS:
                return row
        return None

    def line(self) -> tuple[QPointF, QPointF] | None:
        """The ends of the line between firing and silence, as far as it is in sight."""
        ends = section(self._model.reading.unit, LOW, HIGH)
        if self.flat and len(ends) == 1:
            x, box = self.place(ends[0]).x(), self.area()
            return QPointF(x, box.top()), QPointF(x, box.bottom())
        return (self.place(ends[0]), self.place(ends[1])) if len(ends) == 2 else None

    def handle(self) -> tuple[QPointF, QPointF] | None:
        """Foot and tip of the arrow along w, across the line."""
        unit = self._model.reading.unit
        at = foot(unit, (0.5,) * unit.inputs)
        if at is None:
            return None
        start = self.place(at)
        along = self.place(tuple(c + w for c, w in zip(at, unit.weights, strict=True))) - start
        length = (along.x() ** 2 + along.y() ** 2) ** 0.5
        if not length:
            return None
        tips = [start + along * (arrow / length) for arrow in ARROWS]
        points = [self.place(row.x) for row in self._model.reading.rows]
        why = self._model.reading.why_none
        if why is not None:
            points.append(self.place(tuple(map(float, why.meeting))))
        inside = self.area().adjusted(14, 14, -14, -14)
        free = (
            tip
            for tip in tips
            if inside.contains(tip) and all((tip - point).manhattanLength() > CLEAR for point in points)
        )
        return start, next(free, tips[0])

    # Painting --------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, keep: Keep = directly) -> None:
        """The whole plane; while its rows are being guessed, neither line nor ground. What hardly ever changes goes
        through ``keep``, who may keep it as a picture."""
        box, model = self.area(), self._model
        painter.save()
        painter.setClipRect(box)
        if model.secret:
            painter.fillRect(box, theme.colour("surface"))
        else:
            self._paint_ground(painter, box)
        keep(painter, (model.content.targets, box.getRect()), self._paint_lines)
        if not model.secret:
            line, handle = self.line(), self.handle()
            if box.height() >= LEAST_NAMED:
                self._paint_names(painter, box, handle or ())
            self._paint_line(painter, line, handle)
        painter.restore()
        keep(painter, (len(model.content.weights), box.getRect()), self._paint_frame)
        keep(painter, self._rows_look(), self._paint_rows)

    def _rows_look(self) -> Hashable:
        """What the rows' points go by."""
        model = self._model
        known = [model.stage_of(row) is Stage.OUTPUT for row in range(len(model.content.targets))]
        wrong = tuple(seen and not one.right for seen, one in zip(known, model.reading.rows, strict=True))
        return model.content.targets, model.content.row, wrong, self._area.getRect()

    def _paint_lines(self, painter: QPainter) -> None:
        self._paint_grid(painter, self.area())
        self._paint_hulls(painter)

    def _paint_frame(self, painter: QPainter) -> None:
        box = self.area()
        corners = QPainterPath()  # quicker than a clip that is round
        corners.setFillRule(Qt.FillRule.OddEvenFill)
        corners.addRect(box.adjusted(-1, -1, 1, 1))
        corners.addRoundedRect(box, 8, 8)
        painter.fillPath(corners, theme.colour("surface"))
        self._paint_axes(painter, box)

    def _paint_rows(self, painter: QPainter) -> None:
        for row, verdict in enumerate(self._model.reading.rows):
            paint_point(painter, self.place(verdict.x), self._model, row)
        self._paint_meeting(painter, self.area())

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        unit = self._model.reading.unit
        if unit.output != "step":
            painter.fillRect(box, theme.colour("surface"))
            painter.setOpacity(0.55)
            painter.drawImage(box, diverging_image(field(unit, LOW, HIGH, SIDE)))
            painter.setOpacity(1.0)
            return
        painter.fillRect(box, look.mixed("negative", 0.2, "surface"))
        if self.flat:
            fires = self._flat_half(box)
        else:
            fires = QPolygonF([self.place(corner) for corner in half_space(unit, LOW, HIGH)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.mixed("positive", 0.2, "surface"))
        painter.drawPolygon(fires)

    def _flat_half(self, box: QRectF) -> QPolygonF:
        """Where a unit of one input fires."""
        unit, line = self._model.reading.unit, self.line()
        if line is None:
            return QPolygonF(box) if unit.fires((0.5,)) else QPolygonF()
        right = unit.weights[0] > 0
        half = QRectF(line[0].x(), box.top(), box.right() - line[0].x(), box.height())
        return QPolygonF(half if right else QRectF(box.left(), box.top(), line[0].x() - box.left(), box.height()))

    def _paint_grid(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(look.faded("text_muted", 0.28), 1.0))
        for value in (0.0, 1.0):
            across, up = self.place((value, value)).x(), self.place((value, value)).y()
            painter.drawLine(QPointF(across, box.top()), QPointF(across, box.bottom()))
            if not self.flat:
                painter.drawLine(QPointF(box.left(), up), QPointF(box.right(), up))

    def _paint_names(self, painter: QPainter, box: QRectF, arrow: tuple[QPointF, ...]) -> None:
        """Which side fires, in a corner of it."""
        painter.setFont(look.font(11, QFont.Weight.DemiBold))
        fires, silent = _tr("z ≥ 0: fires"), _tr("z < 0: silent")
        unit = self._model.reading.unit
        corners = {(0, 0): (LOW, LOW), (0, 1): (LOW, HIGH), (1, 0): (HIGH, LOW), (1, 1): (HIGH, HIGH)}
        if self.flat:
            corners = {(0, 1): (LOW, HIGH), (1, 1): (HIGH, HIGH)}
        zs = {corner: unit.binary_z(point[: unit.inputs]) for corner, point in corners.items()}
        for corner, z, words, value in (
            (max(zs, key=lambda one: zs[one]), max(zs.values()), fires, 1.0),
            (min(zs, key=lambda one: zs[one]), min(zs.values()), silent, -1.0),
        ):
            across = Qt.AlignmentFlag.AlignRight if corner[0] else Qt.AlignmentFlag.AlignLeft
            up = Qt.AlignmentFlag.AlignTop if corner[1] else Qt.AlignmentFlag.AlignBottom
            place = box.adjusted(8, 5, -8, -5)
            needed = painter.boundingRect(place, across | up, words).adjusted(-8, -8, 8, 8)
            if (z >= 0) is (value > 0) and not any(map(needed.contains, arrow)):
                painter.setPen(look.signed_text(value))
                painter.drawText(place, across | up, words)

    def _paint_hulls(self, painter: QPainter) -> None:
        """The convex hulls of those that are to fire and those that are not, where they meet."""
        if self._model.reading.why_none is None:
            return
        for side in (True, False):
            points = tuple(row.x for row in self._model.reading.rows if row.target is side)
            painter.setPen(QPen(theme.colour("danger"), 1.4, Qt.PenStyle.DashLine))
            for first, second in hull_edges(points):
                painter.drawLine(self.place(points[first]), self.place(points[second]))

    def _paint_meeting(self, painter: QPainter, box: QRectF) -> None:
        why = self._model.reading.why_none
        if why is None:
            return
        at = tuple(float(part) for part in why.meeting)
        small = box.height() < LEAST_NAMED
        point = fraction_name(why.meeting)
        words = point if small else _tr("{point} lies on both").format(point=point)
        paint_cross(painter, self.place(at), words, box, small=small)

    def _paint_line(
        self, painter: QPainter, line: tuple[QPointF, QPointF] | None, handle: tuple[QPointF, QPointF] | None
    ) -> None:
        lit = is_lit((Part.THRESHOLD, ALL), self._model.key) or self.held == "line"
        if line is not None:
            painter.setPen(look.pen(theme.colour("accent" if lit else "text"), 3.0 if lit else 2.2))
            painter.drawLine(*line)
        if handle is not None:
            self._paint_arrow(painter, *handle)

    def _paint_arrow(self, painter: QPainter, start: QPointF, tip: QPointF) -> None:
        lit = self.held == "turn" or (self._model.key is not None and self._model.key[0] is Part.WEIGHT)
        colour = theme.colour("accent" if lit else "text")
        painter.setPen(look.pen(colour, 2.0))
        painter.drawLine(start, tip)
        away = tip - start
        along = away / max(1.0, (away.x() ** 2 + away.y() ** 2) ** 0.5)
        across = QPointF(-along.y(), along.x())
        head = QPolygonF([tip + along * 2, tip - along * 8 + across * 4.5, tip - along * 8 - across * 4.5])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(head)
        name = typeset("w", 15)
        place = tip + along * 6 + across * (-12 if across.y() > 0 else 12)
        paint_line(painter, name, place.x() - name.width / 2, place.y() + 4, "accent" if lit else "text")

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(look.figures(11))
        painter.setPen(theme.colour("text_muted"))
        centre = Qt.AlignmentFlag.AlignCenter
        for value in (0, 1):
            at = self.place((value, value))
            painter.drawText(QRectF(at.x() - 10, box.bottom() + 3, 20, 14), centre, str(value))
            if not self.flat:
                painter.drawText(QRectF(box.left() - 20, at.y() - 8, 16, 16), centre, str(value))
        middle = self.place((0.5, 0.5))
        name = typeset("x_1", 15)
        paint_line(painter, name, middle.x() - name.width / 2, box.bottom() + 14, "text")
        if not self.flat:
            name = typeset("x_2", 15)
            paint_line(painter, name, box.left() - name.width - 5, middle.y() + 4, "text")


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeuronPlane", text)


def distance(at: QPointF, start: QPointF, end: QPointF) -> float:
    """From a point to a segment, in pixels."""
    along, away = end - start, at - start
    length = along.x() ** 2 + along.y() ** 2
    share = max(0.0, min(1.0, (along.x() * away.x() + along.y() * away.y()) / length)) if length else 0.0
    gap = away - along * share
    return float((gap.x() ** 2 + gap.y() ** 2) ** 0.5)
