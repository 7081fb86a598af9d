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

from engine.data.problems import FILE_MISSING, FILE_UNREADABLE
from engine.data.sampling import reading
from engine.opening import file_state, open_file
from engine.problems import EngineError, declare

ARCHIVE_BROKEN = declare(
    "recommender.archive-broken",
    "{path} is no complete archive ({reason}); download it again, as it was probably cut short.",
)

TOO_LARGE = declare(
    "recommender.too-large",
    "{path} unpacks to more than {limit} bytes, far more than its size lets expect; do not trust it.",
)

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
        """Bytes of a file (unpacked)."""
        if not self.archived:
            path = self.path / self.members[name]
            with reading(path):
                return file_state(path).st_size
        with _archive(self.path) as archive:
            return archive.getinfo(self.members[name]).file_size

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """A file opened for reading. Raises EngineError, while it is read too, where it is damaged or unreadable."""
        if not self.archived:
            path = self.path / self.members[name]
            with reading(path), open_file(path) as file:
                yield file
            return
        with _archive(self.path) as archive, archive.open(self.members[name]) as member:
            yield _Bounded(member, self.path)  # type: ignore[misc]  # reads, and more is not asked of it

    def read(self, name: str) -> bytes:
        """A small file's whole content."""
        with self.opened(name) as file:
            return file.read()

    def shown(self, name: str) -> str:
        """How a file is named in messages."""
        return str(self.path / self.members[name])


def file_set_at(path: Path) -> FileSet:
    """The files at ``path``: a folder, a zip, or a file in a folder. Raises EngineError where nothing can be read."""
    with reading(path):
        if os.path.isdir(path):
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

    def __init__(self, member: IO[bytes], path: Path) -> None:
        self._limit = min(_MOST_BYTES, max(_FREE_BYTES, _RATIO * path.stat().st_size))
        self._member, self._path, self._left = member, path, self._limit

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes, all of them where it is negative."""
        return self._counted(self._member.read(self._asked(size)))

    def readline(self, size: int = -1) -> bytes:
        """A line of at most ``size`` bytes."""
        return self._counted(self._member.readline(self._asked(size)))

    def _asked(self, size: int) -> int:
        return size if 0 <= size <= self._left else self._left + 1

    def _counted(self, chunk: bytes) -> bytes:
        self._left -= len(chunk)
        if self._left < 0:
            raise EngineError(TOO_LARGE(path=self._path, limit=self._limit))
        return chunk


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with reading(path), _listed(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise EngineError(ARCHIVE_BROKEN(path=path, reason=str(error) or "it ends early")) from error
    except RuntimeError as error:  # what zipfile says of a password
        raise EngineError(FILE_UNREADABLE(path=path, reason=str(error))) from error


def _listed(path: Path) -> zipfile.ZipFile:
    """The archive, its list of files read."""
    try:
        return zipfile.ZipFile(path)
    except (ValueError, IndexError, struct.error) as error:  # what zipfile says of a damaged list
        raise zipfile.BadZipFile(str(error)) from error
