"""The one mark for every number on screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter, QRegion

from app.kit.drawing.marks import MarkPart, NumberInput, Text, mark, underline

UNKNOWN = "?"
"""Stands for a number that is to be predicted."""


@mark
class NumberMark(Text):
    """A number. It knows its value, so that the view can print, drag, type, hide, speak and copy it.

    ``text`` is how it is printed, by a style of :mod:`app.kit.numbers`; ``tip`` says which number it is. ``input``: how
    it is changed, None where it can't be. ``hidden``: "?" stands there until it has been predicted, and nothing tells
    its value.
    """

    value: float = 0.0
    input: NumberInput | None = None
    hidden: bool = False

    @property
    def printed(self) -> str:
        return UNKNOWN if self.hidden else self.text

    def keyed(self) -> list[MarkPart]:
        if self.key is None:
            return []
        if self.hidden:
            words = QCoreApplication.translate("NumberMark", "hidden until you predict it")
            return [MarkPart(self.key, self.tip, self.ink_rect, self, None, words)]
        return [MarkPart(self.key, self.tip, self.ink_rect, self, self.value, self.text, self.input)]

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        super().paint(painter, exposed)
        if self.input is not None and not self.hidden:
            left, top, width, height = self.ink_rect
            underline(painter, (left, top, width, height - 1.0))
