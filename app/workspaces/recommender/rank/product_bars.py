"""The products W_k x_k of the last layer, the largest first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.look import font, signed, signed_text, tabular
from app.kit.numbers import fixed
from app.kit.numbers import signed as with_sign
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip
from app.workspaces.recommender.rank.content import Impression
from app.workspaces.recommender.rank.written import WrittenSum

SUMS = 18.0


class ProductBars(Painted):
    """A bar for each product, and under them what the positive and the negative ones add up to, as the sum has it."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[int, float], ...] = ()
        self._sums = ("", "")
        self.setMinimumHeight(52)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(220)
        self.setAccessibleName(self.tr("Products of the last layer, the largest first"))

    def sizeHint(self) -> QSize:
        return QSize(240, 84)

    def show_sum(self, shown: Impression, written: WrittenSum) -> None:
        """Show an impression's products."""
        self._parts = tuple(sorted(enumerate(shown.products), key=lambda one: -one[1]))
        up = sum(part > 0 for part in shown.products)
        down = sum(part < 0 for part in shown.products)
        said = self.tr("{sum} from {count}")
        plus = said.format(sum=with_sign(written.plus, written.decimals), count=up) if up else ""
        minus = said.format(sum=with_sign(written.minus, written.decimals), count=down) if down else ""
        self._sums = (plus, minus)
        self.setAccessibleDescription(" ".join(self._sums))
        self.update()

    def paint(self, painter: QPainter) -> None:
        if not self._parts:
            return
        box = QRectF(0, 2, self.width(), self.height() - SUMS - 4)
        most, least = max(self._parts[0][1], 0.0), min(self._parts[-1][1], 0.0)
        scale = box.height() / (most - least) if most > least else 0.0
        zero, slot = box.top() + most * scale, box.width() / len(self._parts)
        for at, (_, part) in enumerate(self._parts):
            left, right = round(at * slot), round((at + 1) * slot)
            top, bottom = sorted((zero, zero - part * scale))
            if part:
                painter.fillRect(QRectF(left, top, max(1, right - left - 1), max(1.0, bottom - top)), signed(part))
        painter.fillRect(QRectF(0, zero, box.width(), 1), theme.colour("border"))
        line = QRectF(0, self.height() - SUMS, self.width(), SUMS)
        painter.setFont(tabular(font(11, QFont.Weight.DemiBold)))
        for text, sign, side in zip(
            self._sums, (1.0, -1.0), (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True
        ):
            painter.setPen(signed_text(sign))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | side, text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._parts:
            at = min(int(event.pos().x() * len(self._parts) / max(self.width(), 1)), len(self._parts) - 1)
            number, part = self._parts[max(at, 0)]
            text = self.tr("input {number} of the last layer, times its weight: {part}")
            QToolTip.showText(event.globalPos(), plain_tip(text.format(number=number + 1, part=fixed(part, 3))), self)
            return True
        return super().event(event)
