"""The folder that a run lives in: what was asked for, what it says of itself, its checkpoint, and who works in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.atomic import make_folder
from engine.problems import UNWRITABLE, EngineError, declare
from engine.recommenders.running.events import Failed, Started
from engine.recommenders.running.plan import RunPlan, read_plan, write_plan
from engine.recommenders.running.run_lock import LOCK_NAME, is_held
from engine.recommenders.running.run_log import LogReader

RUN_IS_THERE = declare(
    "recommender.run-is-there", "“{path}” already holds a run. Continue it with --resume, or choose another folder."
)
NOT_OUR_FILE = declare(
    "recommender.not-our-file",
    "“{path}” wasn't put there by a run (it's a link, or something else by that name). Move it away, or choose "
    "another folder.",
)
IN_THE_WAY = declare(
    "recommender.in-the-way",
    "A new run would write to “{path}”. Move that file away, or choose another folder.",
)
FOLDER_IN_USE = declare(
    "recommender.folder-in-use",
    "“{path}” contains what no run has written ({names}). Choose an empty folder, or one that isn't there yet.",
)
NO_RUN = declare("recommender.no-run", "“{path}” doesn't hold a run. Choose a folder in which a run has been planned.")

MOST_NAMED = 5
"""Files of others that are named."""
PRIVATE = 0o700
"""A run's folder is its owner's alone: what it was trained on can be read off what it has learned."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The places in a run's folder. Whoever writes the file ``stop`` asks the run to stop."""

    path: Path

    @property
    def plan(self) -> Path:
        """What was asked for, a :class:`engine.recommenders.running.plan.RunPlan` as JSON."""
        return self.path / "plan.json"

    @property
    def draft(self) -> Path:
        """What somebody has prepared of a next run from this one: a plan, which no process reads."""
        return self.path / "draft.json"

    @property
    def log(self) -> Path:
        """Every event, see :mod:`engine.recommenders.running.run_log`."""
        return self.path / "events.jsonl"

    @property
    def checkpoint(self) -> Path:
        """Where the run goes on from."""
        return self.path / "checkpoint.safetensors"

    @property
    def lock(self) -> Path:
        """Which process works on it."""
        return self.path / LOCK_NAME

    @property
    def stop(self) -> Path:
        """The wish that it stop."""
        return self.path / "stop"

    @property
    def errors(self) -> Path:
        """What its process had to say on standard error, where somebody has it written here."""
        return self.path / "errors.txt"

    @property
    def maps(self) -> Path:
        """Maps of the items, which earlier versions wrote; they go with the run."""
        return self.path / "maps"

    @property
    def companions(self) -> Path:
        """A checkpoint of each companion."""
        return self.path / "companions"

    @property
    def rooms(self) -> tuple[Path, ...]:
        """The folders within."""
        return self.maps, self.companions

    @property
    def files(self) -> tuple[Path, ...]:
        """The files directly within."""
        return self.lock, *self.contents

    @property
    def contents(self) -> tuple[Path, ...]:
        """The files directly within but for the lock. The plan comes last: until it is deleted, the folder holds a
        run."""
        return self.checkpoint, self.stop, self.errors, self.draft, self.log, self.plan

    def check(self) -> None:
        """Refuse to work where another thing bears the name of something of ours: a link leads to what is not ours, and
        so does a second name of a file that is written in place. Raises EngineError."""
        rooms = [room for room in self.rooms if os.path.lexists(room)]
        for room in rooms:
            if room.is_symlink() or not room.is_dir():
                raise EngineError(NOT_OUR_FILE(path=room))
        for path in (*self.files, *(path for room in rooms for path in room.glob("*.safetensors"))):
            self._check_file(path)

    def ask_to_stop(self) -> None:
        """Ask the process that works here to stop. Raises EngineError."""
        self._check_file(self.stop)
        try:
            self.stop.touch(mode=0o600)
        except OSError as error:
            raise EngineError(UNWRITABLE(path=self.stop.name, reason=error.strerror or "error")) from error

    def _check_file(self, path: Path) -> None:
        with suppress(OSError):  # what cannot be looked at cannot be written either
            found = path.lstat()
            shared = found.st_nlink > 1 and path in (self.log, self.errors)
            if shared or not stat.S_ISREG(found.st_mode):
                raise EngineError(NOT_OUR_FILE(path=path))

    def written(self) -> Iterator[Path]:
        """Every file that a run may have written, the lock not among them; what a kill left half written, too."""
        for place in (*self.rooms, self.path):
            yield from place.glob(".*.part")
        for room in self.rooms:
            yield from room.glob("*.safetensors")
        yield from self.contents

    def read_plan(self) -> RunPlan:
        """What was asked for. Raises EngineError, also where no run is here."""
        if not self.plan.exists():
            raise EngineError(NO_RUN(path=self.path))
        return read_plan(self.plan)

    def begin(self, plan: RunPlan) -> None:
        """Make the folder, where it is not there, and write the plan. A run that failed before it began to learn gives
        way. Raises EngineError, also for a folder with a run of another plan, or one that has begun, and for one with
        files of others by the names of ours."""
        self.check()
        planned = self._is_planned()
        gives_way = planned and self._failed_before_it_began()
        if not gives_way and (self.log.exists() or (planned and self.read_plan() != plan)):
            raise EngineError(RUN_IS_THERE(path=self.path))
        if not planned:
            self._check_unused()
        for path in (*(() if planned else self.files), self.checkpoint, *self.rooms):
            if path.is_dir() or (path.exists() and path.stat().st_size):  # in an empty file there is nothing to lose
                raise EngineError(IN_THE_WAY(path=path))
        try:
            make_folder(self.path, PRIVATE)
            for path in (self.log, self.errors) if gives_way else ():
                path.unlink(missing_ok=True)
        except OSError as error:
            raise EngineError(UNWRITABLE(path=self.path, reason=error.strerror or "error")) from error
        write_plan(self.plan, plan)

    def _is_planned(self) -> bool:
        """Whether a plan is here. Raises EngineError for another file by its name."""
        if not self.plan.exists():
            return False
        try:
            self.read_plan()
        except EngineError:
            raise EngineError(IN_THE_WAY(path=self.plan)) from None
        return True

    def _check_unused(self) -> None:
        """Raise EngineError where files of others lie here; what systems hide, such as “.DS_Store”, doesn't count."""
        own = {path.name for path in (*self.files, *self.rooms)}
        names = [name for name in names_in(self.path) if name not in own and not name.startswith(".")]
        if names:
            raise EngineError(FOLDER_IN_USE(path=self.path, names=some_of(names)))

    def _failed_before_it_began(self) -> bool:
        """Whether the run has ended by an error before its first step, as by a wrong choice, and nobody works on it."""
        if is_held(self.lock):
            return False
        try:
            events = [logged.event for logged in LogReader(self.log).news()]
        except EngineError:
            return False
        failed = any(isinstance(event, Failed) for event in events)
        return failed and not any(isinstance(event, Started) for event in events)

    def forget_stop(self) -> None:
        """Take back a wish to stop that was meant for a process before this one."""
        with suppress(FileNotFoundError):
            self.stop.unlink()


def names_in(folder: Path) -> list[str]:
    """What is in a folder, by name; nothing where it is gone or can't be looked into."""
    with suppress(OSError):
        return sorted(inside.name for inside in folder.iterdir())
    return []


def some_of(names: list[str]) -> str:
    """The first of some names, for a sentence."""
    return ", ".join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])])


def planned(path: Path) -> RunPlan:
    """The plan in a run's folder, or in a file by itself. Raises EngineError where there is none."""
    return RunFolder(path).read_plan() if path.is_dir() else read_plan(path)
