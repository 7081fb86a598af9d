"""The one widget that shows drawings: the only place of a view that knows Qt's events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import is_
from typing import Any, cast

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.announce import announce, heard
from app.kit.drawing import inks
from app.kit.drawing.accessibility import SpokenDrawing
from app.kit.drawing.drawing import Drawing, Frame, reconcile
from app.kit.drawing.marks import Key, Keyed, paint_marks, text_of
from app.kit.export import Table
from app.kit.numbers import typed
from app.kit.widgets.drag_number.arithmetic import CLICK_PIXELS, PAGE, NumberDrag
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.widgets.painted import KeyFocus, guarded
from app.kit.widgets.per_frame import PerFrame
from app.kit.words import plain_tip

Draw = Callable[[Any, Frame], Drawing]
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
NUDGES = {
    Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0, Qt.Key.Key_Underscore: -1.0,
    Qt.Key.Key_PageUp: PAGE, Qt.Key.Key_PageDown: -PAGE,
}  # fmt: skip
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DIGITS = frozenset("0123456789.,")
"""What opens the field of a number to type in."""
COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
AROUND = 3
"""Pixels between a mark and the ring of the keyboard."""


@dataclass
class Grip:
    """What the pointer holds: a part of the drawing from ``start`` on, ``first``: the number's value there."""

    part: Keyed
    start: QPointF
    drag: NumberDrag | None = None
    first: float = 0.0
    moved: bool = False


class DrawingView(KeyFocus, SpokenDrawing):
    """Shows ``draw(data, frame)``; reports what a person does in terms of keys, places and values.

    ``hint`` and ``least``: its sizes. ``ground``: the theme's colour of what it stands on; it then paints that itself.
    """

    chosen = Signal(object)
    """A key: clicked, or Enter on it, or an arrow key has come to it where these choose."""
    opened = Signal(object)
    """A key: double-clicked."""
    pointed = Signal(object)
    """The key under the pointer or at the keyboard's place, or None."""
    grabbed = Signal(object)
    """A key: it is going to be dragged."""
    dragged = Signal(object, QPointF)
    """A key, and where it is dragged to; at most once a frame."""
    edited = Signal(object, float)
    """The key of a number and its new value; at most once a frame."""
    settled = Signal(object)
    """A key: its drag, or change of a number, has ended."""
    acted = Signal(object)
    """One of ``Drawing.actions``."""

    def __init__(
        self, draw: Draw, data: object, *, hint: QSize, least: QSize, name: str = "", ground: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draw, self._data, self._hint, self._ground = draw, data, hint, ground
        self._under: Keyed | None = None
        self._place: Key | None = None  # the keyboard's
        self._grip: Grip | None = None
        self._nudged: Key | None = None
        self._editor: NumberEditor | None = None
        self._typing: Key | None = None
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._take)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(least)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return self._hint

    def _need(self, height: int) -> None:
        """Be so high, whatever room there is."""
        if height != self._hint.height() or self.maximumHeight() != height:
            self._hint = QSize(self._hint.width(), height)
            self.setFixedHeight(height)

    # Drawing ----------------------------------------------------------------------------------------------------------

    @property
    def data(self) -> object:
        """Return what is shown."""
        return self._data

    def set_data(self, data: object) -> None:
        """Show other data; only what looks different is painted."""
        self._data = data
        self._refresh(self.drawing.marks)

    def _refresh(self, before: tuple[Any, ...]) -> None:
        drawing = self._draw(self._data, Frame(self.width(), self.height(), self._pointed))
        marks, region = reconcile(before, drawing.marks)
        drawing = replace(drawing, marks=marks)
        if len(marks) == len(before) and all(map(is_, marks, before)):
            drawing.keep_from(self.drawing)
        if drawing.description != self.drawing.description:
            self.setAccessibleDescription(drawing.description)
        self.drawing = drawing
        if drawing.height is not None:
            self._need(round(drawing.height))
        if self._under is not None:
            self._under = drawing.part(self._under.key)
        if self.editor is not None:
            self._follow_number(self.editor)
        if not region.isEmpty():
            self.update(region)

    @property
    def _pointed(self) -> Key | None:
        """Return the key under the pointer, else that at the keyboard's place."""
        if self._under is not None:
            return self._under.key
        return self._current if self.focused_by_key else None

    def table(self) -> Table:
        """Return the numbers shown."""
        return self.drawing.table()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh(self.drawing.marks)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another language or font: nothing that was drawn holds."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._refresh(())
            self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            if self._ground:
                painter.fillRect(event.rect(), theme.colour(self._ground))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = event.rect() == self.rect() and event.region().rectCount() == 1
            paint_marks(painter, self.drawing.marks, None if whole else event.region())
            self._paint_live(painter)
        finally:
            painter.end()

    def _paint_live(self, painter: QPainter) -> None:
        """Paint a soft ground on the number that can be changed under the pointer, and the keyboard's ring."""
        held = self._grip is not None
        under = self._grip.part if self._grip is not None else self._under
        if under is not None and under.input is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.colour("accent 16%" if held else "accent 9%"))
            painter.drawRoundedRect(_round_about(under), 4, 4)
        place = self.drawing.part(self._current) if self.focused_by_key else None
        if place is not None:
            painter.setPen(QPen(theme.colour("accent"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(_round_about(place), 4, 4)

    def _update_live(self, *parts: Keyed | None) -> None:
        for part in parts:
            if part is not None:
                self.update(_round_about(part).adjusted(-2, -2, 2, 2).toAlignedRect())

    # Pointer ----------------------------------------------------------------------------------------------------------

    def part_at(self, place: QPointF) -> Keyed | None:
        """Return what is meant by a place."""
        return self.drawing.hit(place.x(), place.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        part = self.part_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if part is None:
            super().mousePressEvent(event)
            return
        self._end_nudge()
        self._move_to(part.key)
        if part.input is not None and part.value is not None:
            self._grip = Grip(part, event.position(), part.input.new_drag(), part.value)
        elif part.mark.drag:
            self._grip = Grip(part, event.position())
            self.grabbed.emit(part.key)
        else:
            self.chosen.emit(part.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            self._point_at(self.part_at(event.position()))
        elif self._grip.drag is None:
            self._grip.moved = True
            self._frames.offer(event.position())
        else:
            self._drag_number(self._grip, self._grip.drag, event)

    def _drag_number(self, grip: Grip, drag: NumberDrag, event: QMouseEvent) -> None:
        x = event.position().x()
        if grip.moved:
            self._frames.offer(drag.value_at(x, event.modifiers()))
        elif abs(x - grip.start.x()) >= CLICK_PIXELS:
            grip.moved = True
            drag.begin(grip.first, x)  # the first pixels only said that it is no click
            self.grabbed.emit(grip.part.key)
            self._update_live(grip.part)

    def _point_at(self, part: Keyed | None) -> None:
        before, self._under = self._under, part
        if (part and part.key) == (before and before.key):
            return
        self._update_live(before, part)
        cursor = None if part is None else part.mark.cursor
        if part is not None and part.input is not None:
            cursor = Qt.CursorShape.SizeHorCursor
        self.unsetCursor() if cursor is None else self.setCursor(cursor)
        self._refresh(self.drawing.marks)
        self.pointed.emit(None if part is None else part.key)

    @Slot(object)
    def _take(self, wish: QPointF | float) -> None:
        if self._grip is None:
            return
        if isinstance(wish, QPointF):
            self.dragged.emit(self._grip.part.key, wish)
        else:
            self.edited.emit(self._grip.part.key, wish)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        self._frames.flush()
        grip, self._grip = self._grip, None
        self._update_live(grip.part)
        if grip.moved or grip.drag is None:
            self.settled.emit(grip.part.key)
        elif grip.part.input is not None and grip.part.input.typed:
            self.type_over(grip.part.key)
        else:
            self.chosen.emit(grip.part.key)
        self._point_at(self.part_at(event.position()))

    def _take_back(self, grip: Grip) -> None:
        """Go back to where the drag under way began."""
        self._frames.drop()
        self._grip = None
        if grip.drag is None:
            self.dragged.emit(grip.part.key, grip.start)
        elif grip.moved:
            self.edited.emit(grip.part.key, grip.first)
        self.settled.emit(grip.part.key)
        self._update_live(grip.part)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        part = self.part_at(event.position())
        if part is not None:
            self.opened.emit(part.key)

    def leaveEvent(self, event: QEvent) -> None:
        if self._grip is None:
            self._point_at(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self.part_at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), plain_tip((part.full_tip if part is not None else "") or self.drawing.tip), self
            )
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._wants(cast(QKeyEvent, event)):
            event.accept()  # its keys are its own while it has the focus, not shortcuts of the window
            return True
        return super().event(event)

    # Keyboard ---------------------------------------------------------------------------------------------------------

    @property
    def _current(self) -> Key | None:
        """Return the key that arrow keys step from."""
        return self._place if self.drawing.current is None else self.drawing.current

    def _number(self) -> Keyed | None:
        """Return the number at the keyboard's place, where it can be changed."""
        part = self.drawing.part(self._current)
        return part if part is not None and part.input is not None and part.value is not None else None

    def _wants(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            return self._grip is not None
        if event.modifiers() & COMMANDING and key not in NUDGES:
            return False
        if key in self.drawing.actions:
            return True
        if key in ARROWS or key in ENDS:
            return bool(self.drawing.order or self.drawing.keyed)
        return self._number() is not None and (key in NUDGES or key in ENTER or event.text() in DIGITS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, number = Qt.Key(event.key()), self._number()
        if self._grip is not None:
            if key == Qt.Key.Key_Escape:
                self._take_back(self._grip)
            return  # one hand at a time
        if key in self.drawing.actions:
            self.acted.emit(self.drawing.actions[key])
        elif key in ENDS and self.drawing.ends is not None:
            self._go_to(self.drawing.ends[ENDS[key]])
        elif key in ARROWS and not event.modifiers() & COMMANDING and self._step(*ARROWS[key], event):
            return
        elif number is not None and key in NUDGES:
            self._nudge(number, NUDGES[key], event)
        elif key in (*ENTER, Qt.Key.Key_F2) and self._current is not None:
            types = number is not None and number.input is not None and number.input.typed
            self.type_over(self._current) if types else self.chosen.emit(self._current)
        elif number is not None and event.text() and event.text() in DIGITS and not event.modifiers() & COMMANDING:
            self.type_over(self._current, event.text())
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._end_nudge()
        super().keyReleaseEvent(event)

    def _step(self, across: int, down: int, event: QKeyEvent) -> bool:
        """Go where an arrow key leads; up and down change the number where they lead nowhere."""
        target, number = self.drawing.step(self._current, across, down), self._number()
        if target is not None and target != self._current:
            self._go_to(target)
        elif target is None and down and number is not None:
            self._nudge(number, -down, event)
        return bool(self.drawing.order or self.drawing.keyed)

    def _go_to(self, key: Key) -> None:
        """Bring the keyboard to a key, and say it."""
        self._end_nudge()
        self._under = None  # the pointer stands still somewhere else
        self._move_to(key)
        if self.drawing.arrows_choose:
            self.chosen.emit(key)
        else:
            self.pointed.emit(key)
        self._say_current()

    def _move_to(self, key: Key | None) -> None:
        before, self._place = self._place, key
        if self.focused_by_key:
            self._update_live(self.drawing.part(before), self.drawing.part(key))
            self._refresh(self.drawing.marks)

    def _say_current(self) -> None:
        part = self.drawing.part(self._current) if heard() else None
        if part is not None:
            announce(self, part.spoken)

    def _nudge(self, number: Keyed, steps: float, event: QKeyEvent) -> None:
        if number.input is None or number.value is None:
            return
        value = number.input.new_drag().nudged(number.value, steps, event.modifiers())
        if value != number.value:
            self._nudged = number.key
            self.edited.emit(number.key, value)
            self._say_current()

    def _end_nudge(self) -> None:
        if self._nudged is not None:
            key, self._nudged = self._nudged, None
            self.settled.emit(key)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self.focused_by_key and self.drawing.part(self._current) is None and self.drawing.keyed:
            self._place = self.drawing.order[0] if self.drawing.order else self.drawing.keyed[0].key
        self._update_live(self.drawing.part(self._current))
        self._refresh(self.drawing.marks)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self._end_nudge()
        self._update_live(self.drawing.part(self._current))
        self._refresh(self.drawing.marks)

    # Typing -----------------------------------------------------------------------------------------------------------

    def type_over(self, key: Key | None, first: str = "") -> None:
        """Open a field where a number stands, with what was typed already."""
        part = self.drawing.part(key)
        if part is None or part.input is None or part.value is None:
            return
        if self._editor is None:
            self._editor = NumberEditor(self)
            self._editor.done.connect(self._take_typed)
            self._editor.to_next = self._type_next
        self._typing = key
        self._move_to(key)
        self._editor.setAccessibleName(text_of(part.tip))
        self._editor.setGeometry(self._editor_place(part))
        self._editor.begin(typed(part.value), first)

    @property
    def editor(self) -> NumberEditor | None:
        """Return the field that is open, if one is."""
        return self._editor if self._editor is not None and self._editor.open else None

    def _editor_place(self, part: Keyed) -> QRect:
        box = _round_about(part).adjusted(-6, -1, 6, 1).toAlignedRect()
        box.setWidth(max(box.width(), 56))
        box.moveLeft(max(0, min(box.left(), self.width() - box.width())))
        return box

    def _follow_number(self, editor: NumberEditor) -> None:
        part = self.drawing.part(self._typing)
        if part is None:
            editor.put_away()
        else:
            editor.setGeometry(self._editor_place(part))

    @Slot(float)
    def _take_typed(self, value: float) -> None:
        part = self.drawing.part(self._typing)
        if part is None or part.input is None:
            return
        allowed = part.input.new_drag().bounded(value)
        self.edited.emit(part.key, allowed)
        self.settled.emit(part.key)
        if allowed != value and self._editor is not None:
            self._editor.say_bounds(value, *part.input.limits)

    def _type_next(self, onward: bool) -> bool:
        """Open the next number that can be changed, in reading order, or the one before."""
        keys = [part.key for part in self.drawing.keyed if part.input is not None]
        place = keys.index(self._typing) + (1 if onward else -1) if self._typing in keys else -1
        if not 0 <= place < len(keys):
            return False
        self.type_over(keys[place])
        return True


def _round_about(part: Keyed) -> QRectF:
    """Return where the soft ground or the ring of a part is."""
    return QRectF(*part.rect).adjusted(-AROUND, -AROUND, AROUND, AROUND)
