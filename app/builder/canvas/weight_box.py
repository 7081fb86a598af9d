"""A number that is edited in place: typed, or turned with the wheel and the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

from app.kit.numbers import bounds_words, no_number, read, written
from app.kit.widgets.say_beside import say_beside

STEP = 0.05
LARGEST = 1e6
STORED_DECIMALS = 20
"""So many are kept; four significant digits are shown, so that a weight of 4·10⁻¹³ is not shown as 0."""
COMPACT = """
QDoubleSpinBox { padding: 1px 5px; min-height: 0; }
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; height: 0; subcontrol-origin: border; }
QLineEdit { padding: 0; border: none; min-height: 0; background: transparent; }
"""
"""The style sheet's spin boxes are larger, and keep room for their buttons even where there are none."""


class WeightBox(QDoubleSpinBox):
    """Shows a live weight. ``edited`` carries what the person has set; live values never come back as edits."""

    edited = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setDecimals(STORED_DECIMALS)
        self.setRange(-LARGEST, LARGEST)
        self.setSingleStep(STEP)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(COMPACT)
        self.setFixedWidth(72)
        self.valueChanged.connect(self.edited)
        self.editingFinished.connect(lambda: self.lineEdit().setModified(False))  # what was typed is in force

    def show_live(self, value: float) -> None:
        """Show the network's present value, unless the person is typing one."""
        if self.lineEdit().isModified() and self.hasFocus():
            return
        if value != self.value():
            untouched = self.untouched
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)
            if untouched:
                self.selectAll()

    @property
    def untouched(self) -> bool:
        """Whether all of it is selected, so that the next key replaces it."""
        line = self.lineEdit()
        return bool(line.text()) and line.selectedText() == line.text()

    def take_back(self) -> None:
        """Show the weight again in place of what was typed."""
        self.lineEdit().setText(written(self.value()))
        self.lineEdit().setModified(False)

    def textFromValue(self, value: float) -> str:
        """Four digits, whatever the size."""
        return written(value)

    def valueFromText(self, text: str) -> float:
        """What was typed; what is no number leaves the weight as it is, and so does what is only shown shortened."""
        value = read(text)
        return self.value() if value is None or text == written(self.value()) else value

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Anything may be typed: what is no weight is put right by :meth:`fixup`, which says why."""
        value = read(text)
        is_weight = value is not None and abs(value) <= LARGEST
        return (QValidator.State.Acceptable if is_weight else QValidator.State.Intermediate), text, at

    def fixup(self, text: str) -> str:
        """Take the nearest weight that is allowed, and say so; what is no number is left out, and that is said."""
        value = read(text)
        if value is None:
            if text.strip() and self.isVisible():
                say_beside(self, no_number(text), urgent=True)
            return written(self.value())
        say_beside(self, bounds_words(value, -LARGEST, LARGEST))
        return written(min(max(value, -LARGEST), LARGEST))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns the number, ten steps with Ctrl; it never scrolls the list around it."""
        super().wheelEvent(event)
        event.accept()
