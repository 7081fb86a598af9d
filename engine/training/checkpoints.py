"""What a run can be taken back to: copies of its state at earlier steps, thinned as it grows, within a bound of
memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from typing import Any

from numpy.typing import NDArray

from engine.formats.progress import ProgressChange, ProgressSignal, RunBranch
from engine.network.state import NetworkState
from engine.training.history import RunCurves
from engine.training.setup import Setup
from engine.training.snapshot import Timeline

MOST = 512
"""A slider has about so many places that can be told apart."""
MOST_BYTES = 256 << 20
OVERHEAD = 2_048
"""Bytes of a checkpoint beside its arrays and its data set."""
MOST_SHARE = 0.01
"""Of the time may be spent on copying: a large network is copied less often."""
RUN_NUMBERS = count()
"""Every run of this process has a number of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class RunCheckpoint:
    """A run after so many ``updates``: with ``state``, which is never changed, it goes on from there as it did then,
    to the bit. ``cursor``, ``norms``, ``signal`` and ``change``: as in :class:`~engine.formats.progress.Progress`."""

    setup: Setup
    state: NetworkState
    cursor: int
    steps_per_epoch: int
    updates: int
    norms: Mapping[str, tuple[float, float, float, float]]
    signal: ProgressSignal | None
    change: ProgressChange

    @property
    def epoch(self) -> float:
        """Epochs done."""
        return self.cursor / self.steps_per_epoch

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """What it holds, with the data set, which others may share."""
        state, dataset = self.state, self.setup.dataset
        return state.theta, state.buffers, state.slots, state.stuck, dataset.x, dataset.y


class Checkpoints:
    """Those of one run, oldest first. Where it has been taken back, those of the steps beyond are kept too, as long as
    nothing is changed: done again, these steps come to the same. With a change made there it becomes another run, a
    ``branch`` of the one that it was."""

    def __init__(self, number: int | None = None, branch: RunBranch | None = None) -> None:
        """Without a ``number``: of a run that begins here."""
        self.number = next(RUN_NUMBERS) if number is None else number
        self.branch = branch
        self._kept: list[RunCheckpoint] = []
        self._every = 1  # steps between two
        self._idle_until = 0.0
        self._beyond: RunCurves | None = None  # up to the furthest one
        self._timeline: Timeline | None = None
        self.nbytes = 0
        """What they hold."""

    def copy(self) -> Checkpoints:
        """Another list of the same checkpoints, which a further run may go on with."""
        other = self.emptied()
        other._kept, other._every, other._beyond = list(self._kept), self._every, self._beyond
        other._timeline, other.nbytes = self._timeline, self.nbytes
        return other

    def emptied(self) -> Checkpoints:
        """The same run, which can't be taken anywhere."""
        return Checkpoints(self.number, self.branch)

    def only_last(self) -> Checkpoints:
        """The same run, of which only the end is kept."""
        other = self.emptied()
        other._keep(self._kept[-1:])
        return other

    @property
    def has_gone_on(self) -> bool:
        """Whether steps were done that are of no other run."""
        return self.end > (self.branch.step if self.branch is not None else 0)

    def __iter__(self) -> Iterator[RunCheckpoint]:
        return iter(self._kept)

    def at(self, step: int) -> RunCheckpoint | None:
        """The one that is nearest to a step."""
        return min(self._kept, key=lambda one: abs(one.updates - step), default=None)

    @property
    def last(self) -> RunCheckpoint:
        """The furthest. Raises IndexError before any."""
        return self._kept[-1]

    @property
    def end(self) -> int:
        """The step of the furthest, −1 before any."""
        return self._kept[-1].updates if self._kept else -1

    def is_due(self, step: int) -> bool:
        """Whether there is to be one of this step: it lies so far beyond the others, and copying takes little of the
        time."""
        return step >= self.end + self._every and perf_counter() >= self._idle_until

    def add(self, make: Callable[[], RunCheckpoint]) -> None:
        """Keep one more, which lies beyond the others."""
        started = perf_counter()
        self._keep([*self._kept, make()])
        while len(self._kept) > 2 and (len(self._kept) > MOST or self.nbytes > MOST_BYTES):
            self._thin()
        now = perf_counter()
        self._idle_until = now + (now - started) / MOST_SHARE

    def _keep(self, kept: list[RunCheckpoint]) -> None:
        sizes = {id(array): array.nbytes for one in kept for array in one.arrays}
        self._kept, self._timeline = kept, None
        self.nbytes = sum(sizes.values()) + OVERHEAD * len(kept)

    def _thin(self) -> None:
        """Keep only those that are twice as far from one another, the first and the last."""
        self._every *= 2
        thinned = self._kept[:1]
        for one in self._kept[1:-1]:
            if one.updates - thinned[-1].updates >= self._every:
                thinned.append(one)
        self._keep([*thinned, self._kept[-1]])

    def cut(self, step: int, epoch: float) -> None:
        """Forget those of a step and beyond: after a change it goes on another way."""
        if self.end > step:
            self.branch, self.number = RunBranch(self.number, step, epoch), next(RUN_NUMBERS)
        self._keep([one for one in self._kept if one.updates < step])
        self._beyond = None

    def turn_back(self, curves: RunCurves, step: int) -> None:
        """The run is about to be taken elsewhere from this ``step``; its ``curves`` are kept where they go the
        furthest."""
        if step >= self.end:
            self._beyond = curves.put_by()
            self._timeline = None

    def curves(self, present: RunCurves) -> RunCurves:
        """Those that go the furthest."""
        return self._beyond or present

    def timeline(self, step: int) -> Timeline:
        """Where a run can be taken that stands at this ``step``. Once it comes to the end of what was done before, its
        own curves are the ones that go the furthest."""
        if self._beyond is not None and step >= self.end:
            self._beyond = self._timeline = None
        if self._timeline is None:
            later = self._beyond.history() if self._beyond is not None else None
            steps = tuple(one.updates for one in self._kept)
            epochs = tuple(one.epoch for one in self._kept)
            self._timeline = Timeline(steps, epochs, later, self.number, self.branch)
        return self._timeline
