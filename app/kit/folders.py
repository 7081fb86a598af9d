"""Where the program keeps files of its own."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QStandardPaths, QUrl

PRIVATE = 0o700
_unkept: dict[Path, str] = {}
_told: set[Path] = set()


def note_unkept(place: Path, error: OSError) -> None:
    """Nothing can be kept at a place, and why."""
    _unkept.setdefault(place, error.strerror or str(error))


def take_unkept() -> dict[Path, str]:
    """The places of which that has not been told yet, with their reasons."""
    found = {place: reason for place, reason in _unkept.items() if place not in _told}
    _told.update(found)
    return found


def data_folder(name: str) -> Path:
    """A folder of the program's own data, for its owner alone, made if need be; where that cannot be, one that goes
    when the program ends, which is noted."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    folder = Path(base) / "neuroloom" / name
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        note_unkept(folder, error)
        folder = Path(_passing_folder().name) / name
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    with suppress(OSError):  # versions before have left it open to others
        if folder.stat().st_mode & 0o077:
            folder.chmod(PRIVATE)
    return folder


class _Chosen:
    """The folder that a person has last chosen in a dialog; None before that."""

    folder: Path | None = None


def remember_folder(path: Path) -> None:
    """A file was chosen there: the next dialog begins beside it."""
    _Chosen.folder = path.parent


def likely_folder() -> Path:
    """Where a dialog begins: where one chose a file last, else among the person's documents."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folders = (_Chosen.folder, documents)
    return next((one for one in folders if one is not None and one.is_dir()), Path.home())


_numbers = count()


@cache
def _passing_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="neuroloom-")


def passing_file(suffix: str = ".loom") -> Path:
    """A name that nobody else uses, for handing something over to another workspace (``Host.open_copy``). The person
    may be asked something before it is read, so the file stays until the program ends."""
    return Path(_passing_folder().name) / f"passing-{next(_numbers)}{suffix}"


def drop_passing_files() -> None:
    """They are not needed any more: for an end of the process that nothing is cleared up at."""
    if _passing_folder.cache_info().currsize:
        _passing_folder().cleanup()


def path_of_url(url: QUrl) -> Path:
    """The file that a local URL means. Qt takes names for UTF-8 and makes others of those that are none; here they stay
    what they are, as the system has them."""
    if sys.platform == "win32" or url.host():
        return Path(url.toLocalFile())
    written = bytes(url.toEncoded(QUrl.ComponentFormattingOption.FullyEncoded).data())
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(written).path)))
