"""The plot of the result over one input, with its heading; the curve is worked out away from the window."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.background import Background
from app.kit.copying import CopyButton
from app.kit.drawing.axes import Axes, AxisScale, axis_marks, range_of
from app.kit.drawing.cursor import CursorInput, CursorMark
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Group, Line, Mark, Point, Polyline, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.formula.trees import markup_of_name
from app.kit.formula.view import MathLabel
from app.kit.listing import joined
from app.kit.numbers import significant
from app.kit.translation import sentence_of
from app.kit.widgets.in_sight import FollowsInSight
from app.kit.widgets.labels import Sentence
from app.workspaces.scalar_graph.computation import Computation
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import (
    gradient_text,
    kink_note,
    name_text,
    not_measurable,
    not_yet,
    short_name,
    value_text,
)
from engine.autodiff.curves import curve
from engine.problems import Problem

LEFT, WIDEST, RIGHT, TOP, BOTTOM = 52.0, 104.0, 14.0, 10.0, 22.0
TANGENT_SHARE = 0.16
"""The tangent reaches this share of the x axis to each side."""
DIGITS = 6
FAR = 2.0
"""Values beyond the axis are drawn so many of its heights away, out of sight."""


@dataclass(frozen=True, slots=True)
class ResultCurve:
    """``xs``, ``ys`` (n,): the result where the input has these values, NaN where there is none. ``at``: where one
    stands, with its value; ``slope``: the derivative once it is known, ``measured``: Δy/Δx once it was measured;
    ``sides``: at a kink, the slopes to the left and to the right in place of both. ``run``: the same for the same
    points. ``ends``: of the vertical axis."""

    name: str
    result: str
    xs: NDArray[np.float64] = field(compare=False)
    ys: NDArray[np.float64] = field(compare=False)
    at: tuple[float, float | None]
    slope: float | None = None
    measured: float | None = None
    sides: tuple[float, float] | None = None
    run: object = None
    ends: tuple[float, float] = (0.0, 1.0)


def draw_curve(curve: ResultCurve | None, frame: Frame) -> Drawing:
    """Draw the curve with its tangent, and a cursor that moves the input."""
    if curve is None:
        return Drawing()
    up = AxisScale(*curve.ends, frame.height - BOTTOM, TOP)
    heights = up.ticks()
    widest = max((text_width(text, 10) for _, text in heights), default=0.0)
    left = min(max(LEFT, widest + 14.0), WIDEST)
    low, high = float(curve.xs[0]), float(curve.xs[-1])
    axes = Axes(AxisScale(low, high, left, max(frame.width - RIGHT, left + 1.0)), up)
    x, y = curve.at
    marks = list(axis_marks(axes, axes.across.ticks((frame.width - left) / 3), heights))
    field_left, top, width, height = axes.box
    clip = (field_left, top - 6.0, width, height + 12.0)
    marks.append(Group(call(_curve_marks, curve, axes), clip=clip))
    if low <= x <= high:
        across = axes.across.place(x)
        marks.append(Line((across, top), (across, top + height), "accent 60%", dashed=True))
        if y is not None and up.low <= y <= up.high:
            marks.append(Disc(across, up.place(y), 5.0, "surface", "accent", 2.2))
    step = 10.0 ** (math.floor(math.log10(high - low)) - 2)
    tip = _tr("Drag along the curve: the input follows, and so does everything else")
    moved = CursorInput(step, (low, high), typed=False)
    marks.append(
        CursorMark(axes.across, x, significant(x, 4), moved, key=curve.name, tip=tip, target=axes.box,
               cursor=Qt.CursorShape.SizeHorCursor)
    )  # fmt: skip
    return Drawing(tuple(marks), description=_spoken(curve), numbers=call(_table, curve))


def _curve_marks(curve: ResultCurve, axes: Axes) -> tuple[Mark, ...]:
    """The curve in pieces where it is finite; the tangent solid, while it is not known the measured slope dashed, at a
    kink one to each side."""
    marks: list[Mark] = []
    points = _points(curve.xs, curve.ys, axes)
    finite = np.isfinite(curve.ys)
    for piece in np.split(np.arange(len(points)), np.flatnonzero(np.diff(finite)) + 1):
        if finite[piece[0]]:
            marks.append(Polyline("text_muted", 1.8, points=points[piece[0] : piece[-1] + 1]))
    tangent = np.array(_tangent(curve)).reshape(-1, 2)
    dashed = curve.slope is None and curve.sides is None
    marks.append(Polyline("accent", 2.0, dashed=dashed, points=_points(tangent[:, 0], tangent[:, 1], axes)))
    return tuple(marks)


def _points(xs: NDArray[np.float64], ys: NDArray[np.float64], axes: Axes) -> tuple[Point, ...]:
    """Where values stand; what is beyond the vertical axis stands beyond it."""
    left, top, width, height = axes.box
    across, up = axes.across, axes.up
    places = left + (xs - across.low) / (across.high - across.low) * width
    heights = up.start + (ys - up.low) / (up.high - up.low) * (up.end - up.start)
    heights = np.clip(np.where(np.isfinite(ys), heights, 0.0), top - FAR * height, top + (1.0 + FAR) * height)
    return tuple(zip(places.tolist(), heights.tolist(), strict=True))


def _spoken(curve: ResultCurve) -> str:
    x, y = curve.at
    names = {"name": name_text(curve.name), "x": significant(x, 4), "result": name_text(curve.result)}
    if y is None:
        return _tr("{name} = {x}; the result is not yet known").format(**names)
    return _tr("{name} = {x}, {result} = {y}").format(y=significant(y, DIGITS), **names)


def _table(curve: ResultCurve) -> ExportTable:
    return ExportTable((curve.name, curve.result), list(zip(curve.xs.tolist(), curve.ys.tolist(), strict=True)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("CurvePlot", text)


def _tangent(curve: ResultCurve) -> list[tuple[float, float]]:
    """The ends of the tangent, or of the measured slope, and where one stands between them; at a kink, of one to each
    side; only what is finite of it."""
    slope = curve.slope if curve.slope is not None else curve.measured
    (x, y), sides = curve.at, curve.sides or (slope, slope)
    if y is None or not np.isfinite(y):
        return []
    reach = TANGENT_SHARE * float(curve.xs[-1] - curve.xs[0])
    left, right = (
        [(x + run, y + side * run)] if side is not None and np.isfinite(side) else []
        for side, run in zip(sides, (-reach, reach), strict=True)
    )
    return [*left, (x, y), *right]


def fitting_ends(curve: ResultCurve) -> tuple[float, float]:
    """Ends of an axis for what is usual of the curve and for the tangent: no pole or exponential flattens all else."""
    values = curve.ys[np.isfinite(curve.ys)]
    slope = curve.slope if curve.slope is not None else curve.measured
    y = curve.at[1]
    if values.size <= 8 or slope is None or y is None or not (np.isfinite(slope) and np.isfinite(y)):
        return range_of(values)
    ordered = np.sort(values)  # np.percentile takes fifty times as long
    least, low, high, most = (float(ordered[round(share * (values.size - 1))]) for share in (0.03, 0.25, 0.75, 0.97))
    reach = 1.5 * abs(slope) * float(curve.xs[-1] - curve.xs[0])
    ends = max(least, min(low, y - reach)), min(most, max(high, y + reach))
    return range_of((min(ends[0], y), max(ends[1], y)))


POINTS = 241
REACH, FACTOR = 6.0, 5.0
"""A curve goes from −6 to 6, or five times as far, as often as its input lies beyond."""
TITLE = 15.0
"""The height of an em in the title's maths, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class CurveRun:
    """A curve that was worked out: of which numbers, over which input."""

    worked: Computation
    name: str
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]


def run_of(worked: Computation, name: str) -> CurveRun:
    """In another thread: the result for values of an input from −reach to reach."""
    reach = reach_for(worked.inputs[name])
    xs = np.linspace(-reach, reach, POINTS)
    return CurveRun(worked, name, xs, curve(worked.graph, name, xs, worked.inputs).values)


def reach_for(value: float) -> float:
    """How far the curve goes to both sides of 0 for this value of its input."""
    reach = REACH
    while abs(value) > reach:
        reach *= FACTOR
    return reach


class PlotPage(FollowsInSight, QWidget):
    """Heading, choice of the input, and the plot."""

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._run: CurveRun | None = None
        self._problem: Problem | None = None  # why there is no curve
        self.curve: ResultCurve | None = None
        self._held = False
        self.plot = DrawingView(
            draw_curve, None, hint=QSize(300, 180), least=QSize(150, 70), name=self.tr("The result over one input")
        )
        self.title, self.point, self.note = MathLabel("", TITLE), MathLabel("", TITLE), Sentence()
        self.note.setProperty("role", "muted")
        self.copier = CopyButton()
        self.copier.offer(self.plot, self.copier.drawn_picture, title=self.plot.accessibleName(), name="curve")
        self.copier.offer_drawing(self.plot)
        self.copier.serve(self.plot)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addSpacing(16)
        head.addWidget(self.point)
        head.addSpacing(16)
        head.addWidget(self.note, 1)
        head.addWidget(self.copier)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        self._background = Background("graph-curve", latest_only=True, tells=True, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)
        for signal in (model.state_changed, model.chosen_changed):
            signal.connect(self.follow)
        model.refused.connect(self.follow)
        model.nudge_changed.connect(self._show)
        self.plot.edited.connect(self._drag)
        self.plot.grabbed.connect(self._hold)
        self.plot.settled.connect(self._let_go)
        theme.notifier().changed.connect(self._show)
        self.follow()

    def write(self) -> None:
        """Say what holds, and have the curve worked out anew where it is of other numbers; none where there is no input
        or nothing that can be read."""
        worked, leaf = self._model.worked, self._model.leaf
        if worked is None or leaf is None or self._model.stale:
            self._background.cancel()
            self._run = self._problem = None
        elif self._run is None or self._run.worked is not worked or self._run.name != leaf:
            self._background.request(lambda _job: run_of(worked, leaf))
        self._show()

    @Slot(object)
    def _take(self, run: CurveRun) -> None:
        """A curve has come. Of other numbers than are there by now it stands until the next one comes."""
        worked = self._model.worked
        if worked is not None and run.worked.shape is worked.shape and run.name == self._model.leaf:
            self._run, self._problem = run, None
            self._show()

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        """The curve that is there is of other numbers."""
        self._run, self._problem = None, problem
        self._show()

    @Slot()
    def _show(self) -> None:
        if not self.isVisible():
            return
        run = self._run
        if run is None:
            self.curve = None
            self.plot.set_data(None)
            self.title.set_text("")
            self.point.set_text("")
            self.note.set_full_text(self._why())
            return
        worked, state = self._model.worked, self._model.state
        if worked is None or worked.shape is not run.worked.shape or run.name != self._model.leaf:
            return  # of another graph or input, whose curve is being worked out
        graph = worked.graph
        result = graph.labels[graph.output]
        leaf = graph.index[run.name]
        hollow = leaf in state.hollow
        slope = state.gradients[leaf] if not hollow else None
        measured = self._model.measured(run.name) if not hollow else None
        at = (worked.inputs[run.name], state.values[graph.output])  # of now, also where the curve is a moment old
        hidden = not self._model.reached or self._model.waits(run.name)
        kink = worked.kink_at(leaf) if not hidden else None
        sides = (kink.left, kink.right) if kink is not None else None
        curve = ResultCurve(run.name, result, run.xs, run.ys, at, slope, measured, sides, run)
        held = self._held and self.curve is not None
        self.curve = replace(curve, ends=self.curve.ends if self.curve is not None and held else fitting_ends(curve))
        self.plot.set_data(self.curve)
        names = {"result": result, "input": run.name}
        maths = {key: f"${markup_of_name(short_name(name))}$" for key, name in names.items()}
        self.title.set_text(self.tr("{result} over {input}").format(**maths))
        where = [f"{maths['input']} = {significant(at[0], 4)}"]
        if at[1] is not None:
            where.append(f"{maths['result']} = {value_text(at[1])}")
        self.point.set_text(joined(where))
        said = self.tr("no tangent: this slope means nothing") if hollow else self._note(slope, measured)
        self.note.set_full_text(kink_note(kink) if kink is not None else said)

    def _why(self) -> str:
        """Why there is no curve, where there could be one."""
        if self._problem is None:
            return ""
        return self.tr("The curve couldn't be computed: {reason}").format(reason=sentence_of(self._problem))

    def _note(self, slope: float | None, measured: float | None) -> str:
        if slope is not None:
            return self.tr("— tangent, slope {slope}").format(slope=gradient_text(slope))
        if measured is not None and not math.isfinite(measured):
            return self.tr("-- measured slope: {state}").format(state=not_measurable())
        if measured is not None:
            return self.tr("-- measured {slope}; tangent not yet").format(slope=significant(measured, 3))
        return self.tr("tangent: {state}").format(state=not_yet())

    @Slot(object)
    def _hold(self, _key: object) -> None:
        """While the point is dragged the axis stays as it is."""
        self._held = True

    @Slot(object)
    def _let_go(self, _key: object) -> None:
        self._held = False
        self._model.settle()

    @Slot(object, float)
    def _drag(self, _key: object, value: float) -> None:
        if self._run is not None:
            self._model.set_input(self._run.name, value)

    def close_work(self) -> None:
        """Work nothing more out."""
        self._background.close(wait=True)
