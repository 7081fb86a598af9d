"""On the CPU, rows of tables as every other device works on them: by torch's operations instead of our kernels.

So that the checks have two roads to compare where there is no GPU.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from engine.recommenders.running import row_optimisers
from engine.recommenders.running.row_optimisers import Coalescer


def as_there(device: str) -> AbstractContextManager[None]:
    """While it lasts, trainers that are made for the device and updates work by torch's operations, even on the CPU."""
    return _by_torch() if device == "cpu" else nullcontext()


@contextmanager
def _by_torch() -> Iterator[None]:
    made, on_cpu = Coalescer.__init__, row_optimisers.on_cpu

    def without_scratch(self: Coalescer, rows: int, device: str) -> None:
        made(self, 0, device)
        self._places = None

    def never(table: Any) -> bool:
        return False

    Coalescer.__init__ = without_scratch  # type: ignore[method-assign]
    row_optimisers.on_cpu = never
    try:
        yield
    finally:
        Coalescer.__init__, row_optimisers.on_cpu = made, on_cpu  # type: ignore[method-assign]
