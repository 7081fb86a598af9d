"""The sum of the row that is looked at, each number under its symbol, and what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.kit.drawing.marks import NumberInput
from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, operator, relation
from app.kit.formula.rows import Grid
from app.kit.formula.view import FormulaView, Input
from app.kit.inks import number_ink
from app.kit.listing import joined
from app.kit.widgets.labels import Sentence
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.model import ALL, OF_INPUTS, Key, NeuronModel, Part, Stage, is_lit
from app.workspaces.neuron.words import (
    OUTPUT_INKS,
    bracketed,
    output_text,
    parameter_text,
    target_text,
    unbroken,
    z_text,
)
from engine.neuron.unit import REACH

INPUT = NumberInput(0.05, (-REACH, REACH), typed=False)
"""How a weight or the bias is changed."""
LEAST_WORDS = 110
"""Pixels that the words on it need: squeezed, they would take a line for every letter."""
MOST_SHRUNK = 0.25
"""How much smaller a long sum may get before its outcome gives it room."""
NUMBER = 0.84
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
        keys: list[Key] = [(part, ALL) for part in Part if part not in OF_INPUTS]
        keys += [(part, index) for part in OF_INPUTS for index in inputs]
        lit = [key for key in keys if is_lit(key, self._model.key)]
        self.formula.light(lit)
        self.outcome.light(lit)

    # Hands -----------------------------------------------------------------------------------------------------------

    def _inputs(self) -> list[Input]:
        content = self._model.content
        weights = [((Part.WEIGHT, index), weight, INPUT) for index, weight in enumerate(content.weights)]
        return [*weights, ((Part.THRESHOLD, ALL), content.bias, INPUT)]

    @Slot(object, float)
    def _move(self, key: Key, value: float) -> None:
        if key[0] is Part.WEIGHT:
            self._model.set_weight(key[1], value, self._gesture)
        else:
            self._model.set_bias(value, self._gesture)

    @Slot(object)
    def _settle(self, _key: Key) -> None:
        self._gesture = new_gesture("sum")
        self._model.sheet.settle()

    # The sum ---------------------------------------------------------------------------------------------------------

    def _sum(self) -> Box:
        reading, stage = self._model.reading, self._model.stage
        symbols: list[Box] = [Keyed((Part.SUM, ALL), Maths("z")), relation("=")]
        numbers: list[Box] = [Keyed((Part.SUM, ALL), self._z()), relation("=")]
        for index, weight in enumerate(reading.content.weights):
            if index:
                symbols.append(operator("+"))
                numbers.append(operator("+"))
            w, x = (Part.WEIGHT, index), (Part.INPUT, index)
            symbols.append(Row((Keyed(w, Maths(f"w_{index + 1}")), Keyed(x, Maths(f"x_{index + 1}")))))
            written = bracketed(parameter_text(weight, reading))
            bit = str(reading.content.x[index]) if stage >= Stage.INPUTS else "?"
            factor = Keyed(w, Words(written, number_ink(weight), True, NUMBER))
            numbers.append(Row((factor, Maths(r"\,\cdot\,"), Keyed(x, Words(bit, None, True, NUMBER)))))
        bias = bracketed(parameter_text(reading.content.bias, reading))
        symbols += [operator("+"), Keyed((Part.THRESHOLD, ALL), Maths("b"))]
        ink = number_ink(reading.content.bias)
        numbers += [operator("+"), Keyed((Part.THRESHOLD, ALL), Words(bias, ink, True, NUMBER))]
        return Grid((tuple(symbols), tuple(numbers)), gap=0.12, row_gap=0.32)

    def _z(self) -> Box:
        if self._model.stage < Stage.SUM:
            return Words(self.tr("not yet"), "text_muted", scale=0.66)
        z = self._model.reading.now.z
        return Words(z_text(z, self._model.reading), number_ink(z), True, NUMBER)

    def _outcome(self) -> Box:
        """``step(1.50) = 1``"""
        reading, known = self._model.reading, self._model.stage is Stage.OUTPUT
        key = (Part.OUTPUT, ALL)
        head = Maths(FUNCTIONS[reading.content.output], OUTPUT_INKS[reading.content.output])
        if not known:
            y: Box = Words(self.tr("not yet"), "text_muted", scale=0.66)
            z = r"(z)" if self._model.stage < Stage.SUM else f"({z_text(reading.now.z, reading)})"
        else:
            now = reading.now
            y = Words(output_text(now.output, reading), number_ink(1.0 if now.fires else -1.0), True, NUMBER)
            z = f"({z_text(now.z, reading)})"
        inner: Box = Maths(z) if z == "(z)" else Words(z, None, False, NUMBER)
        return Row((Keyed(key, Maths("y")), relation("="), head, inner, relation("="), Keyed(key, y)))

    def _say_verdict(self) -> None:
        """What becomes of it, and whether that is right: the second does not break, and has a line of its own."""
        fate, judged = self._verdict()
        whole = unbroken(judged)
        self.verdict.setMinimumWidth(max(LEAST_WORDS, self.verdict.fontMetrics().horizontalAdvance(whole) + 1))
        self.verdict.set_full_text(joined((fate, whole)))

    def _verdict(self) -> tuple[str, str]:
        reading, model = self._model.reading, self._model
        if model.stage < Stage.SUM:
            return self.tr("the sum is not there yet"), ""
        if model.stage < Stage.OUTPUT:
            return self.tr("is z at least 0?"), ""
        now = reading.now
        z = z_text(now.z, reading)
        since = self.tr("fires, since {z} ≥ 0") if now.fires else self.tr("silent, since {z} < 0")
        target = target_text(reading, reading.content.row)
        judged = self.tr("and the target is {target}") if now.right else self.tr("but the target is {target}")
        return since.format(z=z), judged.format(target=target)
