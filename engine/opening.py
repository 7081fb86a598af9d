"""The one door through which the engine opens what it is pointed at: regular files, and nothing that could keep it.

A pipe, a socket or a device has no end, or waits for somebody; a name may be one that the system cannot even say. All
of that is an OSError with a reason in words, which each reader makes a sentence of, as it does of a missing file.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_KINDS = (
    (stat.S_ISDIR, errno.EISDIR, "it is a folder"),
    (stat.S_ISFIFO, errno.EINVAL, "it is a pipe and no file"),
    (stat.S_ISSOCK, errno.EINVAL, "it is a socket and no file"),
    (stat.S_ISCHR, errno.EINVAL, "it is a device and no file"),
    (stat.S_ISBLK, errno.EINVAL, "it is a device and no file"),
)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class NotRegular(OSError):
    """Raised for what is there and is no regular file."""


def file_state(path: Path) -> os.stat_result:
    """What the system says of the regular file at ``path``. Raises OSError, with a reason in words for anything else.

    Nothing is opened: opening a device may do something.
    """
    try:
        found = path.stat()
    except ValueError as error:  # a name with NUL or half a surrogate pair in it
        raise OSError(errno.EINVAL, "no file can have such a name") from error
    _check_regular(found)
    return found


def open_file(path: Path) -> BinaryIO:
    """The regular file at ``path``, opened for reading without ever waiting. Raises OSError as :func:`file_state`."""
    file_state(path)
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        _check_regular(os.fstat(descriptor))  # another thing may have come into its place since
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_file(path: Path, most: int) -> bytes:
    """All of a regular file that is no larger than ``most`` bytes. Raises OSError for a larger one, too."""
    with open_file(path) as file:
        content = file.read(most + 1) if os.fstat(file.fileno()).st_size <= most else None
    if content is None or len(content) > most:
        raise OSError(errno.EFBIG, f"it has more than {most >> 20:,} MB")
    return content


def is_file(path: Path) -> bool:
    """Whether a regular file is there; never raises."""
    with suppress(OSError):
        file_state(path)
        return True
    return False


def _check_regular(found: os.stat_result) -> None:
    for is_kind, number, reason in _KINDS:
        if is_kind(found.st_mode):
            raise NotRegular(number, reason)
