"""What a run of training says of itself, as plain data, and as JSON with one event per line."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from time import time
from typing import ClassVar, Literal, get_args

from pydantic import ConfigDict, TypeAdapter

from engine.problems import Problem, declare, particulars, problem_in

NO_EVENT = declare(
    "recommender.no-event",
    "Line {line} of “{path}” isn't an event of a training run. Choose a file written with --events jsonl.",
)

CLOCK_SECONDS = 86_400.0
"""So far ahead of this machine's clock another's may be; a later time is none."""
_STRICT = ConfigDict(extra="forbid")
Particulars = Mapping[str, str | int | float | bool | None]
"""What fills in a sentence's template, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Started:
    """A run begins with step ``step`` of ``epoch``. ``rows`` and ``steps`` of one epoch; ``parameters`` in all.
    ``epochs``: how many there will be, with ``auto`` at most. ``chosen_by``: the figure that an epoch is chosen by,
    which older runs don't say."""

    kind: ClassVar[str] = "started"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    rows: int
    steps: int
    epochs: int
    parameters: int
    device: str
    threads: int
    epoch: int = 0
    step: int = 0
    auto: bool = False
    chosen_by: str | None = None


@dataclass(frozen=True, slots=True)
class Stepped:
    """``step`` batches of ``epoch`` (from 0) are done, ``updates`` in all.

    ``loss``: mean since the last of these events. ``gradients``: ‖∂loss/∂block‖ of the last batch by block id.
    ``memory``: the process's, in bytes. ``remaining``: seconds to the run's end, when there is something to judge by.
    """

    kind: ClassVar[str] = "step"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epoch: int
    step: int
    updates: int
    loss: float
    gradients: Mapping[str, float]
    samples_per_second: float
    memory: int | None = None
    remaining: float | None = None


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """``loss``: the epoch's mean, of each batch before its update. ``seconds`` and the rate are this process's alone.
    ``metrics``: what the evaluation found, None for what is not finite. ``gradients``: ‖∂loss/∂block‖ of the epoch's
    last batch by block id; empty in a log from before that was kept, or where a run was resumed just behind it."""

    kind: ClassVar[str] = "epoch"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epoch: int
    updates: int
    loss: float
    seconds: float
    samples_per_second: float
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    gradients: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """The time that the run was given is over after ``step`` batches of ``epoch``, which is not at its end: the mean
    ``loss`` of those, and ``metrics`` and ``gradients`` as :class:`EpochEnded` has them."""

    kind: ClassVar[str] = "out-of-time"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epoch: int
    step: int
    updates: int
    loss: float
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    gradients: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that looked for its best epoch has gone back to what it was after ``epochs`` of ``tried`` epochs, 0 for how
    it began: there ``figure`` was ``value`` on the rows that a run chooses by, None where it was never finite.
    ``updates``: that had been made by then, within an epoch where the run's time was over; −1 in a log from before that
    was told, see :func:`engine.recommenders.running.run_log.standing`."""

    kind: ClassVar[str] = "kept"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epochs: int
    tried: int
    figure: str
    value: float | None
    updates: int = -1


@dataclass(frozen=True, slots=True)
class Saved:
    """A checkpoint is on the disk."""

    kind: ClassVar[str] = "checkpoint"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    path: str
    updates: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that people should know and that does not end the run. ``template`` and ``parameters``: the sentence
    before it was filled in, to be said in another language; empty in a log from before that was kept."""

    kind: ClassVar[str] = "notice"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    sentence: str
    template: str = ""
    parameters: Particulars = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diverged:
    """The run has ended before update number ``step`` (from 0); see :class:`engine.network.contract.NonFinite`."""

    kind: ClassVar[str] = "diverged"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    step: int
    block: str
    what: str
    sentence: str
    template: str = ""
    parameters: Particulars = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stopped:
    """The run has been stopped; it can go on with step ``step`` of ``epoch``."""

    kind: ClassVar[str] = "stopped"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epoch: int
    step: int
    updates: int


@dataclass(frozen=True, slots=True)
class Finished:
    """All epochs are done, or the time that the run was given is over; ``epochs``: those that the network has learned
    by."""

    kind: ClassVar[str] = "finished"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epochs: int
    updates: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Something ended the run that is not its network's fault: the problem's code and sentence."""

    kind: ClassVar[str] = "failed"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    sentence: str
    template: str = ""
    parameters: Particulars = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resumed:
    """A run goes on with step ``step`` of ``epoch``, after ``updates`` in all: what its log says of later ones does not
    hold, as they are done again."""

    kind: ClassVar[str] = "resumed"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epoch: int
    step: int
    updates: int


@dataclass(frozen=True, slots=True)
class Fitting:
    """Simpler models are being fitted from now on, to be judged on the rows that a run chooses by (``valid``) or on
    those kept to its end (``test``): no step comes before that is done."""

    kind: ClassVar[str] = "fitting"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    rows: Literal["valid", "test"]


@dataclass(frozen=True, slots=True)
class Compared:
    """What simpler models get on the very rows that each epoch's metrics are measured on, by their names."""

    kind: ClassVar[str] = "compared"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    figures: Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class CompanionEpoch:
    """An epoch of a model that is trained beside the run's own, ``which`` by name; the rest as :class:`EpochEnded` has
    it. Of two for the same epoch the later one holds."""

    kind: ClassVar[str] = "companion"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    which: str
    epoch: int
    loss: float
    metrics: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemsMapped:
    """In the logs of earlier versions: a map of the items after ``epoch`` is on the disk, at ``path`` within the run's
    folder. Nothing reads it."""

    kind: ClassVar[str] = "map"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epoch: int
    updates: int
    path: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on rows kept to the end: the network, its companions and simpler models on the very same rows, by
    name, standard errors as ``auc.error``; and of each but the network ``auc.apart``, the standard error of the
    network's figure minus its own, measured in pairs. ``rows``: how many they are, None in a log from before that was
    kept."""

    kind: ClassVar[str] = "judged"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    figures: Mapping[str, Mapping[str, float | None]]
    rows: int | None = None


Event = (
    Started | Resumed | Stepped | EpochEnded | Kept | CompanionEpoch | ItemsMapped | Fitting | Compared | Judged | Saved
    | Noticed | OutOfTime | Diverged | Stopped | Finished | Failed
)  # fmt: skip

_KINDS: Mapping[str, type[Event]] = {kind.kind: kind for kind in get_args(Event)}


@cache
def _reader(kind: str) -> TypeAdapter[Event]:
    """What reads events of a kind: made when the first is read, for making all takes as long as a frame."""
    return TypeAdapter(_KINDS[kind])


def noticed(problem: Problem) -> Noticed:
    """A problem that does not end the run, as an event."""
    return Noticed(problem.code, problem.sentence, problem.template, particulars(problem))


def failed(problem: Problem) -> Failed:
    """A problem that ends the run, as an event."""
    return Failed(problem.code, problem.sentence, problem.template, particulars(problem))


def told_by(event: Noticed | Diverged | Failed) -> Problem:
    """The problem that an event tells of."""
    return problem_in(asdict(event))


def finite(metrics: Mapping[str, float]) -> dict[str, float | None]:
    """Metrics as an event carries them: None for what is not finite, which JSON cannot say."""
    return {name: float(value) if math.isfinite(value) else None for name, value in metrics.items()}


def to_json(event: Event, at: float | None = None) -> str:
    """The event as one line of strict JSON, without the line's end; ``at``: when it came, in Unix seconds, for a log
    that is to say so. Raises ValueError for a number not finite."""
    told = {} if at is None else {"at": at}
    return json.dumps({"event": event.kind, **told, **asdict(event)}, ensure_ascii=False, allow_nan=False)


def from_json(line: str) -> Event:
    """The event on a line. Raises ValueError."""
    return logged_of(line)[1]


def logged_of(line: str) -> tuple[float | None, Event]:
    """When the event on a line came, in Unix seconds, where the line says so; and the event. Raises ValueError."""
    try:
        content = json.loads(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(content, dict) or not isinstance(kind := content.pop("event", None), str):
        raise ValueError("no event")
    if kind not in _KINDS:
        raise ValueError(f"no kind of event: {kind}")
    at = content.pop("at", None)
    if not isinstance(at, int | float | None):
        raise ValueError(f"no time: {at}")
    if at is not None and not 0.0 <= at <= time() + CLOCK_SECONDS:
        at = None  # the machine's clock was wrong
    return at, _reader(kind).validate_python(content)


def no_event(path: Path, number: int) -> Problem:
    """What is said of a line, numbered from 1, that holds no event."""
    return NO_EVENT(path=path.name, line=number)
