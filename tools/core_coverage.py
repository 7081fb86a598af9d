"""Holds the core files at full branch coverage: ``make coverage`` runs the tests, then this."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

CORE = (
    "engine/autodiff/faults.py",
    "engine/autodiff/rules.py",
    "engine/autodiff/tape.py",
    "engine/graph/*.py",
    "engine/graph/kinds/*.py",
    "engine/losses.py",
    "engine/optimizers/gradients.py",
    "engine/optimizers/spec.py",
    "engine/training/history.py",
    "engine/training/ring.py",
    "engine/training/thinning.py",
    "app/network/commands.py",
    "app/kit/background.py",
    "app/kit/errors.py",
    "app/kit/process.py",
)
"""Files whose every line and branch a test takes: what an error in would spoil work or numbers unseen."""


def core_files() -> list[str]:
    """The files themselves. Raises FileNotFoundError where an entry names none, so that none drops out unseen."""
    found: list[str] = []
    for pattern in CORE:
        matching = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))
        if not matching:
            raise FileNotFoundError(f"{pattern} names no file; mend the list in tools/core_coverage.py")
        found += matching
    return found


def main() -> int:
    """Print what is covered of the core files; 0 when it is all of each."""
    report = [sys.executable, "-m", "coverage", "report", "--show-missing", "--precision=2", "--fail-under=100"]
    return subprocess.run([*report, f"--include={','.join(core_files())}"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
