"""Names, numbers and the verdict of the neuron in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import MINUS, fixed
from app.kit.plain_maths import lowered
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.neuron.model import NeuronModel, SignalStage, StageData, UnitPart
from engine.neuron.hidden import BooleanFormula
from engine.neuron.parting import Contradiction, Share
from engine.neuron.reading import NeuronReading
from engine.neuron.tables import Row, rows
from engine.neuron.unit import OutputKey

_TABLES = {
    "and": "AND",
    "or": "OR",
    "not": "NOT",
    "nand": "NAND",
    "nor": "NOR",
    "xor": "XOR",
    "majority": QT_TRANSLATE_NOOP("NeuronVerdict", "Majority"),
}


def table_name(key: str | None) -> str:
    """A table's name; one's own has none."""
    if key is None:
        return _tr("Your own")
    return _tr(_TABLES[key])


def why_no_layer(inputs: int, *, possible: bool) -> str:
    """Why no hidden layer can be added, where that is so; it tells nothing that may still have to be guessed."""
    if inputs == 2 and not possible:
        return ""
    return _tr("A hidden layer is for a table of two inputs that no single neuron can do. Choose XOR, then add it.")


OUTPUT_INKS: dict[OutputKey, str] = {"step": "text", "logistic": "series 1 of 9", "tanh": "series 5 of 9"}
"""The ink of each output function, in its curve and in the formula."""


def output_name(output: OutputKey) -> str:
    """The name of an output function."""
    names: dict[OutputKey, str] = {
        "step": _tr("step"),
        "logistic": _tr("logistic"),
        "tanh": "tanh",
    }
    return names[output]


def row_name(x: Row) -> str:
    """``(0,1)``; a single input stands alone."""
    return f"({','.join(str(bit) for bit in x)})" if len(x) > 1 else str(x[0])


def input_name(index: int) -> str:
    """``x₁``"""
    return f"x{lowered(str(index + 1))}"


def weight_name(index: int) -> str:
    """``w₁``"""
    return f"w{lowered(str(index + 1))}"


def bracketed(text: str) -> str:
    """A number within a sum or product: a negative one in brackets."""
    return f"({text})" if text.startswith(MINUS) else text


def parameter_text(value: float, reading: NeuronReading) -> str:
    """A weight or the bias."""
    return fixed(value, reading.decimals[0])


def z_text(z: float, reading: NeuronReading) -> str:
    """A weighted sum."""
    return fixed(z, reading.decimals[1])


def output_text(value: float, reading: NeuronReading) -> str:
    """The output: 0 or 1 of a step, else three decimals."""
    return fixed(value, 0) if reading.content.output == "step" else fixed(value, 3)


def target_text(reading: NeuronReading, row: int) -> str:
    """The target in the output's own terms: 1 and 0, for tanh 1 and −1."""
    return fixed(reading.rows[row].target_value, 0)


NAMES = {
    UnitPart.INPUT: (QT_TRANSLATE_NOOP("Neuron", "signal"), QT_TRANSLATE_NOOP("Neuron", "input")),
    UnitPart.WEIGHT: (QT_TRANSLATE_NOOP("Neuron", "synapse"), QT_TRANSLATE_NOOP("Neuron", "weight")),
    UnitPart.WIRE: (QT_TRANSLATE_NOOP("Neuron", "dendrite"), QT_TRANSLATE_NOOP("Neuron", "wire")),
    UnitPart.SUM: (QT_TRANSLATE_NOOP("Neuron", "soma"), QT_TRANSLATE_NOOP("Neuron", "sum")),
    UnitPart.THRESHOLD: (QT_TRANSLATE_NOOP("Neuron", "hillock"), QT_TRANSLATE_NOOP("Neuron", "threshold")),
    UnitPart.OUTPUT: (QT_TRANSLATE_NOOP("Neuron", "axon"), QT_TRANSLATE_NOOP("Neuron", "output")),
}
ABOUT = {
    UnitPart.INPUT: QT_TRANSLATE_NOOP(
        "Neuron", "Another cell's axon brings a spike or none: the unit's input is 1 or 0."
    ),
    UnitPart.WEIGHT: QT_TRANSLATE_NOOP(
        "Neuron", "A synapse scales what it passes on, and may excite or inhibit: the weight, with its sign."
    ),
    UnitPart.WIRE: QT_TRANSLATE_NOOP("Neuron", "Dendrites carry it to the body: the wire brings w·x to the sum."),
    UnitPart.SUM: QT_TRANSLATE_NOOP("Neuron", "The body adds up everything that arrives at once: Σ, with the bias."),
    UnitPart.THRESHOLD: QT_TRANSLATE_NOOP(
        "Neuron", "Where the axon begins, a spike starts once the voltage passes a threshold: θ = −b."
    ),
    UnitPart.OUTPUT: QT_TRANSLATE_NOOP("Neuron", "One axon sends the same to all the next cells: one output, 1 or 0."),
}


def names_of(part: UnitPart) -> tuple[str, str]:
    """Return what it is called in the cell, and in the unit."""
    biological, artificial = NAMES[part]
    return QCoreApplication.translate("Neuron", biological), QCoreApplication.translate("Neuron", artificial)


def about(part: UnitPart) -> str:
    """Return a sentence on what the two have in common."""
    return QCoreApplication.translate("Neuron", ABOUT[part])


def part_words(data: StageData, part: UnitPart, index: int) -> str:
    """What a part stands for, with its value: ``x₁ = 1``, ``1.50 ≥ 0`` for the threshold."""
    reading, not_yet = data.reading, QCoreApplication.translate("Neuron", "not yet")
    if part is UnitPart.INPUT:
        signal = data.signal(index)
        return f"{input_name(index)} = {not_yet if signal is None else int(signal)}"
    if part is UnitPart.WEIGHT:
        return f"{weight_name(index)} = {parameter_text(reading.content.weights[index], reading)}"
    if part is UnitPart.WIRE:
        value = parameter_text(reading.products[index], reading) if data.stage >= SignalStage.PRODUCTS else not_yet
        return f"{weight_name(index)}{input_name(index)} = {value}"
    if part is UnitPart.SUM:
        return f"z = {not_yet if data.z is None else z_text(data.z, reading)}"
    if part is UnitPart.THRESHOLD:
        return comparison(data)
    return f"y = {not_yet if data.fires is None else output_text(reading.now.output, reading)}"


def part_tip(data: StageData, part: UnitPart, index: int, *, in_cell: bool = False) -> str:
    """What a part is called in the cell or in the unit, with its value: ``soma: z = 1.50``."""
    biological, artificial = names_of(part)
    words = QCoreApplication.translate("Neuron", "{name}: {value}")
    return words.format(name=biological if in_cell else artificial, value=part_words(data, part, index))


def comparison(data: StageData) -> str:
    """``1.50 ≥ 0``"""
    if data.z is None:
        return QCoreApplication.translate("Neuron", "z not yet")
    return f"{z_text(data.z, data.reading)} {'≥' if data.z >= 0 else '<'} 0"


NO_BREAK = "\N{NO-BREAK SPACE}"
_BETWEEN = re.compile("(?<=[^\0-\xa0])(?=.)|(?<=.)(?=[^\0-\xa0])")
"""Where a line may break without a space, as it does between any two Chinese characters."""
_IN_FORMULA = re.compile(r" (?=[−+·])|(?<=[−+·]) |(?<=[ηy]) (?=\()|(?<=\)) (?=x\b)")
"""Spaces beside a sign, before a bracket and behind one."""
_FRACTIONS = {(1, 2): "½", (1, 3): "⅓", (2, 3): "⅔", (1, 4): "¼", (3, 4): "¾"}


def unbroken(text: str) -> str:
    """The same to read, in one line."""
    return _BETWEEN.sub("\N{WORD JOINER}", text.replace(" ", NO_BREAK))


def with_whole_formulas(text: str) -> str:
    """Return a text in which no line breaks within a formula such as ``η (t − y) x``."""
    return _IN_FORMULA.sub(NO_BREAK, text)


def fraction_name(point: Sequence[Fraction]) -> str:
    """``(½, ½)``, which no line break parts."""
    parts = (
        _FRACTIONS.get((part.numerator, part.denominator))
        or (str(part.numerator) if part.denominator == 1 else f"{part.numerator}/{part.denominator}")
        for part in point
    )
    return f"({f',{NO_BREAK}'.join(parts)})"


def combined_text(made: BooleanFormula) -> str:
    """``y = h₁ OR NOT h₂``, what is not negated first: in the signs of logic, which are no words of any language."""
    signs = (("h₁", made.first), ("h₂", made.second))
    parts = sorted((name if sign else f"NOT {name}" for name, sign in signs if sign is not None), key=_is_negated)
    return "y = " + (f" {made.joined.upper()} ".join(parts) if made.joined is not None else parts[0])


def _is_negated(text: str) -> bool:
    return text.startswith("NOT")


def named(shares: Sequence[Share], points: Sequence[Row]) -> str:
    """``(0, 1) and (1, 0)``; a row that counts more than once with how often."""
    names = [("" if share.times == 1 else f"{share.times} × ") + row_name(points[share.row]) for share in shares]
    if len(names) == 1:
        return names[0]
    return _tr("{first} and {last}").format(first=listed(names[:-1]), last=names[-1])


def standing(model: NeuronModel) -> tuple[str, str]:
    """(colour of its dot, the sentence); while not all rows are known, how many are."""
    if model.all_known:
        return verdict(model.reading)
    right, known = model.known_right
    words = _tr("{known} of {total} rows are known; the unit gets {right} of them right.")
    return "text_muted", words.format(known=known, total=len(model.reading.rows), right=right)


def verdict(reading: NeuronReading) -> tuple[str, str]:
    """(colour of its dot, the sentence)."""
    why = reading.why_none
    if why is not None:
        return "danger", impossible(why, len(reading.content.weights))
    total = len(reading.rows)
    if reading.solved and len(set(reading.content.targets)) == 1:
        return "good", _tr("Every row is right: all have the same target.")
    if reading.solved:
        words = {
            1: _tr("This boundary separates them: every row is right."),
            2: _tr("This line separates them: every row is right."),
            3: _tr("This plane separates them: every row is right."),
        }
        return "good", words[len(reading.content.weights)]
    words = {
        1: _tr("One boundary can do it; this one gets {right} of {total} rows right."),
        2: _tr("One line can do it; this one gets {right} of {total} rows right."),
        3: _tr("One plane can do it; this one gets {right} of {total} rows right."),
    }
    return "warning", words[len(reading.content.weights)].format(right=reading.right, total=total)


def impossible(why: Contradiction, inputs: int) -> str:
    """Why no setting does the table."""
    points = rows(inputs)
    fires, silent = named(why.fires, points), named(why.silent, points)
    pairs = all(len(side) == 2 and {share.times for share in side} == {1} for side in (why.fires, why.silent))
    if pairs:
        words = _tr("{fires} fire, {silent} must not: both pairs share the middle {point}.")
    else:
        words = _tr("{point} lies between {fires}, which fire, and between {silent}, which must not.")
    return words.format(fires=fires, silent=silent, point=fraction_name(why.meeting))


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeuronVerdict", text)
