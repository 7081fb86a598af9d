"""Model, as a section of an open run: the network of the next run, edited before it is trained."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.kit.actions import ActionSpec, describe, make_action
from app.kit.background import Background
from app.kit.folders import passing_folder
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.kit.widgets.labels import wrapped
from app.kit.widgets.patience import Patience
from app.workspaces.recommender.model.beginnings import Beginning, beginning_of
from app.workspaces.recommender.model.content import About
from app.workspaces.recommender.model.desk import ModelDesk
from app.workspaces.recommender.model.device_row import DeviceRow
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.model.drafting import Drafting
from app.workspaces.recommender.model.header import first_problem
from app.workspaces.recommender.model.keeping import DraftKeeper, draft_path
from app.workspaces.recommender.notice import Notice
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Section
from engine.problems import Problem, declare
from engine.recommenders.data.fingerprint import missing_file

NO_FILE_TO_TRAIN = declare(
    "app.no-file-to-train",
    "“{path}” isn't there any more, and a new run learns from it; put it back, or find it by the button above.",
)

TRAIN = ActionSpec(
    "draft_train", "run", 0, QT_TRANSLATE_NOOP("Actions", "Train as a new run"),
    QT_TRANSLATE_NOOP("Actions", "Train the network as it is drawn here; the run that it came from stays as it is"),
    ("Ctrl+Return",), "play",
)  # fmt: skip


class ModelSection(Section):
    """Edits a draft of the next run. The run that is open is not changed by it, unless it has not begun."""

    key: ClassVar[str] = "model"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Model")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Its network, to be changed and trained anew")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep", "candidates", "ranking"})
    asks: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None
        self.desk: ModelDesk | None = None
        self._beginning: Beginning | None = None
        self._keeper: DraftKeeper | None = None
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
        self.waiting = wrapped(self.tr("Opening the data …"))
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setFixedWidth(220)
        self._patience = Patience(progress, progress)
        before = QWidget()
        inner = QVBoxLayout(before)
        inner.addStretch(1)
        inner.addWidget(self.waiting)
        inner.addWidget(progress, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(before)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.lost)
        self._column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._finding.done.connect(self._begin)
        self._finding.failed.connect(self._give_up)
        self.drafting.opened.connect(self._open)
        self.drafting.failed.connect(self._give_up)
        self.drafting.lost.connect(self._say_lost)
        self.lost.wanted.clicked.connect(self._start_again)

    # Opening ------------------------------------------------------------------------------------------------------

    def show_run(self, run: OpenRun) -> None:
        """Begin a draft from this run."""
        self._run = run
        run.changed.connect(self._follow)
        run.closed.connect(self._close)
        run.data_looked.connect(self._follow_files)
        self._patience.set_busy(True)
        self._finding.request(beginning_of(run, self._room))

    @Slot(object)
    def _begin(self, beginning: Beginning) -> None:
        self._beginning = beginning
        self.drafting.open(beginning.path, self._run.checkpoint if self._run.answerable else None)

    @Slot(object)
    def _open(self, about: About) -> None:
        """The data are open; a draft that is there already goes on."""
        self._patience.set_busy(False)
        self.lost.hide()
        if self.draft is None:
            self._show_draft(about)

    def _show_draft(self, about: About) -> None:
        beginning = self._beginning
        assert beginning is not None
        self.draft = draft = Draft(beginning.plan, about, self)
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
        if self.desk is not None:
            self.desk.edits.beside = self._run.folder is not None and not planned
        self.train.setText(self.tr("Train this run") if planned else self.tr("Train as a new run"))
        fresh = self.tr("Train the network as it is drawn here; the run that it came from stays as it is")
        describe(self.train, self.tr("Begin this run with the network as it is drawn here") if planned else fresh)
        self.train.setEnabled(draft is not None and first_problem(draft) is None)

    @Slot(object)
    def _follow_files(self, files: object) -> None:
        """A file that was missing may be there now."""
        changed, self._files = files != self._files, files
        if changed and not self.lost.isHidden():
            self._start_again()

    @Slot()
    def _train(self) -> None:
        draft = self.draft
        if draft is None or first_problem(draft) is not None:
            return
        if (missing := missing_file(self._run.data)) is not None:
            self._run.problem_found.emit(NO_FILE_TO_TRAIN(path=missing.name))
            return
        if self._run.doing == "planned":
            own = self._run.plan or draft.base  # its device may have been chosen since the draft began
            kept = {"created": own.created, "device": own.device}
            plan = draft.plan(draft.base.name).model_copy(update=kept)
            if self._run.begin_with(plan):
                draft.rebase(plan)
            return
        self.plan_wanted.emit(draft.plan(self._name(draft)))

    def _name(self, draft: Draft) -> str:
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
        self._patience.set_busy(False)
        self.waiting.setText("")
        self.lost.say(sentence)

    @Slot()
    def _start_again(self) -> None:
        self.lost.hide()
        self.waiting.setText(self.tr("Opening the data …"))
        if self.draft is None:
            self._patience.set_busy(True)
            self._finding.request(beginning_of(self._run, self._room))
        else:
            self.drafting.answers.restart()

    @Slot()
    def _close(self) -> None:
        """The run is open no more."""
        self._finding.close()
        if self._keeper is not None:
            self._keeper.close()
        self.drafting.close()
