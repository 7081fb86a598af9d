"""Where the program keeps files of its own."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QStandardPaths


def data_folder(name: str) -> Path:
    """A folder of the program's own data, made if need be."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    folder = Path(base) / "neuroloom" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


_numbers = count()


@cache
def _passing_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="neuroloom-")


def passing_file(suffix: str = ".loom") -> Path:
    """A name that nobody else uses, for handing something over to another workspace (``Host.open_copy``). The person
    may be asked something before it is read, so the file stays until the program ends."""
    return Path(_passing_folder().name) / f"passing-{next(_numbers)}{suffix}"
