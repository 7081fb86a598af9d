"""A number with a slider under it whose track begins at 0, as the panels of the explaining workspaces have them."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.formula.view import MathLabel
from app.kit.numbers import plain
from app.kit.widgets.drag_number.field import DragNumber
from app.kit.widgets.painted import Painted, set_pixels
from app.kit.widgets.per_frame import PerFrame

KNOB, THICK, TRACK_HEIGHT, ENDS_HEIGHT = 6.0, 4.0, 18, 14
NAME_PIXELS = 15.0
"""Pixels: the knob's radius, the track's thickness, and the heights of the track and of the numbers at its ends."""


class OriginTrack(Painted):
    """A slider's track, filled from 0 (or its left end) to the knob. ``slid(value)``: by the pointer, at most once a
    frame; ``let_go`` when it is let go. The keyboard goes to the number."""

    slid = Signal(float)
    let_go = Signal()

    def __init__(self, number: DragNumber, *, ends: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._ends, self._held, self._off = number, ends, False, 0.0
        self._frames = PerFrame(self)
        self._frames.taken.connect(self._tell)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(80, TRACK_HEIGHT + (ENDS_HEIGHT if self._ends else 0))

    def x_of(self, value: float) -> float:
        """Where a value is on the track."""
        return KNOB + 1 + self._share(value) * (self.width() - 2 * KNOB - 2)

    def _share(self, value: float) -> float:
        low, high = self._number.minimum, self._number.maximum
        value = min(max(value, low), high)
        if self._number.ratios:
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low)

    def value_at(self, x: float) -> float:
        """The value at a place of the track, a whole multiple of the number's step."""
        share = min(1.0, max(0.0, (x - KNOB - 1) / max(1.0, self.width() - 2 * KNOB - 2)))
        low, high = self._number.minimum, self._number.maximum
        if share in (0.0, 1.0):
            return low if share == 0.0 else high
        return self._number.snapped(low * (high / low) ** share if self._number.ratios else low + share * (high - low))

    def paint(self, painter: QPainter) -> None:
        on = self.isEnabled()
        middle, at = TRACK_HEIGHT / 2, self.x_of(self._number.value)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(1, middle - THICK / 2, self.width() - 2, THICK), 2, 2)
        start = 1.0 if self._number.ratios or self._number.minimum >= 0 else self.x_of(0.0)
        fill = QRectF(QPointF(min(start, at), middle - THICK / 2), QPointF(max(start, at), middle + THICK / 2))
        painter.setBrush(theme.colour("accent" if on else "text_muted"))
        painter.drawRoundedRect(fill, 2, 2)
        painter.setPen(QPen(theme.colour("accent" if on else "text_muted"), 2.0))
        hovered = on and (self.underMouse() or self._held)
        painter.setBrush(theme.colour("accent_soft" if hovered else "surface"))
        painter.drawEllipse(QPointF(at, middle), KNOB, KNOB)
        if self._ends:
            self._paint_ends(painter)

    def _paint_ends(self, painter: QPainter) -> None:
        set_pixels(painter, 10)
        painter.setPen(theme.colour("text_muted"))
        low, high = self._number.minimum, self._number.maximum
        row = QRectF(0, TRACK_HEIGHT, self.width(), ENDS_HEIGHT)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft, plain(low))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, plain(high))
        if low < 0 < high and not self._number.ratios:
            painter.drawText(row.translated(self.x_of(0.0) - row.center().x(), 0), Qt.AlignmentFlag.AlignHCenter, "0")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = True
            off = self.x_of(self._number.value) - event.position().x()
            on_knob = abs(off) <= KNOB + 1
            self._off = off if on_knob else 0.0  # a knob that is taken at its side does not leap
            self.update()
            if not on_knob:
                self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._go(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held and event.button() == Qt.MouseButton.LeftButton:
            self._held = False
            self._frames.flush()
            self.let_go.emit()
            self.update()

    def _go(self, x: float) -> None:
        self._frames.offer(self.value_at(x + self._off))
        self.update()

    @Slot(object)
    def _tell(self, value: float) -> None:
        self.slid.emit(value)


class ValueSlider(Painted):
    """A name (words, with maths between dollar signs) and a :class:`DragNumber` over a track; it takes the number's
    options.

    Both ends must be finite. ``pointed(on)``: the pointer has come or gone; :meth:`light` gives it a soft ground, for
    the part of a drawing that it stands for. Signals and properties are the number's.
    """

    moved = Signal(float)
    settled = Signal()
    nudged = Signal(float, float)
    pointed = Signal(bool)

    def __init__(
        self,
        label: str,
        value: float,
        minimum: float,
        maximum: float,
        step: float = 0.01,
        *,
        ends: bool = False,
        one_line: bool = False,
        parent: QWidget | None = None,
        **options: Any,
    ) -> None:
        super().__init__(parent)
        if not (math.isfinite(minimum) and math.isfinite(maximum)):
            raise ValueError(f"a slider cannot go from {minimum} to {maximum}")
        self._lit = False
        self.number = DragNumber(value, minimum, maximum, step, **options)
        self.label = MathLabel(label, NAME_PIXELS, below=self.number.baseline_below_middle)
        if not self.number.accessibleName():
            self.number.set_name(self.label.accessibleName())
        self.track = OriginTrack(self.number, ends=ends)
        self.track.setToolTip(self.number.toolTip())
        self._lay_out(one_line=one_line)
        self.number.moved.connect(self._moved)
        self.number.settled.connect(self.settled)
        self.number.nudged.connect(self.nudged)
        self.track.slid.connect(self.number.slide)
        self.track.let_go.connect(self.number.let_go)

    def _lay_out(self, *, one_line: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 3, 2, 2)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label, 0 if one_line else 1)
        if one_line:
            head.addWidget(self.track, 1)
        head.addWidget(self.number)
        column.addLayout(head)
        if not one_line:
            under = QHBoxLayout()
            under.setContentsMargins(0, 0, 4, 0)  # where the number's last figure ends
            under.addWidget(self.track)
            column.addLayout(under)

    @property
    def value(self) -> float:
        """The value shown."""
        return self.number.value

    def set_value(self, value: float) -> None:
        """Show a value; nothing is emitted."""
        self.number.set_value(value)
        self.track.update()

    def set_range(self, minimum: float, maximum: float, step: float | None = None) -> None:
        """Allow other values. Raises ValueError for bounds that cannot be."""
        self.number.set_range(minimum, maximum, step)
        self.track.update()

    def light(self, lit: bool) -> None:
        """Give it a soft ground, or take it away."""
        if lit is not self._lit:
            self._lit = lit
            self.update()

    @Slot(float)
    def _moved(self, value: float) -> None:
        self.track.update()
        self.moved.emit(value)

    def paint(self, painter: QPainter) -> None:
        if self._lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faded("accent", 0.12))
            painter.drawRoundedRect(QRectF(self.rect()), 7, 7)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(False)
