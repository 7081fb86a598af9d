"""What the neuron's page says of hidden units, read as a formula and held to the tables, row by row."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.kit.sheet import Sheet
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.stage import SumLine
from app.workspaces.neuron.words import combined_text, with_whole_formulas
from engine.neuron.hidden import combination, hidden_layer, pattern
from engine.neuron.parting import answers
from engine.neuron.sheet import FORM, NeuronContent
from engine.neuron.tables import TABLES, rows
from engine.neuron.unit import Unit


def read(text: str, first: bool, second: bool) -> bool:
    """``y = h₁ OR NOT h₂`` with numbers in, read as logic is."""
    values = {"h₁": first, "h₂": second, "NOT h₁": not first, "NOT h₂": not second}
    name, said = text.split(" = ")
    assert name == "y"
    if " OR " in said:
        return any(values[part] for part in said.split(" OR "))
    return all(values[part] for part in said.split(" AND "))


@pytest.mark.parametrize("inputs", [2, 3])
def test_the_formula_of_y_gives_every_table_that_a_layer_of_two_does(inputs: int) -> None:
    done = 0
    said: set[str] = set()
    owns = (Unit((1.0,) * inputs, -0.5), Unit((1.0, -1.0, 1.0)[:inputs], 0.5), Unit((0.0,) * inputs, 1.0))
    for targets in product((False, True), repeat=2**inputs):
        if targets in answers(inputs):
            continue
        for own in owns:
            layer = hidden_layer(own, targets)
            if layer is None:
                continue
            text = combined_text(combination(pattern(layer.last)))
            hidden = [(layer.first.fires(x), layer.second.fires(x)) for x in rows(inputs)]
            assert tuple(read(text, *fires) for fires in hidden) == targets
            done, said = done + 1, said | {text}
    assert done == 3 * 2 if inputs == 2 else done > 100
    assert all(" AND " in text or " OR " in text for text in said)


def test_xor_is_or_and_nand() -> None:
    layer = hidden_layer(Unit((1.0, 1.0), -0.5), TABLES["xor"].targets)
    assert layer is not None
    assert layer.names[:2] == ("or", "nand")
    assert combined_text(combination(pattern(layer.last))) == "y = h₁ AND h₂"


def lines_of(label: QLabel, width: float) -> list[str]:
    """The label's text as it breaks at a width."""
    layout, lines = QTextLayout(label.text(), label.font()), []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(label.text()[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines


def test_whether_the_row_is_right_stays_together_in_chinese(in_chinese: None, qtbot: QtBot) -> None:
    """There, a line breaks between any two characters."""
    model = NeuronModel(Sheet(FORM, NeuronContent(), ""))
    line = SumLine(model)
    qtbot.addWidget(line)
    words = line.verdict
    judged = words.text().rpartition("，")[2]
    assert "目" in judged
    for width in range(words.fontMetrics().horizontalAdvance(judged) + 1, words.minimumWidth() + 90, 3):
        assert lines_of(words, width)[-1].endswith(judged), width


def test_whether_the_row_is_right_stays_together_beside_the_sum(qtbot: QtBot) -> None:
    model = NeuronModel(Sheet(FORM, NeuronContent(), ""))
    line = SumLine(model)
    qtbot.addWidget(line)
    words = line.verdict
    judged = words.text().rpartition(", ")[2]
    assert "target" in judged
    whole = words.fontMetrics().horizontalAdvance(words.text())
    for width in range(words.minimumWidth(), whole + 20, 3):
        assert lines_of(words, width)[-1].endswith(judged), width
    assert len(lines_of(words, whole - 5)) == 2 and len(lines_of(words, whole + 20)) == 1


def test_no_line_breaks_within_a_formula() -> None:
    text = "Each moves the line by η (t − y) x: a step down, in which the slope y (1 − y) cancels, or 1 − y²."
    whole = with_whole_formulas(text)
    assert whole.replace("\N{NO-BREAK SPACE}", " ") == text
    assert {"η (t − y) x:", "y (1 − y)", "1 − y²."} <= {
        part.replace("\N{NO-BREAK SPACE}", " ") for part in whole.split(" ")
    }
