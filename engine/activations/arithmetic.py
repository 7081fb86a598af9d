"""The operations that activations and the rules of optimisers are written in, by numpy.

Kernels carry the same ones out: :mod:`engine.network.kernels.functions` tells numba how, of single numbers and of
vectors of them. float32 stays float32. An exponential that underflows to 0 is the right answer, so callers silence
that flag of numpy's.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[Any]
"""float32 or float64."""

T = TypeVar("T")


def choose(mask: npt.NDArray[np.bool_], one: FloatArray | float, other: FloatArray | float) -> FloatArray:
    """``one`` where the mask is true, else ``other``; one of them is an array, or both are alike in precision."""
    return np.where(mask, one, other)


def constant(z: FloatArray, number: float) -> FloatArray:
    """The number at every place of z."""
    return np.full_like(z, number)


def at_least(z: FloatArray, limit: float) -> FloatArray:
    """z, or the limit where z is below it; NaN stays NaN."""
    return np.maximum(z, limit)


def at_most(z: FloatArray, limit: float) -> FloatArray:
    """z, or the limit where z is above it; NaN stays NaN."""
    return np.minimum(z, limit)


def exp(x: FloatArray) -> FloatArray:
    """e^x; kernels know it for x ≤ 0."""
    return np.exp(x)


def expm1(x: FloatArray) -> FloatArray:
    """e^x − 1; kernels know it for x ≤ 0."""
    return np.expm1(x)


def log1p(x: FloatArray) -> FloatArray:
    """ln(1 + x); kernels know it of single numbers."""
    return np.log1p(x)


def tanh(x: FloatArray) -> FloatArray:
    """tanh x."""
    return np.tanh(x)


def logistic(x: FloatArray) -> FloatArray:
    """σ(x) = 1 / (1 + e^−x), without overflow."""
    decay = np.exp(-np.abs(x))
    return np.where(x >= 0.0, 1.0, decay) / (1.0 + decay)


def root(x: T) -> T:
    """√x, of a number and of PyTorch's tensors too."""
    result: T = x**0.5  # type: ignore[operator]
    return result


def normal_distribution(x: FloatArray) -> FloatArray:
    """Φ(x); kernels know it of single numbers."""
    from scipy.special import ndtr  # takes a tenth of a second to import: only networks that use GELU pay for it

    result: FloatArray = ndtr(x)
    return result
