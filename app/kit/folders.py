"""Where the program keeps files of its own."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir, mkdtemp
from urllib.parse import unquote_to_bytes, urlsplit

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDropEvent

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
        for place in (folder.parent, folder):  # the mode of mkdir isn't that of its parents
            place.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        note_unkept(folder, error)
        folder = Path(_passing_folder().name) / name
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    for place in (folder.parent, folder):
        with suppress(OSError):  # versions before have left it open to others
            if place.stat().st_mode & 0o077:
                place.chmod(PRIVATE)
    return folder


def take_copy(event: QDropEvent) -> None:
    """Accept what is dragged as a copy: of what a file manager moves it would delete its own."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


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
_PASSING = re.compile(r"neuroloom-(\d{1,10})-[a-z0-9_]{8}")


@cache
def _passing_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix=f"neuroloom-{os.getpid()}-")


def passing_file(suffix: str = ".loom") -> Path:
    """A name that nobody else uses, for handing something over to another workspace (``Host.open_copy``). The person
    may be asked something before it is read, so the file stays until the program ends."""
    return Path(_passing_folder().name) / f"passing-{next(_numbers)}{suffix}"


def passing_folder() -> Path:
    """A folder that nobody else uses, and that goes when the program ends."""
    return Path(mkdtemp(dir=_passing_folder().name))


def drop_passing_files() -> None:
    """They are not needed any more: for an end of the process that nothing is cleared up at."""
    if _passing_folder.cache_info().currsize:
        _passing_folder().cleanup()


def sweep_passing_folders() -> None:
    """Take away what killed windows have left among the temporary files: folders of our name and our own whose process
    is gone and in which no run goes on. Never raises for what the system says."""
    from engine.recommenders.running.process_start import started

    with suppress(OSError), os.scandir(gettempdir()) as entries:
        for entry in entries:
            named = _PASSING.fullmatch(entry.name)
            if named is not None and started(int(named[1])) is None and _is_own_and_unused(entry):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_own_and_unused(entry: os.DirEntry[str]) -> bool:
    """A run that had no other place goes on in it without its window."""
    from engine.recommenders.running.run_lock import LOCK_NAME, is_held

    own = not hasattr(os, "getuid") or entry.stat(follow_symlinks=False).st_uid == os.getuid()
    if not own or not entry.is_dir(follow_symlinks=False):
        return False
    return not any(is_held(lock) for lock in Path(entry.path).rglob(LOCK_NAME))


def path_of_url(url: QUrl) -> Path:
    """The file that a local URL means. Qt takes names for UTF-8 and makes others of those that are none; here they stay
    what they are, as the system has them."""
    if sys.platform == "win32" or url.host():
        return Path(url.toLocalFile())
    written = bytes(url.toEncoded(QUrl.ComponentFormattingOption.FullyEncoded).data())
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(written).path)))
