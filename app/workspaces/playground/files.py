"""The files that the playground opens: networks in every registered format, and tables."""

from __future__ import annotations

from pathlib import Path

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind
from engine.data.suffixes import DATA_SUFFIXES
from engine.formats import document_kind, formats

NETWORKS = tuple(FileKind(form.label, form.suffixes) for form in formats() if form.read is not None)
DATA = FileKind(QT_TRANSLATE_NOOP("Files", "Data"), DATA_SUFFIXES)


def is_data(path: Path) -> bool:
    """Return whether a file is a table to be taken as the data set."""
    return path.suffix.lower() in DATA.suffixes


def reads(path: Path) -> bool:
    """Whether a file is a table or a network; one that is named like a network and holds another workspace's document
    is not, one that holds nothing known is: opening it says what is wrong."""
    if is_data(path) or any(form.recognises(path) for form in formats()):
        return True
    named = any(path.suffix.lower() in kind.suffixes for kind in NETWORKS)
    return named and document_kind(path) is None
