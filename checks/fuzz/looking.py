"""One input in a child of its own: what it does there, and what ended the child."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from checks.fuzz.judging import Finding
from checks.fuzz.target import ROOT

_WALL = 240.0
"""Seconds on the clock for a child that other work keeps from the processor; far beyond what it may use of that."""
_FRAME = re.compile(r'File "([^"]*)", line \d+ in (\S+)')


def looked_at(name: str, file: Path) -> Finding | None:
    """What is found with the input in ``file``; None where all is well with it."""
    with tempfile.TemporaryDirectory(prefix="neuroloom-fuzz-") as folder:
        (Path(folder) / "corpus").mkdir()
        command = [sys.executable, "-m", "checks.fuzz.worker", name, folder, str(file.absolute())]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_WALL, cwd=ROOT)
        except subprocess.TimeoutExpired:
            return Finding("hang", "hang", f"no end within {_WALL:g} s on the clock")
        if done.returncode:
            return ended(done.returncode, Path(folder), done.stderr)
        said = json.loads(done.stdout.splitlines()[-1])
    return Finding(said["kind"], said["place"], said["told"]) if said["kind"] else None


def ended(code: int, folder: Path, stderr: str) -> Finding:
    """What a child's end says of the input that it ran."""
    told = (folder / "ending.txt").read_text(errors="replace") + stderr[-4000:]
    ours = [f"{Path(path).name}:{name}" for path, name in _FRAME.findall(told) if "/engine/" in path]
    if code == -signal.SIGPROF:  # where it was at that moment is by chance; by which door it came in is not
        return Finding("slow", f"slow in {ours[-1] if ours else '?'}", told)
    where = ours[0] if ours else "?"
    by = signal.Signals(-code).name if code < 0 else f"status {code}"
    return Finding("abort", f"{by} in {where}", told)
