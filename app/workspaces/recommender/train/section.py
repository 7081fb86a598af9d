"""How a run trains: one sentence, its charts beside simpler models, what it costs, and its gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.kit import theme
from app.kit.background import Background, Job, Work
from app.kit.capitals import in_capitals
from app.kit.charts.card import PlotCard
from app.kit.drawing.view import DrawingView
from app.kit.listing import joined, listed, set_apart
from app.kit.numbers import duration, grouped, loss_text
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import column_layout, fill, row_layout, scrolled
from app.kit.widgets.labels import Label, Sentence, wrapped
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, RunSection
from app.workspaces.recommender.train.charts import ChartedModel, RunCharts, RunRows, all_beside, chosen, colours_of
from app.workspaces.recommender.train.facts import RunFacts, draw_gradients, epoch_words, norms_of, spread_words
from app.workspaces.recommender.train.runs_table import BesideTable
from app.workspaces.recommender.train.sentence import caveats_of, rival_in, rows_words, sentence_of_run
from app.workspaces.recommender.words import Measure, about_errors, about_rows, measures_of_run, notice_words
from engine.problems import EngineError, Problem
from engine.recommenders.data.fingerprint import fingerprint_in
from engine.recommenders.data.profile.shapes import Use
from engine.recommenders.running.checkpoints import Checkpoint, read
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_history import RunHistory, RunReader
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import list_runs
from engine.recommenders.tasks.base import figures_of
from engine.recommenders.tasks.data_change import are_judged_alike, is_data_change
from engine.recommenders.tasks.opening import kind_of

PANEL = 300
MARGIN = 16
WORKING = ("running", "stopping")
MOST_OTHERS = 12
"""So many of the other runs on the same data are offered, the latest first."""


class TrainSection(RunSection):
    """Follows a run, live or at rest."""

    key: ClassVar[str] = "train"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Train")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "How it learns, compared with simpler models")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep", "candidates", "ranking"})
    asks: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: OpenRun | None = None
        self._others: tuple[RunRows, ...] = ()
        self._doubts: tuple[Problem, ...] = ()
        self._saved = False
        self._reading = Background("other runs", latest_only=True, parent=self)
        self._reading.done.connect(self._take_others)
        self.row = row_layout(self, spacing=0)

    def show_run(self, run: OpenRun) -> None:
        """Follow it; what else was trained on its data is read beside."""
        self._run = run
        self._measures = measures_of_run(run.model, run.history)
        if run.folder is None:
            alone = wrapped(self.tr("This is only a checkpoint: the curves of its training weren't kept with it."))
            alone.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.row.addWidget(alone)
            return
        self._build()
        run.changed.connect(self._follow)
        run.closed.connect(self._reading.close)
        theme.notifier().changed.connect(self._follow)
        self._follow()

    def enter(self) -> None:
        """Others may have been begun meanwhile."""
        super().enter()
        self._read_others()

    def _read_others(self) -> None:
        if self._run is not None and self._run.folder is not None:
            self._reading.request(_reading(self._run.folder, self._run))

    # Building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.charts = RunCharts(self._measures[:2])
        self.table = BesideTable(self._measures[:2])
        self.table.ticked_changed.connect(self._follow)
        self.table_card = PlotCard(self.tr("Runs"), self.table, "runs")
        self.table_card.setProperty("role", "card")
        main = QWidget()
        fill(
            column_layout(main, (MARGIN, 12, MARGIN, MARGIN), spacing=12),
            self._head(),
            self.caveats,
            (self.charts, 1),
            self.table_card,
        )
        self.row.addWidget(scrolled(main), 1)
        line = QFrame()
        line.setFixedWidth(1)
        line.setStyleSheet("background: palette(mid); border: none;")
        fill(self.row, line, self._panel())

    def _head(self) -> QHBoxLayout:
        self._dot = Label("●")
        self.sentence = Sentence()
        self.caveats = wrapped("", "small")
        self.caveats.setContentsMargins(18, 0, 0, 0)
        row = fill(row_layout(spacing=8), self._dot, (self.sentence, 1))
        return row

    def _panel(self) -> PanelColumn:
        panel = PanelColumn()
        panel.setFixedWidth(PANEL)
        self.facts = RunFacts()
        name = self.tr("Gradient norm by block")
        self.gradients = DrawingView(draw_gradients, (), hint=QSize(240, 27), least=QSize(180, 27), name=name)
        self.spread = wrapped()
        self.notices = wrapped()
        fill(panel.rows, _heading(self.tr("This run")), self.facts)
        self.gradients_card = PlotCard(name, self.gradients, "gradients")
        fill(panel.rows, self.gradients_card, self.spread, self.notices, 1)
        return panel

    # Following ----------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        run = self._run
        if run is None or run.history is None or run.doing is None:
            return
        history = run.history
        self._show_measures(measures_of_run(run.model, history))
        if self._saved is not (history.saved is not None):
            self._saved = not self._saved
            self._read_others()  # from now on its checkpoint says which rows it learns from
        beside = [other for other in self._others if other.are_those_of(history)]
        shown = all_beside(history, beside, [other for other in self._others if not other.are_those_of(history)])
        colours = colours_of([model.key for model in shown])
        self.table.show_beside(shown, colours)
        self.charts.show_runs(history, chosen(shown, self.table.ticked), colours)
        about = self._about_table(history, shown)
        self.table_card.set_subtitle((about, rows_words(history.state), ""), f"{about}\n{about_rows()}")
        self.facts.show_history(history, at_work=run.doing in WORKING)
        self._show_gradients(history)
        told = (*history.state.leaks, *filter(is_data_change, history.notices))  # elsewhere on the page
        notices = [notice_words(notice) for notice in history.notices if notice not in told]
        self.notices.setText("\n".join(notices))
        self.notices.setVisible(bool(notices))
        caveats = [*map(sentence_of, self._doubts), *caveats_of(history.state)]
        self.caveats.setText("\n".join(caveats))
        self.caveats.setVisible(bool(caveats))
        self._say(history, run)

    def _show_measures(self, measures: tuple[Measure, ...]) -> None:
        """Tell it by the figures that the run compares by, once it has said which."""
        if measures != self._measures:
            self._measures = measures
            self.charts.show_measures(measures[:2])
            self.table.show_measures(measures[:2])

    def _show_gradients(self, history: RunHistory) -> None:
        blocks = norms_of(history.gradients, history.kept_at)
        self.gradients.set_data(blocks)
        self.spread.setText(spread_words(blocks))
        about = self.tr("‖∂loss/∂weights‖ of each epoch's last batch, on one log axis for all")
        epoch = epoch_words(blocks)
        self.gradients_card.set_subtitle((joined([epoch, self.tr("log axis")]) if epoch else "", epoch, ""), about)

    def _about_table(self, history: RunHistory, shown: Sequence[ChartedModel]) -> str:
        """Which rows the table tells of; or, of other runs that are ticked, their figures and the run's own."""
        rows = rows_words(history.state)
        others = [model for model in shown if model.sort == "run" and model.key in self.table.ticked]
        if not others or not self._measures:
            about = self.tr("on the same data, by {rows}; a tick draws it in the charts")
            return about.format(rows=rows)
        measure, own = self._measures[0], shown[0]
        each, unknown = self.tr("{value} of “{name}”"), self.tr("“{name}” has no figures of {rows} yet")
        figures = [
            each.format(value=measure.text(value), name=model.name)
            for model in others
            if (value := model.values.get(measure.key)) is not None
        ]
        without = [model.name for model in others if model.values.get(measure.key) is None]
        words = self.tr("{measure} on {rows}: {own} of this run, {others}; not paired, so no error is known").format(
            measure=measure.title, rows=rows, own=measure.text(own.values.get(measure.key)), others=listed(figures)
        )
        return set_apart([words if figures else "", *(unknown.format(name=name, rows=rows) for name in without)])

    def _say(self, history: RunHistory, run: OpenRun) -> None:
        assert run.doing is not None
        text, colour = sentence_of_run(history, run.doing, self._measures[0] if self._measures else None)
        self._dot.setStyleSheet(f"color: {getattr(theme.current(), colour)}; font-size: 12px;")
        if text != self.sentence.full_text:
            self.sentence.set_full_text(text)
        self.sentence.set_about(about_errors(rival_in(history.state, self._measures[0] if self._measures else None)))
        state = history.state
        epochs, tip = self._epochs(state)
        figures = [Figure(self.tr("Epoch"), epochs, tip=tip)]
        if state.loss is not None:
            tip = self.tr("Mean loss of the batches: what training lowers")
            figures.append(Figure(self.tr("Train loss"), loss_text(state.loss), accent=True, tip=tip))
        own, _others = figures_of(state)
        for measure in self._measures[:2]:
            tip = self.tr("On {rows}").format(rows=rows_words(state)) + "\n" + about_rows()
            figures.append(Figure(measure.name, measure.text(own.get(measure.key)), tip=tip))
        if run.doing in WORKING and history.latest is not None and history.latest.remaining is not None:
            figures.append(Figure(self.tr("Left"), duration(history.latest.remaining)))
        self.set_figures(*figures)

    def _epochs(self, state: RunState) -> tuple[str, str]:
        """How many epochs, and what that number says."""
        done, planned = grouped(state.epochs), grouped(state.planned)
        if state.kept is not None:
            words = self.tr("{kept} of {done}").format(kept=grouped(state.kept.epochs), done=done)
            return words, self.tr("The epoch kept, of those tried")
        if state.auto:
            most = self.tr("Epochs done; it trains until it stops improving, {all} at most")
            return done, most.format(all=planned)
        words = self.tr("{done} of {all}").format(done=done, all=planned)
        return words, self.tr("Epochs done, of those planned")

    @Slot(object)
    def _take_others(self, found: tuple[tuple[RunRows, ...], tuple[Problem, ...]]) -> None:
        self._others, self._doubts = found
        self._follow()


def _heading(text: str) -> QLabel:
    label = Label(in_capitals(text), role="heading")
    return label


def _reading(folder: Path, run: OpenRun) -> Work:
    """The other runs beside a run's folder that have learned from the same rows, or from the same choice of data; and
    what the run's own figures can't say."""
    model, data = run.model, run.data

    def looked(job: Job) -> tuple[tuple[RunRows, ...], tuple[Problem, ...]]:
        own, found = _checkpoint(RunFolder(folder)), list[RunRows]()
        states = [state for state in list_runs(folder.parent) if isinstance(state, RunState)]
        for state in sorted(states, key=lambda state: state.dated, reverse=True):
            if job.cancelled() or len(found) == MOST_OTHERS:
                break
            if state.plan.model != model or state.plan.data.source != data.source or state.folder.path == folder:
                continue
            other = _checkpoint(state.folder)
            alike = _are_alike(own, other)
            if not alike and state.plan.data != data:
                continue
            if (history := _history(state.folder)) is not None and history.figures:
                fingerprint = None if other is None else fingerprint_in(other.model)
                found.append(RunRows(history, fingerprint, alike, _read_otherwise(own, other)))
        return tuple(found), _doubts(own)

    return looked


def _checkpoint(folder: RunFolder) -> Checkpoint | None:
    try:
        checkpoint = read(folder.checkpoint)
        fingerprint_in(checkpoint.model)
    except EngineError:
        return None
    return checkpoint


def _are_alike(own: Checkpoint | None, other: Checkpoint | None) -> bool | None:
    try:
        return None if own is None or other is None else are_judged_alike(kind_of(own), own, other)
    except EngineError:
        return None


def _doubts(own: Checkpoint | None) -> tuple[Problem, ...]:
    try:
        return () if own is None else kind_of(own).doubts(own.model)
    except (EngineError, LookupError, TypeError):
        return ()


def _read_otherwise(own: Checkpoint | None, other: Checkpoint | None) -> Mapping[str, Use | None]:
    """The columns that one of two networks reads in another way, with what the ``other`` reads them as."""
    try:
        ours, theirs = (
            {} if checkpoint is None else kind_of(checkpoint).columns_read(checkpoint.model)
            for checkpoint in (own, other)
        )
    except (EngineError, LookupError, TypeError, AttributeError):
        return {}
    return {name: theirs.get(name) for name in dict.fromkeys((*ours, *theirs)) if ours.get(name) != theirs.get(name)}


def _history(folder: RunFolder) -> RunHistory | None:
    try:
        return RunReader(folder).news()
    except EngineError:
        return None
