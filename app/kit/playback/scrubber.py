"""The line of steps: how many are done, where sections begin, what is marked; a click or a drag goes there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSize, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rect, Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.listing import joined
from app.kit.playback.playback import Playback

KNOB, THICK, TICK, BREAK = 6.0, 4.0, 4.0, 7.0
HEIGHT, MIDDLE, NAMES_TOP, NAMES_HEIGHT, NAMES_APART = 34, 17.0, 26.0, 14, 12.0
"""Pixels: the height without names, where the line is in it, and the names below."""
TICKS_APART = 7.0
"""Steps nearer to one another than this, in pixels, have no ticks of their own."""
LINE = "line"
"""The key of the line; the keys of the names are the places of their sections."""
STEP, BACK, NEXT_SECTION, LAST_SECTION, BEGIN, END = "step", "back", "next section", "last section", "begin", "end"
ACTIONS = {
    Qt.Key.Key_Right: STEP, Qt.Key.Key_Up: STEP, Qt.Key.Key_Left: BACK, Qt.Key.Key_Down: BACK,
    Qt.Key.Key_PageUp: NEXT_SECTION, Qt.Key.Key_PageDown: LAST_SECTION, Qt.Key.Key_Home: BEGIN, Qt.Key.Key_End: END,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepLine:
    """``position`` of ``length`` steps are done, in ``sections``: the name and the number of steps of each. ``marked``:
    places to be pointed out, in steps done."""

    position: float = 0.0
    length: int = 0
    sections: tuple[tuple[str, int], ...] = ()
    marked: frozenset[int] = frozenset()
    enabled: bool = True

    @property
    def borders(self) -> tuple[int, ...]:
        """Return how many steps are done where each section begins, and where the last one ends."""
        return tuple(accumulate((count for _, count in self.sections), initial=0))

    @property
    def section(self) -> int | None:
        """Return the place of the section of the step last done, or of the first one while nothing is."""
        last = max(0, int(self.position) - 1)
        return next((place for place, end in enumerate(self.borders[1:]) if last < end), None)

    def name(self, place: int) -> str:
        """Return what stands under a section: its name and the numbers of its steps."""
        (name, count), first = self.sections[place], self.borders[place] + 1
        if count <= 1:
            return f"{name} {first}" if count else name
        return _tr("{name} {first} to {last}").format(name=name, first=first, last=first + count - 1)

    def x(self, position: float, width: float) -> float:
        """Return where so many steps done are on a line of this width."""
        return KNOB + 1 + position / max(1, self.length) * (width - 2 * KNOB - 2)

    def at(self, x: float, width: float) -> int:
        """Return how many steps are done at a place of the line."""
        share = (x - KNOB - 1) / max(1.0, width - 2 * KNOB - 2)
        return round(min(1.0, max(0.0, share)) * self.length)


def draw_steps(line: StepLine, frame: Frame) -> Drawing:
    """Draw the line with what is done of it, its ticks, what is marked, the knob and the names of the sections."""
    left, here, right = (line.x(steps, frame.width) for steps in (0, line.position, max(1, line.length)))
    on = line.enabled and line.length > 0
    ink = "accent" if on else "text_muted"
    marks: list[Mark] = [
        Rectangle((left - 2, MIDDLE - THICK / 2, right - left + 4, THICK), "track", corner=2),
        Rectangle((left - 2, MIDDLE - THICK / 2, here - left + 2, THICK), ink, corner=2),
        *_ticks(line, frame.width),
        *(Disc(line.x(step, frame.width), MIDDLE - 7, 2.5, "warning") for step in sorted(line.marked)),
    ]
    if on:
        ground = "accent_soft" if frame.pointed is not None else "surface"
        marks.append(Disc(here, MIDDLE, KNOB, ground, ink, 2.0))
    if line.length:
        ringed, strip = (4, 5, frame.width - 8, 18), (0, 0, frame.width, NAMES_TOP)
        hand = Qt.CursorShape.PointingHandCursor
        marks.append(Rectangle(ringed, key=LINE, drag=True, target=strip, cursor=hand))
    marks += _names(line, frame.width)
    return Drawing(
        tuple(marks), said(line), order=(LINE,) if line.length else (), actions=ACTIONS if line.length else {},
        height=NAMES_TOP + NAMES_HEIGHT if line.sections else HEIGHT,
    )  # fmt: skip


def _ticks(line: StepLine, width: float) -> list[Mark]:
    roomy = line.length > 0 and line.x(1, width) - line.x(0, width) >= TICKS_APART
    borders = line.borders if line.sections else ()
    highs = dict.fromkeys(range(line.length + 1) if roomy else (0, line.length), TICK) | dict.fromkeys(borders, TICK)
    highs |= dict.fromkeys(borders[1:-1], BREAK)
    ends = {
        step: (line.x(step, width), MIDDLE - high, line.x(step, width), MIDDLE + high) for step, high in highs.items()
    }
    done = int(line.position)
    return [
        Lines(tuple(end for step, end in ends.items() if (step <= done) is is_done), ink, 1.5)
        for is_done, ink in ((False, "text_muted"), (True, "accent"))
    ]


def _names(line: StepLine, width: float) -> list[Mark]:
    """Name the sections, without the numbers of their steps where there is no room for all names with theirs."""
    names = [line.name(place) for place in range(len(line.sections))]
    if sum(_room(name) + NAMES_APART for name in names) > width:
        names = [name for name, _ in line.sections]
    current = line.section if int(line.position) else None
    return [
        Text(
            name, rect, 11, "accent" if place == current else "text_muted", bold=place == current, elide=True,
            key=place, tip=line.name(place), cursor=Qt.CursorShape.PointingHandCursor,
        )
        for place, (name, rect) in enumerate(zip(names, _name_rects(line, names, width), strict=True))
    ]  # fmt: skip


def _name_rects(line: StepLine, names: Sequence[str], width: float) -> list[Rect]:
    """Return where the names stand: under their sections, whose borders make way for longer names."""
    cuts = [line.x(border, width) for border in line.borders]
    for place, name in enumerate(names):
        cuts[place + 1] = max(cuts[place + 1], cuts[place] + _room(name))
    cuts[-1] = min(cuts[-1], width)
    for place in reversed(range(len(names))):
        cuts[place] = max(min(cuts[place], cuts[place + 1] - _room(names[place])), 0.0)
    return [(left, NAMES_TOP, right - left, NAMES_HEIGHT) for left, right in pairwise(cuts)]


def _room(name: str) -> float:
    return text_width(name, 11, bold=True) + 2.0


def said(line: StepLine) -> str:
    """Say where one is."""
    done = _tr("{at} of {length} steps done").format(at=int(line.position), length=line.length)
    return done if line.section is None else joined((done, line.sections[line.section][0]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Scrubber", text)


class Scrubber(DrawingView):
    """Steps of a :class:`Playback`, in sections. The arrow keys step, Page Up and Page Down go from section to section,
    Home and End to either end."""

    def __init__(self, playback: Playback, ground: str = "", parent: QWidget | None = None) -> None:
        self._playback, self.line = playback, StepLine()
        hint, least, name = QSize(240, HEIGHT), QSize(120, HEIGHT), self.tr("Steps")
        super().__init__(draw_steps, self.line, hint=hint, least=least, name=name, ground=ground, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        playback.moved.connect(self._follow)
        playback.length_changed.connect(self._follow)
        self.chosen.connect(self._choose)
        self.dragged.connect(self._drag)
        self.acted.connect(self._act)
        self._follow()

    def set_sections(self, sections: Sequence[tuple[str, int]]) -> None:
        """Name the steps; together the sections have as many as there are."""
        self._show(replace(self.line, sections=tuple(sections)))

    def set_marks(self, steps: Collection[int]) -> None:
        """Mark places: so many steps done."""
        self._show(replace(self.line, marked=frozenset(steps)))

    @Slot()
    def _follow(self) -> None:
        playback = self._playback
        self._show(replace(self.line, position=playback.position, length=playback.length))

    def _show(self, line: StepLine) -> None:
        self.line = line
        self.set_data(line)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._show(replace(self.line, enabled=self.isEnabled()))

    @Slot(object)
    def _choose(self, key: object) -> None:
        """Go to the place of the line, or to the first step of a section."""
        borders = self.line.borders
        if isinstance(key, int):
            self._go(min(borders[key] + 1, borders[key + 1]))
        elif self.pointer is not None:
            self._go(self.line.at(self.pointer.x(), self.width()))

    @Slot(object, QPointF)
    def _drag(self, key: object, _to: QPointF) -> None:
        self._choose(key)

    @Slot(object)
    def _act(self, action: str) -> None:
        at, borders = self._playback.at, self.line.borders
        if action == STEP:
            self._playback.step()
        elif action == BACK:
            self._playback.back()
        elif action == NEXT_SECTION:
            self._go(next((border for border in borders if border > at), self._playback.length))
        elif action == LAST_SECTION:
            self._go(next((border for border in borders[::-1] if border < at), 0))
        else:
            self._go(0 if action == BEGIN else self._playback.length)

    def _go(self, at: int) -> None:
        self._playback.pause()
        if at != self._playback.at or self._playback.progress:
            self._playback.go(at)
