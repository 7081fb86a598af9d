"""Takes away what killed saves have left, where documents are opened and saved."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.kit.background import Background, Job
from app.kit.folders import sweep_passing_folders


class Sweeper(QObject):
    """Looks once at what lies round each document's file, in the background: some may lie on a slow disk."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Path] = deque()
        self._seen: set[Path] = set()
        self._background = Background("sweeper", latest_only=False, parent=self)

    def sweep(self, files: Iterable[Path]) -> None:
        """Look round these files next."""
        new = [file for file in dict.fromkeys(files) if file not in self._seen]
        if new:
            self._seen.update(new)
            self._waiting += new
            self._background.request(partial(_swept, self._waiting))

    def sweep_temporary(self) -> None:
        """Look among the temporary files for what killed windows have left."""
        self._background.request(lambda _job: sweep_passing_folders())


def _swept(waiting: deque[Path], job: Job) -> None:
    """In the other thread, one after the other: whoever comes first takes all that waits."""
    from engine.formats.pairs import sweep

    while waiting and not job.cancelled():
        sweep(waiting.popleft())
