"""The drawing of cell and unit: what is pointed at lights up with its twin, numbers are dragged, inputs clicked."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.kit.drawing.columns import Dots
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Line, Mark, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron import geometry
from app.workspaces.neuron.cell import cell_marks, still_cell
from app.workspaces.neuron.geometry import PILL, PILLS, UNIT, Geometry
from app.workspaces.neuron.model import ALL, Key, NeuronModel, Part, StageData
from app.workspaces.neuron.unit import unit_marks

NAMES = {
    Part.INPUT: (QT_TRANSLATE_NOOP("Neuron", "signal"), QT_TRANSLATE_NOOP("Neuron", "input")),
    Part.WEIGHT: (QT_TRANSLATE_NOOP("Neuron", "synapse"), QT_TRANSLATE_NOOP("Neuron", "weight")),
    Part.WIRE: (QT_TRANSLATE_NOOP("Neuron", "dendrite"), QT_TRANSLATE_NOOP("Neuron", "wire")),
    Part.SUM: (QT_TRANSLATE_NOOP("Neuron", "soma"), QT_TRANSLATE_NOOP("Neuron", "sum")),
    Part.THRESHOLD: (QT_TRANSLATE_NOOP("Neuron", "hillock"), QT_TRANSLATE_NOOP("Neuron", "threshold")),
    Part.OUTPUT: (QT_TRANSLATE_NOOP("Neuron", "axon"), QT_TRANSLATE_NOOP("Neuron", "output")),
}
ABOUT = {
    Part.INPUT: QT_TRANSLATE_NOOP(
        "Neuron", "Another cell's axon brings a spike, or none: the unit's input is 1, or 0."
    ),
    Part.WEIGHT: QT_TRANSLATE_NOOP(
        "Neuron", "A synapse scales what it passes on, and may excite or inhibit: the weight, with its sign."
    ),
    Part.WIRE: QT_TRANSLATE_NOOP("Neuron", "Dendrites carry it to the body: the wire brings w·x to the sum."),
    Part.SUM: QT_TRANSLATE_NOOP("Neuron", "The body adds up all that arrives at the time: Σ, with the bias."),
    Part.THRESHOLD: QT_TRANSLATE_NOOP(
        "Neuron", "Where the axon begins, a spike starts once the voltage passes a threshold: θ = −b."
    ),
    Part.OUTPUT: QT_TRANSLATE_NOOP("Neuron", "One axon tells all the next cells the same: one output, 1 or 0."),
}
PILL_SIZES = ((12.0, 22.0), (11.0, 14.0), (10.0, 10.0), (9.0, 8.0))
"""Sizes of the writing and of what is round it, of which the first is taken that leaves room for all pills."""
GAP = 4.0


def names_of(part: Part) -> tuple[str, str]:
    """Return what it is called in the cell, and in the unit."""
    biological, artificial = NAMES[part]
    return QCoreApplication.translate("Neuron", biological), QCoreApplication.translate("Neuron", artificial)


def about(part: Part) -> str:
    """Return a sentence on what the two have in common."""
    return QCoreApplication.translate("Neuron", ABOUT[part])


def guides(g: Geometry) -> Iterator[Mark]:
    """Draw faint lines down the columns."""
    for part in Part:
        yield _guide(g, part, ALL, "border", 1.0, dashed=True)


def pills(g: Geometry, lit: Key | None) -> Iterator[Mark]:
    """Draw what each part is called up there, and what it became down here; and a line through the chain that is lit.
    Keys: (``PILL``, part, ``ALL``)."""
    if lit is not None:
        yield _guide(g, *lit, "accent", 1.8)
    size, boxes = _pill_boxes(g)
    for part, (left, width) in boxes.items():
        on = lit is not None and lit[0] is part
        before, name = _words(g, part)
        box = (left, g.pills_y - PILL / 2, width, PILL)
        first, second = text_width(before, size), text_width(name, size, True)
        start = left + (width - first - second) / 2
        yield Rectangle(
            box, "accent" if on else "surface", "accent" if on else "border", corner=PILL / 2,
            key=(PILLS, part, ALL), tip=about(part), cursor=Qt.CursorShape.PointingHandCursor,
        )  # fmt: skip
        for words, x, wide, ink in ((before, start, first, "text_muted"), (name, start + first, second, "text")):
            place = (x, box[1], wide + 1, PILL)
            yield Text(words, place, size, "on_accent" if on else ink, "left middle", bold=words is name)


def _words(g: Geometry, part: Part) -> tuple[str, str]:
    """Return the two names; where it is narrow, that of the unit alone."""
    biological, artificial = names_of(part)
    return "" if g.narrow else f"{biological} = ", artificial


def _pill_boxes(g: Geometry) -> tuple[float, dict[Part, tuple[float, float]]]:
    """Return the size of the writing, and left end and width of each pill; neighbours keep apart."""
    names = {part: _words(g, part) for part in Part}
    size, widths = 0.0, dict[Part, float]()
    for size, padding in PILL_SIZES if g.width >= 720 else PILL_SIZES[1:]:
        widths = {p: padding + text_width(a, size) + text_width(b, size, True) for p, (a, b) in names.items()}
        if sum(widths.values()) + GAP * (len(widths) + 1) <= g.width:
            break
    boxes: dict[Part, tuple[float, float]] = {}
    start = GAP
    for part, width in widths.items():
        left = max(start, min(max(g.x(part) - width / 2, GAP), g.width - width - GAP))
        boxes[part], start = (left, width), left + width + GAP
    end = g.width
    for part, (left, width) in reversed(list(boxes.items())):
        left = min(left, end - GAP - width)
        boxes[part], end = (left, width), left
    return size, boxes


def _guide(g: Geometry, part: Part, chosen: int, ink: str, width: float, *, dashed: bool = False) -> Mark:
    top, bottom = _guide_ends(g, part, chosen)
    if g.folded:
        top = g.pills_y  # there is no cell to come from
    x = g.x(part)
    return Line((x, top), (x, bottom), ink, width, dashed=dashed, cap="flat")


def _guide_ends(g: Geometry, part: Part, chosen: int) -> tuple[float, float]:
    """Return where the line of a column begins in the cell and ends in the unit; ``chosen``: the input's number."""
    last, s = g.inputs - 1, g.scale
    index, first = (last, 0) if chosen == ALL else (chosen, chosen)
    tops = {
        Part.INPUT: g.synapse(index).y() + 10 * s,
        Part.WEIGHT: g.synapse(index).y() + 14 * s,
        Part.WIRE: g.synapse(index).y() * 0.5 + g.soma.y() * 0.5 + 14 * s,
        Part.SUM: g.soma.y() + g.soma_radius * 1.1,
        Part.THRESHOLD: g.soma.y() + 12 * s,
        Part.OUTPUT: g.soma.y() + 12 * s,
    }
    bottoms = {
        Part.INPUT: g.input(first).y() - g.node_radius,
        Part.WEIGHT: g.weight_box(first).top(),
        Part.WIRE: g.product(first).y() - 4 * s,
        Part.SUM: g.sum.y() - g.sum_radius,
        Part.THRESHOLD: g.threshold.top(),
        Part.OUTPUT: g.output.y() - g.sum_radius,
    }
    return tops[part], bottoms[part]


LEAST = QSize(*map(int, geometry.LEAST))
GRID = 20
"""Pixels between the dots of the ground."""


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

    @property
    def beside_title(self) -> QPoint:
        """Where there is room beside the title."""
        return QPoint(round(14 + text_width(_title(self.geometry_shown), 14, True) + 14), 9)

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


class StagePlace(QScrollArea):
    """Holds the drawing, and scrolls where it is too small."""

    def __init__(self, stage: StageView) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(stage)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, LEAST.height())


def draw_stage(data: StageData, frame: Frame) -> Drawing:
    """Draw the cell above, the unit below, and what each part is called between them."""
    g = Geometry(float(frame.width), float(frame.height), len(data.reading.content.weights))
    words, ink = "" if g.folded else _tr("rest the pointer on a part: its twin lights up"), "text_muted"
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
