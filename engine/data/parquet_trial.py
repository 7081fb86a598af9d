"""A Parquet file is read by a process of its own first: some damaged ones make the reader end its process, and a small
one may hold far more than there is memory for."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from engine import parquet_child
from engine.command import engine_command
from engine.data.problems import PARQUET_BROKEN, PARQUET_TOO_LARGE
from engine.data.sampling import Watch, reading
from engine.opening import file_state
from engine.problems import EngineError, Problem, Word

_KNOWN: Final[dict[tuple[str, int, int, int], Facts | Problem]] = {}
_LOOK: Final = 0.1  # seconds between two looks whether the loading was cancelled
_MEMORY: Final = 3 << 30  # of the process's addresses, beside those of the file; the libraries alone take a third
_SECONDS, _BYTES_A_SECOND = 20.0, 10 << 20  # that decoding may take, the latter beside the former
_FREE_BYTES, _RATIO = 256 << 20, 100


@dataclass(frozen=True, slots=True)
class Facts:
    """What the trial found: ``rows``, ``columns``, and the ``bytes`` that all of them take once they are unpacked."""

    rows: int
    columns: int
    bytes: int


def try_out(path: Path, watch: Watch) -> Facts:
    """Decode all of ``path`` where it can do no harm; once as long as the file stays the same.

    Raises EngineError where it is no Parquet file, or decoding it ends the process, or has no end.
    """
    with reading(path):
        state = file_state(path)
    mark = (str(path.absolute()), state.st_size, state.st_mtime_ns, state.st_ino)
    if mark not in _KNOWN:
        _KNOWN[mark] = _tried(path, state.st_size, watch)
    found = _KNOWN[mark]
    if isinstance(found, Problem):
        raise EngineError(found)
    return found


def check_room(path: Path, facts: Facts, kept: int) -> None:
    """Raise EngineError where ``kept`` of the rows take far more than the file's size lets expect."""
    limit = max(_FREE_BYTES, _RATIO * path.stat().st_size)
    if facts.bytes * min(1.0, kept / max(1, facts.rows)) > limit:
        raise EngineError(PARQUET_TOO_LARGE(path=path, limit=limit))


def _tried(path: Path, size: int, watch: Watch) -> Facts | Problem:
    """What the process says; or what is wrong. Raises EngineError where the loading is cancelled."""
    command = engine_command(parquet_child.COMMAND, str(path.absolute()), str(_MEMORY + 2 * size))
    deadline = monotonic() + _SECONDS + size / _BYTES_A_SECOND
    with tempfile.TemporaryFile() as said:
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdin=quiet, stdout=said, stderr=quiet) as child:
            try:
                while child.poll() is None:
                    watch.at(0.3)
                    if monotonic() > deadline:
                        child.kill()
                        return PARQUET_BROKEN(path=path, reason=Word("decoding it never ends"))
                    try:
                        child.wait(_LOOK)
                    except subprocess.TimeoutExpired:
                        continue
            except BaseException:
                child.kill()
                raise
        said.seek(0)
        return _facts(path, child.returncode, said.read())


def _facts(path: Path, code: int, said: bytes) -> Facts | Problem:
    try:
        found = json.loads(said) if code == 0 else None
    except ValueError:
        found = None
    if found is None:
        return PARQUET_BROKEN(path=path, reason=Word("reading it would end the program"))
    if "error" in found:
        return PARQUET_BROKEN(path=path, reason=Word("its data can't be decoded"))
    return Facts(**found)
