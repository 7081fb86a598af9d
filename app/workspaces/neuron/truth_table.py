"""The truth table: z, output and target of every row, as far as they are known; a click on a target changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Line, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView
from app.kit.inks import sign_text_ink
from app.kit.listing import listed
from app.workspaces.neuron.model import ALL, NeuronModel, SignalStage, UnitPart
from app.workspaces.neuron.plane import inputs_table
from app.workspaces.neuron.words import input_name, output_text, row_name, target_text, z_text
from engine.neuron.reading import NeuronReading

ROW, Z, OUTPUT, TARGET, RIGHT = "row", "z", "output", "target", "right"
"""Columns after those of the inputs; and first in keys, before a row's number."""
HEAD, TALL, LOW, FEW = 26.0, 31.0, 24.0, 4
"""Pixels of the heads, and of a row where there are few rows or more."""
DISC, APART = 9.0, 6.0
NARROW, LEAST, MANY, WIDE, SNUG = 36.0, 20.0, 7, 290.0, 250.0
"""Pixels of an input's column, and of one of a table of so many columns that is not so wide, or of a narrower one."""
FLIP = "flip"


@dataclass(frozen=True, slots=True)
class TruthData:
    """A reading, and how much is known of each of its rows."""

    reading: NeuronReading
    stages: tuple[SignalStage, ...]


def truth_data(model: NeuronModel) -> TruthData:
    """Return what the model shows now."""
    return TruthData(model.reading, tuple(map(model.stage_of, range(len(model.content.targets)))))


def row_height(rows: int) -> float:
    """Return the pixels of each of so many rows."""
    return TALL if rows <= FEW else LOW


def columns_of(inputs: int, width: float) -> dict[int | str, tuple[float, float]]:
    """Return left end and width of each column, those of inputs by number; z gives way to the heads of the others."""
    narrow = NARROW if width >= (WIDE if inputs + 4 >= MANY else SNUG) else LEAST
    share = (width - (inputs + 1) * narrow) / 3
    output, target = (max(share, text_width(_head(kind), 12, True) + APART) for kind in (OUTPUT, TARGET))
    z = width - (inputs + 1) * narrow - output - target
    kinds: list[int | str] = [*range(inputs), Z, OUTPUT, TARGET, RIGHT]
    widths = [*[narrow] * inputs, z, output, target, narrow]
    return {kind: (sum(widths[:place]), widths[place]) for place, kind in enumerate(kinds)}


def _head(kind: int | str) -> str:
    if isinstance(kind, int):
        return input_name(kind)
    return {Z: "z", OUTPUT: _tr("output"), TARGET: _tr("target"), RIGHT: ""}[kind]


def draw_truth(data: TruthData, frame: Frame) -> Drawing:
    """Draw the rows. Keys are (``ROW``, ``Z``, ``OUTPUT`` or ``TARGET``, number)."""
    content, numbers = data.reading.content, range(len(data.stages))
    columns, high = columns_of(len(content.weights), frame.width), row_height(len(data.stages))
    marks: list[Mark] = [
        Text(_head(kind), (left, 0, wide, HEAD), 12, "text_muted", bold=True) for kind, (left, wide) in columns.items()
    ]
    for row in numbers:
        top = HEAD + row * high
        marks += _ground(data, row, (0.0, top, frame.width, high))
        boxes = {kind: (left, top, wide, high) for kind, (left, wide) in columns.items()}
        for index, bit in enumerate(data.reading.rows[row].x):
            marks.append(Text(str(bit), boxes[index], 13))
        marks += _z(data, row, boxes[Z])
        marks += _output(data, row, boxes[OUTPUT])
        marks += _target(data, row, boxes[TARGET])
        if data.stages[row] is SignalStage.OUTPUT:
            right = data.reading.rows[row].right
            marks.append(Text("✓" if right else "✗", boxes[RIGHT], 13, "good" if right else "danger", bold=True))
    return Drawing(
        tuple(marks), order=tuple((ROW, row) for row in numbers), current=(ROW, content.row), arrows_choose=True,
        actions={Qt.Key.Key_Space: FLIP}, 
        numbers=call(inputs_table, data.reading, tuple(stage is SignalStage.OUTPUT for stage in data.stages)),
        height=HEAD + len(data.stages) * high + 2.0,
    )  # fmt: skip


def _ground(data: TruthData, row: int, box: Rect) -> Iterator[Mark]:
    left, top, width, high = box
    is_wrong = data.stages[row] is SignalStage.OUTPUT and not data.reading.rows[row].right
    fill = "accent_soft" if row == data.reading.content.row else "danger 7%" if is_wrong else ""
    yield Rectangle(box, fill, key=(ROW, row), tip=row_words(data, row))
    yield Line((left, top + high), (width, top + high), "border")


def _z(data: TruthData, row: int, box: Rect) -> Iterator[Mark]:
    left, top, wide, high = box
    place, z = (left + 2.0, top, wide - 10.0, high), data.reading.rows[row].z
    if data.stages[row] < SignalStage.SUM:
        yield Text(_tr("not yet"), place, 11, "text_muted", "right middle", shrink=True)
        return
    yield NumberMark(
        z_text(z, data.reading), place, 13, sign_text_ink(z) if z else "text", "right middle", bold=True, shrink=True,
        value=z, key=(Z, row), tip=row_words(data, row), cursor=Qt.CursorShape.PointingHandCursor,
    )  # fmt: skip


def _output(data: TruthData, row: int, box: Rect) -> Iterator[Mark]:
    verdict, hand = data.reading.rows[row], Qt.CursorShape.PointingHandCursor
    if data.stages[row] < SignalStage.OUTPUT:
        yield Text(_tr("not yet"), box, 11, "text_muted", shrink=True)
        return
    text = output_text(verdict.output, data.reading)
    yield Rectangle(box, key=(OUTPUT, row), tip=row_words(data, row), cursor=hand)
    if data.reading.content.output == "step":
        yield from _disc(box, text, fires=verdict.fires)
    else:
        yield Text(text, box, 13, sign_text_ink(1.0 if verdict.fires else -1.0), bold=True, shrink=True)


def _target(data: TruthData, row: int, box: Rect) -> Iterator[Mark]:
    tip = _tr("Click to change the target: the table becomes your own (Space)")
    yield Rectangle(box, key=(TARGET, row), tip=tip, cursor=Qt.CursorShape.PointingHandCursor)
    yield from _disc(box, target_text(data.reading, row), fires=data.reading.rows[row].target)


def _disc(box: Rect, text: str, *, fires: bool) -> Iterator[Mark]:
    fill = "positive" if fires else "negative"
    yield Disc(box[0] + box[2] / 2, box[1] + box[3] / 2, DISC, fill)
    yield Text(text, box, 11, f"readable {fill}", bold=True)


def row_words(data: TruthData, row: int) -> str:
    """Return a row in words, as far as it is known."""
    reading, verdict, stage = data.reading, data.reading.rows[row], data.stages[row]
    z = z_text(verdict.z, reading) if stage >= SignalStage.SUM else _tr("not yet")
    output = output_text(verdict.output, reading) if stage is SignalStage.OUTPUT else _tr("not yet")
    parts = [f"z {z}", f"{_tr('output')} {output}", f"{_tr('target')} {target_text(reading, row)}"]
    if stage is SignalStage.OUTPUT:
        parts.append(_tr("right") if verdict.right else _tr("wrong"))
    return _tr("{row}: {words}").format(row=row_name(verdict.x), words=listed(parts))


def _tr(text: str) -> str:
    return QCoreApplication.translate("TruthModel", text)


class TruthTable(DrawingView):
    """``flipped(row)``: a target was clicked, or Space pressed. ``asked(part)``: where does z or an output come
    from?"""

    flipped = Signal(int)
    asked = Signal(object)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        self._model = model
        super().__init__(
            draw_truth, truth_data(model), hint=QSize(300, 152), least=QSize(180, 1), parent=parent,
            name=self.tr("Truth table"),
        )  # fmt: skip
        model.changed.connect(self._follow)
        self.chosen.connect(self._choose)
        self.acted.connect(lambda _flip: self.flipped.emit(model.content.row))

    @property
    def shown(self) -> TruthData:
        """Return what is drawn."""
        assert isinstance(self.data, TruthData)
        return self.data

    @Slot()
    def _follow(self) -> None:
        self.set_data(truth_data(self._model))

    @Slot(object)
    def _choose(self, key: tuple[str, int]) -> None:
        kind, row = key
        self._model.look_at(row)
        if kind == TARGET:
            self.flipped.emit(row)
        elif kind in (Z, OUTPUT):
            self.asked.emit((UnitPart.SUM if kind == Z else UnitPart.OUTPUT, ALL))
