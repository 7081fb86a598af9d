"""What a child may take, held by the system: addresses, seconds of the processor, no core files."""

from __future__ import annotations

import faulthandler
import resource
import signal
from typing import TextIO

from checks.fuzz.judging import MEGABYTES

TRACED_SECONDS = 30.0
"""Of the processor, while it is counted which lines are taken; whatever took long is judged again without that."""


def own_size() -> int:
    """Bytes of addresses that this process has."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def resident() -> int:
    """Bytes of memory that this process has."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def tell_endings(log: TextIO) -> None:
    """Have the place written to ``log`` at which this process is ended by a signal."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.enable(log)
    faulthandler.register(signal.SIGPROF, log, all_threads=False, chain=True)  # and then the process ends


def hold_memory() -> None:
    """From now on this process gets so much more and nothing beyond."""
    resource.setrlimit(resource.RLIMIT_AS, (own_size() + (MEGABYTES << 20), resource.RLIM_INFINITY))


def hold_seconds(seconds: float) -> None:
    """End this process when it has had so many seconds of the processor; 0: never."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
