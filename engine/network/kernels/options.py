"""How kernels are compiled, and the types under which numba's untyped numbers and arrays pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

from engine.network.kernels.location import numba_cache

Array = Any
"""A numpy array; numba specialises on its dtype and layout at the call."""

Index = Any
"""An unsigned 64-bit number. Signed indices cost a branch each, as numba lets −1 mean the last element."""

Number = Any
"""A number of the type that the argument it comes from has; to mypy a kernel's calls all give Any."""

Kernel = Callable[..., Any]


def exact(function: Kernel) -> Kernel:
    """Compile a function whose sums keep their order. NaN is never assumed away: finding one is part of the job."""
    return _compiled(function, {"contract", "nsz"})


def reordered(function: Kernel) -> Kernel:
    """Compile a function whose sums may be taken in another order, so that they can be vectorised."""
    return _compiled(function, {"contract", "nsz", "arcp", "reassoc"})


def _compiled(function: Kernel, freedoms: set[str]) -> Kernel:
    """Every kernel is laid into the one that calls it: an array passed on is seven arguments, and a step of a small
    network would spend half its time on handing them over."""
    with numba_cache():
        kernel: Kernel = njit(nogil=True, cache=True, error_model="numpy", fastmath=freedoms, forceinline=True)(
            function
        )
    return kernel
