"""For how long a window stands still: the stretches of its thread's own time in which it hears nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from time import perf_counter, thread_time

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

TICK_MS = 2
BAR_MS = 16.0
"""A frame of a display that shows 60 in a second."""


@contextmanager
def heard() -> Iterator[list[float]]:
    """The moments, in seconds of its thread's time, at which the window would have heard somebody."""
    moments = [thread_time()]
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: moments.append(thread_time()))
    timer.start(TICK_MS)
    yield moments
    timer.stop()
    moments.append(thread_time())


def longest_stop(moments: list[float]) -> float:
    """The longest stretch in which nobody was heard, in milliseconds."""
    return 1e3 * max(after - before for before, after in pairwise(moments))


def rest(seconds: float) -> None:
    """Let the window do what it does by itself."""
    end = perf_counter() + seconds
    while perf_counter() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
