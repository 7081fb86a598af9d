"""``python -m checks.fuzz NAME``: try what the engine reads with inputs that nobody would write."""

from __future__ import annotations

import argparse
from pathlib import Path

from checks.fuzz.looking import looked_at
from checks.fuzz.running import run
from checks.fuzz.target import NAMES


def main() -> int:
    """Run as the command line says; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m checks.fuzz", description=__doc__)
    parser.add_argument("name", choices=[*NAMES, "all"], help="what is read")
    parser.add_argument("--minutes", type=float, default=10.0, help="of the processor, for each")
    parser.add_argument("--seed", type=int, default=1, help="of what is tried")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="this input alone")
    arguments = parser.parse_args()
    if arguments.replay is not None:
        found = looked_at(arguments.name, arguments.replay)
        print("nothing is found with it" if found is None else f"{found.kind}: {found.place}\n\n{found.told}")
        return found is not None
    names = NAMES if arguments.name == "all" else (arguments.name,)
    tallies = {name: run(name, arguments.minutes, arguments.seed) for name in names}
    for name, tally in tallies.items():
        print(f"{name:10} {tally.line()}")
    return any(tally.findings for tally in tallies.values())


if __name__ == "__main__":
    raise SystemExit(main())
