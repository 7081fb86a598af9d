"""Tells views that draw without the compiled kernels until these are loaded that they are."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject, Signal


class KernelNotifier(QObject):
    """``loaded``: the kernels can be used from now on. It comes from the thread that loads them."""

    loaded = Signal()


@lru_cache(maxsize=1)
def notifier() -> KernelNotifier:
    """Return the one notifier."""
    return KernelNotifier()
