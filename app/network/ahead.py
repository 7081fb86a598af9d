"""A network file that takes long, read with its data in another thread, so that opening it then takes no time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.kit.background import Job, Work
from app.kit.stamps import Look, look_at, stamp_of
from engine.data import load
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.formats import read_network
from engine.problems import EngineError

if TYPE_CHECKING:
    from engine.formats.base import NetworkFile

QUICK_BYTES = 1 << 20
"""What is no larger is read within a frame or two."""


@dataclass(frozen=True, slots=True)
class ReadNetwork:
    """``look``: at the file as it was before it was read."""

    path: Path
    look: Look
    content: NetworkFile
    dataset: Dataset

    def holds(self, path: Path) -> bool:
        """Whether this is what a file says now."""
        return path == self.path and look_at(path) == self.look


def reading(path: Path, table: Path | None = None) -> Work | None:
    """What reads a network file with its data, to a :class:`ReadNetwork`; None where both are quick, or what is wrong
    with them is found at once. ``table``: where its data are by now, as the person says."""
    if table is not None:
        return partial(_read_with, path, table)
    if _size(path) > QUICK_BYTES:
        return partial(_read, path)
    try:
        data = read_network(path).data
    except EngineError:
        return None
    return partial(_read, path) if is_large(data) else None


def is_large(data: DataChoice) -> bool:
    """Whether a choice is of a file that takes more than a frame or two to read."""
    return data.source == "file" and _size(Path(data.path or "")) > QUICK_BYTES


def _size(path: Path) -> int:
    stamp = stamp_of(path)
    return stamp[2] if stamp is not None else 0


def _read(path: Path, job: Job) -> ReadNetwork:
    """In the other thread."""
    return _with_dataset(path, look_at(path), read_network(path), job)


def _read_with(path: Path, table: Path, job: Job) -> ReadNetwork:
    from engine.formats.data_beside import with_data_at

    look = look_at(path)
    return _with_dataset(path, look, with_data_at(table, read_network(path)), job)


def _with_dataset(path: Path, look: Look, content: NetworkFile, job: Job) -> ReadNetwork:
    dataset = load(content.data, progress=job.progress, cancelled=job.cancelled)
    return ReadNetwork(path, look, content, dataset)
