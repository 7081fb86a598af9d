"""The one mark for every number on screen."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLineF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion

from app.kit.drawing import inks
from app.kit.drawing.marks import Keyed, Text, computed, mark, text_of
from app.kit.widgets.drag_number import NumberDrag

UNKNOWN = "?"
"""Stands for a number that is to be predicted."""


@mark
class Number(Text):
    """A number. It knows its value, so that the view can print, drag, type, hide, speak and copy it.

    ``text`` is how it is printed, by a style of :mod:`app.kit.numbers`; ``tip`` says which number it is. ``step``: what
    a key press, or a pixel of dragging, adds; None: it can't be changed. ``limits``: the least and the greatest value.
    ``ratios``: a pixel is a ratio instead. ``whole``: only whole numbers. ``hidden``: "?" stands there until it has
    been predicted, and nothing tells its value.
    """

    value: float = 0.0
    step: float | None = None
    limits: tuple[float, float] = (-math.inf, math.inf)
    ratios: bool = False
    whole: bool = False
    hidden: bool = False

    @property
    def printed(self) -> str:
        return UNKNOWN if self.hidden else self.text

    @property
    def editable(self) -> bool:
        """Return whether it can be dragged and typed over."""
        return self.step is not None and not self.hidden

    def new_drag(self) -> NumberDrag:
        """Return what turns the pointer's way, or key presses, into values."""
        return NumberDrag(*self.limits, self.step or 1.0, ratios=self.ratios, whole=self.whole)

    @property
    def how(self) -> str:
        """Return how it can be changed, in words."""
        if self.hidden:
            return QCoreApplication.translate("Number", "Hidden until you predict it.")
        if self.step is None:
            return ""
        return QCoreApplication.translate(
            "Number", "Drag left or right, or click and type. + and − change it. Shift is finer, Ctrl coarser."
        )

    @property
    def full_tip(self) -> str:
        """Return what its tooltip says: which number it is, and how it is changed."""
        return "\n".join(line for line in (text_of(self.tip), self.how) if line)

    def keyed(self) -> list[Keyed]:
        return [] if self.key is None else [Keyed(self.key, self.tip, self.ink_rect, self)]

    def say(self, tip: str) -> str:
        return ": ".join(part for part in (tip, self.how if self.hidden else self.text) if part)

    @computed
    def _underline(self) -> QLineF:
        left, top, width, height = self.ink_rect
        y = round(top + height - 1.5) + 0.5
        return QLineF(left, y, left + width, y)

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        super().paint(painter, exposed)
        if self.editable:
            pen = QPen(inks.colour("text_muted"), 1.0, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1.5, 2.0])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(self._underline)
