"""Journals: append-only files of lines that say what has been done, and outlive whoever writes them.

A line is ``CRC NUMBER KIND JSON``: CRC-32 of all that follows it, its own number, what it says, and that as JSON of
ASCII alone, so that names that are not UTF-8 survive. Whatever stops the writer leaves at worst a torn last line; a
reader takes the lines up to the first that is torn or false. Nothing in a file is ever executed.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import os
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.atomic import write_atomically
from engine.opening import open_file, read_file
from engine.problems import UNREADABLE, EngineError, declare

SUFFIX = ".journal"
MOST_BYTES = 256 << 20
"""Of a journal; it is written anew, without what is past, long before."""
MOST_PARTS = 2_000_000
"""Values, lists and objects of one line's JSON: numbers of arrays lie in one text."""
END_BYTES = 512 << 10
"""So much of either end is looked at for what a journal said last."""
MOST_DIMENSIONS = 8

BAD_LINE = declare("file.journal-damaged", "Nothing can be recovered from “{path}”; discard it.")

_APPENDING = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_DTYPES: dict[str, np.dtype[Any]] = {"f8": np.dtype("<f8"), "f4": np.dtype("<f4"), "b1": np.dtype("?")}
_PIECE = 3 << 16
"""Bytes of an array that are made text in one go: no other thread waits for longer than that takes."""


class Unfit(ValueError):
    """What a line says is not what was expected there."""


@dataclass(frozen=True, slots=True)
class Line:
    """``content``: JSON, not looked into yet."""

    kind: str
    content: bytes

    def parsed(self) -> Any:
        """The JSON as plain data. Raises Unfit where it is none or too large."""
        return parsed(self.content)


Said = tuple[str, object]
"""A line to be written: its kind, and its content as plain data."""


def parsed(content: bytes) -> Any:
    """JSON as plain data. Raises Unfit where it is none, nested too deeply or too large."""
    if sum(map(content.count, (b",", b"[", b"{"))) > MOST_PARTS:
        raise Unfit("too many parts")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unfit(str(error)) from error


def lines_of(data: bytes) -> Iterator[Line]:
    """The lines up to the first that is torn, false or out of turn."""
    start, number = 0, 0
    while (end := data.find(b"\n", start)) >= 0:
        line = _line_of(data[start:end])
        if line is None or line[0] != b"%d" % number:
            return
        yield line[1]
        start, number = end + 1, number + 1


def _line_of(data: bytes) -> tuple[bytes, Line] | None:
    """Number and content of a line; None where it is false."""
    crc, _, said = data.partition(b" ")
    if crc != b"%08x" % zlib.crc32(said):
        return None
    number, _, rest = said.partition(b" ")
    kind, _, content = rest.partition(b" ")
    return number, Line(kind.decode("ascii", "replace"), content)


def read_journal(path: Path) -> tuple[Line, ...]:
    """All sound lines of a file. Raises EngineError where there is none to read."""
    try:
        data = read_file(path, MOST_BYTES)
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    found = tuple(lines_of(data))
    if not found:
        raise EngineError(BAD_LINE(path=path.name))
    return found


def ends_of(path: Path) -> tuple[tuple[Line, ...], Iterator[Line]]:
    """The first line, and sound lines from the end backwards: the latest, for a look that takes no time. Raises
    EngineError where there is no first line."""
    try:
        with open_file(path) as file:
            data = file.read(END_BYTES)
            size = os.fstat(file.fileno()).st_size
            if size > 2 * END_BYTES:
                file.seek(size - END_BYTES)
                rest = file.read(END_BYTES)
            else:
                data += file.read(END_BYTES)
                rest = data
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    first = next(lines_of(data), None)
    if first is None:
        raise EngineError(BAD_LINE(path=path.name))
    lines = (_line_of(line) for line in reversed(rest.split(b"\n")))
    return (first,), (line[1] for line in lines if line is not None)


class JournalFile:
    """A journal that is being written, by one thread at a time. What it raises is OSError, or ValueError and TypeError
    for content that is no JSON; the file then says what it said before.

    What has been written outlives the process at once, and the machine once it is synced, which may take a while on a
    busy disk: :meth:`handle` is for whoever does that beside the writing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._number = 0
        self.size = 0
        """Bytes."""

    @property
    def begun(self) -> bool:
        """Whether it says something that can be added to."""
        return self._file is not None and self.size > 0

    def reserve(self) -> None:
        """Make the file, which says nothing yet: on a busy disk that takes longer than writing to it."""
        if self._file is None:
            self._file = os.open(self._path, _APPENDING | os.O_CREAT, 0o600)

    def begin(self, lines: Iterable[Said]) -> None:
        """Say these lines and nothing before them; what was said before is replaced as a whole or not at all."""
        data, number = encoded(lines, 0)
        self.reserve()
        assert self._file is not None
        if os.fstat(self._file).st_size:
            write_atomically(self._path, data)
            self.close()
            self.reserve()
        else:
            self._write(data)
        self._number, self.size = number, len(data)

    def append(self, lines: Iterable[Said]) -> None:
        """Add lines. A write that fails half-way ends the file's use."""
        data, number = encoded(lines, self._number)
        self._write(data)
        self._number, self.size = number, self.size + len(data)

    def _write(self, data: bytes) -> None:
        if self._file is None:
            raise ValueError("the journal has not begun")
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(self._file, left) :]
        except OSError:
            self.close()
            raise

    def take_place(self, path: Path) -> None:
        """Be the journal at another path from now on, in place of the one there."""
        os.replace(self._path, path)
        self._path = path

    def sync(self) -> None:
        """Wait until all lies on the disk."""
        if self._file is not None:
            os.fsync(self._file)

    def handle(self) -> int | None:
        """A descriptor of the file for another thread to sync and close."""
        return None if self._file is None else os.dup(self._file)

    def close(self) -> None:
        """Let go of the file, which stays."""
        self.size = 0
        if self._file is not None:
            descriptor, self._file = self._file, None
            with suppress(OSError):
                os.close(descriptor)

    def remove(self) -> None:
        """Take the file away."""
        self.close()
        with suppress(OSError):
            self._path.unlink()


def encoded(lines: Iterable[Said], number: int) -> tuple[bytes, int]:
    """Lines as bytes, counted from ``number``, and the number after them."""
    parts = []
    for kind, content in lines:
        said = b"%d %s %s" % (number, kind.encode("ascii"), _json(content))
        parts.append(b"%08x %s\n" % (zlib.crc32(said), said))
        number += 1
    return b"".join(parts), number


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """An array within plain data, which nobody changes until it is written."""

    array: NDArray[Any]


def packed(array: NDArray[Any]) -> Packed:
    """An array of floats or truth values to be put into plain data; what else there is becomes floats of 64 bits."""
    kind = "b1" if array.dtype == np.bool_ else "f4" if array.dtype == np.float32 else "f8"
    return Packed(np.asarray(array, dtype=_DTYPES[kind], order="C"))


def _json(content: object) -> bytes:
    """Plain data as JSON; the texts of arrays are put in piece by piece."""
    arrays: list[NDArray[Any]] = []
    mark = secrets.token_hex(8)  # no text that comes from elsewhere has it

    def stand_in(thing: object) -> dict[str, Any]:
        if not isinstance(thing, Packed):
            raise TypeError(f"{type(thing).__name__} is not plain")
        arrays.append(thing.array)
        array = thing.array
        return {"type": array.dtype.str[1:], "shape": list(array.shape), "data": f"{mark} {len(arrays) - 1}"}

    text = json.dumps(content, separators=(",", ":"), default=stand_in)
    if not arrays:
        return text.encode("ascii")
    parts: list[bytes] = []
    for place, one in enumerate(re.split(rf'"{mark} (\d+)"', text)):
        if place % 2:
            data = memoryview(arrays[int(one)].tobytes())
            pieces = (base64.b64encode(data[start : start + _PIECE]) for start in range(0, len(data), _PIECE))
            parts += [b'"', *pieces, b'"']
        else:
            parts.append(one.encode("ascii"))
    return b"".join(parts)


def unpacked(content: object) -> NDArray[Any]:
    """The array that :func:`packed` has made plain. Raises Unfit for anything else."""
    if isinstance(content, Packed):
        return content.array  # it was never written
    if not isinstance(content, dict) or content.keys() != {"type", "shape", "data"}:
        raise Unfit("no array")
    dtype, shape, text = _DTYPES.get(str(content["type"])), content["shape"], content["data"]
    if dtype is None or not isinstance(shape, list) or len(shape) > MOST_DIMENSIONS or not isinstance(text, str):
        raise Unfit("no array")
    if not all(type(size) is int and 0 <= size <= MOST_BYTES for size in shape):
        raise Unfit("no array's shape")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unfit("no base64") from error
    if len(data) != math.prod(shape) * dtype.itemsize or (dtype.itemsize == 1 and data.strip(b"\x00\x01")):
        raise Unfit("an array of another size")
    array: NDArray[Any] = np.frombuffer(data, dtype).reshape(shape).astype(dtype.newbyteorder("="))
    return array
