"""The two charts of a run: its loss, and how good it is on rows that it does not learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit import theme
from app.kit.charts.card import PlotCard
from app.kit.charts.chart import LineChart
from app.kit.charts.marks import Mark
from app.kit.charts.series import Series
from app.workspaces.recommender.train.beside import Beside, losses_of, series_of, value_at
from app.workspaces.recommender.words import Measure, about_rows, measure_of
from engine.recommenders.running.run_history import RunHistory

LEAST_AHEAD, AHEAD = 8.0, 1.3
LOSS = "log_loss"
"""The figure that has the unit of the training loss, where a model has it: they share a chart."""


class RunCharts(QWidget):
    """Shows a run beside others in the very same axes."""

    def __init__(self, measures: Sequence[Measure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shared = next((measure for measure in measures if measure.key == LOSS), None)
        self._measure = next((measure for measure in measures if measure.key != LOSS), None)
        self._measured: tuple[object, ...] = ()
        self._company: tuple[Series, ...] = ()
        self.loss = LineChart(log=False, hint=self.tr("A curve grows here as soon as the first steps are done."))
        self.figure = LineChart(log=False, hint=self.tr("A curve grows here, with a point after every epoch."))
        title = self.tr("Training loss") if self._shared is None else self._shared.title
        self.loss_card = PlotCard(title, self.loss, "loss")
        self.figure_card = PlotCard("" if self._measure is None else self._measure.title, self.figure, "figure")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in (self.loss_card, self.figure_card):
            card.setProperty("role", "card")
            row.addWidget(card, 1)
        self.figure_card.setVisible(self._measure is not None)
        self._say_subtitles()

    def _say_subtitles(self) -> None:
        if self._shared is None:
            about = short = self.tr("of the batches; no simpler model has this loss")
        else:
            about = self.tr("train: of the batches; this run: of the validation rows, after every epoch")
            short = self.tr("on the validation rows")
        self.loss_card.set_subtitle((about, short, ""), f"{about}\n{about_rows()}")
        full = self.tr("on the validation rows, after every epoch; dashed: what it is compared with")
        self.figure_card.set_subtitle((full, self.tr("on the validation rows"), ""), f"{full}\n{about_rows()}")

    def show_runs(self, history: RunHistory, shown: Sequence[Beside], colours: Mapping[str, QColor]) -> None:
        """Draw them. What is measured after epochs is drawn anew only where one has been."""
        planned = _shown_epochs(history)
        for chart in (self.loss, self.figure):
            chart.set_planned(history.done, planned)
            chart.viewport().update()
        measured = (theme.current().name, planned, history.state.kept, *(_measured(one) for one in shown))
        fresh, self._measured = measured != self._measured, measured
        if fresh and self._measure is not None:
            marks = self._kept(history, self._measure)
            self.figure.set_series(series_of(shown, colours, self._measure, planned), marks)
        if self._shared is None:
            self.loss.set_series(losses_of(shown, colours, self.tr("this run"), colours["own"]))
            return
        if fresh:
            self._company = series_of(shown, colours, self._shared, planned)
        train = losses_of([one for one in shown if one.sort == "own"], colours, self.tr("train"), _muted())
        self.loss.set_series((*train, *self._company), self._kept(history, self._shared))

    def _kept(self, history: RunHistory, measure: Measure) -> list[Mark]:
        """The epoch that the run has gone back to, and what the curve was there."""
        if (epoch := history.kept_at) is None:
            return []
        value = value_at(history.figures.get(measure.key), epoch)
        words = self.tr("kept") if value is None else self.tr("kept: {value}").format(value=measure.text(value))
        return [Mark(epoch, self._chosen_by(history, measure, words))]

    def _chosen_by(self, history: RunHistory, measure: Measure, words: str) -> str:
        """With the figure that the epoch was chosen by, on the chart of another: there it need not be the best one."""
        kept = history.state.kept
        if kept is None or kept.figure == measure.key:
            return words
        figure = measure_of(kept.figure)
        told = self.tr("{kept}, for its {figure} {best}")
        return told.format(kept=words, figure=figure.name, best=figure.text(kept.value))


def _shown_epochs(history: RunHistory) -> float:
    """Up to where the axis goes: to the planned end; where nobody knows when a run will have found its best epoch, a
    little way ahead."""
    state = history.state
    if not state.auto:
        return float(max(state.planned, 1))
    if state.status == "finished":
        return max(history.done, 1.0)
    ahead = max(LEAST_AHEAD, float(ceil(history.done * AHEAD)))
    return min(ahead, float(max(state.planned, 1)))


def _measured(one: Beside) -> tuple[object, ...]:
    """Is another once more has been measured."""
    return one.key, one.kept, *(len(points) for points in one.curves.values()), *one.level.values()


def _muted() -> QColor:
    return theme.colour("text_muted")
