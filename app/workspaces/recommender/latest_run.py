"""Find the latest trained run for a recommender and a data source."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job, Work
from app.workspaces.recommender.home.starts import Start
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import list_runs


class LatestRunFinder(QObject):
    """Looks in the background. ``open_wanted(Path)`` of a run, or ``start_wanted(Start)``; ``problem_found(Problem)``
    where the runs cannot be read."""

    open_wanted = Signal(object)
    start_wanted = Signal(object)
    problem_found = Signal(object)

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        """``root``: below which the runs lie."""
        super().__init__(parent)
        self._root = root
        self._start: Start | None = None
        self._looks = Background("latest run", latest_only=True, tells=True, parent=self)
        self._looks.done.connect(self._take)
        self._looks.failed.connect(self.problem_found)

    def find(self, start: Start) -> None:
        """Look for the latest run of a recommender and its data; else a new one is wanted."""
        self._start = start
        self._looks.request(_finding(self._root, start))

    @Slot(object)
    def _take(self, found: Path | None) -> None:
        if found is not None:
            self.open_wanted.emit(found)
        else:
            self.start_wanted.emit(self._start)

    def close(self) -> None:
        """Look no more."""
        self._looks.close()


def _finding(root: Path, start: Start) -> Work:
    def look(_job: Job) -> Path | None:
        return latest_of(root, start)

    return look


def latest_of(root: Path, start: Start) -> Path | None:
    """The folder of the latest run of this recommender on this source: one that has a network if any has, else one that
    trains; None where there is neither. Raises EngineError where the root cannot be read."""
    alike = [
        run
        for run in list_runs(root)
        if isinstance(run, RunState) and (run.plan.model, run.plan.data.source) == (start.model, start.data.source)
    ]
    alike.sort(key=lambda run: run.plan.created, reverse=True)
    trained = (run for run in alike if run.folder.checkpoint.exists())
    training = (run for run in alike if run.status == "running")
    found = next(trained, None) or next(training, None)
    return None if found is None else found.folder.path
