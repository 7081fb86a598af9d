"""Where a job in the background leaves what it has found so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

F = TypeVar("F")


@dataclass(slots=True)
class Found(Generic[F]):
    """What one job has found so far: it writes, the window reads when it hears of progress. A job that is not wanted
    any more goes on writing into one that nobody reads."""

    value: F
