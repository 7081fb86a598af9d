"""The sheet on which a stage is worked out: symbols, numbers, and the gradient of each weight beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.builder.timeline.arithmetic import (
    COUNT_WIDTH,
    INDENT,
    LABEL_PIXELS,
    Page,
    PlacedToken,
    lay_counted,
    lay_stacked,
    lay_table,
    number_font,
    width_of,
)
from app.builder.timeline.written import Sort, Token, Written, write
from app.kit import look, theme
from app.kit.typeset import paint_line, plain_text
from app.kit.widgets.painted import Painted
from engine.training.lines.working import Working

Work = Callable[[int], Working]
"""Works a stage out with so many terms of each sum."""

MARGIN = 12.0
GRADIENTS_SHARE, SIDE_LEAST = 0.4, 560.0
"""What the gradients take of the width, and from which width on they stand beside the lines."""
MOST_TERMS = (7, 5, 4, 3, 2)
"""So many terms of a sum are tried, until they fit."""
MOST_ROWS = 2.4
"""A sum is written out as far as its numbers fill so many rows."""
STACKED = 3
"""Up to so many lines have their symbols above their numbers; more stand in a table."""


class Sheet(Painted):
    """Paints a :class:`Working`. ``picked``: the Source of a number that was clicked."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._worked: dict[int, Working] = {}
        self._covered: int | None = None
        self._page = Page()
        self._hovered: PlacedToken | None = None
        self._texts: tuple[str, ...] = ()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The stage worked out"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setToolTip(self.tr("Every number is written with the digits that let the line be worked out by hand"))

    def show_work(self, work: Work | None, covered: int | None = None) -> None:
        """Show what ``work`` works out; of the line ``covered`` not the result, and nothing that comes after it."""
        self._work, self._covered = work, covered
        self._worked.clear()
        self._lay_out()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every line of numbers, as it is printed."""
        return self._texts

    # Layout ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = self._page = Page()
        before, self._hovered = self._hovered, None
        page.bottom = MARGIN / 2
        self._texts = ()
        if self._work is not None:
            self._fill(page)
        if before is not None:  # another layout of the same numbers keeps its mark
            self._hovered = next((one for one in page.tokens if one.token.source == before.token.source), None)
        self.setMinimumHeight(round(page.bottom + MARGIN / 2))
        self.update()

    def _fill(self, page: Page) -> None:
        width = max(200.0, self.width() - 2 * MARGIN)
        side = width * GRADIENTS_SHARE
        sides = self._gradients(side - COUNT_WIDTH) if width >= SIDE_LEAST else []
        beside = bool(sides) and all(width_of(line) <= side - COUNT_WIDTH for line in sides)
        if not beside:
            side, sides = width, self._gradients(width - COUNT_WIDTH)
        room = width - side - MARGIN if beside else width
        lines = self._lines(room - INDENT)
        top = page.bottom
        names = (self.tr("symbols"), self.tr("numbers"))
        if len(lines) <= STACKED:
            lay_stacked(page, lines, MARGIN, room, names)
        else:
            lay_table(page, lines, MARGIN, room)
        if sides:
            bottom = page.bottom
            page.bottom = top if beside else bottom
            self._lay_gradients(page, sides, MARGIN + width - side, side)
            page.bottom = max(page.bottom, bottom)
        self._texts = tuple(one.text for one in (*lines, *sides))
        shown = (f"{plain_text(one.line.formula)} = {one.text}" for one in (*lines, *sides))
        self.setAccessibleDescription(". ".join(shown))

    def _lines(self, room: float) -> list[Written]:
        """The stage's lines with as many terms as there is room for."""
        lines: list[Written] = []
        for most in MOST_TERMS:
            lines = self._uncovered([write(line) for line in self._working(most).lines])
            if all(width_of(line) <= MOST_ROWS * room for line in lines):
                break
        return lines

    def _gradients(self, room: float) -> list[Written]:
        """The gradients of the weights, with the fewest terms where more would not fit."""
        if self._covered is not None:
            return []
        sides = [write(line) for line in self._working(MOST_TERMS[0]).gradients]
        if any(width_of(line) > room for line in sides):
            sides = [write(line) for line in self._working(1).gradients]
        return sides

    def _working(self, most: int) -> Working:
        assert self._work is not None
        if most not in self._worked:
            self._worked[most] = self._work(most)
        return self._worked[most]

    def _uncovered(self, lines: list[Written]) -> list[Written]:
        """The lines up to the covered one, which ends in a question mark."""
        if self._covered is None:
            return lines
        *before, asked = lines[: self._covered + 1]
        return [*before, replace(asked, steps=asked.steps[:1], result=Token(Sort.WORD, "?"))]

    def _lay_gradients(self, page: Page, sides: list[Written], left: float, width: float) -> None:
        working = self._working(1)
        note = self.tr("… and %n more weight(s)", "", working.left_out) if working.left_out else ""
        lay_counted(page, working.rule, sides, note, left, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumHeight())

    # Paint ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        page = self._page
        for formula in page.formulas:
            paint_line(painter, formula.line, formula.at.x(), formula.at.y())
        painter.setFont(look.font(LABEL_PIXELS))
        painter.setPen(theme.colour("text_muted"))
        for label in page.labels:
            painter.drawText(label.at, label.text)
        for placed in page.tokens:
            self._paint_token(painter, placed)

    def _paint_token(self, painter: QPainter, placed: PlacedToken) -> None:
        token = placed.token
        painter.setFont(number_font(bold=placed.result))
        if placed.result:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(placed.box.adjusted(-3, 2, 3, -1), 4, 4)
        number = token.sort in (Sort.NUMBER, Sort.REST)
        colour = look.signed_text(token.value) if number else theme.colour("text")
        painter.setPen(colour)
        painter.drawText(QPointF(placed.box.left(), placed.baseline), token.text)
        if token.source is not None and not placed.result:
            lit = self._hovered is not None and self._hovered.token.source == token.source
            pen = look.pen(colour, 1.6 if lit else 1.0)
            pen.setStyle(Qt.PenStyle.SolidLine if lit else Qt.PenStyle.DotLine)
            painter.setPen(pen)
            y = placed.baseline + 3.0
            painter.drawLine(QPointF(placed.box.left(), y), QPointF(placed.box.right(), y))

    # Hands ----------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._page.token_at(event.position())
        if found != self._hovered:
            self._hovered = found
            self.setCursor(Qt.CursorShape.PointingHandCursor if found is not None else Qt.CursorShape.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._page.token_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.picked.emit(found.token.source)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from number to number, Enter asks where the marked one comes from."""
        numbers = [placed for placed in self._page.tokens if placed.token.source is not None]
        steps = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        if numbers and event.key() in steps:
            step = steps[event.key()]
            here = numbers.index(self._hovered) if self._hovered in numbers else -1 if step > 0 else 0
            self._hovered = numbers[(here + step) % len(numbers)]
            self.setAccessibleName(self._hovered.token.text)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._hovered is not None:
            self.picked.emit(self._hovered.token.source)
        else:
            super().keyPressEvent(event)

    @property
    def page(self) -> Page:
        """Where everything lies."""
        return self._page
