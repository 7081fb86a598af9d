"""What windows that did not close properly have left in the recovery folder."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QLockFile

from app.kit.folders import data_folder
from app.shell.autosave import LOCK_SUFFIX
from engine.atomic import is_abandoned, write_atomically
from engine.formats.pairs import weights_beside
from engine.formats.snapshot import SUFFIX, SnapshotHeader, encode_snapshot, extract_snapshot, read_header
from engine.opening import file_state, is_file, read_file
from engine.problems import EngineError

MOST_TRIES = 2
"""So many recoveries of one snapshot may fail."""
CLOCK = 0.02
"""Seconds by which file systems' clocks may be behind."""
SET_ASIDE = "set-aside"
"""The folder in it for what nobody is asked about any more."""
MOST_SET_ASIDE = 20
"""Documents in it; the oldest go."""
EARLIER_SUFFIXES = (".journal", ".loom")
"""What versions before this one kept there."""

Standing = Literal["sound", "overtaken", "damaged", "earlier"]


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file of a window that did not close properly.

    ``header``: of a snapshot that can be read. ``standing``: ``overtaken`` if the person's own file was written later,
    ``earlier`` if an earlier version left it.
    """

    path: Path
    when: datetime
    header: SnapshotHeader | None = None
    standing: Standing = "sound"

    @property
    def workspace(self) -> str:
        """The key of its workspace; empty where that is not known."""
        return self.header.workspace if self.header is not None else ""

    @property
    def name(self) -> str:
        """What the document is known by: its file's name, else its title."""
        return "" if self.header is None else Path(self.header.own or "").name or self.header.title

    @property
    def tries(self) -> int:
        """How many recoveries of it have begun and not come to an end."""
        with suppress(OSError, ValueError):
            return int(read_file(self._tries_file, 100))
        return 0

    @property
    def _tries_file(self) -> Path:
        return self.path.with_suffix(".tries")

    def note_try(self) -> None:
        """Count a recovery that begins, in case it ends the program."""
        with suppress(OSError):
            write_atomically(self._tries_file, str(self.tries + 1).encode(), private=True)

    def remove(self) -> None:
        """Delete it and what lies beside it under its very name."""
        for file in self._files():
            with suppress(OSError):
                file.unlink()

    def set_aside(self) -> Path:
        """Move it to where nobody is asked about it any more; where that is. Of a snapshot, that is the file of the
        document, which can be opened."""
        folder = data_folder("recovery") / SET_ASIDE
        place = folder / self.path.name
        with suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.header is not None:
                with suppress(EngineError):
                    (folder / self.path.stem).mkdir(mode=0o700)
                    place = extract_snapshot(self.path, folder / self.path.stem)[1]
                    self.remove()
            self._tries_file.unlink(missing_ok=True)
            for file in self._files():
                file.replace(folder / file.name)
            self._sweep(folder)
        return place

    def _sweep(self, folder: Path) -> None:
        """Keep the latest of what lies aside, this one among them."""
        documents: dict[str, list[Path]] = {}
        for entry in folder.iterdir():
            documents.setdefault(entry.stem, []).append(entry)
        documents.pop(self.path.stem, None)
        for entries in sorted(documents.values(), key=_latest_change)[: -(MOST_SET_ASIDE - 1)]:
            for entry in entries:
                with suppress(OSError):
                    shutil.rmtree(entry) if _is_folder(entry) else entry.unlink()

    def put_back(self, place: Path) -> None:
        """Take back that it was set aside, at ``place``."""
        with suppress(OSError):
            if self.header is None or place.name == self.path.name:
                place.replace(self.path)
                return
            files = {member.name: (place.parent / member.name).read_bytes() for member in self.header.files}
            write_atomically(self.path, encode_snapshot(self.header, files), private=True)
            shutil.rmtree(place.parent)

    def _files(self) -> list[Path]:
        named = (file for file in self.path.parent.iterdir() if file.stem == self.path.stem)
        own = [file for file in named if file.suffix != LOCK_SUFFIX and not file.is_dir()]
        return [*own, *weights_beside(self.path)]  # of a network that an earlier version kept


def _latest_change(entries: list[Path]) -> float:
    return max(entry.lstat().st_mtime for entry in entries)


def _is_folder(entry: Path) -> bool:
    """Whether it is a folder itself, not a link to one."""
    return entry.is_dir() and not entry.is_symlink()


def leftovers() -> tuple[Leftover, ...]:
    """What windows that no longer live have left, the latest first. What is of no use to anybody is taken away: locks,
    half-written snapshots, and empty files."""
    found = []
    for path in tuple(data_folder("recovery").iterdir()):
        with suppress(OSError):  # another window has taken it away
            if path.suffix == LOCK_SUFFIX:
                if not path.with_suffix("").exists():
                    _has_no_window(path.with_suffix(""))  # whoever can take a lock takes it away
            elif path.suffix == ".part":
                if is_abandoned(path):
                    path.unlink()
            elif path.suffix in (SUFFIX, *EARLIER_SUFFIXES) and _has_no_window(path):
                found.append(_seen(path))
    return tuple(sorted(filter(None, found), key=lambda leftover: leftover.when, reverse=True))


def _seen(path: Path) -> Leftover | None:
    """Look at a file that nobody holds. None for an empty one, which is removed. Raises OSError."""
    state = file_state(path)
    written = datetime.fromtimestamp(state.st_mtime)
    if not state.st_size:
        Leftover(path, written).remove()
        return None
    if path.suffix != SUFFIX:
        return Leftover(path, written, standing="earlier")
    try:
        header = read_header(path)
        when = datetime.fromtimestamp(header.time)
    except (EngineError, ValueError, OverflowError, OSError):
        return Leftover(path, written, standing="damaged")
    return Leftover(path, when, header, "overtaken" if _is_overtaken(header) else "sound")


def _is_overtaken(header: SnapshotHeader) -> bool:
    """Whether the person's own file has been written after the snapshot."""
    try:
        changed = file_state(Path(header.own or "")).st_mtime_ns
    except OSError:
        return False
    return changed != header.own_changed and changed / 1e9 >= header.time - CLOCK


def _has_no_window(path: Path) -> bool:
    """Whether no living window holds the lock. What is no file is no window's, and opening a pipe would wait."""
    place = Path(f"{path}{LOCK_SUFFIX}")
    if os.path.lexists(place) and not is_file(place):
        return True
    lock = QLockFile(str(place))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True
