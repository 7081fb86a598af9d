"""What stands beside the network of a run that is kept in a folder: simpler models and companions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.recommenders.running.checkpoints import Cursor
from engine.recommenders.running.events import Compared, Event, Fitting, Judged, finite
from engine.recommenders.running.run import StopFlag
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_log import LogReader
from engine.recommenders.tasks.base import NETWORK, Part, RecommenderTask
from engine.recommenders.tasks.companions import Companion

Told = Mapping[str, float | None]


class TaskCompany:
    """See :class:`engine.recommenders.running.run.Company`.

    The first epoch's figures come before anything else; then simpler models are judged on the same rows, once in a
    run's life, and each epoch is followed by the companions.
    """

    def __init__(
        self, task: RecommenderTask, folder: RunFolder, emit: Callable[[Event], None], stop: StopFlag | None = None,
        companions: Sequence[Companion] = (),
    ) -> None:  # fmt: skip
        """``stop``: asked between two models; none where several processes have to agree on it. Raises EngineError for
        a damaged log."""
        self._task, self._emit, self._stop = task, emit, stop
        self._companions = companions
        known = LogReader(folder.log, steps=False).news()
        self._compared = any(isinstance(one.event, Compared) for one in known)

    def keep_up(self, cursor: Cursor) -> bool:
        """Simpler models, companions."""
        if cursor.epoch == 0:
            return True
        if not self._compared:
            figures = self._baselines("valid")
            if figures is None:
                return False
            self._emit(Compared(figures))
            self._compared = True
        for companion in self._companions:
            companion.train_to(cursor.epoch)
            if self._is_stopped():
                return False
        return True

    def judge(self, cursor: Cursor) -> None:
        """The network, the companions that have come as far, and the simpler models; nothing where that is stopped."""
        judged = {NETWORK: finite(self._task.figures("test"))}
        for companion in self._companions:
            if companion.is_at(cursor.epoch) and companion.settle():
                judged[companion.name] = finite(companion.task.figures("test"))
        baselines = self._baselines("test")
        if baselines is not None:
            self._emit(Judged(judged | baselines, self._task.judged_rows))

    def _baselines(self, part: Part) -> dict[str, Told] | None:
        """Figures of the simpler models; None where the run was stopped before all had theirs."""
        found: dict[str, Told] = {}
        if self._is_stopped():
            return None
        self._emit(Fitting(part))
        for name, figures in self._task.baselines(part):
            found[name] = finite(figures)
            if self._is_stopped():
                return None
        return found

    def _is_stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()
