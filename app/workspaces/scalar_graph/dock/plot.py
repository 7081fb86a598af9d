"""The result over one input, with its tangent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.kit import look, theme
from app.kit.charts.scale import Scale, scale_of
from app.kit.export import Table
from app.kit.numbers import rounded, significant
from app.kit.widgets.painted import Painted, set_pixels
from app.workspaces.scalar_graph.names import name_text

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
