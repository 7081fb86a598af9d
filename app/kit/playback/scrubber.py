"""The line of steps: how many are done, where sections begin, what is marked; a click or a drag goes there."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.listing import joined
from app.kit.playback.playback import Playback
from app.kit.widgets.painted import KeyFocus, Painted, guarded

KNOB, THICK, TICK, BREAK = 6.0, 4.0, 4.0, 7.0
HEIGHT, MIDDLE, NAMES_TOP, NAMES_HEIGHT, NAMES_APART = 34, 17.0, 26.0, 14, 12.0
"""Pixels: the height without names, where the line is in it, and the names below."""
TICKS_APART = 7.0
"""Steps nearer to one another than this, in pixels, have no ticks of their own."""
_OWN_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """So many steps that follow one another, under one name."""

    name: str
    count: int


class Scrubber(KeyFocus, Painted):
    """Steps of a :class:`Playback`, in sections. The arrow keys step, Page Up and Page Down go from section to section,
    Home and End to either end."""

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._sections: tuple[Section, ...] = ()
        self._marks: frozenset[int] = frozenset()
        self._held = False
        self._reached = self._looks()
        self._exposed = QRect()
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Steps"))
        playback.moved.connect(self._follow)
        playback.length_changed.connect(self._follow)
        self._follow()

    # What is shown ------------------------------------------------------------------------------------------------

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Name the steps; together the sections have as many as there are."""
        if tuple(sections) != self._sections:
            self._sections = tuple(sections)
            self._follow()
            self.updateGeometry()

    def set_marks(self, steps: Collection[int]) -> None:
        """Mark places: so many steps done."""
        self._marks = frozenset(steps)
        self.update()

    @property
    def borders(self) -> tuple[int, ...]:
        """How many steps are done where each section begins, and where the last one ends."""
        found = [0]
        for section in self._sections:
            found.append(found[-1] + section.count)
        return tuple(found)

    @property
    def section(self) -> int | None:
        """The place among the sections of the step last done, or of the first one while nothing is; None without."""
        last = max(0, self._playback.at - 1)
        return next((n for n, end in enumerate(self.borders[1:]) if last < end), None)

    @Slot()
    def _follow(self) -> None:
        self.setAccessibleDescription(self.said())
        before, self._reached = self._reached, self._looks()
        if before[1:] != self._reached[1:]:
            self.update()
            return
        left, right = sorted((before[0], self._reached[0]))  # a step changes the line between the two alone
        line = QRectF(left - KNOB - 2, 0, right - left + 2 * KNOB + 4, NAMES_TOP if self._sections else HEIGHT)
        self.update(line.toAlignedRect())

    def _looks(self) -> tuple[float, Hashable]:
        """Where the knob is, and what all else goes by."""
        playback = self._playback
        named = (self._sections, self.section if playback.at > 0 else None)
        return self.x_of(playback.position), (named, playback.length, self.width(), self.isEnabled())

    def said(self) -> str:
        """Where one is, in words."""
        done = self.tr("{at} of {length} steps done").format(at=self._playback.at, length=self._playback.length)
        place = self.section
        return done if place is None else joined((done, self._sections[place].name))

    def name(self, place: int) -> str:
        """What stands under a section: its name and the numbers of its steps."""
        section, first = self._sections[place], self.borders[place] + 1
        if section.count <= 1:
            return f"{section.name} {first}" if section.count else section.name
        said = self.tr("{name} {first} to {last}")
        return said.format(name=section.name, first=first, last=first + section.count - 1)

    def label(self, place: int) -> str:
        """The same as it is painted: without the numbers where there is no room for all names with theirs."""
        wide = sum(_width(self.name(one)) + NAMES_APART for one in range(len(self._sections)))
        return self.name(place) if wide <= self.width() else self._sections[place].name

    # Places -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(240, round(NAMES_TOP) + NAMES_HEIGHT if self._sections else HEIGHT)

    def x_of(self, position: float) -> float:
        """Where so many steps done are."""
        return KNOB + 1 + position / max(1, self._playback.length) * (self.width() - 2 * KNOB - 2)

    def at_of(self, x: float) -> int:
        """How many steps are done at a place of the line."""
        share = (x - KNOB - 1) / max(1.0, self.width() - 2 * KNOB - 2)
        return round(min(1.0, max(0.0, share)) * self._playback.length)

    def name_box(self, place: int) -> QRectF:
        """Where a section's name stands."""
        left, right = (self.x_of(border) for border in self.borders[place : place + 2])
        width = max(right - left, _width(self.label(place)) + 2)
        start = min(max(0.0, (left + right - width) / 2), max(0.0, self.width() - width))
        return QRectF(start, NAMES_TOP, width, NAMES_HEIGHT)

    # Paint --------------------------------------------------------------------------------------------------------

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self._exposed = event.rect()
        super().paintEvent(event)

    def paint(self, painter: QPainter) -> None:
        middle, here = MIDDLE, self.x_of(self._playback.position)
        left, right = self.x_of(0), self.x_of(max(1, self._playback.length))
        on = self.isEnabled() and self._playback.length > 0
        done = theme.colour("accent" if on else "text_muted")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(left - 2, middle - THICK / 2, right - left + 4, THICK), 2, 2)
        painter.setBrush(done)
        painter.drawRoundedRect(QRectF(left - 2, middle - THICK / 2, here - left + 2, THICK), 2, 2)
        self._paint_ticks(painter, middle)
        for step in self._marks:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("warning"))
            painter.drawEllipse(QRectF(self.x_of(step) - 2.5, middle - 9.5, 5, 5))
        if on:
            painter.setPen(QPen(done, 2.0))
            painter.setBrush(theme.colour("accent_soft" if self._held or self.underMouse() else "surface"))
            painter.drawEllipse(QRectF(here - KNOB, middle - KNOB, 2 * KNOB, 2 * KNOB))
        if self.focused_by_key:
            painter.setPen(QPen(theme.colour("accent"), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if self._exposed.bottom() >= NAMES_TOP:
            self._paint_names(painter)

    def _paint_ticks(self, painter: QPainter, middle: float) -> None:
        length, borders = self._playback.length, self.borders if self._sections else ()
        roomy = length > 0 and self.x_of(1) - self.x_of(0) >= TICKS_APART
        steps = range(length + 1) if roomy else (0, length)
        for step in (*steps, *borders):
            reach = BREAK if step in borders[1:-1] else TICK
            painter.setPen(QPen(theme.colour("accent" if step <= self._playback.at else "text_muted"), 1.5))
            x = self.x_of(step)
            painter.drawLine(QPointF(x, middle - reach), QPointF(x, middle + reach))

    def _paint_names(self, painter: QPainter) -> None:
        current = self.section
        for place in range(len(self._sections)):
            here = place == current and self._playback.at > 0
            painter.setFont(_font(bold=here))
            painter.setPen(theme.colour("accent" if here else "text_muted"))
            painter.drawText(self.name_box(place), Qt.AlignmentFlag.AlignCenter, self.label(place))

    # Hands --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._playback.length:
            super().mousePressEvent(event)
            return
        place = event.position()
        named = next((n for n in range(len(self._sections)) if self.name_box(n).contains(place)), None)
        if named is not None:
            self._go(min(self.borders[named] + 1, self.borders[named + 1]))
        else:
            self._held = True
            self._go(self.at_of(place.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._go(self.at_of(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = False
        self.update()
        super().mouseReleaseEvent(event)

    def _go(self, at: int) -> None:
        self._playback.pause()
        if at != self._playback.at or self._playback.progress:
            self._playback.go(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self._playback.at
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._playback.step()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self._playback.back()
        elif key == Qt.Key.Key_PageUp:
            self._go(next((border for border in self.borders if border > at), self._playback.length))
        elif key == Qt.Key.Key_PageDown:
            self._go(next((border for border in self.borders[::-1] if border < at), 0))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else self._playback.length)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus, not shortcuts of the page."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() in _OWN_KEYS and not event.modifiers():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)


def _font(*, bold: bool) -> QFont:
    return look.tabular(look.font(11, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))


def _width(words: str) -> float:
    """How wide a section's name is at most, in pixels."""
    return _measured(words, _font(bold=True))


@lru_cache(maxsize=64)
def _measured(words: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(words)
