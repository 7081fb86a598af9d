"""The cursor's x on its line: dragged, typed after a click, and nudged where it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.numbers import fixed, typed
from app.kit.widgets.drag_number import DragNumber
from engine.activations.comparison import decimals_of

HEIGHT, SIDE = 24, 13
CLICK_PIXELS = 3.0


def cursor_text(x: float, low: float, high: float) -> str:
    """The cursor's x with as many decimals as a pixel is worth; one that was typed finer, with all it was given."""
    decimals = decimals_of(low, high)
    return fixed(x, decimals) if round(x, decimals) == x else typed(x)


class CursorPill(DragNumber):
    """It goes where the pointer goes. ``x_at``: the x at a pixel of the parent."""

    def __init__(self, x_at: Callable[[float], float], parent: QWidget) -> None:
        self._low, self._high = -6.0, 6.0
        super().__init__(0.0, -6.0, 6.0, 0.1, shown=self._written, parent=parent)
        self._x_at = x_at
        self._held: QPointF | None = None
        self.set_name(self.tr("Cursor x"), self.tr("Where f and f′ are read, and where the tangents touch"))

    def _written(self, x: float) -> str:
        return cursor_text(x, self._low, self._high)

    def show_range(self, low: float, high: float, x: float) -> None:
        """Another axis or place; nothing is emitted."""
        if (low, high) != (self._low, self._high):
            self._low, self._high = low, high
            self.set_range(low, high, 10.0 ** (1 - decimals_of(low, high)))
        self.set_value(x)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self._font).horizontalAdvance(self._words)) + 2 * SIDE, HEIGHT)

    @property
    def _words(self) -> str:
        return f"↔  x = {self.text}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self.mapToParent(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        x = self.mapToParent(event.position()).x()
        if self._dragging or abs(x - self._held.x()) >= CLICK_PIXELS:
            self._dragging = True
            self.slide(round(self._x_at(x), decimals_of(self._low, self._high)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._held is None:
            return
        dragged, self._dragging, self._held = self._dragging, False, None
        if dragged:
            self.let_go()
        else:
            self.edit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("text"), 2.0) if self.focused_by_key else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        painter.setFont(self._font)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)
