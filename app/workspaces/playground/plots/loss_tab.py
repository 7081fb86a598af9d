"""The Loss tab: training and test loss over the steps, and the share of correct answers (R² in a regression)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.charts.card import Legend, PlotCard
from app.kit.charts.chart import LineChart, Series
from app.workspaces.playground.plots.tab import Redraw, Tab, epochs_per_step
from engine.training.snapshot import Snapshot


def loss_series(snapshot: Snapshot) -> list[Series]:
    """Training and test loss, in the colours they have everywhere."""
    return [
        Series(QCoreApplication.translate("Loss", "train"), theme.colour("positive"), snapshot.history.train_loss),
        Series(QCoreApplication.translate("Loss", "test"), theme.colour("negative"), snapshot.history.test_loss),
    ]


class LossTab(Tab):
    """Both losses large, the score beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss, self.score = LineChart(), LineChart(log=False)
        self.log_axis = self.switch(self.tr("log"), self.tr("Logarithmic loss axis"), checked=True)
        self._legend = Legend()
        card = self.add_card(PlotCard(self.tr("Loss"), self.loss, "loss"), 3)
        card.setToolTip(
            self.tr("Training loss falling while test loss rises is overfitting: the network learns rows by heart.")
        )
        card.add_control(self.log_axis)
        card.add_control(self._legend, 1)
        self._score_card = self.add_card(PlotCard(self.tr("Test accuracy"), self.score, "accuracy"), 2)
        self._score_legend = Legend()
        self._score_card.add_control(self._score_legend, 1)

    def parts(self) -> Sequence[Redraw]:
        return self._draw_loss, self._draw_score

    def _draw_loss(self, snapshot: Snapshot) -> None:
        series = loss_series(snapshot)
        self._legend.set_entries([(one.label, one.colour) for one in series])
        self.loss.set_log(self.log_axis.isChecked())
        self.loss.set_series(series, epochs_per_step(snapshot))

    def _draw_score(self, snapshot: Snapshot) -> None:
        regression = snapshot.plan.target.classes == 0
        name = self.tr("Test R²") if regression else self.tr("Test accuracy")
        self._score_card.set_title(name)
        series = Series(name, theme.colour("good"), snapshot.history.accuracy)
        self.score.set_series([series], epochs_per_step(snapshot))
