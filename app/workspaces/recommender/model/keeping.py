"""A draft outlives the page that it is edited on: it lies in a file beside its run, or among the program's own."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job
from app.kit.folders import data_folder
from app.workspaces.recommender.model.draft import Draft
from app.workspaces.recommender.open_run import OpenRun
from engine.problems import UNWRITABLE, EngineError
from engine.recommenders.running.plan import RunPlan, write_plan

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
