"""Names with a bar and a count each, the longest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.listing import joined
from app.kit.look import tabular
from app.kit.numbers import grouped, percent
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip

LINE, COUNT, SHARE = 20, 54, 44


@dataclass(frozen=True, slots=True)
class NamedCount:
    """``marked``: how many of the count have the label, where that is told; ``rest``: what all others come to, which is
    no bar among them."""

    name: str
    count: int
    marked: int | None = None
    rest: bool = False


class ValueBars(Painted):
    """A line each, and behind the count which share of it is marked, where that is told."""

    def __init__(self, heads: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads = heads
        self._counts: tuple[NamedCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Sequence[NamedCount]) -> None:
        """Show others."""
        self._counts = tuple(counts)
        self.setAccessibleDescription(joined(self.said(one) for one in self._counts))
        self.updateGeometry()
        self.update()

    def said(self, one: NamedCount) -> str:
        """A line in words."""
        words = f"{one.name}: {grouped(one.count)}"
        if one.marked is None or not one.count:
            return words
        return self.tr("{words}, {share} of them a yes").format(words=words, share=percent(one.marked / one.count))

    def sizeHint(self) -> QSize:
        return QSize(220, LINE * max(1, len(self._counts)))

    def table(self) -> Table:
        """Names and counts."""
        marked = any(one.marked is not None for one in self._counts)
        header = (*self._heads, self.tr("yes")) if marked else self._heads
        return Table(header, [(one.name, one.count, *((one.marked,) if marked else ())) for one in self._counts])

    def paint(self, painter: QPainter) -> None:
        most = max((one.count for one in self._counts if not one.rest), default=0) or 1
        for row, one in enumerate(self._counts):
            box = QRectF(0, row * LINE, self.width(), LINE)
            self._paint_line(painter, box, one, 0.0 if one.rest else one.count / most)

    def _paint_line(self, painter: QPainter, box: QRectF, one: NamedCount, share: float) -> None:
        told = one.marked is not None
        room = QRectF(box.left(), box.top() + 2, box.width() - COUNT - (SHARE if told else 0), box.height() - 4)
        bar = QRectF(room)
        bar.setWidth(0.0 if one.rest else max(2.0, share * room.width()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(bar, 3, 3)
        set_pixels(painter, 12)
        painter.setPen(theme.colour("text"))
        draw_elided(painter, room.adjusted(6, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, one.name)
        painter.setFont(tabular(painter.font()))
        painter.setPen(theme.colour("text_muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(room.right(), box.top(), COUNT, LINE), right, grouped(one.count))
        if one.marked is not None and one.count:
            painter.setPen(theme.colour("accent"))
            painter.drawText(box, right, percent(one.marked / one.count))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // LINE
            if 0 <= row < len(self._counts):
                QToolTip.showText(event.globalPos(), plain_tip(self.said(self._counts[row])), self)
            return True
        return super().event(event)
