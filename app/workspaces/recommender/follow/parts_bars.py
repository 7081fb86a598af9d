"""A score taken apart: the products of two vectors, dimension by dimension, the largest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import font, signed, signed_text, tabular
from app.kit.numbers import fixed
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip

SUMS = 20.0
PLUS = "+"
DIGITS = 2


class PartsBars(Painted):
    """A bar for each v_k·u_k, and under them what the positive and the negative ones add up to. The sums are those of
    the bars."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[int, float], ...] = ()
        self.setMinimumHeight(70)
        self.setAccessibleName(self.tr("Products of the two vectors, the largest first"))

    def show_parts(self, parts: Sequence[float]) -> None:
        """Show the products, in the order of the dimensions."""
        self._parts = tuple(sorted(enumerate(parts), key=lambda one: -one[1]))
        self.setAccessibleDescription(" ".join(self.sums()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 92)

    def sums(self) -> tuple[str, str, str]:
        """Of the positive products, of all, and of the negative ones, in words. The last one takes up what rounding
        leaves, at most one of the last digit, so that it and the first give the one between."""
        positive = [part for _, part in self._parts if part > 0]
        negative = [part for _, part in self._parts if part < 0]
        up, together = round(sum(positive), DIGITS), round(sum(positive) + sum(negative), DIGITS)
        down = fixed(together - up, DIGITS)
        plus = self.tr("{sum} from {count}").format(sum=PLUS + fixed(up, DIGITS), count=len(positive))
        minus = self.tr("{sum} from {count}").format(sum=down, count=len(negative)) if negative else ""
        return plus, self.tr("add up to {score}").format(score=fixed(together, DIGITS)), minus

    def table(self) -> Table:
        """Dimension and product."""
        return Table(("dimension", "product"), [(number + 1, part) for number, part in self._parts])

    def paint(self, painter: QPainter) -> None:
        if not self._parts:
            return
        box = QRectF(0, 2, self.width(), self.height() - SUMS - 6)
        most, least = max(self._parts[0][1], 0.0), min(self._parts[-1][1], 0.0)
        scale = box.height() / (most - least) if most > least else 0.0
        zero = box.top() + most * scale
        slot = box.width() / len(self._parts)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, (_, part) in enumerate(self._parts):
            left, right = round(at * slot), round((at + 1) * slot)
            top, bottom = sorted((zero, zero - part * scale))
            painter.fillRect(QRectF(left, top, max(1, right - left - 1), max(1.0, bottom - top)), signed(part))
        painter.fillRect(QRectF(0, zero, box.width(), 1), theme.colour("border"))
        self._paint_sums(painter)

    def _paint_sums(self, painter: QPainter) -> None:
        line = QRectF(0, self.height() - SUMS, self.width(), SUMS)
        plus, together, minus = self.sums()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(tabular(font(11, QFont.Weight.DemiBold)))
        painter.setPen(signed_text(1.0))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, plus)
        painter.setPen(signed_text(-1.0))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, minus)
        painter.setFont(tabular(font(11)))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, together)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._parts:
            at = min(int(event.pos().x() * len(self._parts) / max(self.width(), 1)), len(self._parts) - 1)
            number, part = self._parts[max(at, 0)]
            text = self.tr("dimension {number}: v·u there is {part}").format(number=number + 1, part=fixed(part, 3))
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)
