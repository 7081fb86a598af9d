"""What is compared of a document before it was killed and after it has come back: all of its undo history."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.kit.history import History, Step
from app.network.kept import Kept
from engine.formats.journal import encoded


class Signer:
    """Signs histories; what it has signed it knows again, for it is asked at every step."""

    def __init__(self, plain: Any) -> None:
        self._plain = plain
        self._known: dict[int, tuple[int, object]] = {}

    def sign(self, history: History) -> list[Any]:
        """Every step, the index, and what is open."""
        return [[self._step(step) for step in history.steps], history.index, self._thing(history.things["opened"])]

    def _step(self, step: Step) -> list[Any]:
        things = {name: self._thing(thing) for name, thing in sorted(step.things.items())}
        plain = {name: value for name, value in sorted(step.plain.items()) if name != "moves"}
        return [step.kind, step.label, plain, things, [self._step(part) for part in step.parts]]

    def _thing(self, thing: object) -> int | None:
        if thing is None:
            return None
        if id(thing) not in self._known:
            self._known[id(thing)] = _crc(thing, self._plain), thing
        return self._known[id(thing)][0]


def _crc(thing: object, make: Any) -> int:
    if isinstance(thing, Kept):
        updates = thing.progress.updates if thing.progress is not None else -1
        return zlib.crc32(str(updates).encode(), _arrays(thing.weights))
    plain = make(thing)
    plain.pop("number", None)  # every document counts from its own
    return zlib.crc32(encoded([("thing", plain)], 0)[0])


def _arrays(arrays: Mapping[tuple[str, str], Any]) -> int:
    crc = 0
    for key, array in sorted(arrays.items()):
        crc = zlib.crc32(np.ascontiguousarray(array).tobytes(), zlib.crc32(str(key).encode(), crc))
    return crc
