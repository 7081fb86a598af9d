"""Snapshots of open documents, which outlive a crash: the files that Save would write, all in one file.

A snapshot begins with one line of JSON, its :class:`SnapshotHeader`. The files follow, one after another. Nothing in a
snapshot is ever executed.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from engine.opening import open_file
from engine.problems import UNREADABLE, EngineError, declare

SUFFIX = ".snapshot"
VERSION = 2
"""Of 1 no header said what is beside the document; it reads all the same."""
MOST_HEADER_BYTES = 1 << 16

DAMAGED_SNAPSHOT = declare("file.snapshot-damaged", "“{path}” is damaged and can't be recovered. Discard it.")
NEWER_SNAPSHOT = declare(
    "file.snapshot-newer", "“{path}” was written by a newer Neuroloom. Recover it with that version, or discard it."
)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SnapshotMember(_Strict):
    """One of the files: its name, its bytes and their CRC-32."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$", max_length=100)
    size: Annotated[int, Field(ge=0)]
    crc: int


class SnapshotHeader(_Strict):
    """Says whose snapshot this is, without reading the document.

    ``workspace``: the key of the workspace. ``time``: seconds since 1970. ``unsaved``: whether the document holds work
    that is in no file of the person's. ``own``: the person's file of the document; ``own_changed``: when that was last
    changed (ns), as of the moment at which the document had nothing unsaved. ``beside``: what is open beside the
    document, in its page's words. ``changing``: whether it was being trained. ``files``: the document's file first.
    """

    version: Annotated[int, Field(ge=1)] = VERSION
    workspace: str
    title: str
    time: FiniteFloat
    unsaved: bool
    own: str | None = None
    own_changed: int | None = None
    beside: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)] = []
    changing: bool = False
    files: Annotated[list[SnapshotMember], Field(max_length=10)] = []


def encode_snapshot(header: SnapshotHeader, files: Mapping[str, bytes]) -> bytes:
    """Put a header and files into one; ``files`` by name, the document's own first."""
    members = [{"name": name, "size": len(data), "crc": zlib.crc32(data)} for name, data in files.items()]
    line = json.dumps(header.model_dump() | {"files": members})  # ASCII alone, so that any file name survives
    return b"".join((line.encode("ascii"), b"\n", *files.values()))


def read_header(path: Path) -> SnapshotHeader:
    """Read the header alone. Raises EngineError."""
    try:
        with open_file(path) as file:
            line = file.readline(MOST_HEADER_BYTES)
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    return _header_of(path, line)


def extract_snapshot(path: Path, folder: Path) -> tuple[SnapshotHeader, Path]:
    """Write the files of a snapshot into a folder of their own; returns the header and the document's file. Raises
    EngineError."""
    try:
        with open_file(path) as file:
            header = _header_of(path, file.readline(MOST_HEADER_BYTES))
            size = os.fstat(file.fileno()).st_size - file.tell()
            if not header.files or sum(member.size for member in header.files) != size:
                raise EngineError(DAMAGED_SNAPSHOT(path=path.name))
            for member in header.files:
                data = file.read(member.size)
                if zlib.crc32(data) != member.crc:
                    raise EngineError(DAMAGED_SNAPSHOT(path=path.name))
                (folder / member.name).write_bytes(data)
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    return header, folder / header.files[0].name


def _header_of(path: Path, line: bytes) -> SnapshotHeader:
    try:
        if not line.endswith(b"\n"):
            raise ValueError("no whole line")
        content = json.loads(line)
        if isinstance(content, dict) and type(version := content.get("version")) is int and version > VERSION:
            raise EngineError(NEWER_SNAPSHOT(path=path.name))
        return SnapshotHeader.model_validate(content)
    except (ValueError, RecursionError) as error:  # pydantic's errors are among the former
        raise EngineError(DAMAGED_SNAPSHOT(path=path.name)) from error
