"""The tab of curves: the loss (or the score) over the epochs, and how much of the error signal reaches every layer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.charts.card import PlotCard
from app.kit.charts.chart import LineChart
from app.kit.charts.series import Series
from app.kit.numbers import accuracy_text, grouped, loss_text
from app.kit.verdict_words import ratio_words
from app.workspaces.playground.plots.layers import layers_of
from app.workspaces.playground.plots.moments import marks_of
from app.workspaces.playground.plots.tab import Redraw, Tab
from engine.formats.progress import Curve
from engine.training.signal import ratio_curves
from engine.training.snapshot import Snapshot

LEAST_R_SQUARED = -1.0
"""R² has no lower end; worse than twice the error of always answering the mean is all the same."""


def loss_series(snapshot: Snapshot) -> list[Series]:
    """Training and test loss, in the colours they have everywhere, with the numbers of the top bar at their ends; the
    batches are the training loss's range."""
    history, translate = snapshot.history, QCoreApplication.translate
    blue, orange = theme.colour("positive"), theme.colour("negative")
    train, test = loss_text(snapshot.train_loss), loss_text(snapshot.test_loss)
    return [
        Series(translate("Loss", "train"), blue, history.train_loss, history.batch_loss, train, first=True),
        Series(translate("Loss", "test"), orange, history.test_loss, None, test, first=True),
    ]


class OverviewTab(Tab):
    """What one looks at first. The loss is here and nowhere else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss, self.signal = LineChart(), LineChart()
        self.quantity = self.choice(
            {"loss": self.tr("Loss"), "score": self.tr("Test accuracy")},
            self.tr("What to draw. Training loss falling while test loss rises is overfitting: the network learns "
                    "samples by heart."),
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
        self._signal_card.setToolTip(
            self.tr("The size ‖δ‖ of every layer’s error signal, over the latest epoch; the last hidden layer’s is 1.")
        )

    def parts(self) -> Sequence[Redraw]:
        return self._draw_loss, self._draw_signal

    def _draw_loss(self, snapshot: Snapshot) -> None:
        regression = snapshot.plan.target.classes == 0
        score = self.tr("Test R²") if regression else self.tr("Test accuracy")
        self.quantity.setItemText(1, score)
        showing_loss = self.quantity.currentData() == "loss"
        self.log_axis.setVisible(showing_loss)
        log = showing_loss and self.log_axis.isChecked()
        self.loss.set_axis(log=log, least=LEAST_R_SQUARED if regression and not showing_loss else None)
        if showing_loss:
            series, points = loss_series(snapshot), snapshot.train_rows
        else:
            text = accuracy_text(snapshot.accuracy, regression)
            series = [Series(score, theme.colour("good"), snapshot.history.accuracy, None, text, first=True)]
            points = snapshot.test_rows
        self.loss.set_series(series, marks_of(snapshot))
        self._loss_card.set_subtitle(*self._what_it_is(series[0], points))

    def _what_it_is(self, one: Series, points: int) -> tuple[tuple[str, ...], str]:
        """Which points were measured, after which epochs, and what the range is: in short, and at more length."""
        every, number = _epochs_between(one.curve), grouped(points)
        alone = self.tr("{points} points").format(points=number)
        if every <= 1:
            short = self.tr("{points} points, each epoch").format(points=number)
            long = self.tr("The line is the mean over all {points} points, measured after each epoch.")
        else:
            short = self.tr("{points} points, every {epochs} epochs").format(points=number, epochs=grouped(every))
            long = self.tr(
                "The line is the mean over all {points} points, measured after about every {epochs} epochs: more often "
                "would slow so fast a run down."
            )
        long = long.format(points=number, epochs=grouped(every))
        if one.band is None:
            return (short, alone), long
        ranged = self.tr("{line} · band: spread over batches")
        texts = (ranged.format(line=short), ranged.format(line=alone), alone)
        return texts, f"{long} {self.tr('The faint band is the spread of single batches, each before its step.')}"

    def glance(self, snapshot: Snapshot) -> None:
        """The numbers at the ends of the losses follow those of the top bar at once; the lines have their turn."""
        if self.quantity.currentData() == "loss":
            self.loss.say_at_ends([loss_text(snapshot.train_loss), loss_text(snapshot.test_loss)])

    def _draw_signal(self, snapshot: Snapshot) -> None:
        series = signal_series(snapshot)
        self.signal.set_series(series, marks_of(snapshot))
        said = self.tr("{layer} = 1").format(layer=series[-1].label) if series else self.tr("no hidden layer")
        self._signal_card.set_subtitle((said,))


def signal_series(snapshot: Snapshot) -> list[Series]:
    """‖δ‖ of the hidden layers over the last one's, ending in the numbers of their badges."""
    hidden = layers_of(snapshot.plan)[:-1]
    deltas = snapshot.history.layers.get("delta", {})
    if not hidden or any(layer.block_id not in deltas for layer in hidden):
        return []
    badges = [verdict for verdict in snapshot.verdicts if verdict.delta is not None]
    now = {verdict.block_id: verdict.value for verdict in badges}
    endings = {verdict.block_id: ratio_words(verdict) for verdict in badges}
    curves = ratio_curves({layer.block_id: deltas[layer.block_id] for layer in hidden}, hidden[-1].block_id, now)
    return [
        Series(
            layer.short,
            layer.colour,
            curves[layer.block_id],
            ending=endings.get(layer.block_id, ""),
            first=layer.index in (0, len(hidden) - 1),
        )
        for layer in hidden
    ]


def range_texts(snapshot: Snapshot, chosen: str) -> tuple[str, ...]:
    """What the lines and the band of a plot of layers are, the fullest text first."""
    name = next((layer.short for layer in layers_of(snapshot.plan) if layer.block_id == chosen), None)
    means = QCoreApplication.translate("Plots", "means of steps")
    if name is None:
        return (means,)
    text = QCoreApplication.translate("Plots", "band: {layer}").format(layer=name)
    return f"{means} · {text}", text


def _epochs_between(curve: Curve) -> int:
    """Epochs from one measurement to the next, on the whole."""
    return round(float(curve.epochs[-1]) / max(1, int(curve.count.sum()))) if len(curve.epochs) else 1
