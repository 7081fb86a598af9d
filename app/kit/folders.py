"""Where the program keeps files of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def data_folder(name: str) -> Path:
    """A folder of the program's own data, made if need be."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    folder = Path(base) / "neuroloom" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
