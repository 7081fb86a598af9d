"""Evaluates the latest snapshot in the background, a few times a second and only while someone looks."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from engine.data import Dataset
from engine.problems import EngineError
from engine.training.evaluation import Evaluation, evaluate
from engine.training.snapshot import Snapshot

INTERVAL_MS = 250


class Evaluator(QObject):
    """``evaluated(Evaluation)`` follows a request; of several the latest counts."""

    evaluated = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._waiting: tuple[Snapshot, Dataset, bool] | None = None
        self._arrived.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(INTERVAL_MS)
        self._rest.timeout.connect(self._next)

    def request(self, snapshot: Snapshot, dataset: Dataset, *, test: bool) -> None:
        """Evaluate the snapshot on the test or the training rows."""
        self._waiting = (snapshot, dataset, test)
        if not self._busy and not self._rest.isActive():
            self._next()

    @Slot()
    def _next(self) -> None:
        if self._waiting is None:
            return
        work, self._waiting, self._busy = self._waiting, None, True
        threading.Thread(target=self._work, args=work, name="evaluator", daemon=True).start()

    def _work(self, snapshot: Snapshot, dataset: Dataset, test: bool) -> None:
        """In the background thread."""
        try:
            found = evaluate(snapshot.plan, snapshot.weights, dataset, dataset.test if test else dataset.train)
        except EngineError:
            found = None  # the snapshot is of the data set before; the next one fits
        self._arrived.emit(found)

    @Slot(object)
    def _finish(self, found: Evaluation | None) -> None:
        self._busy = False
        self._rest.start()
        if found is not None:
            self.evaluated.emit(found)
