"""The drawing of cell and unit: what is pointed at lights up with its twin, numbers are dragged, inputs clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.kept_picture import KeptPicture
from app.kit.numbers import typed
from app.kit.scene.backdrop import paint_backdrop
from app.kit.scene.camera import Camera
from app.kit.widgets.changed_parts import PaintedPart, changed_region, paint_parts
from app.kit.widgets.drag_number import NumberDrag
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.painted import Painted, guarded
from app.workspaces.neuron.model import NeuronModel, StageData
from app.workspaces.neuron.parts import ALL, Key, Part
from app.workspaces.neuron.stage import geometry
from app.workspaces.neuron.stage.cell import CellPainter
from app.workspaces.neuron.stage.geometry import Geometry
from app.workspaces.neuron.stage.pills import PillPainter, about
from app.workspaces.neuron.stage.shapes import boxed, disc, widened
from app.workspaces.neuron.stage.unit import UnitPainter
from app.workspaces.neuron.words import weight_name
from engine.neuron.unit import REACH


class StagePlace(QScrollArea):
    """Holds the drawing once it is made."""

    def __init__(self, least: QSize) -> None:
        """``least``: the least that the drawing will need."""
        super().__init__()
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._least.height())


LEAST = QSize(*map(int, geometry.LEAST))
HINT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap
STEP = 0.05
CLICK = 4.0
"""A press that moves less than so many pixels is a click."""


class StageView(Painted):
    """``asked(key)``: where does the number of a part come from? ``title_moved``: ``beside_title`` may be another."""

    asked = Signal(object)
    title_moved = Signal()

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._still_layer, self._quiet_layer = KeptPicture(self), KeptPicture(self)
        self._quiet_by: object = None
        self._parts: list[PaintedPart] = []
        self._parts_by: tuple[object, ...] = ()
        self._exposed = QRegion()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # its ground is its own
        self._build()
        self._drag: NumberDrag | None = None
        self._dragged: Key | None = None
        self._gesture = ""
        self.editor: NumberEditor | None = None
        self._typing: Key | None = None
        self._pressed: tuple[Key | None, QPointF] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("A nerve cell, and the unit that copies it"))
        model.changed.connect(self._follow)
        model.pointed.connect(self.update)
        model.advanced.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(760, 430)

    def minimumSizeHint(self) -> QSize:
        return LEAST

    @Slot()
    def _follow(self) -> None:
        if self._geometry.inputs != len(self._model.content.weights):
            self._build()
            self._drag = None  # of a number that may stand elsewhere now, or nowhere
            if self.editor is not None:
                self.editor.put_away()
        self._update_changed()

    def _update_changed(self) -> None:
        """Paint anew what looks other now."""
        state = self._model.stage_data
        before, self._quiet_by = (self._quiet_by, self._parts), self._quiet_key(state)
        region = changed_region(before[1], self._parts_of(state)) if before[0] == self._quiet_by else None
        if region is None:
            self.update()
        else:
            self.update(region)

    def _parts_of(self, state: StageData) -> list[PaintedPart]:
        """What numbers change, from the back to the front."""
        by = (state, state.reading, self._geometry)
        if by != self._parts_by or by[1] is not self._parts_by[1]:
            cell = [] if self._geometry.folded else self._cell.parts(state)
            self._parts, self._parts_by = [*cell, *self._unit.parts(state)], by
        return self._parts

    def _build(self) -> None:
        size = self.size().expandedTo(LEAST)
        self._geometry = Geometry(float(size.width()), float(size.height()), len(self._model.content.weights))
        self._cell = CellPainter(self._geometry)
        self._unit = UnitPainter(self._geometry)
        self._pills = PillPainter(self._geometry)
        self._known_places: list[tuple[Key, QPainterPath]] = []

    def parts(self) -> tuple[Callable[[], object], ...]:
        """What takes time of the first picture, once the drawing has its size: the shapes of the cell, and what no
        number changes."""
        return self._shape, self._still

    def _shape(self) -> None:
        _ = None if self._geometry.folded else self._cell.shapes

    @property
    def _places(self) -> list[tuple[Key, QPainterPath]]:
        """What can be pointed at, the topmost first; worked out when somebody points for the first time."""
        if not self._known_places:
            cell = [] if self._geometry.folded else self._cell_places()
            self._known_places = [*self._unit.places(), *self._pills.places(), *cell, *self._wire_places()]
        return self._known_places

    def _wire_places(self) -> list[tuple[Key, QPainterPath]]:
        return [((Part.WIRE, i), widened(self._unit.wire(i), 14)) for i in range(self._geometry.inputs)]

    def _cell_places(self) -> list[tuple[Key, QPainterPath]]:
        """What can be pointed at in the cell, the topmost first."""
        g, shapes = self._geometry, self._cell.shapes
        found: list[tuple[Key, QPainterPath]] = []
        for index in range(g.inputs):
            found.append(((Part.WEIGHT, index), disc(g.synapse(index), 15 * g.scale)))
        found.append(((Part.SUM, ALL), shapes.soma))
        hill = shapes.hillock.boundingRect().adjusted(0, -6, 0, 6).united(g.trace)
        found.append(((Part.THRESHOLD, ALL), boxed(hill)))
        found.append(((Part.OUTPUT, ALL), boxed(shapes.axon.boundingRect().adjusted(0, -4, 4, 4))))
        for index in range(g.inputs):
            found.append(((Part.WIRE, index), widened(shapes.dendrites[index], 10)))
            found.append(((Part.INPUT, index), widened(shapes.signals[index], 12)))
        return found

    # Painting --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._build()
        self.title_moved.emit()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self._exposed = event.region()
        super().paintEvent(event)

    def paint(self, painter: QPainter) -> None:
        state = self._model.stage_data
        if isinstance(painter.device(), QWidget):
            painter.drawPixmap(0, 0, self._quiet(state))
            paint_parts(painter, self._parts_of(state), self._exposed)
        else:
            self._paint_still(painter)  # into a drawing that is saved, as lines
            self._paint_quiet(painter, state)
            paint_parts(painter, self._parts_of(state))
        self._pills.paint_lit(painter, state)

    def _still(self) -> QPixmap:
        """What no number changes."""
        return self._still_layer.picture(self._geometry.inputs, self._paint_still)

    def _quiet(self, state: StageData) -> QPixmap:
        """That, with what a weight that is dragged changes only where the output flips."""

        def paint(painter: QPainter) -> None:
            painter.drawPixmap(0, 0, self._still())
            self._paint_quiet(painter, state)

        return self._quiet_layer.picture(self._quiet_key(state), paint)

    def _quiet_key(self, state: StageData) -> tuple[object, ...]:
        """What that goes by."""
        content = state.reading.content
        return self._geometry, state.pointed, state.stage, state.fires, content.x, content.output

    def _paint_quiet(self, painter: QPainter, state: StageData) -> None:
        self._paint_hint(painter)
        self._pills.paint_lit_guide(painter, state)
        if not self._geometry.folded:
            self._cell.paint_quiet(painter, state)
        self._unit.paint_quiet(painter, state)

    def _paint_still(self, painter: QPainter) -> None:
        paint_backdrop(painter, QRectF(self.rect()), Camera(), self.devicePixelRatioF())
        self._paint_titles(painter)
        self._pills.paint_guides(painter)
        if not self._geometry.folded:
            self._cell.paint_still(painter)
        self._pills.paint(painter)

    def _title(self) -> str:
        return self.tr("The unit") if self._geometry.folded else self.tr("A nerve cell")

    @property
    def beside_title(self) -> QPoint:
        """Where there is room beside the title."""
        width = QFontMetrics(look.font(14, QFont.Weight.DemiBold)).horizontalAdvance(self._title())
        return QPoint(14 + width + 14, 9)

    def _paint_titles(self, painter: QPainter) -> None:
        painter.setPen(theme.colour("text"))
        painter.setFont(look.font(14, QFont.Weight.DemiBold))
        painter.drawText(QRectF(14, 8, 300, 22), Qt.AlignmentFlag.AlignVCenter, self._title())
        if not self._geometry.folded:
            below = QRectF(14, self._geometry.pills_y + 20, 300, 22)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, self.tr("The unit that copies it"))

    def _paint_hint(self, painter: QPainter) -> None:
        """What the part is that is pointed at."""
        pointed = self._model.key
        painter.setPen(theme.colour("text_muted" if pointed is None else "text"))
        painter.setFont(look.font(12))
        hint = QRectF(160, 8, self.width() - 174, 36)
        words = about(pointed[0]) if pointed is not None else self.tr("rest the pointer on a part: its twin lights up")
        painter.drawText(hint, HINT, words)

    # Pointing --------------------------------------------------------------------------------------------------------

    def key_at(self, point: QPointF) -> Key | None:
        """The part at a point of the drawing."""
        return next((key for key, path in self._places if path.contains(point)), None)

    def place_of(self, key: Key) -> QPointF:
        """The middle of a part, that in the unit."""
        return next(path.boundingRect().center() for known, path in self._places if known == key)

    def parameter_at(self, point: QPointF) -> Key | None:
        """The weight or bias whose number is written at a point."""
        for index in range(self._geometry.inputs):
            if self._geometry.weight_box(index).contains(point):
                return Part.WEIGHT, index
        return (Part.THRESHOLD, ALL) if self._geometry.bias_box.contains(point) else None

    def leaveEvent(self, event: QEvent) -> None:
        self._model.point_at(None)
        super().leaveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and self._dragged is not None:
            self._set(self._dragged, self._drag.value_at(event.position().x(), event.modifiers()))
            return
        self._model.point_at(self.key_at(event.position()))
        if self.parameter_at(event.position()) is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        elif self._model.key is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return super().mousePressEvent(event)
        self._pressed = (self.key_at(event.position()), event.position())
        self._dragged = self.parameter_at(event.position())
        if self._dragged is not None:
            self._gesture = new_gesture("stage")
            self._drag = NumberDrag(-REACH, REACH, STEP)
            self._drag.begin(self._value(self._dragged), event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed, self._drag = self._pressed, None, None
        self._model.sheet.settle()
        if pressed is None or (event.position() - pressed[1]).manhattanLength() > CLICK or pressed[0] is None:
            return
        key, parameter = pressed[0], self.parameter_at(pressed[1])
        if parameter is not None:
            self.type_over(parameter)
        elif key[0] is Part.INPUT and key[1] != ALL:
            self._model.flip_input(key[1])
        else:
            self.asked.emit(key)

    def type_over(self, key: Key) -> None:
        """Open a field on the number of a weight or of the bias."""
        if self.editor is None:
            self.editor = NumberEditor(self)
            self.editor.done.connect(self._typed)
            self.editor.to_next = self._type_next
        g = self._geometry
        box = g.weight_box(key[1]) if key[0] is Part.WEIGHT else g.bias_box
        self._typing = key
        self.editor.setGeometry(box.toAlignedRect().adjusted(-1, -1, 1, 1))
        self.editor.setAccessibleName(weight_name(key[1]) if key[0] is Part.WEIGHT else self.tr("Bias b"))
        self.editor.begin(typed(self._value(key)))

    def _type_next(self, onward: bool) -> bool:
        """From number to number by Tab: the weights, then the bias."""
        keys: list[Key] = [(Part.WEIGHT, index) for index in range(self._geometry.inputs)]
        keys.append((Part.THRESHOLD, ALL))
        at = keys.index(self._typing) + (1 if onward else -1) if self._typing in keys else -1
        if not 0 <= at < len(keys):
            return False
        self.type_over(keys[at])
        return True

    @Slot(float)
    def _typed(self, value: float) -> None:
        if self._typing is not None:
            self._gesture = new_gesture("stage")
            self._set(self._typing, value)
            self._model.sheet.settle()
        if not -REACH <= value <= REACH and self.editor is not None:
            self.editor.say_bounds(value, -REACH, REACH)

    def _value(self, key: Key) -> float:
        content = self._model.content
        return content.weights[key[1]] if key[0] is Part.WEIGHT else content.bias

    def _set(self, key: Key, value: float) -> None:
        if key[0] is Part.WEIGHT:
            self._model.set_weight(key[1], value, self._gesture)
        else:
            self._model.set_bias(value, self._gesture)
