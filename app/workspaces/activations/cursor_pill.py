"""The cursor's x, to be dragged, typed and nudged where it stands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.numbers import fixed
from app.kit.widgets.painted import Painted, set_pixels


class CursorPill(Painted):
    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x = 0.0

    def show_range(self, low: float, high: float, x: float) -> None:
        self._x = x
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(86, 24)

    def paint(self, painter: QPainter) -> None:
        from PySide6.QtCore import QRectF, Qt

        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        set_pixels(painter, 12, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, f"↔ x = {fixed(self._x)}")
