"""Parquet files, damaged and of every type. Each is tried out by a process of its own first, as always; here that
process stays for the next file, unless one ends it, for it takes a second to start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from checks.fuzz.judging import put
from checks.fuzz.mutators import several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.parquet import changed_footer, changed_pages, new_table
from checks.fuzz.target import Target
from checks.fuzz.targets.using import ANY, use_all, use_one
from engine import parquet_child
from engine.data import parquet_trial
from engine.data.problems import PARQUET_BROKEN
from engine.data.sampling import Watch
from engine.problems import Problem

_SERVER = """
import json, runpy, sys
child = runpy.run_path(sys.argv[1], run_name="trial")
child["_hold_to"](int(sys.argv[2]))
for path in sys.stdin:
    try:
        told = child["_found"](path[:-1])
    except Exception as error:
        told = {"error": str(error).partition("\\n")[0]}
    print(json.dumps(told), flush=True)
"""
_tries: list[subprocess.Popen[str]] = []


def _tried(path: Path, size: int, watch: Watch) -> parquet_trial.Facts | Problem:
    """As the engine's own, which this takes the place of, but for the process that stays."""
    if not _tries:
        command = [sys.executable, "-P", "-c", _SERVER, parquet_child.__file__, str(parquet_trial._MEMORY)]
        quiet = subprocess.DEVNULL
        _tries.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, text=True))
    server = _tries[-1]
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write(f"{path.absolute()}\n")
    server.stdin.flush()
    said = server.stdout.readline()
    if not said:
        _tries.pop().wait()
        return PARQUET_BROKEN(path=path, reason="reading it would end the program")
    found = json.loads(said)
    if "error" in found:
        return PARQUET_BROKEN(path=path, reason=found["error"])
    return parquet_trial.Facts(**found)


def _start() -> None:
    parquet_trial._tried = _tried


def _run(content: bytes, folder: Path) -> None:
    parquet_trial._KNOWN.clear()
    use_one(put(folder, "table.parquet", content), content, ANY)


def _again(content: bytes, folder: Path) -> None:
    parquet_trial._KNOWN.clear()
    use_all(put(folder, "table.parquet", content), ANY)


TARGET = Target(
    _run,
    several((5, changed_footer), (2, changed_pages), (2, new_table), (1, havoc)),
    suffix=".parquet",
    largest=1 << 18,
    start=_start,
    again=_again,
)
