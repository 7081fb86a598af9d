"""The plot of the result over one input, with its heading; the curve is worked out away from the window."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.background import Background
from app.kit.charts.scale import Scale, scale_of
from app.kit.copying import CopyButton
from app.kit.export import Table
from app.kit.formula.trees import markup_of_name
from app.kit.listing import joined
from app.kit.numbers import rounded, significant
from app.kit.translation import sentence_of
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import Sentence
from app.kit.widgets.painted import Painted, set_pixels
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.computation import Worked
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import kink_note, name_text, not_measurable, short_name
from app.workspaces.scalar_graph.sight import gradient_text, value_text
from engine.autodiff.curves import curve
from engine.problems import Problem

LEFT, WIDEST, RIGHT, TOP, BOTTOM = 52.0, 104.0, 14.0, 10.0, 22.0
TANGENT_SHARE = 0.16
"""The tangent reaches this share of the x axis to each side."""
DIGITS, MOST_DIGITS = 6, 16


@dataclass(frozen=True, slots=True)
class Curve:
    """``xs``, ``ys`` (n,): the result where the input has these values, NaN where there is none. ``at``: where one
    stands, with its value; ``slope``: the derivative once it is known, ``measured``: Δy/Δx once it was measured;
    ``sides``: at a kink, the slopes to the left and to the right in place of both."""

    name: str
    result: str
    xs: NDArray[np.float64] = field(compare=False)
    ys: NDArray[np.float64] = field(compare=False)
    at: tuple[float, float | None]
    slope: float | None = None
    measured: float | None = None
    sides: tuple[float, float] | None = None
    run: object = None
    """The same for the same points."""


class CurvePlot(Painted):
    """``dragged(x)``: the point is dragged along the curve; ``dropped`` when it is let go."""

    dragged = Signal(float)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve | None = None
        self._scale = Scale(False, 0.0, 1.0)
        self._left = LEFT
        self._held = False
        self.setMinimumSize(150, 90)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setToolTip(self.tr("Drag along the curve: the input follows, and everything with it"))
        self.setAccessibleName(self.tr("The result over one input"))

    @property
    def curve(self) -> Curve | None:
        """What is drawn; None while there is nothing to draw."""
        return self._curve

    def show_curve(self, curve: Curve | None) -> None:
        """Draw another curve, or none."""
        if curve == self._curve:
            return
        self._curve = curve
        if curve is not None and not self._held:
            self._scale = _fitting(curve)
        if curve is not None:
            self.setAccessibleDescription(self._spoken(curve))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 180)

    def table(self) -> Table:
        """The curve's points."""
        curve = self._curve
        if curve is None:
            return Table((), ())
        return Table((curve.name, curve.result), list(zip(curve.xs.tolist(), curve.ys.tolist(), strict=True)))

    def _spoken(self, curve: Curve) -> str:
        x, y = curve.at
        if y is None:
            words = self.tr("{name} = {x}; the result is not yet known")
            return words.format(name=name_text(curve.name), x=significant(x, 4))
        return self.tr("{name} = {x}, {result} = {y}").format(
            name=name_text(curve.name), x=significant(x, 4), result=name_text(curve.result), y=significant(y, DIGITS)
        )

    # Places -------------------------------------------------------------------------------------------------------

    @property
    def _field(self) -> QRectF:
        return QRectF(self.rect()).adjusted(self._left, TOP, -RIGHT, -BOTTOM)

    def _x(self, curve: Curve, value: float) -> float:
        low, high = float(curve.xs[0]), float(curve.xs[-1])
        return self._field.left() + self._field.width() * (value - low) / (high - low)

    def _y(self, value: float) -> float:
        low, high = self._scale.bottom, self._scale.top
        return self._field.bottom() - self._field.height() * (value - low) / (high - low)

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        curve = self._curve
        if curve is None:
            return
        self._paint_axes(painter, curve)
        painter.save()
        painter.setClipRect(self._field.adjusted(0, -6, 0, 6))
        self._paint_line(painter, curve)
        self._paint_slope(painter, curve)
        painter.restore()
        self._paint_point(painter, curve)

    def _paint_axes(self, painter: QPainter, curve: Curve) -> None:
        set_pixels(painter, 11)
        ticks = texts_of([place for place, _ in self._scale.ticks(self._field.height())])
        widest = max((painter.fontMetrics().horizontalAdvance(text) for _, text in ticks), default=0)
        self._left = min(max(LEFT, widest + 14.0), WIDEST)
        field = self._field
        for place, text in ticks:
            y = self._y(place)
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(theme.colour("text_muted"))
            box = QRectF(0.0, y - 8, self._left - 8, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        ends = Scale(False, float(curve.xs[0]), float(curve.xs[-1]))
        for place, text in ends.ticks(field.width() / 2):
            box = QRectF(self._x(curve, place) - 30, field.bottom() + 5, 60, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)

    def _paint_line(self, painter: QPainter, curve: Curve) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen(theme.colour("text_muted"), 1.8))
        piece: list[QPointF] = []
        for x, y in zip(*self._places(curve), strict=True):
            if y == y:
                piece.append(QPointF(x, y))
            elif piece:
                painter.drawPolyline(QPolygonF(piece))
                piece = []
        if piece:
            painter.drawPolyline(QPolygonF(piece))

    def _places(self, curve: Curve) -> tuple[list[float], list[float]]:
        """Where the points of the line are; NaN for the height of one that is not finite."""
        field, scale = self._field, self._scale
        reach, low = 2.0 * field.height(), float(curve.xs[0])
        across = field.left() + field.width() * (curve.xs - low) / (float(curve.xs[-1]) - low)
        finite = np.where(np.isfinite(curve.ys), curve.ys, np.nan)
        up = field.bottom() - field.height() * (finite - scale.bottom) / (scale.top - scale.bottom)
        return across.tolist(), np.clip(up, field.top() - reach, field.bottom() + reach).tolist()

    def _paint_slope(self, painter: QPainter, curve: Curve) -> None:
        """The tangent solid; while it is not known, the measured slope dashed. At a kink, one to each side."""
        pen = look.pen(theme.colour("accent"), 2.0)
        if curve.slope is None and curve.sides is None:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(self._x(curve, x), self._y(y)) for x, y in _tangent(curve)]))

    def _paint_point(self, painter: QPainter, curve: Curve) -> None:
        x, y = curve.at
        left, field = self._x(curve, x), self._field
        if not field.left() - 1 <= left <= field.right() + 1:
            return
        painter.setPen(QPen(look.faded("accent", 0.6), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(left, field.top()), QPointF(left, field.bottom()))
        if y is None or not np.isfinite(y) or not self._scale.bottom <= y <= self._scale.top:
            return
        painter.setPen(look.pen(theme.colour("accent"), 2.2))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(left, self._y(y)), 5.0, 5.0)

    # Hands --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._curve is not None:
            self._held = True
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._drag(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._held = False
            self.dropped.emit()

    def _drag(self, event: QMouseEvent) -> None:
        curve, field = self._curve, self._field
        if curve is None or field.width() <= 0:
            return
        low, high = float(curve.xs[0]), float(curve.xs[-1])
        share = min(max((event.position().x() - field.left()) / field.width(), 0.0), 1.0)
        self.dragged.emit(round(low + share * (high - low), _decimals(high - low)))


def _tangent(curve: Curve) -> list[tuple[float, float]]:
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


def texts_of(places: Sequence[float]) -> list[tuple[float, str]]:
    """The numbers at an axis, with as many digits as tell each from the next."""
    for digits in range(3, MOST_DIGITS):
        texts = [significant(place, digits) for place in places]
        exact = len(places) < 2 or max(abs(rounded(place, digits) - place) for place in places) < 1e-3 * abs(
            places[1] - places[0]
        )
        if exact and len(set(texts)) == len(texts):
            break
    return list(zip(places, texts, strict=True))


def _decimals(span: float) -> int:
    """So many decimals that a step is a few hundredths of a pixel's worth of the axis."""
    return max(0, 3 - int(np.floor(np.log10(max(span, 1e-9)))))


def _fitting(curve: Curve) -> Scale:
    """An axis for what is usual of the curve and for the tangent: no pole or exponential flattens all else."""
    values = curve.ys[np.isfinite(curve.ys)]
    slope = curve.slope if curve.slope is not None else curve.measured
    y = curve.at[1]
    if values.size <= 8 or slope is None or y is None or not (np.isfinite(slope) and np.isfinite(y)):
        return scale_of(values, log=False)
    ordered = np.sort(values)  # np.percentile takes fifty times as long
    least, low, high, most = (float(ordered[round(share * (values.size - 1))]) for share in (0.03, 0.25, 0.75, 0.97))
    reach = 1.5 * abs(slope) * float(curve.xs[-1] - curve.xs[0])
    ends = max(least, min(low, y - reach)), min(most, max(high, y + reach))
    return scale_of(np.array([min(ends[0], y), max(ends[1], y)]), log=False)


POINTS = 241
REACH, FACTOR = 6.0, 5.0
"""A curve goes from −6 to 6, or five times as far, as often as its input lies beyond."""
TITLE = 15.0
"""The height of an em in the title's maths, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A curve that was worked out: of which numbers, over which input."""

    worked: Worked
    name: str
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]


def run_of(worked: Worked, name: str) -> Run:
    """In another thread: the result for values of an input from −reach to reach."""
    reach = reach_for(worked.inputs[name])
    xs = np.linspace(-reach, reach, POINTS)
    return Run(worked, name, xs, curve(worked.graph, name, xs, worked.inputs).values)


def reach_for(value: float) -> float:
    """How far the curve goes to both sides of 0 for this value of its input."""
    reach = REACH
    while abs(value) > reach:
        reach *= FACTOR
    return reach


class CurveCard(QWidget):
    """Heading, choice of the input, and the plot."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run: Run | None = None
        self._problem: Problem | None = None  # why there is no curve
        self.plot = CurvePlot()
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
        head.addStretch(1)
        head.addWidget(self.copier)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.plot, 1)
        self._background = Background("graph-curve", latest_only=True, tells=True, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)
        for signal in (desk.sight_changed, desk.chosen_changed):
            signal.connect(self.follow)
        desk.refused.connect(self.follow)
        desk.nudge_changed.connect(self._show)
        self.plot.dragged.connect(self._drag)
        self.plot.dropped.connect(desk.settle)
        theme.notifier().changed.connect(self._show)
        self.follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Say what holds, and have the curve worked out anew where it is of other numbers; none where there is no input
        or nothing that can be read."""
        if not self.isVisible():
            return
        worked, leaf = self._desk.worked, self._desk.leaf
        if worked is None or leaf is None or self._desk.stale:
            self._background.cancel()
            self._run = self._problem = None
        elif self._run is None or self._run.worked is not worked or self._run.name != leaf:
            self._background.request(lambda _job: run_of(worked, leaf))
        self._show()

    @Slot(object)
    def _take(self, run: Run) -> None:
        """A curve has come. Of other numbers than are there by now it stands until the next one comes."""
        worked = self._desk.worked
        if worked is not None and run.worked.shape is worked.shape and run.name == self._desk.leaf:
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
            self.plot.show_curve(None)
            self.title.set_text("")
            self.point.set_text("")
            self.note.set_full_text(self._why())
            return
        worked, sight = self._desk.worked, self._desk.sight
        if worked is None or worked.shape is not run.worked.shape or run.name != self._desk.leaf:
            return  # of another graph or input, whose curve is being worked out
        graph = worked.graph
        result = graph.labels[graph.output]
        leaf = graph.index[run.name]
        hollow = leaf in sight.hollow
        slope = sight.gradients[leaf] if not hollow else None
        measured = self._desk.measured(run.name) if not hollow else None
        at = (worked.inputs[run.name], sight.values[graph.output])  # of now, also where the curve is a moment old
        hidden = not self._desk.reached or self._desk.waits(run.name)
        kink = worked.kink_at(leaf) if not hidden else None
        sides = (kink.left, kink.right) if kink is not None else None
        self.plot.show_curve(Curve(run.name, result, run.xs, run.ys, at, slope, measured, sides, run))
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
        return self.tr("The curve could not be worked out: {reason}").format(reason=sentence_of(self._problem))

    def _note(self, slope: float | None, measured: float | None) -> str:
        if slope is not None:
            return self.tr("— tangent, slope {slope}").format(slope=gradient_text(slope))
        if measured is not None and not math.isfinite(measured):
            return self.tr("-- measured slope: {state}").format(state=not_measurable())
        if measured is not None:
            return self.tr("-- measured {slope}; tangent not yet").format(slope=significant(measured, 3))
        return self.tr("tangent: {state}").format(state=not_yet())

    @Slot(float)
    def _drag(self, value: float) -> None:
        if self._run is not None:
            self._desk.set_input(self._run.name, value)

    def close_work(self) -> None:
        """Work nothing more out."""
        self._background.close(wait=True)
