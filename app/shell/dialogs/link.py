"""Open link: a field for the link, and under it the sentence of what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.kit.translation import sentence_of
from app.kit.widgets.labels import Label
from app.kit.widgets.search import let_clear
from engine.problems import Problem

LONGEST = 100_000
"""Characters that the field takes: more is no link, and is said to be too long."""
PROBLEM_HEIGHT = 50
"""Room for the three lines of a long sentence, so that nothing moves when it comes."""


class LinkDialog(QDialog):
    """``problem_with`` says what is wrong with a text; a link that it finds nothing wrong with is accepted.
    ``example``: how a link begins."""

    def __init__(self, problem_with: Callable[[str], Problem | None], example: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._problem_with = problem_with
        self.setObjectName("linkDialog")
        self.setWindowTitle(self.tr("Open link"))
        self.setMinimumWidth(640)
        label = Label(self.tr("&Link to a network"))
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setPlaceholderText(example)
        self.field.setAccessibleName(self.tr("Link"))
        self.field.setToolTip(self.tr("The whole address, including the part after #"))
        let_clear(self.field)
        self.field.textChanged.connect(self._follow)
        label.setBuddy(self.field)
        self.problem = Label()
        self.problem.setWordWrap(True)
        self.problem.setProperty("role", "problem")
        self.problem.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.problem.setMinimumHeight(PROBLEM_HEIGHT)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self.open_button = buttons.button(QDialogButtonBox.StandardButton.Open)
        self.open_button.setToolTip(self.tr("Open it instead of the current network"))
        for button in buttons.buttons():
            button.setIcon(QIcon())  # some desktops would put their own there
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        for widget in (label, self.field, self.problem, buttons):
            column.addWidget(widget)
        self._prefill()
        self._follow()

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.text().strip()

    def _prefill(self) -> None:
        """Take the clipboard's link, if it holds one that can be opened."""
        text = QGuiApplication.clipboard().text().strip()
        if text and len(text) <= LONGEST and self._problem_with(text) is None:
            self.field.setText(text)
            self.field.setSelection(len(text), -len(text))  # backwards: the beginning is in sight

    @Slot()
    def _follow(self) -> None:
        """What was wrong with another text is so no more."""
        self.problem.setText("")
        self.open_button.setEnabled(bool(self.text))

    def accept(self) -> None:
        """Close with the link, or say what is wrong with it and stay."""
        problem = self._problem_with(self.text)
        if problem is None:
            super().accept()
            return
        self.problem.setText(sentence_of(problem))
        self.problem.setAccessibleName(self.problem.text())
        self.field.setFocus()
