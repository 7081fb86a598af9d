"""One of the plots that lie over each other on one x axis, and what mouse and keys do in any of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.drawing.axes import round_ticks
from app.kit.widgets.drag_number.arithmetic import pace
from app.kit.widgets.painted import KeyFocus, Painted, set_pixels
from app.kit.widgets.wheels import scrolls_past
from engine.activations.comparison import decimals_of

LEFT, RIGHT = 50, 92
"""Pixels beside every plot: the numbers of its own axis, and the names at the ends of its curves."""
TICK_APART = 80.0
ZOOM = 1.2
"""One notch of the wheel."""


class Band(KeyFocus, Painted):
    """A plot over ``low`` … ``high`` with the cursor that all share.

    A press or a drag takes the cursor along; Shift or the middle button moves the axis; the wheel zooms about the
    pointer; a double click asks for the usual axis. ``nudged(old, new)``: the cursor, by a key. ``head``, ``foot``,
    ``beside``: pixels above, beneath, and left and right of the plot.
    """

    cursor_moved = Signal(float)
    settled = Signal()
    axis_moved = Signal(float, float)
    reset_wanted = Signal()
    nudged = Signal(float, float)
    ground = "surface"

    def __init__(
        self, head: int, foot: int, parent: QWidget | None = None, *, beside: tuple[int, int] = (LEFT, RIGHT)
    ) -> None:
        super().__init__(parent)
        self._head, self._foot = head, foot
        self._left, self._right = beside
        self.low, self.high, self.at_x = -6.0, 6.0, 0.0
        self.line_lit = False
        self._pan: tuple[float, float, float] | None = None
        self._dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_axis(self, low: float, high: float, cursor: float) -> None:
        """Show another stretch of x, or the cursor at another place."""
        if (low, high, cursor) == (self.low, self.high, self.at_x):
            return
        if (low, high) != (self.low, self.high):
            self.low, self.high = low, high
            self.axis_changed()
        self.at_x = cursor
        self.update()

    def axis_changed(self) -> None:
        """Another stretch of x is shown."""

    def light_line(self, lit: bool) -> None:
        """Make the cursor's line stand out, or no more."""
        if lit is not self.line_lit:
            self.line_lit = lit
            self.update()

    # Places -------------------------------------------------------------------------------------------------------

    def box(self) -> QRectF:
        """The plot itself."""
        width, height = self.width() - self._left - self._right, self.height() - self._head - self._foot
        return QRectF(self._left, self._head, max(10, width), max(10, height))

    def px(self, x: float) -> float:
        """Where x is, in pixels."""
        box = self.box()
        return box.left() + (x - self.low) / (self.high - self.low) * box.width()

    def x_at(self, px: float) -> float:
        """The x at a pixel."""
        box = self.box()
        return self.low + (px - box.left()) / box.width() * (self.high - self.low)

    # Mouse and keys -----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (
            left and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._pan = (event.position().x(), self.low, self.high)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif left:
            self._dragging = True
            self.cursor_moved.emit(self._held(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan is not None:
            start, low, high = self._pan
            shift = (start - event.position().x()) / self.box().width() * (high - low)
            self.axis_moved.emit(low + shift, high + shift)
        elif self._dragging:
            self.cursor_moved.emit(self._held(event.position().x()))
        else:
            inside = self.box().left() - 4 <= event.position().x() <= self.box().right() + 4
            self.setCursor(Qt.CursorShape.SizeHorCursor if inside else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pan is not None or self._dragging:
            self._pan, self._dragging = None, False
            self.setCursor(Qt.CursorShape.SizeHorCursor)
            self.settled.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_wanted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if scrolls_past(self):
            event.ignore()
            return
        notches = event.angleDelta().y() / 120.0
        if notches:
            self.zoom(ZOOM**-notches, self._held(event.position().x()))
            self.settled.emit()
        event.accept()

    def zoom(self, factor: float, about: float) -> None:
        """Ask for an axis that is ``factor`` times as long, on which one x stays where it is."""
        self.axis_moved.emit(about - (about - self.low) * factor, about + (self.high - about) * factor)

    def _held(self, px: float) -> float:
        return min(max(self.x_at(px), self.low), self.high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cursor (Shift finer, Ctrl coarser), plus and minus zoom, Home leads to 0."""
        step = 10.0 ** (1 - decimals_of(self.low, self.high)) * pace(event.modifiers())
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go_to(self.at_x + (step if key == Qt.Key.Key_Right else -step))
        elif key == Qt.Key.Key_Home:
            self._go_to(0.0)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(ZOOM if key == Qt.Key.Key_Minus else 1.0 / ZOOM, self.at_x)
        else:
            super().keyPressEvent(event)

    def _go_to(self, x: float) -> None:
        before, x = self.at_x, min(max(x, self.low), self.high)
        self.cursor_moved.emit(x)
        if self.at_x != before:
            self.nudged.emit(before, self.at_x)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self.settled.emit()
        super().keyReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor)
        super().leaveEvent(event)

    # Painting -----------------------------------------------------------------------------------------------------

    def paint_upright(self, painter: QPainter, *, numbers: bool) -> None:
        """The lines of the x axis, and its numbers beneath."""
        box = self.box()
        set_pixels(painter, 11)
        for place, text in round_ticks(self.low, self.high, box.width(), TICK_APART):
            x = round(self.px(place)) + 0.5
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            if numbers:
                painter.setPen(theme.colour("text_muted"))
                painter.drawText(QRectF(x - 40, box.bottom() + 4, 80, 16), Qt.AlignmentFlag.AlignCenter, text)

    def paint_cursor(self, painter: QPainter, top: float, bottom: float) -> None:
        """The cursor's line, from one height to another."""
        painter.setPen(QPen(theme.colour("accent"), 3.0 if self.line_lit or self.focused_by_key else 1.5))
        x = self.px(self.at_x)
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def paint_dot(self, painter: QPainter, at: QPointF, colour: QColor, radius: float, *, hollow: bool) -> None:
        """A point of a curve."""
        painter.setPen(QPen(colour, 1.8))
        painter.setBrush(theme.colour("surface") if hollow else colour)
        painter.drawEllipse(at, radius, radius)
