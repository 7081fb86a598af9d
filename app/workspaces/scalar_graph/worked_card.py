"""A card with a title, a formula beside it, and worked lines under them, each number under its symbol."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import zip_longest

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.formula.boxes import Box, lay_out
from app.kit.formula.view import FormulaView
from app.kit.widgets.labels import Label
from app.workspaces.scalar_graph.rule_rows import SIZE, SMALL, side_by_side
from app.workspaces.scalar_graph.signs import lowered

LOWEST, NARROWEST, AIR = 118, 320, 26
"""Pixels: of a card, and of what is kept free round and between its parts."""
AROUND = 36
"""Pixels beside a line."""
LONGEST_WHY = 16
"""Letters of a formula that a button repeats."""
USUAL_LINES = 2
"""Of most rules; others get theirs when they are shown."""
READABLE = 0.7
"""A formula may be shrunk so far."""


class WorkedCard(QFrame):
    """A title, a formula beside it, and the worked line under them. ``asked(key)``: one of its numbers was clicked."""

    asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        """``stacked``: two lines stand one under the other, for a narrow column; else side by side."""
        super().__init__(parent)
        self._stacked, self._reserved = stacked, 0
        self.setProperty("role", "card")
        self.title = Label(title)
        self.formula = FormulaView(None, SMALL, alignment=Qt.AlignmentFlag.AlignRight)
        self.formula.set_ground("surface")  # else what lies under the card is painted for every number on it
        self.lines: list[FormulaView] = []
        self.why = QPushButton(self.tr("Why?"))
        self.why.setProperty("role", "link")
        self.why.setCursor(Qt.CursorShape.PointingHandCursor)
        self.why.setToolTip(self.tr("How this derivative comes about from those of the parts, line by line"))
        self.why.setAccessibleName(self.tr("Why this derivative"))
        self.why.clicked.connect(self._ask_why)
        self.why.hide()
        self._why: Hashable | None = None
        head = QHBoxLayout()
        head.addWidget(self.title)
        if not stacked:
            head.addWidget(self.why)
        head.addWidget(self.formula, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        for _ in range(USUAL_LINES):
            self._add_line()
        if stacked:
            column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
            column.addStretch(1)

    def _add_line(self) -> None:
        line = FormulaView(None, SIZE, self, alignment=Qt.AlignmentFlag.AlignHCenter)
        line.set_ground("surface")
        line.clicked.connect(self.asked)
        line.setToolTip(self.tr("Click a number: where does it come from?"))
        line.hide()
        self.lines.append(line)
        self._column.insertWidget(len(self.lines), line)

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

    def show_formula(self, choices: list[Box]) -> None:
        """Show the first of the formulas that can be read beside the title."""
        room = max(self.width(), NARROWEST) - self.title.sizeHint().width() - 44
        room -= self.why.sizeHint().width() if self._why is not None else 0
        laid = ((box, lay_out(box, SMALL)) for box in choices)
        self.formula.set_box(*next(one for one in laid if one[1].width * READABLE <= room))

    def show_lines(self, boxes: list[Box]) -> None:
        """Show these worked lines, each as large as if it were alone."""
        if not self._stacked and len(boxes) > 1:
            boxes = [side_by_side(boxes)]
        while len(self.lines) < len(boxes):
            self._add_line()
        for line, box in zip_longest(self.lines, boxes):
            line.setVisible(box is not None)
            if box is not None:
                line.set_box(box)
        self.setAccessibleDescription("; ".join(line.accessibleName() for line in self.lines if not line.isHidden()))

        if self._stacked:
            self._reserved = max(self._reserved, super().sizeHint().height())

    def reserve(self, height: float) -> None:
        """Be as high from now on as formula and lines of so many pixels need, whatever there is to be shown; higher
        where more has been shown since. Only of cards in a column: over the canvas others say how high they are."""
        self._reserved = AIR + round(height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """In a column it is as wide as that, and what is too wide for it is written smaller."""
        hint = super().sizeHint()
        wide = NARROWEST if self._stacked else max(NARROWEST, hint.width())
        return QSize(wide, max(LOWEST, hint.height(), self._reserved))

    def minimumSizeHint(self) -> QSize:
        """In a column it keeps its height."""
        hint = super().minimumSizeHint()
        return QSize(0, max(hint.height(), self._reserved)) if self._stacked else hint
