"""Where the numbers of the neuron come from, for the card that says so."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import to_digits
from app.kit.origin.facts import Fact, Parent
from app.workspaces.neuron.model import ALL, NeuronModel, SignalStage, UnitPart
from app.workspaces.neuron.players import Learner
from app.workspaces.neuron.words import bracketed, input_name, row_name
from engine.neuron.check import check_change, check_output, check_slope, check_z, code_of
from engine.neuron.learning import LearningStep

DIGITS = 6
SLOPE, CHANGE = "slope", "change"
"""Keys of ∂y/∂ of a parameter and of what a step of the rule adds to it: (SLOPE, number), the bias last."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeuronOrigins", text)


def _n(value: float) -> str:
    return bracketed(to_digits(value, DIGITS))


class NeuronOrigins:
    """Facts by key: a part of the unit, a slope, or a change of the rule's last step."""

    def __init__(self, model: NeuronModel, learner: Learner) -> None:
        self._model, self._learner = model, learner

    def __call__(self, key: Hashable) -> Fact | None:
        """The fact of a key as things are now; None where there is no such number."""
        if not isinstance(key, tuple) or len(key) != 2:
            return None
        kind, index = key
        makers: dict[object, Callable[[int], Fact | None]] = {
            UnitPart.SUM: lambda _index: self._sum(),
            UnitPart.OUTPUT: lambda _index: self._output(),
            UnitPart.THRESHOLD: lambda _index: self._bias(),
            UnitPart.WEIGHT: self._weight,
            UnitPart.INPUT: self._input,
            UnitPart.WIRE: self._product,
            SLOPE: self._slope,
            CHANGE: self._change,
        }
        make = makers.get(kind)
        inputs = len(self._model.content.weights)
        if make is None or not isinstance(index, int) or index > inputs:
            return None
        if index == ALL and kind in (UnitPart.WEIGHT, UnitPart.INPUT, UnitPart.WIRE):
            index = 0
        if kind in (UnitPart.WEIGHT, UnitPart.INPUT, UnitPart.WIRE) and index >= inputs:
            return None
        return make(index)

    # The pass --------------------------------------------------------------------------------------------------------

    @property
    def _row(self) -> str:
        return QCoreApplication.translate("NeuronOrigins", "for the inputs {row}").format(
            row=row_name(self._model.content.x)
        )

    def _known(self, value: float, stage: SignalStage) -> float | None:
        return value if self._model.stage >= stage else None

    def _output(self) -> Fact:
        reading = self._model.reading
        unit, x, now = reading.unit, reading.content.x, reading.now
        z = self._known(now.z, SignalStage.SUM)
        formulas = {
            "step": (r"y = 1\;\mathrm{if}\;z \geq 0\;\mathrm{else}\;0", r"{z} {sign} 0 \Rightarrow {y}"),
            "logistic": (r"y = \sigma(z) = \frac{1}{1 + e^{-z}}", r"y = \frac{1}{1 + e^{-{z}}} = {y}"),
            "tanh": (r"y = \tanh(z)", r"y = \tanh({z}) = {y}"),
        }
        formula, worked = formulas[unit.output]
        if z is None:
            filled = ""
        else:
            filled = worked.replace("{z}", _n(now.z)).replace("{y}", to_digits(now.output, DIGITS))
            filled = filled.replace("{sign}", r"\geq" if now.fires else "<")
        slopes = tuple(
            Parent(rf"\partial y / \partial {name}", _tr("its slope"), value, (SLOPE, index))
            for index, (name, value) in enumerate(self._slopes())
        )
        return Fact(
            (UnitPart.OUTPUT, ALL), "y", self._row, self._known(now.output, SignalStage.OUTPUT), formula, filled,
            (Parent("z", _tr("the weighted sum"), z, (UnitPart.SUM, ALL)), *slopes), self._rounding(),
            check=lambda: check_output(unit, x), code=code_of(unit, x),
        )  # fmt: skip

    def _rounding(self) -> str:
        """Return that a sum of decimals which is 0 on paper misses it in binary, where that is so."""
        reading = self._model.reading
        missed = reading.unit.binary_z(reading.content.x)
        if reading.now.z or not missed or self._model.stage < SignalStage.SUM:
            return ""
        words = _tr(
            "On paper z is 0. With binary numbers it is {value}, so a program's step may fall on the other side."
        )
        return words.format(value=to_digits(missed, 2))

    def _slopes(self) -> list[tuple[str, float | None]]:
        reading = self._model.reading
        known = self._model.stage is SignalStage.OUTPUT
        names = [*(f"w_{i + 1}" for i in range(len(reading.content.weights))), "b"]
        values = reading.unit.slopes(reading.content.x)
        return [(name, value if known else None) for name, value in zip(names, values, strict=True)]

    def _sum(self) -> Fact:
        reading = self._model.reading
        unit, x, content = reading.unit, reading.content.x, reading.content
        terms = [rf"w_{i + 1} x_{i + 1}" for i in range(len(x))]
        numbers = [rf"{_n(w)} \cdot {bit}" for w, bit in zip(content.weights, x, strict=True)]
        known = self._known(reading.now.z, SignalStage.SUM)
        worked = f"z = {' + '.join([*numbers, _n(content.bias)])} = {to_digits(reading.now.z, DIGITS)}"
        parents = [
            Parent(
                term,
                _tr("over wire {number}").format(number=i + 1),
                self._known(value, SignalStage.PRODUCTS),
                (UnitPart.WIRE, i),
            )
            for i, (term, value) in enumerate(zip(terms, reading.products, strict=True))
        ]
        parents.append(Parent("b", _tr("the bias"), content.bias, (UnitPart.THRESHOLD, ALL)))
        return Fact(
            (UnitPart.SUM, ALL), "z", self._row, known, f"z = {' + '.join([*terms, 'b'])}",
            worked if known is not None else "", tuple(parents), self._rounding(),
            check=lambda: check_z(unit, x), code=code_of(unit, x),
        )  # fmt: skip

    def _product(self, index: int) -> Fact:
        content = self._model.content
        name = rf"w_{index + 1} x_{index + 1}"
        value = self._known(self._model.reading.products[index], SignalStage.PRODUCTS)
        worked = rf"{_n(content.weights[index])} \cdot {content.x[index]} = {to_digits(value or 0.0, DIGITS)}"
        parents = (
            Parent(f"w_{index + 1}", _tr("the weight"), content.weights[index], (UnitPart.WEIGHT, index)),
            Parent(f"x_{index + 1}", _tr("the input"), self._bit(index), (UnitPart.INPUT, index)),
        )
        words = _tr("what wire {number} brings to the sum").format(number=index + 1)
        return Fact((UnitPart.WIRE, index), name, words, value, name, worked if value is not None else "", parents)

    # What is given ---------------------------------------------------------------------------------------------------

    def _bit(self, index: int) -> float | None:
        return self._known(float(self._model.content.x[index]), SignalStage.INPUTS)

    def _weight(self, index: int) -> Fact:
        place = _tr("weight of {input}").format(input=input_name(index))
        sentence = _tr("It is a parameter, set by you or by learning. Drag it.")
        value = self._model.content.weights[index]
        return Fact((UnitPart.WEIGHT, index), f"w_{index + 1}", place, value, sentence=sentence)

    def _input(self, index: int) -> Fact:
        sentence = _tr("It is given by the row of the table. Click it to change it.")
        name = f"x_{index + 1}"
        return Fact((UnitPart.INPUT, index), name, _tr("an input"), self._bit(index), sentence=sentence)

    def _bias(self) -> Fact:
        content = self._model.content
        theta = to_digits(content.unit.threshold, DIGITS)
        sentence = _tr("It is a parameter. The threshold is its negative: θ = −b = {theta}.")
        place, filled = _tr("the bias"), sentence.format(theta=theta)
        return Fact((UnitPart.THRESHOLD, ALL), "b", place, content.bias, sentence=filled)

    # Slopes and the rule ---------------------------------------------------------------------------------------------

    def _slope(self, index: int) -> Fact:
        reading = self._model.reading
        unit, x = reading.unit, reading.content.x
        name, value = self._slopes()[index]
        is_bias = index == len(x)
        factor = "" if is_bias else rf" \cdot x_{index + 1}"
        slope = unit.slope(x)
        times = "" if is_bias else rf" \cdot {x[index]}"
        worked = rf"{to_digits(slope, DIGITS)}{times} = {to_digits(value or 0.0, DIGITS)}"
        derivatives = {
            "step": "f'(z) = 0",
            "logistic": "f'(z) = y (1 - y)",
            "tanh": "f'(z) = 1 - y^2",
        }
        parents = (
            Parent("y", _tr("the output"), self._known(reading.now.output, SignalStage.OUTPUT), (UnitPart.OUTPUT, ALL)),
        )
        sentence = _tr("The step is flat on both sides of its jump, so no slope says which way to go.")
        return Fact(
            (SLOPE, index), rf"\partial y / \partial {name}", self._row, value,
            rf"\frac{{\partial y}}{{\partial {name}}} = f'(z){factor},\quad {derivatives[unit.output]}",
            worked if value is not None else "", parents, sentence if unit.output == "step" else "",
            check=lambda: check_slope(unit, x, index),
        )  # fmt: skip

    def _change(self, index: int) -> Fact | None:
        step, learning = self._learner.shown_step, self._learner.learning
        if step is None or learning is None or self._learner.hides(step).before:
            return None
        is_bias = index == len(step.x)
        name = "b" if is_bias else f"w_{index + 1}"
        value = step.bias_change if is_bias else step.change[index]
        bit = "" if is_bias else rf" \cdot {step.x[index]}"
        factor = "" if is_bias else rf" \cdot x_{index + 1}"
        worked = rf"{_n(learning.rate)} \cdot ({_n(step.target)} - {_n(step.output)}){bit} = {to_digits(value, DIGITS)}"
        number = self._learner.playback.at + (step is not self._learner.step)
        place = _tr("what step {number} of the rule adds to it").format(number=number)
        rate = learning.rate
        return Fact(
            (CHANGE, index), rf"\Delta {name}", place, value, rf"\Delta {name} = \eta\,(t - y){factor}", worked,
            sentence=self._meaning(step), check=lambda: check_change(step, rate, index),
        )  # fmt: skip

    @staticmethod
    def _meaning(step: LearningStep) -> str:
        if step.before.output == "step":
            return _tr("Rosenblatt's rule: nothing changes where the output is right.")
        return _tr(
            "With this output the rule is a step down the gradient of the cross-entropy, which is what the check uses."
        )
