"""The ranking runs that have learned from the same site: looked for again and again in the background, so that one
that trains is there once it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job, Work
from engine.recommenders.data.data_choice import WORLD_FIELDS, RecommenderData
from engine.recommenders.data.sources import Gives, data_source
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import list_runs
from engine.recommenders.tasks import task_kind

RANKING: Final = "ranking"
LOOK_MS = 2_000


@dataclass(frozen=True, slots=True)
class RankingRun:
    """A run, and what of its spec tells it from others. ``checkpoint``: where its network is, None while there is
    none; ``written``: when, in nanoseconds. ``epochs``: that are done."""

    folder: Path
    name: str
    created: datetime
    hidden: tuple[int, ...]
    cure: bool
    weighted: bool
    powers: bool
    checkpoint: Path | None
    written: int
    running: bool
    epochs: int

    @property
    def ready(self) -> bool:
        """Whether it is trained, and can rank."""
        return self.checkpoint is not None and not self.running


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
    """``changed``: ``runs``, the latest first, are others. Looks while it is ``watch``ed."""

    changed = Signal()

    def __init__(
        self, root: Path, data: RecommenderData, but: Path | None = None, parent: QObject | None = None
    ) -> None:
        """``root``: below which the runs lie; ``but``: the folder of a run that is not meant."""
        super().__init__(parent)
        self.runs: tuple[RankingRun, ...] = ()
        self._listed: Callable[[], Work] = lambda: _listing(root, data, but)
        self._looks = Background("rankings", latest_only=True, parent=self)
        self._looks.done.connect(self._take)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, *, on: bool) -> None:
        """Look now and every two seconds, or no more."""
        if on:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

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
        if runs != self.runs:
            self.runs = runs
            self.changed.emit()


def _listing(root: Path, data: RecommenderData, but: Path | None) -> Work:
    def listed(_job: Job) -> tuple[RankingRun, ...]:
        alike = [one for one in list_runs(root) if isinstance(one, RunState) and _fits(one, data, but)]
        found = map(_run_of, sorted(alike, key=lambda one: one.plan.created, reverse=True))
        return tuple(one for one in found if one is not None)

    return listed


def _fits(run: RunState, data: RecommenderData, but: Path | None) -> bool:
    """Whether it is of the very same site; what else is chosen of the data does not change that."""
    same = all(getattr(run.plan.data, field) == getattr(data, field) for field in ("source", *WORLD_FIELDS))
    return run.plan.model == RANKING and same and run.folder.path != but


def _run_of(run: RunState) -> RankingRun | None:
    """None for a plan whose spec is none of a ranking: the page of all runs says so."""
    try:
        given = task_kind(RANKING).spec_type.model_validate(run.plan.spec).model_dump()
    except ValidationError:
        return None
    place = run.folder.checkpoint
    try:
        written = place.stat().st_mtime_ns
    except OSError:
        written = 0
    return RankingRun(
        run.folder.path, run.plan.name, run.plan.created, tuple(given["hidden"]), given["cure"], given["weighted"],
        given["powers"], place if written else None, written, run.status == "running", run.epochs,
    )  # fmt: skip
