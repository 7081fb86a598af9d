"""A formula whose numbers are dragged where they stand, and nudged by keys."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen

from app.kit import look, theme
from app.kit.formula.view import FormulaView
from app.kit.widgets.drag_number.arithmetic import CLICK_PIXELS, NumberDrag
from app.kit.widgets.per_frame import PerFrame


@dataclass(frozen=True, slots=True)
class FormulaInput:
    """A number of a formula that can be changed: what it is, and how it moves."""

    value: float
    drag: NumberDrag


class DraggableFormula(FormulaView):
    """Parts whose keys have a :class:`FormulaInput` are dragged left and right, and nudged by Up and Down where the
    keyboard has walked to them; Escape takes a drag back. A click without a drag is ``clicked``, as for any part.

    ``moved(key, value)``: at most once a frame. ``settled(key)``: the drag or nudge has ended. ``nudged(key, old,
    new)``: by a key, after ``moved``. What is shown changes only when the page shows other boxes and inputs.
    """

    moved = Signal(object, float)
    settled = Signal(object)
    nudged = Signal(object, float, float)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._inputs: Mapping[Hashable, FormulaInput] = {}
        self._pressed: QPointF | None = None
        self._held: Hashable | None = None
        self._first: float | None = None  # the value when the drag began; None: it has not yet
        self._nudging: Hashable | None = None
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._tell)

    def set_inputs(self, inputs: Mapping[Hashable, FormulaInput]) -> None:
        """Let the numbers of these keys be changed, and no others."""
        self._inputs = dict(inputs)
        self.update()

    def input_at(self, point: QPointF) -> Hashable | None:
        """The key of the innermost part at a point that can be changed."""
        key = self.key_at(point)
        return key if key in self._inputs else None

    @Slot(object)
    def _tell(self, value: float) -> None:
        self.moved.emit(self._held, value)

    # The pointer --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.input_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or key is None:
            super().mousePressEvent(event)
            return
        self._settle_nudge()
        self._held, self._pressed, self._first = key, event.position(), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None or self._pressed is None:
            super().mouseMoveEvent(event)
            return
        one, x = self._inputs.get(self._held), event.position().x()
        if one is None:
            return
        if self._first is None:
            if abs(x - self._pressed.x()) >= CLICK_PIXELS:
                self._first = one.value
                one.drag.begin(one.value, x)
                self.update()
        else:
            self._frames.offer(one.drag.value_at(x, event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        dragged = self._first is not None
        self._frames.flush()
        key, self._held, self._first = self._held, None, None
        self.update()
        if dragged:
            self.settled.emit(key)
        else:
            self.clicked.emit(key)

    def take_back(self) -> None:
        """Go back to where the drag under way began."""
        if self._held is not None and self._first is not None:
            self._frames.drop()
            self.moved.emit(self._held, self._first)
            self.settled.emit(self._held)
        self._held, self._first = None, None
        self.update()

    # Keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down change the number that the keyboard is at."""
        steps = {Qt.Key.Key_Up.value: 1.0, Qt.Key.Key_Down.value: -1.0}.get(event.key())
        if event.key() == Qt.Key.Key_Escape and self._first is not None:
            self.take_back()
        elif steps is not None and self.pointed in self._inputs:
            self._nudge(steps, event.modifiers())
        else:
            super().keyPressEvent(event)

    def _nudge(self, steps: float, modifiers: Qt.KeyboardModifier) -> None:
        key, one = self.pointed, self._inputs[self.pointed]
        new = one.drag.nudged(one.value, steps, modifiers)
        if new != one.value:
            self._nudging = key
            self.moved.emit(key, new)
            self.nudged.emit(key, one.value, new)

    def _settle_nudge(self) -> None:
        if self._nudging is not None:
            key, self._nudging = self._nudging, None
            self.settled.emit(key)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._settle_nudge()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._settle_nudge()
        super().focusOutEvent(event)

    # Paint --------------------------------------------------------------------------------------------------------

    def cursor_for(self, key: Hashable | None) -> Qt.CursorShape:
        return Qt.CursorShape.SizeHorCursor if key in self._inputs else super().cursor_for(key)

    def paint(self, painter: QPainter) -> None:
        painter.save()
        super().paint(painter)
        painter.restore()
        for key in self._inputs:
            live, boxes = key in (self._held, self.pointed), self.boxes_of(key)
            for box in boxes:
                if live:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(look.faded("accent", 0.16 if key == self._held else 0.09))
                    painter.drawRoundedRect(box.adjusted(-3, -2, 3, 3), 4, 4)
            if boxes:  # a number stands under its symbol
                _underline(painter, max(boxes, key=QRectF.bottom), live=live)


def _underline(painter: QPainter, box: QRectF, *, live: bool) -> None:
    """The dotted line of what can be changed."""
    pen = QPen(theme.colour("accent" if live else "text_muted"), 1.0, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([1.5, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    y = round(box.bottom() + 1.0) + 0.5
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
