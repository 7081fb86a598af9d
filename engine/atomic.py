"""Writing files so that nothing is lost: either the whole new file is there or the old one still is.

What is written through a link is written where the link leads; who may read and write a file stays as it was; and a
file that may not be written to is not put aside for another one either.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from time import monotonic, sleep, time
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl
else:
    import hashlib
    import msvcrt
    import tempfile

ABANDONED = 3600.0
"""Seconds after which a temporary file that nobody writes to any more is one that a killed run has left behind, where
the system cannot say whether somebody has it open to write it …"""
BEING_MADE = 10.0
"""… and where it says that nobody has."""
PATIENCE = 10.0
"""Seconds for which a writer waits for another one that works in the same folder."""
_LONGEST_START = 200  # bytes of the name of a temporary file before what makes it unique; systems allow 255


def write_atomically(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put ``content`` at ``path``, whole or not at all; ``private``: for its owner alone. Raises OSError."""
    with replacing(path, private=private) as file:
        file.write(content)


def write_at_once(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, whole or not at all, for its owner alone; for files of the program's own, no links.

    It is there whatever ends the process, and the disk takes it later. Four calls of the system: after each of them a
    thread may wait until another one lets go of Python. Raises OSError.
    """
    temporary = path.with_name(f"{_start_of(path)}.{secrets.token_hex(4)}.part")
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(file, left) :]
        finally:
            os.close(file)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):  # what went wrong first is what is told
            temporary.unlink()
        raise


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A temporary file in the same folder, flushed to the disk and renamed into place when the block ends well.

    Raises OSError, also for what may not be replaced (:func:`replaceable`).
    """
    place = replaceable(path)
    temporary = place.with_name(f"{_start_of(place)}.{secrets.token_hex(4)}.part")
    try:
        # Not tempfile's, which nobody else may read.
        with open(temporary, "xb", opener=for_the_owner if private else None) as file:
            _taken(file.fileno())  # so that whoever tidies up knows that it is being written
            yield file
            file.flush()
            if not private:
                _like_the_old(file, place)
            os.fsync(file.fileno())
        os.replace(temporary, place)
    except BaseException:
        with suppress(OSError):  # what went wrong first is what is told
            temporary.unlink()
        raise


def for_the_owner(path: str, flags: int) -> int:
    """Open a file that only its owner may read, where it is a new one; an ``opener`` of :func:`open`."""
    return os.open(path, flags, 0o600)


def replaceable(path: Path) -> Path:
    """Where a file that is written to ``path`` comes to lie: where the link leads, if it is one.

    Raises OSError where something is there that is no file, or a file that may not be written to.
    """
    try:
        place = Path(os.path.realpath(path))
        found = place.stat()
    except FileNotFoundError:
        return place
    except ValueError as error:  # a name with NUL or half a surrogate pair in it
        raise OSError(errno.EINVAL, "no file can have such a name") from error
    if stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no file")
    if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(place, os.W_OK):
        raise OSError(errno.EACCES, "it is read-only")
    return place


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it, where it is not there. Raises OSError."""
    try:
        path.mkdir(mode, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OSError(errno.ENOTDIR, "it is a file, not a folder") from error


def check_place(path: Path) -> None:
    """Try now whether a file could be written to ``path``, rather than after hours. Raises OSError; leaves nothing."""
    place = replaceable(path)
    temporary = place.with_name(f"{_start_of(place)}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(b"\n")  # a full disk may take the name of a file, and nothing in it
            file.flush()
            os.fsync(file.fileno())
    finally:
        with suppress(OSError):
            temporary.unlink()


def _like_the_old(file: BinaryIO, place: Path) -> None:
    """Let those who may read and write the file that is replaced do so with the new one."""
    with suppress(OSError, AttributeError):  # there is none, or its owner is another; Windows has neither call
        old = place.stat()
        os.fchmod(file.fileno(), stat.S_IMODE(old.st_mode))
        os.fchown(file.fileno(), old.st_uid, old.st_gid)


def _start_of(place: Path) -> str:
    """How the temporary files of a file are called."""
    return "." + os.fsdecode(os.fsencode(place.name)[:_LONGEST_START])


def remove_abandoned(path: Path) -> None:
    """Remove the temporary files that runs killed while writing ``path`` have left: each may be large."""
    place = Path(os.path.realpath(path))
    for left in place.parent.glob(f"{escape(_start_of(place))}.*.part"):
        with suppress(OSError):
            if is_abandoned(left):
                left.unlink()


def is_abandoned(left: Path, least: float = BEING_MADE) -> bool:
    """Whether a file is so many seconds old at ``least`` and nobody is writing it. Raises OSError."""
    found = left.stat()
    age = time() - found.st_mtime
    if age < least or not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for somebody to write into it
        return False
    with left.open("rb") as file:
        free = _taken(file.fileno())
    return age >= ABANDONED if free is None else free


# One at a time ----------------------------------------------------------------------------------------------------


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """While nobody else is, in this process or another; for whoever changes several files that belong together.

    Raises OSError where there is no such folder, or another one does not end within :data:`PATIENCE`. Where the file
    system has no locks, nobody is kept out.
    """
    lock = _lock_of(folder)
    try:
        deadline = monotonic() + PATIENCE
        while _taken(lock) is False:
            if monotonic() > deadline:
                raise OSError(errno.EAGAIN, "another program is writing there")
            sleep(0.01)
        yield
    finally:
        os.close(lock)


if sys.platform != "win32":

    def _lock_of(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _taken(descriptor: int) -> bool | None:
        """Lock an open file until it is closed; False where another has it, None where there are no locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True

else:

    def _lock_of(folder: Path) -> int:
        mark = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()
        return os.open(Path(tempfile.gettempdir()) / f"neuroloom-{mark[:32]}.lock", os.O_RDWR | os.O_CREAT)

    def _taken(descriptor: int) -> bool | None:
        """Lock an open file until it is closed; False where another has it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
