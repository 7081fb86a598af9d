"""The watched items that lie nearest to the explained one, and what its score would be without each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import font, signed, tabular
from app.kit.numbers import fixed
from app.kit.widgets.painted import Painted, draw_elided
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.answered import Near, Why

ROWS = 5
LITTLE = 0.005
"""A smaller change is none in the digits that are shown."""
HEIGHT, HEAD = 23.0, 22.0
COSINE, BAR, CHANGE = 34.0, 36.0, 42.0


class NearTable(Painted):
    """Title, cosine, and the change of the score as a bar with its sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._near: tuple[Near, ...] = ()
        self.setAccessibleName(self.tr("Nearest watched"))

    def show_why(self, why: Why) -> None:
        """Show the nearest ones."""
        self._near = why.nearest[:ROWS]
        rows = [
            self.tr("{title}: cosine {cosine}, score {change} without it").format(
                title=one.item.title, cosine=fixed(one.cosine), change=fixed(one.change)
            )
            for one in self._near
        ]
        self.setAccessibleDescription("; ".join(rows))
        self.setToolTip(plain_tip("\n".join(rows)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, round(HEAD + HEIGHT * len(self._near)))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def table(self) -> Table:
        """Title, cosine and change."""
        return Table(("title", "cosine", "change_without"), [(n.item.title, n.cosine, n.change) for n in self._near])

    def paint(self, painter: QPainter) -> None:
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        width = float(self.width())
        words = width - COSINE - BAR - CHANGE
        painter.setFont(font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(0, 0, words, HEAD - 4), middle, self.tr("Nearest watched"))
        painter.setFont(font(11))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(words, 0, COSINE, HEAD - 4), middle | right, self.tr("cos"))
        painter.drawText(QRectF(words + COSINE, 0, BAR + CHANGE, HEAD - 4), middle | right, self.tr("without it"))
        most = max((abs(one.change) for one in self._near), default=0.0) or 1.0
        for number, one in enumerate(self._near):
            line = QRectF(0, HEAD + number * HEIGHT, width, HEIGHT)
            painter.setFont(font(12))
            painter.setPen(theme.colour("text"))
            draw_elided(painter, QRectF(0, line.top(), words - 4, HEIGHT), middle, one.item.title)
            painter.setFont(tabular(font(12)))
            painter.drawText(QRectF(words, line.top(), COSINE, HEIGHT), middle | right, fixed(one.cosine))
            painter.drawText(QRectF(width - CHANGE, line.top(), CHANGE, HEIGHT), middle | right, _change(one.change))
            zero = words + COSINE + BAR / 2 + 4
            reach = (BAR / 2 - 4) * one.change / most
            bar = QRectF(min(zero, zero + reach), line.center().y() - 3.5, max(abs(reach), 1.0), 7)
            if abs(one.change) >= LITTLE:
                painter.fillRect(bar, signed(one.change))


def _change(value: float) -> str:
    """With its sign."""
    return f"+{fixed(value)}" if value > LITTLE else fixed(value)
