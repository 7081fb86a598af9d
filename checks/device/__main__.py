"""Check everything that computes on a GPU, on this machine's: ``python -m checks.device [--json FILE] [--minutes M]``.

From a plain checkout, with torch and numpy and whatever else is there; nothing is fetched. Ends with 0 where all has
held, where nothing is there to check on, and with 1 where something failed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from checks.device.absent import NEEDED, absent, do_without

FEWEST, MOST = 0.05, 60.0
USUAL = 7.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what there is time for; returns the exit status, 2 for a command that cannot be followed."""
    given = _parser().parse_args(arguments)
    if not FEWEST <= given.minutes <= MOST:  # NaN is not between them
        return _complain(f"--minutes is {given.minutes:g}; give {FEWEST:g} to {MOST:g}.")
    lacking = absent(given.without)
    if needed := [name for name in NEEDED if name in lacking]:
        return _complain(f"This check needs {needed[0]} ({lacking[needed[0]]}); install it.")
    if given.json is not None and (why := _not_writable(given.json)):
        return _complain(f"“{given.json}” cannot be written: {why}. Choose another file.")
    os.environ.setdefault(
        "CUBLAS_WORKSPACE_CONFIG", ":4096:8"
    )  # before CUDA begins; deterministic algorithms ask for it
    do_without(lacking)
    from checks.device.session import PARTS, Session

    if unknown := [name for name in given.only if name not in PARTS]:
        return _complain(f"There is no part “{unknown[0]}”; choose among {', '.join(PARTS)}.")
    return Session(given.cpu, given.minutes, given.json, tuple(given.only) or tuple(PARTS), lacking).run()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checks.device", description="Check on this machine's GPU what the program computes on one."
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="what was found, for programs")
    parser.add_argument("--minutes", type=float, default=USUAL, metavar="M", help=f"for all of it ({USUAL:g})")
    parser.add_argument(
        "--cpu", action="store_true", help="the same checks in small, on the CPU: a trial of this command"
    )
    parser.add_argument("--only", action="append", default=[], metavar="PART", help="this part; may be given again")
    parser.add_argument("--without", action="append", default=[], metavar="LIBRARY", help="as if it was not installed")
    return parser


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _not_writable(path: Path) -> str:
    """Why a file cannot be written there, tried now rather than after minutes; nothing where it can."""
    try:
        with path.open("a", encoding="utf-8"):
            return ""
    except OSError as error:
        return error.strerror or "error"


if __name__ == "__main__":
    sys.exit(main())
