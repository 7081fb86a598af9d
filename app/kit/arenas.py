"""Threads share the C library's memory: what one gives back, another can take; and what is large goes back at once.

After seven minutes of training and random edits the window holds 574 MB, without this 607 (``checks.bench memory``).
"""

from __future__ import annotations

import sys

_M_ARENA_MAX, _M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD = -8, -3, -1  # malloc.h
MOST = 1
"""So many arenas. By itself glibc makes one for nearly every thread, eight a core; each keeps what is scattered in it,
and a window that is worked in for half an hour grew by a megabyte a minute though it held no more than before. With
one from the start it holds 12 MB less than with two."""
LARGE = 4 << 20
"""Bytes from which on a piece of memory is the system's own, which has it back when it is let go of. By itself glibc
raises this bound to the largest piece that was ever let go of, up to 32 MiB, and then lays data and pictures among
small pieces, where they leave holes. Much lower, steps in numpy, which make their arrays anew, would be given fresh
pages every time: those of wide networks take twice as long then."""
LARGE_BESIDE_KERNELS = 128 << 10
"""The same once the kernels train, which keep their memory from call to call: what is still made and let go of are the
curves, tables and pictures of the moment. Among small pieces they leave holes. It is glibc's own size at the start."""
SPARE = 16 << 20
"""Bytes that may lie free at the end of the heap before they go back: they are wanted again a moment later."""

_large = LARGE


def share() -> None:
    """From now on no more arenas are made than :data:`MOST`, and large pieces lie in none; elsewhere than with glibc
    nothing is done."""
    _set({_M_ARENA_MAX: MOST, _M_MMAP_THRESHOLD: _large, _M_TRIM_THRESHOLD: SPARE})


def kernels_train() -> None:
    """From now on pieces from :data:`LARGE_BESIDE_KERNELS` on are large, whether memory is shared yet or not."""
    global _large
    _large = LARGE_BESIDE_KERNELS
    _set({_M_MMAP_THRESHOLD: _large})


def _set(options: dict[int, int]) -> None:
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # not before the first frame

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for option, value in options.items():
            mallopt(option, value)
