"""A card with a title, a formula, and worked lines under it, each number under its symbol."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import zip_longest

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.kit.formula.boxes import Box
from app.kit.formula.view import FormulaView
from app.kit.widgets.labels import wrapped
from app.workspaces.scalar_graph.rule_rows import FORMULA, SIZE
from app.workspaces.scalar_graph.signs import lowered

LONGEST_WHY = 16
"""Letters of a formula that a button repeats."""
USUAL_LINES = 2
"""Of most rules; others get theirs when they are shown."""


class WorkedCard(QFrame):
    """A title, a formula and worked lines, one under another. ``asked(key)``: one of its numbers was clicked."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = wrapped("", None)
        self.title.setStyleSheet("font-size: 15px; font-weight: 600;")
        self.formula = FormulaView(None, FORMULA, ground="surface")
        self.lines: list[FormulaView] = []
        self.why = QPushButton(self.tr("Why?"))
        self.why.setProperty("role", "link")
        self.why.setCursor(Qt.CursorShape.PointingHandCursor)
        self.why.setToolTip(self.tr("How this derivative comes about from those of the parts, line by line"))
        self.why.setAccessibleName(self.tr("Why this derivative"))
        self.why.clicked.connect(self._ask_why)
        self.why.hide()
        self._why: Hashable | None = None
        self.worked_lines = QFrame()
        self.worked_lines.setProperty("role", "card")
        self._lines_column = QVBoxLayout(self.worked_lines)
        self._lines_column.setContentsMargins(10, 10, 10, 10)
        self._lines_column.setSpacing(12)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(12)
        for part in (self.title, self.formula, self.worked_lines):
            column.addWidget(part)
        for _ in range(USUAL_LINES):
            self._add_line()
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_line(self) -> None:
        line = FormulaView(None, SIZE, self, align="across", ground="surface")
        line.chosen.connect(self.asked)
        line.setToolTip(self.tr("Click a number: where does it come from?"))
        line.hide()
        self.lines.append(line)
        self._lines_column.addWidget(line)

    def offer_why(self, key: Hashable | None, short: str = "") -> None:
        """Offer to say why a derivative is this short formula; None: there is nothing to be said."""
        self._why = key if short else None
        self.why.setVisible(self._why is not None)
        self.why.setText(
            self.tr("Why {formula}?").format(formula=lowered(short)) if len(short) <= LONGEST_WHY else self.tr("Why?")
        )

    @Slot()
    def _ask_why(self) -> None:
        if self._why is not None:
            self.asked.emit(self._why)

    def show_lines(self, boxes: list[Box]) -> None:
        """Show these worked lines."""
        while len(self.lines) < len(boxes):
            self._add_line()
        for line, box in zip_longest(self.lines, boxes):
            line.setVisible(box is not None)
            if box is not None:
                line.set_box(box)
        self.worked_lines.setVisible(bool(boxes))
        self.setAccessibleDescription("; ".join(line.accessibleName() for line in self.lines if not line.isHidden()))

    def minimumSizeHint(self) -> QSize:
        """What is too wide for the column is written smaller."""
        return QSize(0, super().minimumSizeHint().height())
