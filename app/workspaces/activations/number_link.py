"""A number that says where it comes from when it is clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.widgets.painted import KeyFocus, PaintedButton

PIXELS = 13


class NumberLink(KeyFocus, PaintedButton):
    """Right-aligned, in figures of one width. ``entered(on)``: the pointer or the keyboard has come to it, or left."""

    entered = Signal(bool)

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._lit = False
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._font = look.tabular(look.font(PIXELS, QFont.Weight.DemiBold))

    def say(self, text: str) -> None:
        """Show a number."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{self._name} = {text}")
            self.updateGeometry()
            self.update()

    def light(self, lit: bool) -> None:
        """Stand out, or no more."""
        if lit is not self._lit:
            self._lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self._font).horizontalAdvance(self.text())) + 8, 22)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit(True)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.entered.emit(False)
        self.update()

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect())
        if self._lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(box, 4, 4)
        lively = self.underMouse() or self.focused_by_key
        painter.setFont(self._font)
        painter.setPen(theme.colour("accent" if lively else "text"))
        words = box.adjusted(2, 0, -3, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text())
        width = painter.fontMetrics().horizontalAdvance(self.text())
        painter.setPen(QPen(theme.colour("accent" if lively else "border"), 1.0))
        y = box.center().y() + 8.5
        painter.drawLine(round(words.right() - width), round(y), round(words.right()), round(y))
        if self.focused_by_key:
            painter.setPen(QPen(theme.colour("accent"), 1.0))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
