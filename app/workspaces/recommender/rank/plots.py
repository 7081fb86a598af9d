"""Predicted against true watch time, impression by impression, and calibration with and without the cure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from app.kit.drawing.axes import LOG, Axes, AxisScale, axis_marks, range_of
from app.kit.drawing.columns import Dots
from app.kit.drawing.drawing import Drawing, Frame, remembered
from app.kit.drawing.marks import Disc, Group, Line, Mark, Polyline, Text, call
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.numbers import counted, fixed, grouped
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.workspaces.recommender.rank.sum_card import seconds_text
from engine.recommenders.tasks.ranking.answers import Impression, NetworkCalibration, Scatter, TimeBin, TimeCalibration

LEFT, BOTTOM, TOP, RIGHT = 40.0, 34.0, 6.0, 10.0
LEAST = 0.01
"""Seconds; less stands at the axis' end."""
Range = tuple[float, float]


def seconds_axes(frame: Frame, ends: Range) -> Axes:
    """Return axes that fill a widget: predicted seconds to the right, true seconds upwards."""
    right, bottom = max(frame.width - RIGHT, LEFT + 1), max(frame.height - BOTTOM, TOP + 1)
    return Axes(AxisScale(*ends, LEFT, right, LOG, LEAST), AxisScale(*ends, bottom, TOP, LOG, LEAST))


def ends_of(times: Iterable[float]) -> Range:
    """Return ends for the axes round all times."""
    return range_of(times, LOG, LEAST)


def axes_group(axes: Axes) -> Group:
    """Return the axes as marks. Both have the ticks of the wider one."""
    return Group(call(_marks, axes), cached=True)


def _marks(axes: Axes) -> tuple[Mark, ...]:
    ticks = axes.across.ticks()
    titles = _tr("predicted seconds"), _tr("true seconds")
    start, end = (axes.across.start, axes.up.start), (axes.across.end, axes.up.end)
    return (*axis_marks(axes, ticks, ticks, titles), Line(start, end, "text_muted", 1.2, dashed=True))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScatterPlot", text)


REACH = 12.0
"""Pixels round a dot in which it is meant."""


@dataclass(frozen=True, slots=True)
class ScatterData:
    """The dots, and the impression with a ring, which need not be one of them."""

    points: Scatter | None = None
    picked: Impression | None = None


def draw_scatter(data: ScatterData, frame: Frame) -> Drawing:
    """Draw the plot. Keys are the impressions' rows; arrow keys go by what is predicted."""
    points, picked = data.points, data.picked
    if points is None:
        hint = _tr("One point per impression; right of the diagonal the prediction is too long.")
        return Drawing((Text(hint, (40, 0, frame.width - 80, frame.height), 12, "text_muted", wrap=True),))
    axes = seconds_axes(frame, _ends(points))
    marks: list[Mark] = [axes_group(axes), Group(call(_dots, points, axes), cached=True)]
    if picked is not None:
        marks.append(Disc(*axes.at(picked.predicted, picked.true), 6.0, "accent", "text", 2.0))
    return Drawing(
        tuple(marks),
        description=_tr("{count} impressions; arrow keys go from one to the next").format(
            count=grouped(len(points.rows))
        ),
        tip=_tr("Each point is an impression: click one to see its sum. Rings are means of ten equally large groups."),
        order=_order(points, picked),
        current=None if picked is None else picked.row,
        arrows_choose=True,
        numbers=call(_table, points),
    )


def _dots(points: Scatter, axes: Axes) -> list[Mark]:
    dots = axes.points(points.predicted, points.true)
    means = tuple(axes.at(bin.predicted, bin.true) for bin in points.bins)
    return [
        Dots(dots, 2.0, "accent 38%", keys=points.rows, tips=call(_point_tip, points), reach=REACH),
        Polyline(points=means, stroke="text", width=1.6),
        Dots(means, 3.6, "surface", "text", 1.6),
    ]


def _point_tip(points: Scatter, index: int) -> str:
    return _tr("{title}, shown to {user}: predicted {predicted} s, actually {true} s").format(
        title=points.titles[index], user=points.users[index], predicted=seconds_text(points.predicted[index]),
        true=seconds_text(points.true[index]),
    )  # fmt: skip


@remembered()
def _ends(points: Scatter) -> Range:
    times = sorted([*points.predicted, *points.true])
    return ends_of(times[len(times) // 100 :])


@remembered()
def _order(points: Scatter, picked: Impression | None) -> tuple[int, ...]:
    by_prediction = sorted(zip(points.predicted, points.rows, strict=True))
    if picked is not None and picked.row not in points.rows:
        by_prediction.insert(bisect_left(by_prediction, (picked.predicted, picked.row)), (0.0, picked.row))
    return tuple(row for _, row in by_prediction)


def _table(points: Scatter) -> ExportTable:
    columns = zip(points.rows, points.users, points.titles, points.predicted, points.true, strict=True)
    return ExportTable(("row", "user", "video", "predicted_seconds", "true_seconds"), list(columns))


BIN_REACH = 10.0
"""Pixels round a bin in which it is meant."""


@dataclass(frozen=True, slots=True)
class CalibrationData:
    """A network's bins on axes between ``ends``. ``promised``: it has no cure, and a line says where its bins would lie
    if it fitted exactly."""

    bins: tuple[TimeBin, ...] = ()
    ends: Range = (1.0, 1000.0)
    promised: bool = False


def draw_calibration(data: CalibrationData, frame: Frame) -> Drawing:
    """Draw the means of ten equally full bins: predicted to the right, true upwards."""
    bins = data.bins
    if not bins:
        return Drawing()
    axes = seconds_axes(frame, data.ends)
    places = axes.points([bin.predicted for bin in bins], [bin.true for bin in bins])
    promised = axes.points([bin.uncured for bin in bins], [bin.true for bin in bins])
    ink = "text_muted" if data.promised else "accent"
    lines: list[Mark] = [Polyline(points=promised, stroke="warning", width=1.6, dashed=True)] if data.promised else []
    lines.append(Polyline(points=places, stroke=ink, width=1.8))
    dots = Dots(places, 3.4, ink, keys=tuple(range(len(bins))), tips=call(_bin_tip, bins), reach=BIN_REACH)
    return Drawing(
        (axes_group(axes), *lines, dots),
        description="; ".join(_bin_tip(bins, index) for index in range(len(bins))),
        tip=_tr("Ten equally full bins. On the line: as predicted; right of it: too long"),
    )


def _bin_tip(bins: tuple[TimeBin, ...], index: int) -> str:
    bin = bins[index]
    rows = counted(bin.count, _tr("{count} {count:impression|impressions}"))
    return _tr("{rows}: predicted {predicted} s, actually {true} s").format(
        rows=rows, predicted=seconds_text(bin.predicted), true=seconds_text(bin.true)
    )


def _plot(name: str) -> DrawingView:
    return DrawingView(draw_calibration, CalibrationData(), hint=QSize(240, 190), least=QSize(150, 96), name=name)


class CalibrationView(QWidget):
    """The network with the cure at the left, without at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: TimeCalibration | None = None
        with_it, without = self.tr("With the cure"), self.tr("Without the cure")
        self.plots = {True: _plot(with_it), False: _plot(without)}
        self.titles = {True: ElidedLabel(with_it), False: ElidedLabel(without)}
        self.ratios = {cure: ElidedLabel() for cure in (True, False)}
        self.missing = wrapped()
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        grid.setRowStretch(1, 1)
        for column, cure in enumerate((True, False)):
            self.titles[cure].setStyleSheet("font-size: 12px; font-weight: 600;")
            self.ratios[cure].setStyleSheet("font-size: 12px; font-weight: 600;")
            grid.setColumnStretch(column, 1)
            grid.addWidget(self.titles[cure], 0, column)
            grid.addWidget(self.plots[cure], 1, column)
            grid.addWidget(self.ratios[cure], 2, column)
        grid.addWidget(self.missing, 1, 1)
        self.why = wrapped(self._why())
        grid.addWidget(self.why, 3, 0, 1, 2)
        self.show_found(None)

    def show_found(self, found: TimeCalibration | None) -> None:
        """Show what was measured; None while it has not been."""
        self._found = found
        bins = [bin for network in found.networks for bin in network.bins] if found is not None else []
        ends = ends_of(time for bin in bins for time in (bin.predicted, bin.true, bin.uncured))
        for cure, plot in self.plots.items():
            network = None if found is None else found.of(cure=cure)
            plot.set_data(CalibrationData(() if network is None else network.bins, ends, promised=not cure))
            self.ratios[cure].set_full_text("" if network is None or found is None else self._ratio(network, found))
        lacking = next((cure for cure in (True, False) if found is not None and found.of(cure=cure) is None), None)
        for cure, plot in self.plots.items():
            plot.setVisible(cure != lacking)
            self.titles[cure].setVisible(found is not None)
        self._say_missing(lacking)

    def _ratio(self, network: NetworkCalibration, found: TimeCalibration) -> str:
        exact = 1.0 if network.cure else found.uncured_ratio
        return self.tr("predicted ÷ true {ratio} · of an exact fit {exact}").format(
            ratio=fixed(network.ratio), exact=fixed(exact)
        )

    def _say_missing(self, lacking: bool | None) -> None:
        self.missing.setVisible(lacking is not None)
        if lacking is None:
            return
        self._grid.addWidget(self.missing, 1, 0 if lacking else 1)
        self.missing.setText(
            self.tr(
                "There is no such network beside this one. Start a run with companions, as the button on the "
                "first page does; both are then trained on the same impressions."
            )
        )

    def _why(self) -> str:
        """What both are about."""
        return self.tr(
            "Weights alone make the odds E[T] ÷ (1 − p), too long by 1 ÷ (1 − p): most where most is clicked, which is"
            " where most is watched. One more negative of weight 1 for every click cures it."
        )

    def table(self) -> ExportTable:
        """A line for each bin of each network."""
        networks = () if self._found is None else self._found.networks
        rows = [
            (int(network.cure), bin.count, bin.predicted, bin.true, bin.uncured)
            for network in networks
            for bin in network.bins
        ]
        return ExportTable(("cure", "impressions", "predicted_seconds", "true_seconds", "promised_without_cure"), rows)
