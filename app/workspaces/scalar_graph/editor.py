"""The editor that an expression is typed into: one line that grows with its definitions."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from app.kit.words import plain_tip
from app.workspaces.scalar_graph.half_typed import NO_PLACE
from app.workspaces.scalar_graph.typing_run import TypingRun
from engine.autodiff import FUNCTIONS

MOST_LINES, AT_REST = 7, 1
"""More lines than this are scrolled: while one types, and while the keyboard is elsewhere, where the drawing has the
room."""
PIXELS = 15
ROOM, PADDING = 14, 10
"""Pixels over and under the lines, and as many of them as are never written in."""
STILL_HERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""A menu of its own, or another window, has the keyboard for a while."""
UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class ExpressionEdit(QPlainTextEdit):
    """Plain text, a definition a line. ``typed(text, run, place)``: by hand, up to a place; edits of one ``run`` are
    one step of undo. ``rested(place)``: the cursor is there, or nowhere; ``attended``: whether it has the keyboard.

    It has no undo of its own: the window's steps are the document's.
    """

    typed = Signal(str, int, int)
    rested = Signal(int)
    attended = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = TypingRun()
        self.clock: Callable[[], float] = monotonic
        self._quiet = False
        self._told = ""
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(typewriter())
        self.setPlaceholderText(self.tr("Type an expression, such as (x + y)^2"))
        self.setAccessibleName(self.tr("Expression"))
        tip = self.tr("An expression in + − × ÷ ^, pi, e and {functions}.\nA line of its own defines a name: t = x + y")
        self.setToolTip(plain_tip(tip.format(functions=", ".join(FUNCTIONS))))
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._run.interrupt)
        self.cursorPositionChanged.connect(self._rest)
        self._grow()

    def show_text(self, text: str) -> None:
        """Show another text, the cursor kept where it still makes sense; nothing is emitted."""
        now = self.toPlainText()
        if text == now:
            return
        at = _end_of_difference(now, text)
        self._quiet = True
        try:
            self.setPlainText(text)
        finally:
            self._quiet = False
        cursor = self.textCursor()
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        self._run.end(self.toPlainText())

    def underline(self, line: int, column: int, length: int, colour: QColor) -> None:
        """Draw a wave under ``length`` letters from ``column`` of ``line``, both from 0; none for a length of 0."""
        if length <= 0:
            self.setExtraSelections([])
            return
        block = self.document().findBlockByNumber(line)
        cursor = QTextCursor(block)
        start = min(column, max(block.length() - 1, 0))
        if start + length > block.length() - 1 and start > 0:
            start = max(
                0, block.length() - 1 - length
            )  # the end of the line is what is wrong: its last letter is shown
        cursor.setPosition(block.position() + start)
        end = min(block.position() + start + length, block.position() + max(block.length() - 1, 0))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(colour)
        marked = QTextEdit.ExtraSelection()
        marked.cursor, marked.format = cursor, look  # type: ignore[attr-defined]
        self.setExtraSelections([marked])

    @Slot()
    def _changed(self) -> None:
        self._grow()
        text = self._told = self.toPlainText()
        if not self._quiet:
            self.typed.emit(text, self._run.number_of(text, self.clock()), self.textCursor().position())

    @Slot()
    def _rest(self) -> None:
        """The cursor was moved by hand; a letter moves it too, and is told by itself."""
        if self.toPlainText() == self._told:
            self.rested.emit(self.textCursor().position())

    def say_readable(self) -> None:
        """What stands here can be read: typing that goes on after a pause is another step."""
        self._run.readable = True

    def _grow(self) -> None:
        lines = min(max(self.blockCount(), 1), MOST_LINES if self.hasFocus() else AT_REST)
        room = ROOM if lines == self.blockCount() else PADDING  # what is out of sight is not half in sight
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It scrolled to the cursor while it was lower than it is now."""
        super().resizeEvent(event)
        if not self.hasFocus() or self.blockCount() <= MOST_LINES:
            self.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._grow()
        self.attended.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STILL_HERE:
            self._grow()
        self.attended.emit(False)
        self.rested.emit(NO_PLACE)

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the window's, and so is Escape."""
        keyed = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if keyed and any(cast(QKeyEvent, event).matches(key) for key in UNDO_KEYS):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo that comes as a plain key event is not the field's own either."""
        if any(event.matches(key) for key in UNDO_KEYS):
            event.ignore()
            return
        super().keyPressEvent(event)


def typewriter() -> QFont:
    """What expressions are typed in."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(PIXELS)
    return font


def _end_of_difference(before: str, after: str) -> int:
    """The place in ``after`` behind what differs."""
    tail = 0
    while tail < min(len(before), len(after)) and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    head = 0
    while head < min(len(before), len(after)) - tail and before[head] == after[head]:
        head += 1
    return max(head, len(after) - tail)
