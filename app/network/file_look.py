"""Looks into a data file in the background: its columns, its first rows and what is to be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.kit.background import Background, Job
from engine.data import DataChoice, Limits
from engine.data.catalogue import inspect

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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("file-looker", latest_only=True, tells=True, parent=self)
        self._background.done.connect(self.looked)
        self._background.failed.connect(self.failed)
        self._background.progressed.connect(self.progressed)

    def start(self, choice: DataChoice) -> None:
        """Look into the choice's file, and no more into the one before."""
        self._background.request(partial(_look, choice))

    def cancel(self) -> None:
        """Forget the look under way; its thread stops at its next look."""
        self._background.cancel()


def _look(choice: DataChoice, job: Job) -> FileLook:
    """In the background thread."""
    summary = inspect(choice, progress=job.progress, cancelled=job.cancelled)
    return FileLook(summary, first_rows(Path(choice.path or ""), choice.header))


def first_rows(path: Path, header: bool | None) -> tuple[tuple[str, ...], ...]:
    """The first rows of a table file as texts, missing ones empty. Raises EngineError."""
    from engine.data.sampling import Watch
    from engine.data.table import read_table

    frame = read_table(path, PREVIEW_LIMITS, Watch(str(path), None, None), header=header).frame.head(PREVIEW_ROWS)
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in frame.iter_rows())
