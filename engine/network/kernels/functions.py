"""Exponentials that need no call into the C library, of numbers and of vectors of them; accurate to a few ulp.

All are ours for the arguments an activation needs: ``exp`` and ``expm1`` of x ≤ 0, ``tanh`` of anything. Each
passes NaN on. The comparisons are written so that NaN falls through them. Polynomials are summed in pairs (Estrin's
scheme): what a single row waits for is the longest chain, half as long as Horner's.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
from numba import types
from numba.extending import overload

from engine.activations import arithmetic
from engine.network.kernels.options import LAID_IN, Kernel, Number, exact
from engine.network.kernels.vector_types import Lanes
from engine.network.kernels.vectors import choose, power_of_two, root

_PER_LN2 = 1.0 / math.log(2.0)
_LN2_HIGH = 6.93147180369123816490e-01  # Cody & Waite's split: high has zeros enough for k·high to be exact
_LN2_LOW = 1.90821492927058770002e-10
_SHIFT = 1.5 * 2.0**52  # added to a number, it leaves no bits behind its point
_LOWEST = -708.0  # below, e^x would be subnormal; 2^-1021 stands for it
_SINGLE_LN2_HIGH = np.float32(0.693359375)
_SINGLE_LN2_LOW = np.float32(-2.12194440e-4)
_SINGLE_PER_LN2 = np.float32(_PER_LN2)
_SINGLE_SHIFT = np.float32(1.5 * 2.0**23)
_SINGLE_LOWEST = np.float32(-87.0)
_S2, _S3, _S4, _S5, _S6, _S7 = (np.float32(1.0 / math.factorial(k)) for k in range(2, 8))


@exact
def _double_expm1_near_zero(r: Number) -> Number:
    """e^r − 1 for |r| ≤ ½ ln 2 by its Taylor series, whose first term left out is below 2^-56 of the sum."""
    r2 = r * r
    r4 = r2 * r2
    low = (0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0))
    middle = (1.0 / 720.0 + r * (1.0 / 5040.0)) + r2 * (1.0 / 40320.0 + r * (1.0 / 362880.0))
    high = (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) + r2 * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0))
    return r + r2 * ((low + r4 * middle) + (r4 * r4) * high)


@exact
def _double_parts(x: Number) -> Number:
    """2^k and r of x = k ln 2 + r, k the nearest integer."""
    shifted = x * _PER_LN2 + _SHIFT
    k = shifted - _SHIFT
    return power_of_two(shifted), (x - k * _LN2_HIGH) - k * _LN2_LOW


@exact
def _single_expm1_near_zero(r: Number) -> Number:
    """The same to the 24 bits of single precision."""
    r2 = r * r
    return r + r2 * (((_S2 + r * _S3) + r2 * (_S4 + r * _S5)) + (r2 * r2) * (_S6 + r * _S7))


@exact
def _single_parts(x: Number) -> Number:
    """The same in single precision."""
    shifted = x * _SINGLE_PER_LN2 + _SINGLE_SHIFT
    k = shifted - _SINGLE_SHIFT
    return power_of_two(shifted), (x - k * _SINGLE_LN2_HIGH) - k * _SINGLE_LN2_LOW


def _by_precision(name: str, double: Kernel, single: Kernel) -> Kernel:
    """A kernel that is the one or the other, by what its numbers are."""

    def chosen(x: Any) -> Any:
        raise NotImplementedError(name)  # kernels alone call it

    @overload(chosen, jit_options=LAID_IN)
    def typed(x: Any) -> Any:
        kernel = single if (x.number if isinstance(x, Lanes) else x) == types.float32 else double

        def compute(x: Any) -> Any:
            return kernel(x)

        return compute

    return chosen


_parts = _by_precision("parts", _double_parts, _single_parts)
_expm1_near_zero = _by_precision("expm1_near_zero", _double_expm1_near_zero, _single_expm1_near_zero)


@exact
def _double_floor(x: Number) -> Number:
    return choose(x < _LOWEST, _LOWEST, x)


@exact
def _single_floor(x: Number) -> Number:
    return choose(x < _SINGLE_LOWEST, _SINGLE_LOWEST, x)


_not_too_low = _by_precision("not_too_low", _double_floor, _single_floor)


@exact
def exp(x: Number) -> Number:
    """e^x for x ≤ 0."""
    scale, r = _parts(_not_too_low(x))
    return scale * (1.0 + _expm1_near_zero(r))


@exact
def expm1(x: Number) -> Number:
    """e^x − 1 for x ≤ 0."""
    scale, r = _parts(_not_too_low(x))
    return scale * _expm1_near_zero(r) + (scale - 1.0)


@exact
def tanh(x: Number) -> Number:
    """tanh x = t / (t + 2) with t = e^2|x| − 1, and the sign of x; 1 from |x| = 20 on."""
    y = 2.0 * abs(x)
    y = choose(y > 40.0, 40.0, y)
    scale, r = _parts(y)
    t = scale * _expm1_near_zero(r) + (scale - 1.0)
    size = t / (t + 2.0)
    return choose(x < 0.0, -size, size)


@exact
def logistic(x: Number) -> Number:
    """1 / (1 + e^−x)."""
    decay = exp(-abs(x))
    return choose(x < 0.0, decay, 1.0) / (1.0 + decay)


@exact
def normal_distribution(x: float) -> Number:
    """Φ(x) of a float64."""
    return 0.5 * math.erfc(-x * math.sqrt(0.5))


# What carries out the operations of engine.activations.arithmetic in a kernel.
_in_kernels = partial(overload, jit_options=LAID_IN)
_in_kernels(arithmetic.exp)(lambda x: lambda x: exp(x))
_in_kernels(arithmetic.expm1)(lambda x: lambda x: expm1(x))
_in_kernels(arithmetic.log1p)(lambda x: lambda x: math.log1p(x))
_in_kernels(arithmetic.tanh)(lambda x: lambda x: tanh(x))
_in_kernels(arithmetic.logistic)(lambda x: lambda x: logistic(x))
_in_kernels(arithmetic.normal_distribution)(lambda x: lambda x: normal_distribution(x))
_in_kernels(arithmetic.root)(lambda x: (lambda x: root(x)) if isinstance(x, Lanes) else lambda x: math.sqrt(x))
_in_kernels(arithmetic.choose)(lambda mask, one, other: lambda mask, one, other: choose(mask, one, other))
_in_kernels(arithmetic.constant)(lambda z, number: lambda z, number: number)
_in_kernels(arithmetic.at_least)(lambda z, limit: lambda z, limit: choose(z < limit, limit, z))
_in_kernels(arithmetic.at_most)(lambda z, limit: lambda z, limit: choose(z > limit, limit, z))
