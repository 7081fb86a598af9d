"""The two GELUs: one by the error function, one by tanh, and how far apart they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.kit.formula.boxes import Maths
from app.kit.formula.view import FormulaView
from app.kit.numbers import fixed, scientific
from app.kit.widgets.labels import wrapped
from app.kit.widgets.segments import chip
from app.workspaces.activations.difference_plot import DifferencePlot
from app.workspaces.activations.shown import Shown
from engine.activations.comparison import Comparison
from engine.activations.difference import gelu_difference

FORMULA_PIXELS = 14.0
EXACT, APPROXIMATE = (
    r"x\,\Phi(x) = \frac{x}{2}\left(1 + \mathrm{erf}\,\frac{x}{\sqrt{2}}\right)",
    (r"\frac{x}{2}\left(1 + \tanh\sqrt{\frac{2}{\pi}}\,(x + 0.044715\,x^3)\right)"),
)


class GeluPart(QWidget):
    """``wanted(exact, tanh)``: which of the two are to be compared."""

    wanted = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = {
            "exact": chip(self.tr("exact"), self.tr("Compare the exact GELU alone, by the error function")),
            "tanh": chip(self.tr("tanh"), self.tr("Compare the tanh form alone, as many models have it")),
            "both": chip(self.tr("both"), self.tr("Compare the exact GELU with its tanh form")),
        }
        choice = QHBoxLayout()
        choice.setSpacing(4)
        for key, button in self.chips.items():
            button.clicked.connect(lambda _on=False, key=key: self._want(key))
            choice.addWidget(button)
        choice.addStretch(1)
        self.plot = DifferencePlot()
        self.words: QLabel = wrapped()
        title = QLabel(self.tr("exact − tanh"))
        title.setStyleSheet("font-size: 12px; font-weight: 600;")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(choice)
        for markup in (EXACT, APPROXIMATE):
            column.addWidget(FormulaView(Maths(markup), FORMULA_PIXELS))
        column.addWidget(title)
        column.addWidget(self.plot)
        column.addWidget(self.words)

    def _want(self, key: str) -> None:
        self.wanted.emit(key in ("exact", "both"), key in ("tanh", "both"))

    def show_comparison(self, value: Comparison, shown: Sequence[Shown]) -> None:
        """Mark which are compared, over this axis."""
        slots = {one.key: one.slot for one in shown}
        exact, approximate = "gelu" in slots, "gelu_tanh" in slots
        marked = {(True, True): "both", (True, False): "exact", (False, True): "tanh"}.get((exact, approximate))
        for key, button in self.chips.items():
            button.setChecked(key == marked)
        slot = slots.get("gelu", slots.get("gelu_tanh"))
        if slot != self.plot.slot:
            self.plot.slot = slot
            self.plot.update()
        self.plot.set_axis(value.low, value.high, value.cursor)
        at, most = gelu_difference()
        text = self.tr("at most {most}, at |x| = {x}: not visible in the plot of f")
        self.words.setText(text.format(most=scientific(abs(most)), x=fixed(abs(at))))
