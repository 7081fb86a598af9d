"""The field that an expression is typed into, what was found in it, and which edits are one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
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
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.widgets.labels import Label, Sentence
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.model import NO_PLACE
from engine.autodiff import FUNCTIONS

PAUSE = 1.0
"""Seconds without a letter that end a burst."""


class TypingRun:
    """Numbers the runs of an editor whose whole text is known after each change.

    A run ends after a pause, with a line, where writing turns into deleting, where more than one letter comes or goes
    at once, and where the cursor was moved by hand; but never at a text that cannot be read: nobody wants to come back
    to that. A line's end alone changes nothing, so it belongs to the run before it. ``readable``: whether the text can
    be, as far as that has been said since its last change.
    """

    def __init__(self, text: str = "") -> None:
        self._number, self._text = 0, text
        self._sort, self._last = "", 0.0
        self._changing = False
        self.readable = True

    def number_of(self, text: str, now: float) -> int:
        """The run that a change to this text belongs to; ``now``: seconds of any clock."""
        sort, alone = _sort_of(self._text, text)
        is_same = text.rstrip() == self._text.rstrip()
        goes_on = alone and bool(sort) and sort == self._sort and now - self._last <= PAUSE
        if self.readable and not goes_on and not is_same:
            self._number += 1
        self._sort, self._text, self._last = "" if is_same else sort, text, now
        self._changing, self.readable = True, False
        return self._number

    def interrupt(self) -> None:
        """The cursor has moved: by the change just made, or by hand, which ends the run."""
        if not self._changing:
            self._sort = ""
        self._changing = False

    def end(self, text: str) -> None:
        """The text is this one now, and what comes next is a run of its own."""
        self._sort, self._text = "", text


def _sort_of(before: str, after: str) -> tuple[str, bool]:
    """``"more"`` or ``"less"`` for a single letter that came or went, else nothing; and whether that is all that has
    changed: a line, or a letter in place of others, begins something new."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = next((i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), shorter - head)
    come, gone = after[head : len(after) - tail], len(before) - head - tail
    if not come:
        return ("less" if gone == 1 else ""), gone == 1
    return ("more" if len(come) == 1 else ""), len(come) == 1 and not gone and come != "\n"


MOST_LINES, AT_REST, ROOM_FOR_LINE = 7, 4, 180
"""More lines than this are scrolled: while one types, and while the keyboard is elsewhere. Then there is a line for so
many pixels of the page's height, for the drawing needs the room."""
PIXELS = 15
ROOM, PADDING = 10, 8
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
        self._resting_lines = AT_REST
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
        self._show_beginning()
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
        """Take the text as readable: typing after a pause is another step of undo."""
        self._run.readable = True

    def fit_page(self, height: int) -> None:
        """Show as many lines at rest as a page of this height has room for."""
        self._resting_lines = min(max(height // ROOM_FOR_LINE, 1), AT_REST)
        self._grow()

    def _grow(self) -> None:
        lines = min(max(self.blockCount(), 1), MOST_LINES if self.hasFocus() else self._resting_lines)
        room = ROOM if lines == self.blockCount() else PADDING  # what is out of sight is not half in sight
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It scrolled to the cursor while it was lower than it is now."""
        super().resizeEvent(event)
        self._show_beginning()

    def _show_beginning(self) -> None:
        """At rest, or where all has room, the first line is in sight, wherever the cursor is; at rest from its head."""
        if not self.hasFocus() or self.blockCount() <= MOST_LINES:
            self.verticalScrollBar().setValue(0)
        if not self.hasFocus():
            self.horizontalScrollBar().setValue(0)

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
            self._show_beginning()
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
    """Return the font that expressions are typed in."""
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


HINT_ROOM = 100
"""Pixels that stay free beside the text while the hint is shown, with all gaps."""
AROUND = 48
"""Pixels of all gaps of the line."""
MOST_SAID = 3
"""So many of the functions that a name may become are said."""


class FieldStatus(Enum):
    """How it is with what is typed."""

    READ = "read"
    AWAITED = "awaited"
    WRONG = "wrong"


class ExpressionField(QFrame):
    """The editor with ``y =`` before it, what was found in it behind it, and what is wrong with it beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = ExpressionEdit()
        self.lead = Label("y =")
        self.lead.setProperty("role", "muted")
        self.lead.setFont(typewriter())
        self.found = Label()
        self.hint = Label(self.tr("Enter: a line for a definition, such as t = x + y"))
        self.hint.setProperty("role", "muted")
        self.hint.hide()
        self.edit.attended.connect(self._make_room)
        self.edit.textChanged.connect(self._make_room)
        self.wrong = Sentence()
        self.wrong.setProperty("role", "problem")
        self.wrong.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.lead, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.edit, 1)
        line.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.found, 0, Qt.AlignmentFlag.AlignTop)
        self.lead.setContentsMargins(0, ROOM // 2, 0, 0)
        self.found.setContentsMargins(0, ROOM // 2 + 1, 0, 0)
        self.hint.setContentsMargins(0, ROOM // 2 + 1, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 1, 12, 1)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.wrong)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._standing, self._counts = FieldStatus.READ, ""
        theme.follow(self._restyle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What was counted gives way to the expression; its mark and tip stay."""
        if self._standing is FieldStatus.READ:
            whole, lead = f"✓ {self._counts}", self.lead.sizeHint().width() if self.lead.text() else 0
            metrics = self.edit.fontMetrics()
            widest = max(map(metrics.horizontalAdvance, self.edit.toPlainText().split("\n")))
            beside = lead + self.found.fontMetrics().horizontalAdvance(whole) + AROUND
            self.found.setText(whole if widest + beside <= self.width() else "✓")
            self.found.setToolTip(plain_tip(self._counts))
        self._show_hint()

    def _show_hint(self) -> None:
        """How to define something, while one types in a single line that leaves room for it."""
        edit = self.edit
        text = edit.toPlainText() or edit.placeholderText()
        beside = sum(label.sizeHint().width() for label in (self.hint, self.found, self.lead) if label.text())
        used = edit.fontMetrics().horizontalAdvance(text) + beside + HINT_ROOM
        self.hint.setVisible(edit.hasFocus() and edit.blockCount() == 1 and used < self.width())

    def say_found(self, found: str, result: str) -> None:
        """Show what was parsed. ``result`` names the value of the only line; empty where the line names it."""
        self.lead_with(result)
        self._be(FieldStatus.READ)
        self.edit.say_readable()
        self._counts = found
        self._make_room()
        self.wrong.hide()
        self.edit.underline(0, 0, 0, theme.colour("danger"))
        self.edit.setAccessibleDescription(found)

    def lead_with(self, result: str) -> None:
        """Write the name of the result before the text; nothing where the text names it."""
        self.lead.setText(f"{result} =")
        self.lead.setVisible(bool(result))

    def say_awaited(self, functions: Sequence[str]) -> None:
        """Show which functions the unfinished name may become."""
        self._be(FieldStatus.AWAITED)
        said = " ".join(f"{function}(" for function in functions[:MOST_SAID])
        self.found.setText(f"{said} … ?")
        self.found.setToolTip("")
        self._show_hint()
        self.wrong.hide()
        self.edit.underline(0, 0, 0, theme.colour("danger"))
        self.edit.setAccessibleDescription(self.tr("Not finished: {functions}").format(functions=self.found.text()))

    def say_wrong(self, sentence: str, kept: str, line: int, column: int, length: int) -> None:
        """Show what is wrong, and where; ``kept`` says what is shown meanwhile."""
        self._be(FieldStatus.WRONG)
        self.found.setText(kept)
        self.found.setToolTip("")
        self._show_hint()
        self.wrong.set_full_text(sentence)
        self.wrong.show()
        self.edit.underline(line, column, max(length, 1), theme.colour("danger"))
        self.edit.setAccessibleDescription(sentence)

    def _be(self, standing: FieldStatus) -> None:
        """Another look only where it is another: a style sheet costs milliseconds, and this follows every number."""
        if standing is not self._standing:
            self._standing = standing
            self._restyle()

    def _restyle(self) -> None:
        colours = theme.current()
        edge = colours.danger if self._standing is FieldStatus.WRONG else colours.border
        self.setStyleSheet(
            f"ExpressionField {{ background: {colours.surface}; border: 1.5px solid {edge}; border-radius: 9px; }}"
            f"QPlainTextEdit {{ background: transparent; border: none; padding: {PADDING // 2}px 0; }}"
        )
        shade = colours.good if self._standing is FieldStatus.READ else colours.text_muted
        self.found.setStyleSheet(f"color: {shade}; font-size: 12px; font-weight: 600;")
