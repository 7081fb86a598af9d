"""Where a draft lies: the plan that it begins from, and the file that outlives its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job, Work
from app.kit.folders import data_folder
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.open_run import OpenRun
from engine.problems import UNWRITABLE, EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.plan import DAMAGED_PLAN, LONGEST_NAME, RunPlan, read_plan, write_plan
from engine.recommenders.tasks.known import task_kind
from engine.validation import sentence_of

DRAFTS = "recommender-drafts"
"""The program's own folder for drafts of checkpoints without a run."""
PAUSE_MS = 400
"""From an edit to its being written: a drag makes many."""


def draft_path(run: OpenRun) -> Path:
    """Where the draft of a run lies."""
    if run.run_folder is not None:
        return run.run_folder.draft
    place = run.checkpoint.resolve()
    told_apart = crc32(str(place).encode()).to_bytes(4, "big").hex()
    return data_folder(DRAFTS) / f"{place.stem}-{told_apart}.json"


class DraftKeeper(QObject):
    """Writes the draft a moment after each edit; one that is as the run is needs no file. ``failed(Problem)``."""

    failed = Signal(object)

    def __init__(self, draft: Draft, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft, self._path = draft, path
        self._writing = Background("keep draft", latest_only=False, tells=True, parent=self)
        self._writing.failed.connect(self.failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._write)
        self._unwritten = False
        draft.changed.connect(self._note)
        self._writing.done.connect(self._settle)

    @Slot()
    def _note(self) -> None:
        self._unwritten = True
        self._timer.start()

    @Slot()
    def _settle(self) -> None:
        self._unwritten = self._timer.isActive()

    @property
    def _plan(self) -> RunPlan | None:
        return self._draft.plan(self._draft.base.name) if self._draft.edited else None

    @Slot()
    def _write(self) -> None:
        path, plan = self._path, self._plan

        def write(_job: Job) -> None:
            keep(path, plan)

        self._writing.request(write)

    def close(self) -> None:
        """Write what is not written yet, and no more."""
        self._timer.stop()
        self._writing.close(wait=True)
        if self._unwritten:
            try:
                keep(self._path, self._plan)
            except EngineError as error:
                self.failed.emit(error.problem)


def keep(path: Path, plan: RunPlan | None) -> None:
    """Write a draft, or take its file away where there is none. Raises EngineError."""
    try:
        if plan is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error
    write_plan(path, plan)


OTHER_DRAFT = declare(
    "app.other-draft",
    "“{path}” was drafted for another model or other data and is not taken up; the network here is the run's own.",
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """``plan``: of the run; ``path``: a file that holds it; ``kept``: a draft of the next one that was left here;
    ``problem``: why one that was left cannot be read."""

    plan: RunPlan
    path: Path
    kept: RunPlan | None = None
    problem: Problem | None = None


def beginning_of(run: OpenRun, room: Path) -> Work:
    """Finds it, in another thread. ``room``: a folder for the plan of what has none of its own: of a checkpoint by
    itself."""
    plan, folder, checkpoint = run.plan, run.run_folder, run.checkpoint
    model, data, draft = run.model, run.data, draft_path(run)

    def find(_job: Job) -> Beginning:
        if plan is not None and folder is not None:
            return Beginning(plan, folder.plan, *_left(draft, plan))
        made, path = _plan_of(checkpoint, model, data), room / "plan.json"
        write_plan(path, made)
        return Beginning(made, path, *_left(draft, made))

    return find


def _left(path: Path, plan: RunPlan) -> tuple[RunPlan | None, Problem | None]:
    """A draft that lies at a path, of the same model and data as ``plan``, or what is wrong with it."""
    if not path.exists():
        return None, None
    try:
        kept = read_plan(path)
        if (kept.model, kept.data.placeless) != (plan.model, plan.data.placeless):
            return None, OTHER_DRAFT(path=path.name)
        task_kind(kept.model).spec_type.model_validate(kept.spec)
    except EngineError as error:
        return None, error.problem
    except ValidationError as error:
        return None, DAMAGED_PLAN(path=path.name, reason=sentence_of(error).sentence.rstrip("."))
    return kept, None


def _plan_of(path: Path, model: str, data: RecommenderData) -> RunPlan:
    """The plan that would train such a checkpoint. Raises EngineError."""
    checkpoint = read(path)
    kept = checkpoint.model.get("model")
    return RunPlan(
        name=path.stem[:LONGEST_NAME], model=model, data=data, spec=_spec_in(kept), training=checkpoint.training,
        companions=task_kind(model).in_parts, graph=checkpoint.graph,
    )  # fmt: skip


def _spec_in(kept: object) -> Mapping[str, Any]:
    """What a checkpoint keeps of its model's spec: by itself, or with the columns that it made."""
    if not isinstance(kept, dict):
        return {}
    spec = kept.get("spec")
    return spec if isinstance(spec, dict) else _spec_in(kept.get("columns"))
