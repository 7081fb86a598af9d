"""Results kept for the next time up to so many bytes: where they differ much in size, a number of them says little."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from threading import Lock
from typing import Generic, TypeVar, TypeVarTuple

from PySide6.QtGui import QPainterPath

Arguments = TypeVarTuple("Arguments")
T = TypeVar("T")


class KeptWithin(Generic[*Arguments, T]):
    """A function of hashable arguments whose latest results are kept: those that were asked for last, and always the
    last one. Threads may ask at once; what two of them ask for may be made twice."""

    def __init__(self, make: Callable[[*Arguments], T], most: int, size_of: Callable[[T], int]) -> None:
        update_wrapper(self, make)
        self._make, self._most, self._size_of = make, most, size_of
        self._kept: dict[tuple[*Arguments], T] = {}  # the latest last
        self._lock = Lock()
        self.size, self.made = 0, 0
        """How many bytes all of them take, and how many results were ever made."""

    def __call__(self, *arguments: *Arguments) -> T:
        """The result, made now or once before."""
        with self._lock:
            if arguments in self._kept:
                found = self._kept[arguments] = self._kept.pop(arguments)
                return found
        made = self._make(*arguments)
        with self._lock:
            self._keep(arguments, made)
        return made

    def _keep(self, arguments: tuple[*Arguments], made: T) -> None:
        if arguments in self._kept:  # another thread's
            return
        self._kept[arguments] = made
        self.made += 1
        self.size += self._size_of(made)
        while self.size > self._most and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            self.size -= self._size_of(self._kept.pop(oldest))


def kept_within(
    most: int, size_of: Callable[[T], int]
) -> Callable[[Callable[[*Arguments], T]], KeptWithin[*Arguments, T]]:
    """Keep results of a function up to ``most`` bytes; ``size_of``: what one takes."""

    def keeping(make: Callable[[*Arguments], T]) -> KeptWithin[*Arguments, T]:
        return KeptWithin(make, most, size_of)

    return keeping


def path_bytes(path: QPainterPath | None) -> int:
    """What an outline takes with what is around it: each of its points lies in memory as two numbers and a kind, and,
    once it has been painted, as two numbers again. None: what would be around one."""
    return 400 + (44 * path.elementCount() if path is not None else 0)
