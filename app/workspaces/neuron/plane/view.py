"""The plane or the cube of the inputs, whose boundary can be moved and turned."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.view import DrawingView
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.plane.cube import CubeScale, draw_cube
from app.workspaces.neuron.plane.plane import draw_plane, plane_scale
from app.workspaces.neuron.plane.points import CUBE, LINE, TURN, InputsData, inputs_data
from engine.neuron.boundary import bias_through, foot, rotated, turned
from engine.neuron.cube import Sight, bias_after_drag

MOVES = {Qt.Key.Key_Up: 0.05, Qt.Key.Key_Down: -0.05}
"""What a key adds to the bias."""
TURNS = {Qt.Key.Key_Left: 5.0, Qt.Key.Key_Right: -5.0}
"""Degrees that a key turns the weights."""
KEY_PIXELS = 12.0
LOOKS = {
    Qt.Key.Key_Left: (-KEY_PIXELS, 0.0), Qt.Key.Key_Right: (KEY_PIXELS, 0.0),
    Qt.Key.Key_Up: (0.0, -KEY_PIXELS), Qt.Key.Key_Down: (0.0, KEY_PIXELS),
}  # fmt: skip
"""So many pixels a key turns the cube, as if its front were dragged."""
RADIANS = 0.011
"""Of a pixel."""
STEEPEST = 1.35


def draw_inputs(data: InputsData, frame: Frame) -> Drawing:
    """Draw the plane of up to two inputs, or the cube of three."""
    return draw_cube(data, frame) if data.inputs == 3 else draw_plane(data, frame)


class InputsView(DrawingView):
    """Drag line or plane to move it, the arrow to turn it, the cube to look from elsewhere; click a point to put its
    inputs on. ``flipped(row)``: a point was double-clicked."""

    flipped = Signal(int)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        self._model, self.sight = model, Sight()
        super().__init__(
            draw_inputs, inputs_data(model, self.sight), hint=QSize(300, 260), least=QSize(180, 150), ground="surface",
            parent=parent,
        )  # fmt: skip
        self._unit, self._sight, self._gesture = model.reading.unit, self.sight, ""  # as they were when taken hold of
        self._middle = QPointF()
        model.changed.connect(self._follow)
        model.pointed.connect(self._follow)
        self.chosen.connect(self._choose)
        self.opened.connect(self._open)
        self.pointed.connect(lambda key: model.point_at((Part.THRESHOLD, ALL) if key == LINE else None))
        self.grabbed.connect(self._grab)
        self.dragged.connect(self._drag)
        self.taken_back.connect(self._restore)
        self.settled.connect(model.sheet.settle)
        self.acted.connect(self._act)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.setAccessibleName(
            self.tr("The cube of inputs") if self._model.content.unit.inputs == 3 else self.tr("The plane of inputs")
        )
        self.set_data(inputs_data(self._model, self.sight))

    @property
    def cube(self) -> CubeScale:
        """Where a point of the cube is seen."""
        return CubeScale(self.width(), self.height(), self.sight)

    @Slot(object)
    def _choose(self, key: object) -> None:
        if isinstance(key, int):
            self._model.look_at(key)

    @Slot(object)
    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.flipped.emit(key)

    @Slot(object)
    def _grab(self, key: object) -> None:
        self._unit, self._sight, self._gesture = self._model.reading.unit, self.sight, new_gesture("plane")
        part = self.drawing.part(key)
        if part is not None:
            left, top, width, height = part.rect
            self._middle = QPointF(left + width / 2, top + height / 2)

    @Slot(object, QPointF)
    def _drag(self, key: object, to: QPointF) -> None:
        """Go to where the middle of what is held is dragged to, from how things were at first: of single pixels,
        rounding would leave nothing."""
        moved, inputs = to - self._middle, self._unit.inputs
        if key == CUBE:
            self.look_from(self._sight, moved.x(), moved.y())
        elif inputs == 3:
            edge = self.cube.edge
            self._model.set_bias(
                bias_after_drag(self._unit, self.sight, (moved.x() / edge, -moved.y() / edge)), self._gesture
            )
        else:
            point = plane_scale(self.width(), self.height()).point(to.x(), to.y(), inputs)
            if key == LINE:
                self._model.set_bias(bias_through(self._unit, point), self._gesture)
            elif key == TURN:
                self._turn_towards(point)

    @Slot(object)
    def _restore(self, key: object) -> None:
        """Put back the numbers of before the drag, which dragging has rounded."""
        if key != CUBE:
            self._model.set_parameters(self._unit.weights, self._unit.bias, self._gesture)

    def _turn_towards(self, point: tuple[float, ...]) -> None:
        pivot = foot(self._unit, (0.5, 0.5))
        made = pivot and turned(self._unit, (point[0] - pivot[0], point[1] - pivot[1]), pivot)
        if made:
            self._model.set_parameters(*made, self._gesture)

    def look_from(self, start: Sight, right: float, down: float) -> None:
        """See the cube as if it were taken by its front and moved by so many pixels."""
        pitch = max(-STEEPEST, min(STEEPEST, start.pitch + down * RADIANS))
        self.sight = Sight(start.yaw - right * RADIANS, pitch)
        self._follow()

    @Slot(object)
    def _act(self, key: Qt.Key) -> None:
        """Turn the cube by the arrow keys; or move the line by up and down, and turn it by left and right."""
        unit = self._model.reading.unit
        pivot = foot(unit, (0.5,) * unit.inputs)
        if unit.inputs == 3:
            self.look_from(self.sight, *LOOKS[key])
        elif key in MOVES:
            self._model.set_bias(round(unit.bias + MOVES[key], 2), "plane-keys")
        elif unit.inputs == 2 and pivot is not None:
            made = rotated(unit, TURNS[key], pivot)
            if made is not None:
                self._model.set_parameters(*made, "plane-keys")
