"""Runs that have been put by, to be taken up again: their weights, and how far they had come."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from engine.formats.progress import Diagnosis, Progress
    from engine.graph.kinds.base import Array
    from engine.graph.weights import Weights
    from engine.network.plan import WeightKey
    from engine.training.checkpoints import Checkpoints
    from engine.training.history import RunCurves
    from engine.training.runs import StoredRun

BRIEF_POINTS = 128
"""So many points, before its run was last changed and since, has a curve of which there may be hundreds, one for every
edit that can be undone; no fewer than a run is judged by."""
MOST_RUNS = 48
MOST_BYTES = 256 << 20
"""Of all checkpoints together; the oldest runs first keep only their ends, then go."""


@dataclass(frozen=True, slots=True)
class KeptState:
    """No ``weights``: the seeded start. No ``progress``: epoch 0, whatever the weights. ``curves``: those of the
    progress as the training thread had them; None where there are only the points that a file keeps.
    ``checkpoints``: where it can be taken; nobody changes them."""

    weights: Weights = field(default_factory=dict)
    progress: Progress | None = None
    curves: RunCurves | None = None
    checkpoints: Checkpoints | None = None

    def differs(self, other: KeptState) -> bool:
        """Whether it is of another moment of the same run: steps were done, weights set by hand or the optimiser's
        memory begun afresh."""
        return self.updates != other.updates or not (
            same_weights(self.weights, other.weights) and same_weights(self.memory, other.memory)
        )

    def in_brief(self) -> KeptState:
        """The same with coarse curves in its progress."""
        if self.progress is None:
            return self
        from engine.training.thinning import kept_curves  # not before the first frame

        curves = kept_curves(self.progress.curves, self.progress.events, BRIEF_POINTS)
        return replace(self, progress=replace(self.progress, curves=curves))

    @property
    def memory(self) -> Weights:
        """What the optimiser remembers of each array."""
        return self.progress.memory if self.progress is not None else {}

    @property
    def diagnosis(self) -> Diagnosis | None:
        """Why it has stopped there; None of a run that has not broken down."""
        return self.progress.diagnosis if self.progress is not None else None

    @property
    def updates(self) -> int:
        """Steps done."""
        return self.progress.updates if self.progress is not None else 0


def same_weights(one: Mapping[WeightKey, Array], other: Mapping[WeightKey, Array]) -> bool:
    """Whether these are the same numbers under the same names."""
    return one.keys() == other.keys() and all(np.array_equal(array, other[key]) for key, array in one.items())


@dataclass(slots=True)
class RunMoment:
    """A run at one moment. ``run``: as the window knows it. ``reached``: as the training thread has it, where that is
    more, and with its whole curves; that thread takes it up at once, however soon undo follows the edit. ``brief``:
    ``run`` has coarse curves. ``opening``: the number of the network that it is of."""

    run: KeptState
    brief: bool = False
    reached: KeptState | None = None
    opening: int = -1

    @property
    def latest(self) -> KeptState:
        """The most that is known, in any thread."""
        return self.reached or self.run


def _nowhere() -> None:
    """The progress of what has not been trained."""


class LiveWeights:
    """Holds the latest weights, arrays that nobody writes to by (block id, name), and how far their run has come."""

    def __init__(self) -> None:
        self._now: Weights = {}
        self._progress: Callable[[], Progress | None] = _nowhere
        self._kept: KeptState | None = None
        self._moment: Hashable = None

    @property
    def now(self) -> Weights:
        """The latest."""
        return self._now

    @property
    def kept(self) -> KeptState:
        """The latest with the progress of their run, both of the same moment."""
        if self._kept is None:
            self._kept = KeptState(self._now, self._progress())
        return self._kept

    @property
    def moment(self) -> Hashable:
        """Run and step that the latest are of; None for those that no training has shown yet."""
        return self._moment

    def frozen(self) -> Callable[[], KeptState]:
        """Freeze the latest; the result works out the progress of their run, in any thread."""
        kept, weights, progress = self._kept, self._now, self._progress
        return lambda: kept or KeptState(weights, progress())

    def put(
        self,
        weights: Weights,
        progress: Callable[[], Progress | None] = _nowhere,
        moment: Hashable = None,
    ) -> None:
        """These are the latest; ``progress`` is asked only when somebody keeps them."""
        self._now, self._progress, self._moment, self._kept = weights, progress, moment, None


class Runs(QObject):
    """Of every network that was opened, in the order of their beginnings. ``changed``: there are others, or one went
    on."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[tuple[int, int], StoredRun] = {}
        """By the numbers of the network and the run."""

    def of(self, opening: int) -> tuple[StoredRun, ...]:
        """Those of the network with this number."""
        return tuple(run for (network, _), run in sorted(self._kept.items()) if network == opening)

    def keep(self, moment: RunMoment) -> None:
        """A run has been left at this moment, maybe to be taken up again soon."""
        left = moment.latest
        if left.checkpoints is None or left.curves is None or not left.checkpoints.has_gone_on:
            return
        from engine.training.runs import StoredRun  # not before the first frame

        self.put(moment.opening, StoredRun(left.checkpoints, left.checkpoints.curves(left.curves)))

    def put(self, opening: int, run: StoredRun) -> None:
        """Keep a run in place of what was kept of it."""
        self._kept[opening, run.number] = run
        self._bound()
        self.changed.emit()

    def take(self, opening: int, number: int) -> None:
        """Forget a run."""
        if self._kept.pop((opening, number), None) is not None:
            self.changed.emit()

    def _bound(self) -> None:
        places = sorted(self._kept, key=lambda place: place[1])
        for place in places[:-MOST_RUNS]:
            del self._kept[place]
        for shorten in (lambda place: self._kept.update({place: self._kept[place].shortened()}), self._kept.pop):
            for place in sorted(self._kept, key=lambda place: place[1])[:-1]:
                if total_bytes(self._kept.values()) <= MOST_BYTES:
                    return
                shorten(place)


def total_bytes(runs: Iterable[StoredRun]) -> int:
    """What they hold together; many share arrays."""
    return sum({id(array): array.nbytes for run in runs for array in run.arrays}.values())
