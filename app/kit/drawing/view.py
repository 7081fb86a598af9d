"""The one widget that shows drawings: the only place of a view that knows Qt's events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import is_
from typing import Any, cast

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import inks, theme
from app.kit.announce import announce, heard
from app.kit.drawing.accessibility import SpokenDrawing
from app.kit.drawing.cursor import CursorMark
from app.kit.drawing.drawing import Drawing, Frame, reconcile
from app.kit.drawing.marks import Key, Mark, MarkPart, Text, paint_marks, text_of
from app.kit.export import ExportTable
from app.kit.numbers import typed
from app.kit.widgets.drag_number.arithmetic import CLICK_PIXELS, PAGE, NumberDrag
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.widgets.painted import FAULT_PIXELS, KeyFocus, announce_once, fault_sentence, guarded
from app.kit.widgets.per_frame import PerFrame
from app.kit.widgets.wheels import scrolls_past
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
ALONG = {Qt.Key.Key_Left: -1.0, Qt.Key.Key_Right: 1.0}
"""Steps of a cursor."""
ZOOM = 1.2
ZOOMS = {
    Qt.Key.Key_Plus: 1 / ZOOM, Qt.Key.Key_Equal: 1 / ZOOM, Qt.Key.Key_Minus: ZOOM, Qt.Key.Key_Underscore: ZOOM,
}  # fmt: skip
"""What keys make of the length of a cursor's axis; a notch of the wheel does as much."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TYPING = (*ENTER, Qt.Key.Key_F2)
DIGITS = frozenset("0123456789.,")
"""What opens the field of a number to type in."""
COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
RETURNING = (
    Qt.FocusReason.OtherFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason,
)  # fmt: skip
"""The focus comes back from a field, a menu or another window: the ring is as it was."""
AROUND = 3
"""Pixels between a mark and the ring of the keyboard."""


@dataclass
class Grip:
    """What the pointer holds: a part of the drawing, from ``start`` on.

    ``first``: where the part's middle was, what a number was, or the ends of an axis, to be taken back to. ``drag``: of
    a number. ``axis``: the cursor whose axis is moved, as it was. ``clicked``: the key that is chosen if nothing moves.
    """

    part: MarkPart
    start: QPointF
    first: QPointF | float | tuple[float, float]
    drag: NumberDrag | None = None
    axis: CursorMark | None = None
    clicked: Key | None = None
    button: Qt.MouseButton = Qt.MouseButton.LeftButton
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
    """The key under the pointer, else at the keyboard's place, is another; None where there is none any more."""
    grabbed = Signal(object)
    """A key: it is being dragged."""
    dragged = Signal(object, QPointF)
    """A key, and where its middle is dragged to; at most once a frame."""
    edited = Signal(object, float)
    """The key of a number or a cursor, and its new value; at most once a frame."""
    nudged = Signal(object, float, float)
    """The key of a number or a cursor that a key on the keyboard has changed, its value before, and now."""
    axis_moved = Signal(object, float, float)
    """The key of a cursor, and the ends that its axis is to have; at most once a frame."""
    taken_back = Signal(object)
    """A key: Escape takes its drag back, after ``dragged`` or ``edited`` with where it began; ``settled`` follows."""
    settled = Signal(object)
    """A key: its drag, or change of a number or axis, has ended. One of ``Drawing.actions``: its key is up again."""
    acted = Signal(object)
    """One of ``Drawing.actions``; again and again while its key is held."""

    def __init__(
        self, draw: Draw, data: object, *, hint: QSize, least: QSize, name: str = "", ground: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draw, self._data, self._hint, self._ground = draw, data, hint, ground
        self._hovered: MarkPart | None = None
        self._pointer: QPointF | None = None  # where it is, while it is over the view
        self._focused_key: Key | None = None
        self._pointed_key: Key | None = None  # as it was told last
        self._grip: Grip | None = None
        self._nudged_key: Key | None = None
        self._editor: NumberEditor | None = None
        self._edited_key: Key | None = None
        self._refreshing = False
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._tell)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(least)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return self._hint

    def _fix_height(self, height: int) -> None:
        """Be exactly so high, whatever room there is."""
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
        self._refresh()

    def _refresh(self, *, afresh: bool = False) -> None:
        """Draw, and have painted what differs; ``afresh``: nothing of what was drawn holds."""
        rings = self._live_areas()
        drawing, region = self._drawn(() if afresh else self.drawing.marks)
        if drawing.description != self.drawing.description:
            self.setAccessibleDescription(drawing.description)
        self.drawing = drawing
        if drawing.height is not None:
            self._fix_height(round(drawing.height))
        elif drawing.least is not None:
            self.setMinimumHeight(round(drawing.least))
        self._follow_parts()
        if rings != (after := self._live_areas()):
            for area in (*rings, *after):
                region += area
        if not region.isEmpty():
            self.update(region)
        if self._pointed != self._pointed_key:
            self._pointed_key = self._pointed
            self.pointed.emit(self._pointed_key)

    def _drawn(self, before: tuple[Mark, ...]) -> tuple[Drawing, QRegion]:
        """Draw for what is pointed at; once more where that is not there any more, or the data choose another key."""
        pointed = self._pointed
        drawing, region = self._drawn_for(pointed, before)
        if drawing.current is not None and drawing.current != self.drawing.current:
            self._focused_key = drawing.current
        if pointed is not None and drawing.part(pointed) is None:
            self._hovered = None
            if drawing.part(self._focused_key) is None:
                self._focused_key = drawing.current
        return (drawing, region) if self._pointed == pointed else self._drawn_for(self._pointed, before)

    def _drawn_for(self, pointed: Key | None, before: tuple[Mark, ...]) -> tuple[Drawing, QRegion]:
        """Return the drawing, with the marks of ``before`` where these are equal, and what looks different."""
        try:
            drawing = self._draw(self._data, Frame(self.width(), self.height(), pointed))
        except Exception as error:  # resizing calls it too, and Qt's methods must not be left by an exception
            announce_once(error, self)
            fault = Text(fault_sentence(), (4, 0, self.width() - 8, self.height()), FAULT_PIXELS, "danger", wrap=True)
            drawing = Drawing((fault,))
        marks, region = reconcile(before, drawing.marks)
        drawing = replace(drawing, marks=marks)
        if len(marks) == len(before) and all(map(is_, marks, before)):
            drawing.keep_from(self.drawing)
        return drawing, region

    def _follow_parts(self) -> None:
        """Go on with the parts of the new drawing: what is held, typed over, and under a pointer that stands still."""
        if self._grip is not None:
            part = self.drawing.part(self._grip.part.key)
            if part is None or (self._grip.drag is not None and part.input is None):
                self._end_grip(self._grip)
            else:
                self._grip.part = part
        if self.editor is not None:
            self._follow_number(self.editor)
        if self._hovered is not None:
            self._hovered = self.drawing.part(self._hovered.key)
        if self._pointer is not None and self._grip is None and not self._refreshing:
            self._refreshing = True
            try:
                self._hover(self.part_at(self._pointer))
            finally:
                self._refreshing = False

    @property
    def _pointed(self) -> Key | None:
        """Return the key under the pointer, else that at the keyboard's place."""
        if self._hovered is not None:
            return self._hovered.key
        return self._focused_key if self.focused_by_key else None

    def table(self) -> ExportTable:
        """Return the numbers shown."""
        return self.drawing.table()

    def cut_row(self, y: int) -> int:
        """Return where the topmost row begins that a line at ``y`` would cut; ``y`` where it cuts none."""
        return self.drawing.cut_row(y)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another language or font: nothing that was drawn holds."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._refresh(afresh=True)
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

    def _live_parts(self) -> tuple[MarkPart | None, MarkPart | None]:
        """Return the number that can be changed under the pointer, and what has the keyboard's ring."""
        under = self._grip.part if self._grip is not None else self._hovered
        changes = under is not None and under.input is not None and not isinstance(under.mark, CursorMark)
        number = under if changes else None
        return number, self._ringed()

    def _live_areas(self) -> list[QRect]:
        return [_round_about(part).adjusted(-2, -2, 2, 2).toAlignedRect() for part in self._live_parts() if part]

    def _paint_live(self, painter: QPainter) -> None:
        number, focused = self._live_parts()
        if number is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.colour("accent 16%" if self._grip is not None else "accent 9%"))
            painter.drawRoundedRect(_round_about(number), 4, 4)
        if focused is not None:
            painter.setPen(QPen(theme.colour("accent"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(_round_about(focused), 4, 4)

    # Pointer ----------------------------------------------------------------------------------------------------------

    def part_at(self, place: QPointF) -> MarkPart | None:
        """Return what is meant by a place."""
        return self.drawing.hit(place.x(), place.y())

    @property
    def pointer(self) -> QPointF | None:
        """Return where the pointer is over the view: what a click chose may be a place in a picture. None once a key on
        the keyboard chooses."""
        return self._pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, button = event.position(), event.button()
        self._pointer = place
        if self._grip is not None:
            return  # what is held stays held, whatever other button goes down meanwhile
        is_left = button == Qt.MouseButton.LeftButton
        part = self.part_at(place) if is_left else None
        moves_axis = is_left and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        cursor = self._cursor_at(place)
        if cursor is not None and cursor[1].input.zooms and (moves_axis or button == Qt.MouseButton.MiddleButton):
            self._end_nudge()
            self._grip = Grip(cursor[0], place, cursor[1].axis_moved(0.0), axis=cursor[1], button=button)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif part is not None:
            self._end_nudge()
            self._by_key, self._focused_key = False, part.key
            self._grip_part(part, place, cursor[0] if cursor is not None else None)
            self._refresh()
        else:
            super().mousePressEvent(event)

    def _cursor_at(self, place: QPointF) -> tuple[MarkPart, CursorMark] | None:
        """Return the cursor, if a press there takes it to the pointer."""
        cursor = self.drawing.cursor
        return cursor if cursor is not None and cursor[1].takes(place.x(), place.y()) else None

    def _grip_part(self, part: MarkPart, place: QPointF, cursor: MarkPart | None) -> None:
        """Hold what was pressed on; ``cursor``: what a drag moves there if the part itself does not move."""
        if part.input is not None and part.value is not None:
            self._grip = Grip(part, place, float(part.value), part.input.new_drag())
            if isinstance(part.mark, CursorMark) and not part.mark.on_handle(place.x(), place.y()):
                self._begin_drag(self._grip, place)
        elif part.mark.drag:
            self._grip = Grip(part, place, QRectF(*part.rect).center())
        elif cursor is not None and cursor.value is not None:
            self._grip = Grip(cursor, place, float(cursor.value), clicked=part.key)
        else:
            self.chosen.emit(part.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        grip = self._grip
        if grip is not None and not event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton):
            self._end_grip(grip)  # the release went elsewhere, to a dialog maybe
            grip = None
        if grip is None:
            self._hover(self.part_at(event.position()))
        elif grip.moved:
            self._frames.offer(self._request(grip, event.position(), event.modifiers()))
        else:
            way = event.position() - grip.start
            upwards = 0.0 if isinstance(grip.first, float) else abs(way.y())
            if max(abs(way.x()), upwards) >= CLICK_PIXELS:  # less only says that it is no click
                self._begin_drag(grip, event.position())

    def _begin_drag(self, grip: Grip, place: QPointF) -> None:
        grip.moved = True
        self.grabbed.emit(grip.part.key)
        if grip.drag is not None and isinstance(grip.first, float):
            grip.drag.begin(grip.first, place.x())
        if grip.drag is None or isinstance(grip.part.mark, CursorMark):
            self._frames.offer(self._request(grip, place, Qt.KeyboardModifier.NoModifier))

    @staticmethod
    def _request(grip: Grip, place: QPointF, modifiers: Qt.KeyboardModifier) -> QPointF | float | tuple[float, float]:
        """Return what the pointer asks for: ends of an axis, a value, or where the part's middle is to be."""
        if grip.axis is not None:
            return grip.axis.axis_moved(place.x() - grip.start.x())
        if isinstance(grip.part.mark, CursorMark):
            return grip.part.mark.value_at(place.x())
        if grip.drag is not None:
            return grip.drag.value_at(place.x(), modifiers)
        assert isinstance(grip.first, QPointF)
        return grip.first + place - grip.start

    def _hover(self, part: MarkPart | None) -> None:
        """Take over what is under the pointer."""
        before, self._hovered = self._hovered, part
        cursor = None if part is None else part.mark.cursor
        if part is not None and part.input is not None:
            cursor = Qt.CursorShape.SizeHorCursor
        self.unsetCursor() if cursor is None else self.setCursor(cursor)
        if (part and part.key) != (before and before.key):
            self._refresh()

    @Slot(object)
    def _tell(self, request: QPointF | float | tuple[float, float]) -> None:
        if self._grip is None:
            return
        key = self._grip.part.key
        if isinstance(request, QPointF):
            self.dragged.emit(key, request)
        elif isinstance(request, tuple):
            self.axis_moved.emit(key, *request)
        else:
            self.edited.emit(key, request)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        grip = self._grip
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mouseReleaseEvent(event)
            return
        if grip is None or event.button() != grip.button:
            return  # of a press that chose something: what lies below would take it for a release of its own
        self._frames.flush()
        self._end_grip(grip)
        if grip.axis is not None:
            self._hover(self.part_at(event.position()))
        if grip.moved or grip.axis is not None:
            return
        if grip.clicked is None and grip.part.input is not None and grip.part.input.typed:
            self.type_over(grip.part.key)
        else:
            self.chosen.emit(grip.part.key if grip.clicked is None else grip.clicked)

    def _end_grip(self, grip: Grip) -> None:
        """Let go of what is held."""
        self._frames.drop()
        self._grip = None
        if grip.moved:
            self.settled.emit(grip.part.key)
        self.update()

    def _take_back(self, grip: Grip) -> None:
        """Go back to where the drag under way began."""
        self._frames.drop()
        if grip.moved:
            self._tell(grip.first)
            self.taken_back.emit(grip.part.key)
        self._end_grip(grip)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom a cursor's axis, unless the wheel scrolls what the view lies in."""
        notches, cursor = event.angleDelta().y() / 120.0, self._cursor_at(event.position())
        if cursor is None or not cursor[1].input.zooms or not notches or self._grip is not None or scrolls_past(self):
            event.ignore()
            return
        self.axis_moved.emit(cursor[0].key, *cursor[1].axis_zoomed(ZOOM**-notches, event.position().x()))
        self.settled.emit(cursor[0].key)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)  # it is a press as well
        part = self.part_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if part is not None:
            self.opened.emit(part.key)
        if self._grip is not None and isinstance(self._grip.part.mark, CursorMark):
            self._end_grip(self._grip)  # its axis may be another now

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        if self._grip is None:
            self._hover(None)
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._grip is not None:
            self._end_grip(self._grip)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self.part_at(QPointF(event.pos()))
            text = (part.full_tip if part is not None else "") or self.drawing.tip or self.toolTip()
            place = self.rect() if part is None else QRectF(*part.rect).toAlignedRect()
            QToolTip.showText(event.globalPos(), plain_tip(text), self, place)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._wants(cast(QKeyEvent, event)):
            event.accept()  # its keys are its own while it has the focus, not shortcuts of the window
            return True
        return super().event(event)

    # Keyboard ---------------------------------------------------------------------------------------------------------

    def _ringed(self) -> MarkPart | None:
        """Return what has the keyboard's ring."""
        return self.drawing.part(self._focused_key) if self.focused_by_key else None

    def _focused_number(self) -> MarkPart | None:
        """Return the number that keys change: that at the keyboard's place, else the cursor."""
        part, cursor = self.drawing.part(self._focused_key), self.drawing.cursor
        if cursor is not None and self._ringed() is None:
            return cursor[0]
        return part if part is not None and part.input is not None and part.value is not None else None

    def _acts(self, key: Qt.Key) -> bool:
        """Return whether a key is an action now: an arrow steps from a ring on a mark that is not dragged."""
        ringed = self._ringed()
        return key in self.drawing.actions and (key not in ARROWS or ringed is None or ringed.mark.drag)

    def _wants(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            return self._grip is not None
        number = self._focused_number()
        is_coarse = key in NUDGES and number is not None and not isinstance(number.mark, CursorMark)
        if _is_the_windows(event) and not is_coarse:
            return False
        if self._acts(key):
            return True
        if key in ARROWS or key in ENDS:
            return bool(self.drawing.order or self.drawing.keyed)
        if number is None or number.input is None:
            return False
        return key in NUDGES or key in ENTER or (number.input.typed and event.text() in DIGITS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._grip is not None:
            if event.key() == Qt.Key.Key_Escape:
                self._take_back(self._grip)
            return  # one hand at a time
        if not self._act_on(Qt.Key(event.key()), event):
            super().keyPressEvent(event)

    def _act_on(self, key: Qt.Key, event: QKeyEvent) -> bool:
        """Do what a key means here; False where it means nothing."""
        number = self._focused_number()
        if number is not None and isinstance(number.mark, CursorMark):
            if self._move_cursor(number, number.mark, key, event):
                return True
        elif number is not None and key in NUDGES:
            self._nudge(number, NUDGES[key], event)
            return True
        if _is_the_windows(event):
            return False
        if self._acts(key):
            self._nudged_key = self.drawing.actions[key]
            self.acted.emit(self._nudged_key)
        elif key in ARROWS or key in ENDS:
            return self._step(key)
        elif number is not None and self._types(number, key, event):
            self.type_over(number.key, "" if key in TYPING else event.text())
        elif key in (*ENTER, Qt.Key.Key_Space) and self.drawing.part(self._focused_key) is not None:
            self._pointer = None  # a key is chosen, not the place where the mouse rests
            self.chosen.emit(self._focused_key)
        else:
            return False
        return True

    @staticmethod
    def _types(number: MarkPart, key: Qt.Key, event: QKeyEvent) -> bool:
        """Return whether a key opens the field of a number."""
        is_typed = number.input is not None and number.input.typed
        return is_typed and (key in TYPING or (event.text() != "" and event.text() in DIGITS))

    def _move_cursor(self, part: MarkPart, cursor: CursorMark, key: Qt.Key, event: QKeyEvent) -> bool:
        """Move a cursor along its axis, or zoom that; False where a key does neither."""
        if key in ALONG:
            self._nudge(part, ALONG[key], event)
        elif event.modifiers() & COMMANDING:
            return False
        elif key in ENDS:
            low, high = cursor.input.limits
            home = low if cursor.input.home is None else cursor.input.home
            self._change(part, cursor.input.new_drag().bounded(home if key == Qt.Key.Key_Home else high))
        elif key in ZOOMS and cursor.input.zooms:
            self._nudged_key = part.key
            self.axis_moved.emit(part.key, *cursor.axis_zoomed(ZOOMS[key], cursor.scale.place(cursor.value)))
        elif key in NUDGES:
            self._nudge(part, NUDGES[key], event)
        else:
            return False
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._end_nudge()
        super().keyReleaseEvent(event)

    def _step(self, key: Qt.Key) -> bool:
        """Go where a key leads; False where nothing can be gone to."""
        ends = self.drawing.ends
        if ends is None:
            return False
        target = ends[ENDS[key]] if key in ENDS else self.drawing.step(self._focused_key, *ARROWS[key])
        self._by_key = True
        if target is not None and target != self._focused_key:
            self._end_nudge()
            self._hovered = None  # the pointer stands still somewhere else
            self._pointer = None
            self._focused_key = target
            if self.drawing.arrows_choose:
                self.chosen.emit(target)
            self._say(self._focused_key)
        self._refresh()
        return True

    def _say(self, key: Key | None) -> None:
        part = self.drawing.part(key) if heard() else None
        if part is not None:
            announce(self, part.spoken)

    def _nudge(self, number: MarkPart, steps: float, event: QKeyEvent) -> None:
        if number.input is not None and number.value is not None:
            self._change(number, number.input.new_drag().nudged(number.value, steps, event.modifiers()))

    def _change(self, number: MarkPart, value: float) -> None:
        """Let a key on the keyboard change a number."""
        if number.value is not None and value != number.value:
            self._nudged_key = number.key
            self.edited.emit(number.key, value)
            self.nudged.emit(number.key, number.value, value)
            self._say(number.key)

    def _end_nudge(self) -> None:
        if self._nudged_key is not None:
            key, self._nudged_key = self._nudged_key, None
            self.settled.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_key = self._by_key
        super().focusInEvent(event)
        if event.reason() in RETURNING:
            self._by_key = by_key
        if self._by_key and self.drawing.part(self._focused_key) is None and self.drawing.ends is not None:
            self._focused_key = self.drawing.ends[0]
        self._refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end_nudge()
        self._refresh()

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
        self._edited_key = key
        self._focused_key = key
        self._editor.setAccessibleName(text_of(part.tip))
        self._editor.setGeometry(self._editor_place(part))
        self._editor.begin(typed(part.value), first)

    @property
    def editor(self) -> NumberEditor | None:
        """Return the field that is open, if one is."""
        return self._editor if self._editor is not None and self._editor.open else None

    def _editor_place(self, part: MarkPart) -> QRect:
        box = _round_about(part).adjusted(-6, -1, 6, 1).toAlignedRect()
        box.setWidth(max(box.width(), 56))
        box.moveLeft(max(0, min(box.left(), self.width() - box.width())))
        return box

    def _follow_number(self, editor: NumberEditor) -> None:
        part = self.drawing.part(self._edited_key)
        if part is None or part.input is None:
            editor.put_away()
        else:
            editor.setGeometry(self._editor_place(part))

    @Slot(float)
    def _take_typed(self, value: float) -> None:
        part = self.drawing.part(self._edited_key)
        if part is None or part.input is None:
            return
        allowed = part.input.new_drag().bounded(value)
        self.edited.emit(part.key, allowed)
        self.settled.emit(part.key)
        if allowed != value and self._editor is not None:
            self._editor.say_bounds(value, *part.input.limits)

    def _type_next(self, onward: bool) -> bool:
        """Open the next number that can be changed, in reading order, or the one before."""
        keys = [part.key for part in self.drawing.keyed if part.input is not None and part.input.typed]
        place = keys.index(self._edited_key) + (1 if onward else -1) if self._edited_key in keys else -1
        if not 0 <= place < len(keys):
            return False
        self.type_over(keys[place])
        return True


def _round_about(part: MarkPart) -> QRectF:
    """Return where the soft ground or the ring of a part is."""
    return QRectF(*part.rect).adjusted(-AROUND, -AROUND, AROUND, AROUND)


def _is_the_windows(event: QKeyEvent) -> bool:
    """Return whether a key is a shortcut of the window: with Ctrl, Alt or Meta, and Shift+Space, which steps."""
    is_step = event.key() == Qt.Key.Key_Space and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return is_step or bool(event.modifiers() & COMMANDING)
