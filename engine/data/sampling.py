"""Reading a file of any size in bounded memory: whole where it is small, from evenly
spread places where not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from engine.data.dialect import first_row_lines, sniff_delimiter, with_plain_ends
from engine.data.problems import (
    FILE_ARCHIVE,
    FILE_BINARY,
    FILE_EMPTY,
    FILE_MISSING,
    FILE_NOT_REGULAR,
    FILE_UNREADABLE,
    FILE_WORKBOOK,
    LINE_TOO_LONG,
    LOADING_CANCELLED,
)
from engine.data.suffixes import WORKBOOK_SUFFIXES
from engine.opening import NotRegular, file_state, open_file
from engine.problems import EngineError, Problem

NEEDED_ROWS = 4
_CHUNK = 1 << 20
_BLANK_LINES = re.compile(rb"\n[ \t\n]*\n")
LONGEST_LINE = 8 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken at most.

    ``file_bytes``: larger text files are sampled, in blocks of at least ``block_bytes``; ``rows``: more rows
    than that are drawn from; ``columns``: more are refused; ``values``: rows times encoded columns (8 bytes
    each), beyond which fewer rows are taken; ``levels``: most indicators of one categorical column;
    ``classes``: most classes of a target.
    """

    file_bytes: int = 64 << 20
    rows: int = 200_000
    columns: int = 5_000
    values: int = 32 << 20
    levels: int = 64
    classes: int = 100
    block_bytes: int = 64 << 10


_ALL = 1 << 62
EVERY_ROW = Limits(file_bytes=_ALL, rows=_ALL, values=_ALL)
"""For whoever learns from a whole table, however large."""


class Watch:
    """Passes progress (0 to 1) on and stops the loading of ``path`` where that was cancelled."""

    def __init__(
        self,
        path: str,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._path, self._progress, self._cancelled = path, progress, cancelled

    def at(self, share: float) -> None:
        """Report ``share`` as done; raises EngineError where the loading was cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise EngineError(LOADING_CANCELLED(path=self._path))
        if self._progress is not None:
            self._progress(share)


@dataclass(frozen=True, slots=True)
class RawText:
    """The bytes read, in one piece where they are the whole file, else in its first line and blocks of lines.

    Lines end with ``\\n`` (the last of a piece with nothing), and none is blank. ``size`` is the file's, in
    bytes.
    """

    pieces: tuple[bytes, ...]
    size: int

    @property
    def content(self) -> bytes:
        """All pieces as one text."""
        return b"\n".join(self.pieces)

    @property
    def whole(self) -> bool:
        """Whether this is all of the file."""
        return len(self.pieces) == 1


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system says about ``path`` while it is read into an EngineError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        kind = FILE_NOT_REGULAR if isinstance(error, NotRegular) else FILE_UNREADABLE
        raise EngineError(kind(path=path, reason=reason)) from error


def file_size(path: Path) -> int:
    """Size in bytes; raises EngineError where there is no readable, non-empty file."""
    with reading(path):
        try:
            size = file_state(path).st_size
        except FileNotFoundError as error:
            raise EngineError(FILE_MISSING(path=path)) from error
    if not size:
        raise EngineError(FILE_EMPTY(path=path))
    return size


def read_text_bytes(path: Path, limits: Limits, watch: Watch) -> RawText:
    """Read a text file, at most about ``limits.file_bytes`` of it; raises EngineError where that is
    impossible.
    """
    size = file_size(path)
    with reading(path), open_file(path) as file:
        if size <= limits.file_bytes:
            pieces = [_read_whole(file, size, watch)]
        else:
            pieces = _read_places(path, file, size, limits, watch)
    if any(map(is_binary, pieces)):
        raise EngineError(no_text(path, pieces[0]))
    raw = RawText(tuple(filter(None, map(tidy_lines, pieces))), size)
    if any(map(_has_endless_line, raw.pieces)):
        raise EngineError(LINE_TOO_LONG(path=path, limit=LONGEST_LINE))
    if not raw.content.strip():
        raise EngineError(FILE_EMPTY(path=path))
    return raw


def _read_whole(file: BinaryIO, size: int, watch: Watch) -> bytes:
    chunks = []
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        watch.at(0.5 * min(1.0, len(chunks) * _CHUNK / size))
    return b"".join(chunks)


def _read_places(path: Path, file: BinaryIO, size: int, limits: Limits, watch: Watch) -> list[bytes]:
    """The first line and the complete lines of blocks spread evenly through the file."""
    head = file.read(min(limits.file_bytes, _CHUNK))
    if is_binary(head):
        raise EngineError(no_text(path, head))
    head = with_plain_ends(head)
    lines = head.split(b"\n")
    if len(lines) < 2:
        raise EngineError(LINE_TOO_LONG(path=path, limit=len(head)))
    # A block holds several lines, so that the two cut ones at its ends are a small loss.
    block = max(limits.block_bytes, 8 * max(map(len, lines)))
    places = max(2, limits.file_bytes // block)
    pieces = [b"\n".join(lines[: _header_lines(head)])]
    for place, start in enumerate(np.linspace(0, size - block, places).astype(np.int64)):
        file.seek(int(start))
        pieces.append(_complete_lines(file.read(block)))
        if place % 16 == 0:
            watch.at(0.5 * place / places)
    if not any(pieces[1:]):
        raise EngineError(LINE_TOO_LONG(path=path, limit=block))
    return pieces


def _header_lines(head: bytes) -> int:
    text = head.decode("latin-1")  # whatever the encoding, delimiters and quotes are these bytes
    return first_row_lines(text, sniff_delimiter(text) or ",")


def _complete_lines(block: bytes) -> bytes:
    """What lies between the first line end in ``block`` and the last."""
    block = with_plain_ends(block)
    first, last = block.find(b"\n"), block.rfind(b"\n")
    return block[first + 1 : last] if 0 <= first < last else b""


def tidy_lines(content: bytes) -> bytes:
    """End lines with ``\\n`` whatever ended them, and drop blank ones."""
    return _BLANK_LINES.sub(b"\n", b"\n" + with_plain_ends(content)).strip(b"\n")


def _has_endless_line(content: bytes) -> bool:
    if len(content) <= LONGEST_LINE:
        return False
    ends = np.flatnonzero(np.frombuffer(content, np.uint8) == ord("\n"))
    return int(np.diff(ends, prepend=-1, append=len(content)).max()) > LONGEST_LINE


def is_binary(content: bytes) -> bool:
    """Whether ``content`` is no text: it holds NULs, or control characters in more than one byte of a
    hundred.
    """
    codes = np.frombuffer(content[:_CHUNK], np.uint8)
    control = (codes < 32) & ~np.isin(codes, np.frombuffer(b"\t\n\r\f\x1a", np.uint8))
    return b"\0" in content or int(control.sum()) * 100 > len(codes)


def no_text(path: Path | str, content: bytes) -> Problem:
    """Say what a file that is no text is, by its name and its first bytes, and what mends it."""
    if Path(path).suffix.lower() in WORKBOOK_SUFFIXES:
        return FILE_WORKBOOK(path=path)
    return (FILE_ARCHIVE if content.startswith(b"PK") else FILE_BINARY)(path=path)
