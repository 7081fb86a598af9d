"""Threads share the C library's memory: what one gives back, another can take."""

from __future__ import annotations

import sys

_M_ARENA_MAX = -8  # malloc.h
MOST = 2
"""So many arenas. By itself glibc makes one for nearly every thread, eight a core; each keeps what is scattered in it,
and a window that is worked in for half an hour grew by a megabyte a minute though it held no more than before."""


def share() -> None:
    """From now on no more arenas are made than :data:`MOST`; elsewhere than with glibc nothing is done."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # not before the first frame

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, MOST)
