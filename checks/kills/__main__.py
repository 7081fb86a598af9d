"""Kill working windows at random moments, and count what comes back: ``python -m checks.kills [--times N] [--seed S]``.

Five rhythms of work; a small network, a sheet and a large network in turn. Ends with 1 where more than the last command
or a second of training was lost once, or where an offer was older than the saved file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m checks.kills", description=__doc__)
    parser.add_argument("--times", type=int, default=200, help="how many processes to kill (usual: 200)")
    parser.add_argument("--seed", type=int, default=1, help="where the random moments begin")
    parser.add_argument("--keep", type=Path, help="a folder to which runs that went wrong are copied")
    given = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from checks.kills.documents import KINDS
    from checks.kills.judge import RHYTHMS, kill_once

    held = QApplication.instance() or QApplication([])
    counts: Counter[tuple[float, str]] = Counter()
    bad = 0
    for at in range(given.times):
        rhythm, kind, seed = RHYTHMS[at % len(RHYTHMS)], KINDS[at // len(RHYTHMS) % len(KINDS)], given.seed + at
        with TemporaryDirectory(prefix="kills-") as folder:
            run = Path(folder) / "run"
            verdict = kill_once(kind, seed, rhythm, run)
            if not verdict.good and given.keep is not None:
                shutil.copytree(run, given.keep / f"{seed}", dirs_exist_ok=True)
        counts[rhythm, verdict.outcome if verdict.good else "WRONG"] += 1
        bad += not verdict.good
        if not verdict.good:
            print(f"seed {seed} ({kind}, {rhythm:g} s, {verdict.steps} steps): {verdict.outcome}", flush=True)
    del held
    print(f"{'rhythm':>8} {'killed':>7} {'whole':>7} {'one lost':>9} {'saved':>7} {'WRONG':>7}")
    for rhythm in RHYTHMS:
        row = [counts[rhythm, name] for name in ("whole", "one lost", "saved", "WRONG")]
        print(f"{rhythm:>6g} s {sum(row):>7} {row[0]:>7} {row[1]:>9} {row[2]:>7} {row[3]:>7}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
