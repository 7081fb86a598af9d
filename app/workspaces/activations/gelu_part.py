"""The two GELUs: one by the error function, one by tanh, and how far apart they are."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.kit.formula.view import FormulaView
from app.kit.numbers import fixed, scientific
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.segments import chip
from app.workspaces.activations.difference_plot import DifferencePlot
from app.workspaces.activations.gelu_formulas import approximate, exact
from app.workspaces.activations.keys import GAP
from app.workspaces.activations.number_link import NumberLink
from app.workspaces.activations.shown import Shown
from engine.activations.comparison import Comparison
from engine.activations.difference import gelu_difference

FORMULA_PIXELS = 14.0


class GeluPart(QWidget):
    """``wanted(exact, tanh)``: which of the two are to be compared. ``asked(key)``: where a number comes from.
    ``pointed(key or None)``: at a symbol of the formulas."""

    asked = Signal(object)
    pointed = Signal(object)
    wanted = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = {
            "exact": chip(self.tr("exact"), self.tr("Compare the exact GELU alone, by the error function")),
            "tanh": chip(self.tr("tanh"), self.tr("Compare the tanh form alone, as many models have it")),
            "both": chip(self.tr("both"), self.tr("Compare the exact GELU with its tanh form")),
        }
        self.state = ""
        """Which of the two are compared, in a word; empty where none is."""
        choice = QHBoxLayout()
        choice.setSpacing(4)
        for key, button in self.chips.items():
            button.clicked.connect(lambda _on=False, key=key: self._want(key))
            choice.addWidget(button)
        choice.addStretch(1)
        self.plot = DifferencePlot()
        self.words: QLabel = wrapped()
        self.most = NumberLink(self.tr("largest difference"), self.tr("Where does this number come from?"), pixels=12)
        self.most.clicked.connect(lambda: self.asked.emit((GAP,)))
        title = Label(self.tr("exact − tanh"))
        title.setStyleSheet("font-size: 12px; font-weight: 600;")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(choice)
        self.formulas = tuple(FormulaView(box, FORMULA_PIXELS, walkable=True) for box in (exact(), approximate()))
        for formula in self.formulas:
            formula.pointed.connect(self.pointed)
            column.addWidget(formula)
        column.addWidget(title)
        column.addWidget(self.plot)
        column.addLayout(self._most_row())
        column.addWidget(self.words)

    def _most_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        begin = Label(self.tr("at most"))
        begin.setProperty("role", "muted")
        for widget in (begin, self.most):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def light(self, keys: Collection[Hashable]) -> None:
        """Make the symbols of these keys stand out."""
        for formula in self.formulas:
            formula.light(keys)

    def _want(self, key: str) -> None:
        self.wanted.emit(key in ("exact", "both"), key in ("tanh", "both"))

    def show_comparison(self, value: Comparison, shown: Sequence[Shown]) -> None:
        """Mark which are compared, over this axis."""
        slots = {one.key: one.slot for one in shown}
        exact, approximate = "gelu" in slots, "gelu_tanh" in slots
        marked = {(True, True): "both", (True, False): "exact", (False, True): "tanh"}.get((exact, approximate))
        for key, button in self.chips.items():
            button.setChecked(key == marked)
        self.state = self.chips[marked].text() if marked is not None else ""
        slot = slots.get("gelu", slots.get("gelu_tanh"))
        if slot != self.plot.slot:
            self.plot.slot = slot
            self.plot.update()
        self.plot.set_axis(value.low, value.high, value.cursor)
        at, most = gelu_difference()
        self.most.say(scientific(abs(most)))
        where = self.tr("at |x| = {x}:").format(x=fixed(abs(at)))
        self.words.setText(f"{where} {self.tr('not visible in the plot of f')}")
