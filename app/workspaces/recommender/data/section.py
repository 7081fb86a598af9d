"""What a run learns from: looked at by a process of its own when the section is first seen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.kit.numbers import grouped, percent
from app.kit.process import ChildProcess, Outcome, State
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.kit.widgets.frame import column_layout, fill
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender.data.views import LogView, TableView
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, Section
from engine.problems import EngineError, Problem, declare, problem_in
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.shapes import LogProfile, TableProfile
from engine.recommenders.data.sources import Gives
from engine.recommenders.running.checkpoints import read
from engine.recommenders.tasks.data_change import is_data_change
from engine.recommenders.tasks.known import task_kind

LINE_BYTES: Final = 1 << 26
"""The longest line of a child: the profile of a table of thousands of columns takes some million bytes."""
_PROFILE: Final[TypeAdapter[LogProfile | TableProfile]] = TypeAdapter(LogProfile | TableProfile)

NOT_LOOKED = declare(
    "app.data-not-looked-at", "The data could not be looked at ({reason}); try again, or see the program's log."
)


class Profiler(QObject):
    """One look at a time. ``progressed(float)``; ``found(LogProfile | TableProfile)``; ``failed(Problem)``;
    ``stopped()``: because it was asked to; ``ended()``: another look can begin."""

    progressed = Signal(float)
    found = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = ChildProcess(self, line_bytes=LINE_BYTES)
        self._child.received.connect(self._hear)
        self._child.changed.connect(self._end)
        self._told = self._asked = False

    @property
    def busy(self) -> bool:
        """Whether a child is at work."""
        return self._child.running

    def start(self, data: RecommenderData, form: Form | None = None, checkpoint: Path | None = None) -> None:
        """Look at data; nothing happens while it looks already. ``checkpoint``: of what was trained on them, whose
        own rows are looked at where the file has changed since."""
        if self.busy:
            return
        self._told = self._asked = False
        how = [] if form is None else ["--as", form]
        choice = ["--choice", data.model_dump_json(exclude_defaults=True)]
        trained = [] if checkpoint is None else ["--rows-of", str(checkpoint)]
        self._child.start_engine(["recommend", "data", "--profile", *choice, *trained, *how, "--events", "jsonl"])

    def stop(self) -> None:
        """Ask it to stop."""
        self._asked = True
        self._child.stop()

    def close(self) -> None:
        """End the child, and hear nothing more."""
        self._child.close()

    @Slot(object)
    def _hear(self, line: Any) -> None:
        if not isinstance(line, dict):
            return
        if "progress" in line:
            self.progressed.emit(float(line["progress"]))
        elif "problem" in line:
            self._told = True
            if not self._asked:
                self.failed.emit(problem_in(line["problem"]))
        elif "profile" in line:
            self._take(line["profile"])

    def _take(self, document: object) -> None:
        try:
            found = _PROFILE.validate_python(document)
        except ValidationError:
            return  # the end of the child says that there was none
        self._told = True
        self.found.emit(found)

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        if outcome.state is State.STARTED:
            return
        if outcome.state is State.STOPPED:
            self.stopped.emit()
        elif not self._told:
            reason = outcome.errors.strip().rpartition("\n")[2].rstrip(".") or outcome.sentence.rstrip(".")
            self.failed.emit(NOT_LOOKED(reason=reason))
        self.ended.emit()


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
        fill(column_layout(self), self.stack)

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
        fill(
            column,
            1,
            self.message,
            (self.progress, 0, Qt.AlignmentFlag.AlignHCenter),
            (self.button, 0, Qt.AlignmentFlag.AlignHCenter),
            1,
        )
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
        harm = tuple(warning for warning in found.warnings if not is_data_change(warning))  # the bar above says that
        found = found.model_copy(update={"warnings": harm})
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
