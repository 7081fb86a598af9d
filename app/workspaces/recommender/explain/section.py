"""Explain a row, as a section of an open run."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.kit.numbers import fixed, grouped, loss_text
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.labels import wrapped
from app.kit.widgets.patience import Patience
from app.workspaces.recommender.explain.companions import companions_of
from app.workspaces.recommender.explain.explain_view import ExplainView
from app.workspaces.recommender.explain.explainer import Explainer
from app.workspaces.recommender.home.starts import Start
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, Section
from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData

STORE = "app-store"
"""The data whose columns are those of the paper's model."""


class ExplainSection(Section):
    """Asks the trained network; what training has changed since is looked at on demand."""

    key: ClassVar[str] = "explain"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Explain a row")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Why a row has its probability, and what would change it")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._written = 0
        self.view = ExplainView()
        self.lost = Notice(self.tr("Start again"))
        self.trained_on = Notice(self.tr("Look again"))
        self.waiting = wrapped(self.tr("Opening the trained network …"))
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setFixedWidth(220)
        self._patience = Patience(self._progress, self._progress)
        self.stack = QStackedWidget()
        self._lay_out()

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
        for widget in (self.lost, self.trained_on):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)

    def show_run(self, run: OpenRun) -> None:
        """Explain this run's rows."""
        self._run = run
        self.explainer = Explainer(run.answers, self)
        self.explainer.kept_changed.connect(self._show)
        self.explainer.comparison_changed.connect(self._show_figures)
        self.view.show_explainer(self.explainer)
        self.view.memory.offer_store(offered=run.data.source != STORE)
        self.view.memory.store_wanted.connect(self._want_store)
        self.lost.wanted.clicked.connect(run.answers.restart)
        self.trained_on.wanted.clicked.connect(run.open_answers)
        run.changed.connect(self._follow)
        run.answers.problem_found.connect(self._say)
        run.answers.ready.connect(self._start)
        run.answers.lost.connect(self._say_lost)
        self._patience.set_busy(True)
        if run.answers.model is not None:
            self._start()

    def enter(self) -> None:
        """The keyboard goes to the rows."""
        self.view.rows.view.setFocus()

    @Slot()
    def _want_store(self) -> None:
        self.usual_wanted.emit(Start(self._run.model, RecommenderData(source=STORE)))

    @Slot()
    def _start(self) -> None:
        """The network answers, for the first time or as it is trained by now."""
        self._written = self._stamp()
        for notice in (self.lost, self.trained_on):
            notice.hide()
        self.explainer.start(companions_of(self._run.checkpoint))

    def _stamp(self) -> int:
        """When the checkpoint was written; 0 while there is none."""
        try:
            return self._run.checkpoint.stat().st_mtime_ns
        except OSError:
            return 0

    @Slot()
    def _follow(self) -> None:
        """The run has gone on."""
        if self._written and self._stamp() not in (0, self._written):
            self.trained_on.say(self.tr("The network has been trained on; what is shown is of its earlier weights."))

    @Slot()
    def _show(self) -> None:
        self._patience.set_busy(False)
        if self.stack.currentWidget() is not self.view:
            self.stack.setCurrentWidget(self.view)
            if self.isVisible():  # before, there was nothing that could take the keyboard
                self.enter()

    @Slot(object)
    def _say(self, problem: Problem) -> None:
        """A question has no answer; where it was the first one, nothing is coming."""
        self._patience.set_busy(False)
        self._run.problem_found.emit(problem)

    @Slot(str)
    def _say_lost(self, sentence: str) -> None:
        self._patience.set_busy(False)
        self.waiting.setText("")
        self.lost.say(sentence)

    @Slot()
    def _show_figures(self) -> None:
        shown, reading = self.explainer.comparison, self.explainer.reading
        model = shown.of(reading.parts) if shown is not None and reading is not None else None
        if shown is None or reading is None or model is None:
            return
        figures = [Figure(self.tr("Test log loss"), loss_text(model.log_loss.value), accent=True)]
        if shown.baseline is not None:
            figures.append(Figure(self.tr("Logistic regr."), loss_text(shown.baseline.value)))
        figures.append(Figure(self.tr("Test AUC"), fixed(model.auc.value, 4)))
        kept, every = reading.wide_weights
        if every:
            text = self.tr("{kept} of {all}").format(kept=grouped(kept), all=grouped(every))
            tip = self.tr("Weights of the wide part that L1 has left; the others are exactly 0")
            figures.append(Figure(self.tr("Wide weights kept"), text, tip=tip))
        self.set_figures(*figures)


class Notice(QFrame):
    """A sentence over the page, and what to do about it."""

    def __init__(self, offer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.text = wrapped("", None)
        self.wanted = QPushButton(offer)
        self.wanted.setProperty("role", "pill")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.wanted)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say it."""
        self.text.setText(sentence)
        self.show()
