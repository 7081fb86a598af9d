"""Weighted per-user loss of several towers, here and in the paper: two axes, as only the order can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.charts.scale import Scale
from app.kit.export import Table
from app.kit.look import font, pen, tabular
from app.kit.numbers import NOTHING, fixed
from app.kit.widgets.painted import Painted, draw_elided

HEAD, FOOT, MOST_LINE, LEAST_LINE = 20.0, 16.0, 26.0, 15.0
NAME, VALUE, GAP = 0.25, 44.0, 16.0
"""The names' share of the width; pixels of a number, and between the two halves."""


@dataclass(frozen=True, slots=True)
class LossLine:
    """A model: ``paper`` and ``ours``, with its standard ``error``, in per cent; None where there is none. ``own``:
    the network that is open."""

    name: str
    paper: float | None
    ours: float | None
    error: float = 0.0
    own: bool = False


class LossView(Painted):
    """A line for each model: the paper's loss at the left, ours with its standard error at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[LossLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(420, round(HEAD + FOOT + 22 * max(len(self._lines), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, round(HEAD + FOOT + LEAST_LINE * max(len(self._lines), 1)))

    def show_lines(self, lines: Sequence[LossLine]) -> None:
        """Show these models."""
        self._lines = tuple(lines)
        self.setAccessibleDescription("; ".join(self._spoken(line) for line in self._lines))
        self.updateGeometry()
        self.update()

    def _spoken(self, line: LossLine) -> str:
        return self.tr("{name}: paper {paper}, here {ours}").format(
            name=line.name, paper=_percent(line.paper), ours=_percent(line.ours)
        )

    def table(self) -> Table:
        """A line for each model."""
        nan = float("nan")
        rows = [
            (line.name, nan if line.paper is None else line.paper, nan if line.ours is None else line.ours, line.error)
            for line in self._lines
        ]
        return Table(("model", "paper_percent", "ours_percent", "standard_error"), rows)

    # Looks --------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        if not self._lines:
            return
        width, high = float(self.width()), (self.height() - HEAD - FOOT) / len(self._lines)
        line = min(MOST_LINE, max(LEAST_LINE, high))
        name = NAME * width
        half = (width - name - 2 * VALUE - 2 * GAP) / 2
        bottom = HEAD + line * len(self._lines)
        paper = QRectF(name + GAP / 2, HEAD, half, bottom - HEAD)
        ours = QRectF(paper.right() + VALUE + GAP, HEAD, half, bottom - HEAD)
        self._paint_half(painter, paper, self.tr("in the paper"), [one.paper for one in self._lines], ours=False)
        self._paint_half(painter, ours, self.tr("here"), [one.ours for one in self._lines], ours=True)
        for at, one in enumerate(self._lines):
            weight = QFont.Weight.DemiBold if one.own else QFont.Weight.Normal
            painter.setFont(font(12, weight))
            painter.setPen(theme.colour("text" if one.ours is not None else "text_muted"))
            box = QRectF(0, HEAD + at * line, name - 4, line)
            draw_elided(painter, box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, one.name)

    def _paint_half(
        self, painter: QPainter, box: QRectF, head: str, values: Sequence[float | None], *, ours: bool
    ) -> None:
        painter.setFont(font(11, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(box.left(), 0, box.width() + VALUE, HEAD - 3), Qt.AlignmentFlag.AlignVCenter, head)
        found = [value for value in values if value is not None]
        if not found:
            return
        air = 0.08 * (max(found) - min(found)) or 1.0
        scale = Scale(False, min(found) - air, max(found) + air)
        self._paint_ticks(painter, box, scale)
        for at, one in enumerate(self._lines):
            self._paint_value(painter, box, scale, at, one, ours=ours)

    def _paint_ticks(self, painter: QPainter, box: QRectF, scale: Scale) -> None:
        painter.setFont(tabular(font(10)))
        for value, text in scale.ticks(box.width() / 4):
            x = _x(box, scale, value)
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(QRectF(x - 24, box.bottom() + 1, 48, 14), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_value(self, painter: QPainter, box: QRectF, scale: Scale, at: int, one: LossLine, *, ours: bool) -> None:
        line = box.height() / len(self._lines)
        middle, value = box.top() + (at + 0.5) * line, one.ours if ours else one.paper
        place = QRectF(box.right() + 2, middle - line / 2, VALUE, line)
        painter.setFont(tabular(font(12, QFont.Weight.DemiBold if one.own and ours else QFont.Weight.Normal)))
        painter.setPen(theme.colour("text" if value is not None else "text_muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, right, NOTHING if value is None else fixed(value, 1))
        if value is None:
            return
        colour = theme.colour("accent" if one.own and ours else "text_muted")
        x = _x(box, scale, value)
        painter.setPen(pen(colour, 1.5))
        if ours and one.error > 0.0:
            ends = [_x(box, scale, value + sign * one.error) for sign in (-1.0, 1.0)]
            painter.drawLine(QPointF(ends[0], middle), QPointF(ends[1], middle))
            for end in ends:
                painter.drawLine(QPointF(end, middle - 3), QPointF(end, middle + 3))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, middle), 3.6, 3.6)


def _x(box: QRectF, scale: Scale, value: float) -> float:
    share = (value - scale.bottom) / (scale.top - scale.bottom)
    return box.left() + min(1.0, max(0.0, share)) * box.width()


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{fixed(value, 1)} %"
