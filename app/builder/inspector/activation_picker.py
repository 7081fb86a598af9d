"""The activation cards: every activation as a button that draws its curve."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from app.builder.inspector.activation_plot import CARD_REACH, card_curve
from app.kit import theme
from app.kit.translation import worded
from app.kit.widgets.cards import paint_card
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.painted import PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip
from engine.activations import ACTIVATIONS, Activation

HEIGHT, LEAST_WIDTH = 43, 44
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CurveCard(PaintedButton):
    """``entered(key)`` and ``left``: for the preview. ``moved(key, across, down)``: an arrow key leads on from here."""

    entered = Signal(str)
    left = Signal()
    moved = Signal(str, int, int)

    def __init__(self, function: Activation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = function.key
        self._line: tuple[QSize, QPolygonF] | None = None
        fact = QCoreApplication.translate("Activation", function.fact)
        self.setText(function.short_label or worded(function.label))
        self.setCheckable(True)
        self.setToolTip(plain_tip(f"{worded(function.label)}\n{fact}"))
        self.setAccessibleName(worded(function.label))
        self.setAccessibleDescription(fact)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, HEIGHT)

    def nextCheckState(self) -> None:
        """The document says what is checked."""

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit(self.key)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead to the neighbours, Enter takes the card."""
        key = Qt.Key(event.key())
        if key in ARROWS:
            self.moved.emit(self.key, *ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        box = paint_card(painter, self, chosen=self.isChecked())
        painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "text_muted"), 1.8))
        painter.drawPolyline(self._curve(box.adjusted(5, 5, -5, -17)))
        set_pixels(painter, 10, QFont.Weight.Bold if self.isChecked() else QFont.Weight.Normal)
        painter.setPen(theme.colour("text" if self.isChecked() else "text_muted"))
        words = QRectF(box.x() + 1, box.bottom() - 15, box.width() - 2, 14)
        draw_elided(painter, words, Qt.AlignmentFlag.AlignCenter, self.text())

    def _curve(self, box: QRectF) -> QPolygonF:
        """The curve in the box, kept until the card changes its size."""
        if self._line is None or self._line[0] != self.size():
            z, f = card_curve(self.key)
            low, span = float(f.min()), float(f.max() - f.min()) or 1.0
            across = box.x() + (z + CARD_REACH) / (2 * CARD_REACH) * box.width()
            up = box.bottom() - (f - low) / span * box.height()
            points = [QPointF(x, y) for x, y in zip(across.tolist(), up.tolist(), strict=True)]
            self._line = (self.size(), QPolygonF(points))
        return self._line[1]


class ActivationPicker(QWidget):
    """``picked(key)``: clicked, or taken by Enter. ``previewed(key)``: under the pointer or reached by an arrow key,
    and ``None`` when that has ended."""

    picked = Signal(str)
    previewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tried: str | None = None
        self._picked_at: tuple[str, QPoint] | None = None
        self.cards: dict[str, CurveCard] = {}
        self.setAccessibleName(self.tr("Activations"))
        flow = FlowLayout(self, 5, columns_of=LEAST_WIDTH)
        for function in ACTIVATIONS.values():
            if not function.elementwise:
                continue  # softmax comes with its loss
            card = CurveCard(function)
            card.clicked.connect(lambda _checked=False, key=function.key: self._pick(key))
            card.entered.connect(self._enter)
            card.left.connect(self.end_preview)
            card.moved.connect(self._move)
            self.cards[function.key] = card
            flow.addWidget(card)

    def choose(self, key: str | None) -> None:
        """Mark the activation that is in use; nothing is emitted. None: there are several."""
        for card in self.cards.values():
            card.setChecked(card.key == key)

    def end_preview(self) -> None:
        """Nothing is tried any more."""
        if self._tried is not None:
            self._tried = None
            self.previewed.emit(None)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.end_preview()

    def _enter(self, key: str) -> None:
        """Preview what the pointer has come to. A pointer that rests where it has picked enters the card anew when the
        panel is laid out again, after an undo: numbers of another activation would stand there as the network's."""
        if self._picked_at != (key, QCursor.pos()):
            self._try(key)

    def _try(self, key: str) -> None:
        if key != self._tried:
            self._tried = key
            self.previewed.emit(key)

    def _pick(self, key: str) -> None:
        self.end_preview()
        self._picked_at = key, QCursor.pos()
        self.picked.emit(key)

    def _move(self, key: str, across: int, down: int) -> None:
        order = list(self.cards)
        at = order.index(key) + across + down * self._columns()
        if 0 <= at < len(order):
            self.cards[order[at]].setFocus(Qt.FocusReason.OtherFocusReason)
            self._try(order[at])

    def _columns(self) -> int:
        """How many cards stand in the first row."""
        top = min(card.y() for card in self.cards.values())
        return sum(card.y() == top for card in self.cards.values())
