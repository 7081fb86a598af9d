"""Where a pass keeps what its layers come to, lent again to the next: fifty layers' worth of memory that is fetched
anew for every tick of a slider takes as long as the arithmetic."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from engine.gradients.experiment import DEEPEST
from engine.graph.kinds.base import Array

MOST_NUMBERS = 64 * 500
"""Rooms of more numbers a layer are not kept."""
KEPT = 2
_FREE: deque[LayerArrays] = deque(maxlen=KEPT)


@dataclass(frozen=True, slots=True)
class LayerArrays:
    """(depth, rows, units) each: a layer's z, f′(z), what it is normalised to, what it gives, and its δ."""

    z: Array
    slope: Array
    value: Array
    gives: Array
    delta: Array

    @staticmethod
    def of(depth: int, rows: int, units: int) -> LayerArrays:
        """A new one. Memory that is not written to is not taken."""
        return LayerArrays(*(np.empty((depth, rows, units)) for _ in range(5)))


@contextmanager
def lent_room(rows: int, units: int) -> Iterator[LayerArrays]:
    """Room for as many layers as there can be, for this thread alone while it lasts."""
    try:
        room = _FREE.pop()
    except IndexError:
        room = None
    if room is None or room.z.shape[1:] != (rows, units):
        room = LayerArrays.of(DEEPEST, rows, units)
    try:
        yield room
    finally:
        if rows * units <= MOST_NUMBERS:
            _FREE.append(room)
