"""The panel on the right: the plane or the cube of the inputs, whose boundary is dragged, and the truth table."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.copying import CopyButton
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.view import DrawingView
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.widgets.frame import QWIDGETSIZE_MAX, Panel, bring_into_sight, column_layout, scrolled
from app.kit.widgets.labels import FittingLabel, Label
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.tone import restyle
from app.workspaces.neuron.cube import CubeScale, draw_cube
from app.workspaces.neuron.model import ALL, NeuronModel, UnitPart
from app.workspaces.neuron.plane import CUBE, LINE, TURN, InputsData, draw_plane, inputs_data, plane_scale
from app.workspaces.neuron.truth_table import TruthTable
from engine.neuron.boundary import bias_through, foot, rotated, turned
from engine.neuron.cube import Sight, bias_after_drag

MOVES = {Qt.Key.Key_Up: 0.05, Qt.Key.Key_Down: -0.05}
"""Steps of the bias, by key."""
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
    inputs on. ``flipped(row)``: a point was double-clicked. ``turned``: the cube is seen from elsewhere."""

    flipped = Signal(int)
    turned = Signal()

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        self._model, self.sight = model, Sight()
        super().__init__(
            draw_inputs, inputs_data(model, self.sight), hint=QSize(300, 260), least=QSize(180, 130), ground="surface",
            parent=parent,
        )  # fmt: skip
        self._unit, self._sight, self._gesture = model.reading.unit, self.sight, ""  # as they were when taken hold of
        self._middle = QPointF()
        model.changed.connect(self._follow)
        model.pointed.connect(self._follow)
        self.chosen.connect(self._choose)
        self.opened.connect(self._open)
        self.pointed.connect(lambda key: model.point_at((UnitPart.THRESHOLD, ALL) if key == LINE else None))
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
        """Return where a point of the cube is seen."""
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
        self.see(start.yaw - right * RADIANS, start.pitch + down * RADIANS)

    def see(self, yaw: float, pitch: float) -> None:
        """See the cube turned and tilted by so many radians."""
        self.sight = Sight(yaw, max(-STEEPEST, min(STEEPEST, pitch)))
        self._follow()
        self.turned.emit()

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


TIGHT = 880
"""Pixels: in a page narrower than this, panels leave the drawing all that they can spare."""
WIDTHS = ((1080, 332), (TIGHT, 264), (0, 236))
"""Pixels: of the panel, in pages of at least so many pixels."""


class Whole(QWidget):
    """All of the page: ``resized(size)`` is told how large it is."""

    def __init__(self, resized: Callable[[QSize], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resized = resized

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized(self.size())


class InputsPanel(Panel):
    """``asked(key)``: where does a number come from? ``failed(problem)``: a picture could not be written."""

    asked = Signal(object)
    failed = Signal(object)

    def __init__(self, model: NeuronModel, origins: Callable[[Hashable], Fact | None]) -> None:
        super().__init__()
        self._model = model
        self.plane, self.origin, self.table = InputsView(model), OriginCard(origins), TruthTable(model)
        self._title, self._hint, self.copy, self.badge = Label(), FittingLabel("muted"), CopyButton(), Label()
        self._title.setProperty("role", "heading")
        self.pictures, self._origin_place = QStackedWidget(), scrolled(_over_air(self.origin))
        for picture in (self.plane, self._origin_place):
            self.pictures.addWidget(picture)
        body = self._body = QWidget()
        self._rows = column_layout(body, spacing=6)
        self._rows.addLayout(self._head())
        self._rows.addWidget(self.pictures, 100)
        self._rows.addLayout(self._table_head())
        self._rows.addWidget(self.table)
        self._rows.addStretch(1)
        self.column.addWidget(scrolled(body))  # beside an open dock there is too little height at 150 %
        self.make_room(WIDTHS[0][0])
        self.copy.failed.connect(self.failed)
        for view in (self.plane, self.table):
            view.flipped.connect(model.flip_target)
        self.table.asked.connect(self.asked)
        self.origin.closed.connect(self._follow)
        model.changed.connect(self._follow)
        theme.follow(self._follow)

    def make_room(self, page: int) -> None:
        """Leave the drawing as much of a page of so many pixels as it needs."""
        self.setFixedWidth(next(width for least, width in WIDTHS if page >= least))
        side = 14 if page >= TIGHT else 8
        self._rows.setContentsMargins(side, 10, side, 8)
        self._limit_picture()

    @property
    def whole_height(self) -> int:
        """Return the pixels in which the table is in sight beneath the smallest picture."""
        return self._body.minimumSizeHint().height()

    def show_asked_row(self) -> None:
        """Scroll to the table, where there is not room for all: a question is about its row."""
        bring_into_sight(self.table)

    def _limit_picture(self) -> None:
        """A plane that is not square shows w askew to its line; a card has all the room."""
        explaining = self.origin.key is not None
        margins = self._rows.contentsMargins()
        square = self.width() - margins.left() - margins.right() - 2
        self.pictures.setMaximumHeight(QWIDGETSIZE_MAX if explaining else square)

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from, in the place of the plane until that is closed."""
        self.origin.show(key)
        self._follow()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addWidget(self._hint, 1)
        row.addWidget(self.copy)
        return row

    def _table_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        title = Label(in_capitals(self.tr("Truth table")))
        title.setProperty("role", "heading")
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.badge)
        return row

    @Slot()
    def _follow(self) -> None:
        inputs = len(self._model.content.weights)
        if self.origin.key is not None:
            self.origin.refresh()
        explaining = self.origin.key is not None
        self._limit_picture()
        self.pictures.setCurrentWidget(self._origin_place if explaining else self.plane)
        for part in (self._title, self._hint, self.copy):
            part.setVisible(not explaining)
        titles = {1: self.tr("The line of inputs"), 2: self.tr("The plane of inputs"), 3: self.tr("The cube of inputs")}
        hints = {
            1: self.tr("drag the boundary"),
            2: self.tr("drag the line or its arrow"),
            3: self.tr("turn it, drag the plane"),
        }
        self._title.setText(in_capitals(titles[inputs]))
        self._hint.set_texts((self.tr("hidden while you guess") if self._model.secret else hints[inputs], ""))
        self.copy.offer(self.plane, self.copy.drawn_picture, title=titles[inputs], name="neuron-inputs")
        self.copy.offer_drawing(self.plane)
        right, known = self._model.known_right
        total = len(self._model.content.targets)
        whole = right == total
        if known == total:
            self.badge.setText(self.tr("{right} of {total} right").format(right=right, total=total))
        else:
            self.badge.setText(self.tr("{known} of {total} known").format(known=known, total=total))
        colours = theme.current()
        tone = colours.text_muted if known < total else colours.good if whole else colours.danger
        restyle(
            self.badge,
            f"background: {colours.raised}; border: 1px solid {tone}; color: {tone}; border-radius: 10px;"
            " padding: 2px 9px; font-size: 11px; font-weight: 600;",
        )


def _over_air(card: QWidget) -> QWidget:
    """Return a card in a column that keeps it as low as it is."""
    body = QWidget()
    column = column_layout(body)
    column.addWidget(card)
    column.addStretch(1)
    return body
