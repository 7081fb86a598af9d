"""A slider between its name and its value, which can also be typed, and the scales it goes by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from app.kit.numbers import written
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.values import ValueEdit
from app.kit.words import plain_tip

NAME_WIDTH, VALUE_WIDTH = 64, 58


class StillSlider(QSlider):
    """Scrolling the column over it changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LabelledSlider(QWidget):
    """Name left, value right, the slider between them.

    ``edited(value, gesture)``: by hand only; all edits of one drag carry the same gesture, a typed value its own.
    ``hard``: the least and greatest value that may be typed, where they lie beyond the slider's ends.
    """

    edited = Signal(float, str)

    def __init__(
        self,
        label: str,
        scale: SliderScale,
        tip: str,
        *,
        unit: str = "",
        hard: tuple[float, float] | None = None,
        shown: Callable[[float], str] = written,
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._scale = label, scale
        self._gesture = new_gesture(label)
        low, high = hard or (scale.value_at(0), scale.value_at(scale.last))
        self.slider = StillSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, scale.last)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = ValueEdit(low, high, unit=unit, shown=shown, whole=whole)
        self.label = ElidedLabel(label)
        self._lay_out()
        for widget in (self, self.slider, self.field):
            widget.setToolTip(plain_tip(tip))
            widget.setAccessibleName(label)
        self.slider.sliderPressed.connect(self._begin)
        self.slider.valueChanged.connect(self._slid)
        self.field.edited.connect(self._typed)
        self.set_value(low)

    def _lay_out(self) -> None:
        self.label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.label.setFixedWidth(NAME_WIDTH)
        self.field.setFixedWidth(VALUE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)

    @property
    def value(self) -> float:
        """The value shown."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a value; nothing is emitted."""
        self._value = value
        self.field.set_value(value)
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(self._scale.position_of(value))
        self.slider.blockSignals(blocked)

    def _begin(self) -> None:
        self._gesture = new_gesture(self._name)

    def _slid(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self._begin()
        self._take(self._scale.value_at(position))

    def _typed(self, value: float) -> None:
        self._begin()
        self._take(value)

    def _take(self, value: float) -> None:
        if value != self._value:
            self.set_value(value)
            self.edited.emit(value, self._gesture)


class SliderScale(Protocol):
    """Positions 0 … ``last`` of a slider and the values they stand for."""

    @property
    def last(self) -> int:
        """The rightmost position."""

    def value_at(self, position: int) -> float:
        """The value at a position."""

    def position_of(self, value: float) -> int:
        """The position nearest to a value, which may lie outside."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Even steps from ``low`` to ``high``."""

    low: float
    high: float
    step: float = 1.0

    @property
    def last(self) -> int:
        return round((self.high - self.low) / self.step)

    def value_at(self, position: int) -> float:
        return round(self.low + position * self.step, 10)

    def position_of(self, value: float) -> int:
        return min(max(round((value - self.low) / self.step), 0), self.last)


@dataclass(frozen=True, slots=True)
class Listed:
    """The values of a list in ascending order."""

    values: Sequence[float]

    @property
    def last(self) -> int:
        return len(self.values) - 1

    def value_at(self, position: int) -> float:
        return self.values[position]

    def position_of(self, value: float) -> int:
        held = min(max(value, self.values[0]), self.values[-1])  # far beyond, all would be as near as each other
        return min(range(len(self.values)), key=lambda at: abs(self.values[at] - held))
