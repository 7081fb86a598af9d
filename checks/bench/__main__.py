"""Run the benchmarks and print one table: ``python -m checks.bench [NAME[:PART] …]``.

A benchmark is a module beside this one with ``run() -> list[Row]``; one of several parts takes the name of the only one
that is wanted. Ends with 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import sys
from pathlib import Path

HERE = Path(__file__).parent
HELPERS = {"__main__", "measure", "pace", "stops", "whole_window"}
LONG = {"memory"}
"""Those that take half an hour: run by name alone, and for as long as ``--minutes`` says."""
ELSEWHERE = ("rec", "peers")
"""How modules begin that belong to ``make bench-recommenders``."""


def available() -> list[str]:
    """The names of the benchmarks, in alphabetical order."""
    found = (module.name for module in pkgutil.iter_modules([str(HERE)]))
    return sorted(name for name in found if name not in HELPERS and not name.startswith(ELSEWHERE))


def main(arguments: list[str] | None = None) -> int:
    """Run the named benchmarks, or all; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m checks.bench", description="Measure, and compare with the bars.")
    which = f"which of: {', '.join(available())} (all); workspaces:scalar_graph is one part of one"
    parser.add_argument("names", nargs="*", metavar="NAME[:PART]", help=which)
    parser.add_argument("--minutes", type=int, default=30, help=f"how long {', '.join(LONG)} goes on (30)")
    parser.add_argument("--trace", action="store_true", help="with memory: print the lines that allocate")
    given = parser.parse_args(arguments)
    names = given.names or [name for name in available() if name not in LONG]
    unknown = [name for name in names if name.partition(":")[0] not in available()]
    if unknown:
        parser.error(f"no benchmark named {', '.join(unknown)}; there are: {', '.join(available())}")
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two threads on a busy small machine only wait for each other
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from checks.bench.measure import Row, print_table

    rows: list[Row] = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        module, _, part = name.partition(":")
        measure = importlib.import_module(f"checks.bench.{module}").run
        if module in LONG:
            rows += measure(given.minutes, trace=given.trace)
        else:
            rows += measure(part) if part else measure()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print_table(rows)
    return 1 if any(row.ok is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
