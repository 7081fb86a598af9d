"""Evaluates the latest snapshot in the background, a few times a second and only while someone looks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.kit.background import Background, Job
from engine.data import Dataset
from engine.training.evaluation import Evaluation, evaluate
from engine.training.snapshot import Snapshot

INTERVAL_MS = 250


class Evaluator(QObject):
    """``evaluated(Evaluation)`` follows a request; of several that wait the latest counts.

    A snapshot of the data set before is refused by the engine, which nobody needs to hear: the next one fits.
    """

    evaluated = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("evaluator", latest_only=False, pause_ms=INTERVAL_MS, parent=self)
        self._background.done.connect(self.evaluated)

    def forget(self) -> None:
        """What has been asked for is of a network that is gone."""
        self._background.cancel()

    def request(self, snapshot: Snapshot, dataset: Dataset, *, test: bool) -> None:
        """Evaluate the snapshot on the test or the training rows."""
        self._background.request(partial(_evaluate, snapshot, dataset, test))


def _evaluate(snapshot: Snapshot, dataset: Dataset, test: bool, _job: Job) -> Evaluation:
    """In the background thread."""
    return evaluate(snapshot.plan, snapshot.weights, dataset, dataset.test if test else dataset.train)
