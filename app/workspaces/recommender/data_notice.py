"""What an open run says over all its sections where the file of its data has changed, and what can be done about it."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QWidget

from app.kit.background import Background, Job
from app.kit.file_dialog import ask_for_file
from app.kit.listing import listed
from app.kit.numbers import counted, grouped
from app.kit.process import ChildProcess, ProcessOutcome, State
from app.kit.stamps import Stamp, stamp_of
from app.kit.translation import sentence_of
from app.kit.widgets.frame import push_button, scrolled
from app.kit.widgets.labels import wrapped
from app.kit.widgets.section import Section
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.words import Measure, measure_of, notice_words, simple_name
from engine.problems import EngineError, Problem, filled_in, problem_in
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.fingerprint import files_of, missing_file
from engine.recommenders.judging.standing import ERROR, FEW_ROWS, LIST_OF_ALL
from engine.recommenders.running.checkpoints import read
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.data_change import DataChange, change_of_data, why_another
from engine.recommenders.tasks.opening import kind_of, moved

DOUBTS = (FEW_ROWS.code, LIST_OF_ALL.code)
ON_NEW_ROWS = ("--rows", "new", "--json")
SIDE, MOST_FIGURES = 14, 84
"""Pixels: beside the words, and for the lines of figures that are opened."""
SETTLED_MS = 400
"""How long nothing may happen to a file before it is looked at: it may be written piece by piece."""
Files = Mapping[Path, Stamp | None]


@dataclass(frozen=True, slots=True)
class DataLook:
    """What a look at a choice of data has found, and the files as they were just before it. ``is_read``: the checkpoint
    carries no rows, so that what answers has read the files."""

    data: RecommenderData
    files: Files | None
    change: DataChange | None
    is_read: bool = False


class DataNotice(QFrame):
    """Hidden while the file is the one that the network was trained on. Looks whenever it is asked to, and when the
    window becomes the active one, away from the GUI thread."""

    def __init__(self, run: OpenRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._run = run
        self._data = run.data  # may know where one of two missing files is, before the other one is found
        self._last: DataLook | None = None
        self.text, self.as_now, self.figures = wrapped("", None), wrapped("", None), wrapped("", None)
        self.find_button = push_button(
            self.tr("Find the file…"), "remedy", self.tr("Locate the file that this network was trained on")
        )
        self.judge_button = push_button(
            self.tr("Judge on the new rows"),
            "remedy",
            self.tr("How good the network is on rows added since, which it hasn't seen"),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(SIDE, 6, SIDE, 6)
        grid.addWidget(self.text, 0, 0)
        grid.addWidget(self.judge_button, 0, 1)
        grid.addWidget(self.find_button, 0, 2)
        self.reading = Section(self.tr("As it is now"), self.as_now, is_line=True, is_open=False)
        grid.addWidget(self.reading, 1, 0, 1, 3)
        self.answer = Section("", scrolled(self.figures), is_line=True)
        self.answer.hide()
        grid.addWidget(self.answer, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        self._looks = Background("data change", latest_only=True, tells=True, parent=self)
        self._looks.done.connect(self._take)
        self._looks.failed.connect(self._hide)
        self._found = Background("found data", latest_only=True, tells=True, parent=self)
        self._found.done.connect(self._take_found)
        self._found.failed.connect(self._say_problem)
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self.look)
        self._watcher.fileChanged.connect(self._settled.start)
        self._watcher.directoryChanged.connect(self._settled.start)
        self._child = ChildProcess(self)
        self._child.received.connect(self._hear)
        self._child.changed.connect(self._end)
        self.find_button.clicked.connect(self._ask)
        self.judge_button.clicked.connect(self._judge)
        run.closed.connect(self._close)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._look_again)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_figures()

    def _fit_figures(self) -> None:
        """A few lines of figures at most, which scroll: the page below keeps its room."""
        needed = max(0, self.figures.heightForWidth(self.width() - 3 * SIDE))  # the third is for the scroll bar
        self.figures.setFixedHeight(needed)
        self.answer.content.setFixedHeight(min(needed, MOST_FIGURES))

    def look(self) -> None:
        """See whether the file is still as it was in training."""
        if self._run.data.path is not None:
            self._looks.request(partial(_looked, self._run.checkpoint, self._data, self._last))

    @Slot(Qt.ApplicationState)
    def _look_again(self, state: Qt.ApplicationState) -> None:
        opened = self.parentWidget()
        if state is Qt.ApplicationState.ApplicationActive and opened is not None and opened.isVisible():
            self.look()

    @Slot(object)
    def _take(self, look: DataLook) -> None:
        former, self._last, change = self._last, look, look.change
        if (change is None or change.is_of_training) and look.data != self._run.data:
            self._run.find_data(look.data)
        if change is None:
            self._hide()
        else:
            self._say_change(change)
        self._watch(look)
        trained = look.files is not None and look.files.get(self._run.checkpoint) is not None
        stamps = self._stamps_of_data(look)
        is_same_place = look.is_read and former is not None and former.data == look.data
        if is_same_place and self._stamps_of_data(former) != stamps and self._run.answering is not None:
            self._run.restart_answers()  # what it has read is no longer what the notice says
        self._run.data_looked.emit((look.data, trained, stamps))

    def _stamps_of_data(self, look: DataLook | None) -> Files:
        files = (look.files if look is not None else None) or {}
        return {path: stamp for path, stamp in files.items() if path != self._run.checkpoint}

    def _say_change(self, change: DataChange) -> None:
        none = [] if change.none_judged is None else [sentence_of(change.none_judged)]
        as_now = [sentence_of(notice) for notice in change.notices]
        shown = ["\n".join([*map(sentence_of, change.problems), *none]), "\n".join(as_now)]
        if shown != [self.text.text(), self.as_now.text()]:
            self.answer.hide()
        for label, text in zip((self.text, self.as_now), shown, strict=True):
            label.setText(text)
        count = counted(len(as_now), self.tr("{count} {count:remark|remarks}"))
        self.reading.set_hint(as_now[0] if len(as_now) == 1 else count)
        self.reading.setVisible(bool(as_now))
        self.find_button.setVisible(change.can_be_found)
        self.judge_button.setVisible(change.judged > 0)
        self.show()

    def _watch(self, look: DataLook) -> None:
        """Hear of it where a file of the data is written, is taken away, or comes to where it was."""
        wanted = {
            str(part) for path in look.files or () if path != self._run.checkpoint for part in (path, path.parent)
        }
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := {path for path in wanted - watched if os.path.exists(path)}:
            self._watcher.addPaths(sorted(new))

    @Slot()
    def _hide(self) -> None:
        """There is nothing to say; what is wrong with the checkpoint itself, its sections say."""
        self.hide()

    # The file as it was ---------------------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        path = missing_file(self._data) or self._data.path
        assert path is not None
        dialog = ask_for_file(self.window(), self.tr("Find the data"), path.parent, (self.tr("All files (*)"),))
        if not path.suffix:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    @Slot(str)
    def take_file(self, name: str) -> None:
        """Look at a file that may be the one of the training, as it was or as it is by now; if so, it is the data's."""
        self._found.request(partial(_compared, self._run.checkpoint, self._data, Path(name)))

    @Slot(object)
    def _take_found(self, found: tuple[Path, DataLook]) -> None:
        path, look = found
        change = look.change
        another = None if change is None else why_another(change, path.name)
        if change is None or another is None or change.missing not in (None, path, missing_file(self._data)):
            self._data = look.data
            self._looks.cancel()  # one under way is at the file that was there before
            self._take(look)
            return
        self._say(sentence_of(another if change.missing is None else change.problem))
        self._data = self._run.data
        self.look()

    @Slot(object)
    def _say_problem(self, problem: Problem) -> None:
        self._say(sentence_of(problem))

    # The new rows -----------------------------------------------------------------------------------------------------

    @Slot()
    def _judge(self) -> None:
        if self._child.running:
            return
        self.judge_button.setEnabled(False)
        self._say(self.tr("Computing …"))
        data = self._run.data
        where = [argument for path in (data.path, data.items_file) if path for argument in ("--data", str(path))]
        self._child.start_engine(["recommend", "evaluate", str(self._run.checkpoint), *where, *ON_NEW_ROWS])

    @Slot(object)
    def _hear(self, document: object) -> None:
        if not isinstance(document, dict):
            return
        if isinstance(document.get("error"), dict):
            self._say(sentence_of(problem_in(document["error"])))
        elif isinstance(document.get("figures"), dict):
            self._say_figures(document)

    @Slot(object)
    def _end(self, outcome: ProcessOutcome) -> None:
        if outcome.state is State.STARTED:
            return
        self.judge_button.setEnabled(True)
        if outcome.state in (State.CRASHED, State.NOT_STARTED):
            self._say(outcome.sentence)

    def _say(self, sentence: str) -> None:
        self.figures.setText(sentence)
        self._fit_figures()
        self.answer.heading.hide()
        self.answer.set_open(True)
        self.answer.show()

    def _say_figures(self, document: Mapping[str, Any]) -> None:
        """A heading that opens, with the first figure and what makes the figures doubtful."""
        change = None if self._last is None else self._last.change
        said = () if change is None else [notice.sentence for notice in change.notices]
        self._say(figures_on_new_rows(document, said))
        *other, count, first = self.figures.text().splitlines()[: 2 if document.get("change") is None else 3]
        doubts = [notice_words(problem_in(notice)) for notice in document["notices"] if notice.get("code") in DOUBTS]
        self.answer.heading.setText(count.rstrip(":："))
        self.answer.set_hint(" · ".join([*other, *doubts, first]))
        self.answer.heading.show()
        self.answer.set_open(False)

    @Slot()
    def _close(self) -> None:
        self._settled.stop()
        self._looks.close()
        self._found.close()
        self._child.close()


def figures_on_new_rows(document: Mapping[str, Any], said: Container[str] = ()) -> str:
    """How good the network and simpler models are on the added rows, a line for each of the first figures. ``said``:
    sentences about the file that stand elsewhere."""
    translate = QCoreApplication.translate
    change, count = document.get("change"), {"count": grouped(int(document["judged_rows"]))}
    if change is None:
        lines = [filled_in(translate("DataNotice", "On {count} added {count:row|rows}:"), count)]
    else:  # rows are gone, so that others may be those, changed
        words = translate("DataNotice", "On {count} {count:row|rows}, new or changed since training:")
        lines = [sentence_of(problem_in(change["problem"])), filled_in(words, count)]
    for measure in map(measure_of, document["compared_by"][:2]):
        own = translate("DataNotice", "this network")
        told = [
            f"{own if who == NETWORK else simple_name(who)}"
            f" {measure.text(figures.get(measure.key), figures.get(measure.key + ERROR))}"
            for who, figures in document["figures"].items()
        ]
        words = translate("DataNotice", "{measure}: {values}")
        lines.append(words.format(measure=measure.title, values=listed(told)))
        lines += _why_not(measure, document["figures"][NETWORK])
    lines += [notice_words(problem_in(notice)) for notice in document["notices"]]
    if of_file := [notice for notice in document["file_notices"] if notice["sentence"] not in said]:
        lines.append(translate("DataNotice", "In the whole file:"))
        lines += [notice_words(problem_in(notice)) for notice in of_file]
    return "\n".join(lines)


def _why_not(measure: Measure, figures: Mapping[str, float | None]) -> list[str]:
    """Why the network's figure or its error can't be told; nothing where both can."""
    if figures.get(measure.key) is None:
        none = QCoreApplication.translate("DataNotice", "–: the AUC needs rows of both outcomes.")
        return [none] if measure.key == "auc" else []
    if figures.get(measure.key + ERROR) is None:
        return [QCoreApplication.translate("DataNotice", "No ±: a standard error needs rows whose figures differ.")]
    return []


def _looked(checkpoint: Path, data: RecommenderData, last: DataLook | None, _job: Job) -> DataLook:
    files = _stamps(checkpoint, data)
    if files is not None and last is not None and (last.data, last.files) == (data, files):
        return last
    if not checkpoint.exists():
        return DataLook(data, files, None)
    found = read(checkpoint)
    return DataLook(data, files, change_of_data(kind_of(found), found, data), "rows" not in found.model)


def _stamps(checkpoint: Path, data: RecommenderData) -> Files | None:
    try:
        return {path: stamp_of(path) for path in (checkpoint, *files_of(data))}
    except EngineError:  # a folder that cannot be read: the look at it says why
        return None


def _compared(checkpoint: Path, data: RecommenderData, path: Path, job: Job) -> tuple[Path, DataLook]:
    return path, _looked(checkpoint, moved(data, path), None, job)
