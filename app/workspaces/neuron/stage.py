"""The drawing of cell and unit, and the sum beneath it: numbers are dragged, inputs clicked, twins light up."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from app.kit.drawing.columns import Dots
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Line, Mark, NumberInput, Rectangle, Text, call, text_width, wrapped_height
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, operator, relation
from app.kit.formula.rows import Grid
from app.kit.formula.view import FormulaView, Input
from app.kit.inks import number_ink
from app.kit.listing import joined
from app.kit.widgets.labels import Sentence
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron import geometry
from app.workspaces.neuron.cell import cell_marks, still_cell
from app.workspaces.neuron.geometry import PILL, PILLS, UNIT, Geometry
from app.workspaces.neuron.model import ALL, OF_INPUTS, NeuronModel, PartKey, SignalStage, StageData, UnitPart, is_lit
from app.workspaces.neuron.unit import unit_marks
from app.workspaces.neuron.words import (
    OUTPUT_INKS,
    about,
    bracketed,
    names_of,
    output_text,
    parameter_text,
    target_text,
    unbroken,
    z_text,
)
from engine.neuron.unit import LARGEST_PARAMETER

DRAGGED_PARAMETER = NumberInput(0.05, (-LARGEST_PARAMETER, LARGEST_PARAMETER), typed=False)
"""How a weight or the bias is changed in the sum: a click asks where the number comes from, so nothing is typed."""
LEAST_WORDS = 110
"""Pixels that the words on it need: squeezed, they would take a line for every letter."""
MOST_SHRUNK = 0.25
"""How much smaller a long sum may get before its outcome gives it room."""
NUMBER_EM = 0.84
"""Size of the numbers beside the symbols', in em."""
FUNCTIONS = {"step": r"\mathrm{step}", "logistic": r"\sigma", "tanh": r"\tanh"}


class SumLine(QFrame):
    """Weights and bias are dragged where they stand, or nudged by keys. ``asked(key)``: where does the number of a
    part come from?"""

    asked = Signal(object)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self._model = model
        self._gesture = new_gesture("sum")
        self._written: tuple[object, ...] = ()
        self.formula = FormulaView(None, 16.0, walkable=True)
        self.formula.setToolTip(self.tr("Drag a weight or the bias; click a number to see where it comes from"))
        self.outcome = FormulaView(None, 16.0, walkable=True)
        self.verdict = Sentence()
        self.verdict.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 3)
        row.setSpacing(16)
        row.addWidget(self.formula, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.outcome, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.verdict, 1)
        for view in (self.formula, self.outcome):
            view.pointed.connect(model.point_at)
            view.chosen.connect(self.asked)
        self.formula.edited.connect(self._move)
        self.formula.settled.connect(self._settle)
        model.changed.connect(self._follow)
        model.pointed.connect(self._light)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        reading, stage = self._model.reading, self._model.stage
        state = (reading.content.unit, reading.content.x, reading.decimals, stage)
        if state == self._written:
            self._say_verdict()  # of another target
            return
        self._written = state
        self.formula.set_box(self._sum(), inputs=self._inputs())
        self.outcome.set_box(self._outcome())
        self._say_verdict()
        self._make_room()
        self._light()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where there is too little room, words go first, then what becomes of the sum: the drawing says both."""
        wanted = self.formula.sizeHint().width()
        spare = self.width() - 2 * 12 - wanted - 16 - self.outcome.sizeHint().width()
        self.outcome.setVisible(spare >= -MOST_SHRUNK * wanted)
        self.verdict.setVisible(spare >= self.verdict.minimumWidth() - MOST_SHRUNK * wanted)

    @Slot()
    def _light(self) -> None:
        inputs = range(len(self._model.content.weights))
        keys: list[PartKey] = [(part, ALL) for part in UnitPart if part not in OF_INPUTS]
        keys += [(part, index) for part in OF_INPUTS for index in inputs]
        lit = [key for key in keys if is_lit(key, self._model.pointed_key)]
        self.formula.light(lit)
        self.outcome.light(lit)

    # Hands -----------------------------------------------------------------------------------------------------------

    def _inputs(self) -> list[Input]:
        content = self._model.content
        weights = [
            ((UnitPart.WEIGHT, index), weight, DRAGGED_PARAMETER) for index, weight in enumerate(content.weights)
        ]
        return [*weights, ((UnitPart.THRESHOLD, ALL), content.bias, DRAGGED_PARAMETER)]

    @Slot(object, float)
    def _move(self, key: PartKey, value: float) -> None:
        if key[0] is UnitPart.WEIGHT:
            self._model.set_weight(key[1], value, self._gesture)
        else:
            self._model.set_bias(value, self._gesture)

    @Slot(object)
    def _settle(self, _key: PartKey) -> None:
        self._gesture = new_gesture("sum")
        self._model.sheet.settle()

    # The sum ---------------------------------------------------------------------------------------------------------

    def _sum(self) -> Box:
        reading, stage = self._model.reading, self._model.stage
        symbols: list[Box] = [Keyed((UnitPart.SUM, ALL), Maths("z")), relation("=")]
        numbers: list[Box] = [Keyed((UnitPart.SUM, ALL), self._z()), relation("=")]
        for index, weight in enumerate(reading.content.weights):
            if index:
                symbols.append(operator("+"))
                numbers.append(operator("+"))
            w, x = (UnitPart.WEIGHT, index), (UnitPart.INPUT, index)
            symbols.append(Row((Keyed(w, Maths(f"w_{index + 1}")), Keyed(x, Maths(f"x_{index + 1}")))))
            written = bracketed(parameter_text(weight, reading))
            bit = str(reading.content.x[index]) if stage >= SignalStage.INPUTS else "?"
            factor = Keyed(w, Words(written, number_ink(weight), True, NUMBER_EM))
            numbers.append(Row((factor, Maths(r"\,\cdot\,"), Keyed(x, Words(bit, None, True, NUMBER_EM)))))
        bias = bracketed(parameter_text(reading.content.bias, reading))
        symbols += [operator("+"), Keyed((UnitPart.THRESHOLD, ALL), Maths("b"))]
        ink = number_ink(reading.content.bias)
        numbers += [operator("+"), Keyed((UnitPart.THRESHOLD, ALL), Words(bias, ink, True, NUMBER_EM))]
        return Grid((tuple(symbols), tuple(numbers)), gap=0.12, row_gap=0.32)

    def _z(self) -> Box:
        if self._model.stage < SignalStage.SUM:
            return Words(self.tr("not yet"), "text_muted", scale=0.66)
        z = self._model.reading.now.z
        return Words(z_text(z, self._model.reading), number_ink(z), True, NUMBER_EM)

    def _outcome(self) -> Box:
        """``step(1.50) = 1``"""
        reading, known = self._model.reading, self._model.stage is SignalStage.OUTPUT
        key = (UnitPart.OUTPUT, ALL)
        head = Maths(FUNCTIONS[reading.content.output], OUTPUT_INKS[reading.content.output])
        if not known:
            y: Box = Words(self.tr("not yet"), "text_muted", scale=0.66)
            z = r"(z)" if self._model.stage < SignalStage.SUM else f"({z_text(reading.now.z, reading)})"
        else:
            now = reading.now
            y = Words(output_text(now.output, reading), number_ink(1.0 if now.fires else -1.0), True, NUMBER_EM)
            z = f"({z_text(now.z, reading)})"
        inner: Box = Maths(z) if z == "(z)" else Words(z, None, False, NUMBER_EM)
        return Row((Keyed(key, Maths("y")), relation("="), head, inner, relation("="), Keyed(key, y)))

    def _say_verdict(self) -> None:
        """Say what becomes of the sum, and whether that is right, which stands on a line of its own."""
        fate, judged = self._verdict()
        whole = unbroken(judged)
        self.verdict.setMinimumWidth(max(LEAST_WORDS, self.verdict.fontMetrics().horizontalAdvance(whole) + 1))
        self.verdict.set_full_text(joined((fate, whole)))

    def _verdict(self) -> tuple[str, str]:
        reading, model = self._model.reading, self._model
        if model.stage < SignalStage.SUM:
            return self.tr("the sum is not there yet"), ""
        if model.stage < SignalStage.OUTPUT:
            return self.tr("is z at least 0?"), ""
        now = reading.now
        z = z_text(now.z, reading)
        since = self.tr("fires, since {z} ≥ 0") if now.fires else self.tr("silent, since {z} < 0")
        target = target_text(reading, reading.content.row)
        if model.step_asked:
            return since.format(z=z), ""
        judged = self.tr("and the target is {target}") if now.right else self.tr("but the target is {target}")
        return since.format(z=z), judged.format(target=target)


PILL_SIZES = ((12.0, 22.0), (11.0, 14.0), (10.0, 10.0), (9.0, 8.0))
"""Sizes of the writing and of what is round it, of which the first is taken that leaves room for all pills."""
GAP = 4.0


def guides(g: Geometry) -> Iterator[Mark]:
    """Draw faint lines down the columns."""
    for part in UnitPart:
        yield from _guide(g, part, ALL, "border", 1.0, dashed=True)


def pills(g: Geometry, lit: PartKey | None) -> Iterator[Mark]:
    """Draw what each part is called up there, and what it became down here; and a line through the chain that is lit.
    Keys: (``PILLS``, part, ``ALL``)."""
    if lit is not None:
        yield from _guide(g, *lit, "accent", 1.8)
    size, boxes = _pill_boxes(g)
    for part, (left, width) in boxes.items():
        on = lit is not None and lit[0] is part
        before, name = _words(g, part)
        box = (left, g.pills_y - PILL / 2, width, PILL)
        first, second = text_width(before, size), text_width(name, size, True)
        start = left + (width - first - second) / 2
        yield Rectangle(
            box, "accent" if on else "surface", "accent" if on else "border", corner=PILL / 2,
            key=(PILLS, part, ALL), tip=" = ".join(names_of(part)), cursor=Qt.CursorShape.PointingHandCursor,
        )  # fmt: skip
        for words, x, wide, ink in ((before, start, first, "text_muted"), (name, start + first, second, "text")):
            place = (x, box[1], wide + 1, PILL)
            yield Text(words, place, size, "on_accent" if on else ink, "left middle", bold=words is name)


def _words(g: Geometry, part: UnitPart) -> tuple[str, str]:
    """Return the two names; where it is narrow, that of the unit alone."""
    biological, artificial = names_of(part)
    return "" if g.narrow else f"{biological} = ", artificial


def _pill_boxes(g: Geometry) -> tuple[float, dict[UnitPart, tuple[float, float]]]:
    """Return the size of the writing, and left end and width of each pill; neighbours keep apart."""
    names = {part: _words(g, part) for part in UnitPart}
    size, widths = 0.0, dict[UnitPart, float]()
    for size, padding in PILL_SIZES if g.width >= 720 else PILL_SIZES[1:]:
        widths = {p: padding + text_width(a, size) + text_width(b, size, True) for p, (a, b) in names.items()}
        if sum(widths.values()) + GAP * (len(widths) + 1) <= g.width:
            break
    boxes: dict[UnitPart, tuple[float, float]] = {}
    start = GAP
    for part, width in widths.items():
        left = max(start, min(max(g.x(part) - width / 2, GAP), g.width - width - GAP))
        boxes[part], start = (left, width), left + width + GAP
    end = g.width
    for part, (left, width) in reversed(list(boxes.items())):
        left = min(left, end - GAP - width)
        boxes[part], end = (left, width), left
    return size, boxes


def _guide(g: Geometry, part: UnitPart, chosen: int, ink: str, width: float, *, dashed: bool = False) -> Iterator[Mark]:
    """Draw the line of a column, but not through the title of the unit; without a cell, from the names on."""
    top, bottom = _guide_ends(g, part, chosen)
    x, (left, start, wide, high) = g.x(part), _unit_title(g).ink_rect
    crossed = not g.folded and left - 6.0 <= x <= left + wide + 6.0
    for begin, end in (
        ((top, start), (start + high, bottom)) if crossed else ((g.pills_y if g.folded else top, bottom),)
    ):
        yield Line((x, begin), (x, end), ink, width, dashed=dashed, cap="flat")


def _guide_ends(g: Geometry, part: UnitPart, chosen: int) -> tuple[float, float]:
    """Return where the line of a column begins in the cell and ends in the unit; ``chosen``: the input's number."""
    last, s = g.inputs - 1, g.scale
    index, first = (last, 0) if chosen == ALL else (chosen, chosen)
    tops = {
        UnitPart.INPUT: g.synapse(index).y() + 10 * s,
        UnitPart.WEIGHT: g.synapse(index).y() + 14 * s,
        UnitPart.WIRE: g.synapse(index).y() * 0.5 + g.soma.y() * 0.5 + 14 * s,
        UnitPart.SUM: g.soma.y() + g.soma_radius * 1.1,
        UnitPart.THRESHOLD: g.soma.y() + 12 * s,
        UnitPart.OUTPUT: g.soma.y() + 12 * s,
    }
    bottoms = {
        UnitPart.INPUT: g.input(first).y() - g.node_radius,
        UnitPart.WEIGHT: g.weight_box(first).top(),
        UnitPart.WIRE: g.product(first).y() - 4 * s,
        UnitPart.SUM: g.sum.y() - g.sum_radius,
        UnitPart.THRESHOLD: g.threshold.top(),
        UnitPart.OUTPUT: g.output.y() - g.sum_radius,
    }
    return tops[part], bottoms[part]


LEAST = QSize(*map(int, geometry.LEAST))
COPY_BUTTON = 32.0
"""Pixels that the button beside the title takes, and some room."""
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
            name=QCoreApplication.translate("StageView", "A nerve cell and the unit that models it"),
        )  # fmt: skip
        for signal in (model.changed, model.pointed, model.advanced):
            signal.connect(self._follow)
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
        """Return where everything stands."""
        return Geometry(float(self.width()), float(self.height()), len(self._model.content.weights))

    @property
    def beside_title(self) -> QPoint:
        """Return where there is room beside the title."""
        return QPoint(round(_beside_title(self.geometry_shown)), 9)

    @Slot(object)
    def _choose(self, key: tuple[str, UnitPart, int]) -> None:
        place, part, index = key
        if place == UNIT and part is UnitPart.INPUT:
            self._model.flip_input(index)
        else:
            self.asked.emit((part, index))

    @Slot(object, float)
    def _edit(self, key: tuple[str, UnitPart, int], value: float) -> None:
        if key[1] is UnitPart.WEIGHT:
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
    words, ink = "" if g.folded else _tr("hover over a part to light up its counterpart"), "text_muted"
    if data.pointed is not None:
        words, ink = about(data.pointed[0]), "text"
    left = _beside_title(g) + COPY_BUTTON
    marks: list[Mark] = [
        Group(call(_still, g), cached=True),
        _explanation(words, (left, 8, frame.width - 14 - left, 36), ink),
        *(() if g.folded else cell_marks(g, data)),
        *unit_marks(g, data),
        *pills(g, data.pointed),
    ]
    return Drawing(tuple(marks))


def _explanation(text: str, box: tuple[float, float, float, float], ink: str) -> Text:
    """What a part is, in letters with which all of it has room."""
    _left, _top, width, height = box
    size = next((size for size in (12, 11) if wrapped_height(text, width, size) <= height), 10)
    return Text(text, box, size, ink, "right top", wrap=True)


def _beside_title(g: Geometry) -> float:
    return 14 + text_width(_title(g), 14, True) + 14


def _title(g: Geometry) -> str:
    return _tr("The unit") if g.folded else _tr("A nerve cell")


def _unit_title(g: Geometry) -> Text:
    return Text(_tr("The unit that models it"), (14, g.pills_y + 20, 300, 22), 14, align="left middle", bold=True)


def _still(g: Geometry) -> Iterator[Mark]:
    """Draw what no number changes."""
    half = GRID // 2
    dots = [(x, y) for x in range(half, int(g.width) + half, GRID) for y in range(half, int(g.height) + half, GRID)]
    yield Rectangle((0, 0, g.width, g.height), "window")
    yield Dots(tuple(dots), 1.1, "grid_dots")
    yield Text(_title(g), (14, 8, 300, 22), 14, align="left middle", bold=True)
    if not g.folded:
        yield _unit_title(g)
    yield from guides(g)
    if not g.folded:
        yield from still_cell(g)


def _tr(text: str) -> str:
    return QCoreApplication.translate("StageView", text)
