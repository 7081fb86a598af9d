"""The Weights tab: a histogram of every block's weights, and the chosen block's matrix."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QWidget

from app.kit.charts.card import PlotCard
from app.kit.charts.histograms import Histogram, HistogramGrid, scrolled
from app.kit.charts.matrix import WeightMatrix
from app.kit.numbers import counted, short
from app.workspaces.playground.plots.layers import Layer, layers_of
from app.workspaces.playground.plots.tab import Redraw, Tab
from engine.training.snapshot import Snapshot

BINS = 32


class WeightsTab(Tab):
    """What the network has learnt so far, in numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid, self.matrix = HistogramGrid(), WeightMatrix()
        self.grid.setToolTip(self.tr("Click a layer to see its matrix"))
        self.grid.chosen.connect(self.choose)
        self.add_card(PlotCard(self.tr("Weights per layer"), self.grid, "weights", holder=scrolled(self.grid)), 3)
        self._card = self.add_card(PlotCard(self.tr("Matrix"), self.matrix, "weight-matrix"), 2)

    def parts(self) -> Sequence[Redraw]:
        return self._draw_grid, self._draw_matrix

    def _current(self, snapshot: Snapshot) -> Layer:
        layers = layers_of(snapshot.plan)
        return next((layer for layer in layers if layer.block_id == self._chosen), layers[0])

    def _draw_grid(self, snapshot: Snapshot) -> None:
        cells = [self._cell(layer, snapshot) for layer in layers_of(snapshot.plan)]
        self.grid.set_cells(cells, self._current(snapshot).block_id)

    def _cell(self, layer: Layer, snapshot: Snapshot) -> Histogram:
        weights = snapshot.weights[layer.block_id, "W"]
        finite = weights[np.isfinite(weights)]
        limit = float(np.abs(finite).max(initial=0.0)) or 1.0
        counts, edges = np.histogram(finite, bins=BINS, range=(-limit, limit))
        size = counted(weights.size, self.tr("1 weight"), self.tr("{count} weights"))
        note = self.tr("{weights} · largest {limit}").format(weights=size, limit=short(limit, 2))
        return Histogram(layer.block_id, layer.name, counts, edges, layer.colour, note, tip=layer.name)

    def _draw_matrix(self, snapshot: Snapshot) -> None:
        layer = self._current(snapshot)
        key = layer.block_id
        self._card.set_title(self.tr("W and b of {layer}").format(layer=layer.name))
        self.matrix.set_arrays(snapshot.weights[key, "W"], snapshot.weights.get((key, "b")))
