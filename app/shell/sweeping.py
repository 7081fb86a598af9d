"""Takes away what killed saves have left, where documents are opened and saved."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.kit.background import Background, Job
from app.kit.folders import sweep_passing_folders


class Sweeper(QObject):
    """Looks once at what lies round each document's file, in the background: some may lie on a slow disk."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._seen: set[Path] = set()
        self._background = Background("sweeper", latest_only=False, parent=self)

    def sweep(self, files: Iterable[Path]) -> None:
        """Look round these files next."""
        new = [file for file in dict.fromkeys(files) if file not in self._seen]
        if new:
            self._seen.update(new)
            self._request(*(partial(_sweep_round, file) for file in new))

    def sweep_temporary(self) -> None:
        """Look among the temporary files for what killed windows have left."""
        self._request(sweep_passing_folders)

    def _request(self, *sweeps: Callable[[], object]) -> None:
        self._waiting += sweeps
        self._background.request(partial(_swept, self._waiting))


def _sweep_round(file: Path) -> None:
    from engine.formats.pairs import sweep

    sweep(file)


def _swept(waiting: deque[Callable[[], object]], job: Job) -> None:
    """In the other thread, one after the other: whoever comes first takes all that waits."""
    while waiting and not job.cancelled():
        waiting.popleft()()
