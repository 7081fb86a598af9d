"""Seeded random streams: every use of chance has a stream of its own, so that one never shifts another."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What a stream of random numbers is for."""

    POINTS = 1
    SPLIT = 2
    ROWS = 3


def generator(seed: int, stream: Stream) -> np.random.Generator:
    """The generator for ``stream`` under ``seed``; the same pair gives the same numbers on every platform."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence((seed, int(stream)))))
