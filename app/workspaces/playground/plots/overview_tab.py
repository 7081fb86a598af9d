"""The Overview tab: the loss (or the score) over the steps, and beside it the norms of the gradients per layer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.charts.card import Legend, PlotCard
from app.kit.charts.chart import LineChart, Series
from app.workspaces.playground.plots.layers import layer_series
from app.workspaces.playground.plots.tab import Redraw, Tab, epochs_per_step
from engine.training.snapshot import Snapshot


def loss_series(snapshot: Snapshot) -> list[Series]:
    """Training and test loss, in the colours they have everywhere."""
    return [
        Series(QCoreApplication.translate("Loss", "train"), theme.colour("positive"), snapshot.history.train_loss),
        Series(QCoreApplication.translate("Loss", "test"), theme.colour("negative"), snapshot.history.test_loss),
    ]


class OverviewTab(Tab):
    """What one looks at first. The loss is here and nowhere else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss, self.gradients = LineChart(), LineChart()
        self._legend, self._gradients_legend = Legend(), Legend()
        self.quantity = self.choice(
            {"loss": self.tr("Loss"), "score": self.tr("Test accuracy")},
            self.tr("What to draw. Training loss falling while test loss rises is overfitting: the network learns "
                    "samples by heart."),
            self.tr("Loss or score"),
        )  # fmt: skip
        self.log_axis = self.switch(self.tr("log"), self.tr("Logarithmic loss axis"), checked=True)
        card = self.add_card(PlotCard(self.tr("Loss"), self.loss, "loss"), 1)
        card.set_title("")
        card.add_control(self.quantity)
        card.add_control(self.log_axis)
        card.add_control(self._legend, 1)
        card = self.add_card(PlotCard(self.tr("‖∂L/∂W‖ per layer"), self.gradients, "gradients"), 1)
        card.add_control(self._gradients_legend, 1)

    def parts(self) -> Sequence[Redraw]:
        return self._draw_loss, self._draw_gradients

    def _draw_loss(self, snapshot: Snapshot) -> None:
        score = _score_name(snapshot)
        self.quantity.setItemText(1, score)
        showing_loss = self.quantity.currentData() == "loss"
        good = theme.colour("good")
        series = loss_series(snapshot) if showing_loss else [Series(score, good, snapshot.history.accuracy)]
        self._legend.set_entries([(one.label, one.colour) for one in series])
        self.log_axis.setVisible(showing_loss)
        self.loss.set_log(showing_loss and self.log_axis.isChecked())
        self.loss.set_series(series, epochs_per_step(snapshot))

    def _draw_gradients(self, snapshot: Snapshot) -> None:
        series = layer_series(snapshot, "weight_gradient")
        self._gradients_legend.set_entries([(one.label, one.colour) for one in series])
        self.gradients.set_series(series, epochs_per_step(snapshot))


def _score_name(snapshot: Snapshot) -> str:
    translate = QCoreApplication.translate
    regression = snapshot.plan.target.classes == 0
    return translate("OverviewTab", "Test R²") if regression else translate("OverviewTab", "Test accuracy")
