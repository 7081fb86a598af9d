"""Update ÷ weight: how far one step moves each layer's weights, against the band where learning goes well."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.numbers import decade, scientific, short
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip

GOOD_BAND = (1e-4, 1e-2)
SCALE = (1e-6, 1.0)
_AXIS_HEIGHT = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One layer's ratio ‖ΔW‖ ÷ ‖W‖. ``is_alarm``: whether somebody should look where it is out of the band."""

    label: str
    ratio: float
    is_alarm: bool = True


def standing(bar: Bar) -> str:
    """The theme colour that a ratio earns: good inside the band, warning within a decade of it, danger far above. Far
    below it is pale: that is a layer that learns no more, in a network that is solved as in one that is ill. So is
    whatever is no alarm."""
    (low, high), ratio = GOOD_BAND, bar.ratio
    if low <= ratio <= high:
        return "good"
    if not bar.is_alarm:
        return "text_muted"
    if low / 10 <= ratio <= high * 10:
        return "warning"
    return "danger" if ratio > high else "text_muted"


def place(ratio: float) -> float:
    """Where a ratio lies on the logarithmic scale, 0…1."""
    low, high = (math.log10(edge) for edge in SCALE)
    if not ratio > 0 or not math.isfinite(ratio):
        return 0.0 if ratio <= 0 or math.isnan(ratio) else 1.0
    return min(1.0, max(0.0, (math.log10(ratio) - low) / (high - low)))


class UpdateBars(Painted):
    """A bar per layer on a logarithmic scale, the healthy band marked on its track."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setMinimumSize(120, 60)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these layers."""
        self._bars = tuple(bars)
        self.update()

    def _row_height(self) -> float:
        return min(20.0, (self.height() - _AXIS_HEIGHT) / max(1, len(self._bars)))

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 10)
        if self._bars:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        left = min(60, max(metrics.horizontalAdvance(bar.label) for bar in self._bars)) + 8
        right = metrics.horizontalAdvance("8.8·10⁻⁸") + 8
        span = QRectF(left, 0, self.width() - left - right, self._row_height() * len(self._bars))
        band = QRectF(span)
        band.setLeft(span.left() + place(GOOD_BAND[0]) * span.width())
        band.setRight(span.left() + place(GOOD_BAND[1]) * span.width())
        tint = theme.colour("good")
        tint.setAlpha(30)
        painter.fillRect(band, tint)
        for row, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, row, span)
        self._paint_axis(painter, span)

    def _paint_bar(self, painter: QPainter, bar: Bar, row: int, span: QRectF) -> None:
        height = self._row_height()
        thick = min(7.0, max(2.0, height - 4))
        track = QRectF(span.left(), (row + 0.5) * height - thick / 2, span.width(), thick)
        colour = theme.colour(standing(bar))
        filled = QRectF(track)
        filled.setWidth(max(thick, place(bar.ratio) * track.width()))
        for box, fill in ((track, theme.colour("track")), (filled, colour)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(box, thick / 2, thick / 2)
        if height >= 10 or row in (0, len(self._bars) - 1):
            self._paint_words(painter, bar, row, span, colour)

    def _paint_words(self, painter: QPainter, bar: Bar, row: int, span: QRectF, colour: QColor) -> None:
        height = self._row_height()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("text_muted"))
        draw_elided(painter, QRectF(0, row * height, span.left() - 6, height), middle, bar.label)
        painter.setPen(colour)
        value = QRectF(span.right() + 8, row * height, self.width() - span.right() - 8, height)
        painter.drawText(value, middle, scientific(bar.ratio))

    def _paint_axis(self, painter: QPainter, span: QRectF) -> None:
        painter.setPen(theme.colour("text_muted"))
        apart = span.width() / 3
        roomy = apart > painter.fontMetrics().horizontalAdvance(decade(-4)) + 8
        for exponent in (-6, -4, -2, 0) if roomy else (-6, 0):
            x = span.left() + place(10.0**exponent) * span.width()
            box = QRectF(x - 20, span.bottom(), 40, _AXIS_HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, decade(exponent))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = int(event.pos().y() // max(1.0, self._row_height()))
            if 0 <= row < len(self._bars):
                QToolTip.showText(event.globalPos(), plain_tip(self.explain(self._bars[row])), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def explain(self, bar: Bar) -> str:
        """What a layer's ratio means and what would mend it."""
        head = self.tr("{layer}: one step changes the weights by {ratio} of their size.").format(
            layer=bar.label, ratio=short(bar.ratio)
        )
        if bar.is_alarm and bar.ratio > GOOD_BAND[1]:
            return head + " " + self.tr("That is a lot: a smaller learning rate or clipping steadies it.")
        if bar.is_alarm and bar.ratio < GOOD_BAND[0]:
            return head + " " + self.tr("That is little: a larger learning rate, or gradients that vanish here.")
        return head + " " + self.tr("About 10⁻³ is a good pace; the green band is 10⁻⁴ to 10⁻².")

    def table(self) -> Table:
        """Layer and ratio."""
        return Table(("layer", "update_to_weight_ratio"), [(bar.label, bar.ratio) for bar in self._bars])
