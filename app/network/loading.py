"""Loads data sets: quick ones at once, slow ones in a background thread that can be cancelled."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job
from engine.data import load
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.problems import EngineError, Problem


def is_quick(choice: DataChoice) -> bool:
    """Whether loading takes no longer than a frame: drawn points and generated sets of usual size."""
    from engine.data import catalogue

    if choice.source == "points":
        return True
    toys = {entry.key for entry in catalogue() if entry.kind == "toy"}
    return choice.source == "named" and choice.name in toys and choice.samples <= 5_000


class DatasetLoader(QObject):
    """One data set at a time; a later request takes the place of an earlier one."""

    loaded = Signal(object, object, str, object)
    failed = Signal(object)
    progressed = Signal(float)
    loading_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requested: tuple[DataChoice, str, str | None] | None = None
        self._background = Background("dataset-loader", latest_only=True, tells=True, parent=self)
        self._background.progressed.connect(self.progressed)
        self._background.done.connect(self._finish)
        self._background.failed.connect(self._fail)

    @property
    def busy(self) -> bool:
        """Whether something is being loaded in the background."""
        return self._requested is not None

    def start(self, choice: DataChoice, label: str, merge: str | None) -> None:
        """Load the choice; ``loaded`` or ``failed`` follows, at once for a quick one."""
        self.cancel()
        if not is_quick(choice):
            self._requested = (choice, label, merge)
            self.loading_changed.emit(True)
            self._background.request(partial(_load, choice))
            return
        try:
            self.loaded.emit(choice, load(choice), label, merge)
        except EngineError as error:
            self.failed.emit(error.problem)

    def cancel(self) -> None:
        """Forget the request under way; its thread stops at its next look."""
        self._background.cancel()
        self._end_request()

    def _end_request(self) -> None:
        if self._requested is not None:
            self._requested = None
            self.loading_changed.emit(False)

    @Slot(object)
    def _finish(self, dataset: Dataset) -> None:
        assert self._requested is not None
        choice, label, merge = self._requested
        self._end_request()
        self.loaded.emit(choice, dataset, label, merge)

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        self._end_request()
        self.failed.emit(problem)


def _load(choice: DataChoice, job: Job) -> Dataset:
    """In the background thread."""
    return load(choice, progress=job.progress, cancelled=job.cancelled)
