"""The time that a run may take."""

from __future__ import annotations

from time import perf_counter


class Deadline:
    """Is set once so many seconds have passed since it was made."""

    def __init__(self, seconds: float) -> None:
        self._end = perf_counter() + seconds

    def is_set(self) -> bool:
        """Whether the time is over."""
        return perf_counter() >= self._end
