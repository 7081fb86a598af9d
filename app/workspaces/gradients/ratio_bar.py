"""Ratios on a log axis with 1 in its middle: what vanishes lies to the left of it, what explodes to the right."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, inf, isnan, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.numbers import power_of_ten
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import Painted, set_pixels
from app.workspaces.gradients.words import ratio_text
from engine.gradients.verdict import decades
from engine.training.verdicts import STEADY_RATIOS

LEAST = 2
"""Powers of ten on either side at least: the band round 1 is one of them."""
REACH, EDGE = 0.46, 0.02
"""The share of the width from the middle to the last power of ten; and where 0 and ∞ stand, beyond it."""
GAP, WIDTH = 5, 72
"""Pixels between two numbers of the axis, and that it takes at least, for those of two figures."""


def span_of(before: float, others: Iterable[float]) -> int:
    """The powers of ten that the axis has on either side of 1: as many as the ratio ``before`` is off; where that is no
    positive number, as many as the farthest of the others is."""
    known = [off for one in ([before] if decades(before) < inf else others) if (off := decades(one)) < inf]
    return max(LEAST, ceil(max(known, default=0.0)))


def share_of(ratio: float, span: int) -> float | None:
    """Where a ratio lies, as a share of the width: 1 in the middle, what is beyond an end at it, 0 and ∞ outside of
    both. None for what is no number."""
    if isnan(ratio):
        return None
    if ratio == 0.0 or ratio == inf:
        return EDGE if ratio == 0.0 else 1.0 - EDGE
    return 0.5 + REACH * min(max(log10(ratio) / span, -1.0), 1.0)


class RatioBar(Painted):
    """A tick where the ratio of the untreated network lies, a bar from it to what the cure leads to, and a band within
    a decade of 1."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._before, self._after, self._tone, self._span = 1.0, 1.0, "text_muted", LEAST
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ratios(self, before: float, after: float, tone: str, span: int) -> None:
        """Show another cure, or what it is compared with, on an axis of so many powers of ten."""
        self._before, self._after, self._tone, self._span = before, after, tone, span
        self.setAccessibleName(self.tr("Ratio {ratio}").format(ratio=ratio_text(after)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(110, 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(50, 18)

    def x_of(self, ratio: float) -> float | None:
        """Where a ratio stands, in pixels."""
        share = share_of(ratio, self._span)
        return None if share is None else share * self.width()

    def paint(self, painter: QPainter) -> None:
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(0, middle - 2.5, self.width(), 5), 2.5, 2.5)
        low, high = (self.x_of(one) or 0.0 for one in STEADY_RATIOS)
        band = QColor(theme.colour("good"))
        band.setAlphaF(0.22)
        painter.setBrush(band)
        painter.drawRoundedRect(QRectF(low, middle - 6, high - low, 12), 3, 3)
        start, end = self.x_of(self._before), self.x_of(self._after)
        if end is not None:
            begun = end if start is None else start
            painter.setBrush(theme.colour(self._tone))
            painter.drawRoundedRect(QRectF(min(begun, end), middle - 2.5, max(abs(end - begun), 3), 5), 2.5, 2.5)
        painter.setPen(QPen(theme.colour("text_muted"), 1.0))
        painter.drawLine(QPointF(self.width() / 2, middle - 7), QPointF(self.width() / 2, middle + 7))
        if start is not None:
            painter.setPen(QPen(theme.colour("danger"), 2.0))
            painter.drawLine(QPointF(start, middle - 7), QPointF(start, middle + 7))


class RatioAxis(Painted):
    """The numbers over the bars: 1, and the power of ten at either end where there is room for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._span = LEAST
        self.setFixedHeight(13)
        self.setMinimumWidth(WIDTH)

    def show_span(self, span: int) -> None:
        """Show the axis of so many powers of ten."""
        self._span = span
        self.setAccessibleName(", ".join(text for _, text in self._numbers))
        self.update()

    @property
    def _numbers(self) -> tuple[tuple[float, str], ...]:
        return (0.5, "1"), (0.5 - REACH, power_of_ten(-self._span)), (0.5 + REACH, power_of_ten(self._span))

    def boxes(self, metrics: QFontMetrics) -> list[tuple[QRectF, str]]:
        """Where the numbers stand, the ends within the width; 1 alone where they would touch it."""
        found: list[tuple[QRectF, str]] = []
        for share, text in self._numbers:
            width = float(metrics.horizontalAdvance(text))
            left = min(max(share * self.width() - width / 2, 0.0), self.width() - width)
            box = QRectF(left, 0, width, self.height())
            found.append((box, text))
        middle = found[0][0].adjusted(-GAP, 0, GAP, 0)
        return found[:1] if any(middle.intersects(box) for box, _ in found[1:]) else found

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 10)
        painter.setPen(theme.colour("text_muted"))
        for box, text in self.boxes(painter.fontMetrics()):
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


class RatioHead(QWidget):
    """What the column of bars is of, over its axis."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        label = Label(text, self)
        label.setProperty("role", "readout")
        self.axis = RatioAxis(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(label)
        column.addWidget(self.axis)
