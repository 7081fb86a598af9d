"""An open run: its folder is followed, its process started, asked to stop and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job, Work
from app.kit.folders import data_folder
from app.workspaces.recommender import launching
from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.files import PLAN, RUNS, written_at
from app.workspaces.recommender.launching import Launched
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import FORMAT, read
from engine.recommenders.running.plan import RunPlan, write_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_history import RunHistory, RunReader
from engine.recommenders.running.run_lock import is_held
from engine.recommenders.running.run_state import RunState, Status
from engine.recommenders.running.runs import new_run
from engine.recommenders.running.tensor_file import read_header
from engine.recommenders.tasks.opening import NO_TASK, kind_of
from engine.validation import sentence_of


@dataclass(frozen=True, slots=True)
class RunOpening:
    """What is to be opened: a run in its folder, or a checkpoint that has none. ``model``: key of the task kind."""

    checkpoint: Path
    model: str
    data: RecommenderData
    folder: RunFolder | None = None
    plan: RunPlan | None = None


def is_run(path: Path) -> bool:
    """Whether a file is a checkpoint of a recommender, or the plan of a run; a quick look that never raises."""
    try:
        if path.name == PLAN:
            RunFolder(path.parent).read_plan()
            return True
        metadata = read_header(path).get("__metadata__")
        return isinstance(metadata, dict) and metadata.get("format") == FORMAT
    except EngineError:
        return False


def opening_of(path: Path) -> RunOpening:
    """A run's folder, a file in one, or a checkpoint by itself. Raises EngineError."""
    folder = RunFolder(path if path.is_dir() else path.parent)
    if path.is_dir() or (folder.plan.exists() and path in (folder.plan, folder.checkpoint)):
        plan = folder.read_plan()
        return RunOpening(folder.checkpoint, plan.model, plan.data, folder, plan)
    checkpoint = read(path)
    kind = kind_of(checkpoint)
    try:
        data = RecommenderData.model_validate(checkpoint.model.get("data"))
    except ValidationError as error:
        raise EngineError(NO_TASK(path=path.name, reason=sentence_of(error).sentence.rstrip("."))) from None
    return RunOpening(path, kind.key, data)


LIVELY_MS, QUIET_MS = 150, 1_000
"""From one look at the folder to the next: while a process works in it, and else."""
ERROR_BYTES = 2_000

BROKE_AT_START = declare(
    "app.run-broke-at-start", "The run ended before it began ({reason}). Fix that, then resume it."
)
BEGUN_MEANWHILE = declare(
    "app.run-begun-meanwhile", "This run has started in the meantime and keeps its network. Train yours as a new run."
)

Doing = Literal["starting", "stopping"] | Status
"""A run's status, and what is between two of them."""


class OpenRun(QObject):
    """``changed``: anything below may be other; ``closed``: it is open no more; ``problem_found(Problem)``: is to be
    said; ``data_looked(object)``: the choice of data and its files' stamps were looked up, and compare as equal where
    they are as before. ``checkpoint`` need not be there yet; ``answers``: of the network in it. ``plan`` and ``folder``
    are None for a checkpoint without a run."""

    changed = Signal()
    closed = Signal()
    problem_found = Signal(object)
    data_looked = Signal(object)

    def __init__(self, opening: RunOpening, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.checkpoint: Path = opening.checkpoint
        self.model: str = opening.model
        self.data: RecommenderData = opening.data
        self.plan: RunPlan | None = opening.plan
        self.run_folder: RunFolder | None = opening.folder
        self.history: RunHistory | None = None
        self.answers = Answers(self)
        self.begun: dict[Path, str] = {}
        """Runs that were begun beside this one, by their folders: their names."""
        self._answering: int | None = None
        self._unread: Problem | None = None
        self._process = None if opening.folder is None else launching.Launched.at(opening.folder.path)
        self._stopping = self._heard = False
        self._before: tuple[Status, float] = ("planned", 0.0)  # what a process that says nothing leaves as it is
        self._reader = None if opening.folder is None else RunReader(opening.folder)
        self._looks = Background("run", latest_only=False, tells=True, parent=self)
        self._looks.done.connect(self._take)
        self._looks.failed.connect(self._give_up)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    @classmethod
    def at(cls, path: Path, parent: QObject | None = None) -> OpenRun:
        """The run or checkpoint at a path. Raises EngineError."""
        return cls(opening_of(path), parent)

    @property
    def folder(self) -> Path | None:
        """Where the run lives."""
        return None if self.run_folder is None else self.run_folder.path

    @property
    def state(self) -> RunState | None:
        """How it is with the run; None before the first look, and for a checkpoint without a run."""
        return None if self.history is None else self.history.state

    @property
    def doing(self) -> Doing | None:
        """What the run does; None as for :attr:`state`."""
        state = self.state
        if state is None:
            return None
        if state.status == "running":
            return "stopping" if self._stopping else "running"
        return "starting" if self._process is not None else state.status

    @property
    def at_work(self) -> bool:
        """Whether a process works on it, or is about to."""
        return self.doing in ("starting", "running", "stopping")

    @property
    def can_go_on(self) -> bool:
        """Whether there is something left to train, and nobody at it."""
        return self.doing in ("planned", "stopped", "killed", "diverged", "failed") or self._ended_early()

    @property
    def broke_before(self) -> bool:
        """Whether it has failed before it had begun to learn, so that there is nothing to go on from."""
        return self.doing == "failed" and self.history is not None and self.history.started is None

    def _ended_early(self) -> bool:
        """Its time was over before its epochs were."""
        state = self.state
        return state is not None and self.doing == "finished" and state.ended_early

    # Following ----------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Begin to look at the folder, again and again; nothing to be done for a checkpoint without one."""
        if self._reader is not None and not self._timer.isActive():
            self._timer.start(LIVELY_MS)
            self._look()

    @Slot()
    def _look(self) -> None:
        if self._reader is not None and not self._looks.busy:
            self._looks.request(looking(self._reader, self._process))

    @Slot(object)
    def _take(self, look: RunLook) -> None:
        self._unread = None
        if look.history is not None:
            self._heard |= told(look.history.state) != self._before
            self.history = look.history
            self.plan = look.history.state.plan
            if look.history.state.status == "running":
                self._process = None  # the lock tells of it from now on
            else:
                self._stopping = False
        died = look.gone is not None and look.gone is self._process
        if died:
            self._process = None
            if not self._heard:
                self.problem_found.emit(BROKE_AT_START(reason=look.errors or self.tr("it gave no reason")))
        self._timer.setInterval(LIVELY_MS if self.at_work else QUIET_MS)
        if died or look.history is not None:
            self.changed.emit()

    @Slot(object)
    def _give_up(self, problem: Problem) -> None:
        """The folder cannot be read: say so, once, and look again from time to time."""
        self._timer.setInterval(QUIET_MS)
        if problem != self._unread:
            self._unread = problem
            self.problem_found.emit(problem)

    # What a person wants ------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Start the run, or go on with it; what keeps it from that is said."""
        if self.run_folder is None or self.at_work:
            return
        fresh = not self.run_folder.log.exists()
        self._start(self.run_folder, launching.start if fresh else launching.resume)

    @Slot(str)
    def set_device(self, device: str) -> None:
        """What the run is trained on when it goes on; what keeps it from that is said."""
        if self.run_folder is None or self.plan is None or self.at_work:
            return
        plan = self.plan.model_copy(update={"device": device})
        try:
            write_plan(self.run_folder.plan, plan)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return
        self.plan = plan
        self.changed.emit()

    def find_data(self, data: RecommenderData) -> None:
        """The files of the data are where this choice says; what keeps the run's plan from saying so is said."""
        try:
            if self.run_folder is not None and self.plan is not None:
                plan = self.plan.model_copy(update={"data": data})
                write_plan(self.run_folder.plan, plan)
                self.plan = plan
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return
        self.data = data
        if self._answering is not None:
            self.restart_answers()
        self.changed.emit()

    def begin_with(self, plan: RunPlan) -> bool:
        """Give a run that has not begun another plan, and start it; whether the plan is the run's from now on. What
        keeps it from that is said."""
        folder = self.run_folder
        if folder is None or self.doing != "planned":
            return False
        if is_held(folder.lock) or folder.log.exists():  # since the last look, by somebody else
            self.problem_found.emit(BEGUN_MEANWHILE())
            return False
        try:
            write_plan(folder.plan, plan)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return False
        self.data = plan.data
        self.go_on()
        return True

    def _start(self, folder: RunFolder, launch: Callable[[RunFolder], launching.Launched]) -> None:
        try:
            self._process = launch(folder)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return
        self._stopping = self._heard = False
        self._before = self._before if self.state is None else told(self.state)
        self.follow()
        self._timer.setInterval(LIVELY_MS)
        self.changed.emit()

    def pause(self) -> None:
        """Ask the process to stop after its present batch, and to keep what it has."""
        if self.run_folder is None or self.doing != "running":
            return
        try:
            launching.ask_to_stop(self.run_folder)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return
        self._stopping = True
        self.changed.emit()

    @property
    def root(self) -> Path:
        """Below which this run and others lie."""
        return data_folder(RUNS) if self.folder is None else self.folder.parent

    def begin_beside(self, plan: RunPlan) -> bool:
        """Begin another run below the same root, which goes on by itself; whether it has. What keeps it from that is
        said."""
        try:
            folder = new_run(self.root, plan)
            launching.start(folder)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return False
        self.begun[folder.path] = plan.name
        self.changed.emit()
        return True

    # The trained network ------------------------------------------------------------------------------------------

    @property
    def answerable(self) -> bool:
        """Whether there is a trained network to be asked."""
        return self.checkpoint.exists()

    def open_answers(self) -> None:
        """Have the network answer as it is trained by now: what was asked of an earlier one is asked anew."""
        written = written_at(self.checkpoint)
        if written is None:
            return
        if self._answering is None or not self.answers.alive:
            self.answers.open(self.checkpoint)
        elif written != self._answering:
            self.answers.restart()
        self._answering = written

    def restart_answers(self) -> None:
        """Open the network anew, as it is trained by now, and ask again what was asked."""
        self._answering = written_at(self.checkpoint)
        self.answers.restart()

    @property
    def answering(self) -> int | None:
        """When the checkpoint was written that answers, in nanoseconds since 1970; None before there is one."""
        return self._answering

    @property
    def trained_on(self) -> bool:
        """Whether the network has been trained on since it was opened to be asked."""
        written = written_at(self.checkpoint)
        return None not in (written, self._answering) and written != self._answering

    def close(self) -> None:
        """Look no more and ask nothing; the process that trains goes on."""
        self._timer.stop()
        self._looks.close()
        self.answers.close()
        self.closed.emit()


@dataclass(frozen=True, slots=True)
class RunLook:
    """What was found in the folder: ``history`` None where nothing is new; ``gone``: a process that was started here
    and lives no more, ``errors``: the last line of what it said."""

    history: RunHistory | None
    gone: Launched | None = None
    errors: str = ""


def told(state: RunState) -> tuple[Status, float]:
    """What is other once a process has said anything of a run: its status, and its seconds of work."""
    return state.status, state.seconds


def looking(reader: RunReader, process: Launched | None) -> Work:
    """Looks, in another thread. ``process``: that was started here for the run, while it is not known to have ended."""

    def look(_job: Job) -> RunLook:
        gone = None if process is None or process.lives else process  # before the files are read: it wrote them
        history = reader.news()
        return RunLook(history, gone, "" if gone is None else _last_error(reader.folder))

    return look


def _last_error(folder: RunFolder) -> str:
    """The last line on a process's standard error, without its full stop."""
    try:
        lines = folder.errors.read_bytes()[-ERROR_BYTES:].decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip().rstrip(".") for line in reversed(lines) if line.strip()), "")
