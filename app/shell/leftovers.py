"""What windows that did not close properly have left: journals, and copies of versions before."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QLockFile

from app.kit.folders import data_folder
from app.shell.autosave import LOCK_SUFFIX
from engine.atomic import write_atomically
from engine.formats.journal import SUFFIX
from engine.formats.journal_state import FileNote, glance_at
from engine.formats.pairs import weights_beside
from engine.opening import file_state, is_file, read_file
from engine.problems import EngineError

MOST_TRIES = 2
"""So many recoveries of one leftover may fail."""
CLOCK = 0.02
"""Seconds by which file systems' clocks may be behind."""

Standing = Literal["sound", "overtaken", "damaged"]


@dataclass(frozen=True, slots=True)
class Leftover:
    """The journal of a window that did not close properly, or its copy. ``workspace``: whose document it is; empty
    where the file itself says that. ``file``: the person's own that the document lies in; ``title``: what it is called.
    ``standing``: ``overtaken`` by that file, which was written later."""

    path: Path
    when: datetime
    workspace: str = ""
    standing: Standing = "sound"
    file: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        """What the document is known by: its file's name, else its title; empty where neither is known."""
        return Path(self.file).name or self.title

    @property
    def is_journal(self) -> bool:
        """Whether it has the undo history."""
        return self.path.suffix == SUFFIX

    @property
    def tries(self) -> int:
        """How many recoveries of it have been begun, and none has come to an end."""
        with suppress(OSError, ValueError):
            return int(read_file(self._tries_file, 100))
        return 0

    @property
    def _tries_file(self) -> Path:
        return self.path.with_suffix(".tries")

    def note_try(self) -> None:
        """A recovery begins; should it end the program, that is known next time."""
        with suppress(OSError):
            write_atomically(self._tries_file, str(self.tries + 1).encode(), private=True)

    def remove(self) -> None:
        """It has been dealt with: delete it and what its document has put beside it, for the name is nobody else's."""
        for file in self._files():
            with suppress(OSError):
                file.unlink()

    def set_aside(self) -> Path:
        """Move it to where nobody is asked about it any more; where that is."""
        folder = data_folder("recovery") / "set-aside"
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
            self._tries_file.unlink(missing_ok=True)
            for file in self._files():
                file.replace(folder / file.name)
        return folder / self.path.name

    def _files(self) -> list[Path]:
        """The file and what lies beside it: of its very name, for another's may begin with that."""
        named = (file for file in self.path.parent.iterdir() if file.stem == self.path.stem)
        return [*(file for file in named if file.suffix != LOCK_SUFFIX), *weights_beside(self.path)]


def leftovers(is_copy: Callable[[Path], bool]) -> tuple[Leftover, ...]:
    """What windows that no longer live have left, the latest first; ``is_copy`` tells a document from what lies beside
    it. Locks that such windows have left without anything are taken away."""
    found = []
    for path in tuple(data_folder("recovery").iterdir()):
        if path.suffix == LOCK_SUFFIX and not path.with_suffix("").exists():
            _is_abandoned(path.with_suffix(""))  # whoever can take a lock takes it away
        elif (path.suffix == SUFFIX or is_copy(path)) and path.suffix != LOCK_SUFFIX and _is_abandoned(path):
            with suppress(OSError):  # another window has taken it away
                if (seen := _seen(path)) is not None:
                    found.append(seen)
                else:
                    Leftover(path, datetime.min).remove()  # there was nothing to lose
    return tuple(sorted(found, key=lambda leftover: leftover.when, reverse=True))


def _seen(path: Path) -> Leftover | None:
    state = file_state(path)
    written = datetime.fromtimestamp(state.st_mtime)
    if path.suffix != SUFFIX:
        return Leftover(path, written)
    if not state.st_size:
        return None
    try:
        glance = glance_at(path)
        when = datetime.fromtimestamp(glance.at)
    except (EngineError, ValueError, OverflowError, OSError):
        return Leftover(path, written, standing="damaged")
    if not glance.needed:
        return None
    own = glance.file
    standing: Standing = "overtaken" if own is not None and _is_later(own, glance.at) else "sound"
    return Leftover(path, when, glance.workspace, standing, "" if own is None else own.path, glance.title)


def _is_later(file: FileNote, at: float) -> bool:
    """Whether the person's own file has been written after the journal's last word."""
    try:
        changed = file_state(Path(file.path)).st_mtime_ns
    except OSError:
        return False
    return changed != file.changed and changed / 1e9 >= at - CLOCK


def _is_abandoned(path: Path) -> bool:
    """Whether no living window holds the lock. What is no file is no lock of ours, and opening a pipe would wait."""
    place = Path(f"{path}{LOCK_SUFFIX}")
    if os.path.lexists(place) and not is_file(place):
        return False
    lock = QLockFile(str(place))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True
