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

from engine.atomic import alone_in, remove_abandoned, replaceable
from engine.opening import read_file

MOST_NAMING = 64 << 20
"""Bytes of a file that names weights."""
_MOST_NEIGHBOURS = 1000


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
    """Take away what killed saves of a network file have left beside it; never raises for what the system says."""
    with suppress(OSError):
        place = replaceable(path)
        remove_abandoned(place)
        if _note_of(place).exists():
            with alone_in(place.parent):
                _settle(place)


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
            if isinstance(name, str) and _is_ours(path, name) and not _is_named(path, name):
                with suppress(OSError):  # the network is saved; a file too many is no failure
                    path.with_name(name).unlink()
                remove_abandoned(path.with_name(name))
        note.unlink()


def named_beside(path: Path) -> str | None:
    """The weights file that the network file at ``path`` names and that was written for it by its own name."""
    try:
        name = json.loads(read_file(path, MOST_NAMING).decode("utf-8-sig"))["weights"]["file"]
    except (OSError, ValueError, RecursionError, MemoryError, LookupError, TypeError):
        return None
    return name if isinstance(name, str) and _is_ours(path, name) else None


def _is_ours(path: Path, name: str) -> bool:
    return re.fullmatch(re.escape(path.stem) + r"-[0-9a-f]{12}\.safetensors", name) is not None


def _is_named(path: Path, name: str) -> bool:
    """Whether a network in the folder names these weights: the one that is saved, or a copy of it."""
    sought = json.dumps(name)[1:-1].encode(), name.encode("utf-8", "surrogatepass")
    for neighbour in [path, *_neighbours(path)]:
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
            if entry.name.endswith(path.suffix) and entry.name != path.name and entry.is_file():
                found.append(Path(entry.path))
    return found[:_MOST_NEIGHBOURS]
