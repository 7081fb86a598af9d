"""A network file and the weights that lie beside it: saved as one, whoever saves at the same time or is killed.

Whoever saves works alone in the folder, and notes first which files of weights it adds and takes away
(``.NAME.saving``). What is noted there and belongs to no network is what a killed one has left behind, and goes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.atomic import ABANDONED, BEING_MADE, alone_in, is_abandoned, remove_abandoned
from engine.opening import read_file

MOST_NAMING = 64 << 20
"""Bytes of a file that names weights."""
_MOST_NEIGHBOURS = 1000
_BESIDE = r"-[0-9a-f]{12}\.safetensors"
_NETWORK = r".+\.(?i:loom)"
_HALF_WRITTEN = re.compile(rf"\.(?:{_NETWORK}|.+{_BESIDE})\.[0-9a-f]{{8}}\.part")
"""What documents leave whose saving is killed. Other programs have no such names."""


@contextmanager
def saving(path: Path, added: str | None) -> Iterator[None]:
    """While a network file is written to ``path`` (no link), and before it the weights ``added`` beside it; afterwards
    the weights that nobody names any more are gone, the new ones where it went wrong, else the former. Raises OSError.
    """
    with alone_in(path.parent):
        _settle(path)
        noted = [name for name in (added, named_beside(path)) if name is not None]
        if noted:
            _note_of(path).write_text(json.dumps(noted), encoding="utf-8")
        try:
            yield
        finally:
            _settle(path)


def sweep(path: Path) -> None:
    """Take away what killed saves have left in the folder of a document: half-written files by our own names, and of
    some age, that nobody is writing; of other documents than this one only what is old, for who else works there may
    lock nothing here. What another document's note has is left: its network may be elsewhere just then, and need the
    weights when it is back. Never raises for what the system says."""
    with suppress(OSError, ValueError):  # the latter: no file can have such a name
        place = Path(os.path.realpath(path))
        remove_abandoned(place)
        with os.scandir(place.parent) as entries:
            left = [Path(one.path) for one in entries if _is_left(one)]
        for one in left:
            with suppress(OSError):
                if is_abandoned(one, ABANDONED):
                    one.unlink()
        _settle_abandoned(place)


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Whether it has the name of something of ours that is there only while a document is saved."""
    return _HALF_WRITTEN.fullmatch(entry.name) is not None and entry.is_file(follow_symlinks=False)


def _settle_abandoned(path: Path) -> None:
    """Do what a killed save of this document has noted. Raises OSError."""
    note = _note_of(path)
    if is_abandoned(note, BEING_MADE):
        with alone_in(path.parent):
            if is_abandoned(note, BEING_MADE):  # else somebody has saved meanwhile
                _settle(path)


def weights_beside(path: Path) -> tuple[Path, ...]:
    """The files that the weights of the network file at ``path`` lie in, by their names; of a link, where it leads.
    Saving takes them away. None where the system does not say."""
    with suppress(OSError, ValueError):
        place = Path(os.path.realpath(path))
        with os.scandir(place.parent) as entries:
            return tuple(place.with_name(one.name) for one in entries if _is_ours(place, one.name))
    return ()


def _note_of(path: Path) -> Path:
    return path.with_name(f".{path.name[:200]}.saving")


def _settle(path: Path) -> None:
    """Remove the weights that a note has and that no network names."""
    note = _note_of(path)
    with suppress(OSError):
        try:
            noted = json.loads(read_file(note, 1 << 16))
        except (ValueError, RecursionError):
            noted = []  # torn: nothing was added yet
        for name in noted if isinstance(noted, list) else []:
            if not isinstance(name, str) or not _is_ours(path, name):
                continue
            weights = path.with_name(name)
            if weights.exists() and not _is_named(path, name):
                with suppress(OSError):  # the network is saved; a file too many is no failure
                    weights.unlink()
            remove_abandoned(weights)
        note.unlink()


def named_beside(path: Path) -> str | None:
    """The weights file that the network file at ``path`` names and that was written for it by its own name."""
    try:
        name = json.loads(read_file(path, MOST_NAMING).decode("utf-8-sig"))["weights"]["file"]
    except (OSError, ValueError, RecursionError, MemoryError, LookupError, TypeError):
        return None
    return name if isinstance(name, str) and _is_ours(path, name) else None


def _is_ours(path: Path, name: str) -> bool:
    return name.startswith(path.stem) and re.fullmatch(_BESIDE, name[len(path.stem) :]) is not None


def _is_named(path: Path, name: str) -> bool:
    """Whether a network in the folder names these weights: the one that is saved, or a copy of it."""
    sought = json.dumps(name)[1:-1].encode(), name.encode("utf-8", "surrogatepass")
    neighbours = _neighbours(path)
    if len(neighbours) > _MOST_NEIGHBOURS:
        return True  # who knows: it would take too long to ask them all
    for neighbour in [path, *neighbours]:
        try:
            content = read_file(neighbour, MOST_NAMING)
        except FileNotFoundError:
            continue
        except OSError:
            return True  # who knows
        if any(text in content for text in sought):
            return True
    return False


def _neighbours(path: Path) -> list[Path]:
    found = []
    with os.scandir(path.parent) as entries:
        for entry in entries:
            if entry.name.lower().endswith(path.suffix.lower()) and entry.name != path.name and entry.is_file():
                found.append(Path(entry.path))
    return found
