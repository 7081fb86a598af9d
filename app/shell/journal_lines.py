"""The lines that tell a journal how a document's history has changed, and long work on them cut into turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from time import monotonic, sleep
from typing import Any, TypeVar

from app.kit.history import History, Step, same_step, same_things
from engine.formats.journal import Said
from engine.formats.journal_state import VERSION

Encoded = Callable[[object], Any]
"""Makes one of a history's things plain."""


class Lines:
    """Tells histories one after the other, each thing once. For one thread."""

    def __init__(self, workspace: str, encoded: Encoded, pause: Callable[[], None] = lambda: None) -> None:
        """``pause`` is called after each piece of work."""
        self._workspace, self._encoded, self._pause = workspace, encoded, pause
        self._told: dict[int, tuple[int, object]] = {}  # key of each thing by its identity, and the thing itself
        self._again: set[int] | None = None  # while all is told anew: the keys of what has been
        self._next = 0

    def whole(self, histories: Sequence[History], said: Mapping[str, Any]) -> list[Said]:
        """A journal that begins with the first of these histories and goes on with the others; ``said``: what else its
        entries say. Things keep the keys that they had."""
        lines: list[Said] = [("journal", {"version": VERSION, "workspace": self._workspace})]
        self._again = set()
        try:
            for before, now in pairwise([History((), 0, -1, {}, {}), *histories]):
                lines += self.change(before, now, said)
        finally:
            self._again = None
        return lines

    def change(self, before: History, now: History, said: Mapping[str, Any]) -> list[Said]:
        """What is other than it was."""
        lines: list[Said] = []
        drop = _gone(before.steps, now.steps)
        left = before.steps[drop:]
        entry: dict[str, Any] = {"index": now.index, "clean": now.clean, "length": len(now.steps)} | dict(said)
        if drop:
            entry["drop"] = drop
        put = [
            (place, self._note(step, lines))
            for place, step in enumerate(now.steps)
            if place >= len(left) or not same_step(left[place], step)
        ]
        if put:
            entry["put"] = put
        if now.book != before.book:
            entry["book"] = dict(now.book)
        if not same_things(now.things, before.things):
            entry["things"] = self._keys(now.things, lines)
        if now.run is not None and now.run is not before.run:
            entry["run"] = self._key(now.run, lines)
        lines.append(("state", entry))
        return lines

    def forget(self, history: History) -> None:
        """Keep hold of no more than what a history refers to."""
        used = {id(thing) for step in history.steps for thing in _things(step)}
        used |= {id(thing) for thing in (*history.things.values(), history.run)}
        self._told = {key: told for key, told in self._told.items() if key in used}

    def _note(self, step: Step, lines: list[Said]) -> dict[str, Any]:
        note: dict[str, Any] = {"kind": step.kind, "label": step.label}
        if step.plain:
            note["plain"] = dict(step.plain)
        if step.things:
            note["things"] = self._keys(step.things, lines)
        if step.parts:
            note["parts"] = [self._note(part, lines) for part in step.parts]
        return note

    def _keys(self, things: Mapping[str, object], lines: list[Said]) -> dict[str, int | None]:
        return {name: None if thing is None else self._key(thing, lines) for name, thing in things.items()}

    def _key(self, thing: object, lines: list[Said]) -> int:
        found = self._told.get(id(thing))
        new = found is None
        if found is None:
            found = self._told[id(thing)] = (self._next, thing)
            self._next += 1
        if self._again is not None:
            new = found[0] not in self._again
            self._again.add(found[0])
        if new:
            lines.append(("thing", {"key": found[0], "data": self._encoded(thing)}))
            self._pause()
        return found[0]


def cut(history: History, first: int | None) -> History:
    """A history without the steps before that with the serial ``first``, or without any where it has left that part.
    Later steps have higher serials."""
    if first is None:
        return history
    place = next((place for place, step in enumerate(history.steps) if step.serial >= first), None)
    if place is None or history.index < place:
        return replace(history, steps=(), index=0, clean=-1)
    clean = max(-1, history.clean - place)
    return replace(history, steps=history.steps[place:], index=history.index - place, clean=clean)


def _gone(before: tuple[Step, ...], now: tuple[Step, ...]) -> int:
    """How many steps the limit has taken away from the front."""
    first = now[0].serial if now else 0
    return next((place for place, step in enumerate(before) if step.serial == first), 0)


def _things(step: Step) -> tuple[object, ...]:
    return (*step.things.values(), *(thing for part in step.parts for thing in _things(part)))


TURN = 0.002
"""Seconds of work, about: the window takes Python up again several times a frame, and may wait for a turn each time."""
REST = 0.0005
"""Seconds of rest, after which whoever waits has it."""

T = TypeVar("T")


class Turns:
    """For one thread, from the first piece of its work on."""

    def __init__(self) -> None:
        self._since = monotonic()

    def begin(self) -> None:
        """A work begins, after a rest of any length."""
        self._since = monotonic()

    def pause(self) -> None:
        """A piece is done: rest where the turn is over."""
        if monotonic() - self._since >= TURN:
            sleep(REST)
            self._since = monotonic()

    def between(self, things: Iterable[T]) -> Iterator[T]:
        """The things, with such a pause after each has been dealt with."""
        for thing in things:
            yield thing
            self.pause()
