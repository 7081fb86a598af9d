"""The activation of the selected block: choose it, see its curve over the live z, compare it with another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.activation_plot import ActivationPlot
from app.panels.curve_card import ActivationPicker
from app.plots.numbers import percent
from app.typeset import MathLabel
from app.widgets.choice import Choice
from app.widgets.labels import wrapped
from engine.activations import ACTIVATIONS, Activation, Saturation, activation
from engine.training.snapshot import LayerStats


class ActivationPanel(QWidget):
    """``picked(key)``: chosen. ``previewed(key or None)``: hovered, or no longer.

    ``details`` holds the formulas and facts, for a place further down.
    """

    picked = Signal(str)
    previewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = "tanh"
        self._alpha: float | None = None
        self.picker = ActivationPicker()
        self.picker.picked.connect(self.picked)
        self.picker.previewed.connect(self._preview)
        self.plot = ActivationPlot()
        self.health = wrapped()
        self.formula = MathLabel("", 17.0)
        self.slope = MathLabel("", 15.0, colour="text_muted")
        self.facts = wrapped()
        others = [("", self.tr("compare with…"))]
        others += [(one.key, one.label) for one in ACTIVATIONS.values() if one.elementwise]
        self.compare = Choice(self.tr("Compare with"), others, self.tr("Lay a second activation's curves over it"))
        self.compare.picked.connect(lambda key: self.plot.set_other(key or None))
        self.details = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        above = (self.picker, self.plot, self.health, self.compare)
        for place, widgets in ((self, above), (self.details, (self.formula, self.slope, self.facts))):
            rows = QVBoxLayout(place)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(7)
            for widget in widgets:
                rows.addWidget(widget)

    def set_activation(self, key: str, alpha: float | None, *, fixed: bool) -> None:
        """Show the block's activation; ``fixed`` ones come with the loss and are not chosen."""
        self._key, self._alpha = key, alpha
        self.picker.setVisible(not fixed)
        self.picker.choose(key)
        self.compare.setVisible(not fixed)
        function = activation(key)
        self.plot.setVisible(function.elementwise)
        self._show(function, alpha)

    def set_stats(self, stats: LayerStats | None) -> None:
        """The layer's live numbers; None where the block is not probed."""
        self.plot.set_histogram(stats.z_histogram if stats is not None else None)
        self.health.setVisible(stats is not None)
        if stats is not None:
            text = self.tr("{saturated} of the units saturated · {dead} dead")
            self.health.setText(text.format(saturated=percent(stats.saturated), dead=percent(stats.dead)))

    def _show(self, function: Activation, alpha: float | None) -> None:
        if function.elementwise:
            self.plot.set_function(function.key, alpha)
        self.formula.set_text(rf"f(z) = {_right_side(function.formula)}")
        self.slope.set_text(rf"f'(z) = {function.derivative_formula}, \quad f \in {function.output_set}")
        self.facts.setText(f"{facts_of(self, function)}. {function.fact}")

    def _preview(self, key: str | None) -> None:
        self._show(activation(key or self._key), self._alpha if key in (None, self._key) else None)
        self.previewed.emit(key)


def _right_side(formula: str) -> str:
    """What stands behind the last equals sign of a definition such as σ(z) = …"""
    return formula.split(" = ", 1)[-1] if " = " in formula else formula


def facts_of(panel: QWidget, function: Activation) -> str:
    """Continuous, differentiable, zero-centred, saturating: in words."""
    sides = {
        Saturation.NONE: panel.tr("saturates nowhere"),
        Saturation.LEFT: panel.tr("saturates on the left"),
        Saturation.RIGHT: panel.tr("saturates on the right"),
        Saturation.BOTH: panel.tr("saturates on both sides"),
    }
    words = [
        panel.tr("Continuous") if function.continuous else panel.tr("Not continuous"),
        panel.tr("differentiable everywhere") if function.differentiable else panel.tr("has a kink or a jump"),
        panel.tr("zero-centred") if function.zero_centred else panel.tr("not zero-centred"),
        sides[function.saturates],
    ]
    return ", ".join(words)
