"""A run and all that is shown beside it, in two charts: its loss, and how good it is on rows it doesn't learn from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, inf
from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.kit import theme
from app.kit.charts.card import PlotCard
from app.kit.charts.chart import LineChart
from app.kit.charts.marks import EpochMark
from app.kit.charts.series import Series
from app.kit.listing import listed
from app.kit.numbers import grouped, moment
from app.kit.widgets.frame import row_layout
from app.workspaces.recommender.words import Measure, about_rows, companion_name, measure_of, simple_name
from engine.formats.progress import Curve
from engine.recommenders.data.fingerprint import Fingerprint
from engine.recommenders.data.profile.shapes import Use
from engine.recommenders.running.run_history import Points, RunHistory
from engine.recommenders.running.run_state import Figures
from engine.recommenders.tasks.base import NETWORK

Sort = Literal["own", "companion", "baseline", "run", "apart"]
"""The last is a run on other rows, whose figures and curves say nothing beside these."""
MOST_COLUMNS = 2
"""So many columns that another run reads otherwise are named beside it."""


@dataclass(frozen=True, slots=True)
class ChartedModel:
    """One of those that are shown together. ``key``: unique among them. ``curves``: figures of the validation rows over
    the epochs, ``level``: those of what has no epochs; ``kept``: the epoch that it went back to. ``values``: what the
    table tells, of the same rows for all (:func:`is_judged`). ``losses``: of training. ``weights`` and
    ``seconds``: None where it has none of its own. ``steps``: of an epoch."""

    key: str
    name: str
    sort: Sort
    curves: Mapping[str, Points] = field(default_factory=dict)
    level: Figures = field(default_factory=dict)
    values: Figures = field(default_factory=dict)
    kept: float | None = None
    losses: Points | None = None
    weights: int | None = None
    seconds: float | None = None
    steps: int = 1


def is_judged(history: RunHistory) -> bool:
    """Whether there is a verdict on a run: from then on all that stands beside it is told by the test rows."""
    return NETWORK in history.state.judged


@dataclass(frozen=True, slots=True)
class RunRows:
    """A run beside the open one. ``fingerprint``: of its file, None of generated data and where no checkpoint says it;
    ``alike``: whether it is judged on the same rows, None where the checkpoints don't say. ``differs``: the columns
    that the open run reads in another way, with what this run reads them as, None for one that it leaves out."""

    history: RunHistory
    fingerprint: Fingerprint | None = None
    alike: bool | None = None
    differs: Mapping[str, Use | None] = field(default_factory=dict)

    def are_those_of(self, open_run: RunHistory) -> bool:
        """Whether it can be compared with the open run; where the checkpoints don't say, the number of training rows
        decides, and where nothing has begun yet, nothing is known against it."""
        if self.alike is not None:
            return self.alike
        begun, theirs = self.history.started, open_run.started
        return begun is None or theirs is None or begun.rows == theirs.rows

    @property
    def about(self) -> str:
        """How many rows it is judged on, and of how many, to be told beside its name."""
        judged, read = self.history.state.judged_rows, self.fingerprint
        if judged is None or read is None:
            return QCoreApplication.translate("Beside", "other rows")
        words = QCoreApplication.translate("Beside", "other rows ({judged} of {all})")
        return words.format(judged=grouped(judged), all=grouped(read.rows))


def all_beside(
    history: RunHistory, others: Sequence[RunRows], apart: Sequence[RunRows] = ()
) -> tuple[ChartedModel, ...]:
    """The run itself, its companions, what simpler models have, and the other runs: all told by the same rows. Those
    ``apart``, on other rows, are named alone."""
    state, judged = history.state, is_judged(history)
    own = _of_run(history, "own", QCoreApplication.translate("Beside", "this run"), judged=judged)
    companions = [
        ChartedModel(
            f"companion/{which}", companion_name(which), "companion", curves,
            values=state.judged.get(which, {}) if judged else _latest(curves), steps=history.steps,
        )
        for which, curves in history.companions.items()
    ]  # fmt: skip
    beside = dict.fromkeys((*state.compared, *state.judged))
    simpler = [name for name in beside if name != NETWORK and name not in history.companions]
    baselines = [
        ChartedModel(
            f"baseline/{name}", simple_name(name), "baseline", level=state.compared.get(name, {}),
            values=(state.judged if judged else state.compared).get(name, {}), steps=history.steps,
        )
        for name in simpler
    ]  # fmt: skip
    runs = [_of_run(other.history, "run", _named(other), judged=judged) for other in others]
    return (own, *companions, *baselines, *runs, *map(_apart, apart))


def _apart(rows: RunRows) -> ChartedModel:
    run = _of_run(rows.history, "apart", f"{_dated(rows.history)} · {rows.about}", judged=False)
    return replace(run, curves={}, values={}, losses=None, kept=None)


def _of_run(history: RunHistory, sort: Sort, name: str, *, judged: bool) -> ChartedModel:
    """``judged``: told by the test rows, on which a run that has not come to its end has no figures."""
    state = history.state
    key = "own" if sort == "own" else f"{sort}/{state.folder.path.name}"
    return ChartedModel(
        key, name, sort, history.figures,
        values=state.judged.get(NETWORK, {}) if judged else state.figures,
        kept=history.kept_at,
        losses=history.losses,
        weights=None if history.started is None else history.started.parameters,
        seconds=state.seconds,
        steps=history.steps,
    )  # fmt: skip


def columns_words(differs: Mapping[str, Use | None]) -> str:
    """How a run reads the columns that the open one reads otherwise; how many they are, where they are many."""
    if len(differs) > MOST_COLUMNS:
        words = QCoreApplication.translate("Beside", "{count} columns read differently")
        return words.format(count=grouped(len(differs)))
    words_of: Mapping[Use | None, str] = {
        "number": QCoreApplication.translate("Beside", "“{column}” as a number"),
        "category": QCoreApplication.translate("Beside", "“{column}” as a category"),
        "bag": QCoreApplication.translate("Beside", "“{column}” as a list"),
        None: QCoreApplication.translate("Beside", "without “{column}”"),
    }
    return listed([words_of[use].format(column=name) for name, use in differs.items()])


def _named(rows: RunRows) -> str:
    """A run by its name, when it began, and what it reads otherwise."""
    name = _dated(rows.history)
    return f"{name} · {columns_words(rows.differs)}" if rows.differs else name


def _dated(history: RunHistory) -> str:
    """A run's name, and when it began: several may be called the same."""
    return f"{history.state.plan.name} · {moment(history.state.dated)}"


def _latest(curves: Mapping[str, Points]) -> Mapping[str, float | None]:
    return {name: float(points.values[-1]) for name, points in curves.items() if len(points)}


# As a chart has them ----------------------------------------------------------------------------------------------


def colours_of(keys: Sequence[str]) -> Mapping[str, QColor]:
    """A colour for each, the run's own first in the accent; the last, which looks like a sign, is none of them."""
    palette = theme.current().series[1:-1]
    others = [key for key in keys if key != "own" and not key.startswith("apart/")]
    named = dict.fromkeys(keys, _muted()) | {"own": theme.colour("accent")}
    return named | {key: QColor(palette[at % len(palette)]) for at, key in enumerate(others)}


def series_of(
    shown: Sequence[ChartedModel], colours: Mapping[str, QColor], measure: Measure, planned: float
) -> tuple[Series, ...]:
    """A measure of all of them: measured after epochs, or level lines up to the planned end, or that of the longest."""
    measured = [points for model in shown if (points := model.curves.get(measure.key)) is not None and len(points)]
    end = max((planned, *(float(points.epochs[-1]) for points in measured)))
    found = []
    for model in shown:
        points, level = model.curves.get(measure.key), model.level.get(measure.key)
        curve = _flat(level, end, model.steps) if points is None and level is not None else _curve(points, model.steps)
        if curve is not None:
            own = model.sort == "own"
            ending = measure.text(_last(points)) if own else ""
            ring = model.kept if own else None
            found.append(
                Series(
                    model.name, colours[model.key], curve, None, ending, first=own, dashed=not own, dots=own, ring=ring
                )
            )
    return tuple(found)


def losses_of(
    shown: Sequence[ChartedModel], colours: Mapping[str, QColor], own: str, colour: QColor
) -> tuple[Series, ...]:
    """What training lowers, of the run in a ``colour`` and under the name ``own``, and of other runs."""
    found = []
    for model in shown:
        curve = _curve(model.losses, model.steps)
        if curve is not None:
            mine = model.sort == "own"
            name, hue = (own, colour) if mine else (model.name, colours[model.key])
            found.append(Series(name, hue, curve, dashed=not mine, first=mine))
    return tuple(found)


def _curve(points: Points | None, steps: int) -> Curve | None:
    """The points as a chart's curve: one that was not finite counts as infinite."""
    if points is None or not len(points):
        return None
    values = np.where(np.isfinite(points.values), points.values, np.inf)
    updates = np.rint(points.epochs * steps).astype(np.int64)
    return Curve(updates, points.epochs, np.ones(len(points), np.int64), values, values, values)


def _last(points: Points | None) -> float | None:
    """The latest value, where it was finite."""
    return None if points is None or not len(points) or not np.isfinite(points.values[-1]) else float(points.values[-1])


def value_at(points: Points | None, epoch: float) -> float | None:
    """What was measured at the very epoch."""
    if points is None:
        return None
    at = np.flatnonzero(points.epochs == epoch)
    return float(points.values[at[-1]]) if len(at) else None


def _flat(value: float, end: float, steps: int) -> Curve:
    """A level line, with a point at each epoch: it can be read at all of them."""
    end = max(end, 1.0)
    epochs = np.minimum(np.arange(ceil(end) + 1), end)
    values = np.full(len(epochs), value)
    return Curve(
        np.rint(epochs * steps).astype(np.int64), epochs, np.ones(len(epochs), np.int64), values, values, values
    )


def chosen(all_: Sequence[ChartedModel], ticked: Collection[str]) -> tuple[ChartedModel, ...]:
    """The run, and those that are ticked."""
    return tuple(model for model in all_ if model.sort == "own" or model.key in ticked)


LEAST_AHEAD, AHEAD = 8.0, 1.3
GAP, LEAST_WIDTH, LEAST_HEIGHT = 12, 260, 150
"""Pixels between the charts, and those that each has at least: narrower ones stand one below the other."""
LOSS = "log_loss"
"""The figure that has the unit of the training loss, where a model has it: they share a chart."""


class RunCharts(QWidget):
    """Shows a run beside others in the very same axes."""

    def __init__(self, measures: Sequence[Measure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._company: tuple[Series, ...] = ()
        self._take_measures(measures)
        self.loss = LineChart(log=False, hint=self.tr("A curve appears here after the first steps."))
        most = inf if self._measure is None else self._measure.most
        hint = self.tr("A curve grows here, with a point after every epoch.")
        self.figure = LineChart(log=False, bound=most, hint=hint)
        title = self.tr("Training loss") if self._shared is None else self._shared.title
        self.loss_card = PlotCard(title, self.loss, "loss")
        self.figure_card = PlotCard("" if self._measure is None else self._measure.title, self.figure, "figure")
        self._row = row_layout(self, spacing=GAP)
        for card, chart in ((self.loss_card, self.loss), (self.figure_card, self.figure)):
            card.setProperty("role", "card")
            chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # its hint is its scene
            self._row.addWidget(card, 1)
        self.figure_card.setVisible(self._measure is not None)
        self._say_subtitles()

    def show_measures(self, measures: Sequence[Measure]) -> None:
        """Draw these figures from now on."""
        self._take_measures(measures)
        if self._measure is not None:
            self.figure_card.set_title(self._measure.title)
            self.figure.setAccessibleName(self._measure.title)

    def _take_measures(self, measures: Sequence[Measure]) -> None:
        self._shared = next((measure for measure in measures if measure.key == LOSS), None)
        self._measure = next((measure for measure in measures if measure.key != LOSS), None)
        self._measured: tuple[object, ...] = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= 2 * LEAST_WIDTH + GAP
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _say_subtitles(self) -> None:
        if self._shared is None:
            about = short = self.tr("of the batches; no simpler model has this loss")
        else:
            about = self.tr("train: of the batches; this run: of the validation rows, after every epoch")
            short = self.tr("on the validation rows")
        self.loss_card.set_subtitle((about, short, ""), f"{about}\n{about_rows()}")
        full = self.tr("on the validation rows, after every epoch; dashed: what it is compared with")
        self.figure_card.set_subtitle((full, self.tr("on the validation rows"), ""), f"{full}\n{about_rows()}")

    def show_runs(self, history: RunHistory, shown: Sequence[ChartedModel], colours: Mapping[str, QColor]) -> None:
        """Draw them. What is measured after epochs is drawn anew only where one has been."""
        self._draw(history, shown, colours)
        for chart in (self.loss, self.figure):
            chart.setMinimumHeight(max(LEAST_HEIGHT, chart.height_of_names))

    def _draw(self, history: RunHistory, shown: Sequence[ChartedModel], colours: Mapping[str, QColor]) -> None:
        planned = _shown_epochs(history)
        for chart in (self.loss, self.figure):
            chart.set_planned((history.done, planned))
            chart.viewport().update()
        measured = (theme.current().name, planned, history.state.kept, *(_measured(model) for model in shown))
        fresh, self._measured = measured != self._measured, measured
        if fresh and self._measure is not None:
            marks = self._kept(history, self._measure)
            self.figure.set_series(series_of(shown, colours, self._measure, planned), marks)
        if self._shared is None:
            self.loss.set_series(losses_of(shown, colours, self.tr("this run"), colours["own"]))
            return
        if fresh:
            self._company = series_of(shown, colours, self._shared, planned)
        train = losses_of([model for model in shown if model.sort == "own"], colours, self.tr("train"), _muted())
        self.loss.set_series((*train, *self._company), self._kept(history, self._shared))

    def _kept(self, history: RunHistory, measure: Measure) -> list[EpochMark]:
        """The epoch that the run has gone back to, and what the curve was there."""
        if (epoch := history.kept_at) is None:
            return []
        value = value_at(history.figures.get(measure.key), epoch)
        words = self.tr("kept") if value is None else self.tr("kept: {value}").format(value=measure.text(value))
        return [EpochMark(epoch, self._chosen_by(history, measure, words))]

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


def _measured(model: ChartedModel) -> tuple[object, ...]:
    """Is another once more has been measured."""
    return model.key, model.kept, *(len(points) for points in model.curves.values()), *model.level.values()


def _muted() -> QColor:
    return theme.colour("text_muted")
