"""What a run of training says of itself, as plain data, and as JSON with one event per line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from engine.problems import UNREADABLE, EngineError, Problem, declare

NO_EVENT = declare(
    "recommender.no-event",
    "Line {line} of “{path}” is no event of a training run; choose a file written by --events jsonl.",
)

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Started:
    """A run begins with step ``step`` of ``epoch``. ``rows`` and ``steps`` of one epoch; ``parameters`` in all.
    ``epochs``: how many there will be, with ``auto`` at most."""

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
    ``metrics``: what the evaluation found, None for what is not finite."""

    kind: ClassVar[str] = "epoch"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epoch: int
    updates: int
    loss: float
    seconds: float
    samples_per_second: float
    metrics: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that looked for its best epoch has gone back to what it was after ``epochs`` of ``tried`` epochs, 0 for how
    it began: there ``figure`` was ``value`` on the rows that a run chooses by, None where it was never finite."""

    kind: ClassVar[str] = "kept"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epochs: int
    tried: int
    figure: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A checkpoint is on the disk."""

    kind: ClassVar[str] = "checkpoint"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    path: str
    updates: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that people should know and that does not end the run."""

    kind: ClassVar[str] = "notice"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Diverged:
    """The run has ended before update number ``step`` (from 0); see :class:`engine.network.contract.NonFinite`."""

    kind: ClassVar[str] = "diverged"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    step: int
    block: str
    what: str
    sentence: str


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
    """All epochs are done; ``epochs``: those that the network has learned by."""

    kind: ClassVar[str] = "finished"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    epochs: int
    updates: int
    seconds: float


Event = Started | Stepped | EpochEnded | Kept | Saved | Noticed | Diverged | Stopped | Finished

_READERS: Mapping[str, TypeAdapter[Any]] = {
    kind.kind: TypeAdapter(kind)
    for kind in (Started, Stepped, EpochEnded, Kept, Saved, Noticed, Diverged, Stopped, Finished)
}


def noticed(problem: Problem) -> Noticed:
    """A problem that does not end the run, as an event."""
    return Noticed(problem.code, problem.sentence)


def finite(metrics: Mapping[str, float]) -> dict[str, float | None]:
    """Metrics as an event carries them: None for what is not finite, which JSON cannot say."""
    return {name: float(value) if math.isfinite(value) else None for name, value in metrics.items()}


def to_json(event: Event) -> str:
    """The event as one line of strict JSON, without the line's end. Raises ValueError for a number not finite."""
    return json.dumps({"event": event.kind, **asdict(event)}, ensure_ascii=False, allow_nan=False)


def from_json(line: str) -> Event:
    """The event on a line. Raises ValueError."""
    content = json.loads(line)
    if not isinstance(content, dict) or not isinstance(kind := content.pop("event", None), str):
        raise ValueError("no event")
    if kind not in _READERS:
        raise ValueError(f"no kind of event: {kind}")
    event: Event = _READERS[kind].validate_python(content)
    return event


def read_events(path: Path) -> Iterator[Event]:
    """The events of a file, in order; a last line that is still being written counts for nothing.

    Raises EngineError with the number of the first line that is no event.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.endswith("\n"):
                    yield _event(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no text"
        raise EngineError(UNREADABLE(path=path.name, reason=reason)) from error


def _event(path: Path, number: int, line: str) -> Event:
    try:
        return from_json(line)
    except (ValidationError, ValueError, RecursionError) as error:
        raise EngineError(NO_EVENT(path=path.name, line=number)) from error
