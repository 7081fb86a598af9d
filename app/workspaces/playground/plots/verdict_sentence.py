"""The sentence of the verdict row: a dot, what is in trouble in bold, and how one sees it, in one line or two."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import Painting, set_pixels
from app.kit.words import plain_tip
from app.workspaces.playground.plots.finding import Finding

PIXELS, LINE, DOT = 12, 16.0, 17.0


class VerdictSentence(Painting, Label):
    """A dot in the finding's colour, its head in bold and how one sees it; what is too long goes on in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._finding: Finding | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_finding(self, finding: Finding | None) -> None:
        """Say something else."""
        if finding == self._finding:
            return
        self._finding = finding
        text = finding.sentence if finding is not None else ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.update()

    @property
    def wanted(self) -> int:
        """The width that shows it whole."""
        if self._finding is None:
            return 0
        font = QFont(self.font())
        font.setPixelSize(PIXELS)
        text = QFontMetricsF(font).horizontalAdvance(self._finding.text)
        font.setWeight(QFont.Weight.DemiBold)
        return round(DOT + QFontMetricsF(font).horizontalAdvance(self._finding.head) + 6.0 + text) + 2

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 20)

    def paint(self, painter: QPainter) -> None:
        finding = self._finding
        if finding is None or not finding.head:
            return
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(finding.colour))
        painter.drawEllipse(QPointF(5, middle), 4, 4)
        painter.setPen(theme.colour("text"))
        set_pixels(painter, PIXELS, QFont.Weight.DemiBold)
        head = painter.fontMetrics().horizontalAdvance(finding.head) + 6.0
        plain = QFont(painter.font())
        plain.setWeight(QFont.Weight.Normal)
        lines = broken(finding.text, QFontMetricsF(plain), self.width() - DOT - head, self.width() - DOT)
        height = self.height() / len(lines) if len(lines) == 1 else LINE
        top = middle - height * len(lines) / 2
        painter.drawText(QRectF(DOT, top, head, height), Qt.AlignmentFlag.AlignVCenter, finding.head)
        painter.setFont(plain)
        for number, line in enumerate(lines):
            left = DOT + (0.0 if number else head)
            room = QRectF(left, top + number * height, max(0.0, self.width() - left), height)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line)


def broken(text: str, metrics: QFontMetricsF, first: float, second: float) -> list[str]:
    """A text in one line or two of these widths; what is too long for the second becomes an ellipsis."""
    if metrics.horizontalAdvance(text) <= first:
        return [text]
    words = text.split(" ")
    fitting = next(
        (
            count
            for count in range(len(words) - 1, 0, -1)
            if metrics.horizontalAdvance(" ".join(words[:count])) <= first
        ),
        0,
    )
    rest = metrics.elidedText(" ".join(words[fitting:]), Qt.TextElideMode.ElideRight, max(0.0, second))
    return [" ".join(words[:fitting]), rest]
