"""Keeps a recovery copy of the open document while it is worked on, and finds the copies of windows that crashed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer, Slot

from app.network.document import Document
from app.network.trainer import Trainer
from engine.formats.base import NetworkFile
from engine.formats.loom import write_network_file
from engine.problems import EngineError

INTERVAL_MS = 20_000
AFTER_EDIT_MS = 300


def data_folder(name: str) -> Path:
    """A folder of the program's own data, made if need be."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    folder = Path(base) / "neuroloom" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True, slots=True)
class Leftover:
    """The recovery copy of a window that did not close properly."""

    path: Path
    when: datetime


class Autosave(QObject):
    """Writes to a file of its own (a lock file beside it says that its window lives), in a thread of its own."""

    def __init__(self, document: Document, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._folder = data_folder("recovery")
        self._path = self._folder / f"{uuid4().hex}.loom"
        self._lock = QLockFile(str(self._path) + ".lock")
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._writer: threading.Thread | None = None
        self._saved_step: tuple[int, int] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_EDIT_MS)
        self._soon.timeout.connect(self.save)
        self._regular = QTimer(self)
        self._regular.setInterval(INTERVAL_MS)
        self._regular.timeout.connect(self._save_if_changed)
        self._regular.start()
        document.undo_stack.indexChanged.connect(self._after_edit)

    @Slot(int)
    def _after_edit(self, _index: int) -> None:
        self._soon.start()

    @Slot()
    def _save_if_changed(self) -> None:
        if self._step() != self._saved_step and (self._document.dirty or self._trainer.running):
            self.save()

    def _step(self) -> tuple[int, int] | None:
        snapshot = self._trainer.snapshot
        return (snapshot.run, snapshot.step) if snapshot is not None else None

    @Slot()
    def save(self) -> None:
        """Write the recovery copy in the background; a write that is still under way is followed by another."""
        if self._writer is not None and self._writer.is_alive():
            self._soon.start()
            return
        self._saved_step = self._step()
        self._writer = threading.Thread(target=self._write, args=(self._document.to_file(),), name="autosave")
        self._writer.start()

    def save_now(self) -> None:
        """Write the recovery copy before returning; for when things are going wrong."""
        self._wait()
        self._write(self._document.to_file())

    def _write(self, content: NetworkFile) -> None:
        try:
            write_network_file(self._path, content)
        except EngineError:
            return  # a full disk must not disturb the work; saving by hand says what is wrong

    def _wait(self) -> None:
        if self._writer is not None:
            self._writer.join()
            self._writer = None

    def discard(self) -> None:
        """Nothing is unsaved any more: remove the copy."""
        self._soon.stop()
        self._wait()
        _remove_copy(self._path)

    def close(self) -> None:
        """The window closes properly: stop, and leave nothing behind."""
        self._regular.stop()
        self.discard()
        self._lock.unlock()

    def leftovers(self) -> tuple[Leftover, ...]:
        """Copies whose windows no longer live, the latest first."""
        found = []
        for path in self._folder.glob("*.loom"):
            if path != self._path and _is_abandoned(path):
                found.append(Leftover(path, datetime.fromtimestamp(path.stat().st_mtime)))
        return tuple(sorted(found, key=lambda leftover: leftover.when, reverse=True))


def _is_abandoned(path: Path) -> bool:
    """Whether no living window holds the copy's lock."""
    lock = QLockFile(str(path) + ".lock")
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def remove_leftover(leftover: Leftover) -> None:
    """Delete a recovery copy that has been dealt with."""
    _remove_copy(leftover.path)


def _remove_copy(path: Path) -> None:
    """Delete a copy and the weights that lie beside it."""
    for beside in path.parent.glob(f"{path.stem}-*.safetensors"):
        beside.unlink(missing_ok=True)
    path.unlink(missing_ok=True)
