"""How fast a run goes, how long it will take still, and how much memory the process has."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter


class Throughput:
    """Rows over time. The first rows are left out of the forecast: kernels are compiled and caches filled then."""

    def __init__(self, remaining: int | None) -> None:
        """``remaining``: rows until the run's end, None where nobody knows."""
        self._remaining = remaining
        self._started = self._marked = perf_counter()
        self._since_mark = self._forecast_rows = 0
        self._warm: float | None = None

    def count(self, rows: int) -> None:
        """So many rows more are done."""
        if self._remaining is not None:
            self._remaining -= rows
        self._since_mark += rows
        if self._warm is None:
            self._warm = perf_counter()
        else:
            self._forecast_rows += rows

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Nothing is learned from meanwhile: the time counts for the forecast, and for no rate."""
        began = perf_counter()
        yield
        self._marked += perf_counter() - began

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return perf_counter() - self._started

    @property
    def since_mark(self) -> float:
        """Seconds of learning since the last mark."""
        return perf_counter() - self._marked

    def mark(self) -> float:
        """Rows per second of learning since the last mark, which is set anew."""
        now = perf_counter()
        rate = self._since_mark / max(now - self._marked, 1e-9)
        self._marked, self._since_mark = now, 0
        return rate

    def remaining(self) -> float | None:
        """Seconds to the run's end at the rate so far, None before there is one or where the end is not known."""
        if self._remaining is None or self._warm is None or self._forecast_rows == 0:
            return None
        return max(self._remaining, 0) * (perf_counter() - self._warm) / self._forecast_rows


def memory() -> int | None:
    """The process's resident memory in bytes; None on systems that do not say so without more libraries."""
    if sys.platform == "linux":
        import resource

        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return None
