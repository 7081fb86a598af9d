"""The cube of three inputs with the plane between firing and silence: drag it to turn it, drag the plane to move it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.kit import look, theme
from app.kit.kept_picture import KeptPicture
from app.kit.typeset import paint_line, typeset
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.per_frame import PerFrame
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.parts import ALL, Part, is_lit
from app.workspaces.neuron.plane.inputs_view import InputsView
from app.workspaces.neuron.plane.marks import RADIUS, paint_cross, paint_point
from app.workspaces.neuron.words import fraction_name
from engine.neuron.boundary import section
from engine.neuron.cube import Sight, bias_after_drag
from engine.neuron.parting import hull_edges
from engine.neuron.tables import rows

LOW, HIGH = -0.15, 1.15
RINGS = 20.0
"""Pixels that are kept free for the rings round a corner."""
TURN = 0.011
"""Radians a pixel."""
STEEPEST = 1.35
KEY_PIXELS = 12.0
TURNS = {
    Qt.Key.Key_Left: (-KEY_PIXELS, 0.0), Qt.Key.Key_Right: (KEY_PIXELS, 0.0),
    Qt.Key.Key_Up: (0.0, -KEY_PIXELS), Qt.Key.Key_Down: (0.0, KEY_PIXELS),
}  # fmt: skip


class CubeView(InputsView):
    """Drag beside the plane to turn the cube, or use the arrow keys; ``flipped(row)``: a corner was double-clicked."""

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.sight = Sight()
        self._back, self._front = KeptPicture(self), KeptPicture(self)
        self._held: str | None = None
        self._at = QPointF()
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._take)
        self.setAccessibleName(self.tr("The cube of inputs"))
        self.setToolTip(
            self.tr(
                "Drag to turn the cube (or use the arrow keys); drag the plane to move it (that is b). "
                "Click a corner to put its inputs on; a double click changes its target."
            )
        )

    # Places ----------------------------------------------------------------------------------------------------------

    @property
    def _size(self) -> float:
        """Pixels of an edge that is seen in full."""
        across, up = self.sight.reach
        return max(20.0, min((self.width() / 2 - RINGS) / across, (self.height() / 2 - RINGS) / up))

    def place(self, point: tuple[float, ...]) -> QPointF:
        """A point of space in the widget."""
        right, up, _towards = self.sight.seen(point)
        return QPointF(self.width() / 2 + right * self._size, self.height() / 2 - up * self._size)

    def _towards(self, point: tuple[float, ...]) -> float:
        return self.sight.seen(point)[2]

    def _on_plane(self, at: QPointF) -> bool:
        """Whether the boundary is there, and in sight."""
        return not self._model.secret and self.plane().containsPoint(at, Qt.FillRule.OddEvenFill)

    def plane(self) -> QPolygonF:
        """The boundary as it is seen."""
        return QPolygonF([self.place(corner) for corner in section(self._model.reading.unit, LOW, HIGH)])

    def row_at(self, at: QPointF) -> int | None:
        """The corner that is there, the nearest to the eye first."""
        corners = rows(3)
        near = [row for row, x in enumerate(corners) if (self.place(x) - at).manhattanLength() <= 2 * RADIUS]
        return max(near, key=lambda row: self._towards(corners[row]), default=None)

    # Painting --------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        if self._model.content.unit.inputs != 3:
            return  # a smaller table has been opened, and the plane is about to take the place
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        corners = rows(3)
        order = sorted(range(len(corners)), key=lambda row: self._towards(corners[row]))
        self._paint_kept(painter, self._back, self._paint_back)
        for row in order[:4]:
            paint_point(painter, self.place(corners[row]), self._model, row, 8.5)
        if not self._model.secret:
            painter.save()
            painter.setClipRect(box.adjusted(1, 1, -1, -1))
            self._paint_plane(painter)
            painter.restore()
        self._paint_kept(painter, self._front, self._paint_front)
        self._paint_hulls(painter)
        for row in order[4:]:
            paint_point(painter, self.place(corners[row]), self._model, row, 9.5)
        self._paint_meeting(painter, box)

    def _paint_kept(self, painter: QPainter, kept: KeptPicture, paint: Callable[[QPainter], None]) -> None:
        """What nothing but turning it changes is painted once; in a drawing that is saved it is lines as all else."""
        if isinstance(painter.device(), QWidget):
            painter.drawPixmap(0, 0, kept.picture((self.sight, self.hasFocus()), paint))
        else:
            paint(painter)

    def _paint_back(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "border"), 1.0))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        self._paint_edges(painter, behind=True)

    def _paint_front(self, painter: QPainter) -> None:
        self._paint_edges(painter, behind=False)
        self._paint_axes(painter)

    def _paint_edges(self, painter: QPainter, *, behind: bool) -> None:
        corners = rows(3)
        back = min(corners, key=self._towards)
        for one, other in combinations(corners, 2):
            if sum(a != b for a, b in zip(one, other, strict=True)) == 1 and (back in (one, other)) is behind:
                style = Qt.PenStyle.DashLine if behind else Qt.PenStyle.SolidLine
                painter.setPen(QPen(look.faded("text_muted", 0.55), 1.0, style))
                painter.drawLine(self.place(one), self.place(other))

    def _paint_plane(self, painter: QPainter) -> None:
        lit = is_lit((Part.THRESHOLD, ALL), self._model.key) or self._held == "plane"
        painter.setPen(QPen(theme.colour("accent" if lit else "text"), 2.4 if lit else 1.4))
        painter.setBrush(look.faded("accent", 0.22))
        painter.drawPolygon(self.plane())

    def _paint_hulls(self, painter: QPainter) -> None:
        why = self._model.reading.why_none
        if why is None:
            return
        corners = rows(3)
        for shares in (why.fires, why.silent):
            points = tuple(corners[one.row] for one in shares)
            painter.setPen(QPen(theme.colour("danger"), 1.5, Qt.PenStyle.DashLine))
            for first, second in hull_edges(points):
                painter.drawLine(self.place(points[first]), self.place(points[second]))

    def _paint_meeting(self, painter: QPainter, box: QRectF) -> None:
        why = self._model.reading.why_none
        if why is not None:
            words = self.tr("{point} lies on both").format(point=fraction_name(why.meeting))
            at, corners = self.place(tuple(float(part) for part in why.meeting)), [self.place(row) for row in rows(3)]
            paint_cross(painter, at, words, box, points=corners)

    def _paint_axes(self, painter: QPainter) -> None:
        start = (0.0, 0.0, 0.0)
        for axis in range(3):
            end = tuple(1.0 if index == axis else 0.0 for index in range(3))
            middle = (self.place(start) + self.place(end)) / 2
            away = middle - QPointF(self.width() / 2, self.height() / 2)
            length = max(1.0, (away.x() ** 2 + away.y() ** 2) ** 0.5)
            at = middle + away * (15 / length)
            name = typeset(f"x_{axis + 1}", 15)
            paint_line(painter, name, at.x() - name.width / 2, at.y() + 4)

    # Hands -----------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return super().mousePressEvent(event)
        self._at = event.position()
        row = self.row_at(event.position())
        if row is not None:
            self._model.look_at(row)
            self._held = None
            return
        self._held = "plane" if self._on_plane(event.position()) else "cube"
        self._gesture, self._unit = new_gesture("cube"), self._model.reading.unit
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held == "cube":
            moved = event.position() - self._at
            self._at = event.position()
            self.turn(moved.x(), moved.y())
        elif self._held == "plane":
            self._frames.offer(event.position())
        elif self.row_at(event.position()) is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            over = self._on_plane(event.position())
            self.setCursor(Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.OpenHandCursor)
            self._model.point_at((Part.THRESHOLD, ALL) if over else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._frames.flush()
        self._held = None
        self._model.sheet.settle()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if self._held is None:
            self._model.point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = TURNS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.turn(*by)

    def turn(self, right: float, down: float) -> None:
        """Turn the cube as if it were taken by its front and moved by so many pixels."""
        pitch = max(-STEEPEST, min(STEEPEST, self.sight.pitch + down * TURN))
        self.sight = Sight(self.sight.yaw - right * TURN, pitch)
        self.update()

    @Slot(object)
    def _take(self, at: QPointF) -> None:
        moved = (at - self._at) / self._size  # from where it began: of single pixels, rounding would leave nothing
        bias = bias_after_drag(self._unit, self.sight, (moved.x(), -moved.y()))
        self._model.set_bias(bias, self._gesture)
