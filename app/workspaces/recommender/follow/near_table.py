"""The watched items that do the most to the explained one's score, and the nearest one where it is read no more."""

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
from app.workspaces.recommender.follow.content import Near, Why

LITTLE = 0.005
"""A smaller change is none in the digits that are shown."""
HEIGHT, HEAD = 23.0, 22.0
COSINE, BAR, CHANGE = 34.0, 36.0, 42.0


class NearTable(Painted):
    """Title, cosine, and what each gives to the score as a bar with its sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._near: tuple[Near, ...] = ()
        self.setAccessibleName(self.tr("Decisive watches"))

    def show_why(self, why: Why) -> None:
        """Show the decisive ones, then the nearest where that is read no more."""
        self._near = (*why.decisive, *(one for one in why.nearest[:1] if not one.read))
        rows = [self._spoken(one) for one in self._near]
        self.setAccessibleDescription("; ".join(rows))
        self.setToolTip(plain_tip("\n".join(rows)))
        self.updateGeometry()
        self.update()

    def _spoken(self, one: Near) -> str:
        words = self.tr("{title}: cosine {cosine}; with it the score is higher by {gives}")
        if not one.read:
            words = self.tr("{title}: cosine {cosine}; too long ago to be read")
        elif one.gives < 0:
            words = self.tr("{title}: cosine {cosine}; with it the score is lower by {gives}")
        return words.format(title=one.item.title, cosine=fixed(one.cosine), gives=fixed(abs(one.gives)))

    def sizeHint(self) -> QSize:
        return QSize(240, round(HEAD + HEIGHT * len(self._near)))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    def table(self) -> Table:
        """Title, cosine, and what it gives, which is nothing where it is not read."""
        rows = [(one.item.title, one.cosine, one.gives if one.read else 0.0) for one in self._near]
        return Table(("title", "cosine", "given"), rows)

    def paint(self, painter: QPainter) -> None:
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        width = float(self.width())
        words = width - COSINE - BAR - CHANGE
        painter.setFont(font(12, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(0, 0, words, HEAD - 4), middle, self.tr("Decisive watches"))
        painter.setFont(font(11))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(words, 0, COSINE, HEAD - 4), middle | right, self.tr("cos"))
        painter.drawText(QRectF(words + COSINE, 0, BAR + CHANGE, HEAD - 4), middle | right, self.tr("with it"))
        most = max((abs(one.gives) for one in self._near), default=0.0) or 1.0
        for number, one in enumerate(self._near):
            line = QRectF(0, HEAD + number * HEIGHT, width, HEIGHT)
            painter.setFont(font(12))
            painter.setPen(theme.colour("text"))
            draw_elided(painter, QRectF(0, line.top(), words - 4, HEIGHT), middle, one.item.title)
            painter.setFont(tabular(font(12)))
            painter.drawText(QRectF(words, line.top(), COSINE, HEIGHT), middle | right, fixed(one.cosine))
            self._paint_given(painter, line, one, most)

    def _paint_given(self, painter: QPainter, line: QRectF, one: Near, most: float) -> None:
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        if not one.read:
            painter.setFont(font(11))
            painter.setPen(theme.colour("text_muted"))
            place = QRectF(line.right() - BAR - CHANGE, line.top(), BAR + CHANGE, HEIGHT)
            draw_elided(painter, place, middle | right, self.tr("not read"))
            return
        painter.drawText(QRectF(line.right() - CHANGE, line.top(), CHANGE, HEIGHT), middle | right, given(one.gives))
        zero = line.right() - CHANGE - BAR / 2 + 4
        reach = (BAR / 2 - 4) * one.gives / most
        if abs(one.gives) >= LITTLE:
            bar = QRectF(min(zero, zero + reach), line.center().y() - 3.5, max(abs(reach), 1.0), 7)
            painter.fillRect(bar, signed(one.gives))


def given(value: float) -> str:
    """With its sign."""
    return f"+{fixed(value)}" if value > LITTLE else fixed(value)
