"""Buttons that are small cards: pictures to choose, things to drag away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from app.kit import theme
from app.kit.icons import pixmap
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip

CARD = 48
"""Height of a picture's card in pixels, and the least width."""
BLOCK_WIDTH, BLOCK_HEIGHT = 58, 40


def edge_of(button: QAbstractButton, *, chosen: bool) -> str:
    """The colour of a tile's border, by its name in the theme. The accent's is of the chosen one alone: a clicked tile
    keeps the focus when undo, or slow data, leave another one chosen."""
    focused = button.focused_by_key if isinstance(button, KeyFocus) else button.hasFocus()
    pointed = button.underMouse() and button.isEnabled()
    return "accent" if chosen else "text" if focused else "text_muted" if pointed else "border"


def paint_card(painter: QPainter, button: QAbstractButton, *, chosen: bool = False) -> QRectF:
    """The card's ground and border, in the accent's colour when chosen, in the text's when focused; its box."""
    width = 2.0 if chosen else 1.0
    box = QRectF(button.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(QPen(theme.colour(edge_of(button, chosen=chosen)), width))
    painter.setBrush(theme.colour("accent_soft" if button.isDown() else "raised" if button.underMouse() else "surface"))
    painter.drawRoundedRect(box, 8, 8)
    return box


class BlockCard(PaintedButton):
    """A block kind: press and drag it away, or activate it by double-click or Enter."""

    dragged = Signal(str, QPoint)
    activated = Signal(str)

    def __init__(self, kind: str, label: str, icon: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self._icon = kind, icon
        self._pressed_at: QPoint | None = None
        self.setText(label)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(label)
        self.setAccessibleDescription(tip)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(BLOCK_WIDTH, BLOCK_HEIGHT)

    def paint(self, painter: QPainter) -> None:
        box = paint_card(painter, self)
        picture = pixmap(self._icon, 15, "accent", self.devicePixelRatioF())
        painter.drawPixmap(round(box.center().x() - 7), round(box.y() + 4), picture)
        painter.setPen(theme.colour("text"))
        words = QRectF(box.x() + 1, box.bottom() - 19, box.width() - 2, 16)
        for size in (11, 10):
            set_pixels(painter, size)
            if painter.fontMetrics().horizontalAdvance(self.text()) <= words.width():
                break
        draw_elided(painter, words, Qt.AlignmentFlag.AlignCenter, self.text())

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
