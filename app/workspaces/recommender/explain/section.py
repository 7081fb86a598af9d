"""Explain a row, as a section of an open run."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.kit.numbers import fixed, grouped, loss_text
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.labels import wrapped
from app.kit.widgets.patience import Patience
from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.explain.companions import companions_of
from app.workspaces.recommender.explain.explain_view import ExplainView
from app.workspaces.recommender.explain.explainer import Explainer
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, Section


class ExplainSection(Section):
    """Asks the trained network through a child of its own; what training has changed since is looked at on demand."""

    key: ClassVar[str] = "explain"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Explain a row")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Why a row has its probability, and what would change it")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: OpenRun | None = None
        self._written = -1
        self.answers = Answers(self)
        self.explainer = Explainer(self.answers, self)
        self.view = ExplainView()
        self.view.show_explainer(self.explainer)
        self.notice = Notice(self.tr("Look again"))
        self.notice.wanted.clicked.connect(self._look)
        self.waiting = wrapped("")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setFixedWidth(220)
        self._patience = Patience(self._progress, self._progress)
        self.stack = QStackedWidget()
        self._lay_out()
        self.explainer.kept_changed.connect(self._show)
        self.explainer.comparison_changed.connect(self._show_figures)
        self.answers.lost.connect(self._say_lost)

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
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)

    def show_run(self, run: OpenRun) -> None:
        """Explain this run's rows, as soon as there is something trained."""
        self._run = run
        self.answers.problem_found.connect(run.problem_found)
        run.changed.connect(self._follow)
        run.closed.connect(self.answers.close)
        self._look()

    def enter(self) -> None:
        """What has been trained meanwhile is looked at; the keyboard goes to the rows."""
        if self._written != self._stamp():
            self._look()
        self.view.rows.view.setFocus()

    def _stamp(self) -> int:
        """When the checkpoint was written, −1 while there is none."""
        try:
            return self._run.checkpoint.stat().st_mtime_ns if self._run is not None else -1
        except OSError:
            return -1

    @Slot()
    def _look(self) -> None:
        """Open the checkpoint as it is now."""
        assert self._run is not None
        self._written = self._stamp()
        self.notice.hide()
        if self._written < 0:
            self.waiting.setText(self.tr("Nothing is trained yet: rows can be explained after the first epoch."))
            return
        self.waiting.setText(self.tr("Opening the trained network …"))
        self._patience.set_busy(True)
        self.answers.open(self._run.checkpoint)
        self.explainer.start(companions_of(self._run.checkpoint))

    @Slot()
    def _follow(self) -> None:
        """The run has gone on: open its first checkpoint by itself, and offer a later one."""
        if self._written == (stamp := self._stamp()):
            return
        if self._written < 0:
            self._look()
        elif stamp >= 0:
            self.notice.say(self.tr("The network has been trained on; what is shown is of its earlier weights."))

    @Slot()
    def _show(self) -> None:
        self._patience.set_busy(False)
        self.stack.setCurrentWidget(self.view)

    @Slot(str)
    def _say_lost(self, sentence: str) -> None:
        self._patience.set_busy(False)
        self.waiting.setText("")
        self.notice.say(sentence)

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
