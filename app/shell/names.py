"""Names of files as dialogs and systems take them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.workspaces.workspace import FileKind


def as_filter(kind: FileKind) -> str:
    """A kind as file dialogs list it: ``Data (*.csv *.tsv)``."""
    return f"{QCoreApplication.translate('Files', kind.label)} ({kind.patterns})"


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in "-_ " else " " for letter in title)
    return "-".join(kept.lower().split()) or "untitled"
