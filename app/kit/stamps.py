"""Files as they were when they were last looked at, to notice what others have done to them since."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Device, number, size and time of the last change: whoever writes a file, or puts another in its place, changes it."""


def stamp_of(path: Path) -> Stamp | None:
    """The file as it is now, where a link leads if it is one; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # the latter: no file can have such a name
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
