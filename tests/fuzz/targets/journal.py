"""Journals of what was done: what they say, and all things in them, taken for each of the things that there are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.formats.journal import Line
from engine.formats.journal_network import arrays_read, first_read, rows_read, run_read, state_read
from engine.formats.journal_state import glance_at, read_told, thing_of
from tests.fuzz.judging import put
from tests.fuzz.mutators import cut, several
from tests.fuzz.mutators.havoc import havoc
from tests.fuzz.mutators.journals import changed_lines
from tests.fuzz.target import Target

_READERS: dict[str, Callable[[object], object]] = {
    "loaded": state_read,
    "opened": state_read,
    "first": first_read,
    "run": run_read,
    "rows": rows_read,
    "weights": arrays_read,
}


def _run(content: bytes, folder: Path) -> None:
    path = put(folder, "a.journal", content)
    glance_at(path)
    told = read_told(path)
    for line in told.data.values():
        with suppress(ValueError, RecursionError):  # what a thing that is none is known by
            _read(line)


def _read(line: Line) -> None:
    thing: Any = thing_of(line)
    if isinstance(thing, dict):
        for name, reader in _READERS.items():
            if name in thing:
                reader(thing[name])


TARGET = Target(_run, several((6, changed_lines), (1, havoc), (1, cut)), suffix=".journal")
