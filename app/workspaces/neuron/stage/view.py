"""The drawing of cell and unit: what is pointed at lights up with its twin, numbers are dragged, inputs clicked."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.kit.drawing.columns import Dots
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Mark, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.model import NeuronModel, StageData
from app.workspaces.neuron.parts import Key, Part
from app.workspaces.neuron.stage import geometry
from app.workspaces.neuron.stage.cell import cell_marks, still_cell
from app.workspaces.neuron.stage.cell_shapes import cell_shapes
from app.workspaces.neuron.stage.geometry import NUMBER, UNIT, Geometry
from app.workspaces.neuron.stage.pills import about, guides, pills
from app.workspaces.neuron.stage.unit import unit_marks

LEAST = QSize(*map(int, geometry.LEAST))
GRID = 20
"""Pixels between the dots of the ground."""


class StagePlace(QScrollArea):
    """Holds the drawing once it is made, and scrolls where it is too small."""

    def __init__(self, least: QSize) -> None:
        """``least``: the least that the drawing will need."""
        super().__init__()
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._least.height())


class StageView(DrawingView):
    """``asked(key)``: where does the number of a part come from? ``title_moved``: ``beside_title`` may be another."""

    asked = Signal(object)
    title_moved = Signal()

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        self._model, self._gesture = model, new_gesture("stage")
        super().__init__(
            draw_stage, model.stage_data, hint=QSize(760, 430), least=LEAST, ground="window", parent=parent,
            name=QCoreApplication.translate("StageView", "A nerve cell, and the unit that copies it"),
        )  # fmt: skip
        for told in (model.changed, model.pointed, model.advanced):
            told.connect(self._follow)
        self.pointed.connect(lambda key: model.point_at(key and key[1:]))
        self.chosen.connect(self._choose)
        self.edited.connect(self._edit)
        self.settled.connect(self._settle)

    @Slot()
    def _follow(self) -> None:
        self.set_data(self._model.stage_data)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title_moved.emit()

    @property
    def geometry_shown(self) -> Geometry:
        """Where everything stands."""
        return Geometry(float(self.width()), float(self.height()), len(self._model.content.weights))

    def prepare(self) -> None:
        """Make what takes time of the first picture, once the drawing has its size: the shapes of the cell."""
        if not self.geometry_shown.folded:
            cell_shapes(self.geometry_shown)

    @property
    def beside_title(self) -> QPoint:
        """Where there is room beside the title."""
        return QPoint(round(14 + text_width(_title(self.geometry_shown), 14, True) + 14), 9)

    def place_of(self, key: Key) -> QPointF:
        """Return the middle of a part, that in the unit."""
        part = self.drawing.part((NUMBER, *key)) or self.drawing.part((UNIT, *key))
        assert part is not None
        return QRectF(*part.rect).center()

    @Slot(object)
    def _choose(self, key: tuple[str, Part, int]) -> None:
        place, part, index = key
        if place == UNIT and part is Part.INPUT:
            self._model.flip_input(index)
        else:
            self.asked.emit((part, index))

    @Slot(object, float)
    def _edit(self, key: tuple[str, Part, int], value: float) -> None:
        if key[1] is Part.WEIGHT:
            self._model.set_weight(key[2], value, self._gesture)
        else:
            self._model.set_bias(value, self._gesture)

    @Slot()
    def _settle(self) -> None:
        self._gesture = new_gesture("stage")
        self._model.sheet.settle()


def draw_stage(data: StageData, frame: Frame) -> Drawing:
    """Draw the cell above, the unit below, and what each part is called between them."""
    g = Geometry(float(frame.width), float(frame.height), len(data.reading.content.weights))
    words, ink = _tr("rest the pointer on a part: its twin lights up"), "text_muted"
    if data.pointed is not None:
        words, ink = about(data.pointed[0]), "text"
    marks: list[Mark] = [
        Group(call(_still, g), cached=True),
        Text(words, (160, 8, frame.width - 174, 36), 12, ink, "right top", wrap=True),
        *(() if g.folded else cell_marks(g, data)),
        *unit_marks(g, data),
        *pills(g, data.pointed),
    ]
    return Drawing(tuple(marks))


def _title(g: Geometry) -> str:
    return _tr("The unit") if g.folded else _tr("A nerve cell")


def _still(g: Geometry) -> Iterator[Mark]:
    """Draw what no number changes."""
    half = GRID // 2
    dots = [(x, y) for x in range(half, int(g.width) + half, GRID) for y in range(half, int(g.height) + half, GRID)]
    yield Rectangle((0, 0, g.width, g.height), "window")
    yield Dots(tuple(dots), 1.1, "grid_dots")
    yield Text(_title(g), (14, 8, 300, 22), 14, align="left middle", bold=True)
    if not g.folded:
        yield Text(_tr("The unit that copies it"), (14, g.pills_y + 20, 300, 22), 14, align="left middle", bold=True)
    yield from guides(g)
    if not g.folded:
        yield from still_cell(g)


def _tr(text: str) -> str:
    return QCoreApplication.translate("StageView", text)
