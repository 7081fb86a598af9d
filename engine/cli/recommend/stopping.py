"""``stop`` on standard input, a file, SIGTERM and Ctrl-C: four ways to ask a run to write a checkpoint and end."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from engine.cli.interrupts import Interrupts


class Stopping:
    """Is set once anybody wants the run to stop. Windows has no SIGTERM to speak of, so a parent process writes."""

    def __init__(self, interrupts: Interrupts, *, listen: bool, file: Path | None = None) -> None:
        """``listen``: read standard input; a program that asks for events is at its other end. ``file``: that is the
        wish once it is there."""
        self._interrupts, self._file = interrupts, file
        self._said = threading.Event()
        if listen and sys.stdin is not None:  # a process that stands by itself may have none
            threading.Thread(target=self._listen, name="stop", daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            if line.strip() == "stop":
                self._said.set()
                return

    def is_set(self) -> bool:
        """Whether the run is to stop."""
        return self._said.is_set() or self._interrupts.seen or (self._file is not None and self._file.exists())
