"""Work away from the GUI thread: a callable in, its result out, and nothing that it may do leaves anyone waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.kit.errors import announce, problem_of, record


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
        """Tell the share done, up to 1, to whoever still wants to know."""
        if not self.cancelled():
            self._relay.advanced.emit(self, share)

    def end(self, result: object, error: BaseException | None) -> None:
        """Tell how it ended. After a close nobody listens, and the program may be leaving: Qt then takes signals away
        under a thread that still runs."""
        if not self._over.is_set():
            self._relay.ended.emit(self, result, error)

    def drop(self) -> None:
        """The result is not wanted any more."""
        self._dropped = True


Work = Callable[[Job], object]
"""Runs in another thread: it must touch no QObject, nor hold the last reference to one."""


ABANDONED = 2
"""So many dropped jobs may still run beside the latest one; one that looks seldom must not keep it waiting."""


class Background(QObject):
    """One job at a time in a thread of its own; at most one request waits for it, and a newer one takes its place.

    With ``latest_only`` a newer request also drops the job that runs and begins beside it, so that nothing but the
    latest result is delivered; it waits only where :data:`ABANDONED` dropped ones still run. Without it every job that
    has begun is delivered; the next begins when that result has been taken.
    What a job raises comes as ``failed(Problem)``. Unless it is an EngineError it is also written down, and said by the
    program's hook for internal errors; ``tells``: whoever listens to ``failed`` says it, so the hook says only what
    dropped jobs raise. Jobs that fail all in the same way, many times a second maybe, are written down once until one
    has ended well. ``pause_ms``: the rest between a job and the next.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)

    def __init__(
        self, name: str, *, latest_only: bool, tells: bool = False, pause_ms: int = 0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._latest_only, self._tells = latest_only, tells
        self._over = threading.Event()
        self._waiting: Work | None = None
        self._running: Job | None = None
        self._threads: dict[Job, threading.Thread] = {}  # of the jobs, dropped ones too, whose end has not been heard
        self._known = ""
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
        """Want nothing any more of what has been requested; ``wait`` until its threads have ended."""
        self._waiting = None
        if self._running is not None:
            self._running.drop()
        if wait:
            for thread in self._threads.values():
                thread.join()

    def close(self, *, wait: bool = False) -> None:
        """Take no more requests and deliver nothing more; a thread ends when its job next looks."""
        self._over.set()
        self._rest.stop()
        self.cancel(wait=wait)

    def _may_begin(self) -> bool:
        """Whether nothing is in the way of the next job. One whose result is just being taken is."""
        job = self._running
        if job is None:
            return not self._rest.isActive()
        return self._latest_only and job.cancelled() and job in self._threads and len(self._threads) <= ABANDONED

    @Slot()
    def _begin_next(self) -> None:
        if self._waiting is None or not self._may_begin():
            return
        work, self._waiting = self._waiting, None
        self._running = job = Job(self._relay, self._over)
        thread = threading.Thread(target=_run, args=(work, job), name=self.objectName(), daemon=True)
        try:
            thread.start()
            self._threads[job] = thread
        except RuntimeError as error:  # the system gives no more threads
            job.end(None, error)

    @Slot(object, float)
    def _advance(self, job: Job, share: float) -> None:
        if not job.cancelled():
            self.progressed.emit(share)

    @Slot(object, object, object)
    def _finish(self, job: Job, result: object, error: BaseException | None) -> None:
        self._threads.pop(job, None)
        if self._over.is_set():
            return
        wanted = not job.cancelled()
        job.drop()  # it is nothing to wait for any more, also for those who now take its result
        try:
            self._deliver(result, error, wanted)
        finally:
            if self._running is job:
                self._running = None
                if self._rest.interval() and not self._over.is_set():
                    self._rest.start()
            self._begin_next()

    def _deliver(self, result: object, error: BaseException | None, wanted: bool) -> None:
        if error is not None:
            self._write_down(error, said=self._tells and wanted)
            if wanted:
                self.failed.emit(problem_of(error))
        else:
            self._known = ""
            if wanted:
                self.done.emit(result)

    def _write_down(self, error: BaseException, *, said: bool) -> None:
        """Have an internal error written down unless the one before was just the same; ``said``: by somebody else."""
        known, self._known = self._known, repr(error)
        if self._known != known:
            (record if said else announce)(error)


def _run(work: Work, job: Job) -> None:
    """In the thread. It knows nothing of the :class:`Background`, which may be gone by the time that this ends."""
    try:
        result = work(job)
    except BaseException as error:
        job.end(None, error)
    else:
        job.end(result, None)
