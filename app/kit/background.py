"""Work away from the GUI thread: a callable in, its result out, and nothing that it may do leaves anyone waiting."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.kit.translation import QT_TRANSLATE_NOOP
from engine.problems import EngineError, Problem, declare

INTERNAL_ERROR = declare(
    "app.internal-error",
    QT_TRANSLATE_NOOP("Problem", "An internal error stopped this; it has been written down in the log. Try it again."),
)
NO_MEMORY = declare(
    "app.no-memory",
    QT_TRANSLATE_NOOP(
        "Problem",
        "There was not enough memory for this; close other programs, or take a smaller network or data set.",
    ),
)


def report(error: BaseException) -> Problem:
    """What to say of an error. One that is not the engine's is handed to the program's hook for internal errors, which
    logs it. For the GUI thread."""
    if not isinstance(error, EngineError):
        sys.excepthook(type(error), error, error.__traceback__)
    return problem_of(error)


def problem_of(error: BaseException) -> Problem:
    """The engine's own problem, or what can be said of an internal error in a sentence."""
    if isinstance(error, EngineError):
        return error.problem
    return NO_MEMORY() if isinstance(error, MemoryError) else INTERNAL_ERROR()


class _Relay(QObject):
    """Carries what a thread has to tell into the GUI thread. The thread holds it, so it outlives whoever asked."""

    advanced = Signal(object, float)
    ended = Signal(object, object, object)


class Job:
    """One piece of work under way, as the callable that does it sees it."""

    def __init__(self, relay: _Relay, over: threading.Event) -> None:
        self._relay, self._over = relay, over
        self._dropped = False

    def cancelled(self) -> bool:
        """Whether nobody wants the result any more; whatever takes long looks at it now and then."""
        return self._dropped or self._over.is_set()

    def progress(self, share: float) -> None:
        """Tell the share done, up to 1."""
        self._relay.advanced.emit(self, share)

    def drop(self) -> None:
        """The result is not wanted any more."""
        self._dropped = True


Work = Callable[[Job], object]
"""Runs in another thread: it must touch no QObject, nor hold the last reference to one."""


class Background(QObject):
    """One job at a time in a thread of its own; at most one request waits for it, and a newer one takes its place.

    With ``latest_only`` a newer request also drops the job that runs, so that nothing but the latest result is
    delivered. Without it every job that has begun is delivered; the next begins when that result has been taken.
    What a job raises comes as ``failed(Problem)`` and, unless it is an EngineError, also goes to ``sys.excepthook``;
    of a dropped job only the latter. Jobs that fail all in the same way, many times a second maybe, go there once until
    one has ended well. ``pause_ms``: the rest between a job and the next.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)

    def __init__(self, name: str, *, latest_only: bool, pause_ms: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._latest_only = latest_only
        self._over = threading.Event()
        self._waiting: Work | None = None
        self._running: Job | None = None
        self._thread: threading.Thread | None = None
        self._said = ""
        self._relay = _Relay()
        self._relay.advanced.connect(self._advance, Qt.ConnectionType.QueuedConnection)
        self._relay.ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(pause_ms)
        self._rest.timeout.connect(self._begin_next)
        self.destroyed.connect(self._over.set)

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return self._waiting is not None or (self._running is not None and not self._running.cancelled())

    def request(self, work: Work) -> None:
        """Do this next, in place of whatever waits; ``done`` or ``failed`` follows. Nothing happens after a close."""
        if self._over.is_set():
            return
        self._waiting = work
        if self._latest_only and self._running is not None:
            self._running.drop()
        self._begin_next()

    def cancel(self, *, wait: bool = False) -> None:
        """Want nothing any more of what has been requested; ``wait`` until its thread has ended."""
        self._waiting = None
        if self._running is not None:
            self._running.drop()
        if wait and self._thread is not None:
            self._thread.join()

    def close(self, *, wait: bool = False) -> None:
        """Take no more requests and deliver nothing more; the thread ends when its job next looks."""
        self._over.set()
        self._rest.stop()
        self.cancel(wait=wait)

    @Slot()
    def _begin_next(self) -> None:
        if self._waiting is None or self._running is not None or self._rest.isActive():
            return
        work, self._waiting = self._waiting, None
        self._running = job = Job(self._relay, self._over)
        thread = threading.Thread(target=_run, args=(work, job, self._relay), name=self.objectName(), daemon=True)
        try:
            thread.start()
            self._thread = thread
        except RuntimeError as error:  # the system gives no more threads
            self._relay.ended.emit(job, None, error)

    @Slot(object, float)
    def _advance(self, job: Job, share: float) -> None:
        if not job.cancelled():
            self.progressed.emit(share)

    @Slot(object, object, object)
    def _finish(self, job: Job, result: object, error: BaseException | None) -> None:
        self._thread = None
        if self._over.is_set():
            return
        wanted = not job.cancelled()
        job.drop()  # it is nothing to wait for any more, also for those who now take its result
        try:
            self._deliver(result, error, wanted)
        finally:
            self._running = None
            if self._rest.interval() and not self._over.is_set():
                self._rest.start()
            self._begin_next()

    def _deliver(self, result: object, error: BaseException | None, wanted: bool) -> None:
        if error is not None:
            problem = self._reported(error)
            if wanted:
                self.failed.emit(problem)
        else:
            self._said = ""
            if wanted:
                self.done.emit(result)

    def _reported(self, error: BaseException) -> Problem:
        """The error's problem; handed to the hook unless the one before was just the same."""
        known, self._said = self._said, repr(error)
        return problem_of(error) if self._said == known else report(error)


def _run(work: Work, job: Job, relay: _Relay) -> None:
    """In the thread. It knows nothing of the :class:`Background`, which may be gone by the time that this ends."""
    try:
        result = work(job)
    except BaseException as error:
        relay.ended.emit(job, None, error)
    else:
        relay.ended.emit(job, result, None)
