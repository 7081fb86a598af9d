"""Wishes that a run end: the time that it may take, and what several want."""

from __future__ import annotations

from time import perf_counter

from engine.recommenders.running.run import StopFlag


class Deadline:
    """Is set once so many seconds have passed since it was made."""

    def __init__(self, seconds: float) -> None:
        self._end = perf_counter() + seconds

    def is_set(self) -> bool:
        """Whether the time is over."""
        return perf_counter() >= self._end


class AnyOf:
    """Is set once one of some flags is."""

    def __init__(self, *flags: StopFlag) -> None:
        self._flags = flags

    def is_set(self) -> bool:
        """Whether one of them is."""
        return any(flag.is_set() for flag in self._flags)
