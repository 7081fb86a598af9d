"""Keeps a recovery copy of an open document while it is worked on, and finds the copies of windows that crashed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QTimer, Slot

from app.kit.background import Background
from app.kit.folders import data_folder
from app.workspaces.workspace import OpenDocument
from engine.problems import EngineError

INTERVAL_MS = 20_000
AFTER_EDIT_MS = 300
LOCK_SUFFIX = ".lock"


class Autosave(QObject):
    """Writes to a file of its own, in the background; a lock file beside it says that its window lives. What the person
    has saved needs no copy: it is taken away again."""

    def __init__(self, document: OpenDocument, suffix: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.path = data_folder("recovery") / f"{uuid4().hex}{suffix}"
        self._lock = QLockFile(f"{self.path}{LOCK_SUFFIX}")
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._writing = Background("autosave", latest_only=False, parent=self)
        self._saved: Hashable = None
        self._has_copy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_EDIT_MS)
        self._soon.timeout.connect(self.save)
        self._regular = QTimer(self)
        self._regular.setInterval(INTERVAL_MS)
        self._regular.timeout.connect(self._save_if_changed)
        self._regular.start()
        document.undo_stack.indexChanged.connect(self._after_edit)
        document.changed.connect(self._tidy)
        if document.unsaved:
            self._soon.start()

    @Slot(int)
    def _after_edit(self, _index: int) -> None:
        self._soon.start()

    @Slot()
    def _save_if_changed(self) -> None:
        if self._document.moment != self._saved and self._is_needed:
            self.save()

    @property
    def _is_needed(self) -> bool:
        """Whether there is anything that lies in no file of the person's own."""
        return self._document.unsaved or self._document.changing

    @Slot()
    def save(self) -> None:
        """Write the document as it is now, in the background; while a copy is being written, the latest one waits.

        A full disk must not disturb the work: saving by hand says what is wrong.
        """
        if not self._is_needed:
            self._tidy()
            return
        self._saved, self._has_copy = self._document.moment, True
        write, path = self._document.to_writer(), self.path
        self._writing.request(lambda _job: write(path))

    @Slot()
    def _tidy(self) -> None:
        """Take the copy away of what lies in a file of the person's own by now."""
        if self._has_copy and not self._is_needed:
            self._has_copy, path = False, self.path
            self._soon.stop()
            self._writing.request(lambda _job: _remove_copy(path))

    def save_now(self) -> None:
        """Write before returning, if there is anything to lose; for when things are going wrong."""
        if self._is_needed:
            self._writing.cancel(wait=True)
            self._has_copy = True
            with suppress(EngineError):
                self._document.to_writer()(self.path)

    def close(self) -> None:
        """The window closes properly: stop, and leave nothing behind."""
        self._document.undo_stack.indexChanged.disconnect(self._after_edit)
        self._document.changed.disconnect(self._tidy)
        self._regular.stop()
        self._soon.stop()
        self._writing.close(wait=True)
        _remove_copy(self.path)
        self._lock.unlock()


@dataclass(frozen=True, slots=True)
class Leftover:
    """The recovery copy of a window that did not close properly."""

    path: Path
    when: datetime

    def remove(self) -> None:
        """It has been dealt with."""
        _remove_copy(self.path)


def leftovers(is_copy: Callable[[Path], bool]) -> tuple[Leftover, ...]:
    """Copies whose windows no longer live, the latest first; ``is_copy`` tells a document from what lies beside it.
    Locks that such windows have left without a copy are taken away."""
    found = []
    for path in tuple(data_folder("recovery").iterdir()):
        if path.suffix == LOCK_SUFFIX and not path.with_suffix("").exists():
            _is_abandoned(path.with_suffix(""))  # whoever can take a lock takes it away
        elif path.suffix != LOCK_SUFFIX and is_copy(path) and _is_abandoned(path):
            found.append(Leftover(path, datetime.fromtimestamp(path.stat().st_mtime)))
    return tuple(sorted(found, key=lambda leftover: leftover.when, reverse=True))


def _is_abandoned(path: Path) -> bool:
    """Whether no living window holds the copy's lock."""
    lock = QLockFile(f"{path}{LOCK_SUFFIX}")
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _remove_copy(path: Path) -> None:
    """Delete a copy and what its document has put beside it: the name is nobody else's."""
    for file in path.parent.glob(f"{path.stem}*"):
        if file.suffix != LOCK_SUFFIX:
            file.unlink(missing_ok=True)
