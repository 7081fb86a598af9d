"""The field of an activation of one's own: one line of text, all of it in sight, and the place that is wrong in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from app.kit import theme
from app.kit.widgets.growing_text import GrowingText

PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The keyboard is elsewhere for a while, and comes back."""
UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class OwnField(GrowingText):
    """A text field of one line. ``edited(text)``: by hand. ``finished``: by Enter, which is ``entered`` before that, or
    the keyboard has gone elsewhere.

    Undo is of letters while what is typed is not in force, and the window's afterwards.
    """

    edited = Signal(str)
    entered = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.textChanged.connect(self._changed)

    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text, which is in force; nothing is told."""
        self._quiet = True
        try:
            self.setPlainText(text)
        finally:
            self._quiet = False
        self.take_on()

    @property
    def before_cursor(self) -> str:
        """What stands before the cursor; nothing where a letter or a bracket follows it, which belongs to that."""
        place, text = self.textCursor().position(), self.text()
        following = text[place : place + 1]
        return "" if following.isalnum() or following in ("_", "(") else text[:place]

    @property
    def waits(self) -> bool:
        """Whether what has been typed is not in force yet."""
        return self.document().isModified()

    def take_on(self) -> None:
        """What has been typed is in force: from now on undo is the window's."""
        self.document().setModified(False)

    def mark(self, start: int, length: int) -> None:
        """Draw a wave under the letters from ``start`` on; under the last one where that is their end, under none for a
        length of 0."""
        marked = QTextEdit.ExtraSelection()
        cursor, last = QTextCursor(self.document()), len(self.text())
        cursor.setPosition(max(min(start, last - 1), 0))
        cursor.setPosition(min(max(start + length, cursor.position() + 1), last), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(theme.colour("danger"))
        marked.cursor, marked.format = cursor, look  # type: ignore[attr-defined]
        self.setExtraSelections([marked] if length > 0 and last else [])

    @Slot()
    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit(self.text())

    # Hands --------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The keys of undo are the window's where there is nothing of one's own to be undone."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_the_windows(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def _is_the_windows(self, event: QKeyEvent) -> bool:
        return not self.waits and any(event.matches(key) for key in UNDO_KEYS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins no line: what was typed is what is meant."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            self.finished.emit()
        elif self._is_the_windows(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted or dropped becomes one line."""
        self.insertPlainText(" ".join(source.text().splitlines()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.finished.emit()
