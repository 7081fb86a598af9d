"""Lines of words and maths: ``typeset(text, size_px)`` sets one, :class:`MathLabel` shows one."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.formula.boxes import Box, LaidOut, Maths, Row, Words, lay_out
from app.kit.formula.laid_out import MOST_BYTES, formula_bytes
from app.kit.kept_within import kept_within
from app.kit.plain_maths import plain_text as plain_text  # both are wanted together
from app.kit.widgets.painted import Painted


@kept_within(MOST_BYTES, formula_bytes)
def typeset(text: str, size_px: float) -> LaidOut:
    """Set a line: maths as a whole, or words with ``$…$`` between them. Bad markup is set as plain text."""
    return lay_out(box_of_line(text), size_px)


def box_of_line(text: str) -> Box:
    """Return a line as boxes. Without a dollar sign all is maths; an unmatched one makes all words."""
    runs = re.split(r"(?<!\\)\$", text)
    if len(runs) == 1:
        return Maths(text)
    if len(runs) % 2 == 0:
        return Words(text)
    return Row(tuple(Maths(run) if place % 2 else Words(run) for place, run in enumerate(runs) if run))


def paint_line(painter: QPainter, line: LaidOut, x: float, baseline: float, colour: str = "text") -> None:
    """Paint a set line at (x, baseline) in a colour of the theme, by its name there."""
    line.paint(painter, x, baseline, colour=colour)


class MathLabel(Painted):
    """A line of maths (or words with ``$…$``) in a theme colour; too large a line shrinks, nothing is cut."""

    def __init__(
        self,
        text: str = "",
        size_px: float = 18.0,
        parent: QWidget | None = None,
        *,
        colour: str = "text",
    ) -> None:
        super().__init__(parent)
        self._text, self._size, self._colour = "", size_px, colour
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    @property
    def text(self) -> str:
        """The markup shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another line."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(plain_text(text))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        line = typeset(self._text, self._size)
        return QSize(round(line.width + 2.5), round(max(line.height, self._size) + 4.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        line = typeset(self._text, self._size)
        if line.width <= 0.0:
            return
        scale = min(1.0, (self.width() - 2) / line.width, self.height() / line.height)
        box = QRectF(self.rect())
        baseline = box.center().y() + scale * (line.ascent - line.descent) / 2
        painter.translate(1.0, baseline)
        painter.scale(scale, scale)
        paint_line(painter, line, 0.0, 0.0, self._colour)
