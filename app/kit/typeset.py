"""Lines of words and maths: ``typeset(text, size_px)`` sets one, :class:`MathLabel` shows one."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.kit.formula.boxes import LaidOut, box_of_line
from app.kit.formula.boxes import typeset as typeset  # all three are wanted together
from app.kit.formula.view import FormulaView
from app.kit.plain_maths import plain_text as plain_text


def paint_line(painter: QPainter, line: LaidOut, x: float, baseline: float, colour: str = "text") -> None:
    """Paint a set line at (x, baseline) in a colour of the theme, by its name there."""
    line.paint(painter, x, baseline, colour=colour)


class MathLabel(FormulaView):
    """A line of maths (or words with ``$…$``) in a theme colour."""

    def __init__(
        self,
        text: str = "",
        size_px: float = 18.0,
        parent: QWidget | None = None,
        *,
        colour: str = "text",
        below: float | None = None,
    ) -> None:
        """``below``: how far its baseline is under the middle, None where what it holds stands in the middle."""
        super().__init__(None, size_px, parent, ink=colour, margin=1.0, below=below)
        self.text = ""
        """The markup shown."""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another line."""
        if text != self.text:
            self.text = text
            self.set_box(box_of_line(text))
