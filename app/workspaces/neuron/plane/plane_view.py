"""The plane of one or two inputs: where it fires, the line that can be moved and turned, the rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.kept_picture import KeptPicture
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.per_frame import PerFrame
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.plane.inputs_view import InputsView
from app.workspaces.neuron.plane.plane_picture import PlanePicture, distance
from engine.neuron.boundary import bias_through, foot, rotated, turned

REACH = 9.0
"""So near, in pixels, the line is taken hold of."""
MOVES = {Qt.Key.Key_Up: 0.05, Qt.Key.Key_Down: -0.05}
"""What a key adds to the bias."""
TURNS = {Qt.Key.Key_Left: 5.0, Qt.Key.Key_Right: -5.0}
"""Degrees that a key turns the weights."""


class PlaneView(InputsView):
    """Drag the line to move it, its arrow to turn it; click a point to put its inputs on, twice to flip its target."""

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.picture = PlanePicture(model)
        self._inputs = 0
        self._kept: dict[str, KeptPicture] = {}
        self._pivot: tuple[float, ...] = (0.5, 0.5)
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._take)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # its frame would only be in the way of the mouse
        self.setAccessibleName(self.tr("The plane of inputs"))
        self.setToolTip(
            self.tr(
                "Drag the line to move it (that is b), or its arrow to turn it (that is w). "
                "Click a point to put its inputs on; a double click changes its target. Keys: ↑ ↓ move it, ← → turn it."
            )
        )

    @Slot()
    def _follow(self) -> None:
        """Its axes are others for another number of inputs alone."""
        inputs, self._inputs = self._inputs, len(self._model.content.weights)
        if inputs == self._inputs:
            self.update(self._inner.toRect())
        else:
            self.update()

    @property
    def _inner(self) -> QRectF:
        """What a number changes, in whole pixels: the plane with its edge."""
        return QRectF(self.picture.area().adjusted(-1, -1, 1, 1).toAlignedRect())

    def paint(self, painter: QPainter) -> None:
        if self._model.content.unit.inputs > 2:
            return  # a table of three has been opened, and the cube is about to take the place
        self.picture.box = QRectF(self.rect())
        if isinstance(painter.device(), QWidget):
            self.picture.paint(painter, self._paint_kept)
        else:
            self.picture.paint(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.picture.area().adjusted(-1, -1, 1, 1), 9, 9)

    def _paint_kept(self, painter: QPainter, goes_by: Hashable, paint: Callable[[QPainter], None]) -> None:
        """A part that no weight changes is painted once and kept."""
        kept = self._kept.setdefault(paint.__name__, KeptPicture(self))
        painter.drawPixmap(0, 0, kept.picture(goes_by, paint))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.picture.box = QRectF(self.rect())

    def row_at(self, at: QPointF) -> int | None:
        return self.picture.row_at(at)

    # Hands -----------------------------------------------------------------------------------------------------------

    def _near(self, at: QPointF) -> str | None:
        """What would be taken hold of: the arrow, or the line; what is hidden cannot be."""
        if self._model.secret:
            return None
        handle, line = self.picture.handle(), self.picture.line()
        if handle is not None and not self.picture.flat and (handle[1] - at).manhattanLength() <= 2 * REACH:
            return "turn"
        if line is not None and distance(at, *line) <= REACH:
            return "line"
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return super().mousePressEvent(event)
        row = self.row_at(event.position())
        self.picture.held = None if row is not None else self._near(event.position())
        if row is not None:
            self._model.look_at(row)
        elif self.picture.held is not None:
            self._gesture = new_gesture("plane")
            unit = self._unit = self._model.reading.unit
            self._pivot = foot(unit, (0.5,) * unit.inputs) or self._pivot
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.picture.held is not None:
            self._frames.offer((self.picture.held, self.picture.point_of(event.position())))
            return
        near = self._near(event.position())
        over = self.row_at(event.position()) is not None
        shapes = {"turn": Qt.CursorShape.OpenHandCursor, "line": Qt.CursorShape.SizeAllCursor}
        if over:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif near is not None:
            self.setCursor(shapes[near])
        else:
            self.unsetCursor()
        self._model.point_at((Part.THRESHOLD, ALL) if near == "line" and not over else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.picture.held is not None:
            self._frames.flush()
            self.picture.held = None
            self._model.sheet.settle()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if self.picture.held is None:
            self._model.point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move the line, Left and Right turn it."""
        unit, key = self._model.reading.unit, Qt.Key(event.key())
        pivot = foot(unit, (0.5,) * unit.inputs)
        if key in MOVES:
            self._model.set_bias(round(unit.bias + MOVES[key], 2), "plane-keys")
        elif key in TURNS and pivot is not None and not self.picture.flat:
            made = rotated(unit, TURNS[key], pivot)
            if made is not None:
                self._model.set_parameters(*made, "plane-keys")
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._model.sheet.settle()
        super().keyReleaseEvent(event)

    @Slot(object)
    def _take(self, wish: tuple[str, tuple[float, ...]]) -> None:
        """Move the line through a point, or turn it towards one."""
        held, point = wish
        if held == "line":
            self._model.set_bias(bias_through(self._unit, point), self._gesture)
            return
        towards = (point[0] - self._pivot[0], point[1] - self._pivot[1])
        made = turned(self._unit, towards, self._pivot)  # of its own length: rounding would change it bit by bit
        if made is not None:
            self._model.set_parameters(*made, self._gesture)
