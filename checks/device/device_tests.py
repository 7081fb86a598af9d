"""The suite's own tests of devices (marked ``device``), by pytest, where all that they need is installed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from checks.device.absent import away
from checks.device.findings import Finding, failed, is_so, left_out
from checks.device.place import Place

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("pytest", "hypothesis", "pydantic", "polars", "numba", "scipy")
LONGEST = 120.0
MARK = "pytest.mark.device"


def check(place: Place) -> Iterator[Finding]:
    """All of them at once; they choose the devices that there are by themselves."""
    lacking = [name for name in NEEDED if name in away()]
    if lacking:
        yield left_out("tests marked “device”", f"They need {', '.join(lacking)}, not installed here.")
        return
    command = [sys.executable, "-m", "pytest", "-q", "-m", "device", "-p", "no:cacheprovider", *_files()]
    seconds = min(LONGEST, max(5.0, place.seconds_left))
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        yield failed("tests marked “device”", f"They had not ended after {seconds:.0f} s.")
        return
    told = done.stdout.strip().splitlines()
    if done.returncode:
        yield failed("tests marked “device”", " / ".join([*told, *done.stderr.strip().splitlines()][-20:]))
    else:
        yield is_so("tests marked “device”", True, told[-1])


def _files() -> list[str]:
    """Those that mark a test so: collecting the others would take longer than running these."""
    every = sorted((ROOT / "tests" / "engine").rglob("test_*.py"))
    return [str(path.relative_to(ROOT)) for path in every if MARK in path.read_text(encoding="utf-8")]
