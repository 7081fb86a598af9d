"""A process at work in a run's folder: it alone, its events in the log, and how it ended, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

from engine.problems import EngineError, Problem, declare
from engine.recommenders.running.checkpoints import Cursor
from engine.recommenders.running.events import Event, Resumed, failed
from engine.recommenders.running.plan import RunPlan, write_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import RunLock
from engine.recommenders.running.run_log import RunLog

BROKE_OFF = declare(
    "recommender.broke-off",
    "The run failed because of a bug in the program ({fault}). Resume it, and report the bug if it happens again.",
)


class RunSession:
    """A context manager: takes the lock, takes back an old wish to stop, notes the plan, and opens the log.

    Called with an event, it writes that to the log. Left by an error, it writes that the run has failed.
    """

    def __init__(self, folder: RunFolder, plan: RunPlan, tell: Callable[[Problem], None]) -> None:
        """``plan``: as it holds now, when a run goes on with other settings. ``tell``: is told what keeps the log from
        being written."""
        self.folder, self.plan = folder, plan
        self._tell, self._stack, self._begun = tell, ExitStack(), False
        self._log: RunLog

    def __enter__(self) -> RunSession:
        """Raises EngineError where another process has the run, where the folder cannot be written to, and where it
        has what is not ours."""
        self.folder.check()
        with ExitStack() as stack:
            stack.enter_context(RunLock(self.folder.lock))
            self.folder.forget_stop()
            if self.folder.read_plan() != self.plan:
                write_plan(self.folder.plan, self.plan)
            self._begun = self.folder.log.exists()
            self._log = stack.enter_context(RunLog.at(self.folder.log, self._tell))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if isinstance(error, EngineError):
                self._log(failed(error.problem))
            elif isinstance(error, Exception):
                self._log(failed(BROKE_OFF(fault=f"{type(error).__name__}: {error}")))

    def __call__(self, event: Event) -> None:
        """Write an event to the log."""
        self._log(event)

    def goes_on(self, cursor: Cursor) -> None:
        """Say where training goes on, unless this is the first time that the run is worked on."""
        if self._begun:
            self._log(Resumed(cursor.epoch, cursor.step, cursor.updates))
