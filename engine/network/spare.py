"""Memory that is used again: large arrays that are made anew at every call would be fresh pages every time, which cost
small networks a tenth of their steps and wide ones a seventh, or holes among what is small."""

from __future__ import annotations

from sys import getrefcount
from threading import Lock
from typing import Any
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

CACHE_LINE = 64
"""Bytes: from the start of one the widest vectors are read fastest."""
ROOMY = 4
"""Memory that is so many times as large as what is asked for is let go of …"""
SMALL = 4 << 20
"""… unless it is no more than so many bytes: how much is asked for changes with what else the machine does."""

_lock = Lock()
_all: WeakSet[Spare] = WeakSet()


class Spare:
    """Gives arrays in memory that it gave before, once nothing refers to that any more. Threads may share one."""

    def __init__(self, most: int = 1) -> None:
        """``most``: how many pieces it keeps hold of."""
        self._most = most
        self._pieces: list[NDArray[np.uint8]] = []
        with _lock:
            _all.add(self)

    def empty(self, count: int, dtype: type[np.generic]) -> NDArray[Any]:
        """So many numbers, whatever they are, from the start of a cache line."""
        size = count * np.dtype(dtype).itemsize
        piece = self._free(size)
        if piece is None:  # twice as much, for what is asked for next may be more: untouched pages are no memory
            piece = np.empty(2 * size + CACHE_LINE, np.uint8)
        skipped = -piece.ctypes.data % CACHE_LINE
        array = piece[skipped : skipped + size].view(dtype)
        self._pieces.append(piece)  # which the array refers to: nobody else takes it
        del self._pieces[: -self._most]
        return array

    def zeros(self, count: int, dtype: type[np.generic]) -> NDArray[Any]:
        """The same, all 0."""
        array = self.empty(count, dtype)
        array.fill(0)
        return array

    def let_go(self) -> None:
        """Keep hold of nothing: what somebody has stays theirs, and is not given again."""
        self._pieces.clear()

    def _free(self, size: int) -> NDArray[np.uint8] | None:
        """A piece that nothing refers to and that fits, taken out of those that are kept."""
        for _ in range(len(self._pieces)):
            try:
                piece = self._pieces.pop(0)
            except IndexError:  # another thread has it
                return None
            if _references(piece) > _ALONE:
                self._pieces.append(piece)
            elif size <= len(piece) - CACHE_LINE <= max(ROOMY * size, SMALL):
                return piece
        return None


def let_go() -> None:
    """Have no spare memory kept anywhere, until it is asked for again: nobody trains just now."""
    with _lock:
        for one in _all:
            one.let_go()


def _references(piece: NDArray[np.uint8]) -> int:
    """Every array that lies in a piece is one."""
    return getrefcount(piece)


def _of_one_alone() -> int:
    piece = np.empty(0, np.uint8)
    return _references(piece)


_ALONE = _of_one_alone()
