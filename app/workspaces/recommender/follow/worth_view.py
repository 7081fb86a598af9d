"""The hit rate of the network and of simpler models, each with its error, on one axis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import font, tabular
from app.kit.numbers import NOTHING, grouped, percent
from app.kit.widgets.painted import Painted, draw_elided
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.answered.worths import Estimate, Judged, Worth
from app.workspaces.recommender.words import simple_name
from engine.recommenders.judging.standing import standing_of
from engine.recommenders.tasks.base import NETWORK

NAMES = 112.0
VALUES = 84.0
AXIS = 16.0
ROW = 20.0


def who_text(who: str) -> str:
    """A recommender's name in the window's language; names of methods stay."""
    return QCoreApplication.translate("Worth", "this network") if who == NETWORK else simple_name(who)


class WorthView(Painted):
    """A row each: a disc at the mean, a whisker of one standard error either way. ``beside``: a ring at what the same
    recommender gets otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged: tuple[Judged, ...] = ()
        self._beside: Mapping[str, Estimate] = {}
        self.setAccessibleName(self.tr("Hit rates"))
        self.setMinimumHeight(int(3 * ROW + AXIS))

    def show_judged(self, judged: Sequence[Judged], beside: Mapping[str, Estimate] | None = None) -> None:
        """Show these, in order."""
        self._judged, self._beside = tuple(judged), beside or {}
        rows = [f"{who_text(one.who)}: {estimate_text(one.hit_rate)}" for one in judged]
        self.setAccessibleDescription("; ".join(rows))
        self.setToolTip(
            plain_tip("\n".join([*rows, self.tr("per cent, ± one standard error over the users")]) if rows else "")
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, int(5 * ROW + AXIS))

    def table(self) -> Table:
        """Who, hit rate and standard error."""
        rows = [(one.who, one.hit_rate.value, one.hit_rate.error) for one in self._judged]
        return Table(("recommender", "hit_rate", "standard_error"), rows)

    def paint(self, painter: QPainter) -> None:
        if not self._judged:
            return
        box = QRectF(NAMES, 0, self.width() - NAMES - VALUES, self.height() - AXIS)
        ends = [*(one.hit_rate for one in self._judged), *self._beside.values()]
        most = max(((one.value or 0.0) + (one.error or 0.0) for one in ends), default=0.1)
        step = next((step for step in (0.01, 0.02, 0.05, 0.1, 0.2) if most / step <= 5), 0.25)
        top = max(step, math.ceil(most / step) * step)
        self._paint_axis(painter, box, step, top)
        height = min(26.0, box.height() / len(self._judged))
        for number, one in enumerate(self._judged):
            line = QRectF(0, number * height, self.width(), height)
            self._paint_row(painter, box, line, one, top)

    def _paint_axis(self, painter: QPainter, box: QRectF, step: float, top: float) -> None:
        painter.setFont(tabular(font(10.5)))
        for number in range(round(top / step) + 1):
            x = box.left() + box.width() * number * step / top
            painter.setPen(theme.colour("border"))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(theme.colour("text_muted"))
            place = QRectF(x - 24, box.bottom() + 1, 48, AXIS - 1)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, percent(number * step))

    def _paint_row(self, painter: QPainter, box: QRectF, line: QRectF, one: Judged, top: float) -> None:
        network = one.who == NETWORK
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(tabular(font(12, QFont.Weight.DemiBold if network else QFont.Weight.Normal)))
        painter.setPen(theme.colour("text"))
        name = QRectF(0, line.top(), NAMES - 12, line.height())
        draw_elided(painter, name, middle | Qt.AlignmentFlag.AlignRight, who_text(one.who))
        painter.setPen(theme.colour("text" if network else "text_muted"))
        value = QRectF(box.right() + 14, line.top(), VALUES - 14, line.height())
        painter.drawText(value, middle, estimate_text(one.hit_rate))
        y = line.center().y()

        def x(share: float) -> float:
            return box.left() + box.width() * min(1.0, max(0.0, share / top))

        beside = self._beside.get(one.who)
        if beside is not None and beside.value is not None:
            painter.setPen(QPen(theme.colour("text_muted"), 1.4))
            painter.setBrush(theme.colour("surface"))
            painter.drawEllipse(QPointF(x(beside.value), y), 4, 4)
        if one.hit_rate.value is None:
            return
        colour, error = theme.colour("accent" if network else "text_muted"), one.hit_rate.error or 0.0
        low, high = x(one.hit_rate.value - error), x(one.hit_rate.value + error)
        painter.setPen(QPen(colour, 1.6))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        for end in (low, high):
            painter.drawLine(QPointF(end, y - 4), QPointF(end, y + 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x(one.hit_rate.value), y), 4.5, 4.5)


def estimate_text(estimate: Estimate) -> str:
    """``19.1 ± 1.5``, in per cent."""
    if estimate.value is None:
        return NOTHING
    value = grouped(100 * estimate.value, 1)
    return value if estimate.error is None else f"{value} ± {grouped(100 * estimate.error, 1)}"


def strongest(worth: Worth) -> Judged | None:
    """The best of the simpler models."""
    others = [one for one in worth.judged if one.who != NETWORK and one.hit_rate.value is not None]
    return max(others, key=lambda one: one.hit_rate.value or 0.0, default=None)


def verdict(worth: Worth) -> str:
    """The network beside the best of the simpler models, by the standard error of the paired difference, in a
    sentence."""
    best = strongest(worth)
    difference = None if best is None else worth.differences.get(best.who)
    if best is None or difference is None or difference.value is None or difference.error is None:
        return ""
    words = {
        "level": _tr("This network − {who}: {difference} points, so the two are level."),
        "better": _tr("This network − {who}: {difference} points, so this network is better."),
        "worse": _tr("This network − {who}: {difference} points, so {who} is better."),
    }[standing_of(difference.value, difference.error)]
    return words.format(who=who_text(best.who), difference=_difference_text(difference))


def _difference_text(difference: Estimate) -> str:
    sign = "+" if (difference.value or 0.0) > 0 else ""
    return (sign + estimate_text(difference)).replace("-", "−")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Worth", text)
