"""The canvas's events as Qt delivers them, passed on to :class:`app.builder.canvas.input.CanvasInput`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from app.builder.canvas.drag import PaletteTarget
from app.builder.canvas.input import CanvasInput


class CanvasEvents(PaletteTarget):
    """A widget whose pointer, keys and palette drops are handled by its ``input``."""

    input: CanvasInput

    def menu_at(self, point: QPointF | None, where: QPoint) -> None:
        """Open the menu of what lies under a pixel, or of what is chosen, at a point of the screen."""
        raise NotImplementedError

    def palette_over(self, kind: str, point: QPointF) -> None:
        """Show the ghost of a block held over the canvas."""
        self.input.palette_over(kind, point)

    def palette_left(self) -> None:
        """The block has been carried off again."""
        self.input.palette_left()

    def palette_dropped(self, kind: str, point: QPointF) -> None:
        """Add the block, into the wire beneath it if there is one."""
        self.input.palette_dropped(kind, point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self.input.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or light up what lies under the pointer."""
        self.input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self.input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to fit on empty ground."""
        self.input.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done: by the mouse where it points, by the menu key with what is chosen."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_at(QPointF(event.pos()) if by_mouse else None, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.input.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that are no shortcuts."""
        if not self.input.key_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space up."""
        self.input.key_release(event)
        super().keyReleaseEvent(event)
