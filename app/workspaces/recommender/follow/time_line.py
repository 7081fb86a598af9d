"""A user's watches in time, with the one that is held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.look import font
from app.kit.numbers import counted, duration, grouped
from app.kit.widgets.painted import Painted, draw_elided
from app.kit.words import plain_tip
from app.workspaces.recommender.data.words import moment_words
from app.workspaces.recommender.follow.answered.users import User

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
    return [Sitting(tuple(one)) for one in found]


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


class TimeLine(Painted):
    """A stroke for each watch. Where there are few sittings each has its own stretch, with the pauses written between;
    else one stretch of time; and where the log has no times, strokes in order, all as far apart. The watch that is held
    out comes after them, or where it was among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._user: User | None = None
        self._known = False
        self.setMinimumHeight(72)
        self.setAccessibleName(self.tr("Watches in time"))

    def show_user(self, user: User | None, *, known: bool = True) -> None:
        """Show a user of the log; nobody has no time line. ``known``: whether it is nobody is known."""
        self._user, self._known = user, known
        self.setAccessibleDescription(self._spoken())
        self.setToolTip(plain_tip(self._spoken()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 96)

    @property
    def timed(self) -> bool:
        """Whether the log says when."""
        return self._user is not None and bool(self._user.watches) and self._user.watches[-1].time >= FIRST_TIME

    @property
    def held_place(self) -> float | None:
        """Where the watch that is held out lies among the others: its time, or its place in the order where the log has
        no times; None where it comes after them all, or there is none."""
        user = self._user
        if user is None or user.held_out is None or not user.watches:
            return None
        time = user.held_out.time
        if time >= user.watches[-1].time:
            return None
        return time if self.timed else sum(watch.time < time for watch in user.watches) - 0.5

    def _spoken(self) -> str:
        if self._user is None:
            return ""
        watches = counted(len(self._user.watches), self.tr("1 watch"), self.tr("{count} watches"))
        if not self.timed:
            return self.tr("{watches}, in the order of the log, which has no times").format(watches=watches)
        first, last = self._ends([watch.time for watch in self._user.watches])
        return self.tr("{watches}, from {first} to {last} (UTC)").format(watches=watches, first=first, last=last)

    @staticmethod
    def _ends(times: Sequence[int]) -> tuple[str, str]:
        """The first and the last of some times, as the Data section has them, too."""
        span = times[-1] - times[0]
        return moment_words(times[0], span), moment_words(times[-1], span)

    def paint(self, painter: QPainter) -> None:
        if not self._known:
            return
        if self._user is None or not self._user.watches:
            painter.setFont(font(12))
            painter.setPen(theme.colour("text_muted"))
            words = self.tr("A history of one's own has no time line, and nothing that is held out.")
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, words)
            return
        y = self.height() * 0.5
        end = self.width() - self._beyond(painter, self._user)
        stretches = self._paint_watches(painter, [watch.time for watch in self._user.watches], y, end)
        place = self.held_place
        if place is None:
            self._paint_held_out(painter, y, end)
        else:
            self._paint_held_among(painter, y, place_of(stretches, place))

    def _paint_watches(self, painter: QPainter, times: Sequence[int], y: float, end: float) -> list[Stretch]:
        """Where the watches were painted."""
        below = QRectF(0, y + 18, end, 16)
        if not self.timed:
            stretch = Stretch(range(len(times)), 0.0, end)
            self._paint_below(painter, below, [self.tr("in the order of the log"), ""])
        else:
            sittings = sittings_of(times)
            if 1 < len(sittings) <= MOST_SITTINGS and end > GAP * len(sittings) + 60:
                return self._paint_sittings(painter, sittings, y, end)
            stretch = Stretch(times, 0.0, end)
            self._paint_below(painter, below, self._ends(times))
        self._paint_stretch(painter, stretch, y)
        return [stretch]

    def _beyond(self, painter: QPainter, user: User) -> float:
        """Pixels after the last watch: for the one that is held out and its title."""
        if user.held_out is None or self.held_place is not None:
            return 4.0
        painter.setFont(font(11, QFont.Weight.DemiBold))
        title = painter.fontMetrics().horizontalAdvance(user.held_out.item.title) + 16.0
        return max(END, min(title, MOST_TITLE * self.width()))

    def _paint_sittings(self, painter: QPainter, sittings: Sequence[Sitting], y: float, end: float) -> list[Stretch]:
        room = end - GAP * (len(sittings) - 1)
        counts = [max(2, len(one.times)) for one in sittings]
        left, stretches = 0.0, []
        for number, (sitting, count) in enumerate(zip(sittings, counts, strict=True)):
            width = room * count / sum(counts)
            stretches.append(Stretch(sitting.times, left, left + width))
            self._paint_stretch(painter, stretches[-1], y)
            names = [self.tr("{time} long").format(time=duration(sitting.seconds))] if sitting.seconds else []
            self._paint_below(painter, QRectF(left, y + 18, width + GAP - 8, 16), names)
            left += width
            if number + 1 < len(sittings):
                pause = sittings[number + 1].times[0] - sitting.times[-1]
                self._paint_pause(painter, QRectF(left, y - 24, GAP, 20), _pause_text(pause), y)
                left += GAP
        return stretches

    def _paint_pause(self, painter: QPainter, place: QRectF, text: str, y: float) -> None:
        painter.setPen(QPen(theme.colour("border"), 2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(place.left() + 6, y), QPointF(place.right() - 6, y))
        painter.setFont(font(11))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_stretch(self, painter: QPainter, stretch: Stretch, y: float) -> None:
        """Strokes between two ends, as far apart as the times are."""
        painter.setPen(QPen(theme.colour("border"), 2))
        painter.drawLine(QPointF(stretch.left, y), QPointF(stretch.right, y))
        painter.setPen(QPen(theme.colour("text"), 1.6))
        for time in stretch.times:
            x = stretch.x(time)
            painter.drawLine(QPointF(x, y - 13), QPointF(x, y + 13))

    def _paint_below(self, painter: QPainter, place: QRectF, names: Sequence[str]) -> None:
        painter.setFont(font(11))
        painter.setPen(theme.colour("text_muted"))
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        wanted = sum(painter.fontMetrics().horizontalAdvance(name) for name in names)
        if wanted + BETWEEN > place.width():  # both do not fit: the last one, which the held-out watch follows
            names = ("", *names[1:]) if len(names) > 1 else names
        for name, side in zip(names, sides, strict=False):
            draw_elided(painter, place, Qt.AlignmentFlag.AlignVCenter | side, name)

    def _paint_held_out(self, painter: QPainter, y: float, end: float) -> None:
        user = self._user
        if user is None or user.held_out is None:
            return
        x, good = end + 8, theme.colour("good")
        painter.setPen(QPen(good, 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, y - 36), QPointF(x, y + 36))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(good)
        painter.drawEllipse(QPointF(x + 16, y), 6, 6)
        painter.setFont(font(11, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        trained = counted(len(user.watches), self.tr("trained on 1 watch"), self.tr("trained on {count} watches"))
        painter.drawText(QRectF(0, y - 40, x - 6, 16), Qt.AlignmentFlag.AlignRight, trained)
        painter.setPen(good)
        place = QRectF(x + 6, y + 12, self.width() - x - 6, 16)
        draw_elided(painter, place, Qt.AlignmentFlag.AlignLeft, user.held_out.item.title)

    def _paint_held_among(self, painter: QPainter, y: float, x: float) -> None:
        """A watch that is held out from among the others: what came after it was trained on, too."""
        user = self._user
        if user is None or user.held_out is None:
            return
        good = theme.colour("good")
        painter.setPen(QPen(good, 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, y - 22), QPointF(x, y + 16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(good)
        painter.drawEllipse(QPointF(x, y), 6, 6)
        painter.setFont(font(11, QFont.Weight.DemiBold))
        painter.setPen(good)
        right = x < self.width() / 2
        place = QRectF(x + 6, y - 40, self.width() - x - 6, 16) if right else QRectF(0, y - 40, x - 6, 16)
        side = Qt.AlignmentFlag.AlignLeft if right else Qt.AlignmentFlag.AlignRight
        draw_elided(painter, place, side, user.held_out.item.title)


def _pause_text(seconds: int) -> str:
    """A pause in days where it is longer than one."""
    days = seconds / 86_400
    if days < 1.5:
        return duration(seconds)
    text = QCoreApplication.translate("TimeLine", "{days} days")
    return text.format(days=grouped(days, 1 if days < 10 else 0))
