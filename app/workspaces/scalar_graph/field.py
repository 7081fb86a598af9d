"""The field over the canvas: the editor, and what was found in what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.widgets.labels import Label, Sentence
from app.workspaces.scalar_graph.editor import PADDING, ROOM, ExpressionEdit, typewriter

HINT_ROOM = 100
"""What stays free beside the text where the hint is shown, with all gaps."""
MOST_SAID = 3
"""So many of the functions that a name may become are said."""


class Standing(Enum):
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
        self.edit.attended.connect(self._show_hint)
        self.edit.textChanged.connect(self._show_hint)
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
        column.setContentsMargins(12, 2, 12, 2)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.wrong)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._standing = Standing.READ
        theme.follow(self._restyle)

    def _show_hint(self) -> None:
        """How to define something, while one types in a single line that leaves room for it."""
        edit = self.edit
        text = edit.toPlainText() or edit.placeholderText()
        beside = sum(one.sizeHint().width() for one in (self.hint, self.found, self.lead) if one.text())
        used = edit.fontMetrics().horizontalAdvance(text) + beside + HINT_ROOM
        self.hint.setVisible(edit.hasFocus() and edit.blockCount() == 1 and used < self.width())

    def say_found(self, found: str, result: str) -> None:
        """What the parser made of it, which is right; ``result``: what its only line comes to, empty where it says."""
        self.lead_with(result)
        self._be(Standing.READ)
        self.edit.say_readable()
        self.found.setText(f"✓ {found}")
        self._show_hint()
        self.wrong.hide()
        self.edit.underline(0, 0, 0, theme.colour("danger"))
        self.edit.setAccessibleDescription(found)

    def lead_with(self, result: str) -> None:
        """What its only line comes to; nothing where the line says it."""
        self.lead.setText(f"{result} =")
        self.lead.setVisible(bool(result))

    def say_awaited(self, functions: Sequence[str]) -> None:
        """What stands at the end may become these functions; nothing is wrong so far."""
        self._be(Standing.AWAITED)
        said = " ".join(f"{one}(" for one in functions[:MOST_SAID])
        self.found.setText(f"{said} … ?")
        self._show_hint()
        self.wrong.hide()
        self.edit.underline(0, 0, 0, theme.colour("danger"))
        self.edit.setAccessibleDescription(self.tr("Not finished: {functions}").format(functions=self.found.text()))

    def say_wrong(self, sentence: str, kept: str, line: int, column: int, length: int) -> None:
        """What is wrong with it, and where; ``kept`` says what is shown meanwhile."""
        self._be(Standing.WRONG)
        self.found.setText(kept)
        self._show_hint()
        self.wrong.set_full_text(sentence)
        self.wrong.show()
        self.edit.underline(line, column, max(length, 1), theme.colour("danger"))
        self.edit.setAccessibleDescription(sentence)

    def _be(self, standing: Standing) -> None:
        """Another look only where it is another: a style sheet costs milliseconds, and this follows every number."""
        if standing is not self._standing:
            self._standing = standing
            self._restyle()

    def _restyle(self) -> None:
        colours = theme.current()
        edge = colours.danger if self._standing is Standing.WRONG else colours.border
        self.setStyleSheet(
            f"ExpressionField {{ background: {colours.surface}; border: 1.5px solid {edge}; border-radius: 9px; }}"
            f"QPlainTextEdit {{ background: transparent; border: none; padding: {PADDING // 2}px 0; }}"
        )
        shade = colours.good if self._standing is Standing.READ else colours.text_muted
        self.found.setStyleSheet(f"color: {shade}; font-size: 12px; font-weight: 600;")
