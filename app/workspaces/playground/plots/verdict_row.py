"""The dock's line that says how the gradients are."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QWidget

from app.kit import theme
from app.kit.widgets.painted import Painting, set_pixels
from app.workspaces.playground.plots.verdict import Headline

HEIGHT = 30


class VerdictLabel(Painting, QLabel):
    """A dot in the verdict's colour and its sentence; a sentence too long for its line goes on in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = Headline("", "text_muted")
        self.setMinimumWidth(80)
        self.setFixedHeight(HEIGHT)

    def show_headline(self, line: Headline) -> None:
        """Say another sentence."""
        if line != self._headline:
            self._headline = line
            self.setText(line.text)
            self.setAccessibleName(line.text)
            self.setToolTip("\n".join((line.text, *line.more)))
            self.update()

    def paint(self, painter: QPainter) -> None:
        if not self._headline.text:
            return
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._headline.colour))
        painter.drawEllipse(QPointF(6, middle), 4, 4)
        set_pixels(painter, 12)
        painter.setPen(theme.colour("text"))
        more = f"  (+{len(self._headline.more)})" if self._headline.more else ""
        room = self.width() - 18 - painter.fontMetrics().horizontalAdvance(more)
        text = painter.fontMetrics().elidedText(self._headline.text, Qt.TextElideMode.ElideRight, room)
        line = QRectF(17, 0, self.width() - 17, self.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text + more)
