"""Loads data sets: quick ones at once, slow ones in a background thread that can be cancelled."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.data import load
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.problems import EngineError


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
    _arrived = Signal(int, object, object)
    _advanced = Signal(int, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = 0
        self._waiting: tuple[DataChoice, str, str | None] | None = None
        self._arrived.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._advanced.connect(self._advance, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether something is being loaded in the background."""
        return self._waiting is not None

    def start(self, choice: DataChoice, label: str, merge: str | None) -> None:
        """Load the choice; ``loaded`` or ``failed`` follows, at once for a quick one."""
        self.cancel()
        if not is_quick(choice):
            self._waiting = (choice, label, merge)
            self.loading_changed.emit(True)
            request = self._request
            threading.Thread(target=self._work, args=(request, choice), name="dataset-loader", daemon=True).start()
            return
        try:
            self.loaded.emit(choice, load(choice), label, merge)
        except EngineError as error:
            self.failed.emit(error.problem)

    def cancel(self) -> None:
        """Forget the request under way; its thread stops at its next look."""
        self._request += 1
        if self._waiting is not None:
            self._waiting = None
            self.loading_changed.emit(False)

    def _work(self, request: int, choice: DataChoice) -> None:
        """In the background thread."""
        try:
            dataset = load(
                choice,
                progress=lambda share: self._advanced.emit(request, share),
                cancelled=lambda: request != self._request,
            )
        except EngineError as error:
            self._arrived.emit(request, None, error.problem)
        else:
            self._arrived.emit(request, dataset, None)

    @Slot(int, float)
    def _advance(self, request: int, share: float) -> None:
        if request == self._request:
            self.progressed.emit(share)

    @Slot(int, object, object)
    def _finish(self, request: int, dataset: Dataset | None, problem: object) -> None:
        if request != self._request or self._waiting is None:
            return
        choice, label, merge = self._waiting
        self._waiting = None
        self.loading_changed.emit(False)
        if dataset is not None:
            self.loaded.emit(choice, dataset, label, merge)
        else:
            self.failed.emit(problem)
