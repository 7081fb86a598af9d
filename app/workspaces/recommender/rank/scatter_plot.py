"""Predicted against true watch time: a dot for each impression, and the means of ten equally large groups.

The shortest hundredth may stand at the axis' end: on a logarithmic axis it would take up half of it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import Axes
from app.kit.drawing.columns import Dots
from app.kit.drawing.drawing import Drawing, Frame, remembered
from app.kit.drawing.marks import Disc, Group, Mark, Polyline, Text, call
from app.kit.export import Table
from app.workspaces.recommender.rank.answers import Impression, Points
from app.workspaces.recommender.rank.seconds_axes import Range, axes_group, ends_of, seconds_axes
from app.workspaces.recommender.rank.written import seconds_text

REACH = 12.0
"""Pixels round a dot in which it is meant."""


@dataclass(frozen=True, slots=True)
class ScatterData:
    """The dots, and the impression with a ring, which need not be one of them."""

    points: Points | None = None
    picked: Impression | None = None


def draw_scatter(data: ScatterData, frame: Frame) -> Drawing:
    """Draw the plot. Keys are the impressions' rows; arrow keys go by what is predicted."""
    points, picked = data.points, data.picked
    if points is None:
        hint = _tr("A point for every impression: right of the diagonal it is expected to be watched too long.")
        return Drawing((Text(hint, (40, 0, frame.width - 80, frame.height), 12, "text_muted", wrap=True),))
    axes = seconds_axes(frame, _ends(points))
    marks: list[Mark] = [axes_group(axes), Group(call(_dots, points, axes), cached=True)]
    if picked is not None:
        marks.append(Disc(*axes.at(picked.predicted, picked.true), 6.0, "accent", "text", 2.0))
    return Drawing(
        tuple(marks),
        description=_tr("{count} impressions; arrow keys go from one to the next").format(count=len(points.rows)),
        tip=_tr("Each point is an impression: click one to see its sum. Rings are means of ten equally large groups."),
        order=_order(points, picked),
        current=None if picked is None else picked.row,
        arrows_choose=True,
        numbers=call(_table, points),
    )


def _dots(points: Points, axes: Axes) -> list[Mark]:
    dots = axes.points(points.predicted, points.true)
    means = tuple(axes.at(*pair) for pair in points.tenths)
    return [
        Dots(dots, 2.0, "accent 38%", keys=points.rows, tips=call(_tip, points), reach=REACH),
        Polyline(points=means, stroke="text", width=1.6),
        Dots(means, 3.6, "surface", "text", 1.6),
    ]


def _tip(points: Points, index: int) -> str:
    return _tr("{title}, shown to {user}: predicted {predicted} s, in truth {true} s").format(
        title=points.titles[index], user=points.users[index], predicted=seconds_text(points.predicted[index]),
        true=seconds_text(points.true[index]),
    )  # fmt: skip


@remembered()
def _ends(points: Points) -> Range:
    times = sorted([*points.predicted, *points.true])
    return ends_of(times[len(times) // 100 :])


@remembered()
def _order(points: Points, picked: Impression | None) -> tuple[int, ...]:
    by_prediction = sorted(zip(points.predicted, points.rows, strict=True))
    if picked is not None and picked.row not in points.rows:
        by_prediction.insert(bisect_left(by_prediction, (picked.predicted, picked.row)), (0.0, picked.row))
    return tuple(row for _, row in by_prediction)


def _table(points: Points) -> Table:
    columns = zip(points.rows, points.users, points.titles, points.predicted, points.true, strict=True)
    return Table(("row", "user", "video", "predicted_seconds", "true_seconds"), list(columns))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScatterPlot", text)
