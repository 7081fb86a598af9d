"""What is found in a run's folder each time that it is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from app.kit.background import Job, Work
from app.workspaces.recommender.launching import Launched
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_history import RunHistory, RunReader
from engine.recommenders.running.run_state import RunState, Status

ERROR_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in the folder: ``history`` None where nothing is new; ``gone``: a process that was started here
    and lives no more, ``errors``: the last line of what it said."""

    history: RunHistory | None
    gone: Launched | None = None
    errors: str = ""


def told(state: RunState) -> tuple[Status, float]:
    """What is other once a process has said anything of a run: its status, and its seconds of work."""
    return state.status, state.seconds


def looking(reader: RunReader, process: Launched | None) -> Work:
    """Looks, in another thread. ``process``: that was started here for the run, while it is not known to have ended."""

    def look(_job: Job) -> Look:
        gone = None if process is None or process.lives else process  # before the files are read: it wrote them
        history = reader.news()
        return Look(history, gone, "" if gone is None else _last_error(reader.folder))

    return look


def _last_error(folder: RunFolder) -> str:
    """The last line on a process's standard error, without its full stop."""
    try:
        lines = folder.errors.read_bytes()[-ERROR_BYTES:].decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip().rstrip(".") for line in reversed(lines) if line.strip()), "")
