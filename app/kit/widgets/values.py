"""The fields in which a number is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from app.kit import theme
from app.kit.numbers import bounds_words, in_powers, no_number, read, whole_number, written
from app.kit.widgets.say_beside import say_beside

CARET_ROOM = 6
"""What a line edit keeps free beside its text."""


class ValueEdit(QLineEdit):
    """A number without a frame, right-aligned; a wrong entry is put back, and that is said. ``unit`` stands behind it,
    ``shown`` writes it until the field has the keyboard.
    Where there is no room for all digits, a power of ten stands for them until the field has the keyboard.

    With ``optional`` the field may be left empty, which is ``None`` and shows ``nothing``.
    """

    edited = Signal(object)

    def __init__(
        self,
        low: float,
        high: float,
        *,
        unit: str = "",
        shown: Callable[[float], str] | None = None,
        whole: bool = False,
        optional: bool = False,
        nothing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._unit = low, high, unit
        self._whole, self._optional = whole, optional
        self._shown = shown or self._every_figure
        self._value: float | None = None
        self._laid = ""
        """The text as it was put in, before anybody types."""
        self.setPlaceholderText(nothing)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(72)
        self.editingFinished.connect(self._finish)
        theme.follow(self._style)

    def _style(self) -> None:
        colours = theme.current()
        self.setStyleSheet(
            "QLineEdit { background: transparent; border: none; padding: 0 1px; min-height: 16px;"
            " font-size: 12px; font-weight: 600;"
            f" color: {colours.text}; }} QLineEdit:focus {{ color: {colours.accent}; }}"
            f" QLineEdit:disabled {{ color: {colours.text_muted}; background: transparent; }}"
        )

    @property
    def value(self) -> float | None:
        """The value shown."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show a value; nothing is emitted."""
        self._value = value
        self._show()

    def _show(self) -> None:
        self._laid = text = self._shown_text() if self.hasFocus() else self._fitting_text()
        if text != self.text():  # else what is selected stays so
            self.setText(text)
        self.setModified(False)

    def bounded(self, value: float) -> float:
        """The nearest value that is allowed."""
        held = min(max(value, self._low), self._high)
        return round(held) if self._whole else held

    def take(self, value: float | None) -> None:
        """Change to a value by hand."""
        if value is not None:
            value = self.bounded(value)
        if value != self._value and (value is not None or self._optional):
            self._value = value
            self._show()
            self.edited.emit(value)

    def _finish(self) -> None:
        text = self.text().removesuffix(self._unit).strip()
        if not text and self._optional:
            self.take(None)
        elif text and self.text() != self._laid:
            value = read(text)
            if value is not None:
                self.take(value)
                self._say_bounds(value)
            elif self.isVisible():
                say_beside(self, no_number(text, self._example), urgent=True)
        self._show()
        if self.hasFocus():
            self.selectAll()  # what is typed next is another number

    @property
    def _example(self) -> float:
        """A number that may be typed: the one that stands there."""
        return self.bounded(0.5) if self._value is None else self._value

    def _say_bounds(self, value: float) -> None:
        """What was typed cannot be: say what can."""
        if value != self.bounded(value) and self.isVisible():
            say_beside(self, bounds_words(value, self._low, self._high))

    def _shown_text(self) -> str:
        return "" if self._value is None else self._every_figure(self._value)

    def _every_figure(self, value: float) -> str:
        return whole_number(value) if self._whole else written(value)

    def _fitting_text(self) -> str:
        """The value and its unit, in fewer digits where they are wider than the field."""
        if self._value is None:
            return ""
        texts = [f"{text} {self._unit}".strip() for text in (self._shown(self._value), in_powers(self._value))]
        metrics, room = self.fontMetrics(), self.contentsRect().width() - CARET_ROOM
        return next((text for text in texts if metrics.horizontalAdvance(text) <= room), texts[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.isModified():
            self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show()
        if event.reason() != Qt.FocusReason.MouseFocusReason:  # a click selects by itself, or places the caret
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()
        self.deselect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the entry back."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape with something typed is the field's own, not a shortcut of the window."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape and self.isModified():
            event.accept()
            return True
        return super().event(event)


class WholeSpinBox(QSpinBox):
    """A whole number with arrows. Beyond its bounds the nearest is taken, and that is said; Qt's own box swallows the
    digit that leads there."""

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Any whole number may be typed."""
        state, text, at = super().validate(text, at)
        beyond = state is QValidator.State.Invalid and self._typed(text) is not None
        return (QValidator.State.Intermediate if beyond else state), text, at

    def fixup(self, text: str) -> str:
        """Take the nearest number that is allowed."""
        value = self._typed(text)
        if value is None:
            return text
        if self.isVisible() and not self.minimum() <= value <= self.maximum():
            say_beside(self, bounds_words(value, self.minimum(), self.maximum()))
        return self.textFromValue(int(min(max(value, self.minimum()), self.maximum())))

    def _typed(self, text: str) -> float | None:
        digits = text.replace(self.locale().groupSeparator(), "").strip()
        return read(digits) if digits.removeprefix("-").isdecimal() else None
