"""Model, as a section of an open run: the network of the next run, edited before it is trained."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kit.actions import ActionSpec, describe, make_action
from app.kit.background import Background
from app.kit.folders import passing_folder
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout
from app.kit.widgets.labels import Label, wrapped
from app.workspaces.recommender.model.desk import ModelDesk, first_problem
from app.workspaces.recommender.model.draft import (
    Beginning,
    DraftKeeper,
    RunDraft,
    beginning_of,
    draft_path,
    keep,
    with_columns,
)
from app.workspaces.recommender.model.drafting import Drafting
from app.workspaces.recommender.model.run_panels import DeviceRow
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Notice, RunSection, WaitingPage
from engine.problems import EngineError, Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.fingerprint import lost_data
from engine.recommenders.tasks.drafts.answers import AboutDraft
from engine.recommenders.tasks.opening import DRAFT_OF_TRAINING

TRAIN = ActionSpec(
    "draft_train", "run", 0, QT_TRANSLATE_NOOP("Actions", "Train as a new run"),
    QT_TRANSLATE_NOOP("Actions", "Train the network as drawn here; the original run stays as it is"),
    ("Ctrl+Return",), "play",
)  # fmt: skip


REFUSED_WIDTH = 640
"""As wide as a text can be read, and its buttons need."""


class RefusedPage(QWidget):
    """Stands where the network would, while the plan can't be read from its file: why, and what mends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = Label(self.tr("This draft can't be read from the file"), role="title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = wrapped("", None)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = push_button(
            self.tr("Choose the columns…"),
            "primary",
            self.tr("Draft with the columns that the file has now; crosses of columns that remain are kept"),
        )
        self.again = push_button(self.tr("Read the file again"), "pill", self.tr("Once the file is as it was"))
        self.back = push_button(self.tr("Back to the checkpoint's network"), "pill")
        body = QWidget()
        body.setFixedWidth(REFUSED_WIDTH)
        buttons = fill(row_layout(spacing=10), 1, self.choose, self.again, self.back, 1)
        fill(column_layout(body, spacing=16), title, self.text, buttons)
        fill(column_layout(self), 2, fill(row_layout(), 1, body, 1), 3)


class ModelSection(RunSection):
    """Edits a draft of the next run. The run that is open is not changed by it, unless it has not begun.

    Where the file of the data has changed since the training, it shows what the checkpoint holds, until the person
    wants to see what the file makes of the network, which is what a new run would learn from.
    """

    key: ClassVar[str] = "model"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Model")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Its network, to change and train again")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep", "candidates", "ranking"})
    asks: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: RunDraft | None = None
        self.desk: ModelDesk | None = None
        self._beginning: Beginning | None = None
        self._keeper: DraftKeeper | None = None
        self._about: AboutDraft | None = None
        self._of_file = False
        self._files: object = None
        self._room = passing_folder()
        self.train = make_action(TRAIN, self)
        self.train.setEnabled(False)
        self.train.triggered.connect(self._train)
        self.drafting = Drafting(self)
        self._finding = Background("draft", latest_only=True, tells=True, parent=self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.lost = Notice(self.tr("Start again"))
        self.rows_shown = Notice(self.tr("As it was trained"), self.tr("Back to the checkpoint's network"))
        self.before = WaitingPage(self.tr("Opening the data …"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.before)
        self.refused = RefusedPage()
        self.stack.addWidget(self.refused)
        self._column = column_layout(self, spacing=0)
        self._column.addWidget(self.stack, 1)
        for notice in (self.lost, self.rows_shown):  # below, so that no button moves as a notice comes
            self._column.addWidget(notice)

    def _connect(self) -> None:
        self._finding.done.connect(self._begin)
        self._finding.failed.connect(self._give_up)
        self.drafting.opened.connect(self._open)
        self.drafting.problem_found.connect(self._give_up)
        self.drafting.lost.connect(self._say_lost)
        self.lost.wanted.clicked.connect(self._start_again)
        for back in (self.rows_shown.wanted, self.refused.back):
            back.clicked.connect(lambda: self._read_anew(of_file=False))
        self.refused.again.clicked.connect(self._start_again)
        self.refused.choose.clicked.connect(self._choose_columns)

    # Opening ------------------------------------------------------------------------------------------------------

    def show_run(self, run: OpenRun) -> None:
        """Begin a draft from this run."""
        self._run = run
        run.changed.connect(self._follow)
        run.closed.connect(self._close)
        run.data_looked.connect(self._follow_files)
        self._find()

    def _find(self) -> None:
        if self.draft is None:
            self.stack.setCurrentWidget(self.before)
        self.before.wait()
        of_file = self._of_file or not self._run.answerable
        self._finding.request(beginning_of(self._run, self._room, of_file=of_file))

    @Slot(object)
    def _begin(self, beginning: Beginning) -> None:
        self._beginning = beginning
        if self.draft is not None:  # the plan says by now where its data was found
            self.drafting.restart()
            return
        self.drafting.open(beginning.path, self._run.checkpoint if self._run.answerable and not self._of_file else None)

    @Slot(object)
    def _open(self, about: AboutDraft) -> None:
        """The data are open; a draft that is there already goes on, unless it was drawn up from other rows."""
        self.before.stop()
        self.lost.hide()
        before, self._about = self._about, about
        if self.desk is None:
            self._show_draft(about)
        elif before is not None and replace(before, notice=about.notice) != about:
            self._read_anew(of_file=self._of_file)
            return
        else:
            self.stack.setCurrentWidget(self.desk)
        self._say_rows()
        self._follow()

    def _say_rows(self) -> None:
        """Whose rows the sizes and counts are of, where the run's and the file's are not the same."""
        self.rows_shown.wanted.setVisible(self._of_file)
        data = self._run.data.path
        if self._of_file and data is not None:
            words = self.tr(
                "This is a draft of a new run: sizes and counts are those of “{path}” as it is now. The "
                "original run was trained on the file's earlier contents."
            )
            self.rows_shown.say(words.format(path=data.name))
        elif (notice := self._notice) is not None:
            self.rows_shown.say(sentence_of(notice))
        else:
            self.rows_shown.hide()

    @property
    def _notice(self) -> Problem | None:
        return None if self._about is None else self._about.notice

    @property
    def _of_training(self) -> bool:
        """Whether the rows of the training are shown, from which no new run can learn any more."""
        return self._notice is not None and self._notice.code == DRAFT_OF_TRAINING.code

    def _read_anew(self, *, of_file: bool) -> None:
        """Draw the draft up from the rows of the file as it is now, or from those of the training; edits are kept."""
        self._of_file, self._about = of_file, None
        self._put_away()
        self._say_rows()
        if self.isVisible():
            self.enter()
        self._find()

    def _put_away(self) -> None:
        """Keep what was drafted in its file, and show it no more."""
        self.drafting.close()
        if self._keeper is not None:
            self._keeper.close()
        parts = (self.desk, self._keeper, self.draft)
        self.desk = self._keeper = self.draft = None
        self.undo_changed.emit()
        self._follow()
        for part in parts:
            if part is not None:
                part.deleteLater()

    def _show_draft(self, about: AboutDraft) -> None:
        beginning = self._beginning
        assert beginning is not None
        self.draft = draft = RunDraft(beginning.plan, about, self, has_own_columns=beginning.has_own_columns)
        self.desk = desk = ModelDesk(draft, about, self.drafting, self.train, DeviceRow(self._run), self.stack)
        self.stack.addWidget(desk)
        self.stack.setCurrentWidget(desk)
        desk.judged.connect(self._follow)
        desk.edits.plan_wanted.connect(self.plan_wanted)
        desk.edits.beside_wanted.connect(self.beside_wanted)
        desk.panes.canvas.message.connect(self.said)
        if beginning.problem is not None:
            self._run.problem_found.emit(beginning.problem)
        if beginning.kept is not None:
            draft.take_up(beginning.kept)
        self._keeper = keeper = DraftKeeper(draft, draft_path(self._run), self)
        keeper.failed.connect(self._run.problem_found)
        self.undo_changed.emit()
        self._follow()
        if self.hasFocus():
            self.enter()

    @property
    def undo_stack(self) -> QUndoStack | None:
        """The draft's."""
        return self.draft.undo_stack if self.draft is not None else None

    def enter(self) -> None:
        """The keyboard is the canvas'."""
        if self.desk is not None:
            self.desk.panes.canvas.setFocus()
        else:
            self.setFocus()

    # Following ----------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        """Whether the draft can be trained, and as what."""
        draft = self.draft
        planned = self._run.doing == "planned"
        if draft is not None:
            draft.find_data(self._run.data)
        if self.desk is not None:
            self.desk.edits.beside = self._run.folder is not None and not planned
        if planned:
            text, tip = self.tr("Train this run"), self.tr("Start this run with the network as drawn here")
        elif self._of_training:
            text = self.tr("Draft from the file")
            tip = self.tr("See the network with the file's current contents, which a new run learns from")
        else:
            text = self.tr("Train as a new run")
            tip = self.tr("Train the network as drawn here; the original run stays as it is")
        self.train.setText(text)
        describe(self.train, tip)
        shown = None if self.stack.currentWidget() is self.refused else draft
        self.train.setEnabled(shown is not None and (self._of_training or first_problem(shown) is None))

    @Slot(object)
    def _follow_files(self, files: object) -> None:
        """The file may be there again, or hold other rows by now."""
        before, self._files = self._files, files
        if files == before or (before is None and not self._is_lost):
            return
        if self._of_file:
            self._read_anew(of_file=False)
        elif self.draft is not None or self._is_lost:
            self._start_again()

    @property
    def _is_lost(self) -> bool:
        """Whether nothing can be drafted now."""
        return not self.lost.isHidden() or self.stack.currentWidget() is self.refused

    @Slot()
    def _train(self) -> None:
        draft = self.draft
        if draft is None or not self.train.isEnabled():
            return
        if lost := lost_data(self._run.data):
            self._run.problem_found.emit(lost)
            return
        if self._of_training:
            self._read_anew(of_file=True)
            return
        if self._run.doing == "planned":
            own = self._run.plan or draft.base  # its device may have been chosen since the draft began
            kept = {"created": own.created, "device": own.device}
            plan = draft.plan(draft.base.name).model_copy(update=kept)
            if self._run.begin_with(plan):
                draft.rebase(plan)
            return
        self.plan_wanted.emit(draft.plan(self._name(draft)))

    def _name(self, draft: RunDraft) -> str:
        """The run's own, marked where it would train anything else."""
        mark = self.tr("edited")
        name = draft.base.name
        return name if not draft.edited or name.endswith(mark) else f"{name} · {mark}"

    # What goes wrong ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _give_up(self, problem: Problem) -> None:
        """A question has no answer. Where it was the first one, nothing is coming, and it can be asked again."""
        if self.draft is None:
            self._say_lost(sentence_of(problem))
        else:
            self._run.problem_found.emit(problem)

    @Slot(str)
    def _say_lost(self, sentence: str) -> None:
        self.before.stop("")
        if self.drafting.refused is None or self._run.data.path is None or lost_data(self._run.data):
            self.lost.say(sentence)
            return
        self.refused.text.setText(sentence)
        self.refused.back.setVisible(self._of_file)
        self.rows_shown.hide()
        self.stack.setCurrentWidget(self.refused)
        self._follow()

    @Slot()
    def _choose_columns(self) -> None:
        from app.workspaces.recommender.data.mapping_dialog import MappingDialog  # few drafts need it

        data = self._run.data
        assert data.path is not None
        dialog = MappingDialog(data.path, self.window(), "watches" if data.table is None else "examples")
        dialog.chosen.connect(self.take_columns)
        dialog.open()

    @Slot(object)
    def take_columns(self, data: RecommenderData) -> None:
        """Draft from other columns of the file, with all that the draft says of those that remain."""
        beginning, draft = self._beginning, self.draft
        assert beginning is not None
        plan = (beginning.kept or beginning.plan) if draft is None else draft.plan(draft.base.name)
        self._put_away()
        try:
            keep(draft_path(self._run), with_columns(plan, data))
        except EngineError as error:
            self._run.problem_found.emit(error.problem)
        self._read_anew(of_file=self._run.answerable)

    @Slot()
    def _start_again(self) -> None:
        self.lost.hide()
        if self.draft is None or (self._beginning is not None and self._beginning.plan.data != self._run.data):
            self._find()
        else:
            self.drafting.restart()

    @Slot()
    def _close(self) -> None:
        """The run is open no more."""
        self._finding.close()
        if self._keeper is not None:
            self._keeper.close()
        self.drafting.close()
