"""Writes a document's journal away from the GUI thread: each step is on the disk a few milliseconds after it was done,
in whatever rhythm they come."""

from __future__ import annotations

import math
import os
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from app.kit.history import History, Step
from app.shell.journal_lines import Encoded, Lines, Turns, cut
from engine.formats.journal import JournalFile, Packed, Said
from engine.opening import file_state

LEAST_ANEW = 4 << 20
"""Bytes that a journal may grow by before it is written anew without what is past."""
GROWTH = 2
"""… and so many times what that came to last time."""
MOST_WHOLE, MOST_GROWN = 64 << 20, 192 << 20
"""Bytes: a history that is longer begins later, and a journal grows no further."""
NEVER = 1 << 62
"""Beyond the serial of any step."""
MOST_MOMENTS = 60
"""So many are kept of those that did not know what changes by itself; in a network that cannot run they never end."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A document under its ``title`` at a moment, ``at`` seconds since 1970. ``needed``: there is something that lies
    in no file of the person's own, whose is ``own``."""

    history: History
    needed: bool
    at: float
    own: Path | None = None
    title: str = ""


class JournalThread(threading.Thread):
    """The file begins with the first moment that is needed, and says the whole history up to the latest."""

    def __init__(self, path: Path, workspace: str, encoded: Encoded, on_error: Callable[[BaseException], None]) -> None:
        """``on_error`` is called in this thread, once for errors that come all in the same way: the moment is then not
        written. A disk that cannot be written to is none: saving by hand says that."""
        super().__init__(name="autosave", daemon=True)
        self._turns = Turns()
        self._path, self._lines, self._file = path, Lines(workspace, encoded, self._turns.pause), JournalFile(path)
        self._anew: JournalFile | None = None
        self._first: int | None = None
        self._queue: queue.SimpleQueue[Moment | Callable[[], None] | threading.Event | None] = queue.SimpleQueue()
        self._syncing, self._idle = Syncing(), threading.Event()
        self._keep = False
        self._on_error, self._known = on_error, ""
        self._base: tuple[Moment, ...] = ()
        self._changed: int | None = None
        self._most = LEAST_ANEW
        self._ended, self._took = -math.inf, 0.0

    # From the GUI thread ------------------------------------------------------------------------------------------

    def put(self, moment: Moment | Callable[[], None]) -> None:
        """Write this down next; or call this once all before it is on the disk, if it is."""
        self._idle.clear()
        self._queue.put(moment)

    def caught_up(self, seconds: float) -> None:
        """Let the thread come first for so long at most: on a busy machine it may have to wait for its turn."""
        self._idle.wait(seconds)

    def flush(self, seconds: float) -> bool:
        """Wait until all that has been put is on the disk; False where that takes longer, or cannot be."""
        done = threading.Event()
        self._queue.put(done)
        return done.wait(seconds) and self._file.begun

    def resting(self, share: float) -> bool:
        """Whether it has its rest after a long writing: it shall take no more than this share of the time."""
        return monotonic() - self._ended < self._took / share

    def end(self, *, keep: bool = False) -> None:
        """Nothing more comes: wait for the thread, which takes the file away unless it is to be kept."""
        self._keep = keep
        self._queue.put(None)
        self.join()

    # In the thread ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Write down whatever has come, all of it at once."""
        with suppress(OSError):
            self._file.reserve()
        while True:
            if self._queue.empty():
                self._idle.set()
            waiting = [self._queue.get()]
            while not self._queue.empty():
                waiting.append(self._queue.get())
            for one, following in zip(waiting, [*waiting[1:], None], strict=True):
                if one is None:
                    self._syncing.end()
                    self._give_up_anew()
                    (self._file.close if self._keep else self._file.remove)()
                    return
                if isinstance(one, threading.Event):
                    self._guarded(self._file.sync)
                    one.set()
                elif not isinstance(one, Moment):
                    self._guarded(partial(self._do, one))
                elif not (isinstance(following, Moment) and _is_outdated(one, following)):
                    self._guarded(partial(self._take, one))

    def _guarded(self, work: Callable[[], None]) -> None:
        start = monotonic()
        self._turns.begin()
        try:
            work()
            self._known = ""
        except OSError:
            self._give_up_anew()
            self._file.close()
        except Exception as error:
            self._give_up_anew()
            self._file.close()
            if repr(error) != self._known:
                self._known = repr(error)
                self._on_error(error)
        self._ended = monotonic()
        self._took = self._ended - start

    def _do(self, afterwards: Callable[[], None]) -> None:
        if self._file.begun:
            self._file.sync()
            afterwards()

    def _take(self, moment: Moment) -> None:
        moment = replace(moment, history=cut(moment.history, self._first))
        before = self._base[-1] if self._base else None
        self._base = _continued(self._base, moment)
        if before is None:
            self._lines.whole([moment.history], self._said(moment))  # what that imports is there when it matters
        if not moment.needed:
            self._changed = _last_change(moment.own)
        if before is not None and self._file.begun:
            lines = self._lines.change(before.history, moment.history, self._said(moment))
            self._file.append(self._turns.between(lines))
            if self._anew is not None:
                self._anew.append(self._turns.between(lines))
            elif self._file.size > self._most:
                self._begin_anew()
        elif moment.needed:
            self._begin(self._file)
        self._lines.forget(moment.history)
        self._syncing.put(self._file.handle())

    def _begin(self, file: JournalFile) -> None:
        """Say all in a file; where that is too much, without the first of the steps."""
        said = self._said(self._base[-1])
        while True:
            lines = self._lines.whole([moment.history for moment in self._base], said)
            steps = self._base[-1].history.steps
            if not steps or sum(map(_size, self._turns.between(lines))) < MOST_WHOLE:
                break
            index = self._base[-1].history.index
            later = steps[(len(steps) + 1) // 2 : index + 1]
            self._first = later[0].serial if later else NEVER
            self._base = tuple(replace(one, history=cut(one.history, self._first)) for one in self._base)
        file.begin(self._turns.between(lines))
        self._most = min(file.size * GROWTH + LEAST_ANEW, MOST_GROWN)

    def _begin_anew(self) -> None:
        """Write a file without what is past beside the present one, to take its place when it lies on the disk."""
        self._anew = JournalFile(self._path.with_suffix(".anew"))
        try:
            self._begin(self._anew)
        except OSError:
            self._give_up_anew()
            raise
        self._syncing.put(self._anew.handle(), lambda: self._queue.put(self._swap))

    def _swap(self) -> None:
        if self._anew is not None and self._anew.begun:
            self._anew.take_place(self._path)
            before, self._file, self._anew = self._file, self._anew, None  # whoever looks meanwhile finds one begun
            before.close()

    def _give_up_anew(self) -> None:
        if self._anew is not None:
            self._anew.remove()
            self._anew = None

    def _said(self, moment: Moment) -> dict[str, Any]:
        said: dict[str, Any] = {"at": moment.at} if moment.needed else {"at": moment.at, "needed": False}
        if moment.title:
            said["title"] = moment.title
        if moment.own is None:
            return said
        return said | {"file": {"path": str(moment.own), "changed": self._changed}}


class Syncing(threading.Thread):
    """Has what was written reach the disk, while more is being written: a busy disk takes its time."""

    def __init__(self) -> None:
        super().__init__(name="autosave", daemon=True)
        self._handles: queue.SimpleQueue[tuple[int, Callable[[], None] | None] | None] = queue.SimpleQueue()
        self.start()

    def put(self, handle: int | None, then: Callable[[], None] | None = None) -> None:
        """Sync and close this descriptor, if there is one; then call that, in this thread."""
        if handle is not None:
            self._handles.put((handle, then))

    def end(self) -> None:
        """Nothing more comes: wait for the thread."""
        self._handles.put(None)
        self.join()

    def run(self) -> None:
        """Sync the latest: what waits before it is of the same file, or of one that is gone."""
        while (waiting := self._handles.get()) is not None:
            handle, then = waiting
            with suppress(OSError):  # saving by hand says what is wrong with the disk
                if then is not None or self._handles.empty():
                    os.fsync(handle)
            os.close(handle)
            if then is not None:
                then()


def _continued(base: tuple[Moment, ...], moment: Moment) -> tuple[Moment, ...]:
    """The moments from the latest on that knew what changes by itself: what has been done since is done to that."""
    if moment.history.run is not None or not base or base[0].history.run is None:
        return (moment,)
    if len(base) > MOST_MOMENTS:
        return (replace(moment, history=replace(moment.history, run=base[0].history.run)),)
    return (*base, moment)


def _is_outdated(one: Moment, following: Moment) -> bool:
    """Whether the following moment is the same step, further on: only where it has got to is of interest."""

    def places(history: History) -> tuple[object, ...]:
        return history.index, history.clean, [_serials(step) for step in history.steps]

    return (
        one.needed == following.needed
        and one.own == following.own
        and (one.history.run is None or following.history.run is not None)
        and one.history.index > 0
        and places(one.history) == places(following.history)
    )


def _serials(step: Step) -> tuple[object, ...]:
    return step.serial, [_serials(part) for part in step.parts]


def _size(line: Said) -> int:
    """Bytes of a line, roughly: of its arrays."""
    return sum(array.array.nbytes * 4 // 3 for array in _arrays(line[1])) + 200


def _arrays(content: object) -> Iterator[Packed]:
    if isinstance(content, Packed):
        yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from _arrays(part)
    elif isinstance(content, list | tuple):
        for part in content:
            yield from _arrays(part)


def _last_change(path: Path | None) -> int | None:
    try:
        return None if path is None else file_state(path).st_mtime_ns
    except OSError:
        return None
