"""A sheet to draw an image on with the mouse, a pen, or the arrow keys."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.colourmap import ink_image
from app.kit.widgets.painted import KeyFocus, Painted, set_pixels

PEN = 0.1
"""Width of the strokes as a share of the sheet."""
STEP = 0.04
"""How far an arrow key moves the pen, as a share of the sheet; with Shift a third of that."""
LEAST_MOVE = 0.004
RADIUS = 10.0

Strokes = tuple[tuple[tuple[float, float], ...], ...]


class DrawingPad(KeyFocus, Painted):
    """``changed``: the drawing is another. ``began``: a stroke is drawn over the image that is shown.

    Places are shares of the sheet from its upper left corner, x to the right and y downwards. Keys: the arrows move
    the pen, Space lets it down and lifts it, Backspace or Undo takes the last stroke away, Delete all.
    """

    changed = Signal()
    began = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._strokes: list[list[tuple[float, float]]] = []
        self._drawing = self._down = False
        self._at = (0.5, 0.25)
        self._pixels: NDArray[np.float64] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move the pen, Space lowers or lifts it, Backspace removes the last stroke.")
        )
        self.setToolTip(
            self.tr("Draw with the mouse or a pen. With the keyboard: arrows move the pen, Space lowers or lifts it, "
                "Backspace removes the last stroke, Delete clears.")
        )  # fmt: skip

    # What is drawn ------------------------------------------------------------------------------------------------

    @property
    def strokes(self) -> Strokes:
        """The strokes so far."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    @property
    def empty(self) -> bool:
        """Return whether nothing is drawn."""
        return not self._strokes

    def show_pixels(self, pixels: NDArray[np.float64] | None) -> None:
        """Show an image (height, width) of 0 … 1 in place of the drawing, until a stroke begins; None: the drawing."""
        self._pixels = pixels
        self.update()

    def clear(self) -> None:
        """Take all strokes away."""
        if self._strokes:
            self._strokes.clear()
            self._down = self._drawing = False
            self._tell()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self._strokes:
            self._strokes.pop()
            self._down = self._drawing = False
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def _begin(self, x: float, y: float) -> None:
        if self._pixels is not None:
            self._pixels = None
            self._strokes.clear()
            self.began.emit()
        self._strokes.append([(x, y)])
        self._at = (x, y)
        self._tell()

    def _go_on(self, x: float, y: float) -> None:
        x, y = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
        last = self._strokes[-1][-1]
        if abs(last[0] - x) + abs(last[1] - y) >= LEAST_MOVE:
            self._strokes[-1].append((x, y))
            self._at = (x, y)
            self._tell()

    # Painting -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        sheet = QPainterPath()
        sheet.addRoundedRect(box, RADIUS, RADIUS)
        painter.fillPath(sheet, theme.colour("surface"))
        painter.setClipPath(sheet)
        if self._pixels is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(box, ink_image(self._pixels))
        else:
            self._paint_lines(painter, box)
            self._paint_strokes(painter)
        if self.focused_by_key:
            self._paint_pen(painter)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 2.0 if self.hasFocus() else 1.4))
        painter.drawPath(sheet)

    def _paint_lines(self, painter: QPainter, box: QRectF) -> None:
        """Thin lines to keep to, and a word on an empty sheet."""
        painter.setPen(QPen(theme.colour("grid_dots"), 1.0))
        for share in (0.25, 0.5, 0.75):
            painter.drawLine(QPointF(share * self.width(), box.top()), QPointF(share * self.width(), box.bottom()))
            painter.drawLine(QPointF(box.left(), share * self.height()), QPointF(box.right(), share * self.height()))
        if not self._strokes:
            set_pixels(painter, 13)
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)

    def _paint_strokes(self, painter: QPainter) -> None:
        ink = QPen(theme.colour("text"), PEN * self.width())
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPath(smooth(points))

    def _paint_pen(self, painter: QPainter) -> None:
        """Where the keys' pen is: filled while it is down."""
        at = QPointF(self._at[0] * self.width(), self._at[1] * self.height())
        painter.setPen(QPen(theme.colour("accent"), 2.0))
        painter.setBrush(theme.colour("accent") if self._down else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 6, 6)

    # Hands --------------------------------------------------------------------------------------------------------

    def _place(self, event: QMouseEvent) -> tuple[float, float]:
        return event.position().x() / max(self.width(), 1), event.position().y() / max(self.height(), 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._down, self._drawing = False, True
            self._begin(*self._place(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing and self._strokes:
            self._go_on(*self._place(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drawing = False

    def event(self, event: QEvent) -> bool:
        """Keys that draw are no shortcuts while the pad has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means(event):
            event.accept()
            return True
        return super().event(event)

    def _means(self, event: QKeyEvent) -> bool:
        keys = (
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
            Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Delete,
        )  # fmt: skip
        undo = event.matches(QKeySequence.StandardKey.Undo) and bool(self._strokes)
        return undo or (event.key() in keys and not event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw with the keys."""
        key = Qt.Key(event.key())
        ways = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if key in ways:
            step = STEP / 3 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            self._move(self._at[0] + step * ways[key][0], self._at[1] + step * ways[key][1])
        elif key == Qt.Key.Key_Space:
            self._down = not self._down
            if self._down:
                self._begin(*self._at)
            self.update()
        elif key == Qt.Key.Key_Backspace or event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _move(self, x: float, y: float) -> None:
        self._at = (min(max(x, 0.02), 0.98), min(max(y, 0.02), 0.98))
        if self._down and self._strokes:
            self._go_on(*self._at)
        self.update()


def smooth(points: list[QPointF]) -> QPainterPath:
    """A path through the middles between the points, bent towards each: a mouse's corners are not seen."""
    path = QPainterPath(points[0])
    for here, after in pairwise(points[1:]):
        path.quadTo(here, (here + after) / 2)
    path.lineTo(points[-1])
    return path
