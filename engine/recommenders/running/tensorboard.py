"""Scalars of a run as TensorBoard reads them, without TensorBoard.

An event file is a TFRecord file: per record the length (u64), the length's masked CRC-32C (u32), the content and its
masked CRC-32C, all little-endian. Each content is a protocol buffer ``Event``: 1 wall_time (double), 2 step (int64),
3 file_version (string) in the first record alone, 5 summary: a list (1) of values, 1 tag and 2 simple_value (float).
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Mapping
from pathlib import Path
from time import time
from types import TracebackType

from engine.atomic import make_folder
from engine.problems import UNWRITABLE, EngineError
from engine.recommenders.running.events import EpochEnded, Event, Stepped

_VARINT, _DOUBLE, _BYTES, _FLOAT = 0, 1, 2, 5  # the protocol buffers' wire types


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return tuple(table)


_TABLE = _crc_table()


def crc32c(content: bytes) -> int:
    """Castagnoli's CRC-32, as in RFC 3720, appendix B.4."""
    crc = 0xFFFFFFFF
    for byte in content:
        crc = _TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def masked(crc: int) -> int:
    """A CRC as TFRecord stores it: rotated by 15 bits, plus a constant, as content may hold CRCs itself."""
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(content: bytes) -> bytes:
    """One TFRecord."""
    length = struct.pack("<Q", len(content))
    return b"".join(
        [length, struct.pack("<I", masked(crc32c(length))), content, struct.pack("<I", masked(crc32c(content)))]
    )


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def _field(number: int, wire: int, content: bytes) -> bytes:
    length = _varint(len(content)) if wire == _BYTES else b""
    return _varint(number << 3 | wire) + length + content


def encoded(wall_time: float, step: int, scalars: Mapping[str, float]) -> bytes:
    """An Event of scalars; ``wall_time`` in seconds since 1970, ``step`` not negative."""
    values = b"".join(
        _field(1, _BYTES, _field(1, _BYTES, tag.encode()) + _field(2, _FLOAT, struct.pack("<f", value)))
        for tag, value in scalars.items()
    )
    head = _field(1, _DOUBLE, struct.pack("<d", wall_time)) + _field(2, _VARINT, _varint(step))
    return head + _field(5, _BYTES, values)


class TensorBoard:
    """Writes a run's events to a new event file in a folder; give its instance to a run as ``emit``, or call it there.

    A context manager. Raises EngineError where the folder or the file cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        now = time()
        name = f"events.out.tfevents.{int(now)}.{socket.gethostname()}.{os.getpid()}"
        self._path = folder / name
        try:
            make_folder(folder)
            self._file = self._path.open("xb")
        except OSError as error:
            raise EngineError(UNWRITABLE(path=folder, reason=error.strerror or "error")) from error
        version = _field(3, _BYTES, b"brain.Event:2")
        self._put(_field(1, _DOUBLE, struct.pack("<d", now)) + version)

    def __call__(self, event: Event) -> None:
        """Write what an event has of numbers against the updates done: steps and ends of epochs have any."""
        if isinstance(event, Stepped):
            of_blocks = {f"gradient/{block}": norm for block, norm in event.gradients.items()}
            numbers = {"loss": event.loss, "samples_per_second": event.samples_per_second, **of_blocks}
            self.write(event.updates, numbers)
        elif isinstance(event, EpochEnded):
            known = {f"epoch/{name}": value for name, value in event.metrics.items() if value is not None}
            self.write(event.updates, {"epoch/loss": event.loss, **known})

    def write(self, step: int, scalars: Mapping[str, float]) -> None:
        """Write numbers by tag, as of now."""
        self._put(encoded(time(), step, scalars))

    def _put(self, content: bytes) -> None:
        try:
            self._file.write(record(content))
            self._file.flush()
        except OSError as error:
            raise EngineError(UNWRITABLE(path=self._path.name, reason=error.strerror or "error")) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> TensorBoard:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
