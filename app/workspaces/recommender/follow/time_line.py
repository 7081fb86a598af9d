"""A user's watches in time, with the one that is held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Line, Mark, Rect, Text, text_width
from app.kit.numbers import counted, duration, grouped
from app.workspaces.recommender.data.words import moment_words
from app.workspaces.recommender.follow.answers import User

FIRST_TIME = 100_000_000
"""Earlier than 1973 nobody logged a watch: smaller numbers count watches."""
PAUSE = 6 * 3600
"""So long a pause parts two sittings, in seconds."""
MOST_SITTINGS = 4
GAP, END = 78.0, 74.0
BETWEEN = 12.0
"""Pixels between two times in one line."""
MOST_TITLE = 0.36
"""Of the width, for the title of the watch that is held out."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Watches without a long pause between them, in order."""

    times: tuple[int, ...]

    @property
    def seconds(self) -> int:
        """From the first to the last."""
        return self.times[-1] - self.times[0]


def sittings_of(times: Sequence[int]) -> list[Sitting]:
    """Times in ascending order, parted where nothing was watched for long."""
    found: list[list[int]] = []
    for time in times:
        if found and time - found[-1][-1] < PAUSE:
            found[-1].append(time)
        else:
            found.append([time])
    return [Sitting(tuple(times)) for times in found]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Ascending ``times`` between two pixels, as far apart as they are."""

    times: Sequence[float]
    left: float
    right: float

    def x(self, time: float) -> float:
        """The pixel of a time; one that is outside stands at the end."""
        first, last = self.times[0], self.times[-1]
        share = (min(max(time, first), last) - first) / (last - first) if last > first else 0.5
        return self.left + 4 + (self.right - self.left - 8) * share


def place_of(stretches: Sequence[Stretch], time: float) -> float:
    """The pixel of a time in some stretches, one after another: in a pause, the middle of it."""
    before = None
    for stretch in stretches:
        if time < stretch.times[0]:
            return stretch.x(time) if before is None else (before.right + stretch.left) / 2
        if time <= stretch.times[-1]:
            return stretch.x(time)
        before = stretch
    return stretches[-1].x(time)


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A user of the log; nobody has no time line. ``known``: whether it is nobody is known."""

    user: User | None = None
    known: bool = False

    @property
    def timed(self) -> bool:
        """Return whether the log says when."""
        return self.user is not None and bool(self.user.watches) and self.user.watches[-1].time >= FIRST_TIME

    @property
    def held_place(self) -> float | None:
        """Return where the watch that is held out lies among the others: its time, or its place in the order where the
        log has no times; None where it comes after them all, or there is none."""
        user = self.user
        if user is None or user.held_out is None or not user.watches:
            return None
        time = user.held_out.time
        if time >= user.watches[-1].time:
            return None
        return time if self.timed else sum(watch.time < time for watch in user.watches) - 0.5


def draw_time_line(line: TimeLine, frame: Frame) -> Drawing:
    """Draw a stroke for each watch.

    Where there are few sittings each has its own stretch, with the pauses written between; else one stretch of time;
    and where the log has no times, strokes in order, all as far apart. The watch that is held out comes after them, or
    where it was among them.
    """
    if not line.known:
        return Drawing()
    user, said = line.user, _spoken(line)
    if user is None or not user.watches:
        words = _tr("A history of one's own has no time line, and nothing that is held out.")
        whole = (0.0, 0.0, frame.width, frame.height)
        return Drawing((Text(words, whole, 12, "text_muted", "left middle", wrap=True),), said, said)
    y, end = frame.height * 0.5, frame.width - _room_beyond(line, user, frame)
    stretches, marks = _watches(line, [watch.time for watch in user.watches], y, end)
    place = line.held_place
    held = (
        _held_after(user, y, end, frame) if place is None else _held_among(user, y, place_of(stretches, place), frame)
    )
    return Drawing((*marks, *held), said, said)


def _spoken(line: TimeLine) -> str:
    if line.user is None:
        return ""
    watches = counted(len(line.user.watches), _tr("1 watch"), _tr("{count} watches"))
    if not line.timed:
        return _tr("{watches}, in the order of the log, which has no times").format(watches=watches)
    first, last = _ends([watch.time for watch in line.user.watches])
    return _tr("{watches}, from {first} to {last} (UTC)").format(watches=watches, first=first, last=last)


def _ends(times: Sequence[int]) -> tuple[str, str]:
    """Return the first and the last of some times, as the Data section has them, too."""
    span = times[-1] - times[0]
    return moment_words(times[0], span), moment_words(times[-1], span)


def _room_beyond(line: TimeLine, user: User, frame: Frame) -> float:
    """Return the pixels after the last watch: for the one that is held out and its title."""
    if user.held_out is None or line.held_place is not None:
        return 4.0
    title = text_width(user.held_out.item.title, 11, True) + 16.0
    return max(END, min(title, MOST_TITLE * frame.width))


def _watches(line: TimeLine, times: Sequence[int], y: float, end: float) -> tuple[list[Stretch], list[Mark]]:
    """Return where the watches are, and their marks."""
    below = (0.0, y + 18, end, 16.0)
    if not line.timed:
        stretch = Stretch(range(len(times)), 0.0, end)
        return [stretch], [*_stretch(stretch, y), *_below(below, [_tr("in the order of the log"), ""])]
    sittings = sittings_of(times)
    if 1 < len(sittings) <= MOST_SITTINGS and end > GAP * len(sittings) + 60:
        return _sittings(sittings, y, end)
    stretch = Stretch(times, 0.0, end)
    return [stretch], [*_stretch(stretch, y), *_below(below, _ends(times))]


def _sittings(sittings: Sequence[Sitting], y: float, end: float) -> tuple[list[Stretch], list[Mark]]:
    room = end - GAP * (len(sittings) - 1)
    counts = [max(2, len(sitting.times)) for sitting in sittings]
    left, stretches, marks = 0.0, list[Stretch](), list[Mark]()
    for number, (sitting, count) in enumerate(zip(sittings, counts, strict=True)):
        width = room * count / sum(counts)
        stretches.append(Stretch(sitting.times, left, left + width))
        names = [_tr("{time} long").format(time=duration(sitting.seconds))] if sitting.seconds else []
        marks += [*_stretch(stretches[-1], y), *_below((left, y + 18, width + GAP - 8, 16.0), names)]
        left += width
        if number + 1 < len(sittings):
            pause = time_words(sittings[number + 1].times[0] - sitting.times[-1])
            marks.append(Line((left + 6, y), (left + GAP - 6, y), "border", 2, dashed=True))
            marks.append(Text(pause, (left, y - 24, GAP, 20), 11, "text_muted"))
            left += GAP
    return stretches, marks


def _stretch(stretch: Stretch, y: float) -> list[Mark]:
    """Return strokes between two ends, as far apart as the times are."""
    strokes = tuple((x, y - 13, x, y + 13) for x in map(stretch.x, stretch.times))
    return [Line((stretch.left, y), (stretch.right, y), "border", 2), Lines(strokes, "text", 1.6)]


def _below(place: Rect, names: Sequence[str]) -> list[Mark]:
    if sum(text_width(name, 11) for name in names) + BETWEEN > place[2] and len(names) > 1:
        names = ("", *names[1:])  # both do not fit: the last one, which the held-out watch follows
    sides = ("left middle", "right middle")
    return [
        Text(name, place, 11, "text_muted", side, elide=True) for name, side in zip(names, sides, strict=False) if name
    ]


def _held_after(user: User, y: float, end: float, frame: Frame) -> list[Mark]:
    if user.held_out is None:
        return []
    x = end + 8
    trained = counted(len(user.watches), _tr("trained on 1 watch"), _tr("trained on {count} watches"))
    title, beside = user.held_out.item.title, (x + 6, y + 12, frame.width - x - 6, 16.0)
    return [
        Line((x, y - 36), (x, y + 36), "good", 1.6, dashed=True),
        Disc(x + 16, y, 6, "good"),
        Text(trained, (0, y - 40, x - 6, 16), 11, align="right top", bold=True),
        Text(title, beside, 11, "good", "left top", bold=True, elide=True),
    ]


def _held_among(user: User, y: float, x: float, frame: Frame) -> list[Mark]:
    """Return a watch that is held out from among the others: what came after it was trained on, too."""
    if user.held_out is None:
        return []
    right, title = x < frame.width / 2, user.held_out.item.title
    place = (x + 6, y - 40, frame.width - x - 6, 16.0) if right else (0.0, y - 40, x - 6, 16.0)
    return [
        Line((x, y - 22), (x, y + 16), "good", 1.6, dashed=True),
        Disc(x, y, 6, "good"),
        Text(title, place, 11, "good", "left top" if right else "right top", bold=True, elide=True),
    ]


def time_words(seconds: int) -> str:
    """Return how long some seconds are, in days where that is more than one."""
    days = seconds / 86_400
    if days < 1.5:
        return duration(seconds)
    return _tr("{days} days").format(days=grouped(days, 1 if days < 10 else 0))


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimeLine", text)
