"""A slope in a box of its own, as large as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.tone import restyle

MARGIN = 10
LARGE, WORDS, LEAST = 18, 14, 11
"""Pixels: of a number, of words in its place, and of what has little room."""
CAPTION = 15.0
"""The height of an em in the maths over a number, in pixels."""


class Figure(QFrame):
    """A number in a box of its own, with what it is over it, in words and as maths."""

    clicked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel(words, "note")
        self.caption = MathLabel("", CAPTION)
        self.number = Label()
        self.number.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._size, self._colour = WORDS, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 6, MARGIN, 6)
        column.setSpacing(1)
        column.addWidget(self.words)
        column.addWidget(self.caption)
        column.addWidget(self.number)
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """The number gives way: it is written smaller."""
        return QSize(0, super().minimumSizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_number(self, text: str, value: float | None, *, hollow: bool = False) -> None:
        """A number in the colour of its sign, or of a fault where it is ``hollow``; muted words where there is none."""
        colours = theme.current()
        known = value is not None
        colour = look.signed_text(value).name() if value is not None else colours.text_muted
        self._colour, self._size = colours.danger if hollow else colour, LARGE if known else WORDS
        self.number.setText(text)
        self._fit()
        line = "solid" if known else "dashed"
        restyle(
            self,
            f"Figure {{ border: 1px {line} {colours.border}; border-radius: 7px; background: {colours.raised}; }}",
        )
        self.setAccessibleName(f"{self.words.full_text} {self.caption.accessibleName()}: {text}")

    def _fit(self) -> None:
        """Write the number as large as it goes into the box."""
        font = QFont(self.number.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(self._size)
        wide = QFontMetricsF(font).horizontalAdvance(self.number.text())
        room = self.width() - 2 * MARGIN - 2
        size = self._size if wide <= room else max(LEAST, int(self._size * room / wide))
        restyle(self.number, f"font-size: {size}px; font-weight: 600; color: {self._colour};")
