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
WIDE_BLOCK = 84
"""From this width on a block's picture stands beside its name."""


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
        painter.setPen(theme.colour("text"))
        is_wide = box.width() >= WIDE_BLOCK
        if is_wide:
            words, alignment = box.adjusted(28, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawPixmap(round(box.x() + 8), round(box.center().y() - 7), picture)
        else:
            words = QRectF(box.x() + 1, box.bottom() - 19, box.width() - 2, 16)
            alignment = Qt.AlignmentFlag.AlignCenter
            painter.drawPixmap(round(box.center().x() - 7), round(box.y() + 4), picture)
        for size in (12, 11, 10) if is_wide else (11, 10):
            set_pixels(painter, size)
            if painter.fontMetrics().horizontalAdvance(self.text()) <= words.width():
                break
        draw_elided(painter, words, alignment, self.text())

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


class MoreCard(KeyFocus, PaintedButton):
    """The last of some cards, with a dashed border: opens the others. Checked while one of those is chosen, whose name
    it then bears."""

    def __init__(self, text: str, tip: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.setText(text)
        self.setCheckable(True)
        self.setToolTip(plain_tip(tip))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(BLOCK_WIDTH, self._height)

    def nextCheckState(self) -> None:
        """What it opens says whether one of it is chosen."""

    def paint(self, painter: QPainter) -> None:
        width = 2.0 if self.isChecked() else 1.0
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        style = Qt.PenStyle.SolidLine if self.isChecked() else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.colour(edge_of(self, chosen=self.isChecked())), width, style))
        painter.setBrush(theme.colour("raised" if self.underMouse() else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        set_pixels(painter, 12)
        painter.setPen(theme.colour("text" if self.isChecked() else "text_muted"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = box.adjusted(3, 2, -3, -2)
        is_whole = words.contains(QRectF(painter.fontMetrics().boundingRect(words.toRect(), flags, self.text())))
        if is_whole:
            painter.drawText(words, flags, self.text())
        else:
            draw_elided(painter, words, Qt.AlignmentFlag.AlignCenter, self.text())
