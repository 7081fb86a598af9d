"""The drawings of the tabs: hit rates, recall by time, and a user's watches in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import LOG, Axes, AxisScale, error_bar
from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Line, Mark, Polyline, Rect, Rectangle, Text, call, text_width
from app.kit.export import ExportTable
from app.kit.numbers import NOTHING, counted, duration, grouped, percent, plain, probability, short, with_error
from app.workspaces.recommender.data.words import moment_words
from app.workspaces.recommender.follow.judge import JudgedRate, Worth
from app.workspaces.recommender.words import simple_name
from engine.problems import filled_in
from engine.recommenders.judging.metrics import Estimate
from engine.recommenders.judging.standing import standing_of
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.candidates.answers import LoggedUser, Retrieval, SearchTime

NAMES, VALUES, AXIS = 112.0, 84.0, 16.0
MOST_ROW = 26.0


def who_text(who: str) -> str:
    """A recommender's name in the window's language; names of methods stay."""
    return _tr("this network") if who == NETWORK else simple_name(who)


@dataclass(frozen=True, slots=True)
class HitRates:
    """The recommenders in order. ``beside``: what the same recommender, by its name, gets otherwise."""

    judged: tuple[JudgedRate, ...] = ()
    beside: tuple[tuple[str, Estimate], ...] = ()


def draw_hit_rates(data: HitRates, frame: Frame) -> Drawing:
    """Draw a row each: a disc at the mean, a whisker of one standard error either way, a ring at what is beside."""
    if not data.judged:
        return Drawing()
    ends = [*(judged.hit_rate for judged in data.judged), *(estimate for _, estimate in data.beside)]
    most = max((end.value + end.margin for end in ends if isfinite(end.value)), default=0.0)
    step = next((step for step in (0.01, 0.02, 0.05, 0.1, 0.2) if most / step <= 5), 0.25)
    top = max(step, ceil(most / step) * step)
    across, bottom = AxisScale(0.0, top, NAMES, frame.width - VALUES), frame.height - AXIS
    height = min(MOST_ROW, bottom / len(data.judged))
    beside = dict(data.beside)
    marks = [
        mark
        for row, judged in enumerate(data.judged)
        for mark in _row(judged, beside.get(judged.who), across, (0.0, row * height, frame.width, height))
    ]
    return Drawing(
        (*_axis(across, [number * step for number in range(round(top / step) + 1)], bottom), *marks),
        description="; ".join(_words(judged) for judged in data.judged),
        tip=QCoreApplication.translate("WorthView", "per cent, ± one standard error over the users"),
        numbers=call(_hit_rate_table, data.judged),
    )


def _axis(across: AxisScale, values: list[float], bottom: float) -> list[Mark]:
    places = [(across.place(value), percent(value)) for value in values]
    grid = Lines(tuple((x, 0.0, x, bottom) for x, _ in places), "border")
    return [grid, *(Text(text, (x - 24, bottom + 1, 48, AXIS - 1), 10.5, "text_muted") for x, text in places)]


def _row(judged: JudgedRate, beside: Estimate | None, across: AxisScale, line: tuple[float, ...]) -> list[Mark]:
    left, top, width, height = line
    network, middle = judged.who == NETWORK, top + height / 2
    ink = "accent" if network else "text_muted"
    marks: list[Mark] = [
        Rectangle((left, top, width, height), key=judged.who, tip=_words(judged)),
        Text(who_text(judged.who), (0, top, NAMES - 12, height), 12, align="right middle", bold=network, elide=True),
        Text(
            estimate_text(judged.hit_rate), (across.end + 14, top, VALUES - 14, height), 12,
            "text" if network else "text_muted", "left middle", bold=network,
        ),
    ]  # fmt: skip
    if beside is not None and isfinite(beside.value):
        marks.append(Disc(across.place(beside.value), middle, 4.0, "surface", "text_muted", 1.4))
    value, error = judged.hit_rate.value, judged.hit_rate.margin
    if not isfinite(value):
        return marks
    whiskers = error_bar(across, value, error, middle, ink, width=1.6)
    return [*marks, whiskers, Disc(across.place(value), middle, 4.5, ink)]


def _words(judged: JudgedRate) -> str:
    return f"{who_text(judged.who)}: {estimate_text(judged.hit_rate)}"


def _hit_rate_table(judged: tuple[JudgedRate, ...]) -> ExportTable:
    rows = [(row.who, row.hit_rate.value, row.hit_rate.error) for row in judged]
    return ExportTable(("recommender", "hit_rate", "standard_error"), rows)


def estimate_text(estimate: Estimate) -> str:
    """``19.1 ± 1.5``, in per cent."""
    if not isfinite(estimate.value):
        return NOTHING
    return with_error(100 * estimate.value, 100 * estimate.error, 1)


def strongest(worth: Worth) -> JudgedRate | None:
    """The best of the simpler models."""
    others = [judged for judged in worth.judged if judged.who != NETWORK and isfinite(judged.hit_rate.value)]
    return max(others, key=lambda judged: judged.hit_rate.value, default=None)


def verdict(worth: Worth) -> str:
    """The network beside the best of the simpler models, by the standard error of the paired difference, in a
    sentence."""
    best = strongest(worth)
    difference = None if best is None else worth.differences.get(best.who)
    if best is None or difference is None or not isfinite(difference.value + difference.error):
        return ""
    words = {
        "level": _tr("This network − {who}: {difference} points, so the two are level."),
        "better": _tr("This network − {who}: {difference} points, so this network is better."),
        "worse": _tr("This network − {who}: {difference} points, so {who} is better."),
    }[standing_of(difference.value, difference.error)]
    return words.format(who=who_text(best.who), difference=_difference_text(difference))


def _difference_text(difference: Estimate) -> str:
    sign = "+" if difference.value > 0 else ""
    return (sign + estimate_text(difference)).replace("-", "−")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Worth", text)


LEFT, BOTTOM, TOP, RIGHT = 28.0, 18.0, 8.0, 22.0
TICKS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
LEAST_MS = 1e-6
AIR = 10**0.1
"""How far the axis of times goes beyond them, as a ratio."""


def best_of(curve: Sequence[SearchTime]) -> list[SearchTime]:
    """Those than which no quicker one has found as much, the quickest first: times are measured, and more lists may
    have been the quicker ones."""
    kept: list[SearchTime] = []
    for probed in sorted(curve, key=lambda probed: (probed.milliseconds, -probed.recall)):
        if not kept or probed.recall > kept[-1].recall:
            kept.append(probed)
    return kept


def draw_recall(found: Retrieval | None, frame: Frame) -> Drawing:
    """Draw recall upwards, milliseconds of one search to the right on a logarithmic axis.

    A dot for each number of lists, a line through those than which none found as much in less time; the filled disc is
    the exact scan, the ring what the index would use.
    """
    if found is None:
        return Drawing()
    curve, axes = found.curve, _axes(found, frame)
    dots = axes.points([probed.milliseconds for probed in curve], [probed.recall for probed in curve])
    quickest = tuple(axes.at(probed.milliseconds, probed.recall) for probed in best_of(curve))
    served, exact = axes.at(found.served.milliseconds, found.served.recall), axes.at(found.exact, 1.0)
    tip = _tr("{lists} {lists:list|lists}; measured over {users} {users:user|users}, the median of the times")
    return Drawing(
        (
            *_axis_marks(axes),
            Polyline(points=quickest, stroke="text_muted", width=1.4),
            Dots(dots, 2.0, "text_muted", keys=tuple(range(len(curve))), tips=call(_tip, tuple(curve)), reach=8.0),
            Disc(*served, 4.5, "surface", "text", 1.8),
            Disc(*exact, 4.5, "text"),
        ),
        tip=filled_in(tip, {"lists": found.lists, "users": found.users}),
        numbers=call(_recall_table, tuple(curve)),
    )


def _axes(found: Retrieval, frame: Frame) -> Axes:
    times = [found.exact, found.served.milliseconds, *(probed.milliseconds for probed in found.curve)]
    times = [time for time in times if time > 0.0] or [1.0]
    right, bottom = frame.width - RIGHT, frame.height - BOTTOM
    across = AxisScale(min(times) / AIR, max(times) * AIR, LEFT, right, LOG, LEAST_MS)
    return Axes(across, AxisScale(0.0, 1.0, bottom, TOP))


def _axis_marks(axes: Axes) -> list[Mark]:
    left, _, width, _ = axes.box
    bottom, room = axes.up.start, left + 0.92 * width  # beyond it stands the unit
    rows = [(axes.up.place(recall), plain(recall)) for recall in (0.0, 0.5, 1.0)]
    marks: list[Mark] = [Lines(tuple((left, y, left + width, y) for y, _ in rows), "border")]
    marks += [Text(text, (0, y - 8, LEFT - 6, 16), 10, "text_muted", "right middle") for y, text in rows]
    columns = [(axes.across.place(time), plain(time)) for time in TICKS if axes.across.low <= time <= axes.across.high]
    marks += [Text(text, (x - 20, bottom + 3, 40, 14), 10, "text_muted") for x, text in columns if x <= room]
    marks.append(Text(_tr("ms"), (left + width - 6, bottom + 3, RIGHT + 6, 14), 10, "text_muted"))
    return marks


def _tip(curve: tuple[SearchTime, ...], index: int) -> str:
    probed = curve[index]
    return _tr("{probes} lists: {ms} ms, finds {recall}").format(
        probes=probed.probes, ms=short(probed.milliseconds, 2), recall=probability(probed.recall)
    )


def _recall_table(curve: tuple[SearchTime, ...]) -> ExportTable:
    rows = [(probed.probes, probed.recall, probed.milliseconds) for probed in curve]
    return ExportTable(("lists", "recall", "milliseconds"), rows)


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
class WatchTimeLine:
    """A user of the log; nobody has no time line. ``known``: whether it is nobody is known."""

    user: LoggedUser | None = None
    known: bool = False

    @property
    def timed(self) -> bool:
        """Return whether the log says when."""
        return self.user is not None and bool(self.user.history) and self.user.history[-1].time >= FIRST_TIME

    @property
    def held_place(self) -> float | None:
        """Return where the watch that is held out lies among the others: its time, or its place in the order where the
        log has no times; None where it comes after them all, or there is none."""
        user = self.user
        if user is None or user.held_out is None or not user.history:
            return None
        time = user.held_out.time
        if time >= user.history[-1].time:
            return None
        return time if self.timed else sum(watch.time < time for watch in user.history) - 0.5


def draw_time_line(line: WatchTimeLine, frame: Frame) -> Drawing:
    """Draw a stroke for each watch.

    Where there are few sittings each has its own stretch, with the pauses written between; else one stretch of time;
    and where the log has no times, strokes in order, all as far apart. The watch that is held out comes after them, or
    where it was among them.
    """
    if not line.known:
        return Drawing()
    user, said = line.user, _spoken(line)
    if user is None or not user.history:
        words = _tr("Your own history has no timeline, and nothing is held out.")
        whole = (0.0, 0.0, frame.width, frame.height)
        return Drawing((Text(words, whole, 12, "text_muted", "left middle", wrap=True),), said, said)
    y, end = frame.height * 0.5, frame.width - _room_beyond(line, user, frame)
    stretches, marks = _watches(line, [watch.time for watch in user.history], y, end)
    place = line.held_place
    held = (
        _held_after(user, y, end, frame) if place is None else _held_among(user, y, place_of(stretches, place), frame)
    )
    return Drawing((*marks, *held), said, said)


def _spoken(line: WatchTimeLine) -> str:
    if line.user is None:
        return ""
    watches = counted(len(line.user.history), _tr("{count} {count:watch|watches}"))
    if not line.timed:
        return _tr("{watches}, in the order of the log, which has no times").format(watches=watches)
    first, last = _ends([watch.time for watch in line.user.history])
    return _tr("{watches}, from {first} to {last} (UTC)").format(watches=watches, first=first, last=last)


def _ends(times: Sequence[int]) -> tuple[str, str]:
    """Return the first and the last of some times, as the Data section has them, too."""
    span = times[-1] - times[0]
    return moment_words(times[0], span), moment_words(times[-1], span)


def _room_beyond(line: WatchTimeLine, user: LoggedUser, frame: Frame) -> float:
    """Return the pixels after the last watch: for the one that is held out and its title."""
    if user.held_out is None or line.held_place is not None:
        return 4.0
    title = text_width(user.held_out.item.label, 11, True) + 16.0
    return max(END, min(title, MOST_TITLE * frame.width))


def _watches(line: WatchTimeLine, times: Sequence[int], y: float, end: float) -> tuple[list[Stretch], list[Mark]]:
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


def _held_after(user: LoggedUser, y: float, end: float, frame: Frame) -> list[Mark]:
    if user.held_out is None:
        return []
    x = end + 8
    trained = counted(len(user.history), _tr("trained on {count} {count:watch|watches}"))
    title, beside = user.held_out.item.label, (x + 6, y + 12, frame.width - x - 6, 16.0)
    return [
        Line((x, y - 36), (x, y + 36), "good", 1.6, dashed=True),
        Disc(x + 16, y, 6, "good"),
        Text(trained, (0, y - 40, x - 6, 16), 11, align="right top", bold=True),
        Text(title, beside, 11, "good", "left top", bold=True, elide=True),
    ]


def _held_among(user: LoggedUser, y: float, x: float, frame: Frame) -> list[Mark]:
    """Return a watch that is held out from among the others: what came after it was trained on, too."""
    if user.held_out is None:
        return []
    right, title = x < frame.width / 2, user.held_out.item.label
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
