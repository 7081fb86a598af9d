"""Keeps a snapshot of an open document on the disk for as long as the document holds unsaved work."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, thread_time, time
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer, Signal, Slot

from app.kit.errors import announce
from app.kit.folders import data_folder
from app.workspaces.workspace import OpenDocument
from engine.atomic import write_at_once
from engine.formats.snapshot import SUFFIX, SnapshotHeader, encode_snapshot
from engine.opening import file_state

TRAINING_MS = 750
"""So long after it has gone on, training is written …"""
SHARE = 0.2
"""… at most for this share of the time: a snapshot of a huge network takes long."""
LONGEST_REST = 0.02
"""Seconds between two snapshots, at most. Python belongs to the window meanwhile."""
LOCK_SUFFIX = ".lock"
PRIVATE = 0o600
FLUSH_SECONDS = 5.0


class Autosave(QObject):
    """Takes a snapshot at every step, and of training about once a second. A thread writes the latest.

    A lock file beside the snapshot says that its window lives.
    """

    _failed = Signal(object)

    def __init__(
        self,
        document: OpenDocument,
        workspace: str,
        parent: QObject | None = None,
        beside: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """``workspace``: the key of the document's workspace. ``beside``: what is open beside it."""
        super().__init__(parent)
        self._document, self._workspace, self._beside = document, workspace, beside
        self.path = data_folder("recovery") / f"{uuid4().hex}{SUFFIX}"
        self._lock = QLockFile(f"{self.path}{LOCK_SUFFIX}")
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        with suppress(OSError):
            Path(self._lock.fileName()).chmod(PRIVATE)  # Qt makes it readable by all
        self._failed.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._writer = SnapshotWriter(self.path, self._failed.emit)
        self._writer.start()
        self._soon = QTimer(self, singleShot=True, interval=TRAINING_MS)
        self._soon.timeout.connect(self._put_progress)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._follow_change_now)
        document.undo_stack.indexChanged.connect(self._follow_step)
        document.progressed.connect(self._follow_progress)
        document.changed.connect(self._follow_change)
        self._put()

    @property
    def _is_needed(self) -> bool:
        return self._document.at_stake

    @Slot()
    def _put(self, *, handing_over: bool = False) -> None:
        """Have the document written as it is now, or its snapshot removed where it has nothing unsaved."""
        document, self._facts = self._document, self._facts_now
        title, own, needed = self._facts
        header = SnapshotHeader(
            workspace=self._workspace,
            title=title,
            time=time(),
            unsaved=document.unsaved if handing_over else needed,
            own=own,
            beside=list(self._beside()),
            changing=document.changing,
        )
        self._writer.put(DocumentSnapshot(header, document.snapshot(), needed or handing_over))

    @property
    def _facts_now(self) -> tuple[str, str | None, bool]:
        document = self._document
        return document.title, None if document.path is None else str(document.path), self._is_needed

    @Slot()
    def _follow_change(self) -> None:
        """Note at once that all is saved. That something is not is looked at when the step under way is done, for in
        its midst the document may be half of each."""
        if self._is_needed:
            self._later.start()
        else:
            self._follow_change_now()

    @Slot()
    def _follow_change_now(self) -> None:
        if self._facts_now != self._facts:
            self._put()

    @Slot()
    def _follow_step(self) -> None:
        self._put()
        self._follow_progress()  # the training thread hears of the step later

    @Slot()
    def _follow_progress(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _put_progress(self) -> None:
        if self._writer.is_resting(SHARE):
            self._soon.start()
        else:
            self._document.when_settled(self._put)

    def save(self, afterwards: Callable[[], None]) -> None:
        """Write the document in the background. ``afterwards`` is called in the thread once that is done."""
        self._writer.call_afterwards(afterwards)
        self._put()

    def save_now(self) -> None:
        """Write before returning, if there is anything to lose; for when things are going wrong."""
        if self._is_needed:
            self._put()
            self._writer.flush(FLUSH_SECONDS)

    def hand_over(self) -> bool:
        """Write the document, saved or not, for a window that takes this one's place; whether that was done."""
        self._put(handing_over=True)
        return self._writer.flush(FLUSH_SECONDS)

    def close(self, *, keep: bool = False) -> None:
        """The window closes properly: stop, and remove the snapshot unless it is handed over."""
        self._document.undo_stack.indexChanged.disconnect(self._follow_step)
        self._document.progressed.disconnect(self._follow_progress)
        self._document.changed.disconnect(self._follow_change)
        self._soon.stop()
        self._later.stop()
        self._writer.end(keep=keep)
        self._lock.unlock()

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        announce(error)


@dataclass(frozen=True, slots=True)
class DocumentSnapshot:
    """``files`` makes the document's files in the thread. ``is_needed``: otherwise there is nothing to keep."""

    header: SnapshotHeader
    files: Callable[[], Mapping[str, bytes]]
    is_needed: bool


class SnapshotWriter(threading.Thread):
    """Writes the latest snapshot as soon as the one before is written; those in between are left out."""

    def __init__(self, path: Path, on_error: Callable[[BaseException], None]) -> None:
        """``on_error`` is called in this thread, once for errors that are all the same. A disk that can't be written to
        is none of them: saving by hand tells of it."""
        super().__init__(name="autosave", daemon=True)
        self._path, self._on_error, self._known_error = path, on_error, ""
        self._condition = threading.Condition()
        self._latest: DocumentSnapshot | None = None
        self._saved_as: str | None = None  # the person's file at the latest moment with nothing unsaved …
        self._own_changed: int | None = None  # … and when that was changed
        self._afterwards: list[tuple[int, Callable[[], None]]] = []
        self._wanted = self._done = 0
        self._is_written = self._is_over = self._keeps = False
        self._began = self._ended = monotonic()
        self._syncing = threading.Thread()

    # From the GUI thread ------------------------------------------------------------------------------------------

    def put(self, snapshot: DocumentSnapshot) -> None:
        """Write this next, in place of any that waits."""
        with self._condition:
            self._latest = snapshot
            if not snapshot.header.unsaved:
                self._saved_as = snapshot.header.own
            self._wanted += 1
            self._condition.notify_all()

    def call_afterwards(self, afterwards: Callable[[], None]) -> None:
        """Call it in this thread once the next snapshot to be put, or a later one, is written."""
        self._afterwards.append((self._wanted + 1, afterwards))

    def flush(self, seconds: float) -> bool:
        """Wait until the latest is written; False where that takes longer, or cannot be done."""
        with self._condition:
            wanted = self._wanted
            return self._condition.wait_for(lambda: self._done >= wanted, seconds) and self._is_written

    def is_resting(self, share: float) -> bool:
        """Whether the last writing took so long that the next is too early for this share of the time."""
        return monotonic() - self._ended < (self._ended - self._began) / share

    def end(self, *, keep: bool = False) -> None:
        """Nothing more comes: wait for the thread, which removes the file unless it is to be kept."""
        with self._condition:
            self._is_over, self._keeps = True, keep
            self._condition.notify_all()
        self.join()

    # In the thread ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Write what has come, until the end."""
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._is_over or self._wanted > self._done)
                if self._wanted == self._done:
                    break
                snapshot, wanted, saved_as, self._saved_as = self._latest, self._wanted, self._saved_as, None
            assert snapshot is not None
            self._began, work = monotonic(), thread_time()
            written = self._attempt(snapshot, wanted, saved_as)
            self._ended, work = monotonic(), thread_time() - work
            with self._condition:
                self._done, self._is_written = wanted, written
                self._condition.notify_all()
                self._condition.wait_for(lambda: self._is_over, min(work, LONGEST_REST))
        if not self._keeps:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _attempt(self, snapshot: DocumentSnapshot, wanted: int, saved_as: str | None) -> bool:
        """Write a snapshot, whatever goes wrong; whether it is there now."""
        try:
            if saved_as is not None:
                self._own_changed = _change_time(saved_as)
            self._write(snapshot)
            while self._afterwards and self._afterwards[0][0] <= wanted:
                self._afterwards.pop(0)[1]()
        except OSError:
            return False
        except Exception as error:
            if repr(error) != self._known_error:
                self._known_error = repr(error)
                self._on_error(error)
            return False
        self._known_error = ""
        return True

    def _write(self, snapshot: DocumentSnapshot) -> None:
        if not snapshot.is_needed:
            if not self._done:
                snapshot.files()  # what this imports is there when it matters
            self._path.unlink(missing_ok=True)
            return
        header = snapshot.header.model_copy(update={"own_changed": self._own_changed})
        write_at_once(self._path, encode_snapshot(header, snapshot.files()))
        if os.name != "nt" and not self._syncing.is_alive():  # Windows replaces no file that is open
            self._syncing = threading.Thread(target=self._sync, name="autosave sync", daemon=True)
            self._syncing.start()

    def _sync(self) -> None:
        """Have the disk take what was written. A busy disk takes its time; the next snapshot does not wait for it."""
        number = -1
        while number != self._wanted:
            number = self._wanted
            with suppress(OSError), self._path.open("rb+") as file:
                os.fsync(file.fileno())


def _change_time(path: str) -> int | None:
    try:
        return file_state(Path(path)).st_mtime_ns
    except OSError:
        return None
