"""The canvas of the computation graph: a widget that paints it, and passes on what hands do with it."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit import look
from app.kit.scene.viewport import GESTURES
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.drawing import Knot
from app.workspaces.scalar_graph.canvas.hands import Hands
from app.workspaces.scalar_graph.canvas.hit import Part
from app.workspaces.scalar_graph.canvas.picture import GraphPicture
from app.workspaces.scalar_graph.canvas.tips import tip_of

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class GraphCanvas(GraphPicture):
    """What one does with the picture.

    ``chosen(keys)``: by hand; ``chosen_again``: the one that is chosen already; ``pointed(key)``: the node under the
    pointer, or None; ``number_asked(hit)``: a number of an edge or the result was clicked; ``pulled(key, value)`` and
    ``let_go``: a leaf is dragged; ``typing_asked(knot)``: a leaf was clicked; ``hull_clicked(hull)``.
    """

    chosen = Signal(object)
    chosen_again = Signal()
    pointed = Signal(object)
    number_asked = Signal(object)
    pulled = Signal(object, float)
    let_go = Signal()
    typing_asked = Signal(object)
    hull_clicked = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hands = Hands(self)
        self._by_key = False
        self._pointed: Hashable | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Computation graph"))

    def choose(self, keys: Collection[Hashable]) -> None:
        """Choose nodes; ``chosen`` follows."""
        chosen = frozenset(keys)
        if chosen != self.shown.chosen:
            self.shown.chosen = chosen
            self.chosen.emit(chosen)
            self.update_drawing()

    def focus_on(self, knot: Knot) -> None:
        """Bring the keyboard's ring to a node, and it into sight."""
        self.shown.focus = knot.key
        self.choose({knot.key})
        self.viewport.reveal(knot.box.adjusted(-20, -20, 20, 40))
        self.update()

    def point_at(self, key: Hashable | None) -> None:
        """The pointer has come to a node, or left it."""
        if key != self._pointed:
            self._pointed = key
            self.pointed.emit(key)

    def paint_hands(self, painter: QPainter) -> None:
        self.hands.paint(painter)
        if self._by_key and self.hasFocus():
            painter.setPen(QPen(look.faded("accent", 0.5), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))

    # Events -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A collapsed node opens; any other shows where its number comes from."""
        found = self.hit(event.position())
        if found.part is Part.NODE and found.knot is not None:
            self.opened.emit(found.knot)

    def leaveEvent(self, event: QEvent) -> None:
        self.point_at(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms, wheel or two fingers pan."""
        self.viewport.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hands.key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.viewport.resized(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in GESTURES and self.viewport.take_gesture(event):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = tip_of(self.hit(QPointF(event.pos())), self.shown)
            QToolTip.showText(event.globalPos(), plain_tip(text), self) if text else QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.hands.keeps(event):
            event.accept()
            return True
        return super().event(event)
