"""Buttons that are small cards: words in two lines, things to drag away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from app.kit import theme
from app.kit.icons import pixmap
from app.kit.widgets.painted import PaintedButton, draw_elided, set_pixels

CARD = 48
"""Height of a card in pixels, and the least width."""


def paint_card(painter: QPainter, button: QAbstractButton, *, chosen: bool = False) -> QRectF:
    """The card's ground and border, in the accent's colour when chosen or focused; its box."""
    width = 2.0 if chosen else 1.0
    box = QRectF(button.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    lively = chosen or button.hasFocus()
    name = "accent" if lively else "text_muted" if button.underMouse() and button.isEnabled() else "border"
    painter.setPen(QPen(theme.colour(name), width))
    painter.setBrush(theme.colour("accent_soft" if button.isDown() else "raised" if button.underMouse() else "surface"))
    painter.drawRoundedRect(box, 8, 8)
    return box


class WordCard(PaintedButton):
    """Two lines of words: what to do, and what else."""

    def __init__(self, first: str, second: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._second = second
        self.setText(first)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip)
        self.setAccessibleName(f"{first} {second}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Whoever holds the button says whether it is checked."""

    def set_words(self, first: str, second: str) -> None:
        """Say something else."""
        self._second = second
        self.setText(first)
        self.setAccessibleName(f"{first} {second}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(CARD * 2, CARD)

    def minimumSizeHint(self) -> QSize:
        return QSize(CARD, CARD)

    def paint(self, painter: QPainter) -> None:
        box = paint_card(painter, self, chosen=self.isChecked()).adjusted(4, 0, -4, 0)
        middle = box.center().y()
        self._line(painter, self.text(), QRectF(box.x(), middle - 17, box.width(), 17), 12, True)
        self._line(painter, self._second, QRectF(box.x(), middle, box.width(), 16), 11, False)

    def _line(self, painter: QPainter, text: str, box: QRectF, size: int, strong: bool) -> None:
        set_pixels(painter, size, QFont.Weight.Medium if strong else QFont.Weight.Normal)
        painter.setPen(theme.colour("text" if strong else "text_muted"))
        draw_elided(painter, box, Qt.AlignmentFlag.AlignCenter, text)


class BlockCard(PaintedButton):
    """A block kind: press and drag it away, or activate it by double-click or Enter."""

    dragged = Signal(str, QPoint)
    activated = Signal(str)

    def __init__(self, kind: str, label: str, icon: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self._icon = kind, icon
        self._pressed_at: QPoint | None = None
        self.setText(label)
        self.setToolTip(tip)
        self.setAccessibleName(label)
        self.setAccessibleDescription(tip)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(76, 34)

    def paint(self, painter: QPainter) -> None:
        box = paint_card(painter, self)
        picture = pixmap(self._icon, 14, "accent", self.devicePixelRatioF())
        painter.drawPixmap(round(box.x() + 5), round(box.center().y() - 7), picture)
        painter.setPen(theme.colour("text"))
        words = box.adjusted(22, 0, -1, 0)
        for size in (12, 11, 10):
            set_pixels(painter, size)
            if painter.fontMetrics().horizontalAdvance(self.text()) <= words.width():
                break
        draw_elided(painter, words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        moved = event.position().toPoint() - self._pressed_at
        if moved.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.dragged.emit(self.kind, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.activated.emit(self.kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.kind)
        else:
            super().keyPressEvent(event)
