"""A number that is dragged where it stands, typed after a click, and nudged by keys."""

from __future__ import annotations

import math
from typing import Any, cast

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

from app.kit.announce import announce
from app.kit.numbers import typed
from app.kit.widgets.drag_number.arithmetic import CLICK_PIXELS, PAGE
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.widgets.drag_number.face import NumberFace
from app.kit.widgets.per_frame import PerFrame

WHEEL_REST_MS = 400
"""After so long a rest, the next turn of the wheel is an edit of its own."""
_STEPS = {
    Qt.Key.Key_Left.value: -1.0, Qt.Key.Key_Down.value: -1.0, Qt.Key.Key_Right.value: 1.0, Qt.Key.Key_Up.value: 1.0,
    Qt.Key.Key_PageDown.value: -PAGE, Qt.Key.Key_PageUp.value: PAGE,
}  # fmt: skip
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_TYPED = "0123456789.-−"


class DragNumber(NumberFace):
    """Drag it left or right (Shift finer, Ctrl coarser), click it to type, or use arrows, Page Up and Page Down; Home
    and End go to its bounds; Escape takes back what is under way. It takes the options of :class:`NumberFace`.

    ``moved(value)``: another value, at most once a frame while it goes. ``settled``: the drag or edit has ended, so
    that the next one is a step of its own. ``nudged(old, new)``: by a key or the wheel, after ``moved``.
    """

    moved = Signal(float)
    settled = Signal()
    nudged = Signal(float, float)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._pressed: QPointF | None = None
        self._before: float | None = None  # the value when the drag or the run of nudges began; None: nothing under way
        self._told = False  # whether anybody has heard of the edit under way
        self._editor: NumberEditor | None = None
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._tell)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WHEEL_REST_MS)
        self._rest.timeout.connect(self._end)

    # What changes it ----------------------------------------------------------------------------------------------

    def _take(self, value: float) -> bool:
        """Go to a value by hand; whether it is another one. It is told with the next frame."""
        value = self._drag.bounded(value)
        if value == self._value:
            return False
        self._value = value
        self._changed()
        self._frames.offer(value)
        return True

    @Slot(object)
    def _tell(self, value: float) -> None:
        self._told = True
        self.moved.emit(value)

    def _begin(self) -> None:
        """An edit is under way, from the present value on."""
        if self._before is None:
            self._before, self._told = self._value, False

    @Slot()
    def _end(self) -> None:
        """The edit has ended: what is waiting is told first."""
        self._rest.stop()
        self._frames.flush()
        if self._before is not None:
            self._before = None
            if self._told:  # even where it came back to what it was
                self.settled.emit()

    def take_back(self) -> None:
        """Go back to where the drag under way began."""
        if self._before is None:
            return
        self._frames.drop()
        before, self._before = self._before, None
        self._dragging, self._pressed = False, None
        if before != self._value:
            self._value = before
            self._changed()
            self._tell(before)
        if self._told:
            self.settled.emit()
        self.update()

    def nudge(self, steps: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """So many steps on, as by the keys."""
        self._go(self._drag.nudged(self._value, steps, modifiers))

    def _go(self, value: float) -> None:
        old = self._value
        self._begin()
        if self._take(value):
            self._frames.flush()  # a nudge is told at once, so that its measure fits what is shown
            self.nudged.emit(old, self._value)
            announce(self, self.text)

    @Slot(float)
    def slide(self, value: float) -> None:
        """Go to a value that a slider stands at; the edit goes on until :meth:`let_go`."""
        self._begin()
        if self._take(value):
            self._frames.flush()  # the slider has waited for the frame already

    @Slot()
    def let_go(self) -> None:
        """The slider has been let go."""
        self._end()

    # The pointer --------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._end()
        self._pressed = event.position()
        self._drag.begin(self._value, event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        x = event.position().x()
        if not self._dragging and abs(x - self._pressed.x()) >= CLICK_PIXELS:
            self._dragging = True
            self._begin()
            self._drag.begin(self._value, x)  # the first pixels only said that it is no click
        elif self._dragging:
            self._take(self._drag.value_at(x, event.modifiers()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        dragged, self._pressed, self._dragging = self._dragging, None, False
        self.update()
        if dragged:
            self._end()
        elif self.rect().contains(event.position().toPoint()):
            self.edit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns it only while it has the focus, so that scrolling past it changes nothing."""
        turns = event.angleDelta().y() or event.angleDelta().x()  # with Alt, Qt turns the wheel sideways
        if not self.hasFocus() or self._dragging or not turns:
            event.ignore()
            return
        self.nudge(turns / 120.0, event.modifiers())
        self._rest.start()
        event.accept()

    # Keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        end = {Qt.Key.Key_Home.value: self.minimum, Qt.Key.Key_End.value: self.maximum}.get(key)
        if key == Qt.Key.Key_Escape and self._before is not None:
            self.take_back()
        elif self._dragging:
            return  # one hand at a time
        elif key in _STEPS:
            self.nudge(_STEPS[key], event.modifiers())
        elif end is not None and math.isfinite(end):
            self._go(end)
        elif key in _OPENING:
            self.edit()
        elif text and text in _TYPED and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.edit(text)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and not self._dragging:
            self._end()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._dragging:
            self._end()

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus, not shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self._wants(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
            return False
        if event.key() in _STEPS or event.key() in _OPENING:
            return True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        under_way = event.key() == Qt.Key.Key_Escape and self._before is not None
        ends = event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)
        return under_way or ends or bool(event.text() and event.text() in _TYPED)

    # Typing -------------------------------------------------------------------------------------------------------

    def edit(self, first: str = "") -> None:
        """Open the field to type in, with what was typed already."""
        if self._editor is None:
            self._editor = NumberEditor(self)
            self._editor.done.connect(self._typed)
            self._editor.left.connect(self.update)
        self._editor.setAccessibleName(self.accessibleName())
        self._editor.setAlignment(self._alignment | Qt.AlignmentFlag.AlignVCenter)
        self._editor.setGeometry(self.rect())
        self._editor.begin(typed(self._value), first)

    @property
    def editor(self) -> NumberEditor | None:
        """The field that is open, if one is."""
        return self._editor if self._editor is not None and self._editor.open else None

    @Slot(float)
    def _typed(self, value: float) -> None:
        low, high = self._hard or (self.minimum, self.maximum)
        allowed = min(max(value, low), high)
        self.set_range(min(self.minimum, allowed), max(self.maximum, allowed))
        self._begin()
        self._take(allowed)
        self._end()
        if self._value != value and self._editor is not None:
            self._editor.say_bounds(value, low, high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._editor is not None:
            self._editor.setGeometry(self.rect())
