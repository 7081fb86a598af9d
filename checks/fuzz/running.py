"""The parent: starts workers one after another, counts what they say, and keeps what they find."""

from __future__ import annotations

import json
import resource
import selectors
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from time import monotonic

from checks.fuzz.judging import Finding
from checks.fuzz.looking import ended, looked_at
from checks.fuzz.smaller import smaller
from checks.fuzz.target import FOUND, ROOT, seeds_of
from checks.fuzz.worker import TIRED

_SILENCE = 240.0
"""Seconds without a word, after which a worker is taken to hang."""
_SAID_EVERY = 15.0
_TRIES = 12
_SLOWEST = 60
"""By the clock a run takes no more than so many times its minutes, whatever else the machine does: a target that waits
would use none of the processor's."""


@dataclass(slots=True)
class Tally:
    """What all workers of a run have done together."""

    begun: float = field(default_factory=monotonic)
    executions: int = 0
    edges: int = 0
    corpus: int = 0
    used: float = 0.0
    """Seconds of the processor, of workers that have ended: on a machine that others work on, far fewer than on the
    clock."""
    workers: int = 0
    findings: dict[str, Path] = field(default_factory=dict)
    once: int = 0
    """Ends of workers that the input alone does not bring about again."""

    def line(self, now: int = 0, used: float = 0.0) -> str:
        """Where the run is, with the executions of the worker that is at it and the seconds that it has used."""
        done, seconds = self.executions + now, self.used + used
        return (
            f"{monotonic() - self.begun:5.0f} s on the clock, {seconds:5.0f} s of the processor"
            f"  {done:7d} executions, {done / max(seconds, 1.0):5.0f}/s  {self.edges:6d} edges"
            f"  corpus {self.corpus:4d}  findings {len(self.findings)}"
        )


def _used() -> float:
    """Seconds of the processor that children, and theirs, have used until they ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def run(name: str, minutes: float, seed: int) -> Tally:
    """Fuzz a target for so many minutes of the processor, printing how it goes."""
    tally, before, seconds = Tally(), _used(), 60 * minutes
    print(f"{name}: {len(seeds_of(name))} inputs to begin with, seed {seed}, {minutes:g} minutes", flush=True)
    with tempfile.TemporaryDirectory(prefix="neuroloom-fuzz-") as place:
        folder = Path(place)
        (folder / "corpus").mkdir()
        (folder / "places.txt").touch()
        while tally.used < seconds and monotonic() - tally.begun < _SLOWEST * seconds:
            code, stderr = _worked(name, folder, seed + tally.workers, seconds - tally.used, tally)
            tally.workers, tally.used = tally.workers + 1, _used() - before
            if code not in (0, TIRED):
                _confirm(name, folder, code, stderr, tally)
    print(tally.line(), flush=True)
    return tally


def _worked(name: str, folder: Path, seed: int, seconds: float, tally: Tally) -> tuple[int, str]:
    """One worker, for so many seconds of the processor or as long as it lasts: its exit status, and what it says at its
    end."""
    command = [sys.executable, "-m", "checks.fuzz.worker", name, str(folder), str(seed), str(seconds)]
    done, used, said_at = 0, 0.0, monotonic()
    with (folder / "stderr.txt").open("wb") as stderr:
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=ROOT)
    assert worker.stdout is not None
    with worker, selectors.DefaultSelector() as selector:
        selector.register(worker.stdout, selectors.EVENT_READ)
        try:
            while selector.select(_SILENCE) and (line := worker.stdout.readline()):
                said = json.loads(line)
                if "kind" in said:
                    _save(name, Finding(said["kind"], said["place"], said["told"]), said, tally)
                    continue
                done, used, tally.edges, tally.corpus = (said[key] for key in ("executions", "used", "edges", "corpus"))
                if monotonic() - said_at > _SAID_EVERY:
                    said_at = monotonic()
                    print(tally.line(done, used), flush=True)
            if worker.poll() is None and not selector.select(0):
                worker.kill()
        except BaseException:
            worker.kill()
            raise
    tally.executions += done
    return worker.returncode, (folder / "stderr.txt").read_text(errors="replace")


def _confirm(name: str, folder: Path, code: int, stderr: str, tally: Tally) -> None:
    """Whether the input at which a worker ended does it again, by itself and without lines being counted."""
    content = (folder / "current").read_bytes()
    found = looked_at(name, folder / "current")
    if found is None:
        tally.once += 1
        end = ended(code, folder, stderr)
        print(f"a worker ended ({end.place}), which its last input alone does not bring about\n{end.told}", flush=True)
        return
    if found.place in tally.findings:
        return
    place = folder / "least"

    def same(one: bytes) -> bool:
        place.write_bytes(one)
        again = looked_at(name, place)
        return again is not None and again.place == found.place

    least = smaller(content, same, _TRIES) if found.kind == "abort" else content  # the others take too long each time
    _save(name, found, {"content": content.hex(), "least": least.hex()}, tally)


def _save(name: str, found: Finding, said: dict[str, str], tally: Tally) -> None:
    """Keep an input, the least like it, and what was said."""
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found.kind}-{blake2b(found.place.encode(), digest_size=4).hexdigest()}"
    path.write_bytes(bytes.fromhex(said["content"]))
    path.with_name(f"{path.name}-least").write_bytes(bytes.fromhex(said["least"]))
    path.with_name(f"{path.name}.txt").write_text(f"{found.place}\n\n{found.told}", errors="replace")
    tally.findings[found.place] = path
    print(f"FOUND {found.kind}: {found.place}\n      {path}", flush=True)
