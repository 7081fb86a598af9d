"""Unpacking archives that a stranger may have made: zip, tar and tar.gz.

Only plain files and folders come out, only below the folder that is asked for, and only so many and so large. All is
written to a folder beside it first, which gets its name when the last byte is there.
"""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from engine.data.problems import FILE_MISSING
from engine.problems import EngineError, declare
from engine.recommenders.data.logs.file_set import ARCHIVE_BROKEN

NOT_AN_ARCHIVE = declare("recommenders.not_an_archive", "{path} is neither a zip nor a tar.gz archive; choose one.")
UNSAFE_NAME = declare(
    "recommenders.unsafe_name",
    "{path} holds “{member}”, which would land outside its folder or on top of another file; do not trust it.",
)
UNSAFE_KIND = declare(
    "recommenders.unsafe_kind",
    "{path} holds “{member}”, a link or device, where only files and folders belong; do not trust it.",
)
TOO_MANY = declare("recommenders.too_many_files", "{path} holds more than {limit} files; unpack it by hand.")
TOO_LARGE = declare(
    "recommenders.too_large",
    "{path} unpacks to more than {limit} bytes, far more than its size lets expect; do not trust it.",
)
FOLDER_TAKEN = declare("recommenders.folder_taken", "{folder} is there already; choose another name or remove it.")
UNPACK_FAILED = declare(
    "recommenders.unpack_failed", "{path} cannot be unpacked to {folder} ({reason}); nothing of it was left there."
)
UNPACK_CANCELLED = declare("recommenders.unpack_cancelled", "Unpacking {path} was cancelled; nothing of it was left.")

_CHUNK: Final = 1 << 18
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may come out: ``files`` and folders, ``total`` bytes, and ``ratio`` bytes for each of the archive's.

    The ratio counts beyond ``free`` bytes only: small files may well be all alike. Ratings pack about 1 to 5.
    """

    files: int = 10_000
    total: int = 8 << 30
    ratio: int = 100
    free: int = 16 << 20

    def bytes_from(self, packed: int) -> int:
        """The most bytes that an archive of ``packed`` bytes may give."""
        return min(self.total, max(self.free, self.ratio * packed))


def unpack(
    archive: Path, folder: Path, bounds: Bounds | None = None, cancelled: Callable[[], bool] | None = None
) -> Path:
    """Unpack a zip, tar or tar.gz to ``folder``, which must not be there yet; returns it.

    Raises EngineError, leaving nothing behind, for absolute names, ``..``, links, devices, two files of one name, more
    or larger files than the bounds allow, a damaged archive, a disk that is full, or when cancelled.
    """
    if not archive.is_file():
        raise EngineError(FILE_MISSING(path=archive))
    if folder.exists():
        raise EngineError(FOLDER_TAKEN(folder=folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # As a sibling it lies on the same disk, so that it can be renamed.
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _Unpacking(archive, beside, bounds or Bounds(), cancelled).run()
            beside.chmod(0o755)  # mkdtemp's are for their owner alone
            os.rename(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise EngineError(UNPACK_FAILED(path=archive, folder=folder, reason=error.strerror or error)) from error
    return folder


class _Unpacking:
    """One archive on its way into one folder, counting what comes out."""

    def __init__(self, archive: Path, folder: Path, bounds: Bounds, cancelled: Callable[[], bool] | None) -> None:
        self._archive, self._folder, self._bounds, self._cancelled = archive, folder, bounds, cancelled
        self._limit = bounds.bytes_from(archive.stat().st_size)
        self._bytes, self._members = 0, 0

    def run(self) -> None:
        """Unpack all of it; raises EngineError."""
        with self._archive.open("rb") as file:
            head = file.read(262)
        with _damage(self._archive):
            if head.startswith(b"PK"):
                self._zip()
            elif head.startswith(_GZIP) or head[257:262] == b"ustar":
                self._tar(packed=head.startswith(_GZIP))
            else:
                raise EngineError(NOT_AN_ARCHIVE(path=self._archive))

    def _zip(self) -> None:
        with zipfile.ZipFile(self._archive) as archive:
            for member in archive.infolist():
                kind = stat.S_IFMT(member.external_attr >> 16)
                if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                    raise EngineError(UNSAFE_KIND(path=self._archive, member=member.filename))
                target = self._target(member.filename)
                if member.is_dir():
                    target.mkdir(parents=True, exist_ok=True)
                    continue
                with archive.open(member) as source:
                    self._copy(source, target, member.filename)

    def _tar(self, packed: bool) -> None:
        with self._archive.open("rb") as file:
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if packed else file
            # Headers may hide as much as files: whatever tarfile reads is counted.
            counted = _Counted(stream, self._archive, self._limit)
            with tarfile.open(fileobj=counted, mode="r|") as archive:  # type: ignore[call-overload]  # reads, no more
                for member in archive:
                    self._take(archive, member)
            while counted.read(_CHUNK):  # to the end, where gzip's checksum is
                pass

    def _take(self, archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
        target = self._target(member.name)
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
        elif member.isreg() and (source := archive.extractfile(member)) is not None:
            self._copy(source, target, member.name)
        else:
            raise EngineError(UNSAFE_KIND(path=self._archive, member=member.name))

    def _target(self, name: str) -> Path:
        """Where a member goes."""
        self._members += 1
        if self._members > self._bounds.files:
            raise EngineError(TOO_MANY(path=self._archive, limit=self._bounds.files))
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in name or "\0" in name:
            raise EngineError(UNSAFE_NAME(path=self._archive, member=name))
        return self._folder.joinpath(*parts.parts)

    def _copy(self, source: IO[bytes], target: Path, name: str) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with target.open("xb") as file:
                while chunk := source.read(_CHUNK):
                    if self._cancelled is not None and self._cancelled():
                        raise EngineError(UNPACK_CANCELLED(path=self._archive))
                    self._bytes += len(chunk)
                    if self._bytes > self._limit:
                        raise EngineError(TOO_LARGE(path=self._archive, limit=self._limit))
                    file.write(chunk)
        except FileExistsError as error:
            raise EngineError(UNSAFE_NAME(path=self._archive, member=name)) from error


class _Counted:
    """A stream that refuses to give more than ``limit`` bytes, or very many at once."""

    def __init__(self, stream: IO[bytes], path: Path, limit: int) -> None:
        self._stream, self._path, self._left, self._limit = stream, path, limit + (1 << 20), limit

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes."""
        if size > self._left:
            size = self._left + 1
        chunk = self._stream.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            raise EngineError(TOO_LARGE(path=self._path, limit=self._limit))
        return chunk


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise EngineError(ARCHIVE_BROKEN(path=path, reason=str(error) or "it ends early")) from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown compression; a password
        raise EngineError(UNPACK_FAILED(path=path, folder=path.parent, reason=error)) from error
