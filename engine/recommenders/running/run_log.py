"""The log of a run: every event on a line of its own with the time at which it came, never lost where it can be kept.

A line is written at once and whole. One that is torn, by a kill or by a disk that is full, counts for nothing: readers
leave it, and whoever goes on with the log takes it away. A full disk does not end a run: what cannot be written waits.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path
from time import time
from types import TracebackType
from typing import Protocol

from engine.atomic import for_the_owner
from engine.opening import file_state, open_file
from engine.problems import UNREADABLE, UNWRITABLE, EngineError, Problem, declare
from engine.recommenders.running.events import (
    EpochEnded,
    Event,
    ItemsMapped,
    Judged,
    Kept,
    OutOfTime,
    Resumed,
    Saved,
    Started,
    Stepped,
    logged_of,
    no_event,
    to_json,
)

_STEP = f'{{"event": "{Stepped.kind}"'.encode()

LOG_WAITS = declare(
    "recommender.log-waits",
    "“{path}” cannot be written ({reason}). The run continues and keeps its messages until it can. Free some space.",
)


@dataclass(frozen=True, slots=True)
class Logged:
    """An event, and when it came: ``at`` in Unix seconds, None in a log that does not say."""

    at: float | None
    event: Event


class RawFile(Protocol):
    """What the log needs of a file that is open without a buffer."""

    def write(self, content: bytes, /) -> int | None:
        """Write some or all of it; how many bytes. Raises OSError."""

    def truncate(self, size: int, /) -> int:
        """Cut the file down to a size in bytes."""

    def close(self) -> None:
        """Close it."""


# Writing ----------------------------------------------------------------------------------------------------------


class RunLog:
    """Appends events to a file; a context manager."""

    def __init__(self, file: RawFile, path: Path, length: int, tell: Callable[[Problem], None]) -> None:
        """``length``: of the file in bytes. ``tell``: called with what keeps the log from being written, once until it
        can be written again."""
        self._file, self._path, self._length, self._tell = file, path, length, tell
        self._waiting: list[bytes] = []
        self._failing = False

    @classmethod
    def at(cls, path: Path, tell: Callable[[Problem], None] = lambda problem: None) -> RunLog:
        """The log at a path, to be gone on with behind its last whole line. Raises EngineError."""
        try:
            with suppress(FileNotFoundError):
                file_state(path)  # opening a pipe would wait for a reader
            file = FileIO(path, "ab", opener=for_the_owner)
            length = _whole(path)
            file.truncate(length)
        except OSError as error:
            raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error
        return cls(file, path, length, tell)

    def __enter__(self) -> RunLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises EngineError where something could not be written to the very end, unless that is told already."""
        failure = self._write_waiting()
        self._file.close()
        if failure is not None and kind is None:
            raise EngineError(UNWRITABLE(path=self._path.name, reason=failure.strerror or "error"))

    def __call__(self, event: Event) -> None:
        """Write an event, or keep it for later; steps, of which there are many, are not kept."""
        self._waiting.append((to_json(event, time()) + "\n").encode())
        failure = self._write_waiting()
        if failure is not None and isinstance(event, Stepped):
            self._waiting.pop()
        told, self._failing = self._failing, failure is not None
        if failure is not None and not told:
            self._tell(LOG_WAITS(path=self._path.name, reason=failure.strerror or "error"))

    def _write_waiting(self) -> OSError | None:
        try:
            while self._waiting:
                self._write(self._waiting[0])
                self._length += len(self._waiting.pop(0))
        except OSError as error:
            self._file.truncate(self._length)
            return error
        return None

    def _write(self, line: bytes) -> None:
        while line:
            line = line[self._file.write(line) or 0 :]


def _whole(path: Path) -> int:
    """Bytes of a file up to the end of its last whole line."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        while end > 0:
            begin = max(0, end - 65_536)
            file.seek(begin)
            at = file.read(end - begin).rfind(b"\n")
            if at >= 0:
                return begin + at + 1
            end = begin
    return 0


# Reading ----------------------------------------------------------------------------------------------------------


class LogReader:
    """Reads a log as it grows: each time, what is new. ``steps``: whether with all the steps, or of a stretch of them
    only the last, which is quicker."""

    def __init__(self, path: Path, *, steps: bool = True) -> None:
        self._path, self._steps = path, steps
        self._at = self._line = 0

    def news(self) -> tuple[Logged, ...]:
        """The events since the last time, nothing where there is no log yet. Raises EngineError for a line that is no
        event."""
        try:
            with open_file(self._path) as file:
                file.seek(self._at)
                lines = file.read().splitlines(keepends=True)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise EngineError(UNREADABLE(path=self._path.name, reason=error.strerror or "error")) from error
        if lines and not lines[-1].endswith(b"\n"):
            lines.pop()
        found = tuple(self._events(lines))
        self._at, self._line = self._at + sum(map(len, lines)), self._line + len(lines)
        return found

    def _events(self, lines: list[bytes]) -> Iterator[Logged]:
        for at, line in enumerate(lines):
            followed = at + 1 < len(lines) and lines[at + 1].startswith(_STEP)
            if not self._steps and followed and line.startswith(_STEP):
                continue
            try:
                yield Logged(*logged_of(line.decode()))
            except ValueError as error:
                raise EngineError(no_event(self._path, self._line + at + 1)) from error


def standing(events: Iterable[Logged]) -> list[Logged]:
    """Those of a log's events that still hold: where a run went on from a checkpoint, what had been done after it does
    not, nor a verdict on a network that has learned more since, nor that it went back to an epoch where others came
    after that. How it ended before is kept."""
    found: list[Logged] = []
    went_back = False
    for logged in events:
        if went_back and _learns(logged.event):
            found = [before for before in found if not isinstance(before.event, Kept)]
            went_back = False
        if isinstance(logged.event, Kept):
            logged, went_back = Logged(logged.at, _counted(logged.event, found)), True
        if isinstance(logged.event, Resumed):
            found = _resumed(found, logged.event.updates)
        found.append(logged)
    return found


def _resumed(found: Sequence[Logged], updates: int) -> list[Logged]:
    """Without what had been done after so many updates; where a run is gone on with that had gone back to its best
    epoch, all that it tried before is kept, for there that began to count anew."""
    back = [at for at, one in enumerate(found) if isinstance(one.event, Kept) and one.event.updates == updates]
    kept = back[-1] + 1 if back else 0
    return [*found[:kept], *(one for one in found[kept:] if _holds(one.event, updates))]


def _counted(kept: Kept, before: Sequence[Logged]) -> Kept:
    """With the updates that its epoch ended with, where the log does not say them."""
    if kept.updates >= 0:
        return kept
    ended = [one.event for one in before if isinstance(one.event, EpochEnded)]
    return replace(kept, updates=next((event.updates for event in ended if event.epoch + 1 == kept.epochs), 0))


def _learns(event: Event) -> bool:
    """Whether it is of a run that tries epochs, not of one that has chosen among them."""
    return isinstance(event, EpochEnded | OutOfTime) or (isinstance(event, Started) and not event.auto)


def _holds(event: Event, updates: int) -> bool:
    if isinstance(event, Stepped | EpochEnded | OutOfTime | Saved | ItemsMapped):
        return event.updates <= updates
    return not isinstance(event, Judged)
