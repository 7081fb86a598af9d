"""The Activations tab: per layer the histogram of a (or z), with the shares of dead and saturated units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QWidget

from app.kit.charts.beyond import beyond_notes, beyond_words
from app.kit.charts.card import PlotCard
from app.kit.charts.histograms import Histogram, HistogramGrid, scrolled
from app.workspaces.playground.plots.layers import Layer, layers_of
from app.workspaces.playground.plots.tab import Redraw, Tab
from engine.network.contract import HISTOGRAM_RANGE
from engine.training.snapshot import LayerStats, Snapshot
from engine.training.verdicts import SATURATED_SHARE


class ActivationsTab(Tab):
    """Where the units of each layer work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = HistogramGrid()
        self.pre_activation = self.switch(
            self.tr("show z"),
            self.tr("Show the pre-activations z = Wa + b of the latest steps in place of the activations a = f(z)"),
            checked=False,
        )
        self._card = self.add_card(
            PlotCard(self.tr("Activations"), self.grid, "activations", holder=scrolled(self.grid)), 1
        )
        self._card.add_control(self.pre_activation)

    def parts(self) -> Sequence[Redraw]:
        return (self._draw,)

    def _draw(self, snapshot: Snapshot) -> None:
        if self.pre_activation.isChecked():
            self._card.set_title(self.tr("Pre-activations z, latest steps"))
        else:
            self._card.set_title(self.tr("Activations a over the training set"))
        layers = layers_of(snapshot.plan)
        alarms = frozenset(verdict.block_id for verdict in snapshot.verdicts if verdict.units and verdict.is_alarm)
        self.grid.set_cells([self._cell(*pair, alarms) for pair in zip(layers, snapshot.layers, strict=True)])

    def _cell(self, layer: Layer, stats: LayerStats, alarms: frozenset[str]) -> Histogram:
        health = stats.health
        told = {"dead": len(health.dead), "saturated": len(health.saturated), "units": health.units}
        if stats.saturated >= SATURATED_SHARE and stats.saturated > stats.dead:  # where one alone fits, the worse one
            note = self.tr("units saturated {saturated} of {units} · dead {dead}").format(**told)
        else:
            note = self.tr("units dead {dead} of {units} · saturated {saturated}").format(**told)
        colour = "warning" if layer.block_id in alarms else "text_muted"
        tip = self._tip(layer)
        counts, edges = stats.a_histogram, stats.a_edges
        if self.pre_activation.isChecked():
            counts, edges = stats.z_histogram, np.linspace(*HISTOGRAM_RANGE, len(stats.z_histogram) + 1)
            # What is left out is said first, for where there is little room the first alone is said.
            note = " · ".join((*beyond_notes(health.z_beyond, health.z_broken), note))
            left_out = beyond_words(health.z_beyond, health.z_total, health.z_broken)
            tip = "\n".join(part for part in (left_out, tip) if part)
        return Histogram(layer.block_id, layer.name, counts, edges, layer.colour, note, colour, tip)

    def _tip(self, layer: Layer) -> str:
        return self.tr(
            "{layer}. Dead: units that are zero for every training sample, and learn nothing from any. "
            "Saturated: units whose slope f′ is below 5 % of its steepest on more than half of them; little "
            "gradient passes them."
        ).format(layer=layer.name)
