"""The hit rate of the network and of simpler models, each with its error, on one axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import AxisScale, error_bar
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, call
from app.kit.export import Table
from app.kit.numbers import NOTHING, grouped, percent
from app.workspaces.recommender.follow.answers import Estimate
from app.workspaces.recommender.follow.judge import Judged, Worth
from app.workspaces.recommender.words import simple_name
from engine.recommenders.judging.standing import standing_of
from engine.recommenders.tasks.base import NETWORK

NAMES, VALUES, AXIS = 112.0, 84.0, 16.0
MOST_ROW = 26.0


def who_text(who: str) -> str:
    """A recommender's name in the window's language; names of methods stay."""
    return _tr("this network") if who == NETWORK else simple_name(who)


@dataclass(frozen=True, slots=True)
class HitRates:
    """The recommenders in order. ``beside``: what the same recommender, by its name, gets otherwise."""

    judged: tuple[Judged, ...] = ()
    beside: tuple[tuple[str, Estimate], ...] = ()


def draw_hit_rates(data: HitRates, frame: Frame) -> Drawing:
    """Draw a row each: a disc at the mean, a whisker of one standard error either way, a ring at what is beside."""
    if not data.judged:
        return Drawing()
    ends = [*(judged.hit_rate for judged in data.judged), *(estimate for _, estimate in data.beside)]
    most = max((end.value or 0.0) + (end.error or 0.0) for end in ends)
    step = next((step for step in (0.01, 0.02, 0.05, 0.1, 0.2) if most / step <= 5), 0.25)
    top = max(step, math.ceil(most / step) * step)
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
        numbers=call(_table, data.judged),
    )


def _axis(across: AxisScale, values: list[float], bottom: float) -> list[Mark]:
    places = [(across.place(value), percent(value)) for value in values]
    grid = Lines(tuple((x, 0.0, x, bottom) for x, _ in places), "border")
    return [grid, *(Text(text, (x - 24, bottom + 1, 48, AXIS - 1), 10.5, "text_muted") for x, text in places)]


def _row(judged: Judged, beside: Estimate | None, across: AxisScale, line: tuple[float, ...]) -> list[Mark]:
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
    if beside is not None and beside.value is not None:
        marks.append(Disc(across.place(beside.value), middle, 4.0, "surface", "text_muted", 1.4))
    value, error = judged.hit_rate.value, judged.hit_rate.error or 0.0
    if value is None:
        return marks
    whiskers = error_bar(across, value, error, middle, ink, width=1.6)
    return [*marks, whiskers, Disc(across.place(value), middle, 4.5, ink)]


def _words(judged: Judged) -> str:
    return f"{who_text(judged.who)}: {estimate_text(judged.hit_rate)}"


def _table(judged: tuple[Judged, ...]) -> Table:
    rows = [(row.who, row.hit_rate.value, row.hit_rate.error) for row in judged]
    return Table(("recommender", "hit_rate", "standard_error"), rows)


def estimate_text(estimate: Estimate) -> str:
    """``19.1 ± 1.5``, in per cent."""
    if estimate.value is None:
        return NOTHING
    value = grouped(100 * estimate.value, 1)
    return value if estimate.error is None else f"{value} ± {grouped(100 * estimate.error, 1)}"


def strongest(worth: Worth) -> Judged | None:
    """The best of the simpler models."""
    others = [judged for judged in worth.judged if judged.who != NETWORK and judged.hit_rate.value is not None]
    return max(others, key=lambda judged: judged.hit_rate.value or 0.0, default=None)


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
