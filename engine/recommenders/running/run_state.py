"""How it is with a run, read from its folder alone: nobody who looks has to ask the process that trains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeVar

from engine.problems import Problem
from engine.recommenders.data.profile.leaks import leaks_among
from engine.recommenders.running.events import (
    CompanionEpoch,
    Compared,
    Diverged,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Fitting,
    Judged,
    Kept,
    Noticed,
    OutOfTime,
    Resumed,
    Started,
    Stepped,
    Stopped,
    told_by,
)
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import is_held
from engine.recommenders.running.run_log import Logged, LogReader, standing

Status = Literal["planned", "running", "stopped", "finished", "diverged", "failed", "killed"]
Figures = Mapping[str, float | None]
E = TypeVar("E", bound=Event)

_ENDINGS: Mapping[type[Event], Status] = {
    Stopped: "stopped",
    Finished: "finished",
    Diverged: "diverged",
    Failed: "failed",
}
_MARKS = (Started, Resumed, *_ENDINGS)


@dataclass(frozen=True, slots=True)
class RunState:
    """``epochs`` that are done, of ``planned``, with ``auto`` the most there may be; ``kept``: which of them a run has
    gone back to that looked for its best one, and ``best_tried`` the best of them all by that figure. ``loss``:
    of the network as it is, while it trains the latest, else that of the moment whose ``figures`` are told;
    ``figures``: of the network as it is, the latest measured or those of the epoch that was gone back to, and
    ``compared`` what simpler models have on the same rows; ``companions``: the latest figures of each;
    ``judged``: the verdict on ``judged_rows``, empty before there is one. ``seconds``: that the run has been worked
    on, from its first event to its last, pauses left out. ``trouble``: the last that was told of. ``fitting``: for
    which rows simpler models are being fitted right now. ``leaks``: the columns that decide the label alone, each told
    once. ``ended_early``: whether its time was over before its epochs were. ``began``: when the first event came, in
    Unix seconds. ``chosen_by``: the figure that its epoch is chosen by, where it says one."""

    folder: RunFolder
    plan: RunPlan
    status: Status
    epochs: int = 0
    planned: int = 0
    auto: bool = False
    kept: Kept | None = None
    best_tried: EpochEnded | None = None
    loss: float | None = None
    figures: Figures = field(default_factory=dict)
    compared: Mapping[str, Figures] = field(default_factory=dict)
    companions: Mapping[str, Figures] = field(default_factory=dict)
    judged: Mapping[str, Figures] = field(default_factory=dict)
    judged_rows: int | None = None
    seconds: float = 0.0
    trouble: Problem | None = None
    fitting: Literal["valid", "test"] | None = None
    leaks: tuple[Problem, ...] = ()
    ended_early: bool = False
    began: float | None = None
    chosen_by: str | None = None

    @property
    def dated(self) -> float:
        """When it began or, while it has not, when it was planned, in Unix seconds: what tells runs of one name
        apart."""
        return self.plan.created.timestamp() if self.began is None else self.began

    @property
    def problem(self) -> str:
        """The sentence of the trouble, in English; empty where there is none."""
        return "" if self.trouble is None else self.trouble.sentence


def state_of(folder: RunFolder) -> RunState:
    """How it is with a run. Raises EngineError where the folder holds none, or its files are damaged."""
    plan = folder.read_plan()
    held = is_held(folder.lock)  # before the log is read: a run that ends in between has then written its ending
    return told(folder, plan, LogReader(folder.log, steps=False).news(), held=held)


def told(folder: RunFolder, plan: RunPlan, logged: Sequence[Logged], *, held: bool) -> RunState:
    """How it is with a run of which all this has been read: its plan, its log, and whether a living process has it."""
    events = [one.event for one in standing(logged)]
    started, ended = _last(events, Started), _last(events, EpochEnded)
    kept = _last(events, Kept)
    compared, judged = _last(events, Compared), _last(events, Judged)
    trouble = next((event for event in reversed(events) if isinstance(event, Noticed | Diverged | Failed)), None)
    status, finished = _status(events, held, folder.lock.exists()), _last(events, Finished)
    planned = plan.training.limit if started is None else started.epochs
    auto = plan.training.epochs == "auto" if started is None else started.auto
    return RunState(
        folder,
        plan,
        status,
        epochs=0 if ended is None else ended.epoch + 1,
        planned=planned,
        auto=auto,
        kept=kept,
        best_tried=None if kept is None else best_tried(events, kept.figure),
        loss=_loss(events, kept, status),
        figures=_figures(events, kept),
        compared={} if compared is None else compared.figures,
        companions={event.which: event.metrics for event in events if isinstance(event, CompanionEpoch)},
        judged={} if judged is None else judged.figures,
        judged_rows=None if judged is None else judged.rows,
        seconds=_seconds(logged),
        fitting=events[-1].rows if events and isinstance(events[-1], Fitting) else None,
        trouble=None if trouble is None else told_by(trouble),
        leaks=_leaks(events),
        ended_early=status == "finished" and not auto and finished is not None and finished.epochs < planned,
        chosen_by=None if started is None else started.chosen_by,
        began=next((line.at for line in logged if line.at is not None), None),
    )


def _status(events: Sequence[Event], held: bool, locked: bool) -> Status:
    """A run whose process lives is running until it says how it ends; one that never said so has been killed."""
    last = next((event for event in reversed(events) if isinstance(event, _MARKS)), None)
    ending = None if last is None else _ENDINGS.get(type(last))
    if ending is not None and not held:
        return ending
    if held:
        return "running"
    return "planned" if last is None and not locked else "killed"


def _figures(events: Sequence[Event], kept: Kept | None) -> Figures:
    """Of the network as it is. Of how it began nothing is told but what the run chose by."""
    measured = [event for event in events if isinstance(event, EpochEnded | OutOfTime)]
    if kept is None:
        return measured[-1].metrics if measured else {}
    then = [event.metrics for event in measured if event.updates == kept.updates]
    return then[-1] if then else {kept.figure: kept.value}


def _loss(events: Sequence[Event], kept: Kept | None, status: Status) -> float | None:
    measured = [event for event in events if isinstance(event, EpochEnded | OutOfTime)]
    if kept is not None:
        return next((event.loss for event in reversed(measured) if event.updates == kept.updates), None)
    if measured and status != "running":
        return measured[-1].loss
    return next((e.loss for e in reversed(events) if isinstance(e, EpochEnded | OutOfTime | Stepped)), None)


def best_tried(events: Iterable[Event], figure: str) -> EpochEnded | None:
    """The epoch with the highest figure; None where it was never finite."""
    tried = [event for event in events if isinstance(event, EpochEnded) and event.metrics.get(figure) is not None]
    return max(tried, key=lambda event: event.metrics[figure] or 0.0, default=None)


def _leaks(events: Sequence[Event]) -> tuple[Problem, ...]:
    """What is told again by every process that goes on is one leak."""
    found = leaks_among(told_by(event) for event in events if isinstance(event, Noticed))
    return tuple({leak.sentence: leak for leak in found}.values())


def _last(events: Sequence[Event], kind: type[E]) -> E | None:
    return next((event for event in reversed(events) if isinstance(event, kind)), None)


def _seconds(logged: Sequence[Logged]) -> float:
    """Between the events that follow one another, but from one process to the next."""
    total = 0.0
    for before, one in pairwise(logged):
        paused = isinstance(one.event, Resumed) or type(before.event) in _ENDINGS
        if before.at is not None and one.at is not None and not paused:
            total += max(0.0, one.at - before.at)
    return total
