"""The sentence of the verdict row: a dot, what is in trouble in bold, and how one sees it, in one line or two."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import Painting, set_pixels
from app.kit.words import plain_tip
from app.workspaces.playground.plots.finding import Finding

PIXELS, LINE, DOT, AFTER_HEAD = 12, 16.0, 17.0, 6.0


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

    def is_whole_in(self, width: float) -> bool:
        """Whether its two lines hold all of it in such a width."""
        if self._finding is None:
            return True
        font = QFont(self.font())
        font.setPixelSize(PIXELS)
        plain = QFontMetricsF(font)
        font.setWeight(QFont.Weight.DemiBold)
        head = QFontMetricsF(font).horizontalAdvance(self._finding.head) + AFTER_HEAD
        _, rest = _broken(self._finding.text, plain, width - DOT - head)
        return width > DOT + head and plain.horizontalAdvance(rest) <= width - DOT

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
        head = painter.fontMetrics().horizontalAdvance(finding.head) + AFTER_HEAD
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
    line, rest = _broken(text, metrics, first)
    if not rest:
        return [line]
    return [line, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, max(0.0, second))]


def _broken(text: str, metrics: QFontMetricsF, first: float) -> tuple[str, str]:
    """What fits into a line of this width, and the rest; Chinese may be broken at any sign."""
    if metrics.horizontalAdvance(text) <= first:
        return text, ""
    finder, place = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text), 0
    while (end := finder.toNextBoundary()) > 0 and metrics.horizontalAdvance(text[:end].rstrip()) <= first:
        place = end
    return text[:place].rstrip(), text[place:]
