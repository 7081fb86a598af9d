"""Keeps a journal of an open document while it is worked on."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from time import monotonic, time
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer, Signal, Slot

from app.kit.errors import announce
from app.kit.folders import data_folder
from app.shell.journal_thread import JournalThread, Moment
from app.workspaces.workspace import OpenDocument
from engine.formats.journal import SUFFIX

RUN_MS = 2_000
"""How often what changes by itself, such as weights, is written down …"""
SHARE = 0.05
"""… at most for this share of the time."""
TURN_SECONDS = 0.003
"""So long a step waits at most for its being written down, which takes less as a rule."""
LOCK_SUFFIX = ".lock"
FLUSH_SECONDS = 5.0


class Autosave(QObject):
    """Tells a thread of every step, which has it on the disk a moment later. A lock file beside the journal says that
    its window lives. What the person has saved needs no journal, and the journal says so."""

    _failed = Signal(object)

    def __init__(self, document: OpenDocument, workspace: str, parent: QObject | None = None) -> None:
        """``workspace``: the key of the one whose document it is."""
        super().__init__(parent)
        self._document = document
        self.path = data_folder("recovery") / f"{uuid4().hex}{SUFFIX}"
        self._lock = QLockFile(f"{self.path}{LOCK_SUFFIX}")
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._failed.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._thread = JournalThread(self.path, workspace, document.encoded, self._failed.emit)
        self._thread.start()
        self._needed, self._due = False, False
        self._latest: Moment
        self._ran = monotonic()  # when what changes by itself was last written down
        self._moment: Hashable = document.moment if self._put(with_run=True) else None
        self._regular = QTimer(self)
        self._regular.setInterval(RUN_MS)
        self._regular.timeout.connect(self._follow_run)
        self._regular.start()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._say_need)
        document.undo_stack.indexChanged.connect(self._follow_step)
        document.step_amended.connect(self._follow_amendment)
        document.changed.connect(self._follow_need)

    @property
    def _is_needed(self) -> bool:
        """Whether there is anything that lies in no file of the person's own."""
        return self._document.unsaved or self._document.changing

    def _put(self, *, with_run: bool) -> bool:
        """Have the document written down as it is; whether what changes by itself was known."""
        history = self._document.history(with_run=with_run)
        self._needed = self._is_needed
        self._latest = Moment(history, self._needed, time(), self._document.path, self._document.title)
        self._thread.put(self._latest)
        if history.run is not None:
            self._ran = monotonic()
        return history.run is not None

    @Slot()
    def _follow_step(self) -> None:
        self._put_reached()
        self._follow_amendment()

    def _put_reached(self) -> None:
        """Before a step, have written down what it was done to, so that undo leads back there: what training has come
        to since it was last written down. While it goes on, that may be of a few seconds ago."""
        run, moment = self._document.reached(), self._document.moment
        if run is None or moment is None or moment == self._moment:
            return
        if self._document.changing and (monotonic() - self._ran < RUN_MS / 1000 or self._thread.resting(SHARE)):
            return
        self._thread.put(replace(self._latest, history=replace(self._latest.history, run=run), at=time()))
        self._moment, self._ran = moment, monotonic()

    @Slot()
    def _follow_amendment(self) -> None:
        self._due = True
        self._put(with_run=False)
        self._thread.caught_up(TURN_SECONDS)

    @Slot()
    def _follow_need(self) -> None:
        """What lies in a file of the person's own needs no journal, and the other way round: the latter is said when a
        step that may be under way is done, for in its midst the document is not what its steps lead to."""
        if self._is_needed:
            self._later.start()
        else:
            self._say_need()

    @Slot()
    def _say_need(self) -> None:
        """Where there is no step, another document may be open in the place of one with which nothing was done."""
        if self._is_needed != self._needed or not self._document.undo_stack.count():
            self._put(with_run=True)

    @Slot()
    def _follow_run(self) -> None:
        """Write down what has changed by itself, or through a step."""
        moment: Hashable = self._document.moment
        if moment is None or (moment == self._moment and not self._due):
            return
        if self._thread.resting(SHARE):
            return
        if self._put(with_run=True):
            self._moment, self._due = moment, False

    def save(self, afterwards: Callable[[], None]) -> None:
        """Write the document as it is now, in the background; ``afterwards`` is called in another thread, if it lies on
        the disk then."""
        self._put(with_run=True)
        self._thread.put(afterwards)

    def save_now(self) -> None:
        """Write before returning, if there is anything to lose; for when things are going wrong."""
        if self._is_needed:
            self._put(with_run=True)
            self._thread.flush(FLUSH_SECONDS)

    def hand_over(self) -> bool:
        """Write the whole history for a window that takes this one's place; whether it lies on the disk."""
        self._put(with_run=True)
        self._thread.put(replace(self._latest, needed=True))  # what is saved has no history in the journal so far
        self._thread.put(self._latest)
        return self._thread.flush(FLUSH_SECONDS)

    def close(self, *, keep: bool = False) -> None:
        """The window closes properly: stop, and leave nothing behind but a journal that is handed over."""
        self._document.undo_stack.indexChanged.disconnect(self._follow_step)
        self._document.step_amended.disconnect(self._follow_amendment)
        self._document.changed.disconnect(self._follow_need)
        self._regular.stop()
        self._later.stop()
        self._thread.end(keep=keep)
        self._lock.unlock()

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        announce(error)
