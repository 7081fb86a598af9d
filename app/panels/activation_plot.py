"""f and f' of an activation over the live histogram of a layer's own z; a second activation beside it to compare."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.plots.numbers import short
from engine.activations import activation
from engine.network.contract import HISTOGRAM_RANGE

HEIGHT = 118
POINTS = 241
BOUNDED, UNBOUNDED = (-1.25, 1.35), (-1.25, 2.6)
TWINS = ("gelu", "gelu_tanh")
"""Two whose difference is the point: it is drawn enlarged."""


@dataclass(frozen=True, slots=True)
class Curves:
    """Over z (241,): f and f' (241,)."""

    z: NDArray[np.float64]
    f: NDArray[np.float64]
    slope: NDArray[np.float64]


@lru_cache(maxsize=64)
def curves_of(key: str, alpha: float | None) -> Curves:
    """The curves of an activation over the histogram's range."""
    z = np.linspace(*HISTOGRAM_RANGE, POINTS)
    function = activation(key)
    return Curves(z, function.value(z, alpha), function.derivative(z, alpha))


class ActivationPlot(QWidget):
    """``f`` in the positive colour, ``f'`` in the negative one; what it is compared with in dashes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = "tanh"
        self._alpha: float | None = None
        self._other: str | None = None
        self._histogram: NDArray[np.int64] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The activation and its derivative"))
        self.setToolTip(
            self.tr(
                "f and its derivative f', over the histogram of this layer's own z.\n"
                "Where f' is near zero no gradient comes through."
            )
        )
        theme.notifier().changed.connect(self.update)

    def set_function(self, key: str, alpha: float | None) -> None:
        """Plot another activation."""
        self._key, self._alpha = key, alpha
        self.update()

    def set_other(self, key: str | None) -> None:
        """Compare with a second activation, or with none."""
        self._other = key
        self.update()

    def set_histogram(self, histogram: NDArray[np.int64] | None) -> None:
        """Show another histogram of z, (32,) over the range of the contract."""
        self._histogram = histogram
        self.update()

    @property
    def shows_difference(self) -> bool:
        """Whether the two curves are so close that their difference is drawn."""
        return {self._key, self._other} == set(TWINS)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(box, 8, 8)
            inner = box.adjusted(7, 7, -7, -7)
            self._paint_histogram(painter, inner)
            self._paint_curves(painter, inner)
            self._paint_words(painter, inner)
        finally:
            painter.end()

    def _bounds(self) -> tuple[float, float]:
        keys = [key for key in (self._key, self._other) if key is not None]
        bounded = all(np.isfinite(activation(key).output_range).all() for key in keys)
        return BOUNDED if bounded else UNBOUNDED

    def _paint_histogram(self, painter: QPainter, box: QRectF) -> None:
        counts = self._histogram
        if counts is None or not counts.any():
            return
        colour = theme.colour("positive")
        colour.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        width, most = box.width() / len(counts), float(counts.max())
        for at, count in enumerate(counts):
            height = 0.62 * box.height() * float(count) / most
            painter.drawRect(QRectF(box.x() + at * width + 0.5, box.bottom() - height, width - 1, height))

    def _paint_curves(self, painter: QPainter, box: QRectF) -> None:
        low, high = self._bounds()
        zero = box.bottom() - (0.0 - low) / (high - low) * box.height()
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawLine(QPointF(box.left(), zero), QPointF(box.right(), zero))
        painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
        painter.setClipRect(box)
        main = curves_of(self._key, self._alpha)
        if self._other is not None:
            other = curves_of(self._other, None)
            self._stroke(painter, box, other.slope, theme.colour("negative"), dashed=True)
            self._stroke(painter, box, other.f, theme.colour("positive"), dashed=True)
        self._stroke(painter, box, main.slope, theme.colour("negative"))
        self._stroke(painter, box, main.f, theme.colour("positive"))
        if self.shows_difference:
            difference = curves_of(TWINS[1], None).f - curves_of(TWINS[0], None).f
            largest = float(np.abs(difference).max())
            self._stroke(painter, box, difference / largest, theme.colour("good"))
        painter.setClipping(False)

    def _stroke(
        self, painter: QPainter, box: QRectF, y: NDArray[np.float64], colour: QColor, *, dashed: bool = False
    ) -> None:
        low, high = self._bounds()
        across = box.x() + np.linspace(0.0, 1.0, POINTS) * box.width()
        up = box.bottom() - (np.clip(y, low - 1, high + 1) - low) / (high - low) * box.height()
        pen = QPen(colour, 1.4 if dashed else 2.0)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(x, v) for x, v in zip(across, up, strict=True)]))

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        font = QFont(self.font())
        font.setPixelSize(13)
        font.setItalic(True)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour("positive"))
        painter.drawText(QPointF(box.x() + 2, box.y() + 12), "f")
        painter.setPen(theme.colour("negative"))
        painter.drawText(QPointF(box.x() + 18, box.y() + 12), "f ′")
        font.setItalic(False)
        font.setPixelSize(10)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour("text_muted"))
        if self._histogram is not None:
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            painter.drawText(box, flags, self.tr("z of this layer, live"))
        if self.shows_difference:
            difference = curves_of(TWINS[1], None).f - curves_of(TWINS[0], None).f
            text = self.tr("tanh − exact, at most {most}").format(most=short(float(np.abs(difference).max())))
            painter.setPen(theme.colour("good"))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, text)
