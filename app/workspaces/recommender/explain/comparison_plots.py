"""Calibration curves, and log losses with their standard errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.charts.scale import Scale
from app.kit.export import Table
from app.kit.look import pen
from app.kit.numbers import counted, loss_text, probability
from app.kit.widgets.painted import Painted, draw_elided, draw_plate, set_pixels
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.content import JOINT, CalibrationBin, Comparison, Measured
from app.workspaces.recommender.explain.part_words import part_name
from app.workspaces.recommender.words import simple_name

SIDE = 96
REACH = 9.0
"""Pixels round a point in which its tooltip is shown."""
LINE = 26.0
NAMES = 120.0
"""Pixels for the names of the models."""
ENDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Where the axes of calibration may end: what is rare has curves, too."""


class CalibrationPlot(Painted):
    """Predicted to the right, observed upwards, both from 0 to one round share; the diagonal is what was promised."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._bins: Sequence[CalibrationBin] = ()
        self._end = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def show_bins(self, bins: Sequence[CalibrationBin], most: float) -> None:
        """Show a model's bins, lowest first, on axes that reach ``most``, the greatest share of all models."""
        self._bins = tuple(bins)
        self._end = next(end for end in ENDS if most <= end or end == ENDS[-1])
        self.setAccessibleName(self.tr("Calibration, {model}").format(model=part_name(self._key)))
        self.setAccessibleDescription("; ".join(self.describe(one) for one in bins))
        self.update()

    def describe(self, one: CalibrationBin) -> str:
        """A bin in words."""
        rows = counted(one.count, self.tr("1 row"), self.tr("{count} rows"))
        return self.tr("{rows}: predicted {predicted}, came {observed}").format(
            rows=rows, predicted=probability(one.predicted), observed=probability(one.observed)
        )

    def _box(self) -> QRectF:
        side = min(self.width(), self.height()) - 2.0
        return QRectF(1, 1, side, side)

    def _place(self, one: CalibrationBin) -> QPointF:
        box = self._box().adjusted(4, 4, -4, -4)
        right, up = one.predicted / self._end, one.observed / self._end
        return QPointF(box.left() + right * box.width(), box.bottom() - up * box.height())

    def paint(self, painter: QPainter) -> None:
        box = self._box()
        draw_plate(painter, box, 4)
        inner = box.adjusted(4, 4, -4, -4)
        painter.setPen(QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(inner.bottomLeft(), inner.topRight())
        colour = theme.colour("accent" if self._key == JOINT else "text_muted")
        places = [self._place(one) for one in self._bins]
        self._paint_end(painter, inner)
        painter.setPen(pen(colour, 1.5))
        painter.drawPolyline(places)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for place in places:
            painter.drawEllipse(place, 2.4, 2.4)

    def _paint_end(self, painter: QPainter, inner: QRectF) -> None:
        """How far the axes go, in the corner that a curve keeps free."""
        set_pixels(painter, 9)
        painter.setPen(theme.colour("text_muted"))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner.adjusted(0, 0, 1, 3), corner, probability(self._end))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            near = [(self._distance(one, QPointF(event.pos())), one) for one in self._bins]
            found = min(near, key=lambda pair: pair[0], default=None)
            if found is not None and found[0] <= REACH:
                QToolTip.showText(event.globalPos(), plain_tip(self.describe(found[1])), self)
            else:
                said = self.tr("Ten equally full bins of the test rows; on the line is as promised")
                QToolTip.showText(event.globalPos(), plain_tip(said), self)
            return True
        return super().event(event)

    def _distance(self, one: CalibrationBin, place: QPointF) -> float:
        away = self._place(one) - place
        return float(abs(away.x()) + abs(away.y()))


class LossPlot(Painted):
    """A dot for each model's log loss, its standard error as whiskers, and the simpler models for company."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[str, Measured, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, round(LINE * max(1, len(self._lines)) + 20))

    def show_comparison(self, shown: Comparison) -> None:
        """Show the models, the joint one first, and the simpler ones last."""
        lines = [(part_name(model.key), model.log_loss, model.key == JOINT) for model in reversed(shown.models)]
        lines += [(simple_name(name), loss, False) for name, loss in shown.simpler]
        self._lines = lines
        self.setAccessibleName(self.tr("Log loss on the test rows"))
        self.setAccessibleDescription("; ".join(f"{name} {self._text(value)}" for name, value, _ in lines))
        self.updateGeometry()
        self.update()

    def _text(self, value: Measured) -> str:
        if value.error is None:
            return loss_text(value.value)
        return f"{loss_text(value.value)} ± {loss_text(value.error)}"

    def paint(self, painter: QPainter) -> None:
        if not self._lines:
            return
        lows = [value.value - (value.error or 0.0) for _, value, _ in self._lines]
        highs = [value.value + (value.error or 0.0) for _, value, _ in self._lines]
        air = 0.12 * (max(highs) - min(lows)) or 0.01
        low, high = min(lows) - air, max(highs) + air
        box = QRectF(NAMES, 0, max(40.0, self.width() - NAMES - 54), LINE * len(self._lines))

        def x(value: float) -> float:
            return box.left() + (value - low) / (high - low) * box.width()

        set_pixels(painter, 11)
        end = 0.0
        for value, text in Scale(False, low, high).ticks(box.width() / 3):
            place, half = x(value), painter.fontMetrics().horizontalAdvance(text) / 2 + 5
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.drawLine(QPointF(place, 0), QPointF(place, box.bottom()))
            if place - half >= end:
                painter.setPen(theme.colour("text_muted"))
                painter.drawText(QRectF(place - 30, box.bottom() + 2, 60, 16), Qt.AlignmentFlag.AlignCenter, text)
                end = place + half
        for at, shown in enumerate(self._lines):
            self._paint_line(painter, QRectF(0, at * LINE, self.width(), LINE), shown, x)

    def _paint_line(
        self, painter: QPainter, line: QRectF, shown: tuple[str, Measured, bool], x: Callable[[float], float]
    ) -> None:
        name, value, strong = shown
        weight, middle = QFont.Weight.DemiBold if strong else QFont.Weight.Normal, line.center().y()
        colour = theme.colour("accent" if strong else "text_muted")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        set_pixels(painter, 12, weight)
        painter.setPen(theme.colour("text"))
        draw_elided(painter, QRectF(0, line.top(), NAMES - 8, line.height()), right, name)
        painter.drawText(line, right, loss_text(value.value))
        painter.setPen(pen(colour, 1.5))
        if value.error is not None:
            begin, end = x(value.value - value.error), x(value.value + value.error)
            painter.drawLine(QPointF(begin, middle), QPointF(end, middle))
            for place in (begin, end):
                painter.drawLine(QPointF(place, middle - 4), QPointF(place, middle + 4))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x(value.value), middle), 4, 4)

    def table(self) -> Table:
        """A line for each."""
        rows = [(name, value.value, value.error or float("nan")) for name, value, _ in self._lines]
        return Table(("model", "log_loss", "standard_error"), rows)
