"""The drag of a block kind from the palette onto a canvas.

It is a mouse gesture of our own, so that it works (and is tested) everywhere. It begins once the pointer has left the
pressed card, and watches the application's mouse events, wherever they are delivered, until the button is released or
Escape is pressed.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCursor, QFont, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.kit import look, theme
from app.kit.translation import worded
from engine.graph.kinds import kind_of

KEY_DOWN = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)


class PaletteTarget(QWidget):
    """A widget onto which block kinds can be dropped. Points are its own pixels."""

    def palette_over(self, kind: str, point: QPointF) -> None:
        """A block kind is held over the widget."""
        raise NotImplementedError

    def palette_left(self) -> None:
        """It has left again, or the drag was given up."""
        raise NotImplementedError

    def palette_dropped(self, kind: str, point: QPointF) -> None:
        """It is dropped."""
        raise NotImplementedError


class PaletteDrag(QObject):
    """One drag, from the palette to a target. ``finished`` says whether something was dropped."""

    finished = Signal(bool)

    def __init__(self, kind: str, position: QPoint) -> None:
        application = QCoreApplication.instance()
        assert application is not None  # a mouse has been pressed in it
        super().__init__(application)
        self._application = application
        self.kind = kind
        self._target: PaletteTarget | None = None
        QApplication.setOverrideCursor(_cursor(kind))
        self._application.installEventFilter(self)
        self._hold_over(position)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer; Escape gives up."""
        if isinstance(event, QMouseEvent) and watched.isWidgetType():
            position = event.globalPosition().toPoint()
            if event.type() == QEvent.Type.MouseMove:
                self._hold_over(position)
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._release(position)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and event.type() in KEY_DOWN:
            self._end(dropped=False)
            return True
        return False

    def _hold_over(self, position: QPoint) -> None:
        target = _target_at(position)
        if target is not self._target:
            if self._target is not None:
                self._target.palette_left()
            self._target = target
            QApplication.changeOverrideCursor(
                QCursor(Qt.CursorShape.ClosedHandCursor) if target is not None else _cursor(self.kind)
            )
        if target is not None:
            target.palette_over(self.kind, QPointF(target.mapFromGlobal(position)))

    def _release(self, position: QPoint) -> None:
        self._hold_over(position)
        target = self._target
        if target is not None:
            target.palette_dropped(self.kind, QPointF(target.mapFromGlobal(position)))
            self._target = None
        self._end(dropped=target is not None)

    def _end(self, *, dropped: bool) -> None:
        self._application.removeEventFilter(self)
        QApplication.restoreOverrideCursor()
        if self._target is not None:
            self._target.palette_left()
            self._target = None
        self.finished.emit(dropped)
        self.deleteLater()


def start_palette_drag(kind: str, position: QPoint) -> PaletteDrag:
    """Begin dragging a block kind at a global position, the mouse button being down."""
    return PaletteDrag(kind, position)


def _target_at(position: QPoint) -> PaletteTarget | None:
    widget = QApplication.widgetAt(position)
    while widget is not None and not isinstance(widget, PaletteTarget):
        widget = widget.parentWidget()
    return widget


def _cursor(kind: str) -> QCursor:
    """The kind's name on a small plate, held by the pointer."""
    plate = QPixmap(112, 34)
    plate.fill(Qt.GlobalColor.transparent)
    painter = QPainter(plate)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.faded("surface", 0.92))
        painter.setPen(look.pen(theme.colour("accent"), 1.5))
        box = QRectF(1, 1, 110, 32)
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(theme.colour("text"))
        painter.setFont(look.font(12.5, QFont.Weight.DemiBold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, worded(kind_of(kind).label))
    finally:
        painter.end()
    return QCursor(plate, 56, 17)
