"""What a run learns from: looked at by a process of its own when the section is first seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.kit.numbers import grouped, percent
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender.data.log_view import LogView
from app.workspaces.recommender.data.profiler import Profiler
from app.workspaces.recommender.data.table_view import TableView
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, Section
from engine.problems import EngineError, Problem
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.shapes import LogProfile, TableProfile
from engine.recommenders.data.sources import Gives
from engine.recommenders.running.checkpoints import read
from engine.recommenders.tasks.known import task_kind

WAIT_WIDTH = 360
RANDOM: Final = "random"
"""As the candidates' spec has it."""


class DataSection(Section):
    """The data of a run: what is in them, where the split falls, and what harms. Not for the ranking, which learns from
    impressions that a generated site draws and has no file of."""

    key: ClassVar[str] = "data"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Data")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "What it learns from, where the split falls, and what harms")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep", "candidates"})
    asks: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: OpenRun | None = None
        self._seen = self._shown = False
        self._files: object = None
        self._looked_at: object = None
        """The files of the data as they were when they were last stamped, and when they were last looked at."""
        self.shown: LogProfile | TableProfile | None = None
        self.profiler = Profiler(self)
        self.profiler.progressed.connect(self._advance)
        self.profiler.found.connect(self._show)
        self.profiler.failed.connect(self._fail)
        self.profiler.stopped.connect(self._note_stop)
        self.profiler.ended.connect(self._look_where_changed)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._waiting())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _waiting(self) -> QWidget:
        """What stands there until the data are looked at."""
        page = QWidget()
        self.message = wrapped("", "muted")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(WAIT_WIDTH)
        self.progress.setAccessibleName(self.tr("Looking at the data"))
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        column = QVBoxLayout(page)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.message)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def show_run(self, run: OpenRun) -> None:
        """Look at its data, once they are wanted."""
        self._run = run
        run.closed.connect(self.profiler.close)
        run.data_looked.connect(self._follow_files)

    def enter(self) -> None:
        super().enter()
        self._shown = True
        if not self._seen:
            self._seen = True
            self.look()
        self._look_where_changed()

    def leave(self) -> None:
        super().leave()
        self._shown = False

    @Slot(object)
    def _follow_files(self, files: object) -> None:
        """The files were stamped; the first time, just before they are looked at."""
        if self._files is None:
            self._looked_at = files
        self._files = files
        self._look_where_changed()

    @Slot()
    def _look_where_changed(self) -> None:
        if self._shown and not self.profiler.busy and self._files != self._looked_at:
            self.look()

    def look(self) -> None:
        """Look at the data from the beginning."""
        if self._run is None:
            return
        self.stack.setCurrentIndex(0)
        self.message.setText(self.tr("Looking at the data, every row of them …"))
        self.progress.setValue(0)
        self.progress.show()
        self.button.setText(self.tr("&Cancel"))
        self.button.setToolTip(self.tr("Stop looking; the run goes on"))
        self._looked_at = self._files
        checkpoint = self._run.checkpoint if self._run.answerable else None
        self.profiler.start(self._run.data, form_of_task(self._run.model), checkpoint)

    @Slot()
    def _press(self) -> None:
        if self.profiler.busy:
            self.profiler.stop()
            self.message.setText(self.tr("Stopping …"))
        else:
            self.look()

    @Slot(float)
    def _advance(self, share: float) -> None:
        self.progress.setValue(round(1000 * share))

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        self._offer_again(sentence_of(problem))

    @Slot()
    def _note_stop(self) -> None:
        self._offer_again(self.tr("The data were not looked at to their end."))

    def _offer_again(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.progress.hide()
        self.button.setText(self.tr("&Look again"))
        self.button.setToolTip(self.tr("Look at the data from the beginning"))

    @Slot(object)
    def _show(self, found: LogProfile | TableProfile) -> None:
        self.shown = found
        if (old := self.stack.widget(1)) is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        if isinstance(found, LogProfile):
            drawn = self._run is not None and draws(self._run)
            log = LogView(drawn=drawn)
            log.show_profile(found)
            self._put(log)
            self.set_figures(
                Figure(self.tr("Events"), grouped(found.events), accent=True),
                Figure(self.tr("Users"), grouped(found.users)),
                Figure(self.tr("Items"), grouped(found.items)),
                Figure(
                    self.tr("Held out"),
                    grouped(found.held_out),
                    tip=self.tr("An event of each user, at random") if drawn else self.tr("Users' last events"),
                ),
            )
        else:
            table = TableView()
            table.show_profile(found)
            self._put(table)
            figures = [
                Figure(self.tr("Rows"), grouped(found.rows), accent=True),
                Figure(self.tr("Columns"), grouped(len(found.columns))),
            ]
            if found.label is not None:
                figures.append(Figure(self.tr("Yes"), percent(found.label.positive / found.rows)))
            self.set_figures(*figures)

    def _put(self, view: QWidget) -> None:
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)


def draws(run: OpenRun) -> bool:
    """Whether a run holds out events that are drawn at random; of a checkpoint without a run, as it says itself."""
    if run.plan is not None:
        return run.plan.spec.get("held_out") == RANDOM
    try:
        found: object = read(run.checkpoint).model
    except EngineError:
        return False
    for key in ("model", "columns", "spec"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return isinstance(found, Mapping) and found.get("held_out") == RANDOM


def form_of_task(model: str) -> Form:
    """What a recommender learns from: rows with an outcome, or who watched what when."""
    return "examples" if task_kind(model).needs is Gives.EXAMPLES else "watches"
