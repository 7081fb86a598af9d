"""What would have been shown, had it not been watched already: one line of chips, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.listing import listed
from app.kit.look import font
from app.kit.numbers import counted, fixed
from app.kit.widgets.painted import Painted, draw_elided
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.content import Placed, Recommendation

HEIGHT, GAP, MORE, MOST_TITLE = 22.0, 8.0, 84.0, 132


def withheld(found: Recommendation | None) -> tuple[Placed, ...]:
    """The watched items that score as high as something that is shown, the best first."""
    if found is None or not found.shown:
        return ()
    last = min(one.inner for one in found.shown)
    return tuple(one for one in found.watched if one.score >= last)


class WatchedChips(Painted):
    """Title and score of each, and how many more there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placed: tuple[Placed, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_placed(self, placed: Sequence[Placed]) -> None:
        """Show these."""
        self._placed = tuple(placed)
        rows = [f"{one.item.title} {fixed(one.score)}" for one in self._placed]
        self.setAccessibleName(self.tr("Watched, so not shown again: {titles}").format(titles=listed(rows)))
        self.setToolTip(plain_tip("\n".join(rows)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, int(HEIGHT) + 4)

    def paint(self, painter: QPainter) -> None:
        if not self._placed:
            return
        painter.setFont(font(12))
        painter.setPen(theme.colour("text_muted"))
        words = self.tr("Watched, so not shown again:")
        left = painter.fontMetrics().horizontalAdvance(words) + 10.0
        painter.drawText(QRectF(0, 2, left, HEIGHT), Qt.AlignmentFlag.AlignVCenter, words)
        for number, one in enumerate(self._placed):
            rest = len(self._placed) - number
            width = self._width(painter, one)
            if left + width > self.width() - (MORE if rest > 1 else 0.0):
                more = counted(rest, self.tr("and 1 more"), self.tr("and {count} more"))
                painter.setFont(font(12))
                painter.setPen(theme.colour("text_muted"))
                painter.drawText(QRectF(left, 2, MORE + 40, HEIGHT), Qt.AlignmentFlag.AlignVCenter, more)
                return
            self._paint_chip(painter, QRectF(left, 2.5, width, HEIGHT - 1), one)
            left += width + GAP

    def _width(self, painter: QPainter, one: Placed) -> float:
        painter.setFont(font(11, QFont.Weight.DemiBold))
        title = min(painter.fontMetrics().horizontalAdvance(one.item.title), MOST_TITLE)
        painter.setFont(font(11))
        return title + painter.fontMetrics().horizontalAdvance(fixed(one.score)) + 40.0

    def _paint_chip(self, painter: QPainter, place: QRectF, one: Placed) -> None:
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QPen(theme.colour("good"), 1.5))
        y, x = place.center().y(), place.left() + 10
        painter.drawPolyline(QPolygonF([QPointF(x, y), QPointF(x + 3, y + 3), QPointF(x + 8, y - 3)]))
        painter.setFont(font(11, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        score = fixed(one.score)
        taken = painter.fontMetrics().horizontalAdvance(score) + 12.0
        draw_elided(painter, place.adjusted(24, 0, -taken, 0), middle, one.item.title)
        painter.setFont(font(11))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(place.adjusted(0, 0, -9, 0), middle | Qt.AlignmentFlag.AlignRight, score)
