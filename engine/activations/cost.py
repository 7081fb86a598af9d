"""What a function costs: nanoseconds an element on this machine, measured, never asserted."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np

from engine.activations.jumps import Function

ELEMENTS = 8192
"""An array that stays in the cache, and is long enough for the call itself to cost nothing beside it."""
ROUNDS = 15
_ROUND_SECONDS = 0.004


def nanoseconds_of(function: Function, cancelled: Callable[[], bool] = lambda: False) -> float:
    """The least time for one of :data:`ELEMENTS` standard normal numbers, in ns, over :data:`ROUNDS` rounds; the least,
    because whatever else the machine does can only add to it. Takes some 0.1 s; cut short once it is ``cancelled``."""
    x = np.random.default_rng(0).standard_normal(ELEMENTS)
    with np.errstate(all="ignore"):
        function(x)  # what is imported or compiled at the first call is no part of it
        begun = perf_counter()
        function(x)
        calls = max(1, int(_ROUND_SECONDS / max(perf_counter() - begun, 1e-7)))
        best = np.inf
        for _ in range(ROUNDS):
            if cancelled():
                break
            begun = perf_counter()
            for _ in range(calls):
                function(x)
            best = min(best, (perf_counter() - begun) / calls)
    return float(1e9 * best / ELEMENTS)
