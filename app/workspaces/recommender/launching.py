"""Starting runs as processes of their own, which go on when the window closes, and asking them to stop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import ClassVar

from engine.atomic import for_the_owner
from engine.command import engine_command
from engine.problems import EngineError, declare
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import is_held
from engine.recommenders.running.runs import new_run

NOT_STARTED = declare(
    "app.run-not-started",
    "The run couldn't be started ({reason}). Check that its folder can be written to and that Python can run.",
)

if sys.platform == "win32":
    _APART = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _APART = 0


class Launched:
    """A process that was started here, and that nobody waits for: it outlives the window."""

    _all: ClassVar[list[Launched]] = []

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        """``folder``: of the run that it works on."""
        self.folder, self._process = folder, process
        # Held until it has ended: Python would complain of one that it lets go of before.
        Launched._all = [run for run in Launched._all if run.lives] + [self]

    @property
    def lives(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """Have it end; one that is at work on its run by then keeps a checkpoint."""
        self._process.terminate()

    @classmethod
    def at(cls, folder: Path) -> Launched | None:
        """The process that was started here for a run and still lives: it may not have taken the run's lock yet."""
        return next((run for run in cls._all if run.folder == folder and run.lives), None)


def start(folder: RunFolder) -> Launched:
    """Begin the run that is planned in a folder. Raises EngineError."""
    return _launch(folder, "--plan", str(folder.plan), "--run", str(folder.path))


def begin(root: Path, plan: RunPlan, device: str) -> RunFolder:
    """Plan a run below ``root`` for a device, and begin it. Raises EngineError."""
    folder = new_run(root, plan.model_copy(update={"device": device}))
    start(folder)
    return folder


def resume(folder: RunFolder) -> Launched:
    """Go on with the run in a folder from its checkpoint. Raises EngineError."""
    return _launch(folder, "--resume", str(folder.path))


def ask_to_stop(folder: RunFolder) -> None:
    """Ask for a stop after the present batch, with a checkpoint; a process that has not come to the run yet is ended.
    Raises EngineError."""
    starting = Launched.at(folder.path)
    if starting is not None and not is_held(folder.lock):
        starting.end()
        return
    folder.ask_to_stop()


def _launch(folder: RunFolder, *what: str) -> Launched:
    """A process in a session of its own: its events go to the log alone, its standard error to a file."""
    command = engine_command("recommend", "train", *what, "--events", "jsonl")
    nowhere = subprocess.DEVNULL
    folder.check()
    try:
        with open(folder.errors, "wb", opener=for_the_owner) as errors:
            process = subprocess.Popen(
                command, stdin=nowhere, stdout=nowhere, stderr=errors, start_new_session=True, creationflags=_APART
            )
    except OSError as error:
        raise EngineError(NOT_STARTED(reason=error.strerror or "error")) from error
    return Launched(folder.path, process)
