"""A number that says where it comes from when it is clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.widgets.painted import KeyFocus, PaintedButton
from app.kit.words import plain_tip

PIXELS, SMALL = 13, 10


class NumberLink(KeyFocus, PaintedButton):
    """Right-aligned, in figures of one width. ``entered(on)``: the pointer or the keyboard has come to it, or left."""

    entered = Signal(bool)

    def __init__(self, name: str, tip: str, parent: QWidget | None = None, *, pixels: int = PIXELS) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)
        self._lit, self._small = False, ""
        self.setToolTip(plain_tip(tip))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._font = look.tabular(look.font(pixels, QFont.Weight.DemiBold))
        self._small_font = look.tabular(look.font(SMALL))

    def say(self, text: str) -> None:
        """Show a number."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{self._name} = {text}")
            if self.sizeHint().width() > self.width():
                self.updateGeometry()
            self.update()

    def say_beside(self, text: str) -> None:
        """A second number in small print beneath it; none where there are no words."""
        if text != self._small:
            self._small = text
            self.updateGeometry()
            self.update()

    def light(self, lit: bool) -> None:
        """Stand out, or no more."""
        if lit is not self._lit:
            self._lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font).horizontalAdvance(self.text())
        if self._small:
            width = max(width, QFontMetricsF(self._small_font).horizontalAdvance(self._small))
        return QSize(round(width) + 8, 34 if self._small else 22)

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
        if self._small:
            self._paint_small(painter, box)
            box.setHeight(21)
        words = box.adjusted(2, 0, -3, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text())
        width = painter.fontMetrics().horizontalAdvance(self.text())
        painter.setPen(QPen(theme.colour("accent" if lively else "border"), 1.0))
        y = box.center().y() + 8.5
        painter.drawLine(round(words.right() - width), round(y), round(words.right()), round(y))
        if self.focused_by_key:
            painter.setPen(QPen(theme.colour("accent"), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_small(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self._small_font)
        painter.setPen(theme.colour("text_muted"))
        under = box.adjusted(2, 21, -3, 0)
        painter.drawText(under, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._small)
        painter.setFont(self._font)
        painter.setPen(theme.colour("accent" if self.underMouse() or self.focused_by_key else "text"))
