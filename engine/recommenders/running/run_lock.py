"""One process at a time works in a run's folder: a file says which, and tells whether that one still lives."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from stat import S_ISREG
from time import time
from types import TracebackType

from pydantic import TypeAdapter, ValidationError

from engine.atomic import for_the_owner
from engine.opening import read_file
from engine.problems import UNWRITABLE, EngineError, Problem, declare
from engine.recommenders.running.process_start import started

LOCK_NAME = "run.lock"
BEING_WRITTEN = 5.0
"""Seconds for which a lock without content is one that its owner has made and not yet filled in."""

RUN_IS_BUSY = declare(
    "recommender.run-is-busy",
    "Process {pid} is working on the run in “{path}”. Stop it first, or choose another folder.",
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A process: its number, and when it began, as :func:`started` tells it."""

    pid: int
    started: str

    @classmethod
    def this(cls) -> Holder:
        """The process that asks."""
        return cls(os.getpid(), started(os.getpid()) or "")

    @property
    def lives(self) -> bool:
        """Whether this very process, and not another one of its number, still runs."""
        return started(self.pid) == self.started


_HOLDERS = TypeAdapter(Holder)


def holder_of(path: Path) -> Holder | None:
    """The process that a lock names; None where there is no lock, or nothing to be read in it."""
    try:
        return _HOLDERS.validate_json(read_file(path, 1 << 16))
    except (OSError, ValidationError):
        return None


def is_held(path: Path) -> bool:
    """Whether a lock is there whose process lives."""
    holder = holder_of(path)
    return _is_young(path) if holder is None else holder.lives


def _is_young(path: Path) -> bool:
    try:
        found = path.stat()
        age = abs(time() - found.st_mtime)  # one from the future is nobody's either
        return S_ISREG(found.st_mode) and age < BEING_WRITTEN
    except OSError:
        return False


class RunLock:
    """Holds a lock file while entered. What a killed process has left behind is taken over."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> RunLock:
        """Raises EngineError where another process holds it, or the file cannot be written."""
        try:
            while not self._made():
                self._remove_stale()
        except OSError as error:
            raise EngineError(UNWRITABLE(path=self._path.name, reason=error.strerror or "error")) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._path.unlink()

    def _made(self) -> bool:
        try:
            with open(self._path, "xb", opener=for_the_owner) as file:
                file.write(json.dumps(asdict(Holder.this())).encode())
        except FileExistsError:
            return False
        return True

    def _remove_stale(self) -> None:
        """Put a dead process's lock aside and away. Between the look at it and the move another process may have done
        the same and made its own: then that one is put back."""
        if is_held(self._path):
            raise EngineError(self._busy(holder_of(self._path)))
        aside = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}.part")
        try:
            os.rename(self._path, aside)
        except FileNotFoundError:
            return
        if is_held(aside):
            os.replace(aside, self._path)
            raise EngineError(self._busy(holder_of(self._path)))
        aside.unlink()

    def _busy(self, holder: Holder | None) -> Problem:
        return RUN_IS_BUSY(path=self._path.parent, pid="?" if holder is None else holder.pid)
