"""What stands beside the network of a run that is kept in a folder: simpler models, companions, maps of its items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.problems import EngineError
from engine.recommenders.running.checkpoints import Cursor
from engine.recommenders.running.events import Compared, Event, Fitting, Judged, Mapped, finite, noticed
from engine.recommenders.running.item_maps import MOST_ITEMS, ItemMaps
from engine.recommenders.running.run import Flag
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_log import LogReader
from engine.recommenders.tasks.base import NETWORK, Part, Task
from engine.recommenders.tasks.companions import Companion

Told = Mapping[str, float | None]


class TaskCompany:
    """See :class:`engine.recommenders.running.run.Company`.

    The first epoch's figures come before anything else; then simpler models are judged on the same rows, once in a
    run's life, and each epoch is drawn as a map and followed by the companions.
    """

    def __init__(
        self, task: Task, folder: RunFolder, emit: Callable[[Event], None], stop: Flag | None = None,
        companions: Sequence[Companion] = (),
    ) -> None:  # fmt: skip
        """``stop``: asked between two models; none where several processes have to agree on it. Raises EngineError for
        a damaged log."""
        self._task, self._emit, self._stop = task, emit, stop
        self._folder, self._maps = folder, ItemMaps(folder.maps)
        self._companions, self._unmapped = companions, False
        known = LogReader(folder.log, steps=False).news()
        self._compared = any(isinstance(one.event, Compared) for one in known)

    def keep_up(self, cursor: Cursor) -> bool:
        """Map, simpler models, companions."""
        if cursor.epoch == 0:
            return True
        if cursor.step == 0:
            self._draw_map(cursor)
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
            self._emit(Judged(judged | baselines))

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

    def _draw_map(self, cursor: Cursor) -> None:
        """One that cannot be written is a notice, told once until one can: the run has not come for its sake."""
        if (vectors := self._task.item_vectors(MOST_ITEMS)) is None:
            return
        epoch = cursor.epoch - 1
        try:
            path = self._maps.add(epoch, vectors)
        except EngineError as error:
            if not self._unmapped:
                self._emit(noticed(error.problem))
            self._unmapped = True
        else:
            self._unmapped = False
            place = path.relative_to(self._folder.path).as_posix()
            self._emit(Mapped(epoch, cursor.updates, place))
