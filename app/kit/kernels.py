"""Tells views that draw without the compiled kernels until these are loaded that they are."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QObject, Signal


class KernelNotifier(QObject):
    """``loaded``: the kernels can be used from now on. It comes from the thread that loads them."""

    loaded = Signal()


@lru_cache(maxsize=1)
def notifier() -> KernelNotifier:
    """Return the one notifier. It lives in the application's thread, whichever thread asks for it first: what is sent
    to an object of a thread that has ended reaches nobody."""
    made = KernelNotifier()
    if (application := QCoreApplication.instance()) is not None:
        made.moveToThread(application.thread())
    return made
