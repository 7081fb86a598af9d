"""The runs below a folder: listed, planned, renamed, deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from engine.atomic import make_folder
from engine.problems import UNREADABLE, UNWRITABLE, EngineError, Problem, declare
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan, write_plan
from engine.recommenders.running.run_folder import PRIVATE, RunFolder, names_in, some_of
from engine.recommenders.running.run_lock import RunLock
from engine.recommenders.running.run_state import RunState, state_of

NOT_A_RUN_HERE = declare(
    "recommender.not-a-run-here",
    "“{name}” isn't the name of a folder in “{root}”; name one as the list of runs shows it.",
)
LINKED_RUN = declare(
    "recommender.linked-run",
    "“{path}” is a link to a folder elsewhere; go to that folder to rename or delete its run.",
)
NO_NAME = declare(
    "recommender.no-run-name", "A run's name has 1 to {most} characters, and this one has {count}. Choose another."
)
OTHERS_STAY = declare(
    "recommender.notice-others-stay",
    "The folder “{path}” was kept, because it also contains what no run has written: {names}.",
)
LONGEST_FOLDER = 60
"""Characters of a folder's name, of those that a run's own name gives."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # what Windows takes for a device


@dataclass(frozen=True, slots=True)
class BadRun:
    """A folder with a run that cannot be read, and why."""

    folder: RunFolder
    problem: Problem


def list_runs(root: Path) -> tuple[RunState | BadRun, ...]:
    """Every run in a folder directly below ``root``, by the folders' names; none where there is no such root.

    Raises EngineError where the root itself cannot be read.
    """
    try:
        places = sorted(place for place in root.iterdir() if place.is_dir())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise EngineError(UNREADABLE(path=root.name, reason=error.strerror or "error")) from error
    return tuple(_looked_at(folder) for folder in map(RunFolder, places) if _is_of_a_run(folder))


def _is_of_a_run(folder: RunFolder) -> bool:
    return folder.plan.exists() or folder.log.exists()


def _looked_at(folder: RunFolder) -> RunState | BadRun:
    try:
        return state_of(folder)
    except EngineError as error:
        return BadRun(folder, error.problem)


def new_run(root: Path, plan: RunPlan) -> RunFolder:
    """A new folder below ``root`` with this plan in it, called after the plan's name. Raises EngineError."""
    try:
        make_folder(root)
        folder = RunFolder(_made(root, plan.name))
    except OSError as error:
        raise EngineError(UNWRITABLE(path=root.name, reason=error.strerror or "error")) from error
    write_plan(folder.plan, plan)
    return folder


def _made(root: Path, name: str) -> Path:
    """A folder of a name that no other has. Whoever makes it first has it."""
    for path in (root / free for free in _names(folder_name(name))):
        with suppress(FileExistsError):
            path.mkdir(mode=PRIVATE)
            return path
    raise AssertionError("numbers do not end")


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} {number}" for number in count(2))


def folder_name(name: str) -> str:
    """A run's name as every system lets a folder be called."""
    plain = _NOT_IN_NAMES.sub("-", name)[:LONGEST_FOLDER].strip(" .")
    return f"{plain}-" if _RESERVED.fullmatch(plain) else plain or "run"


def run_in(root: Path, name: str) -> RunFolder:
    """The run in the folder of this name directly below ``root``. Raises EngineError for a path to anywhere else."""
    path = Path(name)
    if path.parts != (path.name,) or name == "..":
        raise EngineError(NOT_A_RUN_HERE(name=name, root=root))
    return RunFolder(root / path)


def _check_own(folder: RunFolder) -> None:
    """Raise EngineError where a link may lead to what is not ours."""
    if folder.path.is_symlink():
        raise EngineError(LINKED_RUN(path=folder.path))
    folder.check()


def rename(folder: RunFolder, name: str) -> RunPlan:
    """Give a run another name; its folder keeps its own. Raises EngineError, also for a link to a run."""
    _check_own(folder)
    if not 0 < len(name) <= LONGEST_NAME:
        raise EngineError(NO_NAME(most=LONGEST_NAME, count=len(name)))
    plan = folder.read_plan().model_copy(update={"name": name})
    write_plan(folder.plan, plan)
    return plan


def delete(folder: RunFolder) -> Problem | None:
    """Take away what the run has written, and the folder where it holds nothing else; what stays is said.

    Raises EngineError while a process works on the run, for a folder without a run, where a link may lead to what is
    not ours, and where it may not be deleted.
    """
    _check_own(folder)
    if not _is_of_a_run(folder):
        folder.read_plan()
    with RunLock(folder.lock):
        try:
            for path in folder.written():
                path.unlink(missing_ok=True)
        except OSError as error:
            raise EngineError(UNWRITABLE(path=folder.path.name, reason=error.strerror or "error")) from error
    for place in (*folder.rooms, folder.path):
        with suppress(OSError):  # what others have put there stays
            place.rmdir()
    return _what_stays(folder.path)


def _what_stays(path: Path) -> Problem | None:
    names = names_in(path)
    return OTHERS_STAY(path=path, names=some_of(names)) if names else None
