"""Runs beside the open one: the latest on some data, and rankings that have learned from the same site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job, Work
from app.workspaces.recommender.home.starts import Start
from engine.problems import EngineError
from engine.recommenders.data.data_choice import WORLD_FIELDS, RecommenderData
from engine.recommenders.data.sources import Gives, data_source
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_state import RunState, state_of
from engine.recommenders.running.runs import list_runs
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.ranking.graph_spec import spec_of
from engine.recommenders.tasks.ranking.spec import RankingSpec


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


RANKING: Final = "ranking"
_SITE = ("source", *WORLD_FIELDS)
"""What makes a site: whatever else is chosen of the data does not change it."""
LOOK_MS = 2_000
STARTING = timedelta(seconds=60)
"""So long a run that has just been planned is taken to be on its way."""


@dataclass(frozen=True, slots=True)
class RankingRun:
    """A run, and what of its spec tells it from others. ``checkpoint``: where its network is, None while there is none;
    ``written``: when, in nanoseconds; ``dated``: when the run began, as everywhere. ``coming``: it trains, or is about
    to; ``epochs``: that are done."""

    folder: Path
    name: str
    dated: float
    hidden: tuple[int, ...]
    cure: bool
    weighted: bool
    powers: bool
    checkpoint: Path | None
    written: int
    coming: bool
    epochs: int

    @property
    def ready(self) -> bool:
        """Whether it is trained, and can rank."""
        return self.checkpoint is not None and not self.coming


def can_rank(data: RecommenderData) -> bool:
    """Whether impressions come with the data, so that there can be a ranking of it."""
    return Gives.IMPRESSIONS in data_source(data.source).gives


def ranking_plan(data: RecommenderData, name: str, device: str, hidden: tuple[int, ...] | None = None) -> RunPlan:
    """The plan of a ranking run as its preset has it; ``hidden``: another tower, without companions, as those of the
    usual run say already what they are for."""
    kind = task_kind(RANKING)
    preset = kind.preset(data.source)
    spec = preset.spec.model_dump(mode="json") | ({} if hidden is None else {"hidden": hidden})
    learned = RecommenderData(source=data.source, **{field: getattr(data, field) for field in WORLD_FIELDS})
    return RunPlan(
        name=name[:LONGEST_NAME], model=RANKING, data=learned, spec=spec, training=preset.training, device=device,
        companions=hidden is None,
    )  # fmt: skip


class RankingRuns(QObject):
    """``changed``: ``runs``, the latest first, are others. While it is ``watch``ed it looks again and again as long as
    one of them trains, or is about to."""

    changed = Signal()

    def __init__(
        self, root: Path, data: RecommenderData, but: Path | None = None, parent: QObject | None = None
    ) -> None:
        """``root``: below which the runs lie; ``but``: the folder of a run that is not meant."""
        super().__init__(parent)
        self.runs: tuple[RankingRun, ...] = ()
        self._watched = False
        self._listed: Callable[[], Work] = lambda: _listing(root, data, but)
        self._looks = Background("rankings", latest_only=True, parent=self)
        self._looks.done.connect(self._take)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, *, on: bool) -> None:
        """Look now and, while there is something to wait for, every two seconds; or no more."""
        self._watched = on
        self._timer.stop()
        if on:
            self.look()

    @Slot()
    def look(self) -> None:
        """Look once."""
        self._looks.request(self._listed())

    def close(self) -> None:
        """Look no more, for good."""
        self._timer.stop()
        self._looks.close()

    @Slot(object)
    def _take(self, runs: tuple[RankingRun, ...]) -> None:
        if not self._watched or not any(run.coming for run in runs):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        if runs != self.runs:
            self.runs = runs
            self.changed.emit()


def _listing(root: Path, data: RecommenderData, but: Path | None) -> Work:
    def listed(_job: Job) -> tuple[RankingRun, ...]:
        try:
            places = [place for place in root.iterdir() if place.is_dir() and place != but]
        except OSError:
            places = []
        found = [run for place in places if (run := _run_in(RunFolder(place), data)) is not None]
        return tuple(sorted(found, key=lambda run: run.dated, reverse=True))

    return listed


def _run_in(folder: RunFolder, data: RecommenderData) -> RankingRun | None:
    """The ranking of the very same site in a folder. What cannot be read the page of all runs says. A log, which may be
    long, is read of those alone that fit."""
    try:
        plan = folder.read_plan()
        if plan.model != RANKING or any(getattr(plan.data, field) != getattr(data, field) for field in _SITE):
            return None
        told = _told(plan)
        state = state_of(folder)
        written = folder.checkpoint.stat().st_mtime_ns if folder.checkpoint.exists() else 0
    except (EngineError, ValidationError, OSError):
        return None
    begins = state.status == "planned" and datetime.now(UTC) - plan.created < STARTING
    return RankingRun(
        folder.path, plan.name, state.dated, told.hidden, told.cure, told.weighted,
        told.powers, folder.checkpoint if written else None, written, begins or state.status == "running",
        state.epochs,
    )  # fmt: skip


def _told(plan: RunPlan) -> RankingSpec:
    """What a plan trains: where a person has edited its graph, that says so, and not the spec that it was drawn from.
    Raises EngineError for a graph that is not valid, ValidationError for a spec that is none."""
    spec = RankingSpec.model_validate(plan.spec)
    return spec if plan.graph is None else spec_of(plan.graph, spec)
