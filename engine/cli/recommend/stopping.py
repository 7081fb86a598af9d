"""``stop`` on standard input, SIGTERM and Ctrl-C: three ways to ask a run to write a checkpoint and end."""

from __future__ import annotations

import sys
import threading

from engine.cli.interrupts import Interrupts


class Stopping:
    """Is set once anybody wants the run to stop. Windows has no SIGTERM to speak of, so a parent process writes."""

    def __init__(self, interrupts: Interrupts, *, listen: bool) -> None:
        """``listen``: read standard input; a program that asks for events is at its other end."""
        self._interrupts = interrupts
        self._said = threading.Event()
        if listen:
            threading.Thread(target=self._listen, name="stop", daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            if line.strip() == "stop":
                self._said.set()
                return

    def is_set(self) -> bool:
        """Whether the run is to stop."""
        return self._said.is_set() or self._interrupts.seen
