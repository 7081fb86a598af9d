"""Calibration with and without the cure, side by side, and beside each what was promised of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import pen
from app.kit.numbers import counted, fixed
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip
from app.workspaces.recommender.rank.content import Bin, Calibrated, Calibration
from app.workspaces.recommender.rank.log_axes import LogAxes, axes_in, ends_of, paint_axes
from app.workspaces.recommender.rank.written import seconds_text

REACH = 10.0


class CalibrationPlot(Painted):
    """Means of ten equally full bins: predicted to the right, true upwards. ``promised``: where the bins would lie
    without the cure if the network fitted exactly."""

    def __init__(self, name: str, *, promised: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bins: tuple[Bin, ...] = ()
        self._ends = (0.0, 3.0)
        self._promised = promised
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 96)

    def sizeHint(self) -> QSize:
        return QSize(240, 190)

    def show_network(self, shown: Calibrated | None, ends: tuple[float, float]) -> None:
        """Show a network's bins on axes between these exponents."""
        self._bins, self._ends = () if shown is None else shown.bins, ends
        self.setAccessibleDescription("; ".join(self._told(one) for one in self._bins))
        self.update()

    def _axes(self) -> LogAxes:
        return axes_in(self.width(), self.height(), self._ends)

    def paint(self, painter: QPainter) -> None:
        axes = self._axes()
        if not self._bins:
            return
        paint_axes(painter, axes, self.tr("predicted seconds"), self.tr("true seconds"))
        if self._promised and self._bins:
            painter.setPen(QPen(theme.colour("warning"), 1.6, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF([axes.at(one.uncured, one.true) for one in self._bins]))
        places = [axes.at(one.predicted, one.true) for one in self._bins]
        colour = theme.colour("text_muted" if self._promised else "accent")
        painter.setPen(pen(colour, 1.8))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for place in places:
            painter.drawEllipse(place, 3.4, 3.4)

    def _told(self, one: Bin) -> str:
        rows = counted(one.count, self.tr("1 impression"), self.tr("{count} impressions"))
        return self.tr("{rows}: predicted {predicted} s, in truth {true} s").format(
            rows=rows, predicted=seconds_text(one.predicted), true=seconds_text(one.true)
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            axes, place = self._axes(), QPointF(event.pos())
            apart = [((axes.at(one.predicted, one.true) - place).manhattanLength(), one) for one in self._bins]
            found = min(apart, key=lambda pair: pair[0], default=None)
            hint = self.tr("Ten equally full bins; on the line is as predicted, right of it is too long")
            text = self._told(found[1]) if found is not None and found[0] <= REACH else hint
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)


class CalibrationView(QWidget):
    """The network with the cure at the left, without at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Calibration | None = None
        with_it, without = self.tr("With the cure"), self.tr("Without the cure")
        self.plots = {True: CalibrationPlot(with_it, promised=False), False: CalibrationPlot(without, promised=True)}
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

    def show_found(self, found: Calibration | None) -> None:
        """Show what was measured; None while it has not been."""
        self._found = found
        bins = [one for network in found.networks for one in network.bins] if found is not None else []
        ends = ends_of(time for one in bins for time in (one.predicted, one.true, one.uncured))
        for cure, plot in self.plots.items():
            network = None if found is None else found.of(cure=cure)
            plot.show_network(network, ends)
            self.ratios[cure].set_full_text("" if network is None or found is None else self._ratio(network, found))
        lacking = next((cure for cure in (True, False) if found is not None and found.of(cure=cure) is None), None)
        for cure, plot in self.plots.items():
            plot.setVisible(cure != lacking)
            self.titles[cure].setVisible(found is not None)
        self._say_missing(lacking)

    def _ratio(self, network: Calibrated, found: Calibration) -> str:
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
                "No such network stands beside this one. Begin a run with its companions, as the button on the first"
                " page does, and both are trained on the same impressions."
            )
        )

    def _why(self) -> str:
        """What both are about."""
        return self.tr(
            "Weights alone make the odds E[T] ÷ (1 − p), too long by 1 ÷ (1 − p): most where most is clicked, which is"
            " where most is watched. One more negative of weight 1 for every click cures it."
        )

    def table(self) -> Table:
        """A line for each bin of each network."""
        networks = () if self._found is None else self._found.networks
        rows = [
            (int(network.cure), one.count, one.predicted, one.true, one.uncured)
            for network in networks
            for one in network.bins
        ]
        return Table(("cure", "impressions", "predicted_seconds", "true_seconds", "promised_without_cure"), rows)
