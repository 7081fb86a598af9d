"""Children that answer, kept from test to test: whoever would end one that is ready gives it back, and whoever wants
the same next gets it, instead of one that is started anew. What was lost, or ended by itself, is not kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from app.kit.process import ChildProcess
from app.workspaces.recommender import answers
from engine.recommenders.running.run_folder import RunFolder

DRAFT = "--draft"


class KeptChildren:
    """Those that nobody has, by what they opened."""

    def __init__(self) -> None:
        self.free: dict[Hashable, list[_Child]] = defaultdict(list)

    def close(self) -> None:
        """End them all."""
        for child in [child for children in self.free.values() for child in children]:
            child.process.close()
        self.free.clear()


class _Child:
    """A process, its first line once it is ready, and the number of its next question."""

    def __init__(self, line_bytes: int) -> None:
        self.process = ChildProcess(line_bytes=line_bytes)
        self.process.received.connect(self._hear)
        self.ready: object = None
        self.numbers = count(1)

    def _hear(self, said: object) -> None:
        if isinstance(said, dict) and "ready" in said:
            self.ready = said


class LentChild(QObject):
    """A ``ChildProcess`` as those see it to whom it is lent. Questions are numbered anew for the child, so that what it
    still says to those who had it before is told apart."""

    changed = Signal(object)
    received = Signal(object)

    def __init__(self, kept: KeptChildren, parent: QObject, line_bytes: int) -> None:
        super().__init__(parent)
        self._kept, self._line_bytes = kept, line_bytes
        self._opened: Hashable = None
        self._child: _Child | None = None
        self._ids: dict[int, object] = {}

    @property
    def running(self) -> bool:
        """Whether there is a child."""
        return self._child is not None and self._child.process.running

    @property
    def _process(self) -> QProcess:
        """The process itself, for those that kill it."""
        assert self._child is not None
        return self._child.process._process

    def start(self, program: str, arguments: Sequence[str]) -> None:
        """Take one that has opened the same, or start one."""
        self._opened = _what_is_opened(program, arguments)
        free = self._kept.free[self._opened]
        child = self._child = free.pop() if free else _Child(self._line_bytes)
        child.process.received.connect(self._hear)
        child.process.changed.connect(self.changed)
        if child.ready is None:
            child.process.start(program, arguments)
        else:
            QTimer.singleShot(0, self, self._tell_ready)

    def send(self, message: dict[str, object]) -> None:
        """Write a line of JSON to the child."""
        if self._child is not None:
            number = next(self._child.numbers)
            self._ids[number] = message.get("id")
            self._child.process.send({**message, "id": number})

    def close(self) -> None:
        """Give it back, or end it where it is not ready."""
        child, self._child = self._child, None
        if child is None:
            return
        child.process.received.disconnect(self._hear)
        child.process.changed.disconnect(self.changed)
        if child.process.running and child.ready is not None:
            self._kept.free[self._opened].append(child)
        else:
            child.process.close()

    @Slot()
    def _tell_ready(self) -> None:
        if self._child is not None:
            self.received.emit(self._child.ready)

    @Slot(object)
    def _hear(self, said: object) -> None:
        if isinstance(said, dict) and "id" in said:
            if said["id"] in self._ids:
                self.received.emit({**said, "id": self._ids.pop(said["id"])})
        else:
            self.received.emit(said)


def _what_is_opened(program: str, arguments: Sequence[str]) -> Hashable:
    """Two checkpoints or plans with the same bytes are the same; a checkpoint that was written again is not."""
    draft = DRAFT in arguments
    path = Path(arguments[-2] if draft else arguments[-1])
    others = (program, *(argument for argument in arguments if argument != str(path)))
    try:
        if draft:
            return *others, (RunFolder(path).plan if path.is_dir() else path).read_bytes()
        return *others, path.read_bytes(), path.stat().st_mtime_ns
    except OSError:  # nothing that could be opened, or no file at all
        return object()


@contextmanager
def keeping_children() -> Iterator[None]:
    """Within this, whoever asks is lent a child that is kept."""
    kept = KeptChildren()

    def lend(parent: QObject, *, line_bytes: int) -> LentChild:
        return LentChild(kept, parent, line_bytes)

    with patch.object(answers, "ChildProcess", lend):
        try:
            yield
        finally:
            kept.close()
