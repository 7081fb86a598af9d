"""The child that runs inputs: whatever they do to it, the parent is there afterwards.

``python -m checks.fuzz.worker NAME FOLDER SEED SECONDS`` goes on and on; with a FILE in the place of SEED and SECONDS
it looks at that one alone. SECONDS are the processor's. It says what it does as lines of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic, process_time

from checks.fuzz.edges import Edges
from checks.fuzz.judging import SECONDS, Finding, judged, plainly
from checks.fuzz.limits import TRACED_SECONDS, hold_memory, hold_seconds, resident, tell_endings
from checks.fuzz.pool import Pool
from checks.fuzz.smaller import smaller
from checks.fuzz.target import Target, seeds_of, target_of

TIRED = 77
"""The exit status that asks for another worker: this one has grown by what many inputs together have left in it."""
_GROWN = 250 << 20
_LONG = 1.5  # seconds, from which on it is looked at again without counting lines
_EVERY = 2.0  # seconds between two reports
_TRIES = 300


class Worker:
    """Runs inputs of one target in ``folder``."""

    def __init__(self, name: str, folder: Path) -> None:
        self.target: Target = target_of(name)
        self._seeds = seeds_of(name)
        self._folder = folder
        self._here = folder / "input"
        self._here.mkdir(exist_ok=True)
        self._ending = (folder / "ending.txt").open("w")
        tell_endings(self._ending)
        warnings.simplefilter("ignore")
        os.environ["RUST_BACKTRACE"] = "0"  # polars' panics are caught, and looking up where they began takes long
        if self.target.start is not None:
            self.target.start()

    def warm(self) -> None:
        """Import what inputs need and let every library take its memory; then hold on to that."""
        for content in self._seeds:
            self._note(content)
            judged(self.target, content, self._here, plainly)
        hold_memory()

    def judged(self, content: bytes, call: Callable[[Callable[[], None]], object], seconds: float) -> Finding | None:
        """One input, run and judged."""
        self._note(content)
        hold_seconds(seconds)
        found = judged(self.target, content, self._here, call)
        hold_seconds(0)
        return found

    def _note(self, content: bytes) -> None:
        """Where the parent finds it, should it end this process."""
        (self._folder / "current").write_bytes(content)

    def run(self, rng: Random, seconds: float) -> int:
        """Make inputs, one at least, and run them until the process, and what it has started, has used so many seconds
        of the processor; the exit status."""
        self.warm()
        edges, pool, base = Edges(), Pool(self.target, self._folder / "corpus", rng), resident()
        known: set[str] = set((self._folder / "places.txt").read_text().splitlines())
        for content in [*self._seeds, *pool.kept()]:
            self.judged(content, edges.traced, TRACED_SECONDS)
            edges.gained()
            pool.add(content, keep=False)
        told, executions = 0.0, 0
        while not executions or _used() < seconds:
            content = pool.made()
            used = process_time()
            found = self.judged(content, edges.traced, TRACED_SECONDS)
            executions += 1
            if process_time() - used > _LONG:
                found = self.judged(content, plainly, SECONDS + 1)
            if found is not None and found.place not in known:
                known.add(found.place)
                self._tell_finding(found, content)
            if edges.gained() and found is None:
                pool.add(content, keep=True)
            if monotonic() - told > _EVERY:
                told = monotonic()
                _tell(executions=executions, edges=len(edges.known), corpus=len(pool.entries), used=_used())
                if resident() - base > _GROWN:
                    return TIRED
        _tell(executions=executions, edges=len(edges.known), corpus=len(pool.entries), used=_used())
        return 0

    def _tell_finding(self, found: Finding, content: bytes) -> None:
        with (self._folder / "places.txt").open("a") as file:
            file.write(found.place + "\n")
        ends = monotonic() + 60

        def same(one: bytes) -> bool:
            again = self.judged(one, plainly, SECONDS + 1) if monotonic() < ends else None
            return again is not None and again.place == found.place

        least = smaller(content, same, _TRIES) if found.kind == "exception" else content
        _tell(kind=found.kind, place=found.place, told=found.told, content=content.hex(), least=least.hex())


def _used() -> float:
    return sum(os.times()[:4])


def _tell(**said: object) -> None:
    print(json.dumps(said), flush=True)


def main(arguments: list[str]) -> int:
    """Run as the command line says."""
    name, folder = arguments[0], Path(arguments[1])
    worker = Worker(name, folder)
    if len(arguments) == 4:
        seed, seconds = int(arguments[2]), float(arguments[3])
        return worker.run(Random(seed), seconds)
    worker.warm()
    found = worker.judged(Path(arguments[2]).read_bytes(), plainly, SECONDS + 1)
    _tell(kind=found.kind if found else None, place=found.place if found else "", told=found.told if found else "")
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # threads of libraries are not waited for
