"""The Gradients tab: norms per layer over time, layer × time, update ÷ weight, and the loss beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.charts.bars import Bar, UpdateBars
from app.kit.charts.card import Legend, PlotCard
from app.kit.charts.chart import LineChart, Series
from app.kit.charts.strip import HeatStrip
from app.workspaces.playground.plots.layers import layers_of
from app.workspaces.playground.plots.loss_tab import loss_series
from app.workspaces.playground.plots.tab import Redraw, Tab, epochs_per_step, nothing
from engine.training.snapshot import Snapshot


class GradientsTab(Tab):
    """How strongly every layer is told to change, and how much it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart, self.strip, self.bars, self.loss = LineChart(), HeatStrip(), UpdateBars(), LineChart()
        self._legend, self._loss_legend = Legend(), Legend()
        self.quantity = self.choice(
            {
                "weight_gradient": self.tr("‖∂L/∂W‖ per layer"),
                "bias_gradient": self.tr("‖∂L/∂b‖ per layer"),
                "delta": self.tr("‖δ‖ per layer"),
                "update_ratio": self.tr("update ÷ weight"),
            },
            self.tr(
                "Which norm to draw. Whether gradients vanish or explode shows in ‖δ‖ = ‖∂L/∂z‖ across the layers; "
                "‖∂L/∂W‖ also has the size of the layer's input in it."
            ),
            self.tr("Gradient quantity"),
        )
        self._lay_out()

    def _lay_out(self) -> None:
        card = self.add_card(PlotCard(self.tr("Gradients per layer"), self.chart, "gradients"), 40)
        card.set_title("")
        card.add_control(self.quantity)
        card.add_control(self._legend, 1)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        strip = PlotCard(self.tr("Layer × time"), self.strip, "layer-time")
        strip.setToolTip(self.tr("The same norm as on the left: a layer per row, deeper colour for a larger norm."))
        bars = PlotCard(self.tr("Update ÷ weight"), self.bars, "update-to-weight")
        middle.addWidget(self.adopt(strip), 1)
        middle.addWidget(self.adopt(bars), 1)
        self._row.addLayout(middle, 27)
        loss = self.add_card(PlotCard(self.tr("Loss"), self.loss, "loss"), 28)
        loss.add_control(self._loss_legend, 1)

    def parts(self) -> Sequence[Redraw]:
        return self._draw_chart, self._draw_strip_and_bars, self._draw_loss

    def _series(self, snapshot: Snapshot) -> list[Series]:
        curves = snapshot.history.layers.get(self.quantity.currentData(), {})
        return [
            Series(layer.short, layer.colour, curves.get(layer.block_id) or nothing())
            for layer in layers_of(snapshot.plan)
        ]

    def _draw_chart(self, snapshot: Snapshot) -> None:
        series = self._series(snapshot)
        self._legend.set_entries([(one.label, one.colour) for one in series])
        self.chart.set_series(series, epochs_per_step(snapshot))

    def _draw_strip_and_bars(self, snapshot: Snapshot) -> None:
        self.strip.set_series(self._series(snapshot))
        names = {layer.block_id: layer.short for layer in layers_of(snapshot.plan)}
        self.bars.set_bars([Bar(names[stats.block_id], stats.update_ratio) for stats in snapshot.layers])

    def _draw_loss(self, snapshot: Snapshot) -> None:
        series = loss_series(snapshot)
        self._loss_legend.set_entries([(one.label, one.colour) for one in series])
        self.loss.set_series(series, epochs_per_step(snapshot))
