"""How much of the exact best is found by looking into some of the inverted lists only, and how long that takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.axes import LOG, Axes, AxisScale
from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Polyline, Text, call
from app.kit.export import Table
from app.kit.numbers import plain, probability, short
from app.workspaces.recommender.follow.answers import Probed, Retrieval

LEFT, BOTTOM, TOP, RIGHT = 28.0, 18.0, 8.0, 22.0
TICKS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
LEAST_MS = 1e-6
AIR = 10**0.1
"""How far the axis of times goes beyond them, as a ratio."""


def best_of(curve: Sequence[Probed]) -> list[Probed]:
    """Those than which no quicker one has found as much, the quickest first: times are measured, and more lists may
    have been the quicker ones."""
    kept: list[Probed] = []
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
    tip = _tr("{lists} lists; measured over {users} users, the median of the times")
    return Drawing(
        (
            *_axis_marks(axes),
            Polyline(points=quickest, stroke="text_muted", width=1.4),
            Dots(dots, 2.0, "text_muted", keys=tuple(range(len(curve))), tips=call(_tip, tuple(curve)), reach=8.0),
            Disc(*served, 4.5, "surface", "text", 1.8),
            Disc(*exact, 4.5, "text"),
        ),
        tip=tip.format(lists=found.lists, users=found.users),
        numbers=call(_table, tuple(curve)),
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


def _tip(curve: tuple[Probed, ...], index: int) -> str:
    probed = curve[index]
    return _tr("{probes} lists: {ms} ms, finds {recall}").format(
        probes=probed.probes, ms=short(probed.milliseconds, 2), recall=probability(probed.recall)
    )


def _table(curve: tuple[Probed, ...]) -> Table:
    rows = [(probed.probes, probed.recall, probed.milliseconds) for probed in curve]
    return Table(("lists", "recall", "milliseconds"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecallPlot", text)
