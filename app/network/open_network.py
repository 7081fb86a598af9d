"""The open network as the window's document: what is unsaved, its files, and its recovery copy."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from app.kit.numbers import grouped
from app.network.document import Document
from app.network.trainer import Trainer
from engine.formats import can_write, read_network, write_network
from engine.formats.base import NetworkFile
from engine.training.snapshot import Snapshot

LONG_SECONDS = 60.0
"""So long a training is work: losing it is asked about even where the network was never saved."""


class OpenNetwork(QObject):
    """A network document with its trainer, as :class:`app.workspaces.workspace.OpenDocument`.

    Unsaved are edits and training: where the network lies in a file of the person's, every step since it was saved;
    else what has taken :data:`LONG_SECONDS` or more. Less than that is not worth a question, all the more as New and
    Open can be undone.
    """

    changed = Signal()

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        first: Callable[[], NetworkFile],
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """``first``: what to start over with. ``clock``: seconds."""
        super().__init__(parent)
        self._document, self._trainer, self._first, self._clock = document, trainer, first, clock
        self._trained_since, self._seconds, self._looked = False, 0.0, clock()
        self._saved_at: Hashable = self._opened_moment()
        document.title_changed.connect(self.changed)
        trainer.snapshot_published.connect(self._note_training)

    @property
    def undo_stack(self) -> QUndoStack:
        """The document's."""
        return self._document.undo_stack

    @property
    def path(self) -> Path | None:
        """The person's own file that it lies in, if it lies in one."""
        return self._document.path

    @property
    def title(self) -> str:
        """The network's name."""
        return self._document.title

    # What is unsaved ----------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose work: edits, or the training of a network that lies in a file."""
        return self._document.dirty or self._trained_since

    @property
    def changing(self) -> bool:
        """Whether it is being trained."""
        return self._trainer.running

    @property
    def progress(self) -> str:
        """Its epoch, in words."""
        snapshot = self._trainer.snapshot
        if snapshot is None:
            return ""
        return self.tr("epoch {epoch}").format(epoch=grouped(int(snapshot.epoch)))

    @property
    def moment(self) -> Hashable:
        """Run and step of the latest snapshot: the same moment has the same weights."""
        snapshot = self._trainer.snapshot
        return (snapshot.run, snapshot.step) if snapshot is not None else None

    @Slot(object)
    def _note_training(self, snapshot: Snapshot) -> None:
        """A network that has its own file is unsaved once it has been trained on; another after a while of that."""
        if snapshot.run != self._trainer.run:
            return  # of what was open before
        now = self._clock()
        self._seconds += min(now - self._looked, 1.0) if self._trainer.running else 0.0
        self._looked = now
        if self.path is None:
            trained = snapshot.step > 0 and self._seconds >= LONG_SECONDS
        else:
            trained = (snapshot.run, snapshot.step) != self._saved_at
        if trained != self._trained_since:
            self._trained_since = trained
            self.changed.emit()

    def _opened_moment(self) -> Hashable:
        """The moment at which what has just been opened lies in its file."""
        progress = self._document.initial_run.progress
        return self._trainer.run, progress.updates if progress is not None else 0

    def _settle(self, moment: Hashable) -> None:
        """This moment is saved; what is trained from here on is not."""
        self._trained_since, self._seconds, self._looked = False, 0.0, self._clock()
        self._saved_at = moment
        self.changed.emit()

    # Files --------------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Start over with the first network."""
        self.load(self._first(), label=self.tr("New network"))

    def open(self, path: Path, *, copy: bool = False) -> None:
        """Open a network file in place of the open one; a ``copy`` has no file yet, nor has what Save could not write
        back in its own format. Raises EngineError."""
        self.load(read_network(path), path if can_write(path) and not copy else None)

    def load(self, content: NetworkFile, path: Path | None = None, label: str = "") -> None:
        """Put content in place of the open document, which undo brings back. Raises EngineError; the open one then
        stays."""
        self._document.load_file(content, path, label)
        self._settle(self._opened_moment())

    def save(self, path: Path) -> None:
        """Write it to a file, which is its own from then on. Raises EngineError; it then stays as it was."""
        self._document.save(path)
        self._settle(self.moment)

    def to_writer(self) -> Callable[[Path], None]:
        """Writes the network with its present weights, as they are at this moment."""
        content = self._document.to_file()
        return lambda path: write_network(path, content)

    def recover(self, path: Path) -> None:
        """Take a recovery copy: it counts as unsaved. Raises EngineError."""
        self.open(path, copy=True)
        self.undo_stack.resetClean()
