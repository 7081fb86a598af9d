"""The Gradients tab: norms per layer over time, layer × time, and update ÷ weight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.kit.charts.bars import Bar, UpdateBars
from app.kit.charts.card import PlotCard
from app.kit.charts.chart import LineChart
from app.kit.charts.series import Series
from app.kit.charts.strip import HeatStrip
from app.workspaces.playground.plots.layers import layer_series, layers_of
from app.workspaces.playground.plots.moments import marks_of
from app.workspaces.playground.plots.overview_tab import range_texts
from app.workspaces.playground.plots.tab import Redraw, Tab
from engine.training.snapshot import Snapshot


class GradientsTab(Tab):
    """How strongly every layer is told to change, and how much it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart, self.strip, self.bars = LineChart(), HeatStrip(), UpdateBars()
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
        self._card = card = self.add_card(PlotCard(self.tr("Gradients per layer"), self.chart, "gradients"), 40)
        card.set_title("")
        card.add_control(self.quantity)
        strip = PlotCard(self.tr("Layer × time"), self.strip, "layer-time")
        strip.setToolTip(self.tr("The same norm as on the left: a layer per row, deeper colour for a larger norm."))
        bars = PlotCard(self.tr("Update ÷ weight"), self.bars, "update-to-weight")
        self.add_card(strip, 27)
        self.add_card(bars, 27)

    def parts(self) -> Sequence[Redraw]:
        return self._draw_chart, self._draw_strip_and_bars

    def _series(self, snapshot: Snapshot) -> list[Series]:
        return layer_series(snapshot, self.quantity.currentData(), self._chosen)

    def _draw_chart(self, snapshot: Snapshot) -> None:
        self.chart.set_series(self._series(snapshot), marks_of(snapshot))
        self._card.set_subtitle(range_texts(snapshot, self._chosen))

    def _draw_strip_and_bars(self, snapshot: Snapshot) -> None:
        self.strip.set_series(self._series(snapshot))
        names = {layer.block_id: layer.short for layer in layers_of(snapshot.plan)}
        alarm = not snapshot.is_well
        self.bars.set_bars([Bar(names[layer.block_id], layer.update_ratio, alarm) for layer in snapshot.layers])
