"""Lines of words and maths: ``typeset(text, size_px)`` sets one, :class:`MathLabel` shows one."""

from __future__ import annotations

import re

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.kit.formula.boxes import Box, LaidOut, Maths, Row, Words, lay_out
from app.kit.formula.laid_out import MOST_BYTES, formula_bytes
from app.kit.formula.view import FormulaView
from app.kit.kept_within import kept_within
from app.kit.plain_maths import plain_text as plain_text  # both are wanted together


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
