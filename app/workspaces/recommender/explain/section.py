"""Explain a row, as a section of an open run."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.kit.numbers import fixed, grouped, loss_text
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.labels import wrapped
from app.kit.widgets.patience import Patience
from app.workspaces.recommender.asking_strip import AskingStrip
from app.workspaces.recommender.explain.companions import companions_of
from app.workspaces.recommender.explain.explain_view import ExplainView
from app.workspaces.recommender.explain.explainer import Explainer
from app.workspaces.recommender.home.starts import Start
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, Section
from app.workspaces.recommender.words import simple_name
from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData

STORE = "app-store"
"""The data whose columns are those of the paper's model."""
MODEL = "model"
"""The key of the section in which crosses are made."""


class ExplainSection(Section):
    """Asks the trained network; what training has changed since is looked at on demand."""

    key: ClassVar[str] = "explain"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Explain a row")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Why a row has its probability, and what would change it")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ExplainView()
        self.waiting = wrapped(self.tr("Opening the trained network …"))
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setFixedWidth(220)
        self._patience = Patience(self._progress, self._progress)
        self.stack = QStackedWidget()

    def _lay_out(self) -> None:
        before = QWidget()
        inner = QVBoxLayout(before)
        inner.addStretch(1)
        inner.addWidget(self.waiting)
        inner.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(1)
        self.stack.addWidget(before)
        self.stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.asking)
        column.addWidget(self.stack, 1)

    @property
    def edited(self) -> bool:
        """Whether there are edits of the row, taken back or not."""
        return self.explainer.edits.count() > 0

    def show_run(self, run: OpenRun) -> None:
        """Explain this run's rows."""
        self._run = run
        kept = self.tr("Open the network as it is by now; the row stays, with its changes")
        self.asking = AskingStrip(run, kept, busy=False)
        self._lay_out()
        self.explainer = Explainer(run.answers, self)
        self.explainer.kept_changed.connect(self._show)
        self.explainer.comparison_changed.connect(self._show_figures)
        self.view.show_explainer(self.explainer)
        self.view.memory.offer_store(offered=run.data.source != STORE)
        self.view.memory.store_wanted.connect(self._want_store)
        self.view.memory.crosses_wanted.connect(lambda: self.section_wanted.emit(MODEL))
        run.changed.connect(self._follow)
        run.answers.unanswered.connect(self._forget)
        run.answers.problem_found.connect(self._say)
        run.answers.ready.connect(self._start)
        run.answers.lost.connect(self._lose)
        self._patience.set_busy(True)
        if run.answers.model is not None:
            self._start()

    def enter(self) -> None:
        """The keyboard goes to the rows."""
        self.view.rows.view.setFocus()

    @Slot()
    def _want_store(self) -> None:
        self.latest_run_wanted.emit(Start(self._run.model, RecommenderData(source=STORE)))

    @Slot()
    def _start(self) -> None:
        """The network answers, for the first time or as it is trained by now."""
        self.explainer.start(companions_of(self._run.checkpoint))

    @Slot()
    def _follow(self) -> None:
        """The run has gone on, maybe with a half of the model."""
        if self.explainer.others.trained_on:
            self.asking.say_trained_on()

    @Slot()
    def _show(self) -> None:
        self._patience.set_busy(False)
        if self.stack.currentWidget() is not self.view:
            self.stack.setCurrentWidget(self.view)
            if self.isVisible():  # before, there was nothing that could take the keyboard
                self.enter()

    @Slot(str)
    def _forget(self, key: str) -> None:
        """A change that has no answer is none."""
        if key == "change":
            self.explainer.forget_change()

    @Slot(object)
    def _say(self, problem: Problem) -> None:
        """A question has no answer; where it was the first one, nothing is coming."""
        self._patience.set_busy(False)
        self._run.problem_found.emit(problem)

    @Slot(str)
    def _lose(self, _sentence: str) -> None:
        self._patience.set_busy(False)
        self.waiting.setText("")

    @Slot()
    def _show_figures(self) -> None:
        shown, reading = self.explainer.comparison, self.explainer.reading
        model = shown.of(reading.parts) if shown is not None and reading is not None else None
        if shown is None or reading is None or model is None:
            return
        figures = [Figure(self.tr("Test log loss"), loss_text(model.log_loss.value), accent=True)]
        if shown.simpler:
            best = min(shown.simpler, key=lambda model: model.log_loss.value)
            tip = self.tr("Log loss of the best simple model on the same test rows")
            text = loss_text(best.log_loss.value)
            figures.append(Figure(simple_name(best.who).capitalize(), text, tip=tip))
        figures.append(Figure(self.tr("Test AUC"), fixed(model.auc, 4)))
        kept, every = reading.wide_weights
        if every:
            text = self.tr("{kept} of {all}").format(kept=grouped(kept), all=grouped(every))
            tip = self.tr("Weights of the wide part that L1 has left; the others are exactly 0")
            figures.append(Figure(self.tr("Wide weights kept"), text, tip=tip))
        self.set_figures(*figures)
