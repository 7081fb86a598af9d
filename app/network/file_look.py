"""Looks into a data file in the background: its columns, its first rows and what is to be said about it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.data import DataChoice, Limits
from engine.data.catalogue import inspect
from engine.problems import EngineError

if TYPE_CHECKING:
    from engine.data.files import FileSummary

PREVIEW_ROWS = 8
PREVIEW_LIMITS = Limits(file_bytes=1 << 20)
"""Enough to show the first rows of a file of any size at once."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """``summary``: the engine's; ``rows``: the first rows as they are written, one text per column."""

    summary: FileSummary
    rows: tuple[tuple[str, ...], ...]


class FileLooker(QObject):
    """One file at a time; ``looked`` or ``failed`` follows a start."""

    looked = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)
    _arrived = Signal(int, object, object)
    _advanced = Signal(int, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = 0
        self._arrived.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._advanced.connect(self._advance, Qt.ConnectionType.QueuedConnection)

    def start(self, choice: DataChoice) -> None:
        """Look into the choice's file."""
        self.cancel()
        request = self._request
        threading.Thread(target=self._work, args=(request, choice), name="file-looker", daemon=True).start()

    def cancel(self) -> None:
        """Forget the look under way; its thread stops at its next look."""
        self._request += 1

    def _work(self, request: int, choice: DataChoice) -> None:
        """In the background thread."""
        try:
            summary = inspect(
                choice,
                progress=lambda share: self._advanced.emit(request, share),
                cancelled=lambda: request != self._request,
            )
            look = FileLook(summary, first_rows(Path(choice.path or ""), choice.header))
        except EngineError as error:
            self._arrived.emit(request, None, error.problem)
        else:
            self._arrived.emit(request, look, None)

    @Slot(int, float)
    def _advance(self, request: int, share: float) -> None:
        if request == self._request:
            self.progressed.emit(share)

    @Slot(int, object, object)
    def _finish(self, request: int, look: FileLook | None, problem: object) -> None:
        if request != self._request:
            return
        if look is not None:
            self.looked.emit(look)
        else:
            self.failed.emit(problem)


def first_rows(path: Path, header: bool | None) -> tuple[tuple[str, ...], ...]:
    """The first rows of a table file as texts, missing ones empty. Raises EngineError."""
    from engine.data.sampling import Watch
    from engine.data.table import read_table

    frame = read_table(path, PREVIEW_LIMITS, Watch(str(path), None, None), header=header).frame.head(PREVIEW_ROWS)
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in frame.iter_rows())
