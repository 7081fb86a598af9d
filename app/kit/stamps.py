"""Files as they were when they were last looked at, to notice what others have done to them since."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.formats.pairs import weights_beside

Stamp = tuple[int, int, int, int]
"""Device, number, size and time of the last change: whoever writes a file, or puts another in its place, changes it."""
Look = Mapping[Path, Stamp]
"""A document's file and what belongs to it beside it; empty where there is no such file."""


def stamp_of(path: Path) -> Stamp | None:
    """The file as it is now, where a link leads if it is one; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # the latter: no file can have such a name
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def look_at(path: Path) -> Look:
    """A document's file as it is now, with the weights that lie beside it."""
    own = stamp_of(path)
    if own is None:
        return {}
    beside = {one: stamp for one in weights_beside(path) if (stamp := stamp_of(one)) is not None}
    return {path: own} | beside


def changed_since(known: Look) -> Path | None:
    """The first file of a look that is another one now. Where there is none any more, nothing is lost by writing it."""
    return next((path for path, stamp in known.items() if stamp_of(path) not in (None, stamp)), None)
