"""Controls derived from a kind's parameter model: a field's type and bounds say which control it gets."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.panels.inspector.names import label_of, tip_of
from app.widgets.number_field import NumberField
from app.widgets.scales import Linear, Listed, Scale
from app.widgets.slider import LabelledSlider
from engine.graph import Block

EVEN_UP_TO = 24
"""Whole numbers up to here lie evenly on a slider, larger ones by ratios."""
RATIO = 1.19
STEPS = 100
TINY = 1e-12
"""What stands in for an open bound."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value a field takes; infinite where there is none."""

    low: float
    high: float

    @property
    def finite(self) -> bool:
        """Whether a slider can span them."""
        return -inf < self.low and self.high < inf


def bounds_of(info: FieldInfo) -> Bounds:
    """The bounds that the model declares."""
    low, high = -inf, inf
    for item in info.metadata:
        if isinstance(item, Ge):
            low = float(item.ge)  # type: ignore[arg-type]  # numbers, as the field is one
        elif isinstance(item, Gt):
            low = float(item.gt) + TINY  # type: ignore[arg-type]
        elif isinstance(item, Le):
            high = float(item.le)  # type: ignore[arg-type]
        elif isinstance(item, Lt):
            high = float(item.lt) - TINY  # type: ignore[arg-type]
    return Bounds(low, high)


def whole_steps(low: int, high: int) -> Scale:
    """Every whole number while they are few, then ever wider steps."""
    values, value = [], low
    while value < high:
        values.append(value)
        value = value + 1 if value < EVEN_UP_TO else max(value + 1, round(value * RATIO))
    return Listed([*values, high])


class ParamControl(QWidget):
    """``edited(changes, gesture)``: by hand only; ``changes`` by field name, one gesture is one undo step."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(6)

    def show_block(self, block: Block) -> None:
        """Show what the block has; nothing is emitted."""
        raise NotImplementedError


class NumberControl(ParamControl):
    """A slider where both bounds are known, else a field that is scrubbed by ratios."""

    def __init__(self, name: str, whole: bool, bounds: Bounds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._whole = name, whole
        self.control = self._slider(bounds) if bounds.finite else self._field(bounds)
        self.control.edited.connect(self._tell)
        self.rows.addWidget(self.control)

    def _slider(self, bounds: Bounds) -> LabelledSlider:
        low, high = bounds.low, bounds.high
        scale = whole_steps(round(low), round(high)) if self._whole else Linear(low, high, (high - low) / STEPS)
        return LabelledSlider(label_of(self._name), scale, tip_of(self._name))

    def _field(self, bounds: Bounds) -> NumberField:
        ratios = bounds.low >= 0.0
        low, high = max(bounds.low, -1e300), min(bounds.high, 1e300)
        least = max(low, TINY)
        options = {"whole": self._whole, "log": ratios, "least": least}
        return NumberField(label_of(self._name), low, high, tip_of(self._name), **options)

    def _tell(self, value: float, gesture: str) -> None:
        self.edited.emit({self._name: round(value) if self._whole else value}, gesture)

    def show_block(self, block: Block) -> None:
        self.control.set_value(float(getattr(block.params, self._name)))


class SwitchControl(ParamControl):
    """A check box."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.box = QCheckBox(label_of(name))
        self.box.setToolTip(tip_of(name))
        self.box.setAccessibleName(label_of(name))
        self.box.clicked.connect(lambda on: self.edited.emit({name: bool(on)}, ""))
        self.rows.addWidget(self.box)

    def show_block(self, block: Block) -> None:
        self.box.setChecked(bool(getattr(block.params, self._name)))


def plain_control(name: str, info: FieldInfo) -> ParamControl | None:
    """The control of a number or a switch by the field's declaration; None for a field of another type."""
    types = {info.annotation, *get_args(info.annotation)}
    if bool in types:
        return SwitchControl(name)
    if int in types or float in types:
        return NumberControl(name, float not in types, bounds_of(info))
    return None
