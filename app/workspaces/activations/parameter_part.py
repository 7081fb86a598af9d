"""The numbers that some activations have: Leaky ReLU's γ and ELU's α."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.translation import worded
from app.kit.widgets.drag_number import ValueSlider
from engine.activations import activation
from engine.activations.comparison import PARAMETER_OF, Comparison


class ParameterPart(QWidget):
    """``moved(field, value)``: by hand, until ``settled``."""

    moved = Signal(str, float)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.sliders: dict[str, ValueSlider] = {}
        for key, field in PARAMETER_OF.items():
            parameter = activation(key).parameter
            assert parameter is not None
            tip = {
                "gamma": self.tr("The slope on the left: with γ above 0 a unit that is off still gets a gradient"),
                "alpha": self.tr("How far down it settles on the left; only at α = 1 it has no kink"),
            }[field]
            slider = ValueSlider(
                f"{worded(activation(key).label)} $\\{field}$",
                parameter.default,
                parameter.minimum,
                parameter.maximum,
                0.01,
                tip=tip,
            )
            slider.moved.connect(lambda value, field=field: self.moved.emit(field, value))
            slider.settled.connect(self.settled)
            self.sliders[field] = slider
            column.addWidget(slider)

    def show_comparison(self, value: Comparison) -> bool:
        """Show the numbers of those that are compared; False where none of them has one."""
        chosen = {one.key for one in value.chosen}
        for key, field in PARAMETER_OF.items():
            slider = self.sliders[field]
            slider.setVisible(key in chosen)
            if getattr(value, field) != slider.value:
                slider.set_value(getattr(value, field))
        return not chosen.isdisjoint(PARAMETER_OF)
