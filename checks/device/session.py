"""The parts one after the other, within a limit of time; what they found goes to a table and to a file."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Timer
from time import monotonic

from checks.device.absent import away, stood_in
from checks.device.findings import Finding, as_json, failed, left_out, table
from checks.device.machine import accelerator, facts
from checks.device.place import Place
from checks.device.worlds import MIDDLE, SMALL
from engine.recommenders.running.device import ready
from engine.recommenders.running.settings import Training

GRACE = 20.0
"""Seconds beyond the limit after which a part is taken to hang, and the process ended."""
NONE_HERE = "There is no accelerator here that the program uses, CUDA or MPS; nothing was checked. --cpu tries it out."


@dataclass(frozen=True, slots=True)
class Part:
    """``module``: with its ``check``. ``seconds``: how long it takes on a GPU at most, ``on_cpu`` in small on the CPU;
    with less than that left it is not begun."""

    module: str
    seconds: float
    on_cpu: float


PARTS: Mapping[str, Part] = {
    "playground": Part("playground", 30, 2),
    "one-step": Part("one_step", 30, 1),
    "training": Part("training", 60, 2),
    "memory": Part("memory", 45, 1),
    "processes": Part("several", 60, 25),
    "repeat": Part("repeat", 30, 3),
    "speed": Part("speed", 60, 6),
    "tests": Part("device_tests", 40, 25),
}
"""In their order: what has to hold first, then figures; each stands by itself."""


class Session:
    """One run of the command."""

    def __init__(
        self, on_cpu: bool, minutes: float, out: Path | None, parts: Sequence[str], lacking: Mapping[str, str]
    ) -> None:
        """``out``: where the JSON goes, or nowhere. ``lacking``: libraries that cannot be used, and why."""
        self._began = monotonic()
        self._limit, self._out, self._parts, self._lacking = 60.0 * minutes, out, parts, lacking
        self._device = "cpu" if on_cpu else accelerator()
        ready(Training(), "cpu")
        self._facts = facts(self._device)
        self._found: dict[str, list[Finding]] = {}

    def run(self) -> int:
        """Returns the exit status: 1 where something failed."""
        print(self._head(), flush=True)
        if self._device is None:
            self._write()
            print(NONE_HERE)
            return 0
        watch = Timer(self._limit + GRACE, self._give_up)
        watch.daemon = True
        watch.start()
        for name in self._parts:
            self._run_part(name, PARTS[name])
        watch.cancel()
        return self._end()

    def _place(self) -> Place:
        small = self._device == "cpu" or "numba" in away()
        assert self._device is not None
        size, batch = (SMALL, 128) if small else (MIDDLE, 512)
        return Place(self._device, size, batch, self._began + self._limit)

    def _run_part(self, name: str, part: Part) -> None:
        place, found = self._place(), self._found.setdefault(name, [])
        wanted = part.on_cpu if self._device == "cpu" else part.seconds
        if place.seconds_left < wanted:
            left = max(0.0, place.seconds_left)
            found.append(left_out("all of it", f"It takes up to {wanted:g} s, and {left:.0f} s are left."))
            return
        print(f"checking: {name} …", file=sys.stderr, flush=True)
        try:
            for finding in import_module(f"checks.device.{part.module}").check(place):
                found.append(finding)
        except ModuleNotFoundError as error:
            found.append(left_out("the rest of it", f"It needs {error.name}, which is not installed."))
        except Exception as error:  # whatever it is, the other parts are to be tried
            place_of = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place_of.filename).name}, line {place_of.lineno}"
            found.append(failed("the rest of it", f"{type(error).__name__} in {where}: {error}"))
            traceback.print_exc(file=sys.stderr)

    def _head(self) -> str:
        """What there is to compute on, and what is not there, a line each."""
        lines = [f"{name}: {value}" for name, value in self._facts.items()]
        lines += [f"without {name} ({why}){_DOES.get(name, '')}" for name, why in self._lacking.items()]
        return "\n".join(lines)

    def _end(self) -> int:
        self._write()
        print(table(self._found))
        print(f"{monotonic() - self._began:.0f} s")
        return 1 if self._failed() else 0

    def _failed(self) -> bool:
        return any(finding.outcome == "FAILED" for found in self._found.values() for finding in found)

    def _give_up(self) -> None:
        """Called from another thread: a part hangs, on the device or in another process, and cannot be interrupted."""
        try:
            last = list(self._found)[-1]
            self._found[last] = [*self._found[last], failed("the rest of it", "It had not ended in time.")]
            self._end()
            sys.stdout.flush()
        finally:
            os._exit(1)

    def _write(self) -> None:
        if self._out is None:
            return
        document = {
            "device": self._device,
            "facts": self._facts,
            "lacking": dict(self._lacking),
            "stood_in": list(stood_in()),
            "seconds": round(monotonic() - self._began, 1),
            "failed": self._failed(),
            "parts": as_json(self._found),
        }
        self._out.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


_DOES: Mapping[str, str] = {
    "pydantic": ": settings are taken as the checks give them, unchecked",
    "polars": ": no tables are read, rows are drawn by numpy",
    "numba": ": the CPU's kernels run uncompiled, so the networks that are compared are small",
}
"""What becomes of the checks without these; the others are said where something is left out for want of them."""
