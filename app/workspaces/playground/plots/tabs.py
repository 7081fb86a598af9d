"""The tabs of plots: curves, gradients, activations and weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from math import inf

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from app.kit import theme
from app.kit.charts.beyond import beyond_notes, beyond_words
from app.kit.charts.card import PlotCard
from app.kit.charts.chart import LineChart, points_a_line
from app.kit.charts.layer_plots import (
    LEAST_CELL,
    HeatRows,
    HistogramPlot,
    Histograms,
    LayerUpdate,
    LayerWeights,
    draw_heat_rows,
    draw_histograms,
    draw_updates,
    draw_weights,
)
from app.kit.charts.series import Series
from app.kit.drawing.view import DrawingView
from app.kit.numbers import accuracy_text, counted, grouped, loss_text, percent, short
from app.kit.verdict_words import ratio_number, trouble_words
from app.kit.widgets.choice import ComboBox
from app.kit.widgets.frame import scrolled
from app.kit.words import plain_tip
from app.workspaces.playground.plots.layers import Layer, layer_series, layers_of, marks_of
from engine.activations.saturation import SATURATED_BELOW, SATURATED_ROWS
from engine.formats.progress import Curve
from engine.network.contract import HISTOGRAM_RANGE
from engine.training.signal import ratio_curves
from engine.training.snapshot import LayerStats, Snapshot
from engine.training.thinning import thinned
from engine.training.verdicts import SATURATED_SHARE, signal_ratio

PLOT, LEAST_PLOT, LEAST_MATRIX = QSize(240, 120), QSize(120, 60), QSize(160, 80)
"""Sizes of drawings."""
CARD_LEAST, STACKED_HEIGHT = 190, 130
"""The least width of a card beside others, and the least height of one above others, in pixels."""


class Tab(QWidget):
    """A row of plot cards; a column that scrolls where a row would be too narrow."""

    failed = Signal(object)
    redraw_wanted = Signal()  # a control of the tab has changed what is to be shown
    update_picked = Signal(str)  # a block: somebody asks where its update ÷ weight comes from

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(
            "QComboBox#plotChoice { padding: 0 2px 0 8px; min-height: 18px; font-size: 12px; font-weight: 600; }"
            'QPushButton[role="chip"] { padding: 0 9px; min-height: 20px; border-radius: 10px; font-size: 11px; }'
        )
        self._holder = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(self._holder))
        self._cards: list[PlotCard] = []
        self._chosen = ""

    @property
    def cards(self) -> tuple[PlotCard, ...]:
        """The cards, from left to right."""
        return tuple(self._cards)

    @property
    def chosen(self) -> str:
        """Id of the block that is shown apart from the others, empty for none."""
        return self._chosen

    def choose(self, block_id: str) -> None:
        """Show this block apart from the others, as far as the tab can, or none."""
        if block_id != self._chosen:
            self._chosen = block_id
            if self.isVisible():
                self.redraw_wanted.emit()

    def draw(self, snapshot: Snapshot) -> None:
        """Draw all plots of the tab from one snapshot."""
        raise NotImplementedError

    def adopt(self, card: PlotCard) -> PlotCard:
        """Listen to a card that the tab lays out itself."""
        card.copier.failed.connect(self.failed)
        self._cards.append(card)
        return card

    def add_card(self, card: PlotCard, stretch: int) -> PlotCard:
        """Put a card at the end of the row."""
        self._row.addWidget(self.adopt(card), stretch)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the cards one above the other where they are too narrow beside each other."""
        super().resizeEvent(event)
        stacked = len(self._cards) > 1 and self.width() < len(self._cards) * CARD_LEAST
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        for card in self._cards:
            card.setMinimumHeight(STACKED_HEIGHT if stacked else 0)
        self._holder.setMinimumSize(1, 0 if stacked else 1)  # a row gives way and never scrolls

    def choice(self, entries: Mapping[str, str], tip: str, name: str) -> ComboBox:
        """A small list to choose from; ``entries`` are key and label. Choosing asks for a redraw."""
        box = ComboBox()
        for key, label in entries.items():
            box.addItem(label, key)
        box.setToolTip(plain_tip(tip))
        box.setAccessibleName(name)
        box.setObjectName("plotChoice")
        box.setFixedHeight(22)
        box.currentIndexChanged.connect(lambda _index: self._fit(box))
        self._fit(box)
        box.currentIndexChanged.connect(lambda _index: self.redraw_wanted.emit())
        return box

    def _fit(self, box: ComboBox) -> None:
        """Give a list no more room than what is chosen needs: the rest of the line says what the plot shows."""
        font = QFont(box.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        box.setFixedWidth(QFontMetrics(font).horizontalAdvance(box.currentText()) + 38)

    def switch(self, label: str, tip: str, checked: bool) -> QPushButton:
        """A small button that is on or off. Switching asks for a redraw."""
        button = QPushButton(label)
        button.setCheckable(True)
        button.setChecked(checked)
        button.setProperty("role", "chip")
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setFixedHeight(22)
        button.toggled.connect(lambda _on: self.redraw_wanted.emit())
        return button


LEAST_R_SQUARED = -1.0
"""R² has no lower end; worse than twice the error of always answering the mean is all the same."""


def loss_series(snapshot: Snapshot) -> list[Series]:
    """Training and test loss, in the colours they have everywhere, with the numbers of the top bar at their ends; the
    batches are the training loss's range."""
    history, translate = snapshot.history, QCoreApplication.translate
    train_ink, test_ink = theme.colour("accent"), theme.colour("negative")
    train, test = loss_text(snapshot.train_loss), loss_text(snapshot.test_loss)
    later = snapshot.timeline.later
    beyond = (
        (_from(later.train_loss, snapshot), _from(later.test_loss, snapshot)) if later is not None else (None, None)
    )
    return [
        Series(
            translate("Loss", "train"),
            train_ink,
            history.train_loss,
            history.batch_loss,
            train,
            first=True,
            beyond=beyond[0],
        ),
        Series(translate("Loss", "test"), test_ink, history.test_loss, None, test, first=True, beyond=beyond[1]),
    ]


def _from(later: Curve, snapshot: Snapshot) -> Curve:
    """The part of a curve that lies beyond the snapshot's step, and the point before it, so that it hangs together."""
    start = max(0, int(np.searchsorted(later.steps, snapshot.step, side="right")) - 1)
    return Curve(*(getattr(later, each.name)[start:] for each in fields(Curve)))


class OverviewTab(Tab):
    """The plots to look at first: the loss, and the error signal of every layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss, self.signal = LineChart(), LineChart()
        self.quantity = self.choice(
            {"loss": self.tr("Loss"), "score": self.tr("Test accuracy")},
            self.tr("What to draw. If training loss falls while test loss rises, that's overfitting: the network "
                "memorises its samples."),
            self.tr("Loss or score"),
        )  # fmt: skip
        self.log_axis = self.switch(self.tr("log"), self.tr("Logarithmic loss axis"), checked=True)
        self._loss_card = card = self.add_card(PlotCard(self.tr("Loss"), self.loss, "loss"), 1)
        card.set_title("")
        card.add_control(self.quantity)
        card.add_control(self.log_axis)
        self.signal.set_axis(log=True)
        title = self.tr("‖δ‖ per layer")
        self._signal_card = self.add_card(PlotCard(title, self.signal, "error-signal"), 1)
        self._signal_card.explain(
            self.tr("The size ‖δ‖ of every layer’s error signal, over the latest epoch; the last hidden layer’s is 1.")
        )

    def draw(self, snapshot: Snapshot) -> None:
        end = max(snapshot.timeline.epochs, default=0.0) if snapshot.timeline.later is not None else 0.0
        for chart in (self.loss, self.signal):
            chart.set_planned((snapshot.epoch, end) if end > snapshot.epoch else None)
        self._draw_loss(snapshot)
        self._draw_signal(snapshot)

    def _draw_loss(self, snapshot: Snapshot) -> None:
        regression = snapshot.plan.target.classes == 0
        score = self.tr("Test R²") if regression else self.tr("Test accuracy")
        self.quantity.setItemText(1, score)
        showing_loss = self.quantity.currentData() == "loss"
        self.log_axis.setVisible(showing_loss)
        log = showing_loss and self.log_axis.isChecked()
        least = LEAST_R_SQUARED if regression and not showing_loss else None
        self.loss.set_axis(log=log, least=least, bound=inf if showing_loss else 1.0)
        if showing_loss:
            series, points = loss_series(snapshot), snapshot.train_rows
        else:
            text = accuracy_text(snapshot.accuracy, regression)
            later = snapshot.timeline.later
            beyond = _from(later.accuracy, snapshot) if later is not None else None
            ink = theme.colour("good")
            series = [Series(score, ink, snapshot.history.accuracy, None, text, first=True, beyond=beyond)]
            points = snapshot.test_rows
        self.loss.set_series(series, marks_of(snapshot))
        self._loss_card.set_subtitle(*self._what_it_is(series[0], points))

    def _what_it_is(self, line: Series, points: int) -> tuple[tuple[str, ...], str]:
        """Which points were measured, after which epochs, and what the range is: in short, and at more length."""
        every, number = _epochs_between(line.curve), grouped(points)
        alone = self.tr("{points} points").format(points=number)
        if every <= 1:
            short = self.tr("{points} points, each epoch").format(points=number)
            long = self.tr("The line is the mean over all {points} points, measured after each epoch.")
        else:
            short = self.tr("{points} points, every {epochs} epochs").format(points=number, epochs=grouped(every))
            long = self.tr(
                "The line is the mean over all {points} points, measured about every {epochs} epochs; more "
                "often would slow down such a fast run."
            )
        long = long.format(points=number, epochs=grouped(every))
        if line.band is None:
            return (short, alone), long
        ranged = self.tr("{line} · band: spread over batches")
        texts = (ranged.format(line=short), ranged.format(line=alone), alone)
        return texts, f"{long} {self.tr('The faint band is the spread of single batches, each before its step.')}"

    def _draw_signal(self, snapshot: Snapshot) -> None:
        series = signal_series(snapshot)
        self.signal.set_series(series, marks_of(snapshot))
        self._signal_card.setVisible(bool(series))  # without a hidden layer there is nothing to compare
        if series:
            texts = (self.tr("{layer} = 1, no signal = 0"), self.tr("{layer} = 1"))
            if not snapshot.layers[len(series) - 1].judged_delta:
                texts = self.tr("{layer} gets no signal: nothing to compare with"), self.tr("nothing to compare with")
            self._signal_card.set_subtitle([text.format(layer=series[-1].label) for text in texts])


def signal_series(snapshot: Snapshot) -> list[Series]:
    """‖δ‖ of the hidden layers over the last one's, ending in the ratios that verdicts go by.

    It is merged to as many points as are drawn before it is divided: a mean of ratios would be the ratio of nothing.
    """
    hidden = layers_of(snapshot.plan)[:-1]
    deltas = snapshot.history.layers.get("delta", {})
    if not hidden or any(layer.block_id not in deltas for layer in hidden):
        return []
    sizes = {layer.block_id: layer.judged_delta for layer in snapshot.layers[:-1]}
    now = {block_id: signal_ratio(size, sizes[hidden[-1].block_id]) for block_id, size in sizes.items()}
    points = points_a_line(len(hidden)) - 1  # the ratio of now comes behind them
    of_hidden = {layer.block_id: thinned(deltas[layer.block_id], points) for layer in hidden}
    curves = ratio_curves(of_hidden, hidden[-1].block_id, now, (snapshot.step, snapshot.epoch))
    return [
        Series(
            layer.short,
            layer.colour,
            curves[layer.block_id],
            ending=f"{ratio_number(now[layer.block_id])} ×",
            first=layer.index in (0, len(hidden) - 1),
        )
        for layer in hidden
    ]


def range_texts(snapshot: Snapshot, chosen: str) -> tuple[str, ...]:
    """Describe the lines and the band of a plot of layers, the fullest text first."""
    name = next((layer.short for layer in layers_of(snapshot.plan) if layer.block_id == chosen), None)
    means = QCoreApplication.translate("Plots", "means of steps")
    if name is None:
        return (means,)
    text = QCoreApplication.translate("Plots", "band: {layer}").format(layer=name)
    return f"{means} · {text}", text


def _epochs_between(curve: Curve) -> int:
    """Epochs from one measurement to the next, on the whole."""
    return round(float(curve.epochs[-1]) / max(1, int(curve.count.sum()))) if len(curve.epochs) else 1


class GradientsTab(Tab):
    """How strongly every layer is told to change, and how much it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = LineChart()
        self.strip = DrawingView(draw_heat_rows, HeatRows(), hint=PLOT, least=LEAST_PLOT)
        self.bars = DrawingView(draw_updates, (), hint=PLOT, least=LEAST_PLOT)
        self._updated: tuple[str, ...] = ()
        self.bars.chosen.connect(lambda row: self.update_picked.emit(self._updated[row]))
        self.quantity = self.choice(
            {
                "weight_gradient": self.tr("‖∂L/∂W‖ per layer"),
                "bias_gradient": self.tr("‖∂L/∂b‖ per layer"),
                "delta": self.tr("‖δ‖ per layer"),
                "update_ratio": self.tr("update ÷ weight"),
            },
            self.tr(
                "Which norm to draw. Whether the signal is {vanishing_word} or {exploding_word} shows in ‖δ‖ = ‖∂L/∂z‖ "
                "across the layers; ‖∂L/∂W‖ also has the size of the layer's input in it."
            ).format(**trouble_words()),
            self.tr("Gradient quantity"),
        )
        self._lay_out()

    def _lay_out(self) -> None:
        self._card = card = self.add_card(PlotCard(self.tr("Gradients per layer"), self.chart, "gradients"), 40)
        card.set_title("")
        card.add_control(self.quantity)
        strip = PlotCard(self.tr("Layer × time"), self.strip, "layer-time")
        strip.explain(self.tr("The same norm as on the left: a layer per row, deeper colour for a larger norm."))
        bars = PlotCard(self.tr("Update ÷ weight"), self.bars, "update-to-weight")
        self.add_card(strip, 27)
        self.add_card(bars, 27)

    def draw(self, snapshot: Snapshot) -> None:
        series = layer_series(snapshot, self.quantity.currentData(), self._chosen)
        self.chart.set_series(series, marks_of(snapshot))
        self._card.set_subtitle(range_texts(snapshot, self._chosen))
        self.strip.set_data(HeatRows(tuple(series)))
        names = {layer.block_id: layer.short for layer in layers_of(snapshot.plan)}
        alarm = not snapshot.is_well
        self._updated = tuple(layer.block_id for layer in snapshot.layers)
        self.bars.set_data(
            tuple(LayerUpdate(names[layer.block_id], layer.update_ratio, alarm) for layer in snapshot.layers)
        )


def _histograms() -> DrawingView:
    return DrawingView(draw_histograms, Histograms(), hint=PLOT, least=QSize(*LEAST_CELL))


class ActivationsTab(Tab):
    """Where the units of each layer work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = _histograms()
        self.pre_activation = self.switch(
            self.tr("show z"),
            self.tr("Show the pre-activations z = Wa + b of the latest steps instead of the activations a = f(z)"),
            checked=False,
        )
        self._card = self.add_card(
            PlotCard(self.tr("Activations"), self.grid, "activations", holder=scrolled(self.grid)), 1
        )
        self._card.add_control(self.pre_activation)

    def draw(self, snapshot: Snapshot) -> None:
        if self.pre_activation.isChecked():
            self._card.set_title(self.tr("Pre-activations z, latest steps"))
        else:
            self._card.set_title(self.tr("Activations a over the training set"))
        layers = layers_of(snapshot.plan)
        alarms = frozenset(verdict.block_id for verdict in snapshot.verdicts if verdict.units and verdict.is_alarm)
        cells = tuple(self._cell(*pair, alarms) for pair in zip(layers, snapshot.layers, strict=True))
        self.grid.set_data(Histograms(cells))

    def _cell(self, layer: Layer, stats: LayerStats, alarms: frozenset[str]) -> HistogramPlot:
        health = stats.health
        told = {"dead": len(health.dead), "saturated": len(health.saturated or ()), "units": health.units}
        if stats.saturated is None:
            note = self.tr("units dead {dead} of {units} · saturation not counted").format(**told)
        elif stats.saturated >= SATURATED_SHARE and stats.saturated > stats.dead:  # where one alone fits, the worse one
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
        return HistogramPlot(layer.block_id, layer.name, counts, edges, layer.ink, note, colour, tip)

    def _tip(self, layer: Layer) -> str:
        return self.tr(
            "{layer}. Dead: units that are zero for every training sample, so they learn nothing. Saturated: "
            "units whose slope f′ is below {slope} of its largest on more than {rows} of the samples, so "
            "little gradient gets through."
        ).format(layer=layer.name, slope=percent(SATURATED_BELOW), rows=percent(SATURATED_ROWS))


BINS = 32


class WeightsTab(Tab):
    """The weights of every layer, and one layer's matrix."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = _histograms()
        self.matrix = DrawingView(draw_weights, LayerWeights(np.zeros((0, 0))), hint=PLOT, least=LEAST_MATRIX)
        self.grid.setToolTip(self.tr("Click a layer to see its matrix"))
        self.grid.chosen.connect(lambda key: self.choose(key[0]))
        self.add_card(PlotCard(self.tr("Weights per layer"), self.grid, "weights", holder=scrolled(self.grid)), 3)
        self._card = self.add_card(PlotCard(self.tr("Matrix"), self.matrix, "weight-matrix"), 2)

    def draw(self, snapshot: Snapshot) -> None:
        self._draw_grid(snapshot)
        self._draw_matrix(snapshot)

    def _current(self, snapshot: Snapshot) -> Layer:
        layers = layers_of(snapshot.plan)
        return next((layer for layer in layers if layer.block_id == self._chosen), layers[0])

    def _draw_grid(self, snapshot: Snapshot) -> None:
        cells = tuple(self._cell(layer, snapshot) for layer in layers_of(snapshot.plan))
        self.grid.set_data(Histograms(cells, self._current(snapshot).block_id))

    def _cell(self, layer: Layer, snapshot: Snapshot) -> HistogramPlot:
        weights = snapshot.weights[layer.block_id, "W"]
        finite = weights[np.isfinite(weights)]
        limit = float(np.abs(finite).max(initial=0.0)) or 1.0
        counts, edges = np.histogram(finite, bins=BINS, range=(-limit, limit))
        size = counted(weights.size, self.tr("{count} {count:weight|weights}"))
        note = self.tr("{weights} · largest {limit}").format(weights=size, limit=short(limit, 2))
        return HistogramPlot(layer.block_id, layer.name, counts, edges, layer.ink, note, tip=layer.name)

    def _draw_matrix(self, snapshot: Snapshot) -> None:
        layer = self._current(snapshot)
        key = layer.block_id
        self._card.set_title(self.tr("W and b of {layer}").format(layer=layer.name))
        self.matrix.set_data(LayerWeights(snapshot.weights[key, "W"], snapshot.weights.get((key, "b"))))
