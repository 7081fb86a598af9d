"""What is known of an activation: its ranges, its smoothness, and the one sentence worth remembering."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.kit.typeset import MathLabel
from app.kit.widgets.labels import Label, wrapped
from engine.activations import Activation, Saturation

FORMULA_PIXELS, SET_PIXELS = 15.0, 14.0


class FactsList(QWidget):
    """Names left, facts right, the sentence beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 9)
        self._grid.setColumnStretch(1, 10)
        self.formula = self._maths("f(z)", FORMULA_PIXELS)
        self.slope = self._maths("f′(z)", FORMULA_PIXELS)
        self.output = self._maths(self.tr("Output range"))
        self.derivative = self._maths(self.tr("Range of f′"))
        self.continuous = self._words(self.tr("Continuous"))
        self.differentiable = self._words(self.tr("Differentiable everywhere"))
        self.zero_centred = self._words(self.tr("Zero-centred"))
        self.saturates = self._words(self.tr("Saturates"))
        self.sentence = wrapped("", None)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(7)
        rows.addWidget(self._table)
        rows.addWidget(self.sentence)

    def show_facts(self, function: Activation) -> None:
        """Show this activation's; of a typed one there is the expression alone."""
        fact = QCoreApplication.translate("Activation", function.fact)
        self._table.setVisible(not function.is_typed)
        if function.is_typed:
            self.sentence.setText(f"f(x) = {function.key}. {fact}")
            return
        self.formula.set_text(_displayed(function.formula))
        self.slope.set_text(_displayed(function.derivative_formula))
        self.output.set_text(function.output_set)
        self.derivative.set_text(function.derivative_set)
        yes, no = self.tr("yes"), self.tr("no")
        self.continuous.setText(yes if function.continuous else no)
        self.differentiable.setText(yes if function.differentiable else no)
        self.zero_centred.setText(yes if function.zero_centred else no)
        self.saturates.setText(self._side(function.saturates))
        self.sentence.setText(fact)

    def _side(self, side: Saturation) -> str:
        return {
            Saturation.NONE: self.tr("nowhere"),
            Saturation.LEFT: self.tr("on the left"),
            Saturation.RIGHT: self.tr("on the right"),
            Saturation.BOTH: self.tr("on both sides"),
        }[side]

    def _maths(self, name: str, pixels: float = SET_PIXELS) -> MathLabel:
        label = MathLabel("", pixels)
        self._add(name, label)
        return label

    def _words(self, name: str) -> QLabel:
        label = Label()
        label.setWordWrap(True)
        self._add(name, label)
        return label

    def _add(self, name: str, widget: QWidget) -> None:
        row = self._grid.rowCount()
        title = Label(name)
        title.setProperty("role", "muted")
        title.setWordWrap(True)
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(widget, row, 1)


def _displayed(formula: str) -> str:
    """The right side of a definition such as σ(z) = …, its fractions at full size. A side condition stays."""
    head, sign, tail = formula.partition(" = ")
    right = tail if sign and "," not in head else formula
    return right.replace(r"\frac", r"\dfrac")
