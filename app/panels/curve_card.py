"""The activation cards: every activation as a button that draws its curve."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from app import theme
from app.panels.cards import paint_card
from app.widgets.flow import FlowLayout
from engine.activations import ACTIVATIONS, Activation, activation

SHORT_NAMES = {"leaky_relu": "Leaky", "silu": "SiLU", "gelu": "GELU", "gelu_tanh": "GELU≈"}
HEIGHT, LEAST_WIDTH = 50, 44
REACH = 3.2
POINTS = 65


@lru_cache(maxsize=32)
def card_curve(key: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """z and f(z), both (65,), as a card shows them."""
    z = np.linspace(-REACH, REACH, POINTS)
    return z, activation(key).value(z)


class CurveCard(QAbstractButton):
    """``entered(key)`` and ``left``: for the preview."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, function: Activation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = function.key
        self.setText(SHORT_NAMES.get(function.key, function.label))
        self.setCheckable(True)
        self.setToolTip(f"{function.label}\n{function.fact}")
        self.setAccessibleName(function.label)
        self.setAccessibleDescription(function.fact)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, HEIGHT)

    def nextCheckState(self) -> None:
        """The document says what is checked."""

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit(self.key)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            box = paint_card(painter, self, chosen=self.isChecked())
            self._paint_curve(painter, box.adjusted(5, 6, -5, -18))
            font = QFont(self.font())
            font.setPixelSize(10)
            font.setWeight(QFont.Weight.Bold if self.isChecked() else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(theme.colour("text" if self.isChecked() else "text_muted"))
            words = QRectF(box.x() + 1, box.bottom() - 17, box.width() - 2, 14)
            text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        finally:
            painter.end()

    def _paint_curve(self, painter: QPainter, box: QRectF) -> None:
        z, f = card_curve(self.key)
        low, high = float(f.min()), float(f.max())
        span = (high - low) or 1.0
        across = box.x() + (z + REACH) / (2 * REACH) * box.width()
        up = box.bottom() - (f - low) / span * box.height()
        points = QPolygonF([QPointF(x, y) for x, y in zip(across, up, strict=True)])
        painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "text_muted"), 1.8))
        painter.drawPolyline(points)


class ActivationPicker(QWidget):
    """``picked(key)``: clicked. ``previewed(key)``: hovered, and ``None`` when the pointer has left."""

    picked = Signal(str)
    previewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, CurveCard] = {}
        flow = FlowLayout(self, 5, columns_of=LEAST_WIDTH)
        for function in ACTIVATIONS.values():
            if not function.elementwise:
                continue  # softmax comes with its loss
            card = CurveCard(function)
            card.clicked.connect(lambda _checked=False, key=function.key: self.picked.emit(key))
            card.entered.connect(lambda key: self.previewed.emit(key))
            card.left.connect(lambda: self.previewed.emit(None))
            self.cards[function.key] = card
            flow.addWidget(card)

    def choose(self, key: str) -> None:
        """Mark the activation that is in use; nothing is emitted."""
        for card in self.cards.values():
            card.setChecked(card.key == key)
