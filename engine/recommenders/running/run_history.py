"""What a run has gone through, as curves and figures that a view can draw: read from its log as it grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.problems import Problem
from engine.recommenders.running.events import (
    CompanionEpoch,
    EpochEnded,
    Event,
    Kept,
    Noticed,
    OutOfTime,
    Saved,
    Started,
    Stepped,
    told_by,
)
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import is_held
from engine.recommenders.running.run_log import Logged, LogReader, standing
from engine.recommenders.running.run_state import RunState, told

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Points:
    """A quantity over a run, (n,) each: ``epochs`` done when it was measured, with parts of one, and its ``values``."""

    epochs: Floats
    values: Floats

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class RunHistory:
    """``state``: how it is with the run now. ``started``: by the latest process that says so. ``latest``: the last step
    that holds, None before there is one. ``losses``: see :func:`_losses`; those after a run went back to its best epoch
    are on other rows, and not among them. ``figures``: of the rows that the run chooses by, by name; ``companions``:
    likewise of each model trained beside. ``gradients``: ‖∂loss/∂block‖ by block id, of each epoch's last batch: the
    clock chooses which steps are told of in between. ``saved``: epochs done at the last checkpoint. ``notices``: what
    people should know, in order, each once."""

    state: RunState
    started: Started | None = None
    latest: Stepped | None = None
    losses: Points = field(default_factory=lambda: points(()))
    figures: Mapping[str, Points] = field(default_factory=dict)
    companions: Mapping[str, Mapping[str, Points]] = field(default_factory=dict)
    gradients: Mapping[str, Points] = field(default_factory=dict)
    saved: float | None = None
    notices: tuple[Problem, ...] = ()

    @property
    def done(self) -> float:
        """Epochs done, with the part of the current one."""
        stepped = 0.0 if self.latest is None else self.latest.updates / self.steps
        return max(float(self.state.epochs), stepped)

    @property
    def steps(self) -> int:
        """The number of steps of an epoch."""
        return 1 if self.started is None else max(self.started.steps, 1)

    @property
    def kept_at(self) -> float | None:
        """The epoch that a run has gone back to, with the part of one where its time was over within it."""
        kept = self.state.kept
        return None if kept is None else kept.updates / self.steps

    @property
    def share(self) -> float:
        """Of the epochs planned, 0 to 1: all of them once a run that looked for its best one has found it."""
        if self.state.auto and self.state.status == "finished":
            return 1.0
        return min(self.done / self.state.planned, 1.0) if self.state.planned else 0.0


def points(pairs: Sequence[tuple[float, float | None]]) -> Points:
    """(epochs, value) pairs as arrays; a value that was not finite is NaN."""
    found = np.array([(epoch, np.nan if value is None else value) for epoch, value in pairs], np.float64)
    return Points(*(found.T if len(pairs) else np.zeros((2, 0))))


def history_of(state: RunState, logged: Sequence[Logged]) -> RunHistory:
    """What those events of a run tell that still hold."""
    events = [one.event for one in logged]
    started = next((event for event in reversed(events) if isinstance(event, Started)), None)
    steps = 1 if started is None else max(started.steps, 1)
    back = next((at for at, event in enumerate(events) if isinstance(event, Kept)), len(events))
    stepped = [(event.updates / steps, event) for event in events[:back] if isinstance(event, Stepped)]
    ended = [(event.updates / steps, event) for event in events if isinstance(event, EpochEnded | OutOfTime)]
    norms = {event.updates: event.gradients for _, event in stepped}  # of logs whose epochs' ends say none
    saved = next((event.updates / steps for event in reversed(events) if isinstance(event, Saved)), None)
    return RunHistory(
        state,
        started,
        stepped[-1][1] if stepped else None,
        points([(at / steps, loss) for at, loss in _losses(events[:back], running=state.status == "running")]),
        _figures([(at, event.metrics) for at, event in ended]),
        _companions(events),
        _figures([(at, event.gradients or norms.get(event.updates, {})) for at, event in ended]),
        saved,
        tuple({event.sentence: told_by(event) for event in events if isinstance(event, Noticed)}.values()),
    )


def _losses(events: Sequence[Event], *, running: bool) -> list[tuple[int, float]]:
    """Return the training loss after numbers of updates; it ends with the loss that is told of the latest epoch.

    An epoch that has ended is one point, the mean of its batches: a step is the mean of as few as one. Only the epoch
    in progress has a point for each step. While one epoch has ended, its mean so far leads up to it.
    """
    steps = [(event.updates, event.loss) for event in events if isinstance(event, Stepped)]
    ended = [(event.updates, event.loss) for event in events if isinstance(event, EpochEnded | OutOfTime)]
    if not ended:
        return steps
    now = [step for step in steps if step[0] > ended[-1][0]] if running else []
    return [*(_means_so_far(steps, ended[0][0]) if len(ended) == 1 else ()), *ended, *now]


def _means_so_far(steps: Sequence[tuple[int, float]], end: int) -> list[tuple[int, float]]:
    """The mean from the first update on, at each step before the ``end``."""
    means, before, total = [], 0, 0.0
    for updates, loss in steps:
        if updates < end:
            total += loss * (updates - before)
            before = updates
            means.append((updates, total / updates))
    return means


def _figures(measured: Sequence[tuple[float, Mapping[str, float | None]]]) -> Mapping[str, Points]:
    names = dict.fromkeys(name for _, figures in measured for name in figures)
    return {name: points([(at, figures.get(name)) for at, figures in measured if name in figures]) for name in names}


def _companions(events: Sequence[Event]) -> Mapping[str, Mapping[str, Points]]:
    """Of two events for the same epoch the later one holds."""
    found: dict[str, dict[int, Mapping[str, float | None]]] = {}
    for event in events:
        if isinstance(event, CompanionEpoch):
            found.setdefault(event.which, {})[event.epoch] = event.metrics
    return {which: _figures([(at + 1.0, one[at]) for at in sorted(one)]) for which, one in found.items()}


class RunReader:
    """Reads a run again and again, each time only what its log has grown by. In one thread at a time."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._reader = LogReader(folder.log)
        self._all: list[Logged] = []
        self._holding: list[Logged] = []
        self._plan: RunPlan | None = None
        self._held: bool | None = None

    def news(self) -> RunHistory | None:
        """How it is now; None where nothing is new. Raises EngineError where files are damaged or gone."""
        held = is_held(self.folder.lock)  # before the log is read, as for its state
        plan, fresh = self.folder.read_plan(), self._reader.news()
        if not fresh and (plan, held) == (self._plan, self._held):
            return None
        self._plan, self._held = plan, held
        self._all = [*_without_steps(self._all), *fresh]
        self._holding = standing([*self._holding, *fresh])
        return history_of(told(self.folder, plan, self._all, held=held), self._holding)


def _without_steps(logged: Sequence[Logged]) -> list[Logged]:
    """Of a stretch of steps only the last: the state needs no more."""
    apart = [not (isinstance(a.event, Stepped) and isinstance(b.event, Stepped)) for a, b in pairwise(logged)]
    return [one for one, kept in zip(logged, [*apart, True], strict=False) if kept]
