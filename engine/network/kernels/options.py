"""How kernels are compiled, and the types under which numba's untyped numbers and arrays pass."""

from __future__ import annotations

from typing import Any

from engine.kernel_cache import Kernel as Kernel
from engine.kernel_cache import compiled

Array = Any
"""A numpy array; numba specialises on its dtype and layout at the call."""

Index = Any
"""An unsigned 64-bit number. Signed indices cost a branch each, as numba lets −1 mean the last element."""

Number = Any
"""A number of the type that the argument it comes from has; to mypy a kernel's calls all give Any."""

_EXACT = {"contract", "nsz"}

LAID_IN: Any = {"error_model": "numpy", "fastmath": _EXACT, "forceinline": True, "_nrt": False}
"""The options of an exact kernel that is compiled with the one that calls it."""


def exact(function: Kernel) -> Kernel:
    """Compile a function whose sums keep their order. NaN is never assumed away: finding one is part of the job."""
    return _compiled(function, fastmath=_EXACT, **_BARE)


def inner(function: Kernel) -> Kernel:
    """Compile an exact function that kernels alone call."""
    return _compiled(function, fastmath=_EXACT, **_BARE, **_UNREACHED)


def reordered(function: Kernel) -> Kernel:
    """Compile a function whose sums may be taken in another order, so that they can be vectorised; kernels alone call
    it."""
    return _compiled(function, fastmath={*_EXACT, "arcp", "reassoc"}, **_BARE, **_UNREACHED)


def laid_in(function: Kernel) -> Kernel:
    """Compile an exact function anew into each kernel that calls it, of which a kernel may be an argument."""
    from numba import njit

    kernel: Kernel = njit(**LAID_IN, **_UNREACHED)(function)
    return kernel


def with_views(function: Kernel) -> Kernel:
    """Compile a function that makes arrays of parts of its arrays, for BLAS; views have to be counted, so that such a
    function stands by itself. Kernels alone call it."""
    return _compiled(function, fastmath=_EXACT, _nrt=True, **_UNREACHED)


def held(function: Kernel) -> Kernel:
    """Compile an exact function that Python calls and that keeps the GIL: it is done sooner than another thread would
    give it back."""
    return _compiled(function, nogil=False, fastmath=_EXACT, **_BARE)


_BARE: dict[str, Any] = {"forceinline": True, "_nrt": False}
"""A kernel is laid into the one that calls it and does not count who uses an array, for the arrays outlast it. With
both, an array handed on costs nothing; without, a step of a small network spends two thirds of its time on that."""

_UNREACHED: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""No way in from Python, which for a hundred small functions would take a fifth of the time that compiling takes."""


def _compiled(function: Kernel, nogil: bool = True, **options: Any) -> Kernel:
    return compiled(nogil=nogil, error_model="numpy", **options)(function)
