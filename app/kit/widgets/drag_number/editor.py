"""The field that opens where a number stands, to type another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.kit import theme
from app.kit.numbers import bounds_words, no_number, read
from app.kit.widgets.drag_number.arithmetic import GREATEST
from app.kit.widgets.say_beside import say_beside


class NumberEditor(QLineEdit):
    """``done(number)``: what was typed. ``left``: nothing is to change. What is no number stays, marked as an error,
    and the mend is said."""

    done = Signal(float)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._number = parent
        self._first, self._wrong, self._open = "", False, False
        self.to_next: Callable[[bool], bool] | None = None
        """Where numbers stand in a drawing: opens the next one (True) or the one before; whether there is one."""
        self.textEdited.connect(self._forgive)
        self.returnPressed.connect(self.take)
        theme.follow(self._style)
        self.hide()

    def _style(self) -> None:
        colours = theme.current()
        edge = colours.danger if self._wrong else colours.accent
        self.setStyleSheet(
            f"QLineEdit {{ background: {colours.surface}; border: 1px solid {edge}; border-radius: 5px;"
            f" padding: 0 3px; min-height: 0; font-size: 12px; font-weight: 600; color: {colours.text}; }}"
        )

    def begin(self, text: str, typed: str = "") -> None:
        """Open on a number, or on the first character that was typed in its place."""
        self._first, self._open = text, True
        self._watch(on=True)
        self._forgive()
        self.setText(typed or text)
        if not typed:
            self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def open(self) -> bool:
        """Whether a number is being typed."""
        return self._open

    def _forgive(self) -> None:
        if self._wrong:
            self._wrong = False
            self._style()

    def take(self) -> None:
        """Take what was typed, where it is a number."""
        text = self.text().strip()
        value = read(text)
        if not text or text == self._first:
            self.put_away()
        elif value is None:
            self._refuse(text)
        else:
            self._close()
            self.done.emit(value)

    def _refuse(self, text: str) -> None:
        self._wrong = True
        self._style()
        self.selectAll()
        self._say(no_number(text, read(self._first) or 0.0))

    def say_bounds(self, value: float, low: float, high: float) -> None:
        """What was typed lies beyond the ends, or is no whole number: the nearest was taken."""
        self._say(bounds_words(value, max(low, -GREATEST), min(high, GREATEST)))

    def _say(self, words: str) -> None:
        say_beside(self._number, words, place=self.geometry(), urgent=True)

    def put_away(self) -> None:
        """Close without a change."""
        if self._open:
            self._close()
            self.left.emit()

    def _close(self) -> None:
        self._watch(on=False)
        self._open = False  # losing the focus would put it away once more
        if self.hasFocus():
            self._number.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt would give it to some neighbour
        self.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._open and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._leave()

    def _leave(self) -> None:
        """The hand is elsewhere: take what is a number, and leave the value where it is none."""
        if read(self.text()) is None:
            self.put_away()
        else:
            self.take()

    def _watch(self, *, on: bool) -> None:
        """See every press of the application, or no longer."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if on:
                application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press elsewhere leaves it, be it on what takes no focus from it: a drawing, or bare ground."""
        press = event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget)
        if press and self._open and watched is not self and cast(QWidget, watched).window() is self.window():
            self._leave()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()  # Qt would let the key through to the number, which opens by it
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab takes what was typed and goes on from where the number stands: this field itself came into the window
        last, and its neighbours there are at the other end of it."""
        self._leave()
        if self.to_next is not None and self.to_next(onward):
            return True
        return self._number.focusNextPrevChild(onward)

    def event(self, event: QEvent) -> bool:
        """Escape is the field's own while it is open, not a shortcut of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)
