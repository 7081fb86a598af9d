"""Where a data set's files lie: in a folder, or in a zip that is read in place, without unpacking."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO

from engine.data.problems import FILE_MISSING
from engine.data.sampling import reading
from engine.data.suffixes import DATA_SUFFIXES
from engine.opening import file_state, open_file
from engine.problems import EngineError, declare

ARCHIVE_BROKEN = declare(
    "recommender.archive-broken",
    "{path} is damaged or isn't a zip archive. Download or pack it again, or unpack it and choose the table in it.",
)
ARCHIVE_LOCKED = declare(
    "recommender.archive-locked",
    "{path} is encrypted. Unpack it with its password and choose the unpacked table.",
)

TOO_LARGE = declare(
    "recommender.too-large",
    "{path} unpacks to more than {limit} bytes, far more than its size suggests. Don't trust it.",
)

TOO_LARGE_BESIDE = declare(
    "recommender.too-large-beside",
    "{path} has more than {limit} bytes or {lines} lines, too many for a table that goes with a log. Leave it out.",
)
OTHER_PACKING = declare(
    "recommender.other-packing",
    "“{member}” in {path} uses a compression that isn't supported. Pack it again as an ordinary zip (deflate).",
)

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, LookupError, ValueError, OverflowError,
    MemoryError, OSError,
)  # fmt: skip
_MOST_WHOLE, _MOST_LINES = 32 << 20, 1_000_000
_DEPTH = 3
_MOST_FILES = 10_000
_MOST_BYTES = 8 << 30
_RATIO = 100
"""Bytes that a file of an archive may have for each of the archive's own; ratings pack about 1 to 5."""
_FREE_BYTES = 16 << 20
"""Up to so many the ratio does not count: small files may well be all alike."""


@dataclass(frozen=True, slots=True)
class FileSet:
    """The files under a folder (three levels deep) or in a zip.

    ``members``: where each file name is found, as a path relative to ``path``; of several files of one name, the one
    that lies highest. ``chosen``: the file the person pointed at, where it was a file in the folder.
    """

    path: Path
    members: Mapping[str, str]
    chosen: str | None = None

    @property
    def archived(self) -> bool:
        """Whether this is a zip."""
        return not os.path.isdir(self.path)

    def has(self, *names: str) -> bool:
        """Whether every one of ``names`` is there."""
        return all(name in self.members for name in names)

    def size(self, name: str) -> int:
        """Bytes of a file (unpacked, as far as an archive can be believed)."""
        if not self.archived:
            path = self.path / self.members[name]
            with reading(path):
                return file_state(path).st_size
        with _archive(self.path) as archive, _read_of(self.path):
            return archive.getinfo(self.members[name]).file_size

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """A file opened for reading. Raises EngineError, while it is read too, where it is damaged or unreadable."""
        if not self.archived:
            path = self.path / self.members[name]
            with reading(path), open_file(path) as file:
                yield file
            return
        with _archive(self.path) as archive:
            with _read_of(self.path):
                found = archive.getinfo(self.members[name])
                _check_packing(self.path, found)
                member = archive.open(found)
            with member:
                yield _Bounded(member, self.path, found.file_size)  # type: ignore[misc]  # more is not asked of it

    def read(self, name: str) -> bytes:
        """The whole content of a small file, such as a table beside a log. Raises EngineError for a large one, too."""
        with self.opened(name) as file:
            content = file.read(_MOST_WHOLE + 1)
        if len(content) > _MOST_WHOLE or content.count(b"\n") + content.count(b"\r") > _MOST_LINES:
            raise EngineError(TOO_LARGE_BESIDE(path=self.shown(name), limit=_MOST_WHOLE, lines=_MOST_LINES))
        return content

    def shown(self, name: str) -> str:
        """How a file is named in messages."""
        return str(self.path / self.members[name])


def file_set_at(path: Path) -> FileSet:
    """The files at ``path``: a folder, a zip, or a file in a folder. Raises EngineError where nothing can be read, and
    for a folder that is called like a table."""
    with reading(path):
        if os.path.isdir(path) and path.suffix.lower() not in DATA_SUFFIXES:
            return FileSet(path, _members(_files_under(path)))
        try:
            file_state(path)
        except FileNotFoundError as error:
            raise EngineError(FILE_MISSING(path=path)) from error
    if path.suffix.lower() != ".zip":
        return FileSet(path.parent, {**_members(_files_under(path.parent)), path.name: path.name}, path.name)
    with _archive(path) as archive:
        names = (name for name in archive.namelist() if name and not name.endswith("/"))
        return FileSet(path, _members(islice(names, _MOST_FILES)))


def _members(found: Iterator[str]) -> dict[str, str]:
    """File name to path, the highest winning, then the first in the alphabet."""
    members: dict[str, str] = {}
    for member in sorted(found, key=lambda name: (name.count("/"), name)):
        if not member.startswith("__MACOSX/"):  # shadows of the files, which macOS adds
            members.setdefault(member.rsplit("/", 1)[-1], member)
    return members


def _files_under(folder: Path) -> Iterator[str]:
    """Files as paths relative to ``folder``, the first ten thousand that are met."""
    count = 0
    for here, folders, files in os.walk(folder):
        folders.sort()
        if len(Path(here).relative_to(folder).parts) >= _DEPTH:
            folders.clear()
        for name in files:
            yield (Path(here) / name).relative_to(folder).as_posix()
            count += 1
            if count == _MOST_FILES:
                return


class _Bounded:
    """A file of an archive, as it is unpacked, that refuses to give far more than the archive's size lets expect."""

    def __init__(self, member: IO[bytes], path: Path, declared: int) -> None:
        """Raises EngineError where the archive itself says that it holds so much."""
        self._limit = min(_MOST_BYTES, max(_FREE_BYTES, _RATIO * path.stat().st_size))
        self._member, self._path, self._left = member, path, self._limit
        self._check(declared)

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, all of them where it is negative."""
        with _read_of(self._path):
            return self._counted(self._member.read(self._asked(size)))

    def readline(self, size: int = -1) -> bytes:
        """A line of at most ``size`` bytes."""
        with _read_of(self._path):
            return self._counted(self._member.readline(self._asked(size)))

    def _asked(self, size: int) -> int:
        return size if 0 <= size <= self._left else self._left + 1

    def _counted(self, chunk: bytes) -> bytes:
        self._check(len(chunk))
        self._left -= len(chunk)
        return chunk

    def _check(self, more: int) -> None:
        if more > self._left:
            raise EngineError(TOO_LARGE(path=self._path, limit=self._limit))


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at a path, its list of files read. Raises EngineError."""
    with reading(path), open_file(path) as file:
        with _read_of(path):
            archive = zipfile.ZipFile(file)
        with archive:
            yield archive


@contextmanager
def _read_of(path: Path) -> Iterator[None]:
    """Around what reads an archive itself: turns whatever zipfile and its likes say of damage into an EngineError."""
    try:
        yield
    except _DAMAGE as error:
        raise EngineError(ARCHIVE_BROKEN(path=path)) from error
    except RuntimeError as error:  # what zipfile says of a password
        raise EngineError(ARCHIVE_LOCKED(path=path)) from error


def _check_packing(path: Path, member: zipfile.ZipInfo) -> None:
    """Raise EngineError for what may ask for gigabytes before its first byte comes out, as LZMA does."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
        raise EngineError(OTHER_PACKING(path=path, member=member.filename))
