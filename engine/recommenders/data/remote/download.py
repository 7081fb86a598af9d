"""Downloads that survive being cut off and never pass for what they are not.

A file is written to ``<name>.part`` and gets its name only when it is whole and its digest is right. Beside it,
``<name>.json`` records where it came from, its size and its SHA-256. A part, with what it takes to go on
(``<name>.part.json``), stays whatever happens; the next call asks the server for the rest, on the condition that the
file is still the same (RFC 9110, ranges and If-Range). The standard library's urllib does all of this; a
further dependency would add nothing but pools of connections.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from engine.atomic import write_atomically
from engine.problems import EngineError, declare
from engine.recommenders.data.remote.catalogue import LEFT_OUT, Entry, RemoteFile
from engine.recommenders.data.remote.https import RANGE_NOT_SATISFIABLE, REFUSED, ServerAnswer, ask

LICENCE = declare(
    "recommender.licence", "{title} comes under the {licence}: {terms} Accept these terms to download it."
)
NOTHING_TO_GET = declare("recommender.nothing-to-get", "{title} comes with the program; there is nothing to download.")
CANCELLED = declare(
    "recommender.download-cancelled",
    "The download of {name} was cancelled. What has arrived is kept, so it can continue.",
)
CUT_SHORT = declare(
    "recommender.download-cut-short",
    "{name} ended after {done} of {total} bytes; what has arrived is kept, download it again to get the rest.",
)
WRONG_SIZE = declare(
    "recommender.download-wrong-size",
    "{url} is {found} bytes long, its publisher says {expected}; check that no proxy or login page is in the way.",
)
WRONG_DIGEST = declare(
    "recommender.download-wrong-digest",
    "{name} isn't what its publisher released (its {method} is {found}, not {expected}). It was moved to "
    "{aside} and isn't used. Download it again.",
)
CHANGED = declare(
    "recommender.download-changed",
    "{name} isn't what was downloaded before (its SHA-256 is {found}; {record} records {expected}). It was "
    "moved to {aside} and isn't used. If the publisher released a new version, delete {record} and download "
    "again.",
)
DISK_FULL = declare(
    "recommender.disk-full",
    "The disk is full. The {done} bytes of {name} that arrived are kept. Make room in {folder} and download it again.",
)
CANNOT_WRITE = declare(
    "recommender.cannot-write", "{path} cannot be written ({reason}); choose another folder or check its permissions."
)

Progress = Callable[[int, int | None], None]
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class _Report:
    """Tells progress over all files of an entry, and asks whether to stop."""

    before: int
    several: bool
    progress: Progress | None
    cancelled: Callable[[], bool] | None

    def at(self, name: str, done: int, size: int | None) -> None:
        """``done`` of ``size`` bytes of file ``name`` are there."""
        if self.cancelled is not None and self.cancelled():
            raise EngineError(CANCELLED(name=name))
        if self.progress is not None:
            self.progress(self.before + done, None if self.several else size)


def download(
    entry: Entry,
    folder: Path,
    accepted_licence: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Get ``entry`` into ``folder / entry.name``; returns what ``loaders.load_log`` takes: the file, or the folder.

    Files that are there and agree with their digest or record are not fetched again. ``progress`` is told (bytes done,
    bytes in all or None where the server does not say), ``cancelled`` asked whether to stop, in the calling thread.
    Raises EngineError where the licence is not accepted, there is no network or no such file, the server ends early,
    the content is not what it should be, the disk is full, or the download is cancelled.
    """
    if not accepted_licence:
        raise EngineError(LICENCE(title=entry.title, licence=entry.licence, terms=entry.terms))
    if entry.shipped:
        here = NOTHING_TO_GET(title=entry.title)
        raise EngineError(here if entry.is_here else LEFT_OUT(title=entry.title, page=entry.page))
    place = folder / entry.name
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(CANNOT_WRITE(path=place, reason=error.strerror)) from error
    before, several = 0, len(entry.files) > 1
    for file in entry.files:
        _get(file, place, _Report(before, several, progress, cancelled))
        before += (place / file.name).stat().st_size
    return place if several else place / entry.files[0].name


def _get(file: RemoteFile, folder: Path, report: _Report) -> None:
    """Leave ``file`` in the folder, verified and recorded."""
    path, part = folder / file.name, folder / f"{file.name}.part"
    try:
        if path.exists():
            _verify(file, path, path)
            report.at(file.name, path.stat().st_size, path.stat().st_size)
            return
        _fetch(file, part, report)
        _verify(file, part, path)
        os.replace(part, path)
        _validator_path(part).unlink(missing_ok=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            done = part.stat().st_size if part.exists() else 0
            raise EngineError(DISK_FULL(done=done, name=file.name, folder=folder)) from error
        raise EngineError(CANNOT_WRITE(path=error.filename or path, reason=error.strerror)) from error


# --- fetching -----------------------------------------------------------------------------------------------
def _fetch(file: RemoteFile, part: Path, report: _Report) -> None:
    """Write all of ``file`` to ``part``, going on from what is there where the server's file is still the same."""
    validator = _validator(part, file.url)
    have = part.stat().st_size if validator and part.exists() else 0
    if have and have == file.size:
        return
    answer = ask(file.url, {"Range": f"bytes={have}-", "If-Range": validator} if have and validator else {})
    with answer.body:
        first, total = _extent(answer)
        if have and total == have and answer.status == RANGE_NOT_SATISFIABLE:
            return  # all of it had arrived
        if first in (0, have) and answer.status != RANGE_NOT_SATISFIABLE:
            _check_size(file, total)
            _keep_validator(part, file.url, answer)
            _receive(file, answer, part, first, total, report)
            return
    if not have:
        raise EngineError(REFUSED(url=file.url, host=urlsplit(file.url).hostname, status=answer.status, reason=""))
    part.unlink()  # the server cannot go on from here: from the beginning, then
    _fetch(file, part, report)


def _receive(
    file: RemoteFile, answer: ServerAnswer, part: Path, first: int, total: int | None, report: _Report
) -> None:
    done = first
    expected = file.size if file.size is not None else total
    with part.open("ab" if first else "wb", buffering=0) as target:
        report.at(file.name, done, expected)
        while chunk := _next_chunk(answer, file.name, done, expected):
            _write(target, chunk)
            done += len(chunk)
            if file.size is not None and done > file.size:
                raise EngineError(WRONG_SIZE(url=file.url, found=f"more than {file.size}", expected=file.size))
            report.at(file.name, done, expected)
        os.fsync(target.fileno())
    if expected is not None and done < expected:
        raise EngineError(CUT_SHORT(name=file.name, done=done, total=expected))


def _next_chunk(answer: ServerAnswer, name: str, done: int, total: int | None) -> bytes:
    try:
        return answer.body.read(_CHUNK)
    except (OSError, http.client.HTTPException) as error:
        raise EngineError(CUT_SHORT(name=name, done=done, total=total or "an unknown number of")) from error


def _write(target: io.FileIO, chunk: bytes) -> None:
    """All of ``chunk``: an unbuffered file may take less at once, but keeps nothing back for a full disk to lose."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[target.write(rest) :]


def _extent(answer: ServerAnswer) -> tuple[int, int | None]:
    """Where the answer begins, and how long the whole file is, if the server says so."""
    if answer.status == 200:
        length = answer.headers.get("Content-Length", "")
        return 0, int(length) if length.isdigit() else None
    found = re.fullmatch(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)", answer.headers.get("Content-Range", ""))
    if found is None:
        return -1, None
    first, total = found.groups()
    return int(first) if first else -1, int(total) if total != "*" else None


def _check_size(file: RemoteFile, total: int | None) -> None:
    if None not in (file.size, total) and total != file.size:
        raise EngineError(WRONG_SIZE(url=file.url, found=total, expected=file.size))


# --- what is needed to go on --------------------------------------------------------------------------------
def _validator_path(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _validator(part: Path, url: str) -> str | None:
    """What tells whether the server's file is still the one that the part is of."""
    found = _json(_validator_path(part))
    return found.get("validator") if found.get("url") == url else None


def _keep_validator(part: Path, url: str, answer: ServerAnswer) -> None:
    tag = answer.headers.get("ETag", "")
    # A weak tag says that two files mean the same, not that their bytes are the same.
    validator = tag if tag and not tag.startswith("W/") else answer.headers.get("Last-Modified")
    write_atomically(_validator_path(part), json.dumps({"url": url, "validator": validator}).encode())


def _json(path: Path) -> dict[str, str]:
    """A small record's texts, none where there is none or it is damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


# --- verifying ----------------------------------------------------------------------------------------------
def _verify(file: RemoteFile, found: Path, path: Path) -> None:
    """Compare ``found`` with its publisher's digest, or else with the record beside ``path``, and record it.

    A file that is not what it should be is renamed, so that nothing takes it for what it is not.
    """
    record = path.with_name(f"{path.name}.json")
    aside = path.with_name(f"{path.name}.wrong")
    sha256 = _digest(found, "sha256")
    if file.digest is not None:
        method, _, expected = file.digest.partition(":")
        digest = sha256 if method == "sha256" else _digest(found, method)
        if digest != expected:
            os.replace(found, aside)
            problem = WRONG_DIGEST(name=file.name, method=method, found=digest, expected=expected, aside=aside)
            raise EngineError(problem)
    known = _json(record).get("sha256")
    if file.digest is None and known not in (None, sha256):
        os.replace(found, aside)
        raise EngineError(CHANGED(name=file.name, found=sha256, record=record, expected=known, aside=aside))
    if known != sha256:
        told = {"url": file.url, "bytes": found.stat().st_size, "sha256": sha256}
        write_atomically(record, (json.dumps(told, indent=1) + "\n").encode())


def _digest(path: Path, method: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(method, usedforsecurity=False)).hexdigest()
