"""A progress bar on stderr, for people: one line, redrawn at most ten times a second."""

from __future__ import annotations

import sys
from time import perf_counter
from types import TracebackType
from typing import TextIO

from engine.problems import printable

WIDTH = 28
INTERVAL = 0.1
ERASE_LINE = "\r\x1b[K"


class ProgressBar:
    """Shown where stderr is a terminal, unless ``shown`` says otherwise; a context manager that cleans up."""

    def __init__(self, label: str, shown: bool | None = None, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._label = printable(label)
        self._shown = self._stream.isatty() if shown is None else shown
        self._drawn = float("-inf")

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._draw(ERASE_LINE)

    def at(self, share: float, note: str = "") -> None:
        """Show that ``share`` (0 to 1) is done, with a short note behind the bar."""
        now = perf_counter()
        if not self._shown or (now - self._drawn < INTERVAL and share < 1.0):
            return
        self._drawn = now
        filled = round(WIDTH * min(max(share, 0.0), 1.0))
        bar = "█" * filled + "·" * (WIDTH - filled)
        self._draw(f"{ERASE_LINE}{self._label} {bar} {share:4.0%}  {note}")

    def _draw(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # whoever watched has gone; the work goes on
            self._shown = False
