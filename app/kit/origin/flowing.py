"""A formula that flows over as many lines as it takes, broken before its signs."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.formula.boxes import Box, LaidOut, Row, lay_out
from app.kit.formula.laid_out import MOST_BYTES, formula_bytes
from app.kit.formula.rows import Grid
from app.kit.kept_within import kept_within
from app.kit.origin.facts import Shown
from app.kit.origin.pieces import factors_of, opened, pieces_of, terms_of
from app.kit.widgets.painted import Painted

LEADING, INDENT = 0.45, 0.9
"""Air between two lines, and how far those after the first stand in, in em."""

MOST_WIDTHS = 8
"""So many widths at most whose lines are kept."""


class FlowingFormula(Painted):
    """Shows mathtext or a box. What is wider than a line by itself shrinks; nothing is cut."""

    def __init__(self, size_px: float, parent: QWidget | None = None, *, colour: str = "text") -> None:
        super().__init__(parent)
        self._size, self._colour = size_px, colour
        self._pieces: tuple[Box, ...] = ()
        self._shown: Shown = ""
        self._lines_by_width: dict[float, list[list[LaidOut]]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_formula(self, shown: Shown) -> None:
        """Show another one."""
        if shown == self._shown:
            return
        self._shown = shown
        before = self.heightForWidth(self.width())
        self._pieces = pieces_of(shown) if isinstance(shown, str) else (shown,)
        self._lines_by_width.clear()
        self.setAccessibleName("".join(_laid_out(piece, self._size).plain for piece in self._pieces).strip())
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return self.accessibleName()

    def _lines(self, width: float) -> list[list[LaidOut]]:
        """What stands on each line. A layout asks for the heights at the same few widths again and again."""
        if width not in self._lines_by_width:
            if len(self._lines_by_width) >= MOST_WIDTHS:
                self._lines_by_width.clear()
            self._lines_by_width[width] = self._broken(width)
        return self._lines_by_width[width]

    def _broken(self, width: float) -> list[list[LaidOut]]:
        lines: list[list[LaidOut]] = [[]]
        used, indent = 0.0, INDENT * self._size
        for piece in self._pieces:
            for row in self._steps(piece, width):
                begins = row is not piece
                for laid in self._fitting(row, width - indent):
                    if lines[-1] and (begins or used + laid.width > width):
                        lines.append([])
                        used = indent
                    begins = False
                    lines[-1].append(laid)
                    used += laid.width
        return lines if lines[0] else []

    def _steps(self, piece: Box, width: float) -> tuple[Box, ...]:
        """The rows of a grid that is wider than a line, each of which begins a line."""
        if not isinstance(piece, Grid) or _laid_out(piece, self._size).width <= width:
            return (piece,)
        return tuple(Row(boxes) for boxes in piece.rows)

    def _fitting(self, piece: Box, width: float) -> Iterator[LaidOut]:
        """The piece, or what it is made of where it is wider than a line."""
        for take_apart in (terms_of, factors_of, opened):
            whole = _laid_out(piece, self._size)
            parts = take_apart(piece) if whole.width > width else ()
            if len(parts) > 1:
                for part in parts:
                    yield from self._fitting(part, width)
                return
        yield whole

    @staticmethod
    def _height(line: list[LaidOut]) -> tuple[float, float]:
        return max(one.ascent for one in line), max(one.descent for one in line)

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(max(width, 40))
        leading = LEADING * self._size
        return round(sum(sum(self._height(line)) for line in lines) + leading * len(lines) + 0.5) if lines else 0

    def sizeHint(self) -> QSize:
        width = max(self.width(), 120)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paint(self, painter: QPainter) -> None:
        y = LEADING * self._size / 2
        for number, line in enumerate(self._lines(self.width())):
            ascent, descent = self._height(line)
            x = INDENT * self._size if number else 0.0
            room = sum(one.width for one in line)
            scale = min(1.0, max(self.width() - x, 1.0) / room) if room > 0 else 1.0
            painter.save()
            painter.translate(x, y + ascent)
            painter.scale(scale, scale)
            at = 0.0
            for one in line:
                one.paint(painter, at, 0.0, frozenset(), self._colour)
                at += one.width
            painter.restore()
            y += ascent + descent + LEADING * self._size


@kept_within(MOST_BYTES, formula_bytes)
def _laid_out(piece: Box, size_px: float) -> LaidOut:
    return lay_out(piece, size_px)
