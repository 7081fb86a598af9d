"""What each operation computes, on one number or on many: numpy's functions, so that division by zero is ∞ as in torch.

The functions behind the kinks (``step``, ``beats``, and ``sign``) are what slopes are written with; nobody types the
first two. At kinks they do what torch's autograd does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

Function: TypeAlias = Callable[..., Any]
"""From floats to a float, or from arrays to an array."""


def sigmoid(u: Any) -> Any:
    """1/(1 + e⁻ᵘ) without overflow on either side."""
    decay = np.exp(-np.abs(u))
    return np.where(np.less(u, 0.0), decay, 1.0) / (1.0 + decay)


def relu(u: Any) -> Any:
    return np.maximum(u, 0.0)


def erf(u: Any) -> Any:
    """The error function, 2/√π ∫₀ᵘ e^(−t²) dt. scipy.special takes a tenth of a second to import: only curves pay."""
    if np.ndim(u) == 0:
        return np.float64(math.erf(u))
    from scipy import special

    return special.erf(u)


def step(u: Any) -> Any:
    """The slope of relu: 1 above 0, and 0 at 0 as below it."""
    return np.where(np.greater(u, 0.0), 1.0, np.where(np.isnan(u), np.nan, 0.0))


def beats(u: Any, v: Any) -> Any:
    """The slope of max(u, v) along u: 1 where u is greater, ½ at a tie, else 0."""
    return np.heaviside(np.subtract(u, v), 0.5)


def _base_slope(y: Any, u: Any, v: Any) -> Any:
    """v·u^(v−1), and 0 for v = 0 whatever u is."""
    return np.where(np.equal(v, 0.0), 0.0, v * np.power(u, np.subtract(v, 1.0)))


def _exponent_slope(y: Any, u: Any, v: Any) -> Any:
    """y·log u, and 0 for u = 0 where y = uᵛ is finite."""
    return np.where(np.equal(u, 0.0) & np.isfinite(y), 0.0, y * np.log(u))


AT_ZERO: Mapping[str, tuple[Function, ...]] = {"^": (_base_slope, _exponent_slope)}
"""Slopes, from the result and the operands, where a plain formula has no value at 0 and torch has one."""

FUNCTIONS: Mapping[str, Function] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "neg": np.negative,
    "exp": np.exp,
    "log": np.log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "erf": erf,
    "relu": relu,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "max": np.maximum,
    "min": np.minimum,
    "step": step,
    "sign": np.sign,
    "beats": beats,
}
"""By the key of the operation."""
