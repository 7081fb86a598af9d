"""A number's second opinion: what somebody else makes of it, who that is, and how far off they may be.

PyTorch answers where it is installed. Without it plain arithmetic, the numpy reference and finite differences stand in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.command import is_bundle
from engine.extras import INSTALL
from engine.problems import EngineError, declare

Array = NDArray[np.float64]
T = TypeVar("T")
S = TypeVar("S")

NOT_CHECKED = declare("check.needs-torch", "Not checked: PyTorch isn't installed. Install it with {command}.")
NOT_CHECKED_IN_BUNDLE = declare("check.needs-torch-here", "Not checked: PyTorch isn't in this copy of Neuroloom.")


class Oracle(StrEnum):
    """Who has answered."""

    TORCH = "torch"
    """PyTorch: its own forward pass and its autograd."""
    NUMPY = "numpy"
    """The numpy reference, which the compiled kernels are held to."""
    DIFFERENCES = "differences"
    """Finite differences: the number moved a little both ways, and what becomes of it."""
    ARITHMETIC = "arithmetic"
    """The formula worked out once more in plain Python, with exact sums and the functions of ``math``."""


@dataclass(frozen=True, slots=True)
class CheckedValue(Generic[T]):
    """What ``by`` answers. ``error``: how far off the value may be by its own account, besides rounding."""

    value: T
    by: Oracle
    error: float = 0.0

    def pick(self, part: Callable[[T], S]) -> CheckedValue[S]:
        """A part of it, or what follows from it."""
        return CheckedValue(part(self.value), self.by, self.error)


def unanswered() -> EngineError:
    """To be raised where only PyTorch could check a number, and isn't installed."""
    return EngineError(NOT_CHECKED_IN_BUNDLE() if is_bundle() else NOT_CHECKED(command=INSTALL))


# Finite differences ---------------------------------------------------------------------------------------------------

STEPS: Array = 0.02 * 0.25 ** np.arange(11.0)
"""From 0.02 to 2e-8: wide enough for rounding not to matter, or narrow enough for a kink nearby to lie outside."""
_ROUNDING = 16.0 * float(np.finfo(np.float64).eps)
_CAUTION = 4.0
"""So many times what the neighbours differ by is owned to: the function's own rounding comes on top of ours."""
_LOOSE = 1e-6
"""A measured slope that may be off by more than this share of it says nothing."""
_AT_KINK = 7
"""The step at which a kink would be seen: there a smooth function bends 16 times less than two steps before."""


def slope_at(function: Callable[[float], float], x: float) -> CheckedValue[float]:
    """f′(x) by finite differences. Raises EngineError where they don't settle on one, as at a kink or a jump."""
    steps: Array = STEPS * max(1.0, abs(x))
    with np.errstate(all="ignore"):
        up, down = (np.array([[function(x + sign * step)] for step in steps]) for sign in (1.0, -1.0))
        slopes, errors = settled_slopes(np.array([function(x)]), up, down, steps[:, None])
    if not np.isfinite(slopes[0]):
        raise unanswered()
    return CheckedValue(float(slopes[0]), Oracle.DIFFERENCES, float(errors[0]))


def settled_slopes(here: Array, up: Array, down: Array, steps: Array) -> tuple[Array, Array]:
    """Slopes (n,) and how far off they may be, from n functions at a place (n,) and moved by each step (levels, n).

    The steps fall by 4 from level to level. Central differences are extrapolated to a step of 0, and of all
    extrapolations the one counts whose neighbours differ least (Ridders, Advances in Engineering Software 4, 1982).
    NaN where none settles, and where there is no number at the place itself.
    """
    size = np.maximum(np.abs(here), np.fmin.reduce(np.maximum(np.abs(up), np.abs(down))))
    row = (up - down) / (2.0 * steps)
    rounding = _ROUNDING * size / steps
    best, error = row[-1].copy(), np.full(len(here), np.inf)
    factor = 1.0
    while len(row) > 1:
        factor *= 16.0
        better = (factor * row[1:] - row[:-1]) / (factor - 1.0)
        rounding = rounding[1:]
        off = np.maximum(np.abs(better - row[1:]), np.abs(better - row[:-1])) + rounding
        off = np.where(np.isfinite(off), off, np.inf)
        place = off.argmin(axis=0)[None]
        least = np.take_along_axis(off, place, axis=0)[0]
        best = np.where(least < error, np.take_along_axis(better, place, axis=0)[0], best)
        error, row = np.minimum(error, least), better
    error = _CAUTION * error + _bend(here, up, down, steps, size)
    unsettled = ~((error <= _LOOSE * (np.abs(best) + size)) & np.isfinite(here))
    return np.where(unsettled, np.nan, best), error


def _bend(here: Array, up: Array, down: Array, steps: Array, size: Array) -> Array:
    """How far the slopes to both sides lie apart, 0 where the function is smooth: at a kink the central difference
    settles on their mean, which is neither."""
    apart = np.abs(up - 2.0 * here + down) / steps
    near, far = apart[_AT_KINK], apart[_AT_KINK - 2]
    return np.where(near > np.maximum(0.5 * far, _ROUNDING * size / steps[_AT_KINK]), near, 0.0)
