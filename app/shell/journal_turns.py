"""Work of a thread in turns: between two it lets go of Python, so that the window never waits for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic, sleep
from typing import TypeVar

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
